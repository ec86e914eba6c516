/* Draws pages and the links between them: those one and two links away from a page, with a list of them, or all of
   the site. Like bodies that push each other off and springs between those that are linked; bodies far from each
   other do not count, so that five thousand of them settle within seconds. */
"use strict";

var nb_map = (() => {
  const SITE = new URL("../../", document.currentScript.src);
  const LENGTH = 34; // of a link at rest
  const MOST = 70; // pages that are drawn around one
  const TICKS = 260;
  const SLICE = 12; // ms of work in each frame
  const MANY = 2000; // links, of which not every step is painted
  const MOST_SQUARES = 20; // in a row
  const CROWD = 30; // so many bodies of a square count; of more, some for all
  const LABELS = 24;
  let graph;

  function load() {
    graph ??= fetch(new URL("assets/navigation/links.json", SITE))
      .then((answer) => answer.json())
      .then(({ pages, links }) => {
        const near = pages.map(() => []);
        for (const [from, to] of links) {
          near[from].push(to);
          near[to].push(from);
        }
        return { pages, links, near };
      });
    return graph;
  }

  /* The pages at most two links away, the near ones first, of these those with the most links. */
  function around({ near }, start) {
    const found = new Map([[start, 0]]);
    let edge = [start];
    for (const distance of [1, 2]) {
      const next = [...new Set(edge.flatMap((each) => near[each]))].filter((each) => !found.has(each));
      next.sort((one, other) => near[other].length - near[one].length);
      edge = next.slice(0, MOST - found.size);
      for (const each of edge) found.set(each, distance);
    }
    return found;
  }

  class Layout {
    constructor(count, links) {
      this.links = links;
      this.x = new Float64Array(count);
      this.y = new Float64Array(count);
      this.weight = new Float64Array(count).fill(1);
      for (const [from, to] of links) {
        this.weight[from] += 1;
        this.weight[to] += 1;
      }
      for (let each = 0; each < count; each += 1) {
        const radius = LENGTH * Math.sqrt(each) * 0.8;
        this.x[each] = radius * Math.cos(each * 2.4);
        this.y[each] = radius * Math.sin(each * 2.4);
      }
      this.gravity = 0.02 + Math.sqrt(count) / 150;
      this.done = 0;
    }

    /* The bodies by squares of the plane, each with its middle; a far square pushes like one heavy body. */
    squares() {
      const { x, y } = this;
      let reach = 0;
      for (let each = 0; each < x.length; each += 1) reach = Math.max(reach, Math.abs(x[each]), Math.abs(y[each]));
      const size = Math.max(LENGTH * 2, (2 * reach) / MOST_SQUARES);
      const squares = new Map();
      for (let each = 0; each < x.length; each += 1) {
        const [column, row] = [Math.floor(x[each] / size), Math.floor(y[each] / size)];
        const key = column * 4096 + row;
        if (!squares.has(key)) squares.set(key, { column, row, members: [], x: 0, y: 0 });
        const square = squares.get(key);
        square.members.push(each);
        square.x += x[each];
        square.y += y[each];
      }
      for (const square of squares.values()) {
        square.x /= square.members.length;
        square.y /= square.members.length;
      }
      return [...squares.values()];
    }

    push(each, x, y, mass, by) {
      const [right, down] = [this.x[each] - x || 0.1 * ((each % 7) - 3), this.y[each] - y || 0.1 * ((each % 5) - 2)];
      const force = (mass * LENGTH * LENGTH) / (right * right + down * down + 30);
      by[0] += right * force;
      by[1] += down * force;
    }

    repel(square, squares, dx, dy) {
      for (const each of square.members) {
        const by = [0, 0];
        for (const other of squares) {
          const isFar = Math.abs(other.column - square.column) > 1 || Math.abs(other.row - square.row) > 1;
          if (isFar) {
            this.push(each, other.x, other.y, other.members.length, by);
            continue;
          }
          const step = Math.ceil(other.members.length / CROWD);
          for (let place = each % step; place < other.members.length; place += step) {
            const body = other.members[place];
            if (body !== each) this.push(each, this.x[body], this.y[body], step, by);
          }
        }
        dx[each] = by[0] - this.x[each] * this.gravity;
        dy[each] = by[1] - this.y[each] * this.gravity;
      }
    }

    tick() {
      const { x, y, links, weight } = this;
      const heat = 1 - this.done / TICKS;
      const dx = new Float64Array(x.length);
      const dy = new Float64Array(x.length);
      const squares = this.squares();
      for (const square of squares) this.repel(square, squares, dx, dy);
      for (const [from, to] of links) {
        const [right, down] = [x[to] - x[from], y[to] - y[from]];
        const length = Math.hypot(right, down) || 1;
        const pull = ((length - LENGTH) / length) * 0.5;
        dx[from] += (right * pull) / Math.sqrt(weight[from]);
        dy[from] += (down * pull) / Math.sqrt(weight[from]);
        dx[to] -= (right * pull) / Math.sqrt(weight[to]);
        dy[to] -= (down * pull) / Math.sqrt(weight[to]);
      }
      for (let each = 0; each < x.length; each += 1) {
        const length = Math.hypot(dx[each], dy[each]) || 1;
        const step = Math.min(length, (12 + Math.sqrt(x.length) / 2) * heat + 0.5) / length;
        x[each] += dx[each] * step;
        y[each] += dy[each] * step;
      }
      this.done += 1;
    }
  }

  class Drawing {
    constructor(host, names, layout, centre) {
      Object.assign(this, { names, layout, centre, scale: 1, fitting: 1, left: 0, top: 0, pointed: -1 });
      this.canvas = document.createElement("canvas");
      this.canvas.role = "img";
      this.canvas.ariaLabel = host.ariaLabel ?? "";
      host.append(this.canvas);
      this.byWeight = names.map((_, each) => each).sort((one, other) => layout.weight[other] - layout.weight[one]);
      this.listen();
      new ResizeObserver(() => this.paint()).observe(this.canvas);
    }

    run(isStill) {
      const end = performance.now() + SLICE;
      while (this.layout.done < TICKS && performance.now() < end) this.layout.tick();
      const isDone = this.layout.done >= TICKS;
      const isSkipped = isStill || (this.layout.links.length > MANY && this.layout.done % 8);
      if (!isSkipped || isDone) this.fit();
      if (!isDone && this.canvas.isConnected) requestAnimationFrame(() => this.run(isStill));
    }

    fit() {
      const { x, y } = this.layout;
      const ends = (all) => all.reduce(([low, high], each) => [Math.min(low, each), Math.max(high, each)], [0, 0]);
      const [[left, right], [top, bottom]] = [ends(x), ends(y)];
      const { clientWidth: width, clientHeight: height } = this.canvas;
      this.scale = this.fitting = Math.min(1.6, (width - 90) / (right - left + 1), (height - 50) / (bottom - top + 1));
      this.left = width / 2 - ((left + right) / 2) * this.scale;
      this.top = height / 2 - ((top + bottom) / 2) * this.scale;
      this.paint();
    }

    place(each) {
      return [this.left + this.layout.x[each] * this.scale, this.top + this.layout.y[each] * this.scale];
    }

    radius(each) {
      const size = Math.min(9, 2.2 + Math.sqrt(this.layout.weight[each])) * (this.names.length > MANY ? 0.6 : 1);
      return each === this.centre ? size + 2 : size * Math.min(1, this.scale + 0.35);
    }

    paint() {
      const { canvas, layout } = this;
      const ratio = devicePixelRatio || 1;
      const { clientWidth: width, clientHeight: height } = canvas;
      Object.assign(canvas, { width: width * ratio, height: height * ratio });
      const pen = canvas.getContext("2d");
      const style = getComputedStyle(canvas);
      const colour = (name) => style.getPropertyValue(`--nb-${name}`);
      pen.scale(ratio, ratio);
      pen.strokeStyle = colour("line-strong");
      pen.lineWidth = layout.links.length > MANY ? 0.25 : 0.7;
      pen.beginPath();
      for (const [from, to] of layout.links) {
        pen.moveTo(...this.place(from));
        pen.lineTo(...this.place(to));
      }
      pen.stroke();
      for (let each = 0; each < this.names.length; each += 1) {
        pen.fillStyle = colour(each === this.centre ? "gilt" : each === this.pointed ? "link-hover" : "link");
        pen.beginPath();
        pen.arc(...this.place(each), this.radius(each), 0, 7);
        pen.fill();
      }
      this.label(pen, colour, style);
    }

    label(pen, colour, style) {
      const taken = [];
      const first = [this.pointed, this.centre].filter((each) => each >= 0);
      pen.font = `12px ${style.fontFamily}`;
      pen.textAlign = "center";
      for (const each of [...first, ...this.byWeight.slice(0, LABELS)]) {
        const [x, y] = this.place(each);
        const text = this.names[each].length > 28 ? `${this.names[each].slice(0, 27)}…` : this.names[each];
        const half = pen.measureText(text).width / 2 + 4;
        const top = y + this.radius(each) + 13;
        const isFree = taken.every(([left, right, other]) => x + half < left || x - half > right || Math.abs(top - other) > 13);
        if (!isFree) continue;
        taken.push([x - half, x + half, top]);
        pen.lineWidth = 3;
        pen.strokeStyle = colour("paper");
        pen.strokeText(text, x, top);
        pen.fillStyle = colour("ink");
        pen.fillText(text, x, top);
      }
    }

    repaint() {
      this.asked ??= requestAnimationFrame(() => {
        this.asked = undefined;
        this.paint();
      });
    }

    at({ offsetX, offsetY }) {
      let [nearest, least] = [-1, 16];
      for (let each = 0; each < this.names.length; each += 1) {
        const [x, y] = this.place(each);
        const distance = Math.hypot(x - offsetX, y - offsetY) - this.radius(each);
        if (distance < least) [nearest, least] = [each, distance];
      }
      return nearest;
    }

    listen() {
      const { canvas } = this;
      nb_panning(canvas, {
        move: (right, down) => {
          this.left += right;
          this.top += down;
          this.repaint();
        },
        scale: (by, x, y) => {
          this.left = x - (x - this.left) * by;
          this.top = y - (y - this.top) * by;
          this.scale *= by;
          this.repaint();
        },
        whole: () => this.fit(),
        isLarger: () => this.scale > this.fitting,
        takesWheel: this.centre < 0,
      });
      canvas.addEventListener("pointermove", (event) => {
        const pointed = this.at(event);
        canvas.style.cursor = pointed < 0 ? "grab" : "pointer";
        if (pointed !== this.pointed) this.repaint();
        this.pointed = pointed;
      });
      canvas.addEventListener("click", (event) => {
        const each = this.at(event);
        if (each >= 0) this.open(each);
      });
    }
  }

  function list(graph, found) {
    const items = document.createElement("ul");
    for (const [each, distance] of found) {
      if (!distance) continue;
      const link = document.createElement("a");
      link.href = new URL(graph.pages[each][0], SITE);
      link.textContent = graph.pages[each][1];
      const item = document.createElement("li");
      item.className = `nb-away-${distance}`;
      item.append(link);
      items.append(item);
    }
    return items;
  }

  return async (host) => {
    const graph = await load();
    const here = host.dataset.page;
    const start = here === undefined ? -1 : graph.pages.findIndex(([address]) => address === here);
    if (here !== undefined && start < 0) return;
    const found = start < 0 ? new Map(graph.pages.map((_, each) => [each, 1])) : around(graph, start);
    const shown = [...found.keys()];
    const place = new Map(shown.map((each, index) => [each, index]));
    const links = graph.links
      .filter(([from, to]) => place.has(from) && place.has(to))
      .map(([from, to]) => [place.get(from), place.get(to)]);
    const drawing = new Drawing(host, shown.map((each) => graph.pages[each][1]), new Layout(shown.length, links), place.get(start) ?? -1);
    drawing.open = (index) => {
      const link = document.createElement("a");
      link.href = new URL(graph.pages[shown[index]][0], SITE);
      host.append(link); // so that it is followed without loading
      link.click();
      link.remove();
    };
    if (start >= 0) host.append(list(graph, found));
    drawing.run(matchMedia("(prefers-reduced-motion)").matches);
    const recoloured = new MutationObserver(() => {
      if (host.isConnected) drawing.paint();
      else recoloured.disconnect(); // the reader has moved on
    });
    recoloured.observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
  };
})();
