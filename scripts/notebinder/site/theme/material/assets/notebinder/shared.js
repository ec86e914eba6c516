/* What several scripts need: to load a script or a style, or another page, and to read an address. */
"use strict";

var nb_add = (name, attributes) => new Promise((resolve, reject) => {
  const element = Object.assign(document.createElement(name), attributes);
  element.onload = resolve;
  element.onerror = () => reject(new Error(`${attributes.src ?? attributes.href} cannot be loaded`));
  document.head.append(element);
});

/* A page of the site as it is written, or null where an address leads to something else. */
var nb_page = (() => {
  const MOST = 50;
  const pages = new Map();

  async function read(address) {
    const answer = await fetch(address);
    const isPage = answer.ok && answer.headers.get("content-type")?.startsWith("text/html");
    return isPage ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  }

  return (address) => {
    if (pages.size > MOST) pages.clear();
    if (!pages.has(address)) {
      const asked = read(address);
      asked.catch(() => pages.delete(address));
      pages.set(address, asked);
    }
    return pages.get(address);
  };
})();

/* A part of an address in plain letters; one that is not well written stays as it is. */
var nb_decoded = (part) => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};
