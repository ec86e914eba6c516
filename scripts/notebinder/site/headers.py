"""Tell hosts what files may do and which files may be kept for ever, in the file that Netlify and Cloudflare
Pages read.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterable
from pathlib import PurePosixPath

from notebinder.site.content_policy import NO_GUESTS, Guests, file_policy

HEADERS = "_headers"
"""The name of that file, at the site's root."""
PREVIEWS = "pr-preview/"
"""The folder of all previews."""
REPORT = "notebinder-report.json"
"""The report in an exported folder."""

# main.484c7ddc.min.css, 0a1b2c3d4e5f60718293-800.webp: a name that changes whenever the content does
_HASHED = re.compile(r"(?:^|\.|-)(?:[0-9a-f]{8}(?=\.min\.)|[0-9a-f]{16,64}(?=[.-]))")


def headers_file(paths: Iterable[str], previews: str, guests: Guests = NO_GUESTS) -> str:
    """Write the headers: the policy of all files; those named by their content may be kept for ever."""
    rules = [
        ("/*", f"X-Content-Type-Options: nosniff\n  Content-Security-Policy: {file_policy(guests)}"),
        (f"/{previews}*", "X-Robots-Tag: noindex"),
        *((rule, "Cache-Control: public, max-age=31536000, immutable") for rule in _kept_for_ever(paths)),
    ]
    return "".join(f"{path}\n  {header}\n" for path, header in rules)


def _kept_for_ever(paths: Iterable[str]) -> list[str]:
    """Return one rule for a folder that holds nothing else: hosts take a hundred rules at most."""
    every = list(paths)
    hashed = [path for path in every if _is_hashed(path)]
    mixed = {str(folder) for path in set(every) - set(hashed) for folder in PurePosixPath(path).parents}
    return sorted({_rule(path, mixed) for path in hashed})


def _is_hashed(path: str) -> bool:
    """Only files of ours count: an author's own may have a time in its name that looks like a hash."""
    folder, name = posixpath.split(path)
    return bool(_HASHED.search(name)) and (
        folder.startswith("assets/") or posixpath.basename(folder) == "media"
    )


def _rule(path: str, mixed: Container[str]) -> str:
    folder = posixpath.dirname(path)
    return f"/{path}" if folder in mixed else f"/{folder}/*"
