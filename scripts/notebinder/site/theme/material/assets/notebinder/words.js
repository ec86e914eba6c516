/* Sets each word of a picture's layer as wide as it is in the picture, once its figure comes near. */
"use strict";

(() => {
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      fit([...target.querySelectorAll("[data-words]")]);
      target.dispatchEvent(new Event("notebinder:words", { bubbles: true }));
    }
  }, { rootMargin: "50%" });

  // All is read before anything is written: else the browser lays the page out for each word.
  function fit(lines) {
    const words = lines.flatMap((line) => {
      const shares = line.dataset.words.split(" ");
      line.removeAttribute("data-words");
      return [...line.querySelectorAll("span")].map((span, index) => ({ line, span, share: shares[index] / 100 }));
    });
    const spacing = words.map(({ line, span, share }) => {
      const missing = share * line.clientWidth - span.getBoundingClientRect().width;
      return missing / span.textContent.length / parseFloat(getComputedStyle(line).fontSize);
    });
    words.forEach(({ span }, index) => {
      if (Number.isFinite(spacing[index])) span.style.letterSpacing = `${spacing[index].toFixed(3)}em`;
    });
  }

  document$.subscribe(() => {
    near.disconnect();
    document.querySelectorAll(".nb-words").forEach((words) => near.observe(words));
  });
})();
