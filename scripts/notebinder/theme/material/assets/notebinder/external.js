/* Loads an embed of another site only when the reader asks for it. */
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".nb-external-load");
  if (!button) return;
  const frame = document.createElement("iframe");
  frame.src = button.dataset.src;
  frame.title = button.dataset.title || button.textContent;
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  button.closest(".nb-external").replaceChildren(frame);
  frame.focus();
});
