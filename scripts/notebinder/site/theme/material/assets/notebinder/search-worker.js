/* Answers the search box, from a worker: with MiniSearch, or for a large site with Pagefind. search_index.json says which. */

import { openSmall } from "./search-small.js"; // which both use

const SITE = new URL("../../", import.meta.url);
const INDEX = new URL("search/search_index.json", SITE);

let engine;
let latest = 0;
let hits = [];

const send = (type, data) => self.postMessage({ type, ...data });

async function open() {
  const answer = await fetch(INDEX);
  if (!answer.ok) throw new Error(`${INDEX}: ${answer.status}`);
  const index = await answer.json();
  const opened = index.pagefind
    ? await (await import("./search-large.js")).openLarge(SITE, index)
    : openSmall(index.docs);
  send("ready", { within: index.within, tags: index.tags });
  return opened;
}

function prepare() {
  engine ??= open();
  engine.catch(() => { engine = undefined; });
  return engine;
}

/* Answer the last query only: what is typed on would be searched in vain. */
async function ask({ query, ...filters }) {
  const mine = ++latest;
  const isWanted = () => mine === latest;
  const opened = await prepare();
  await new Promise((done) => setTimeout(done));
  if (!isWanted()) return;
  const told = (found) => {
    if (!isWanted()) return;
    hits = found.hits;
    const { instead, near, suggestion } = found;
    send("result", { query, count: found.count ?? hits.length, items: found.items, instead, near, suggestion });
  };
  await opened.search(query, filters, told, isWanted);
  if (isWanted()) send("done", { query });
}

/* Hand over the next hits of the list, for who scrolls to its end. */
async function more({ query, from, to }) {
  const mine = latest;
  const opened = await prepare();
  const items = await Promise.all(hits.slice(from, to).map((hit) => opened.itemOf(hit)));
  if (mine === latest) send("more", { query, from, items });
}

self.addEventListener("message", async ({ data: { type, ...data } }) => {
  try {
    if (type === "enter") await prepare();
    else if (type === "ask") await ask(data);
    else if (type === "more") await more(data);
  } catch (error) {
    send("failed", { query: data.query, from: data.from, reason: String(error) });
  }
});
