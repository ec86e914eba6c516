/* Searches a large site, of which the browser loads pieces only. Pagefind finds the pages that have all words;
   the best of them are loaded, and search-small.js orders these by its rules, and shows them.

   Pagefind cannot tell which page has just this name, nor which word was meant; files of the site's own can
   (notebinder/site/search_names.py). */

import { askEarly, docsOf, fetchPiece, fragmentOf } from "./search-pieces.js";
import { openSmall } from "./search-small.js";
import { fold, isLittle, letters, near, nearest, termsOf } from "./search-words.js";

const AT_ONCE = 4; // hits that are loaded before any is shown
// In ms. What is typed on would be searched, or its hits loaded, in vain.
const BEGUN = [0, 500, 120]; // without a key before a word of one letter is searched, or of two
const PAUSE = 10; // without a key before hits are loaded
const SLOW = 100; // for a search: words that most pages have take so long
const LONG_PAUSE = 300; // before a slow or costly search, where hits are shown already
// Scripts in which one letter may be a word; of others, one or two letters say that a word has only begun.
const WORDS = "\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Hang}";
const BEGINNING = new RegExp(`(?:^|\\s)(?:((?:(?![${WORDS}])\\p{L}\\p{M}*){1,2})|[${WORDS}])$`, "u");
const RANKING = { termFrequency: 0.8, pageLength: 0.6, termSaturation: 1.4, termSimilarity: 4 };
const NOTHING = { hits: [], items: [], instead: [], near: [] };

const pause = (time) => new Promise((done) => setTimeout(done, time));
const keyOf = (name) => fold(name).replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").trim();

export async function openLarge(site, { pagefind: firstKeys, ...places }) {
  const folder = new URL("search/pagefind/", site);
  self.fetch = fetchPiece;
  askEarly(folder);
  const { createInstance } = await import(new URL("pagefind.js", folder));
  // Already in a worker: Pagefind need not start its own.
  const engine = createInstance({ basePath: folder.href, noWorker: true, ranking: RANKING });
  await engine.init();
  await engine.preload(""); // what divides a query into letters takes its time to start

  const small = openSmall([], { guess: () => undefined }); // of the pages that were loaded
  const loaded = new Set();
  let last; // the search that ended last
  let shown; // the answer that is shown
  const pieces = new Map();
  let words;

  async function search(query, { within, tag }, told, isWanted) {
    const terms = termsOf(query);
    if (!terms.length) return told(NOTHING);
    const sets = await Promise.all([placeOf("within", within), placeOf("tags", tag)]);
    const asked = { isAllowed: (id) => sets.every((set) => set?.has(id) ?? true), isWanted, told };
    const begun = begunLetters(query);
    await pause(BEGUN[begun]);
    if (!isWanted()) return undefined;
    const found = await find(query, terms, { ...asked, rest: pause(begun ? 0 : PAUSE) });
    return found && isWanted() ? told((shown = found)) : undefined;
  }

  /* Search at once, but load the hits when the reader's hands are at rest.

     The hits of a word's beginning are shown if they have the whole word and that search was slow, or the next one
     needs a piece that the one after it does not; then it waits longer. */
  async function find(query, terms, asked) {
    const { isWanted, told, rest } = asked;
    if (isBetween(terms) && !isLonger(terms, last?.terms)) await searchFor(withoutLastLetter(terms), asked);
    if (last?.results.length && isLonger(terms, last.terms) && (last.isSlow || isBetween(terms))) {
      const ready = await ordered(query, last.results.slice(0, AT_ONCE), asked);
      const whole = ready.hits.map(({ share }) => share > 0.999);
      const [hits, items] = [ready.hits, ready.items].map((all) => all.filter((_, at) => whole[at]));
      if (isWanted() && hits.length) {
        told((shown = { ...ready, hits, items }));
        await pause(LONG_PAUSE);
      }
    }
    const results = await searchFor(terms, asked);
    const named = namesakes(query);
    await rest;
    if (!results || !isWanted()) return undefined;
    return complete(query, terms, results, await named, asked);
  }

  /* The answer to a query. Where no word begins with a term, Pagefind takes the longest word that the term begins
     with: so it shows only with the hits loaded which terms there are. */
  async function complete(query, terms, results, named, asked) {
    const found = await ordered(query, results, asked, named);
    const lost = mainOf(terms).filter(({ word }) => !isLittle(word) && !found.words.includes(word));
    if (!lost.length) return isNarrow(terms, results) ? ordered(query, joined(results, await someOf(terms, asked)), asked, named) : found;
    if (found.words.length + lost.length > 1 && !results.length) return complete(query, terms, await someOf(terms, asked), named, asked);
    const instead = await Promise.all(lost.map(async (term) => [term, await meant(term)]));
    if (instead.some(([, word]) => word)) return other(query, terms, new Map(instead), asked);
    const known = terms.filter((term) => !lost.includes(term));
    if (!found.hits.length && !known.length) return { ...found, near: near(lost, await allWords()) };
    if (!known.length || named.length) return found;
    const rest = known.map(({ word }) => word).join(" ");
    return { ...(await ordered(rest, (await searchFor(known, asked)) ?? [], asked)) };
  }

  /* Search for the words that were meant. */
  async function other(query, terms, instead, asked) {
    const used = terms.map((term) => instead.get(term) ?? (instead.has(term) ? "" : term.word)).filter(Boolean);
    const results = (await searchFor(termsOf(used.join(" ")), asked)) ?? [];
    const found = await ordered(used.join(" "), results.length ? results : await someOf(termsOf(used.join(" ")), asked), asked);
    return { ...found, instead: [...instead].filter(([, word]) => word).map(([{ word }, right]) => [word, right]) };
  }

  /* Pages with some of the words, those with most of them first. */
  async function someOf(terms, asked) {
    const all = new Map();
    for (const term of mainOf(terms)) {
      for (const result of (await searchFor([term], asked)) ?? []) {
        const had = all.get(result.id) ?? { ...result, score: 0, count: 0 };
        all.set(result.id, { ...had, score: had.score + result.score, count: had.count + 1 });
      }
    }
    return [...all.values()].sort((one, two) => two.count - one.count || two.score - one.score);
  }

  /* The results as hits, the first ones in the order of search-small.js. */
  async function ordered(query, results, asked, named = []) {
    const ids = [...new Set([...named.filter(asked.isAllowed), ...results.map(({ id }) => id)])];
    const only = new Set(await Promise.all(ids.slice(0, AT_ONCE).map(read)));
    const found = small.find(query, { only });
    const others = ids.slice(AT_ONCE).map((id) => ({ id }));
    return {
      ...found,
      hits: [...found.hits, ...others],
      items: found.hits.map((hit) => small.itemOf(hit, found)),
      query,
    };
  }

  async function itemOf(hit) {
    const address = await read(hit.id);
    const found = small.find(shown.query, { only: new Set([address]) });
    return found.hits.length ? small.itemOf(found.hits[0], { ...found, words: shown.words }) : small.plainItem(address, shown);
  }

  /* Load a page, once; return its address. */
  async function read(id) {
    const docs = docsOf(await fragmentOf(id, folder));
    if (!loaded.has(id)) small.add(docs);
    loaded.add(id);
    return docs[0].location.split("#")[0];
  }

  /* A search cannot be stopped, so it begins only if no more was typed while its piece was loaded. */
  async function searchFor(terms, { isWanted, isAllowed }) {
    if (!isWanted()) return undefined;
    const text = mainOf(terms).flatMap(wordsOf).join(" ");
    await engine.preload(text);
    await pause(0);
    if (!isWanted()) return undefined;
    const begin = performance.now();
    let { results } = await engine.search(text);
    if (isHeading(terms)) {
      const whole = await engine.search(terms.flatMap(wordsOf).join(" "));
      results = joined(whole.results, results);
    }
    results = results.filter(({ id }) => isAllowed(id));
    last = { terms, results, isSlow: performance.now() - begin > SLOW };
    return results;
  }

  /* The pages with just this name. */
  async function namesakes(query) {
    const key = keyOf(query);
    const at = firstKeys.filter((first) => first <= key).length - 1;
    if (!key || at < 0) return [];
    if (!pieces.has(at)) pieces.set(at, load(`names/${at}.txt`));
    const lines = (await pieces.get(at)).split("\n").map((line) => line.split("\t"));
    return lines.filter(([name]) => name === key).map(([, id]) => id);
  }

  /* The pages of a folder or with a tag; undefined for no such limit. */
  async function placeOf(kind, name) {
    const path = `places/${kind}-${places[kind].indexOf(name)}.txt`;
    if (name && !pieces.has(path)) pieces.set(path, load(path).then((text) => new Set(text.split("\n"))));
    return name ? pieces.get(path) : undefined;
  }

  async function meant({ signless }) {
    const all = await allWords();
    return all.some(([word]) => word === signless) ? undefined : nearest(signless, all);
  }

  /* The words of the site, the most frequent first. */
  function allWords() {
    words ??= load("words.txt").then((text) => text.split("\n").map((word, at, { length }) => [word, length - at]));
    return words;
  }

  async function load(path) {
    const answer = await fetchPiece(new URL(path, folder));
    return answer.ok ? answer.text() : "";
  }

  return { search, itemOf };
}

/* The words that tell pages apart: not those of a question, unless there are no others. */
function mainOf(terms) {
  const main = terms.filter(({ word }) => !isLittle(word));
  return main.length ? main : terms;
}

/* Whether a query is of little words but for one, as some headings are: "how it works". */
const isHeading = (terms) => terms.length > 2 && terms.filter(({ word }) => !isLittle(word)).length === 1;

/* Whether few pages have all words of a query of many, so that the page that was meant may have most of them only. */
const isNarrow = (terms, results) => results.length < AT_ONCE && mainOf(terms).length > 2;

const joined = (some, others) => [...new Map([...some, ...others].map((result) => [result.id, result])).values()];

/* A term as Pagefind has it: pairs of letters for a script without spaces. Every second pair covers it. */
function wordsOf({ word, isRun, signless }) {
  if (!isRun) return [signless || word];
  const all = letters(word);
  const end = all.length - 2;
  return end < 0 ? all : all.slice(1).map((letter, at) => all[at] + letter).filter((_, at) => at % 2 === 0 || at === end);
}

/* The number of letters of a query's last word where one or two say that it has only begun, else 0; a letter that
   may be a word counts as two. */
function begunLetters(query) {
  const found = query.match(BEGINNING);
  return found ? (found[1]?.match(/\p{L}/gu).length ?? 2) : 0;
}

/* Whether the last of some terms goes on where others end. */
function isLonger(terms, others = []) {
  const [term, other] = [terms.at(-1), others.at(-1)];
  const isSame = terms.length === others.length && terms.slice(0, -1).every(({ word }, at) => word === others[at].word);
  return isSame && term.word !== other.word && term.word.startsWith(other.word);
}

/* Whether the last of some terms ends with a pair of letters that it has no more with one letter more. */
function isBetween(terms) {
  const count = terms.at(-1).isRun ? letters(terms.at(-1).word).length : 0;
  return count > 1 && count % 2 === 1;
}

const withoutLastLetter = (terms) => [
  ...terms.slice(0, -1),
  { ...terms.at(-1), word: letters(terms.at(-1).word).slice(0, -1).join("") },
];
