/* Shows mostly white pictures dark on a dark page. The style's filter does it; what is coloured stays as it is
   under a second, cut copy of the same file. A button on the picture shows all of it as it was. */
"use strict";

(() => {
  const WIDE = 200; // a smaller picture has no room for a button
  const MOON = "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z";

  // One outline around all boxes: from box to box it runs back along its own edge, which encloses nothing.
  function outline(boxes) {
    const points = boxes.split(",").flatMap((box) => {
      const [left, top, right, bottom] = box.split(" ").map((part) => `${part / 10}%`);
      return ["0 0", `${left} ${top}`, `${right} ${top}`, `${right} ${bottom}`, `${left} ${bottom}`, `${left} ${top}`];
    });
    return `polygon(${[...points, "0 0"].join(",")})`;
  }

  function keepColours(image) {
    const copy = image.cloneNode();
    copy.className = "nb-kept";
    copy.alt = "";
    copy.ariaHidden = "true";
    copy.removeAttribute("data-night");
    copy.style.clipPath = outline(image.dataset.night);
    image.after(copy);
  }

  function addButton(picture) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "nb-day";
    button.ariaLabel = button.title = nb_words["as it is"];
    button.ariaPressed = "false";
    button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${MOON}"/></svg>`;
    button.addEventListener("click", () => {
      button.ariaPressed = String(picture.classList.toggle("nb-by-day"));
    });
    picture.append(button);
  }

  document$.subscribe(() => {
    const images = [...document.querySelectorAll("img[data-night]")];
    // All is read before anything is written: else the browser lays the page out for each picture.
    const wide = images.filter((image) => !image.closest("a:not(.nb-zoom)") && image.width >= WIDE);
    images.filter((image) => image.dataset.night).forEach(keepColours);
    wide.forEach((image) => addButton(image.closest(".nb-picture")));
  });
})();
