/* On the page at an old address: lead on to the new one, to the same place on it. The page leads on by
   itself as well, but then to the top. */

const target = document.querySelector("link[rel=canonical]")
location.replace(target.href + location.search + location.hash)
