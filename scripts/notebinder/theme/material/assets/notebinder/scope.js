/* What Material's own scripts call: values kept in the browser, under the address of this site, requests, and
   the worker of the search. The names are Material's. And what must wait until the page is painted. */
"use strict";

/* A page is painted first, as it is with scripts. When all that the first screen needs is there and painted come the
   scripts, which wait in a template, and the pictures that browsers load three screens ahead (pieces.css). */
(() => {
  const { classList } = document.documentElement;

  function run(waiting) {
    const script = document.createElement("script");
    for (const { name, value } of waiting.attributes) script.setAttribute(name, value);
    script.async = waiting.hasAttribute("async"); // else in their order
    document.head.append(script);
    return script;
  }

  function begin() {
    if (!classList.contains("nb-opening")) return;
    classList.remove("nb-opening");
    const scripts = [...document.getElementById("nb-scripts").content.querySelectorAll("script")].map(run);
    // Material, like many scripts, starts at this event.
    const start = () => document.dispatchEvent(new Event("DOMContentLoaded"));
    for (const end of ["load", "error"]) scripts.at(-1).addEventListener(end, start);
  }

  classList.replace("no-js", "js");
  classList.add("nb-opening");
  addEventListener("load", () => (document.hidden ? begin() : requestAnimationFrame(() => requestAnimationFrame(begin))));
  addEventListener("DOMContentLoaded", () => {
    setTimeout(begin, 3000); // where something never comes
    // The button for other colours is there at once; it does what it says once Material runs.
    document.querySelector(`#__palette_${__md_get("__palette")?.index ?? 0} + label`)?.removeAttribute("hidden");
    // Material makes their addresses whole when it starts. After loading, a browser would fetch all of them again.
    for (const link of document.querySelectorAll("link[href]")) link.href = link.href;
  }, { once: true });
})();

var __md_scope = new URL(document.currentScript.dataset.scope, location);

function __md_hash(text) {
  return [...text].reduce((hash, char) => (hash << 5) - hash + char.charCodeAt(0), 0);
}

function __md_get(key, storage = localStorage, scope = __md_scope) {
  return JSON.parse(storage.getItem(`${scope.pathname}.${key}`));
}

function __md_set(key, value, storage = localStorage, scope = __md_scope) {
  try {
    storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing (private mode) shows the page all the same.
  }
}

/* To follow links without loading, Material asks for the sitemap with every page that is opened, and for the index
   of the search. On a large site each is a megabyte, so they wait for the first sign of a reader who may need them. */
(() => {
  const waiting = /\/(?:sitemap\.xml|search_index\.json)$/;
  const signs = ["pointermove", "pointerdown", "wheel", "keydown", "focusin"];
  const someone = new Promise((resolve) => {
    for (const sign of signs) addEventListener(sign, resolve, { capture: true, once: true, passive: true });
  });

  window.XMLHttpRequest = class extends XMLHttpRequest {
    open(method, address, ...rest) {
      this.waits = waiting.test(address);
      super.open(method, address, ...rest);
    }

    send(body) {
      if (this.waits) someone.then(() => super.send(body));
      else super.send(body);
    }
  };
})();

/* Tell the search's worker when the box is entered, so that Pagefind is there when the reader has typed. */
window.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    addEventListener("focusin", ({ target }) => {
      if (target.matches("[data-md-component=search-query]")) this.postMessage({ type: "entered" });
    });
  }
};
