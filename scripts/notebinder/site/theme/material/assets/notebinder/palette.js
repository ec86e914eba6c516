/* Sets the colours that the reader chose, before anything is painted; palette-button.js lets the reader change them.

   Material has a component for both, which makes the browser work out all styles three times more while a page
   starts. What is kept in the browser is what Material keeps. */
"use strict";

self.nbPalette = (() => {
  const KEY = "__palette";
  const KINDS = ["media", "scheme", "primary", "accent"];
  const SYSTEM = "(prefers-color-scheme)";
  const light = matchMedia("(prefers-color-scheme: light)");
  const palette = JSON.parse(document.currentScript.dataset.palette)
    .map((values) => Object.fromEntries(KINDS.map((kind, at) => [kind, values[at]])));

  /* The number of the colours that were chosen, or else of the first ones for this browser. */
  function start() {
    const kept = __md_get(KEY)?.index;
    if (Number.isInteger(kept) && palette[kept]) return kept;
    return Math.max(0, palette.findIndex(({ media }) => matchMedia(media).matches));
  }

  function colorOf(index) {
    const shown = `(prefers-color-scheme: ${light.matches ? "light" : "dark"})`;
    const ofSystem = palette[index].media === SYSTEM && palette.find(({ media }) => media === shown);
    return { ...palette[index], ...ofSystem, media: palette[index].media };
  }

  function paint(index) {
    for (const [kind, value] of Object.entries(colorOf(index))) document.body.setAttribute(`data-md-color-${kind}`, value);
  }

  const keep = (index) => __md_set(KEY, { index, color: colorOf(index) });

  if (palette.length) new MutationObserver((_, arriving) => {
    if (!document.body) return;
    arriving.disconnect();
    paint(start());
  }).observe(document.documentElement, { childList: true });

  return { keep, light, paint, start };
})();
