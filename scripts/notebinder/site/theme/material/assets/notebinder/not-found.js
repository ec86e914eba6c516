/* At an address without a page: names the pages whose addresses or titles are like it, and opens the search with
   its words. */
"use strict";

(async () => {
  const SITE = new URL("../../", document.currentScript.src);
  const MOST = 5;
  const ALIKE = 0.4;
  const asked = nb_decoded(location.pathname.slice(SITE.pathname.length)).replace(/(index)?\.(html?|md)$/, "");
  if (!asked || asked === "404") return;

  function words(text) {
    return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) ?? [];
  }

  /* Each two letters that stand side by side. */
  function pairs(text) {
    const letters = words(text).join(" ");
    return new Set(Array.from(letters, (_, index) => letters.slice(index, index + 2)).slice(0, -1));
  }

  function likeness(one, other) {
    const shared = [...one].filter((pair) => other.has(pair)).length;
    return (2 * shared) / (one.size + other.size || 1);
  }

  const last = (path) => path.replace(/\/$/, "").split("/").at(-1);
  const whole = pairs(asked);
  const name = pairs(last(asked));

  function score([address, title]) {
    const path = nb_decoded(address);
    const names = Math.max(likeness(name, pairs(last(path))), likeness(name, pairs(title)));
    return 0.7 * names + 0.3 * likeness(whole, pairs(path));
  }

  const answer = await fetch(new URL("assets/navigation/pages.json", SITE));
  const near = (await answer.json())
    .filter(([address]) => address)
    .map((page) => [score(page), page])
    .filter(([value]) => value > ALIKE)
    .sort(([one], [other]) => other - one)
    .slice(0, MOST);

  const place = document.querySelector(".nb-near");
  const text = document.createElement("template");
  if (near.length) {
    const head = document.createElement("p");
    head.textContent = place.dataset.title;
    const list = document.createElement("ul");
    for (const [, [address, title]] of near) {
      const link = document.createElement("a");
      link.href = new URL(address, SITE);
      text.innerHTML = title; // as the navigation has it
      link.textContent = text.content.textContent;
      const where = document.createElement("small");
      where.textContent = nb_decoded(address);
      const item = document.createElement("li");
      item.append(link, " ", where);
      list.append(item);
    }
    place.append(head, list);
  }

  const dialog = document.querySelector(".nb-search");
  const box = dialog?.querySelector(".nb-search-input");
  if (!box) return;
  document.querySelector(".nb-search-open").click();
  box.value = last(asked).replace(/[-_.]+/g, " ");
  box.dispatchEvent(new Event("input"));
  const copy = place.cloneNode(true);
  const what = document.createElement("p");
  what.textContent = document.querySelector("article h1").textContent;
  copy.prepend(what);
  dialog.querySelector("form").after(copy);
  dialog.addEventListener("close", () => copy.remove(), { once: true });
})();
