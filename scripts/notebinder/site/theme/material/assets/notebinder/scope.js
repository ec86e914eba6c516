/* What Material's own scripts call: values kept in the browser, under the address of this site, and
   requests. The names are Material's. And what they would do late and dearly, done early. */
"use strict";

// Material's script sets these classes when it comes, and each time the browser works out all styles once more.
document.documentElement.classList.replace("no-js", "js");
document.documentElement.classList.add("js-focus-visible");

// So that links are true after moving on without loading, Material makes all addresses of a page whole ones. That of
// a stylesheet has the browser read it again; here nothing of the page has a style yet.
for (const link of document.querySelectorAll("link[rel=stylesheet]")) link.href = link.href;

var __md_scope = new URL(document.currentScript.dataset.scope, location);

function __md_hash(text) {
  return [...text].reduce((hash, char) => (hash << 5) - hash + char.charCodeAt(0), 0);
}

// A browser that keeps nothing, or something broken, shows the page all the same.
function __md_get(key, storage, scope = __md_scope) {
  try {
    return JSON.parse((storage ?? localStorage).getItem(`${scope.pathname}.${key}`));
  } catch {
    return null;
  }
}

function __md_set(key, value, storage, scope = __md_scope) {
  try {
    (storage ?? localStorage).setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    return;
  }
}

/* To follow links without loading, Material asks for the sitemap with every page that is opened. On a large site
   that is a megabyte to read, so it waits for the first sign that somebody may follow one. */
(() => {
  const signs = ["pointermove", "pointerdown", "wheel", "keydown"];
  const someone = new Promise((resolve) => {
    for (const sign of signs) addEventListener(sign, resolve, { capture: true, once: true, passive: true });
  });

  window.XMLHttpRequest = class extends XMLHttpRequest {
    open(method, address, ...rest) {
      this.waits = String(address).endsWith("/sitemap.xml");
      super.open(method, address, ...rest);
    }

    send(body) {
      if (this.waits) someone.then(() => super.send(body));
      else super.send(body);
    }
  };
})();
