/* The button that changes the colours, and the browser's own parts, which take them too.

   It stands behind the header, so a browser that waits for it paints the header first. */
"use strict";

(() => {
  const { keep, light, paint, start } = nbPalette;
  const header = document.querySelector("[data-md-component=header]"); // Material demands it
  const form = header.querySelector(".md-option")?.form;
  if (!form) return;
  const options = [...form.querySelectorAll("input")];
  let current = start();

  function show() {
    options.forEach((option, at) => {
      option.checked = at === current;
      if (option.nextElementSibling?.htmlFor) option.nextElementSibling.hidden = at !== current;
    });
  }

  /* Its bar, on a phone, and the bars for scrolling. */
  function tellBrowser() {
    const { backgroundColor, colorScheme } = getComputedStyle(header);
    const isAsSystem = colorScheme === (light.matches ? "light" : "dark");
    const told = { "theme-color": backgroundColor, "color-scheme": isAsSystem ? "light dark" : colorScheme };
    for (const [name, content] of Object.entries(told)) {
      const meta = document.querySelector(`meta[name=${name}]`) ?? document.createElement("meta");
      if (meta.content === content) continue; // or all styles are worked out once more
      Object.assign(meta, { name, content });
      if (!meta.isConnected) document.head.append(meta); // of several the first one counts
    }
  }

  function change(index) {
    current = index;
    document.body.setAttribute("data-md-color-switching", ""); // Material's styles then change nothing slowly
    paint(current);
    show();
    tellBrowser();
    setTimeout(() => document.body.removeAttribute("data-md-color-switching"));
  }

  form.addEventListener("change", ({ target }) => {
    change(options.indexOf(target));
    keep(current);
  });
  form.addEventListener("keydown", ({ key }) => {
    if (key !== "Enter") return;
    const next = options[(current + 1) % options.length];
    next.click();
    next.focus();
  });
  light.addEventListener("change", () => change(start()));
  addEventListener("load", tellBrowser);
  show();
})();
