/* The files that Pagefind writes, unpacked by the browser: Pagefind's own script takes several times as long.
   And the text of a page, put back from them as notebinder/site/search_index.py gave it. */

import { letters } from "./search-words.js";

const PIECE = /\.(?:pf_\w+|pagefind)$/;
const SIGNATURE = "pagefind_dcd";
const JOINED = "`|";
const LIST = "words:";
const BETWEEN = "\u2063";
const fetchAny = globalThis.fetch.bind(globalThis);
const fragments = new Map();
const early = new Map();
let begun; // to ask early

/* Ask for what Pagefind's script needs first, while that is being loaded; where this fails, it asks again. */
export function askEarly(folder) {
  const ask = (name, options) => {
    const address = new URL(name, folder);
    const answer = fetchUnpacked(address, options);
    early.set(address.pathname, answer);
    return answer;
  };
  const askAll = async () => {
    const table = await ask("pagefind-entry.json", { cache: "no-cache" });
    const { languages } = await table.clone().json();
    for (const { hash, wasm } of Object.values(languages)) {
      ask(`pagefind.${hash}.pf_meta`);
      ask(`wasm.${wasm}.pagefind`);
    }
  };
  begun = askAll().catch(() => early.clear());
}

/* What `fetch` does, but a piece comes unpacked, as some hosts send it, and what was asked for early comes. */
export async function fetchPiece(address, ...options) {
  await begun;
  const { pathname } = new URL(address, import.meta.url);
  const answer = early.get(pathname);
  early.delete(pathname);
  return answer ?? fetchUnpacked(address, ...options);
}

async function fetchUnpacked(address, ...options) {
  const answer = await fetchAny(address, ...options);
  if (!answer.ok || !PIECE.test(new URL(address, import.meta.url).pathname)) return answer;
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return new Response(isPacked ? new Response(bytes).body.pipeThrough(new DecompressionStream("gzip")) : bytes);
}

async function load(address) {
  const answer = await fetchPiece(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return JSON.parse((await answer.text()).slice(SIGNATURE.length));
}

/* What Pagefind keeps of a page, from its folder on the site; asked for once. */
export function fragmentOf(id, folder) {
  if (!fragments.has(id)) {
    const asked = load(new URL(`fragment/${id}.pf_fragment`, folder));
    asked.catch(() => fragments.delete(id));
    fragments.set(id, asked);
  }
  return fragments.get(id);
}


/* The words of a page as they are written; Pagefind's have no accents, and the last anchor lists those. */
function wordsOf({ content, anchors }) {
  const words = content.normalize("NFC").split(" ");
  const listed = listedOf(anchors);
  const firstLetter = (at) => listed.get(at) ?? letters(words[at])[0];
  return words.map((word, at) => {
    const joint = word.endsWith(JOINED) ? JOINED : "";
    if (joint && letters(word).length > 1) return firstLetter(at) + firstLetter(at + 1) + joint;
    return listed.has(at) ? listed.get(at) + joint : word;
  });
}

/* By their place: what is written in another way than Pagefind has it, of a pair of letters the first. */
function listedOf(anchors) {
  const list = anchors.find(({ id }) => id.startsWith(LIST))?.id.slice(LIST.length);
  let place = 0;
  return new Map((list ? list.split(BETWEEN) : []).map((entry) => {
    const [, distance, word] = entry.match(/^(\d*)=(.*)$/s);
    place += Number(distance || 1);
    return [place, decodeURIComponent(word)];
  }));
}

/* The text of some words as the page shows it: pairs become single letters again. */
function textOf(words) {
  let text = "";
  for (const word of words) {
    if (!word.endsWith(JOINED)) text += `${word} `;
    else text += letters(word).length > 1 ? letters(word)[0] : word.slice(0, -JOINED.length);
  }
  return text.trim();
}

/* The entries of a page, as search_entries.py made them. */
export function docsOf(fragment) {
  if (fragment.docs) return fragment.docs;
  const words = wordsOf(fragment);
  const { meta } = fragment;
  const list = (name) => (meta[name] ? meta[name].split(BETWEEN) : []);
  const images = new Map(list("images").map((entry) => entry.split(" ")));
  const starts = fragment.anchors.filter(({ element }) => /^h[12]$/.test(element));
  fragment.docs = starts.map(({ id, text, location }, at) => {
    const from = location + (text.match(/\S+/g) ?? []).length + (at ? 0 : Number(meta.names ?? 0));
    const doc = {
      location: id.replace(/^\.\//, ""),
      title: at ? textOf(words.slice(location, from)).replace(/\.$/, "") : meta.written ?? "",
      text: textOf(words.slice(from, starts[at + 1]?.location ?? words.length)),
      image: images.get(id.split("#")[1]),
    };
    return at ? doc : { ...doc, path: list("path"), aliases: list("aliases"), tags: list("tags"), boost: Number(meta.boost ?? 1) };
  });
  return fragment.docs;
}
