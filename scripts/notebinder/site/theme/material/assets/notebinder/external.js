/* Loads what a note embeds from another site only when the reader asks for it.

   Until then its box holds a link to it and this button; the address waits in data-src. */
"use strict";

document$.subscribe(() => {
  for (const waiting of document.querySelectorAll(".nb-external > [data-src]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "nb-external-load";
    button.textContent = nb_words["load"];
    button.addEventListener("click", () => {
      waiting.src = waiting.dataset.src;
      waiting.removeAttribute("data-src");
      button.remove();
      waiting.focus();
    });
    waiting.before(button);
  }
});
