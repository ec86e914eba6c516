/* Shows the hits of a large site that the reader scrolls to: the worker loads the pages of the first ones at once.
   Material adds such a hit to its list as a link that says where its page is kept. */
"use strict";

(() => {
  const SITE = new URL("../../", document.currentScript.src);
  const LATER = "a[href*='?nb-search=1&']";
  const REST = 150; // ms from its first sight: while the reader types, the list is soon another
  const ICON = '<div class="md-search-result__icon md-icon"></div>';

  function addressOf({ location, terms }) {
    const url = new URL(location, SITE);
    const found = Object.keys(terms).filter((term) => terms[term]);
    if (found.length) url.searchParams.set("h", found.join(" "));
    return url.href;
  }

  function linkOf(item, { isPage, hasText }) {
    const tags = (isPage && item.tags) || [];
    const link = document.createElement("a");
    link.className = "md-search-result__link";
    link.href = addressOf(item);
    link.tabIndex = -1;
    link.innerHTML = // made of escaped text by search-text.js
      `<article class="md-search-result__article md-typeset" data-md-score="${item.score.toFixed(2)}">` +
      (isPage ? `${ICON}<h1>${item.title}</h1>` : `<h2>${item.title}</h2>`) +
      (hasText ? item.text : "") +
      (tags.length ? `<nav class="md-tags">${tags.map((tag) => `<span class="md-tag">${tag}</span>`).join("")}</nav>` : "") +
      "</article>";
    return link;
  }

  function show(hit, items) {
    const page = items.find(({ location }) => !location.includes("#")) ?? items[0];
    const sections = items.filter((item) => item !== page && item.score >= items[0].score);
    hit.replaceChildren(
      linkOf(page, { isPage: true, hasText: !sections.length }),
      ...sections.map((item) => linkOf(item, { isPage: false, hasText: true })),
    );
  }

  function load(hit) {
    const link = hit.querySelector(LATER);
    if (!link?.isConnected) return;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      port1.close();
      if (!data.length) return; // it could not be loaded; a click tries again
      const hasFocus = hit.contains(document.activeElement);
      show(hit, data);
      if (hasFocus) hit.querySelector("a").focus();
    };
    nbSearchWorker.postMessage({ type: "reached", data: link.href }, [port2]);
  }

  // Until its page is there, such a link leads nowhere.
  document.addEventListener("click", (event) => {
    if (event.target.closest(LATER)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      load(event.target.closest("li"));
    }
  }, true);

  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      setTimeout(load, REST, target);
    }
  });

  const list = document.querySelector(".md-search-result__list");
  if (list) new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const hit of addedNodes) if (hit.querySelector(LATER)) seen.observe(hit);
    }
  }).observe(list, { childList: true });
})();
