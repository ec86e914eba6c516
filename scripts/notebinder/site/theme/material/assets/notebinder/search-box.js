/* The search box: a dialog in the middle of a wide screen, the whole of a narrow one. search-worker.js finds; here is
   shown what it found, page by page, and a hit leads to its section, marked by search-marks.js. */
"use strict";

(() => {
  const SITE = new URL("../../", document.currentScript.src);
  const HERE = new URL(".", document.currentScript.src);
  const MORE = 3; // hits that are fetched at once for who scrolls
  const REST = 300; // ms without a new answer after which more hits are fetched to fill the screen
  const RETRY = 2000; // ms after which hits that could not be loaded are asked for again
  const COUNTED = JSON.parse(document.getElementById("__config").textContent).translations; // Material's own words
  const dialog = document.querySelector(".nb-search");
  if (!dialog) return;

  const the = (selector) => dialog.querySelector(selector);
  const box = the("[data-md-component=search-query]");
  const list = the(".md-search-result__list");
  const meta = the(".md-search-result__meta");
  const end = the(".nb-search-end");
  const suggested = the(".nb-search-suggest");
  const filters = [...dialog.querySelectorAll(".nb-search-filters select")];
  const initial = meta.textContent.trim();
  const anchorIcon = the("template.nb-search-icons").content;

  let worker;
  let isStarted = false;
  let isReady = false;
  let asked = null; // the query of which the hits are shown, or awaited
  let total = 0;
  let awaited = 0; // hits that are shown or asked for
  let resting;
  let isEntered = false; // Enter was pressed before the answer came

  /* Load what searches, while the reader reads. */
  function prepare() {
    if (worker) return;
    worker = new Worker(new URL("search-worker.js", HERE), { type: "module" });
    worker.addEventListener("message", ({ data }) => RECEIVE[data.type](data));
  }

  /* Load the index, once the reader may search. */
  function start() {
    prepare();
    if (!isStarted) worker.postMessage({ type: "enter" });
    isStarted = true;
  }

  /* While serving: the index has changed. */
  function restart() {
    worker?.terminate();
    worker = undefined;
    isStarted = isReady = false;
    asked = null;
    if (dialog.open) {
      start();
      ask();
    }
  }

  function open() {
    start();
    if (!dialog.open) dialog.showModal();
    box.focus();
    box.select();
  }

  function ask() {
    const query = box.value;
    the(".nb-search-clear").hidden = !query;
    the(".nb-search-share").hidden = !query.trim();
    suggest("");
    const wanted = JSON.stringify([query, ...filters.map(({ value }) => value)]);
    if (wanted === asked) return;
    asked = wanted;
    isEntered = false;
    if (!query.trim()) {
      show([], initial);
      delete list.dataset.query;
      list.removeAttribute("aria-busy");
      total = awaited = 0;
      return;
    }
    start();
    if (!isReady) meta.textContent = nb_words["searching"];
    list.ariaBusy = "true"; // better hits may follow the first
    worker.postMessage({ type: "ask", query, within: filters[0].value, tag: filters[1].value });
  }

  const RECEIVE = {
    ready({ within, tags }) {
      isReady = true;
      fill(filters[0], within);
      fill(filters[1], tags);
    },
    result({ query, count, items, instead, near, suggestion }) {
      if (query !== box.value) return;
      [total, awaited] = [count, items.length];
      show(items, told(count, instead));
      list.dataset.query = query;
      if (!count) offer(near);
      suggest(suggestion);
      if (isEntered && dialog.open) enter();
    },
    done({ query }) {
      if (query === box.value) list.removeAttribute("aria-busy");
    },
    more({ query, from, items }) {
      if (query !== box.value) return;
      list.append(...items.map(itemOf));
      if (from + items.length >= awaited) watchEnd();
    },
    failed({ from }) {
      if (from === undefined) {
        meta.textContent = nb_words["search failed"];
        asked = null;
        list.removeAttribute("aria-busy");
      } else {
        awaited = from;
        setTimeout(watchEnd, RETRY);
      }
    },
  };

  function told(count, instead = []) {
    const key = count === 0 ? "none" : count === 1 ? "one" : "other";
    const results = COUNTED[`search.result.${key}`].replace("#", count);
    if (!count) return results;
    const words = instead.map(([, used]) => `<em>${escape(used)}</em>`).join(", ");
    return words ? `${results}: ${nb_words["results for"]} ${words}` : results;
  }

  const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt()};`);

  function show(items, message) {
    list.replaceChildren(...items.map(itemOf));
    meta.innerHTML = message;
    list.parentElement.scrollTop = 0;
    seen.unobserve(end);
    clearTimeout(resting);
    resting = setTimeout(watchEnd, REST);
  }

  function offer(near = []) {
    if (!near.length) return;
    meta.append(". Did you mean ", ...near.flatMap((word, at) => [at ? ", " : "", buttonFor(word)]), "?");
  }

  function buttonFor(word) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word;
    button.addEventListener("click", () => {
      box.value = word;
      box.focus();
      ask();
    });
    return button;
  }

  function fill(select, options = []) {
    const chosen = select.value;
    select.length = 1; // the first sets no limit
    select.append(...options.map((option) => new Option(option, option, false, option === chosen)));
    select.hidden = !options.length;
    select.parentElement.hidden = filters.every(({ hidden }) => hidden);
  }

  function suggest(word = "") {
    suggested.textContent = word;
  }

  /* The links of a page: the best of its sections with the lines around the hit, then others by their names. */
  function itemOf({ title, path, hits, words }) {
    const item = document.createElement("li");
    item.className = "md-search-result__item";
    item.append(...hits.map((hit, at) => linkOf(hit, words, at ? "" : headOf(title, path, hit))));
    return item;
  }

  function headOf(title, path, { section, excerpt, tags, image }) {
    const trail = path.length ? `<p class="nb-hit-path">${path.map(escape).join(" › ")}</p>` : "";
    const strip = image ? `<p class="nb-hit-strip"></p>` : "";
    const found = tags.length ? `<p class="nb-hit-tags">${tags.map((tag) => `<span class="md-tag">#${tag}</span>`).join(" ")}</p>` : "";
    return `<h1>${title}</h1>${trail}${section ? `<h2>${section}</h2>` : ""}${excerpt ? `<p class="nb-hit-text">${excerpt}</p>` : ""}${strip}${found}`;
  }

  function linkOf({ location, section, image }, words, head) {
    const url = new URL(location, SITE);
    if (words.length) url.searchParams.set("h", words.join(" "));
    const link = document.createElement("a");
    link.className = `md-search-result__link ${head ? "nb-hit" : "nb-hit-more"}`;
    link.href = url.href;
    // All of it was made of escaped text, here or by search-excerpt.js.
    link.innerHTML = `<div class="md-search-result__article md-typeset">${head || `<h2>${section}</h2>`}</div>`;
    const icon = head ? (image ? ".nb-icon-image" : ".nb-icon-page") : ".nb-icon-section";
    link.prepend(anchorIcon.querySelector(icon).cloneNode(true));
    if (head && image) strips.observe(link);
    return link;
  }

  /* The strip of a picture, once a reader comes near. */
  const strips = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) cut(target);
  }, { root: list.parentElement, rootMargin: "200px" });

  async function cut(link) {
    strips.unobserve(link);
    const { cutStrip } = await import(new URL("search-strip.js", HERE));
    await cutStrip(link.querySelector(".nb-hit-strip"), new URL(link.href));
  }

  const seen = new IntersectionObserver(([{ isIntersecting }]) => {
    if (!isIntersecting || awaited >= total) return;
    seen.unobserve(end);
    worker.postMessage({ type: "more", query: box.value, from: awaited, to: awaited + MORE });
    awaited = Math.min(total, awaited + MORE);
  }, { root: list.parentElement, rootMargin: "50px" });

  function watchEnd() {
    seen.unobserve(end);
    if (awaited < total) seen.observe(end);
  }

  /* On the page that is open, a hit leads to its section without loading. */
  function follow(event) {
    const link = event.target.closest(".md-search-result__link");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    dialog.close();
    const url = new URL(link.href);
    if (url.pathname !== location.pathname) return;
    event.preventDefault();
    event.stopPropagation();
    history.pushState(history.state, "", url);
    go();
    reveal();
  }

  function go() {
    const target = document.getElementById(nb_decoded(location.hash.slice(1)));
    if (target) target.scrollIntoView();
    else if (!location.hash) scrollTo(0, 0);
  }

  /* Mark what was looked for on the page, and go to the section again: marking may have moved it. */
  async function reveal() {
    if (await mark(document.querySelector("article"))) go();
  }

  async function mark(place) {
    const words = new URL(location).searchParams.get("h");
    if (!words) return false;
    const { markOn } = await import(new URL("search-marks.js", HERE));
    markOn(place, words);
    return true;
  }

  /* Lead to the first hit; to none of a query that is no longer in the box. */
  function enter() {
    isEntered = list.dataset.query !== box.value;
    if (!isEntered) list.querySelector("a")?.click();
  }

  function move(step) {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement) + step;
    if (at < 0) box.focus();
    else links[at]?.focus();
  }

  const KEYS = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => document.activeElement === box && enter(),
    ArrowRight() {
      if (!suggested.textContent || box.selectionStart < box.value.length) return false;
      box.value = suggested.textContent;
      ask();
      return true;
    },
  };

  dialog.addEventListener("keydown", (event) => {
    if (!dialog.open) return; // the box keeps the focus for a moment after it is closed
    event.stopPropagation(); // the page's own keys rest
    if (isOpener(event)) event.preventDefault();
    if (event.isComposing || !KEYS[event.key] || event.target.matches("select, button")) return;
    const isLink = event.target.matches("a");
    if (event.key === "Enter" && isLink) return;
    if (KEYS[event.key]() !== false && event.key.startsWith("Arrow")) event.preventDefault();
  });

  const isOpener = (event) => event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;

  addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]") && event.target !== box;
    const isKey = "/sf".includes(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping;
    if (!isKey && !isOpener(event)) return;
    event.preventDefault();
    open();
  });

  const toggle = document.getElementById("__search"); // what the header's icon on a narrow screen belongs to
  toggle.addEventListener("change", () => {
    toggle.checked = false;
    open();
  });
  const opener = document.querySelector(".nb-search-open");
  opener.addEventListener("click", open);
  for (const sign of ["pointerenter", "focus"]) opener.addEventListener(sign, start, { once: true });
  if (/Mac|iP(hone|ad|od)/.test(navigator.platform)) opener.querySelector("kbd").textContent = "⌘K";

  box.addEventListener("input", ask);
  for (const filter of filters) filter.addEventListener("change", ask);
  the("form").addEventListener("submit", (event) => event.preventDefault());
  the(".nb-search-clear").addEventListener("click", () => {
    box.value = "";
    box.focus();
    ask();
  });
  the(".nb-search-close").addEventListener("click", () => dialog.close());
  the(".nb-search-share").addEventListener("click", (event) => {
    event.preventDefault();
    navigator.clipboard?.writeText(event.currentTarget.href);
  });
  box.addEventListener("input", () => {
    the(".nb-search-share").href = new URL(`?q=${encodeURIComponent(box.value.trim())}`, SITE).href;
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
    else follow(event);
  });
  document.addEventListener("notebinder:search", restart);
  document$.subscribe(reveal);
  // What sets the words of a picture where they stand begins anew with them.
  document.addEventListener("notebinder:words", ({ target }) => mark(target));

  (globalThis.requestIdleCallback ?? setTimeout)(prepare);

  const shared = new URL(location).searchParams.get("q");
  if (shared) {
    open();
    box.value = shared;
    box.dispatchEvent(new Event("input"));
  }
})();
