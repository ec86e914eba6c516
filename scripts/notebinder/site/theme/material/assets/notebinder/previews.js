/* Shows what a link leads to, in a card beside it, to whoever points at it or reaches it with the keyboard.

   Material's own previews find no heading that is not written in ASCII, and of a block whatever follows it; so
   the place is found here: a heading with all below it, a single block, or how a page begins. */
"use strict";

(() => {
  const root = new URL("../../", document.currentScript.src);
  const LINKS = "article a[href]:not(.headerlink, .nb-zoom, .nb-card-link, .footnote-ref, .footnote-backref)";
  const HEADINGS = "h1, h2, h3, h4, h5, h6";
  const BLOCKS = "li, tr, dd, dt, table, pre, blockquote, figure, .admonition, details, p";
  const LEFT_OUT = `script, iframe, video, audio, object, button, .headerlink, .md-code__nav, .nb-external, .nb-tags,
    .nb-properties, .nb-dates, .nb-backlinks, .nb-source, .nb-words, .nb-transcript, .nb-around, pre.mermaid, a:empty`;
  const WAIT = { open: 300, close: 250 };
  const MOST = { pieces: 12, signs: 900 };
  let shown = null; // the link whose card is open, or is being opened
  let card = null;
  let timer = 0;

  async function pageOf(url) {
    const address = url.href.split("#")[0];
    return address === location.href.split("#")[0] ? document : nb_page(address);
  }

  function level(element) {
    return element.matches(HEADINGS) ? Number(element.localName[1]) : 7;
  }

  /* The elements from a heading to the next of its level, as far as a card has room. */
  function* section(heading) {
    let room = MOST;
    for (let each = heading, own = level(heading); each && room.pieces > 0 && room.signs > 0;) {
      yield each;
      room = { pieces: room.pieces - 1, signs: room.signs - each.textContent.length };
      each = each.nextElementSibling;
      if (each && level(each) <= own) return;
    }
  }

  function block(target) {
    const found = target.matches(".nb-anchor") ? target.closest(BLOCKS) ?? target.parentElement : target;
    const isOnlyMark = found.localName === "p" && !found.textContent.trim() && !found.querySelector("img");
    return isOnlyMark ? found.nextElementSibling ?? found : found;
  }

  function piecesOf(page, anchor) {
    const article = page.querySelector("article");
    const target = anchor && page.getElementById(anchor);
    const heading = target ? target.closest(HEADINGS) : article?.querySelector("h1");
    if (heading) return [...section(heading)];
    return target && article.contains(target) ? [block(target)] : [];
  }

  function copied(piece, address) {
    const copy = document.importNode(piece, true);
    copy.querySelectorAll('[src^="http"]').forEach((each) => each.remove()); // which the policy here may not name
    const all = [copy, ...copy.querySelectorAll("*")];
    for (const element of all) {
      element.removeAttribute("id");
      element.removeAttribute("name");
      if (element.matches("a[href]")) element.tabIndex = -1; // a round with the Tab key goes past the card
      if (element.matches(HEADINGS)) element.role = "presentation";
      for (const name of ["href", "src"]) {
        if (element.hasAttribute(name)) element.setAttribute(name, new URL(element.getAttribute(name), address));
      }
      const sources = element.getAttribute("srcset");
      if (sources) element.setAttribute("srcset", sources.replace(/[^\s,]+(?=\s)/g, (each) => new URL(each, address)));
    }
    copy.querySelectorAll(LEFT_OUT).forEach((each) => each.remove());
    if (copy.matches("li")) {
      const list = document.createElement("ul");
      list.append(copy);
      return list;
    }
    return copy;
  }

  function place(link) {
    const at = link.getBoundingClientRect();
    const size = card.getBoundingClientRect();
    const below = at.bottom + 6;
    const isAbove = below + size.height > innerHeight && at.top - size.height - 6 > 0;
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - size.width - 8));
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(isAbove ? at.top - size.height - 6 : below) + scrollY}px`;
  }

  async function open(link) {
    const url = new URL(link.href);
    const page = await pageOf(url).catch(() => null);
    if (shown !== link || !page) return;
    const pieces = piecesOf(page, nb_decoded(url.hash.slice(1))).filter((piece) => !piece.matches(LEFT_OUT));
    if (!pieces.length) return;
    card?.remove();
    card = document.createElement("aside");
    card.className = "nb-preview md-typeset";
    card.ariaLabel = pieces[0].matches(HEADINGS) ? pieces[0].textContent : link.textContent;
    const { lang, dir } = page.querySelector(".md-content") ?? {};
    Object.assign(card, { lang: lang ?? "", dir: dir ?? "" });
    card.append(...pieces.map((piece) => copied(piece, url)));
    card.addEventListener("pointerenter", () => clearTimeout(timer));
    card.addEventListener("pointerleave", close);
    document.body.append(card);
    document.dispatchEvent(new Event("notebinder:shown"));
    place(link);
  }

  function hide() {
    clearTimeout(timer);
    card?.remove();
    card = shown = null;
  }

  function close() {
    clearTimeout(timer);
    timer = setTimeout(hide, WAIT.close);
  }

  function linkAt(target) {
    const link = target instanceof Element ? target.closest(LINKS) : null;
    return link?.href.startsWith(root.href) ? link : null;
  }

  function show(link) {
    if (link === shown) return clearTimeout(timer);
    hide();
    shown = link;
    timer = setTimeout(open, WAIT.open, link);
  }

  document.addEventListener("pointerover", ({ target, pointerType }) => {
    const link = pointerType === "touch" ? null : linkAt(target);
    if (link) show(link);
    else if (shown && !card?.contains(target) && document.activeElement !== shown) close();
  });
  document.addEventListener("focusin", ({ target }) => {
    const link = target.matches(":focus-visible") ? linkAt(target) : null;
    if (link) show(link);
    else if (!card?.contains(target)) hide();
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hide();
  });
  document.addEventListener("click", hide);
  document$.subscribe(hide);
})();
