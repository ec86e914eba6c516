/* Sets the colours that the reader chose, before anything is painted, and lets the reader change them.

   Material has a component for this, which makes the browser work out all styles three times more while a page
   starts. What is kept in the browser is what Material keeps. */
"use strict";

(() => {
  const KEY = "__palette";
  const KINDS = ["media", "scheme", "primary", "accent"];
  const SYSTEM = "(prefers-color-scheme)";
  const light = matchMedia("(prefers-color-scheme: light)");
  const palette = JSON.parse(document.currentScript.dataset.palette)
    .map((values) => Object.fromEntries(KINDS.map((kind, at) => [kind, values[at]])));
  if (!palette.length) return;
  let current = start();

  /* The number of the colours that were chosen, or else of the first ones for this browser. */
  function start() {
    const kept = __md_get(KEY)?.index;
    if (Number.isInteger(kept) && palette[kept]) return kept;
    return Math.max(0, palette.findIndex(({ media }) => matchMedia(media).matches));
  }

  function color() {
    const chosen = palette[current];
    const shown = `(prefers-color-scheme: ${light.matches ? "light" : "dark"})`;
    const ofSystem = chosen.media === SYSTEM && palette.find(({ media }) => media === shown);
    return { ...chosen, ...ofSystem, media: chosen.media };
  }

  function paint() {
    for (const [kind, value] of Object.entries(color())) document.body.setAttribute(`data-md-color-${kind}`, value);
  }

  /* The browser's own parts: its bar, on a phone, and the bars for scrolling. */
  function tellBrowser() {
    const { backgroundColor, colorScheme } = getComputedStyle(document.querySelector(".md-header") ?? document.body);
    const isAsSystem = colorScheme === (light.matches ? "light" : "dark");
    const told = { "theme-color": backgroundColor, "color-scheme": isAsSystem ? "light dark" : colorScheme };
    for (const [name, content] of Object.entries(told)) {
      const meta = document.querySelector(`meta[name=${name}]`) ?? document.createElement("meta");
      if (meta.content === content) continue; // or all styles are worked out once more
      Object.assign(meta, { name, content });
      if (!meta.isConnected) document.head.append(meta); // of several the first one counts
    }
  }

  function withButton(form) {
    const options = [...form.querySelectorAll("input")];

    function show() {
      options.forEach((option, at) => {
        option.checked = at === current;
        if (option.nextElementSibling?.htmlFor) option.nextElementSibling.hidden = at !== current;
      });
    }

    function change(index) {
      current = index;
      document.body.setAttribute("data-md-color-switching", ""); // Material's styles then change nothing slowly
      paint();
      show();
      tellBrowser();
      setTimeout(() => document.body.removeAttribute("data-md-color-switching"));
    }

    form.addEventListener("change", ({ target }) => {
      change(options.indexOf(target));
      __md_set(KEY, { index: current, color: color() });
    });
    form.addEventListener("keydown", ({ key }) => {
      if (key !== "Enter") return;
      const next = options[(current + 1) % options.length];
      next.click();
      next.focus();
    });
    light.addEventListener("change", () => change(start()));
    show();
  }

  // The browser paints no part of the page before this has seen it.
  const arriving = new MutationObserver(() => {
    if (!document.body) return;
    paint();
    const header = document.querySelector(".md-header");
    if (!header?.nextElementSibling) return; // it may not be whole
    arriving.disconnect();
    const form = header.querySelector(".md-option")?.form;
    if (form) withButton(form);
  });
  arriving.observe(document.documentElement, { childList: true, subtree: true });
  addEventListener("load", () => {
    arriving.disconnect();
    tellBrowser();
  });
})();
