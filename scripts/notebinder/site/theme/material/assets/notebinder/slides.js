/* Where a picture is so narrow that its text is smaller than 9 points, one tap shows that text instead, set as
   text: its title, paragraphs and lists. The choice holds for all pictures and is remembered. */
"use strict";

(() => {
  const LEAST = 9;
  const POINTS = 0.75;
  const LETTERS = 0.8; // of a line's height
  const KEY = "notebinder.slides-as-text";
  const widths = new ResizeObserver((entries) => entries.forEach(({ target }) => judge(target)));

  function remembered() {
    try {
      return localStorage.getItem(KEY) === "yes";
    } catch {
      return false; // a browser that keeps nothing
    }
  }

  function remember(asText) {
    try {
      localStorage.setItem(KEY, asText ? "yes" : "no");
    } catch {
      // It is forgotten with the page then.
    }
  }

  function textOf(figure) {
    const next = figure.nextElementSibling;
    return next?.matches("details.nb-transcript") ? next : null;
  }

  function judge(figure) {
    const size = figure.clientWidth * Number(figure.querySelector(".nb-words").dataset.line) * LETTERS * POINTS;
    const isSmall = size < LEAST;
    figure.classList.toggle("nb-small", isSmall);
    show(figure, isSmall && remembered());
  }

  function show(figure, asText) {
    const text = textOf(figure);
    if (!text) return;
    if (figure.classList.contains("nb-as-text") !== asText) text.open = asText;
    figure.classList.toggle("nb-as-text", asText);
    figure.querySelector(".nb-turn").textContent = nb_words[asText ? "show picture" : "read as text"];
  }

  function addButton(figure) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "nb-turn";
    button.addEventListener("click", () => {
      const asText = !figure.classList.contains("nb-as-text");
      remember(asText);
      const before = figure.getBoundingClientRect().top;
      document.querySelectorAll("figure.nb-small").forEach((other) => show(other, asText));
      scrollBy(0, figure.getBoundingClientRect().top - before);
    });
    figure.append(button);
  }

  document$.subscribe(() => {
    widths.disconnect();
    for (const words of document.querySelectorAll("figure > .nb-picture > .nb-words")) {
      const figure = words.closest("figure");
      if (!textOf(figure)) continue;
      addButton(figure);
      widths.observe(figure);
    }
  });
})();
