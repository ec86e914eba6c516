"""The same site with either search: Material's own, or Pagefind."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from notebinder.site.search_index import index_site

ENGINES = ("material", "pagefind")


def give_to_pagefind(site: Path, copy: Path) -> Path:
    """Copy a site that Material searches to one that Pagefind searches; its pages are the same."""
    shutil.copytree(site, copy)
    file = copy / "search/search_index.json"
    index = json.loads(file.read_text("utf-8"))
    indexed = index_site(index["docs"], copy, above=0)
    assert (indexed.left, indexed.problems) == ((), ())
    file.write_text(json.dumps({**index, "docs": []}), "utf-8")
    return copy
