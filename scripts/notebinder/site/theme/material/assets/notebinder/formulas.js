/* Draws formulas with the copy of KaTeX that is shipped with the site.

   A page holds a formula as text between \( and \) or \[ and \] in an element of the class arithmatex, as
   pymdown-extensions write it. KaTeX is loaded when the first page with one is opened. */
"use strict";

(() => {
  const folder = new URL("vendor/katex/", document.currentScript.src);
  let loading;

  function load() {
    loading ??= Promise.all([
      nb_add("link", { rel: "stylesheet", href: new URL("katex.min.css", folder).href }),
      nb_add("script", { src: new URL("katex.min.js", folder).href })
        .then(() => nb_add("script", { src: new URL("mhchem.min.js", folder).href })),
    ]);
    return loading;
  }

  async function draw() {
    const found = document.querySelectorAll(".arithmatex:not(.nb-formula-source, :has(.katex))");
    if (!found.length) return;
    await load();
    const macros = {}; // what one formula of a page defines, those below it know
    for (const element of found) {
      const text = element.textContent.trim();
      try {
        katex.render(text.slice(2, -2), element, {
          displayMode: text.startsWith("\\["),
          macros,
          strict: "ignore",
          // What a note writes may neither link nor style anything, nor be larger than a page.
          trust: false,
          maxSize: 30,
          maxExpand: 1000,
        });
      } catch {
        element.textContent = text.slice(2, -2).trim();
        element.classList.add("nb-formula-source");
      }
    }
    findLong();
  }

  // A formula in a line that is wider than the text scrolls by itself, not the page.
  function findLong() {
    const drawn = [...document.querySelectorAll(".arithmatex:has(> .katex)")];
    drawn.forEach((element) => element.classList.remove("nb-formula-long"));
    // All is read before anything is written: else the browser lays the page out for each formula.
    drawn.filter(isLong).forEach((element) => element.classList.add("nb-formula-long"));
  }

  function isLong(element) {
    const widest = Math.max(0, ...[...element.querySelectorAll(".katex-base")].map((base) => base.offsetWidth));
    const around = element.closest("p, li, td, th, dd, h1, h2, h3, h4, h5, h6, div");
    return around && widest > around.clientWidth;
  }

  document$.subscribe(draw);
  window.addEventListener("resize", findLong);
  document.addEventListener("notebinder:shown", draw);
})();
