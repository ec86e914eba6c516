/* Draws Mermaid diagrams with the copy of Mermaid that is shipped with the site.

   Material fetches Mermaid from another origin unless a page brings its own. This stand-in has the two
   functions that Material calls and loads the real one, 3 MB, when the first diagram is to be drawn. */
"use strict";

(() => {
  const address = new URL("vendor/mermaid/mermaid.min.js", document.currentScript.src);
  let settings = {};
  let loading;

  function load() {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => {
        window.mermaid.initialize(settings);
        resolve(window.mermaid);
      };
      script.onerror = () => reject(new Error(`${address} cannot be loaded`));
      document.head.append(script);
    });
    return loading;
  }

  window.mermaid = {
    initialize: (wanted) => {
      settings = wanted;
    },
    render: async (...diagram) => (await load()).render(...diagram),
  };
})();
