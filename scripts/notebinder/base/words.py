"""Say the site's own words, counts and dates in the language of its theme."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, reduce

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, format_timedelta

from notebinder.base.messages import LANGUAGES, MESSAGES, SCRIPTS

_FORMS = {1: ("other",), 2: ("one", "other"), 5: ("one", "two", "few", "many", "other")}
"""Which kinds of number a text has forms for, by how many it has."""
_LOCALES = {"en": "en_GB", "zh": "zh_Hans", "zh_TW": "zh_Hant", "zh_Hant": "zh_Hant"}
"""Where a language's usual locale writes days another way than a page does: 11 December 2024."""
_PARTS = {"y": "year", "M": "month", "d": "day"}
_MONTH = re.compile(r"(?<!M)MMM(?!M)")


@dataclass(frozen=True)
class Words:
    """What a site says, in one language."""

    language: str = "en"
    """As in `theme.language`: `de`, `pt-BR`."""

    @cached_property
    def _column(self) -> int:
        own = self.language.replace("_", "-").partition("-")[0]
        return LANGUAGES.index(own) if own in LANGUAGES else 0

    @cached_property
    def _locale(self) -> Locale:
        name = self.language.replace("-", "_")
        try:
            return Locale.parse(_LOCALES.get(name, name))
        except (UnknownLocaleError, ValueError):
            return Locale.parse(_LOCALES["en"])

    @cached_property
    def direction(self) -> str:
        """Which way the language runs: `ltr` or `rtl`.

        >>> Words("de").direction, Words("fa").direction
        ('ltr', 'rtl')
        """
        return str(self._locale.text_direction)

    def __call__(self, message: str, **values: str) -> str:
        """Return a message; the values stand in it as given.

        >>> Words("de")("no note", name="VPC")
        'Es gibt keine Notiz VPC'
        """
        return MESSAGES[message][self._column].format(**values)

    def translated(self, text: str) -> str:
        """Return what an English message is in the site's language; any other text stays.

        >>> Words("de").translated("Tags"), Words("de").translated("Mine")
        ('Schlagwörter', 'Mine')
        """
        message = next((texts for texts in MESSAGES.values() if texts[0] == text), None)
        return message[self._column] if message else text

    def of_scripts(self) -> dict[str, str]:
        """Return what the theme's scripts say."""
        own = {message: texts[self._column] for message, texts in SCRIPTS.items()}
        return own | {"close": self("close")}

    def count(self, message: str, number: int) -> str:
        """Return a counted message, or an empty text for none.

        >>> Words().count("notes", 2), Words("ar").count("notes", 2), Words().count("notes", 0)
        ('2 notes', 'ملاحظتان', '')
        """
        if not number:
            return ""
        forms = MESSAGES[message][self._column].split("|")
        kinds = _FORMS[len(forms)]
        language = Locale.parse(LANGUAGES[self._column])
        kind = language.plural_form(number)
        return forms[kinds.index(kind) if kind in kinds else -1].format(n=f"{number:,}")

    def listed(self, phrases: Iterable[str]) -> str:
        """Join what there is of some phrases."""
        given = [phrase for phrase in phrases if phrase]
        return reduce(lambda a, b: self("list", a=a, b=b), given) if given else ""

    def period(self, times: Iterable[date]) -> str:
        """Return the days from the first to the last time, or an empty text for no times.

        >>> Words().period([date(2024, 12, 11), date(2024, 12, 12)]), Words("de").period([date(2024, 12, 11)])
        ('11–12 December 2024', '11. Dezember 2024')
        """
        days = sorted(date(time.year, time.month, time.day) for time in times)
        if not days:
            return ""
        if days[0] == days[-1]:
            return str(format_date(days[0], "long", self._locale))
        first, last = days[0], days[-1]
        greatest = next(name for name, part in _PARTS.items() if getattr(first, part) != getattr(last, part))
        # Most languages have intervals with short names of months alone.
        patterns = [_MONTH.sub("MMMM", each) for each in self._locale.interval_formats["yMMMd"][greatest]]
        return "".join(
            str(format_date(day, pattern, self._locale))
            for day, pattern in zip((first, last), patterns, strict=True)
        ).replace("\u2009", " ")  # the fonts have no thin one

    def moment(self, time: datetime) -> str:
        """Return a day with the time of day."""
        return self("list", a=self.period([time]), b=format_time(time, "HH:mm", locale=self._locale))

    def formatted(self, day: date, pattern: str) -> str:
        """Return what a pattern of Unicode's dates says of a day: its month, its name in the week."""
        return str(format_date(day, pattern, self._locale))

    def lasting(self, time: timedelta, *, is_distance: bool = False) -> str:
        """Return how long a time is, or how far ahead or, below nothing, how long ago.

        >>> Words().lasting(timedelta(days=3)), Words("de").lasting(timedelta(days=-3), is_distance=True)
        ('3 days', 'vor 3 Tagen')
        """
        return str(format_timedelta(time, add_direction=is_distance, locale=self._locale))


ENGLISH = Words()
