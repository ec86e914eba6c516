"""Who besides the site may have a part in its pages: the hosts that the author names, and those scripts
within the pages that Material's places for analytics, comments and consent write for them.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import ChainableUndefined, Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from notebinder.site.content_policy import Guests
from notebinder.site.loading import scripts_within

_LANGUAGE = '{% import "partials/language.html" as lang with context %}'
_PLACES = (
    '{% include "partials/integrations/analytics.html" %}',
    '{% if config.extra.consent %}{% include "partials/javascripts/consent.html" %}{% endif %}',
    '{% include "partials/comments.html" %}',
)


class _Yes:
    """Stands for a page that has whatever a template asks for."""

    def __getattr__(self, name: str) -> _Yes:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key: object) -> _Yes:
        return self

    def __iter__(self) -> Iterator[_Yes]:
        return iter(())

    def __str__(self) -> str:
        return ""


def find_guests(hosts: Iterable[str], environment: Environment, config: MkDocsConfig, files: Files) -> Guests:
    """Return the guests of a site.

    No page is looked at: whatever one holds, no script runs in it but those that the templates write, and
    those only as far as they take nothing from the page.
    """
    patient = environment.overlay(undefined=ChainableUndefined)
    scripts: dict[str, None] = {}
    for place in _PLACES:
        for page in (None, _Yes()):  # comments may be asked for by a property, or be declined by one
            context: dict[str, Any] = {**get_context(Navigation([], []), files, config), "page": page}
            try:
                html = patient.from_string(_LANGUAGE + place).render(context)
            except Exception:  # noqa: BLE001, S112  # a fault of the author's template, which its pages tell
                continue
            scripts |= dict.fromkeys(map(script_hash, scripts_within(html)))
    return Guests(tuple(hosts), tuple(scripts))


def script_hash(text: str) -> str:
    """Return a script as a policy names it.

    >>> script_hash("f()")
    "'sha256-GcEEE0IkDzIP5EQ6DXZaDPORqT5RTBELX8Fyzyg9yvo='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
