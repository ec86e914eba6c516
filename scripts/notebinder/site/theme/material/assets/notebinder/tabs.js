/* Opens the content tabs that the reader chose last, and the one that the address names. */
"use strict";

(() => {
  const chosen = __md_get("__tabs");
  for (const set of Array.isArray(chosen) ? document.querySelectorAll(".tabbed-set") : []) {
    const labels = [...set.querySelector(".tabbed-labels").getElementsByTagName("label")];
    const label = labels.find((candidate) => chosen.includes(candidate.innerText.trim()));
    if (label) document.getElementById(label.htmlFor).checked = true;
  }
  const target = document.getElementById(location.hash.slice(1));
  if (target?.name) target.checked = target.name.startsWith("__tabbed_");
})();
