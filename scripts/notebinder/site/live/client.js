/* While serving: reloads the page when what it shows has changed, and shows what went wrong. */
;(() => {
  const script = document.currentScript
  let epoch = Number(script.dataset.epoch)
  let asking = null
  let isFirst = true

  /* What the page shows by its address: itself, and the files that it has loaded for its looks. */
  const shown = () => {
    const loaded = performance
      .getEntriesByType("resource")
      .filter(entry => !["fetch", "xmlhttprequest", "other"].includes(entry.initiatorType))
      .map(entry => new URL(entry.name))
      .filter(url => url.origin === location.origin)
    return new Set([location, ...loaded].map(url => decodeURIComponent(url.pathname).replace(/index\.html$/, "")))
  }

  const isOfSearch = path => /\/search\/(search_index\.json|pagefind\/)/.test(path)

  const take = news => {
    const isTouched = news.paths === null || news.paths.some(path => shown().has(path))
    if (epoch !== news.epoch && isTouched) {
      location.reload()
      return false
    }
    if (news.paths?.some(isOfSearch)) document.dispatchEvent(new Event("notebinder:search")) /* the box asks anew */
    epoch = news.epoch
    show(news.faults)
    return true
  }

  const poll = async () => {
    asking = new AbortController()
    const page = encodeURIComponent(decodeURIComponent(location.pathname))
    const query = `since=${epoch}&page=${page}${isFirst ? "&now=1" : ""}`
    let pause = 0
    try {
      const answer = await fetch(`/livereload/changes?${query}`, { signal: asking.signal })
      if (!take(await answer.json())) return
      isFirst = false
    } catch (error) {
      if (error.name === "AbortError") return
      pause = 1000 /* the server is gone; it may come back */
      isFirst = true
    }
    setTimeout(() => document.visibilityState === "visible" && asking && poll(), pause)
  }

  const stop = () => {
    asking?.abort()
    asking = null
  }

  const show = faults => {
    document.querySelector("notebinder-faults")?.remove()
    if (!faults.length) return
    const host = document.createElement("notebinder-faults")
    const look = Object.assign(document.createElement("link"), {
      rel: "stylesheet",
      href: "/livereload/client.css"
    })
    const box = document.createElement("section")
    box.setAttribute("role", "alert")
    const title = document.createElement("strong")
    title.textContent = "The page could not be brought up to date"
    box.append(title, ...faults.map(fault => Object.assign(document.createElement("pre"), { textContent: fault })))
    host.attachShadow({ mode: "open" }).append(look, box)
    document.body.append(host)
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") asking || poll()
    else stop()
  })
  addEventListener("beforeunload", stop)
  if (document.visibilityState === "visible") poll()
})()
