/* What is shown of a text: the words that were found, marked, and the lines around them. */

import { fold, isUnspaced, stem, wholesOf } from "./search-words.js";

const LENGTH = 190; // letters: about two lines
const BEFORE = 50; // of them before the first word found
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const escapeHtml = (text) => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]);

/* Tells of a word whether it stands for one of those that were looked for. */
export function matcherOf(wanted, beginnings = []) {
  const words = new Set(wanted);
  const stems = new Set(wanted.map(stem));
  return {
    fits: (word) => words.has(word) || stems.has(stem(word)) || beginnings.some((beginning) => word.startsWith(beginning)),
    runs: [...words].filter(isUnspaced),
    signs: [...words].filter((word) => !/[\p{L}\p{N}]/u.test(word)),
  };
}

/* Where a text has words that were looked for, as pairs of places. */
export function placesOf(text, { fits, runs, signs }) {
  const places = [];
  for (const { word, run, start, end, parts } of wholesOf(text)) {
    if (run) {
      for (const wanted of runs) {
        for (let at = run.indexOf(wanted); at >= 0; at = run.indexOf(wanted, at + wanted.length)) {
          places.push([start + at, start + at + wanted.length]);
        }
      }
    } else if (fits(word)) places.push([start, end]);
    else for (const part of parts) if (fits(part.word)) places.push([part.start, part.end]);
  }
  for (const sign of signs) {
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + sign.length)) places.push([at, at + sign.length]);
  }
  places.sort(([one], [other]) => one - other);
  return places.filter(([, end], at) => !at || end > Math.max(...places.slice(0, at).map((place) => place[1])));
}

function marked(text, places, from = 0, to = text.length) {
  let [html, at] = ["", from];
  for (const [start, end] of places) {
    if (start < at || end > to) continue;
    html += `${escapeHtml(text.slice(at, start))}<mark>${escapeHtml(text.slice(start, end))}</mark>`;
    at = end;
  }
  return html + escapeHtml(text.slice(at, to));
}

export const markedHtml = (text, matcher) => marked(text, placesOf(text, matcher));

/* The part of a text with most of the words that were found. */
export function excerptHtml(text, matcher) {
  const places = placesOf(text, matcher);
  const words = places.map(([start, end]) => fold(text.slice(start, end)));
  const variety = ([start]) => {
    const inside = words.filter((_, at) => places[at][0] >= start && places[at][1] <= start + LENGTH - BEFORE);
    return new Set(inside).size * 10 + Math.min(9, inside.length);
  };
  const best = places.slice(0, 200).reduce((one, other) => (one && variety(one) >= variety(other) ? one : other), undefined);
  let from = best ? Math.max(0, best[0] - BEFORE) : 0;
  const block = text.lastIndexOf("\n", best ? best[0] : 0) + 1;
  if (block > from) from = block;
  else if (from) from += text.slice(from, best[0]).search(/\s|$/) + 1;
  from = Math.min(from, best ? best[0] : 0);
  let to = Math.min(text.length, from + LENGTH);
  if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), best ? best[1] : 0, from + LENGTH / 2);
  const html = marked(text, places, from, to).trim().replace(/\n/g, " · ");
  return `${from && block !== from ? "… " : ""}${html}${to < text.length ? " …" : ""}`;
}
