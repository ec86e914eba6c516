/* Loads what draws a map of links or moves a canvas, once its place comes into view. */
"use strict";

(() => {
  const folder = document.currentScript.src;
  const KINDS = [
    [".nb-around:not(:has(canvas))", "map.js", () => nb_map],
    [".nb-canvas:not(.nb-live)", "canvases.js", () => nb_canvas],
  ];
  const loading = new Map();

  function load(name) {
    if (!loading.has(name)) loading.set(name, nb_add("script", { src: new URL(name, folder) }));
    return loading.get(name);
  }

  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      const [, name, made] = KINDS.find(([selector]) => target.matches(selector)) ?? [];
      if (name) Promise.all([load("panning.js"), load(name)]).then(() => made()(target));
    }
  }, { rootMargin: "10%" });

  document$.subscribe(() => {
    near.disconnect();
    for (const [selector] of KINDS) document.querySelectorAll(selector).forEach((place) => near.observe(place));
  });
})();
