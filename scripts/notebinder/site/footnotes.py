"""Where footnotes stand: below the text that refers to them, above what is told of its page."""

from __future__ import annotations

_NOTES = '<div class="footnote">'
_FOOT = ('<p class="nb-dates"', '<aside class="nb-backlinks"')


def below_the_text(html: str) -> str:
    """Return the content of a page with its footnotes, which the engine puts last, before its foot.

    >>> below_the_text('<p>a</p><p class="nb-dates">b</p><div class="footnote">c</div>')
    '<p>a</p><div class="footnote">c</div><p class="nb-dates">b</p>'
    """
    notes = html.rfind(_NOTES)
    places = [place for mark in _FOOT if 0 <= (place := html.rfind(mark)) < notes]
    foot = min(places, default=notes)
    return html[:foot] + html[notes:] + html[foot:notes] if notes >= 0 else html
