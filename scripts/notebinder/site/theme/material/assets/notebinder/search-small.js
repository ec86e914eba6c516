/* Searches a site whose whole index the browser loads. MiniSearch finds and weighs words by BM25+; here stands what
   is put together of it.

   Each word of a query is looked for as it is typed, then in its other forms, as the beginning of a word, or, where
   nothing has it, as the nearest word of the site. Rules of the order:
   1. a page whose title or alias is the query; 2. a heading that is, or a page in another form of its words;
   3. where the query has signs or quotes, what has it just as it is typed; 4. a title, alias, tag or heading with
   all words; 5. by the words' weight: rare words count more, a title more than a text, and what has all words before what has
   some; words beside each other count more than words far apart; so does a page of which the query has the whole
   name. A page counts as its best section does. */

import MiniSearch from "./vendor/minisearch/minisearch.js";
import { excerptHtml, markedHtml, matcherOf } from "./search-excerpt.js";
import { fold, isLittle, nameOf, near, nearest, stem, termsOf, wordsOf } from "./search-words.js";

const BOOST = { title: 4, aliases: 4, tags: 3, page: 1.5, files: 2, path: 0.5, text: 1 };
const OTHER = { signless: 0.9, form: 0.7, beginning: 0.4, parts: 0.5 }; // than the word as it is typed
const LITTLE = 0.1; // the weight of a question word
const PAGE = 0.3; // what all sections together add to the best of them
const NAMED = 0.6; // what a query adds that has the whole name of a page in it
const NEAR = 0.5; // what words beside each other add
const AT_ONCE = 10; // pages that are shown at once
const OTHERS = { share: 0.4, most: 3 }; // sections that are shown besides the best of a page
const LETTERS = /^[\p{L}\p{N}\p{M}]+$/u;
const SIGNS = /[^\p{L}\p{N}\p{M}\s]+/gu;
const PART = 0.3; // what signs count within other signs
const LOOKED_AT = 60; // sections in which that is looked for

export function openSmall(docs, { guess } = {}) {
  const counts = new Map(); // of each word of the site
  const forms = new Map(); // the words of each stem
  const pages = new Map();
  const sections = [];
  const index = new MiniSearch({
    fields: Object.keys(BOOST),
    extractField: (section, field) => (field === "id" ? section.id : section.fields[field]),
    tokenize: wordsOf,
    processTerm(word) {
      if (!counts.has(word)) addForm(word);
      counts.set(word, (counts.get(word) ?? 0) + 1);
      return word;
    },
    searchOptions: { processTerm: (word) => word, boost: BOOST, combineWith: "AND", bm25: { k: 1.2, b: 0.6, d: 0.3 } },
  });
  add(docs);

  function add(some) {
    for (const doc of some) {
      const section = sectionOf(doc, sections.length, pages);
      sections.push(section);
      index.add(section);
      section.fields = undefined;
    }
  }

  function addForm(word) {
    const key = stem(word);
    if (forms.has(key)) forms.get(key).push(word);
    else forms.set(key, [word]);
  }

  /* The sections with some words, all of them, by their weight. */
  function weigh(words, { weight = 1, ...options } = {}, into = new Map()) {
    const found = index.search(words.join(" "), { tokenize: () => words, ...options });
    for (const { id, score } of found) {
      const weighed = (score * weight) / words.length ** 2;
      if (weighed > (into.get(id) ?? 0)) into.set(id, weighed);
    }
    return into;
  }

  const formsOf = (word) => (forms.get(stem(word)) ?? []).filter((other) => other !== word);

  /* The sections that have a term, by its weight in them; and the words that stand for it. */
  function seek(term) {
    const { word, signless, parts, isRun, isLast } = term;
    const found = new Map();
    const words = new Set();
    const add = (some, options) => {
      weigh(some, options, found);
      some.forEach((each) => words.add(each));
    };
    if (isRun) {
      const pairs = parts.length ? parts : [word];
      weigh(pairs, { prefix: pairs.length === 1 }, found);
      for (const id of found.keys()) if (!sections[id].folded.includes(word)) found.delete(id);
      return { found, words: new Set([word]) };
    }
    add([word]);
    if (found.size && signless !== word) return { found, words }; // "C++" is not meant where "c" stands
    if (signless && signless !== word) add([signless], { weight: OTHER.signless });
    for (const form of formsOf(signless || word)) add([form], { weight: OTHER.form });
    if (parts.length > 1) add(parts, { weight: OTHER.parts });
    if (isLast || !found.size) {
      weigh([signless || word], { prefix: true, weight: OTHER.beginning, weights: { prefix: 1, fuzzy: 0 } }, found);
      words.beginning = signless || word;
    }
    return { found, words };
  }

  function lookFor(term) {
    const first = { ...term, ...seek(term) };
    if (first.found.size || term.isRun) return first;
    const instead = guess ? guess(term) : (nearest(term.signless, counts) ?? apart(term.signless));
    if (!instead) return first;
    const [meant] = termsOf(instead);
    return { ...meant, typed: term.word, instead, ...seek({ ...meant, isLast: false }) };
  }

  /* Two words that follow each other are found as one, too, where the site writes them so. */
  function joined(sought) {
    for (const [at, term] of sought.entries()) {
      const next = sought[at + 1];
      const whole = next && !term.isRun && !next.isRun && term.signless + next.signless;
      if (!counts.has(whole)) continue;
      for (const each of [term, next]) {
        weigh([whole], { weight: OTHER.form }, each.found);
        each.words.add(whole);
      }
    }
    return sought;
  }

  /* Two words of the site that stand for one that nothing has. */
  function apart(word) {
    for (let at = 2; at <= word.length - 2; at++) {
      const [one, other] = [word.slice(0, at), word.slice(at)];
      if (counts.has(one) && counts.has(other) && one.length + other.length > 6) return `${one}-${other}`;
    }
    return undefined;
  }

  function find(query, { within = "", tag = "", only } = {}) {
    const isAllowed = ({ page }) => (!within || page.within.has(within)) && (!tag || page.tags.has(tag)) && (only?.has(page.address) ?? true);
    const terms = termsOf(query);
    if (!terms.length) return signs(query.trim(), isAllowed);
    const sought = joined(terms.map(lookFor));
    const isAllLittle = terms.every(({ word }) => isLittle(word));
    for (const term of sought) {
      term.rarity = Math.log(1 + (sections.length - term.found.size + 0.5) / (term.found.size + 0.5));
      term.weight = !isAllLittle && isLittle(term.word) ? LITTLE : 1;
    }
    const known = sought.filter((term) => term.found.size);
    const hits = rank(known, sought, query, isAllowed);
    const telling = known.filter(({ weight }) => weight === 1);
    const beginnings = telling.map(({ words }) => words.beginning).filter(Boolean);
    return {
      hits,
      words: telling.map(({ word }) => word),
      matcher: matcherOf(telling.flatMap(({ words }) => [...words]), beginnings),
      instead: known.filter(({ instead }) => instead).map(({ typed, instead }) => [typed, instead.replace("-", " ")]),
      near: hits.length ? [] : near(sought.filter(({ found }) => !found.size), counts),
      suggestion: completion(query, terms.at(-1)),
    };
  }

  function rank(known, sought, query, isAllowed) {
    const total = sought.reduce((sum, { weight, rarity }) => sum + weight * rarity, 0) || 1;
    const main = known.filter(({ weight }) => weight === 1);
    const scores = new Map(); // of each section
    for (const { found, weight, rarity } of [...main, ...known.filter((term) => !main.includes(term))]) {
      for (const [id, score] of found) {
        if (!isAllowed(sections[id]) || (weight < 1 && main.length && !scores.has(id))) continue;
        const had = scores.get(id) ?? { score: 0, share: 0 };
        had.score += score * weight;
        had.share += (weight * rarity) / total;
        scores.set(id, had);
      }
    }
    const weighed = [...scores].map(([id, { score, share }]) => ({ section: sections[id], score: score * share ** 2 }));
    weighed.sort((one, other) => other.score - one.score || one.section.id - other.section.id);
    for (const hit of weighed.slice(0, LOOKED_AT)) hit.score *= 1 + NEAR * closeness(hit.section, known);
    const isComplete = sought.every((term) => term.weight < 1 || term.found.size);
    const meant = known.filter(({ instead }) => instead).reduce((text, { typed, instead }) => fold(text).replace(typed, instead), query);
    const name = { whole: joinedName(meant), stems: stemsOf(meant) };
    const literal = literalOf(query);
    const found = new Map();
    for (const hit of weighed) {
      hit.tier = tierOf(hit.section, main, isComplete, name, literal);
      const { page } = hit.section;
      if (!found.has(page)) found.set(page, []);
      found.get(page).push(hit);
    }
    const ranked = [...found].map(([page, hits]) => {
      hits.sort((one, other) => other.tier - one.tier || other.score - one.score);
      const best = Math.max(...hits.map((hit) => hit.score));
      const together = togetherOf(page, known, total);
      const score = (best + PAGE * together.score) * (1 + NAMED * namedShare(page, main, total)) * (page.doc.boost ?? 1);
      return { page, hits, tier: hits[0].tier, score, share: together.share };
    });
    return ranked.sort((one, other) => other.tier - one.tier || other.score - one.score || one.page.order - other.page.order);
  }

  /* How much of a query is the whole name of a page, which stands in it. */
  function namedShare(page, main, total) {
    const [own] = page.sections;
    const shares = own.titles.map((words) => {
      const terms = main.filter((term) => has(words, term));
      const isWhole = words.length && words.every((word) => isLittle(word) || terms.some((term) => term.words.has(word)));
      return isWhole ? terms.reduce((sum, { rarity }) => sum + rarity, 0) / total : 0;
    });
    return Math.max(0, ...shares);
  }

  /* What a page has of the words in all its sections together; of all their weight that is 1. */
  function togetherOf(page, known, total) {
    let [score, share] = [0, 0];
    for (const { found, weight, rarity } of known) {
      const best = Math.max(0, ...page.sections.map(({ id }) => found.get(id) ?? 0));
      score += best * weight;
      if (best) share += (weight * rarity) / total;
    }
    return { score: score * share ** 2, share };
  }

  function tierOf(section, main, isComplete, name, literal) {
    if (section.page.doc.boost < 1) return 0;
    const isNamed = !literal || section.titles.some(({ text }) => text.includes(literal));
    if (isNamed && section.names.includes(name.whole)) return section.isPage ? 4 : 3;
    if (isNamed && section.isPage && section.stems.includes(name.stems)) return 3;
    if (literal && section.folded.includes(literal)) return 2;
    if (!isComplete || !main.length) return 0;
    return section.titles.some((words) => main.every((term) => has(words, term))) ? 1 : 0;
  }

  function has(words, { words: some, isRun, parts }) {
    if (isRun) return words.some((word) => some.has(word)) || words.text.includes([...some][0]);
    const isPart = (word) => parts.length > 1 && parts.includes(word);
    if (words.some((word) => (some.has(word) && !isPart(word)) || (some.beginning && word.startsWith(some.beginning)))) return true;
    return parts.length > 1 && parts.every((part) => words.includes(part));
  }

  /* From 0 to 1: how near to each other the words stand where they are nearest. */
  function closeness(section, known) {
    if (known.length < 2) return 0;
    section.words ??= wordsOf(`${section.doc.title} ${section.doc.text}`);
    const places = [];
    section.words.forEach((word, at) => {
      known.forEach(({ words }, term) => {
        if (words.has(word) || (words.beginning && word.startsWith(words.beginning))) places.push([at, term]);
      });
    });
    let best = 0;
    const last = new Map();
    for (const [at, term] of places) {
      last.set(term, at);
      if (last.size < 2) continue;
      const span = at - Math.min(...last.values()) + 1;
      best = Math.max(best, (last.size / known.length) * Math.min(1, last.size / span));
    }
    return best;
  }

  /* A query as it is typed, where it has signs that no word has. */
  function literalOf(query) {
    const typed = fold(query).trim().replace(/^"(.+?)"?$/u, "$1");
    return /[^\p{L}\p{N}\p{M}\s'’?!,-]/u.test(typed) || typed !== fold(query).trim() ? typed : "";
  }

  /* A query of signs only, "[[": what has them, most often for its length. */
  function signs(query, isAllowed) {
    const found = new Map();
    const wanted = fold(query);
    for (const section of sections) {
      const runs = (section.folded.match(SIGNS) ?? []).filter((run) => run.includes(wanted));
      const count = runs.reduce((sum, run) => sum + (run === wanted ? 1 : PART), 0);
      if (!count || !isAllowed(section)) continue;
      const hit = { section, tier: 0, score: count / (count + Math.sqrt(section.folded.length) / 8) };
      if (!found.has(section.page)) found.set(section.page, []);
      found.get(section.page).push(hit);
    }
    const hits = [...found].map(([page, some]) => {
      some.sort((one, other) => other.score - one.score);
      return { page, hits: some, tier: 0, score: some.reduce((sum, { score }) => sum + score, 0) };
    });
    hits.sort((one, other) => other.score - one.score);
    return { hits, words: [], matcher: matcherOf([query]), instead: [], near: [] };
  }

  /* The word of the site that most often goes on as the last one of a query. */
  function completion(query, { word, isLast, isRun }) {
    if (!isLast || isRun || word.length < 2) return "";
    let [best, most] = ["", 0];
    for (const [other, count] of counts) {
      if (count > most && other.startsWith(word) && other.length > word.length && LETTERS.test(other)) [best, most] = [other, count];
    }
    return best && query + best.slice(word.length);
  }

  let last;

  function search(query, filters, told) {
    last = find(query, filters);
    told({ ...last, items: last.hits.slice(0, AT_ONCE).map((hit) => itemOf(hit)) });
  }

  /* What the box shows of a page. */
  function itemOf({ page, hits: [best, ...others] }, { matcher, words } = last) {
    const kept = others.filter(({ score, tier }) => score > best.score * OTHERS.share && tier === best.tier).slice(0, OTHERS.most);
    const shown = [best, ...kept].map(({ section: { doc, isPage } }, at) => ({
      location: doc.location,
      section: isPage && !at ? "" : markedHtml(doc.title || (at ? doc.text.split("\n")[0] : ""), matcher),
      excerpt: excerptHtml(doc.text || (isPage && page.sections.find((section) => section.doc.text)?.doc.text) || "", matcher),
      tags: isPage ? (doc.tags ?? []).map((tag) => markedHtml(tag, matcher)) : [],
      image: doc.image ?? "",
    }));
    return { title: markedHtml(page.title, matcher), path: page.path, words, hits: shown };
  }

  /* A page that is shown without a hit in it. */
  const plainItem = (address, answer) => itemOf({ page: pages.get(address), hits: [{ section: pages.get(address).sections[0] }] }, answer);

  return { search, itemOf, find, add, plainItem };
}

const joinedName = (name) => nameOf(name).replaceAll(" ", "");
const stemsOf = (name) => nameOf(name).split(" ").map(stem).join("");

function sectionOf(doc, id, pages) {
  const [address] = doc.location.split("#");
  const isPage = !doc.location.includes("#");
  if (!pages.has(address)) {
    const path = doc.path ?? [];
    const within = new Set(path.map((_, at) => path.slice(0, at + 1).join(" / ")));
    pages.set(address, { address, order: pages.size, title: doc.title, path, within, tags: new Set(doc.tags), doc, sections: [] });
  }
  const page = pages.get(address);
  const names = [doc.title, ...(doc.aliases ?? [])];
  const section = {
    id,
    doc,
    page,
    isPage,
    names: names.map(joinedName),
    stems: isPage ? names.map(stemsOf) : [],
    titles: [...names, ...(doc.tags ?? [])].map((name) => Object.assign(wordsOf(name), { text: fold(name) })),
    folded: fold(`${doc.title}\n${(doc.aliases ?? []).join("\n")}\n${doc.text}`),
    fields: {
      title: doc.title,
      aliases: (doc.aliases ?? []).join("\n"),
      tags: (doc.tags ?? []).map((tag) => `#${tag} ${tag}`).join("\n"),
      page: isPage ? "" : [page.title, ...(page.doc.aliases ?? [])].join("\n"),
      files: (doc.files ?? []).join("\n"),
      path: isPage ? (doc.path ?? []).join("\n") : "",
      text: doc.text,
    },
  };
  page.sections.push(section);
  return section;
}
