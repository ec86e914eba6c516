/* What answers Material's search box: Material's own worker, or for a large site Pagefind.

   Material hands over the index and then each query, and shows the results; see its integrations/search.
   An index without entries says that Pagefind has them (notebinder/search_index.py). Material's worker
   reads words at separators only, so a run of a script without spaces is searched letter by letter, and
   what has the letters but not the run is left out. */
"use strict";

importScripts("search-text.js");

const { begun, fits, isUnspaced, itemsOf, letters, pairs, sectionsOf, termsOf, textOf, wordsOf } = nbSearchText;
const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];
const ENTERED = "entered"; // the reader is in the box; scope.js tells
const REACHED = "reached"; // the reader scrolls to a hit that is not loaded; search-more.js asks
const FOLDER = new URL("../../search/pagefind/", location);
const AT_ONCE = 3; // hits that are loaded before any is shown
// In ms. What is typed on would be searched, or its hits loaded, in vain.
const BEGUN = [0, 500, 120]; // without a key before a word of one letter is searched, or of two
const PAUSE = 50; // without a key before hits are loaded
const SLOW = 100; // for a search: words that most pages have take so long
const LONG_PAUSE = 300; // before a slow or costly search, where hits are shown already

const NOTHING = { items: [] };

const send = self.postMessage.bind(self);
const pause = (time) => new Promise((done) => setTimeout(done, time));
let search;

self.addEventListener("message", (event) => {
  const { type, data } = event.data;
  if (type === SETUP) {
    search = data.docs.length ? withMaterial(data) : withPagefind();
  } else if (type === QUERY) search.ask(data);
  else if (type === ENTERED) search?.prepare();
  else if (type === REACHED) itemsAt(data).catch(() => []).then((items) => event.ports[0].postMessage(items));
});

function withMaterial(index) {
  const name = new URL(location).searchParams.get("material");
  if (!/^search\.[\w.]+\.js$/.test(name)) throw new Error("Material's worker has another name");
  const texts = new Map(index.docs.map((doc) => [doc.location, `${doc.title}\n${doc.text}`.replace(/<[^>]*>/g, "").toLowerCase()]));
  const asked = [];
  const listeners = [];
  // Material's script listens and posts like any worker; here it talks to this one.
  const listen = self.addEventListener;
  self.addEventListener = (_, listener) => listeners.push(listener);
  self.postMessage = ({ type, data }) => {
    send({ type, data: type === RESULT ? withRuns(data, asked.shift(), texts) : data });
  };
  importScripts(new URL(`../javascripts/workers/${name}`, location));
  self.addEventListener = listen;
  const tell = (type, data) => listeners.forEach((listener) => listener({ data: { type, data } }));
  tell(SETUP, index);
  function ask(query) {
    asked.push(termsOf(query).filter((term) => isUnspaced(term)));
    tell(QUERY, termsOf(query).some(isUnspaced) ? byLetters(query) : query);
  }

  return { ask, prepare() {} };
}

function byLetters(query) {
  return termsOf(query).map((term) => (isUnspaced(term) ? letters(term).map((letter) => `+${letter}`).join(" ") : term)).join(" ");
}

/* Keep what has each run as it stands, and let the page mark the run instead of its letters. */
function withRuns({ items, ...rest }, runs, texts) {
  if (!runs.length) return { items, ...rest };
  const has = ({ location }) => runs.every((run) => texts.get(location)?.includes(run));
  const single = new Set(runs.flatMap(letters));
  const tidy = (item) => ({
    ...item,
    title: item.title.replaceAll("</mark><mark>", ""),
    text: item.text.replaceAll("</mark><mark>", ""),
    terms: Object.keys(item.terms).length
      ? { ...Object.fromEntries(Object.entries(item.terms).filter(([term]) => !single.has(term))), ...Object.fromEntries(runs.map((run) => [run, true])) }
      : {},
  });
  const kept = items
    .map((group) => group.filter((item) => item.score === 0 || has(item)))
    .filter((group) => group.some((item) => item.score > 0));
  return { items: kept.map((group) => group.map(tidy)), ...rest };
}

function withPagefind() {
  let engine;
  let latest = 0;
  importScripts("search-pieces.js");
  self.fetch = nbSearchPieces.fetchPiece;
  send({ type: READY }); // nothing is loaded before the reader enters the box

  async function load() {
    nbSearchPieces.askEarly(FOLDER);
    const { createInstance } = await import(new URL("pagefind.js", FOLDER));
    // Already in a worker: Pagefind need not start its own.
    const instance = createInstance({ basePath: FOLDER.href, noWorker: true });
    await instance.init();
    await instance.preload(""); // what divides a query into letters takes its time to start
    return instance;
  }

  function prepare() {
    engine ??= load();
    engine.catch(() => { engine = undefined; });
  }

  async function ask(query) {
    const mine = ++latest;
    const isWanted = () => mine === latest;
    const terms = termsOf(query);
    if (!terms.length) return send({ type: RESULT, data: NOTHING });
    prepare();
    // Where a word has only begun, most likely more of it comes, and it stands in another piece.
    const begunLetters = begun(query);
    const [ready] = await Promise.all([engine, pause(BEGUN[begunLetters])]);
    if (!isWanted()) return;
    const data = await find(ready, query, terms, isWanted, pause(begunLetters ? 0 : PAUSE));
    if (isWanted()) send({ type: RESULT, data });
  }

  return { ask, prepare };
}

let last; // the search that ended last

/* Search at once, but load the hits when the reader's hands are at rest.

   The hits of a word's beginning are shown if they have the whole word and that search was slow, or the next one
   needs a piece that the one after it does not; then it waits longer. */
async function find(engine, query, terms, isWanted, rest) {
  if (isBetween(terms) && !isLonger(terms, last?.terms)) await searchFor(engine, withoutLastLetter(terms), isWanted);
  if (last?.results.length && isLonger(terms, last.terms) && (last.isSlow || isBetween(terms))) {
    const hits = last.results.slice(0, AT_ONCE);
    const fragments = await firstOf(hits);
    const isWhole = hits.map(({ words }, at) => hasWhole(terms.at(-1), fragments[at], words));
    const [shown, first] = [hits, fragments].map((all) => all.filter((_, at) => isWhole[at]));
    if (isWanted() && shown.length) {
      send({ type: RESULT, data: listed(shown, first, query, terms) });
      await pause(LONG_PAUSE);
    }
  }
  const results = await searchFor(engine, terms, isWanted);
  await rest;
  if (!results?.length || !isWanted()) return NOTHING;
  const first = await firstOf(results);
  const found = terms.filter((term) => isFound(term, first[0], results[0].words));
  // Where no word begins with a term, Pagefind takes the longest word that the term begins with.
  if (!found.length) return NOTHING;
  if (found.length < terms.length) return missing(await find(engine, query, found, isWanted, rest), terms);
  return listed(results, first, query, terms);
}

/* A search cannot be stopped, so it begins only if no more was typed while its piece was loaded. */
async function searchFor(engine, terms, isWanted) {
  if (!isWanted()) return undefined;
  const words = terms.flatMap(pairs).join(" ");
  await engine.preload(words);
  await pause(0);
  if (!isWanted()) return undefined;
  const begin = performance.now();
  const { results } = await engine.search(words);
  last = { terms, results, isSlow: performance.now() - begin > SLOW };
  return results;
}

/* Whether the last of some terms goes on where others end. */
function isLonger(terms, others = []) {
  const [term, other] = [terms.at(-1), others.at(-1)];
  const isSame = terms.length === others.length && terms.slice(0, -1).every((each, at) => each === others[at]);
  return isSame && term !== other && term.startsWith(other);
}

/* Whether the last of some terms ends with a pair of letters that it has no more with one letter more. */
function isBetween(terms) {
  const count = isUnspaced(terms.at(-1)) ? letters(terms.at(-1)).length : 0;
  return count > 1 && count % 2 === 1;
}

const withoutLastLetter = (terms) => [...terms.slice(0, -1), letters(terms.at(-1)).slice(0, -1).join("")];

const firstOf = (results) => Promise.all(results.slice(0, AT_ONCE).map(({ id }) => nbSearchPieces.fragmentOf(id, FOLDER)));

/* What Material lists: the first hits, and places for the others. */
function listed(results, first, query, terms) {
  const asked = encodeURIComponent(terms.join(" "));
  const items = results.map(({ id, score, words }, at) =>
    at < AT_ONCE ? itemsOf(first[at], words, terms, score) : [later(id, score, words, asked)],
  );
  return { items, suggest: completions(query, first) };
}

/* Whether a page has a term, each pair of letters of it, at some of the places that Pagefind found. */
function isFound(term, fragment, places) {
  const words = wordsOf(fragment);
  const there = [...places.map((place) => words[place] ?? ""), ...(fragment.meta.tags ?? "").split(" ")];
  return pairs(term).every((part) => there.some((word) => fits(word, part)));
}

function hasWhole(term, fragment, places) {
  return isUnspaced(term) ? textOf(wordsOf(fragment)).includes(term) : isFound(term, fragment, places);
}

/* Material shows which words of the query a page lacks. */
function missing(data, terms) {
  const all = Object.fromEntries(terms.map((term) => [term, false]));
  const items = data.items.map((group) => group.map((item) => (item.score ? { ...item, terms: { ...all, ...item.terms } } : item)));
  return { ...data, items };
}

/* A hit whose page is not loaded yet: its address says what `itemsAt` needs. It is not the best one. */
function later(id, score, words, terms) {
  const rest = `fragment=${id}&score=${score}&words=${words.slice(0, 20).join("+")}&terms=${terms}`;
  return { location: `?nb-search=1&${rest}`, title: "…", text: "", terms: {}, score: 0 };
}

/* The items of such a hit. */
async function itemsAt(address) {
  const asked = new URL(address).searchParams;
  const [places, terms] = ["words", "terms"].map((name) => asked.get(name).split(" ").filter(Boolean));
  const fragment = await nbSearchPieces.fragmentOf(asked.get("fragment"), FOLDER);
  return itemsOf(fragment, places.map(Number), terms, Number(asked.get("score")));
}

/* How the last word goes on, most often; the words of titles count more. */
function completions(query, fragments) {
  const typed = query.split(/[\s-]+/).at(-1);
  const wanted = typed.toLowerCase();
  if (!wanted || isUnspaced(wanted)) return [];
  const counts = new Map();
  const count = (text, weight) => {
    for (const word of text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []) {
      if (word.startsWith(wanted)) counts.set(word, (counts.get(word) ?? 0) + weight);
    }
  };
  for (const fragment of fragments) {
    count(wordsOf(fragment).join(" "), 1);
    for (const { title } of sectionsOf(fragment)) count(title.join(" "), 10);
  }
  const [best] = [...counts].sort(([one, ones], [other, others]) => others - ones || one.length - other.length);
  return best ? [typed + best[0].slice(typed.length)] : [];
}
