/* What Material leaves out for the keyboard and for screen readers.

   It opens and closes parts of the page with labels of hidden checkboxes, which a mouse can press. Here each
   label gets a real button inside. An observer sees to what instant navigation, the search and Material
   itself put on the page later. */
"use strict";

(() => {
  const SCROLLERS = ".md-typeset__scrollwrap, .katex-display, math[display='block'], .nb-canvas-card:not(.nb-canvas-group)";
  const LABELS = ".md-header__inner > label[for], .md-nav--primary label[for]";
  const NAMES = {
    __drawer: nb_words["navigation"],
    __search: nb_words["search"],
    __toc: nb_words["on this page"],
  };

  const FADING = ".md-typeset pre > code, .md-typeset__scrollwrap, .katex-display, .md-path";

  /* Whether there is more to see at a box's end; text.css has it fade there. */
  function tellMore(box) {
    const rest = box.scrollWidth - box.clientWidth - Math.abs(box.scrollLeft);
    box.toggleAttribute("data-more", rest > 1);
  }

  const isHigh = (box) => box.matches(".nb-canvas-card") && box.scrollHeight > box.clientHeight;

  const resized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.matches(FADING)) tellMore(target);
      if (!target.matches(SCROLLERS)) continue;
      const isCut = target.scrollWidth > target.clientWidth || isHigh(target);
      if (isCut) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });

  function every(root, selector, action) {
    if (root.matches?.(selector)) action(root);
    root.querySelectorAll(selector).forEach(action);
  }

  function addButton(label) {
    const toggle = document.getElementById(label.htmlFor);
    if (!toggle || label.querySelector(".nb-toggle")) return;
    const text = label.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "nb-toggle";
    button.ariaLabel = NAMES[toggle.id] ?? (text || `${nb_words["pages of"]} ${label.parentElement.textContent.trim()}`);
    button.ariaExpanded = toggle.checked;
    button.addEventListener("click", () => toggle.click());
    label.tabIndex = -1;
    // In front: Material's styles count on an icon that is the last child.
    label.prepend(button);
  }

  function tellTask(box) {
    box.ariaLabel = nb_words[box.checked ? "done" : "to do"];
  }

  /* A heading counts as one level below the one that it stands under, also where its author left a level out. */
  function level() {
    const above = [];
    for (const heading of document.querySelectorAll("article :is(h1, h2, h3, h4, h5, h6)")) {
      const own = Number(heading.localName[1]);
      while (above.at(-1) >= own) above.pop();
      above.push(own);
      if (above.length < own) heading.ariaLevel = above.length;
    }
  }

  function seeTo(root) {
    every(root, LABELS, addButton);
    every(root, `${SCROLLERS}, ${FADING}`, (box) => resized.observe(box));
    every(root, ".task-list-control > input:not([aria-label])", tellTask);
    // Above a column of names stands nothing.
    every(root, "article th:empty", (cell) => cell.setAttribute("role", "cell"));
    // One button does not make a landmark.
    every(root, ".md-code__nav", (nav) => nav.setAttribute("role", "none"));
  }

  function close(name) {
    const toggle = document.getElementById(name);
    if (toggle?.checked) toggle.click();
  }

  document.addEventListener("change", ({ target }) => {
    every(document, `label[for="${target.id}"] > .nb-toggle`, (button) => {
      button.ariaExpanded = target.checked;
    });
  });

  document.addEventListener("scroll", ({ target }) => {
    if (target.matches?.(FADING)) tellMore(target);
  }, { capture: true, passive: true });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close("__drawer");
  });

  document$.subscribe(level);
  seeTo(document);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) if (node instanceof Element) seeTo(node);
    }
  }).observe(document.body, { childList: true, subtree: true });
})();
