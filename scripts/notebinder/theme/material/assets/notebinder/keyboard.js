/* Makes what Material builds from labels and hidden checkboxes work with the keyboard alone. */
"use strict";

document.addEventListener("keydown", (event) => {
  const button = event.target.closest?.('label[role="button"]');
  if (button && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    event.stopPropagation();
    button.click();
  }
});
