/* Opens the sections of the navigation, whose entries are not on the page but in a file for each section.

   Without this script a section's title leads to its first page. Here it becomes what Material makes of a
   section: a checkbox, its label, and a list, which is fetched when it is opened the first time. */
"use strict";

(() => {
  const root = new URL("../../", document.currentScript.src);
  const lists = new Map();

  function fetchList(key) {
    if (!lists.has(key)) {
      const asked = fetch(new URL(`assets/navigation/${key}.json`, root)).then((answer) => {
        if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
        return answer.json();
      });
      asked.catch(() => lists.delete(key));
      lists.set(key, asked);
    }
    return lists.get(key);
  }

  async function entries(key) {
    const template = document.createElement("template");
    template.innerHTML = await fetchList(key);
    for (const link of template.content.querySelectorAll("a[href]")) {
      link.href = new URL(link.getAttribute("href"), root);
    }
    prepare(template.content);
    return template.content;
  }

  function element(html) {
    const template = document.createElement("template");
    template.innerHTML = html.trim();
    return template.content.firstElementChild;
  }

  /* Make a link that stands for a closed section into one that opens. */
  function addSection(item) {
    const id = `__nav_${item.dataset.nbSection}`;
    const link = item.firstElementChild;
    const title = link.querySelector(".md-ellipsis");
    const level = 1 + Number(item.parentElement?.closest("[data-md-level]")?.dataset.mdLevel ?? 0);
    const toggle = element(`<input class="md-nav__toggle md-toggle" type="checkbox" id="${id}">`);
    const label = element(`<label class="md-nav__link" for="${id}" id="${id}_label" tabindex="0">
      <span class="md-nav__icon md-icon"></span></label>`);
    const inner = element(`<nav class="md-nav" data-md-level="${level}" aria-labelledby="${id}_label"
      aria-expanded="false"><label class="md-nav__title" for="${id}"><span class="md-nav__icon md-icon"></span>
      </label><ul class="md-nav__list" data-md-scrollfix></ul></nav>`);
    inner.firstElementChild.append(title.textContent);
    if ("nbIndex" in item.dataset) {
      const both = element(`<div class="md-nav__link md-nav__container"></div>`);
      both.append(link, label);
      item.append(toggle, both, inner);
    } else {
      label.prepend(...link.childNodes);
      link.remove();
      item.append(toggle, label, inner);
    }
    toggle.addEventListener("change", () => fill(item, inner, toggle).catch(() => location.assign(link.href)));
  }

  async function fill(item, inner, toggle) {
    inner.ariaExpanded = toggle.checked;
    if (!toggle.checked || inner.lastElementChild.childElementCount) return;
    inner.lastElementChild.append(await entries(item.dataset.nbSection));
  }

  /* Make a link that stands for the rest of a long list into a button that shows it. */
  function addMore(item) {
    const link = item.firstElementChild;
    const button = element(`<button type="button" class="md-nav__link"></button>`);
    button.append(...link.childNodes);
    button.addEventListener("click", () => showAll(item).catch(() => location.assign(link.href)));
    link.replaceWith(button);
  }

  /* What the page shows of the list stays as it is, opened or not. */
  async function showAll(item) {
    const list = item.parentElement;
    const shown = new Map([...list.children].map((entry) => [nameOf(entry), entry]));
    const whole = [...(await entries(item.dataset.nbMore)).children];
    const first = whole.find((entry) => !shown.has(nameOf(entry)));
    list.replaceChildren(...whole.map((entry) => shown.get(nameOf(entry)) ?? entry));
    first.querySelector("a, button").focus();
  }

  function nameOf(entry) {
    return entry.dataset.nbSection ?? entry.querySelector("a")?.href;
  }

  function prepare(part) {
    part.querySelectorAll("[data-nb-section]:not(:has(> input))").forEach(addSection);
    part.querySelectorAll("[data-nb-more]:has(> a)").forEach(addMore);
  }

  /* In the drawer the page's contents stand below its entry; they are those of the sidebar. */
  document.addEventListener("change", ({ target }) => {
    if (target.id !== "__toc" || !target.checked) return;
    const contents = document.querySelector(".md-sidebar--secondary .md-nav--secondary");
    target.parentElement.querySelector(":scope > nav")?.remove();
    target.parentElement.append(contents.cloneNode(true));
  });

  document$.subscribe(() => prepare(document));
})();
