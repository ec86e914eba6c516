/* How words are read, in queries and in what Pagefind keeps of a page.
   The two ranges and the joint are those of notebinder/search_index.py, which writes the index. */
"use strict";

const nbSearchText = (() => {
  const UNSPACED =
    "\\u0e01-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3041-\\u30ff\\u31f0-\\u31ff" +
    "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9d";
  const MARKS =
    "\\u0e31\\u0e34-\\u0e3a\\u0e47-\\u0e4e\\u0eb1\\u0eb4-\\u0ebc\\u0ec8-\\u0ece\\u102b-\\u103e\\u1056-\\u1059\\u105e-\\u1060" +
    "\\u1062-\\u1064\\u1067-\\u106d\\u1071-\\u1074\\u1082-\\u108d\\u108f\\u109a-\\u109d\\u17b4-\\u17d3\\u17dd\\u3099\\u309a";
  const JOINED = "`|";
  const LIST = "words:";
  const BETWEEN = "\u2063";
  const LETTER = new RegExp(`[${UNSPACED}][${MARKS}]*`, "g");
  const PIECE = new RegExp(`(?:[${UNSPACED}][${MARKS}]*)+|[^\\s${UNSPACED}]+`, "g");
  const WORDS = "\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Hang}"; // scripts in which one letter may be a word
  const BEGUN = new RegExp(`(?:^|\\s)(?:((?:(?![${WORDS}])\\p{L}\\p{M}*){1,2})|[${WORDS}])$`, "u");
  const ENDING =
    /^(?:|[eydis]|es|ly|al|ally|ful|fully|ness|able|ible|i(?:es|ed|er|est|ly|c|cal|ty|ve|ze|zed|on)|(?:at)?ions?|ment|ments|.?(?:ed|er|ers|ing|ings))$/;
  const TEASER = 36; // words
  const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

  const letters = (text) => text.match(LETTER) ?? [];
  const isUnspaced = (term) => term.search(LETTER) === 0;
  const escapeHtml = (text) => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]);
  const plain = (word) => word.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

  /* What the reader looks for: words, and runs of a script without spaces. */
  function termsOf(query) {
    const terms = query.replace(/["*~^]/g, " ").match(PIECE) ?? [];
    return [...new Set(terms.map((term) => term.toLowerCase()).filter((term) => /[\p{L}\p{N}]/u.test(term)))];
  }

  /* The number of letters of a query's last word where one or two say that it has only begun, else 0; a letter that
     may be a word counts as two. */
  function begun(query) {
    const found = query.match(BEGUN);
    return found ? (found[1]?.match(/\p{L}/gu).length ?? 2) : 0;
  }

  /* A term as Pagefind has it: pairs of letters for a script without spaces. Every second pair covers it. */
  function pairs(term) {
    if (!isUnspaced(term)) return [term];
    const all = letters(term);
    const last = all.length - 2;
    return last < 0 ? all : all.slice(1).map((letter, at) => all[at] + letter).filter((_, at) => at % 2 === 0 || at === last);
  }

  /* The parts of a word at which a search may begin. */
  function partsOf(word) {
    const text = word.replace(JOINED, "");
    const parts = text.replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ").split(/[^\p{L}\p{N}\p{M}]+/u);
    return [...new Set([text.replace(/[^\p{L}\p{N}\p{M}]/gu, ""), ...parts].map(plain))].filter(Boolean);
  }

  /* Whether both come from one stem, as far as endings of English tell: Pagefind's stemmer is within it. */
  function areKin(word, term) {
    let at = 0;
    while (at < word.length && word[at] === term[at]) at++;
    return at > 2 && [word.slice(at), term.slice(at)].every((rest) => ENDING.test(rest));
  }

  /* Whether a word that Pagefind found stands for a term. */
  function fits(word, term) {
    if (isUnspaced(term)) return pairs(term).some((pair) => plain(word).startsWith(plain(pair)));
    const wanted = plain(term.replace(/[^\p{L}\p{N}\p{M}]/gu, ""));
    return partsOf(word).some((part) => part.startsWith(wanted) || areKin(part, wanted));
  }

  function mark(word) {
    const [, before, core, after] = word.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}\p{M}]*)$/su);
    return core ? `${escapeHtml(before)}<mark>${escapeHtml(core)}</mark>${escapeHtml(after)}` : escapeHtml(word);
  }

  /* Whether a word shows a letter of the pair before it. */
  const continues = (words, at) => at > 0 && words[at - 1].endsWith(JOINED) && isUnspaced(words[at - 1]) && isUnspaced(words[at]);

  /* The text of some words as the page shows it: pairs become single letters again. */
  function textOf(words, marked = () => false) {
    let html = "";
    words.forEach((word, at) => {
      const isJoined = word.endsWith(JOINED);
      const bare = isJoined ? word.slice(0, -JOINED.length) : word;
      const shown = isJoined && isUnspaced(bare) ? letters(bare)[0] : bare;
      const isMarked = marked(at) || (continues(words, at) && marked(at - 1));
      html += isMarked ? mark(shown) : escapeHtml(shown);
      if (!isJoined) html += " ";
    });
    return html.replaceAll("</mark><mark>", "").trim();
  }

  /* The words of a page as they are written; Pagefind's have no accents, and the last anchor lists those. */
  function wordsOf(fragment) {
    if (fragment.words) return fragment.words;
    const words = fragment.content.normalize("NFC").split(" ");
    const listed = listedOf(fragment);
    const firstLetter = (at) => listed.get(at) ?? letters(words[at])[0];
    return (fragment.words = words.map((word, at) => {
      const joint = word.endsWith(JOINED) ? JOINED : "";
      if (joint && letters(word).length > 1) return firstLetter(at) + firstLetter(at + 1) + joint;
      return listed.has(at) ? listed.get(at) + joint : word;
    }));
  }

  /* By their place: what is written in another way than Pagefind has it, of a pair of letters the first. */
  function listedOf({ anchors }) {
    const list = anchors.find(({ id }) => id.startsWith(LIST))?.id.slice(LIST.length);
    let place = 0;
    return new Map((list ? list.split(BETWEEN) : []).map((entry) => {
      const [, distance, word] = entry.match(/^(\d*)=(.*)$/s);
      place += Number(distance || 1);
      return [place, decodeURIComponent(word)];
    }));
  }

  /* The sections of a page, each with where its words begin and end. */
  function sectionsOf(fragment) {
    const words = wordsOf(fragment);
    const starts = fragment.anchors.filter(({ element }) => /^h[12]$/.test(element));
    return starts.map(({ id, text, location }, at) => {
      const title = (text.match(/\S+/g) ?? []).map((word, place) => {
        const written = words[location + place] ?? word;
        return word.endsWith(".") ? written : written.replace(/\.$/, ""); // Pagefind ends a heading like a sentence
      });
      const end = starts[at + 1]?.location ?? words.length;
      return { location: id, title, begin: location, from: Math.min(location + title.length, end), end };
    });
  }

  function teaser(words, section, hits) {
    const inside = hits.filter((hit) => hit >= section.from && hit < section.end);
    if (!inside.length) return "";
    const near = (hit) => inside.filter((other) => other >= hit && other < hit + TEASER - 6).length;
    const best = inside.reduce((one, other) => (near(other) > near(one) ? other : one));
    const from = Math.max(section.from, best - 6);
    const to = Math.min(section.end, from + TEASER);
    const found = new Set(inside);
    const text = textOf(words.slice(from, to), (at) => found.has(from + at));
    return `<p>${from > section.from ? "… " : ""}${text}${to < section.end ? " …" : ""}</p>`;
  }

  /* What Material's list shows of a page: its sections with these words, best first, and the page itself. */
  function itemsOf(fragment, places, terms, score) {
    const words = wordsOf(fragment);
    const hits = places.filter((place) => place < words.length);
    const tags = fragment.meta.tags ? { tags: textOf(fragment.meta.tags.split(" ")).split(" ") } : {};
    const items = sectionsOf(fragment).map((section, at) => {
      const inside = hits.filter((hit) => hit >= section.begin && hit < section.end);
      const inTitle = inside.filter((hit) => hit < section.from);
      const found = Object.fromEntries(
        terms.map((term) => [term, inside.some((hit) => fits(words[hit], term))]),
      );
      const share = Object.values(found).filter(Boolean).length / terms.length;
      const marked = new Set(inTitle.map((hit) => hit - section.begin));
      return {
        location: section.location,
        title: textOf(section.title, (word) => marked.has(word)),
        text: teaser(words, section, hits),
        terms: inside.length ? found : {},
        score: inside.length ? score * share ** 2 * (1 + inTitle.length) * (at ? 1 : 1.5) + inside.length / 1000 : 0,
        ...(at ? {} : tags),
      };
    });
    const [page] = items;
    const shown = items.filter((item) => item === page || item.score > 0);
    return shown.sort((one, other) => other.score - one.score);
  }

  return { begun, fits, isUnspaced, itemsOf, letters, pairs, sectionsOf, termsOf, textOf, wordsOf };
})();
