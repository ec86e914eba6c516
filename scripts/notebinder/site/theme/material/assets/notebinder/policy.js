/* Sees that a page may load what its own policy names when it comes without loading.

   The browser keeps to all policies that came since the first page was loaded, and takes none back: a page that
   may load more is loaded after all. */
"use strict";

(() => {
  function named() {
    const policy = document.head.querySelector("meta[http-equiv=Content-Security-Policy]")?.content ?? "";
    return policy.split("; ").flatMap((directive) => {
      const [name, ...sources] = directive.split(" ");
      return sources.map((source) => `${name} ${source}`);
    });
  }

  let allowed = new Set(named());
  document$.subscribe(() => {
    const wanted = named();
    if (wanted.every((each) => allowed.has(each))) allowed = new Set(wanted);
    else location.reload();
  });
})();
