"""The same site with either search: MiniSearch, or Pagefind."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from notebinder.site.search_index import index_site

ENGINES = ("minisearch", "pagefind")


def give_to_pagefind(site: Path, copy: Path) -> Path:
    """Copy a site that MiniSearch searches to one that Pagefind searches; its pages are the same."""
    shutil.copytree(site, copy)
    file = copy / "search/search_index.json"
    indexed = index_site(json.loads(file.read_text("utf-8"))["docs"], copy, above=0)
    assert indexed.problems == ()
    file.write_text(json.dumps(indexed.shown), "utf-8")
    return copy
