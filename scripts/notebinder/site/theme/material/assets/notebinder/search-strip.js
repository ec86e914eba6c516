/* Cuts out of a picture the strip where the words stand that were looked for. The page that shows the picture says
   where, in the layer of its words (notebinder/images/word_layer.py). */

import { matcherOf, placesOf } from "./search-excerpt.js";

const LINE = 0.9; // rem: how high a line of the picture is shown, at least
const WIDEST = 4; // times the strip

export async function cutStrip(strip, { href, hash, searchParams }) {
  const [address] = href.split(/[?#]/);
  const figure = (await nb_page(address))?.getElementById(nb_decoded(hash.slice(1)));
  const image = figure?.querySelector("img")?.cloneNode();
  if (!image || strip.childElementCount) return;
  const found = wordsIn(figure.querySelector(".nb-words"), searchParams.get("h")?.split(" ") ?? []);
  const ratio = image.getAttribute("height") / image.getAttribute("width") || 1;
  const [width, height] = [strip.clientWidth, strip.clientHeight];
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const { place, marks } = found ?? { place: { left: 0, top: 0, width: 0, height: 1 }, marks: [] };
  const wide = Math.min(WIDEST, Math.max(1, (LINE * rem) / (place.height * ratio * width)));
  const across = kept(place.left + place.width / 2, 1 / wide);
  const down = kept(place.top + (found ? place.height / 2 : 0), height / (width * wide * ratio));

  const frame = document.createElement("span");
  frame.style = `width:${wide * 100}%;transform:translate(${-across * 100}%,${-down * 100}%)`;
  show(image, address, width * wide);
  frame.append(image, ...marks.map(markAt));
  strip.append(frame);
}

/* Where a window of some size begins that has a place in its middle, but shows nothing beyond the picture. */
const kept = (middle, size) => Math.max(0, Math.min(middle - size / 2, 1 - size));

/* The line with most of the words, and the places of the words on all lines, in shares of the picture. */
function wordsIn(layer, words) {
  const lines = [...(layer?.children ?? [])].map((line) => ({ text: line.textContent, ...boxOf(line) }));
  for (const matcher of [matcherOf(words), matcherOf(words, words.slice(-1))]) {
    const marked = lines.map((line) => placesOf(line.text, matcher).map(([start, end]) => wordAt(line, start, end)));
    const best = marked.reduce((one, other, at) => (other.length > marked[one].length ? at : one), 0);
    if (marked[best]?.length) return { place: { ...lines[best], ...spanOf(marked[best]) }, marks: marked.flat() };
  }
  return undefined;
}

function boxOf({ style, dataset }) {
  const [left, top, width, height] = ["left", "top", "width", "height"].map((side) => parseFloat(style[side]) / 100);
  return { left, top, width, height, shares: dataset.words.split(" ").map((share) => share / 100) };
}

/* The place of the words of a line between two letters. */
function wordAt({ text, left, top, width, height, shares }, start, end) {
  const wordsTo = (at) => text.slice(0, at).split(" ").length - 1;
  const before = (count) => shares.slice(0, count).reduce((sum, share) => sum + share, 0);
  const [first, last] = [wordsTo(start), wordsTo(end)];
  return { left: left + before(first) * width, top, width: (before(last + 1) - before(first)) * width, height };
}

function spanOf(places) {
  const left = Math.min(...places.map((place) => place.left));
  return { left, width: Math.max(...places.map((place) => place.left + place.width)) - left };
}

/* The best rendition for a width; addresses count from the page that the image stands on. */
function show(image, page, width) {
  const absolute = (address) => new URL(address, page).href;
  const { srcset } = image;
  image.removeAttribute("srcset");
  image.loading = "lazy";
  image.alt = "";
  image.sizes = `${Math.ceil(width)}px`;
  image.srcset = srcset.replace(/(^|,\s*)(\S+)/g, (_, sign, address) => sign + absolute(address));
  image.src = absolute(image.getAttribute("src"));
}

function markAt({ left, top, width, height }) {
  const mark = document.createElement("i");
  mark.style = `left:${left * 100}%;top:${top * 100}%;width:${width * 100}%;height:${height * 100}%`;
  return mark;
}
