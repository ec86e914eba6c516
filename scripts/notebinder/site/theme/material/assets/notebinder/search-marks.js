/* Marks on a page the words that a reader came to find. */

import { matcherOf, placesOf } from "./search-excerpt.js";
import { fold } from "./search-words.js";

const UNMARKED = "script, style, svg, math, .katex, .headerlink, [data-search-exclude]:not(.nb-words)";

export function markOn(root, words) {
  for (const mark of root.querySelectorAll("mark[data-md-highlight]")) mark.replaceWith(...mark.childNodes);
  root.normalize();
  const wanted = fold(words).split(" ").filter(Boolean);
  const { textContent } = root.closest("article");
  const isWhole = wanted.length && placesOf(textContent, matcherOf(wanted.slice(-1))).length;
  const matcher = matcherOf(wanted, isWhole ? [] : wanted.slice(-1));
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(UNMARKED)) texts.push(walker.currentNode);
  for (const text of texts) markText(text, placesOf(text.data, matcher));
}

/* From the end, so that the places before stay true. Words with only a blank between them get one mark. */
function markText(text, places) {
  const joined = places.reduce((all, [start, end]) => {
    const last = all.at(-1);
    if (last && /^\s+$/.test(text.data.slice(last[1], start))) last[1] = end;
    else all.push([start, end]);
    return all;
  }, []);
  for (const [start, end] of joined.reverse()) {
    const found = text.splitText(start);
    found.splitText(end - start);
    const mark = document.createElement("mark");
    mark.dataset.mdHighlight = "";
    found.replaceWith(mark);
    mark.append(found);
  }
}
