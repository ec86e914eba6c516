/* Loads what draws the links around a page, or of the whole site, once its place comes into view. */
"use strict";

(() => {
  const address = new URL("map.js", document.currentScript.src);
  let loading;

  function load() {
    loading ??= nb_add("script", { src: address }).then(() => nb_map);
    return loading;
  }

  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      load().then((draw) => draw(target));
    }
  }, { rootMargin: "10%" });

  document$.subscribe(() => {
    near.disconnect();
    document.querySelectorAll(".nb-around:not(:has(canvas))").forEach((place) => near.observe(place));
  });
})();
