/* The files that Pagefind writes, unpacked by the browser: Pagefind's own script takes several times as long. */
"use strict";

self.nbSearchPieces = (() => {
  const PIECE = /\.(?:pf_\w+|pagefind)$/;
  const SIGNATURE = "pagefind_dcd";
  const fetchAny = self.fetch.bind(self);
  const fragments = new Map();
  const early = new Map();
  let begun; // to ask early

  /* Ask for what Pagefind's script needs first, while that is being loaded; where this fails, it asks again. */
  function askEarly(folder) {
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
  async function fetchPiece(address, ...options) {
    await begun;
    const { pathname } = new URL(address, location);
    const answer = early.get(pathname);
    early.delete(pathname);
    return answer ?? fetchUnpacked(address, ...options);
  }

  async function fetchUnpacked(address, ...options) {
    const answer = await fetchAny(address, ...options);
    if (!answer.ok || !PIECE.test(new URL(address, location).pathname)) return answer;
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
  function fragmentOf(id, folder) {
    if (!fragments.has(id)) {
      const asked = load(new URL(`fragment/${id}.pf_fragment`, folder));
      asked.catch(() => fragments.delete(id));
      fragments.set(id, asked);
    }
    return fragments.get(id);
  }

  return { askEarly, fetchPiece, fragmentOf };
})();
