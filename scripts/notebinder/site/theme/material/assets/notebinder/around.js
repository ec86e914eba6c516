/* Loads what draws the links around a page, or of the whole site, once its place comes into view. */
"use strict";

(() => {
  const address = new URL("map.js", document.currentScript.src);
  let loading;

  function load() {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => resolve(nb_map);
      script.onerror = () => reject(new Error(`${address} cannot be loaded`));
      document.head.append(script);
    });
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
