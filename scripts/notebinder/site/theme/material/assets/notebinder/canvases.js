/* Lets a reader move and scale a canvas, or read its cards one below the other. */
"use strict";

var nb_canvas = (box) => {
  const LARGEST = 3;
  const stage = box.querySelector(".nb-canvas-stage");
  const view = { left: 0, top: 0, scale: 1 };

  const fitting = () => Math.min(1, box.clientWidth / stage.offsetWidth, box.clientHeight / stage.offsetHeight);

  function paint() {
    stage.style.setProperty("--view", `translate(${view.left}px, ${view.top}px) scale(${view.scale})`);
  }

  const drawing = {
    move(right, down) {
      view.left += right;
      view.top += down;
      paint();
    },
    scale(by, x, y) {
      const scale = Math.max(Math.min(fitting(), view.scale), Math.min(LARGEST, view.scale * by));
      const real = scale / view.scale;
      Object.assign(view, { scale, left: x - (x - view.left) * real, top: y - (y - view.top) * real });
      paint();
    },
    whole() {
      view.scale = fitting();
      view.left = (box.clientWidth - stage.offsetWidth * view.scale) / 2;
      view.top = (box.clientHeight - stage.offsetHeight * view.scale) / 2;
      paint();
    },
    isLarger: () => view.scale > fitting() * 1.01,
  };

  function button(sign, name, action) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: sign });
    if (sign) made.ariaLabel = made.title = nb_words[name];
    else made.textContent = nb_words[name];
    made.addEventListener("click", () => action(made));
    return made;
  }

  function list(asList) {
    asList.ariaPressed = box.classList.toggle("nb-listed");
    if (!box.classList.contains("nb-listed")) drawing.whole();
  }

  box.classList.add("nb-live");
  Object.assign(box, { tabIndex: 0, role: "group", ariaLabel: nb_words["canvas"] });
  const panning = nb_panning(box, drawing);
  const tools = Object.assign(document.createElement("div"), { className: "nb-canvas-tools" });
  tools.append(
    button("+", "zoom in", panning.larger),
    button("−", "zoom out", panning.smaller),
    button("⤢", "whole", () => drawing.whole()),
    button("", "as a list", list),
  );
  box.prepend(tools);
  // What is looked for or focused is brought into view by scrolling.
  box.addEventListener("scroll", () => {
    if (box.classList.contains("nb-listed") || !(box.scrollLeft || box.scrollTop)) return;
    drawing.move(-box.scrollLeft, -box.scrollTop);
    box.scrollTo(0, 0);
  });
  new ResizeObserver(() => drawing.isLarger() || drawing.whole()).observe(box);
  drawing.whole();
};
