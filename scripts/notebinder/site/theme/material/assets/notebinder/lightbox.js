/* Shows the full picture of a figure over the page: Escape or a click closes it, the arrow keys, the
   buttons or a swipe lead to the page's next and previous picture.

   Everything hangs on the document, so that it goes on working when instant navigation swaps the page. */
"use strict";

(() => {
  const ICONS = {
    close: "M6 6l12 12M18 6L6 18",
    previous: "M15 5l-7 7 7 7",
    next: "M9 5l7 7-7 7",
  };
  const SWIPE = 48;
  let dialog, picture, caption, links, index, swipeStart;

  function button(name, label, action) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = `nb-lightbox-${name}`;
    element.ariaLabel = label;
    element.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
    element.addEventListener("click", action);
    return element;
  }

  function build() {
    dialog = document.createElement("dialog");
    dialog.className = "nb-lightbox";
    dialog.ariaLabel = "Picture";
    const stage = document.createElement("div");
    stage.className = "nb-lightbox-stage";
    picture = document.createElement("img");
    stage.append(picture);
    caption = document.createElement("p");
    caption.className = "nb-lightbox-caption";
    caption.ariaLive = "polite";
    dialog.append(
      stage,
      caption,
      button("previous", "Previous picture", () => show(index - 1)),
      button("next", "Next picture", () => show(index + 1)),
      button("close", "Close", () => dialog.close()),
    );
    dialog.addEventListener("keydown", onKey);
    dialog.addEventListener("close", () => links[index]?.focus());
    stage.addEventListener("click", (event) => event.target === stage && dialog.close());
    stage.addEventListener("pointerdown", (event) => (swipeStart = event.clientX));
    stage.addEventListener("pointerup", onSwipeEnd);
    document.body.append(dialog);
  }

  function onKey(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) show(index + step);
    // Material listens to single letters too; they are not meant for the page behind.
    event.stopPropagation();
  }

  function onSwipeEnd(event) {
    const distance = event.clientX - swipeStart;
    if (event.pointerType !== "mouse" && Math.abs(distance) > SWIPE) show(index - Math.sign(distance));
  }

  function show(wanted) {
    if (!links[wanted]) return;
    index = wanted;
    const image = links[index].querySelector("img");
    const own = links[index].closest("figure")?.querySelector("figcaption");
    picture.src = links[index].href;
    picture.alt = image?.alt ?? "";
    caption.textContent = own?.textContent ?? picture.alt;
    dialog.querySelector(".nb-lightbox-previous").hidden = index === 0;
    dialog.querySelector(".nb-lightbox-next").hidden = index === links.length - 1;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.nb-zoom");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!dialog?.isConnected) build();
    links = [...document.querySelectorAll("a.nb-zoom")];
    show(links.indexOf(link));
    dialog.showModal();
  });
})();
