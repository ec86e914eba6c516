/* Draws Mermaid diagrams with the copy of Mermaid that is shipped with the site.

   Material fetches Mermaid from another origin unless a page brings its own. This stand-in has the two
   functions that Material calls and loads the real one, 3 MB, when the first diagram is to be drawn.

   Mermaid puts a style element into each picture, which the site's policy forbids. Here it gets an element of
   no meaning instead, and its rules go to where the policy allows them: sheets that a script has made. */
"use strict";

(() => {
  const address = new URL("vendor/mermaid/mermaid.min.js", document.currentScript.src);
  // What no diagram may set for itself: it could lay its picture over the page.
  const FIXED = ["secure", "securityLevel", "startOnLoad", "maxTextSize", "maxEdges", "suppressErrorRendering",
    "themeCSS", "fontFamily", "altFontFamily", "dompurifyConfig"];
  // What would load something as soon as it is drawn: only pictures of the page itself wait for a click.
  const LOADING = ["style", "img", "image", "picture", "source", "video", "audio", "track", "iframe", "object",
    "embed", "input", "link", "meta", "base", "form"];
  const LOADED = [
    [/\burl\s*\((?!\s*["']?#)[^)]*\)?/gi, "none"],
    [/\bimg\s*:\s*("[^"]*"|'[^']*'|[^,}\s]*)/gi, 'label: " "'],
    [/<[^<>]*\bstyle\s*=[^<>]*>/gi, ""],
    [/@import\b[^;\n]*/gi, ""],
  ];
  const LINKS = /^(?:https?:|mailto:|[^a-z]|[a-z][^:]*$)/i;
  // The line that a label stands on ends at some distance from its letters.
  const ROOM = `.edgeLabel foreignObject { overflow: visible }
    .edgeLabel p { box-shadow: 0 0 0 4px var(--md-mermaid-label-bg-color) }`;
  let settings = {};
  let loading;
  let drawing = Promise.resolve();

  function load() {
    loading ??= nb_add("script", { src: address }).then(() => {
      const real = window.mermaid;
      window.mermaid = standIn; // else the second page would go past it
      const dompurifyConfig = { FORBID_TAGS: LOADING, FORBID_ATTR: ["src", "srcset", "poster", "background"] };
      real.initialize({ ...settings, securityLevel: "strict", secure: FIXED, dompurifyConfig,
        suppressErrorRendering: true });
      return real;
    });
    return loading;
  }

  // Stands for a style element, and hands its rules on.
  function styleElement(add) {
    const element = Document.prototype.createElementNS.call(document, "http://www.w3.org/2000/svg", "metadata");
    for (const name of ["innerHTML", "textContent"]) Object.defineProperty(element, name, { set: add });
    return element;
  }

  async function draw(id, text) {
    const mermaid = await load();
    const sheet = new CSSStyleSheet();
    let rules = ROOM;
    const add = (more) => sheet.replaceSync((rules += `${more}\n`));
    const names = ["createElement", "createElementNS"];
    for (const name of names) {
      document[name] = (...about) =>
        about.includes("style") ? styleElement(add) : Document.prototype[name].apply(document, about);
    }
    // While it is drawn, too: Mermaid measures its texts on the page.
    document.adoptedStyleSheets.push(sheet);
    try {
      const local = LOADED.reduce((shown, [loads, instead]) => shown.replace(loads, instead), text);
      const { svg, bindFunctions } = await mermaid.render(id, local);
      return { svg, fn: (root) => finish(root, sheet, bindFunctions) };
    } finally {
      for (const name of names) delete document[name];
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    }
  }

  // Mermaid itself would draw a bomb below the foot of the page, and leave it there.
  function unreadable(text, error) {
    const box = document.createElement("details");
    box.className = "nb-box nb-unreadable";
    box.append(...["summary", "p", "pre"].map((name) => document.createElement(name)));
    const [summary, reason, source] = box.children;
    summary.textContent = nb_words["diagram failed"];
    reason.textContent = String(error?.message ?? error);
    source.appendChild(document.createElement("code")).textContent = text;
    return { svg: "", fn: (root) => root.host.replaceWith(box) };
  }

  function finish(root, sheet, bindFunctions) {
    root.adoptedStyleSheets = [sheet];
    bindFunctions?.(root);
    for (const link of root.querySelectorAll("a")) {
      for (const name of ["href", "xlink:href"]) {
        if (!LINKS.test(link.getAttribute(name)?.trim() ?? "/")) link.removeAttribute(name);
      }
    }
  }

  const standIn = {
    initialize: (wanted) => {
      settings = wanted;
    },
    render: (...diagram) => {
      // One after the other: what is patched above is the page's.
      drawing = drawing.then(() => draw(...diagram)).catch((error) => unreadable(diagram[1], error));
      return drawing;
    },
  };
  window.mermaid = standIn;
})();
