/* Draws formulas with the copy of KaTeX that is shipped with the site.

   A page holds a formula as text between \( and \) or \[ and \] in an element of the class arithmatex, as
   pymdown-extensions write it. KaTeX is loaded when the first page with one is opened. */
"use strict";

(() => {
  const folder = new URL("vendor/katex/", document.currentScript.src);
  let loading;

  function addToHead(name, attributes) {
    return new Promise((resolve, reject) => {
      const element = Object.assign(document.createElement(name), attributes);
      element.onload = resolve;
      element.onerror = () => reject(new Error(`${attributes.src ?? attributes.href} cannot be loaded`));
      document.head.append(element);
    });
  }

  function load() {
    loading ??= Promise.all([
      addToHead("link", { rel: "stylesheet", href: new URL("katex.min.css", folder).href }),
      addToHead("script", { src: new URL("katex.min.js", folder).href })
        .then(() => addToHead("script", { src: new URL("mhchem.min.js", folder).href })),
    ]);
    return loading;
  }

  async function draw() {
    const found = document.querySelectorAll(".arithmatex:not(:has(.katex))");
    if (!found.length) return;
    await load();
    for (const element of found) {
      const text = element.textContent.trim();
      katex.render(text.slice(2, -2), element, {
        displayMode: text.startsWith("\\["),
        throwOnError: false,
        strict: "ignore",
        // What a note writes may neither link nor style anything, nor be larger than a page.
        trust: false,
        maxSize: 30,
        maxExpand: 1000,
      });
    }
  }

  document$.subscribe(draw);
})();
