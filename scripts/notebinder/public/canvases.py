"""A canvas as it may be shown: without private cards and without comments."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from notebinder.public.comments import changed_texts, without_all_comments
from notebinder.public.private_names import PrivateNames
from notebinder.public.raw_links import private_target

_NO_CANVAS = "null"


def public_canvas(text: str, names: PrivateNames, source: str, say: Callable[[str], str]) -> str:
    """Return the file's text.

    Args:
        text: the file as it is; one that is no canvas stays none.
        names: what is private.
        source: the canvas's path in the vault.
        say: rewrites the Markdown of a card.
    """
    try:
        data = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return _NO_CANVAS
    if not isinstance(data, dict):
        return _NO_CANVAS
    shown = {key: _public_items(items, names, source, say) for key, items in data.items()}
    return json.dumps(shown, ensure_ascii=False)


def _public_items(items: Any, names: PrivateNames, source: str, say: Callable[[str], str]) -> Any:  # noqa: ANN401
    """The cards or the arrows, or what else a canvas holds."""
    if isinstance(items, list):
        return [_public_item(item, names, source, say) for item in items]
    return _said(items, say)


def _said(value: Any, say: Callable[[str], str]) -> Any:  # noqa: ANN401
    """What a canvas holds besides cards and arrows, such as properties."""
    return changed_texts(value, lambda text: say(without_all_comments(text)))


def _public_item(item: Any, names: PrivateNames, source: str, say: Callable[[str], str]) -> Any:  # noqa: ANN401
    """A card or an arrow; a card that shows something private becomes a text."""
    if not isinstance(item, dict):
        return _said(item, say)
    shown = dict(item)
    for key in ("text", "label"):
        if isinstance(item.get(key), str):
            shown[key] = say(without_all_comments(item[key]))
    for key in ("file", "url", "background"):
        thing = private_target(str(item[key]), names, source) if item.get(key) else None
        if thing:
            del shown[key]
            shown |= {"type": "text", "text": thing.label} if key != "background" else {}
            shown.pop("subpath", None)
    return shown
