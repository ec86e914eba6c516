"""Clean balanced fragments of HTML with nh3: what is left runs nothing and stays where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

import nh3

from notebinder.vault.syntax.comments import without_comments
from notebinder.vault.syntax.html_rules import (
    ALLOWED,
    ATTRIBUTES,
    STYLE_FUNCTIONS,
    STYLES,
    SVG_ELEMENTS,
    THEME_CLASSES,
    THEME_IDENTIFIERS,
)
from notebinder.vault.syntax.schemes import ALWAYS, NEVER, is_picture

# The two names that HTML spells with capitals.
_SPELLINGS = {"lineargradient": "linearGradient", "radialgradient": "radialGradient"}
_CLASS = re.compile(r"[A-Za-z_-][\w-]*")
_IDENTIFIER = re.compile(r"[^\W_][^\s\"'<>&`\\{}\[\]|]*")
_VALUE = re.compile(r"""[\w\s#%.,()/'"+!-]+""")
_LOADING = re.compile(r"\\\\|(?:url|image|image-set|element|attr|var)\s*\((?!\s*#[\w-]+\s*\))", re.IGNORECASE)
_FUNCTION = re.compile(r"([\w-]*)\(")
# Only what is negative, or a drawing that is no frame for what it draws, leads out of its place; and so
# many columns as five digits can ask for hold a browser up.
_ASTRAY = re.compile(r"(?<![\w#.])(?:-\.?\d|\d{5})|visible", re.IGNORECASE)
_DRAWN = frozenset(_SPELLINGS.get(name, name) for name in SVG_ELEMENTS)
_OTHER_INPUT = re.compile(r'<input(?![^>]* type="checkbox")[^>]*>')
_ADDRESSES = ("href", "src", "poster", "cite")


@lru_cache
def _cleaner(schemes: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags={_SPELLINGS.get(name, name) for name in ALLOWED},
        clean_content_tags=set(),
        attributes={_SPELLINGS.get(name, name): set(names) for name, names in ATTRIBUTES.items()},
        attribute_filter=_attribute,
        filter_style_properties=set(STYLES),
        url_schemes={*(schemes - NEVER), *ALWAYS, "data"},
        link_rel=None,
    )


def sanitised(fragment: str, schemes: frozenset[str]) -> str:
    """Return a balanced fragment as a browser reads it, without what may not be; every value is quoted.

    >>> sanitised('<p onclick=x style="position:fixed;color:red">a', frozenset())
    '<p style="color:red">a</p>'
    """
    return _OTHER_INPUT.sub("", _cleaner(schemes).clean(fragment))


def is_theme_class(name: str) -> bool:
    """Tell whether a class is one that the theme's styles and scripts look for."""
    return name.lower().startswith(THEME_CLASSES)


def own_classes(names: list[str]) -> list[str]:
    """Return the names that are classes, each once, and not the theme's."""
    return [name for name in dict.fromkeys(names) if _CLASS.fullmatch(name) and not is_theme_class(name)]


def is_own_identifier(identifier: str) -> bool:
    """Tell whether an element of an author may have an id, which must be none of the theme or the engine."""
    is_theirs = identifier.lower().startswith(THEME_IDENTIFIERS)
    return bool(_IDENTIFIER.fullmatch(identifier)) and not is_theirs


def _attribute(element: str, name: str, value: str) -> str | None:
    """Return the value of an attribute as it may stand, or None where it must go."""
    if element in _DRAWN and name not in _TABLE and _LOADING.search(value):
        return None
    if value.lstrip().lower().startswith("data:") and name in _ADDRESSES:
        return value if element == "img" and name == "src" and is_picture(value) else None
    if element == "input" and name == "type":
        return "checkbox" if value.lower() == "checkbox" else None
    value = value if name in _ADDRESSES else without_comments(value)
    clean = _TABLE.get(name)
    return (clean(value) or None) if clean else value


def is_kept(element: str, name: str, value: str) -> bool:
    """Tell whether the value of an attribute stays as it is."""
    if name == "style":
        return all(_is_harmless(part) for part in value.split(";") if part.strip())
    if name == "class":
        return not set(value.split()) - set(own_classes(value.split()))
    return not value or _attribute(element, name, value) == value


def own_style(style: str) -> str:
    """Return the declarations of a style that neither load anything nor lie over the page.

    >>> own_style("color: red; background: url(x); WIDTH: 90em; margin: -9px; height: 3em")
    'color: red; width: 90em; height: 3em; max-width: 100%'
    """
    pairs = [part.partition(":") for part in style.split(";") if _is_harmless(part)]
    kept = [(name.strip().lower(), value.strip()) for name, _, value in pairs]
    names = {name for name, _ in kept}
    if "width" in names and "max-width" not in names:
        kept.append(("max-width", "100%"))
    return "; ".join(f"{name}: {value}" for name, value in kept)


def _is_harmless(declaration: str) -> bool:
    name, _, value = declaration.partition(":")
    if name.strip().lower() not in STYLES or not _VALUE.fullmatch(value) or _ASTRAY.search(value):
        return False
    return all(function.lower() in STYLE_FUNCTIONS for function in _FUNCTION.findall(value))


_TABLE: Mapping[str, Callable[[str], str]] = {
    "class": lambda value: " ".join(own_classes(value.split())),
    "style": own_style,
    **dict.fromkeys(("id", "name"), lambda value: value if is_own_identifier(value) else ""),
}
"""What is left of the value of an attribute, by its name."""
