/* How words are read: in queries, in the index, and in what is shown of a page.
   The two ranges are those of notebinder/site/search_index.py, which writes Pagefind's index. */

import { stemmer } from "./vendor/stemmer/stemmer.js";

export const UNSPACED =
  "\\u0e01-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3041-\\u30ff\\u31f0-\\u31ff" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9d";
export const MARKS =
  "\\u0e31\\u0e34-\\u0e3a\\u0e47-\\u0e4e\\u0eb1\\u0eb4-\\u0ebc\\u0ec8-\\u0ece\\u102b-\\u103e\\u1056-\\u1059\\u105e-\\u1060" +
  "\\u1062-\\u1064\\u1067-\\u106d\\u1071-\\u1074\\u1082-\\u108d\\u108f\\u109a-\\u109d\\u17b4-\\u17d3\\u17dd\\u3099\\u309a";
const LETTER = new RegExp(`[${UNSPACED}][${MARKS}]*`, "gu");
const WORD = `(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}_]`;
const BETWEEN = `(?:(?<=\\p{N}),(?=\\p{N})|(?![${UNSPACED}])[^\\s"“”«»„<>()\\[\\]{}|,;*\`…。、！？：；「」（）])`;
// A run of a script without spaces, or what stands between spaces with the signs that belong to it: "--dry-run",
// ".NET", "C++", "10.0.0.0/16", "if()".
const WHOLE = new RegExp(
  `(?<run>(?:[${UNSPACED}][${MARKS}]*)+)|` +
    `(?<!(?![${UNSPACED}])[\\p{L}\\p{N}_])(?:--?|[.#@$~])?(?:${WORD})(?:(?:${BETWEEN})*(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}_+#]))?(?:\\(\\))?`,
  "gu",
);
const LONGEST = 120; // letters of what is kept as a whole
const SEPARATORS = [/[\\/:=&?#@]+/gu, /[^\p{L}\p{N}\p{M}]+/gu, /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu];
const SIMPLE = /^\p{L}\p{Ll}*$/u; // has no parts
const BARE = /^[^\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+$/gu;

// Accents of Latin, Greek and Cyrillic letters; vowel signs of Arabic and Hebrew. Marks of other scripts make words.
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g;
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ħ: "h", ı: "i", ŋ: "n", "’": "'" };
const LIGATURES = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");

// Words of a question, which say little of what is asked. They never empty a result.
const LITTLE = new Set(
  ("a about am an and any are as at be been but by can could did do does for from get had has have how i if in into is it " +
    "its me my no not of on or our should so than that the their them then there these they this to was we were what when " +
    "where which who why will with without would you your").split(" "),
);

/* A word as it is compared: small, without accents, ligatures taken apart. */
export function fold(text) {
  const small = text.toLowerCase();
  if (/^[\x20-\x7e]*$/.test(small)) return small;
  return small.normalize("NFKD").replace(ACCENTS, "").replace(LIGATURES, (letter) => LETTERS[letter]).normalize("NFC");
}

export const letters = (text) => text.match(LETTER) ?? [];
export const isUnspaced = (text) => text.search(LETTER) === 0;
export const isLittle = (word) => LITTLE.has(word);

// Words that are written in two ways: organise, colour.
const BRITISH = [[/is(?=(?:e|ed|er|ers|es|ing|ation|ations)$)/, "iz"], [/(?<=[a-z]{3})our(?=(?:s|ed|ing|ful|ite|ites|able)?$)/, "or"]];

export const stem = (word) => (/^[a-z]{3,}$/.test(word) ? stemmer(BRITISH.reduce((text, [sign, other]) => text.replace(sign, other), word)) : word);

/* A run of a script without spaces as it is kept: overlapping pairs of letters; a single one stands for itself. */
function pairsOf(run, start) {
  const all = [...run.matchAll(LETTER)];
  if (all.length === 1) return [{ word: fold(run), start, end: start + run.length }];
  return all.slice(1).map((letter, at) => ({
    word: fold(all[at][0] + letter[0]),
    start: start + all[at].index,
    end: start + letter.index + letter[0].length,
  }));
}

function* split(text, start, [separator, ...others]) {
  if (!separator) {
    yield { text, start };
    return;
  }
  let from = 0;
  for (const { index, 0: sign } of [...text.matchAll(separator), { index: text.length, 0: "" }]) {
    const piece = text.slice(from, index);
    if (piece) yield* split(piece, start + from, others);
    from = index + sign.length;
  }
}

/* The words within what stands between spaces, each once, with its place in the text. */
function partsOf(whole, start) {
  const parts = [];
  for (let depth = 1; depth <= SEPARATORS.length; depth++) {
    for (const { text, start: at } of split(whole, start, SEPARATORS.slice(0, depth))) {
      const word = fold(text.replace(BARE, ""));
      if (word && !parts.some((part) => part.word === word && part.start === at)) {
        parts.push({ word, start: at, end: at + text.length, depth });
      }
    }
  }
  return parts;
}

/* What a text is made of: wholes, each with the words that it has as parts. */
export function* wholesOf(text) {
  for (const { 0: whole, index, groups } of text.matchAll(WHOLE)) {
    if (groups.run) {
      yield { run: fold(whole), start: index, end: index + whole.length, parts: pairsOf(whole, index) };
    } else {
      const word = fold(whole.slice(0, LONGEST));
      const end = index + whole.length;
      const parts = SIMPLE.test(whole) ? [] : partsOf(whole, index);
      yield { word, start: index, end, parts: parts.filter((part) => part.word !== word) };
    }
  }
}

/* All words of a text, as the index keeps them. */
export function wordsOf(text) {
  const words = [];
  for (const { word, parts } of wholesOf(text)) {
    if (word) words.push(word);
    for (const part of parts) words.push(part.word);
  }
  return words;
}

/* A query as terms: the word as a whole, and the smallest words in it where it has several. */
export function termsOf(query) {
  const terms = [];
  for (const { word, run, end, parts } of wholesOf(query)) {
    const deepest = Math.max(...parts.map((part) => part.depth ?? 0));
    const smallest = parts.filter((part) => run || part.depth === deepest).map((part) => part.word);
    const term = {
      word: run ?? word,
      isRun: Boolean(run),
      signless: run ? run : word.replace(BARE, ""),
      parts: run || smallest.length > 1 ? smallest : [],
      isLast: end === query.length,
    };
    if (!terms.some((other) => other.word === term.word)) terms.push(term);
  }
  return terms;
}

/* The words of a text in one line, to compare names. */
export const nameOf = (text) => [...wholesOf(text)].map(({ word, run, parts }) => (run ?? (parts.length ? parts.map((part) => part.word).join(" ") : word))).join(" ");

/* How many letters are wrong, missing, too many or swapped between two words, or `most` + 1 where they are more. */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let at = 1; at <= other.length; at++) {
      let cost = Math.min(last[at] + 1, current[at - 1] + 1, last[at - 1] + (one[row - 1] === other[at - 1] ? 0 : 1));
      if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) {
        cost = Math.min(cost, before[at - 2] + 1);
      }
      current.push(cost);
    }
    if (Math.min(...current) > most) return most + 1;
    [before, last] = [last, current];
  }
  return last[other.length];
}

/* How many letters of a word may be mistyped. */
export const forgiven = (word) => (word.length < 4 || /\d/.test(word) ? 0 : word.length < 8 ? 1 : 2);

/* How far a word may be from one that nothing has, to be offered instead of it. */
const offered = (word) => Math.min(3, Math.floor(word.length / 2));

/* The words of a list to offer where nothing has some terms. */
export function near(terms, counts) {
  const words = terms.filter(({ isRun }) => !isRun).map(({ signless }) => nearest(signless, counts, offered(signless)));
  return [...new Set(words.filter(Boolean))];
}

/* The word of a list that was most likely meant: the nearest, with the same beginning, the most frequent. */
export function nearest(word, counts, most = forgiven(word)) {
  if (!most) return undefined;
  let best;
  for (const [other, count] of counts) {
    if (Math.abs(other.length - word.length) > most || other.length < 3) continue;
    const far = distance(word, other, most);
    if (far > most || far === 0) continue;
    const rank = far * 10 + (other[0] === word[0] ? 0 : 5) - Math.min(4, Math.log10(count));
    if (!best || rank < best.rank) best = { word: other, rank };
  }
  return best?.word;
}
