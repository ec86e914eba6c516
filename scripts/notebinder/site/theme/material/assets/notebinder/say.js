/* The site's own words, in the language of its theme; the page hands them to this file. */
"use strict";

var nb_words = JSON.parse(document.currentScript.dataset.words ?? "{}");
