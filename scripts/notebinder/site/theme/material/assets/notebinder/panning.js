/* Moves and scales what a box shows, by dragging, pinching, the wheel and keys. Of what is shown it knows nothing:
   the drawing moves and scales itself, about a point of the box.

   A page scrolls past its boxes: the wheel scales with Ctrl or Cmd, one finger moves what does not fit. */
"use strict";

var nb_panning = (box, drawing) => {
  const CLICK = 4; // pixels that a click may move
  const STEP = 60;
  const FACTOR = 1.25;
  const pointers = new Map();
  let hasMoved = false;

  const place = ({ clientX, clientY }) => {
    const { left, top } = box.getBoundingClientRect();
    return [clientX - left - box.clientLeft, clientY - top - box.clientTop];
  };
  const middle = () => [box.clientWidth / 2, box.clientHeight / 2];

  function settle() {
    box.style.touchAction = drawing.isLarger() ? "none" : "pan-y";
  }

  function scale(by, [x, y]) {
    drawing.scale(by, x, y);
    settle();
  }

  function pinch(event) {
    const [other] = [...pointers.entries()].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    const [before, now] = [pointers.get(event.pointerId), place(event)];
    const far = (at) => Math.hypot(at[0] - other[0], at[1] - other[1]) || 1;
    const between = (at) => [(at[0] + other[0]) / 2, (at[1] + other[1]) / 2];
    const [start, end] = [between(before), between(now)];
    drawing.move(end[0] - start[0], end[1] - start[1]);
    scale(far(now) / far(before), end);
  }

  box.addEventListener("pointerdown", (event) => {
    if (event.button || event.target.closest("button")) return;
    hasMoved = false;
    pointers.set(event.pointerId, place(event));
  });
  box.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    const [right, down] = [now[0] - before[0], now[1] - before[1]];
    if (!hasMoved && Math.hypot(right, down) < CLICK) return;
    if (pointers.size === 2) pinch(event);
    else if (event.pointerType === "mouse" || drawing.isLarger()) drawing.move(right, down);
    else return;
    if (!hasMoved) box.setPointerCapture(event.pointerId);
    hasMoved = true;
    pointers.set(event.pointerId, now);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    addEventListener(name, ({ pointerId }) => pointers.delete(pointerId));
  }
  box.addEventListener("click", (event) => {
    if (hasMoved) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    hasMoved = false;
  }, true);
  box.addEventListener("dragstart", (event) => event.preventDefault()); // of a link or a picture
  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && !drawing.takesWheel) return;
    event.preventDefault();
    scale(Math.exp(-event.deltaY / 400), place(event));
  }, { passive: false });
  const KEYS = {
    ArrowLeft: () => drawing.move(STEP, 0),
    ArrowRight: () => drawing.move(-STEP, 0),
    ArrowUp: () => drawing.move(0, STEP),
    ArrowDown: () => drawing.move(0, -STEP),
    "+": () => scale(FACTOR, middle()),
    "=": () => scale(FACTOR, middle()),
    "-": () => scale(1 / FACTOR, middle()),
    0: () => drawing.whole(),
  };
  box.addEventListener("keydown", (event) => {
    if (event.target !== box || !KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // Material listens to keys, too
    KEYS[event.key]();
    settle();
  });
  settle();
  return { larger: KEYS["+"], smaller: KEYS["-"], settle };
};
