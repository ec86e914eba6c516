/* Sets the colours that the reader chose, before anything is painted, and lets the reader change them.

   Material has a component for this, which makes the browser work out all styles three times more while a page
   starts. What is kept in the browser is what Material keeps. */
"use strict";

(() => {
  const KEY = "__palette";
  const SYSTEM = "(prefers-color-scheme)";
  const form = document.currentScript.previousElementSibling;
  const options = [...form.querySelectorAll("input")];
  const light = matchMedia("(prefers-color-scheme: light)");
  if (!options.length) return;

  /* The number of the option that was chosen, or else of the first one for this browser. */
  function start() {
    const kept = __md_get(KEY)?.index;
    if (options[kept]?.type) return Number(kept);
    return Math.max(0, options.findIndex(({ dataset }) => matchMedia(dataset.mdColorMedia).matches));
  }

  let current = start();

  function colorOf(option) {
    const media = option.dataset.mdColorMedia;
    const shown = `(prefers-color-scheme: ${light.matches ? "light" : "dark"})`;
    const ofSystem = media === SYSTEM && options.find(({ dataset }) => dataset.mdColorMedia === shown);
    const { dataset } = ofSystem || option;
    return { media, scheme: dataset.mdColorScheme, primary: dataset.mdColorPrimary, accent: dataset.mdColorAccent };
  }

  function show() {
    options.forEach((option, at) => {
      option.checked = at === current;
      if (option.nextElementSibling?.htmlFor) option.nextElementSibling.hidden = at !== current;
    });
    for (const [key, value] of Object.entries(colorOf(options[current]))) {
      document.body.setAttribute(`data-md-color-${key}`, value);
    }
  }

  /* The browser's own parts: its bar, on a phone, and the bars for scrolling. */
  function tellBrowser() {
    const { backgroundColor, colorScheme } = getComputedStyle(form.closest("header"));
    const isAsSystem = colorScheme === (light.matches ? "light" : "dark");
    const told = { "theme-color": backgroundColor, "color-scheme": isAsSystem ? "light dark" : colorScheme };
    for (const [name, content] of Object.entries(told)) {
      const meta = document.querySelector(`meta[name=${name}]`) ?? document.createElement("meta");
      if (meta.content === content) continue; // or all styles are worked out once more
      Object.assign(meta, { name, content });
      if (!meta.isConnected) document.head.append(meta); // of several the first one counts
    }
  }

  function change(index) {
    current = index;
    document.body.setAttribute("data-md-color-switching", ""); // Material's styles then change nothing slowly
    show();
    tellBrowser();
    setTimeout(() => document.body.removeAttribute("data-md-color-switching"));
  }

  form.addEventListener("change", ({ target }) => {
    change(options.indexOf(target));
    __md_set(KEY, { index: current, color: colorOf(target) });
  });
  form.addEventListener("keydown", ({ key }) => {
    if (key !== "Enter") return;
    const next = options[(current + 1) % options.length];
    next.click();
    next.focus();
  });
  light.addEventListener("change", () => change(start()));
  addEventListener("load", tellBrowser);
  show();
})();
