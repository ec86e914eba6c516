"""Formulas: for KaTeX, written as MathJax would set them, which Obsidian has; and as text to be read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

_TOKEN = re.compile(r"\\(?P<command>[A-Za-z]+)(?P<star>\*?)|\\(?P<sign>.)|(?P<comment>%[^\n]*)|.", re.DOTALL)
_AS_TEXT = frozenset(
    [
        *(
            "text",
            "textbf",
            "textit",
            "texttt",
            "textrm",
            "textsf",
            "textnormal",
            "textup",
            "textmd",
            "textsc",
        ),
        *("mbox", "hbox", "fbox"),
    ]
)
_ADDRESSES = frozenset(("url", "href"))
_RENAMED = {"mbox": "text", "textsc": "text", "hfill": "qquad", "hbox": "text"}
_REFERRING = {"require": "", "label": "", "ref": r"\text{{{}}}", "eqref": r"\text{{({})}}"}
"""What is shown of commands that load something, name a formula, or refer to one."""
_IN_TEXT = {"_": r"\_", "^": r"{\textasciicircum}", "&": r"\&", "#": r"\#", "%": r"\%"}
"""What MathJax shows as it is within a text."""
_NUMBERED = frozenset(("align", "alignat", "gather", "equation"))
"""Environments that KaTeX numbers and Obsidian does not, unless they end in a star."""
_ENVIRONMENTS = {"eqnarray": "array}{rcl", "multline": "gathered", "flalign": "align*"}
_WITHIN_A_LINE = {
    "align*": "aligned",
    "gather*": "gathered",
    "alignat*": "alignedat",
    "equation*": "gathered",
}
"""What KaTeX sets only as a line of its own, and what it sets anywhere."""
_DEFINING = frozenset(
    ("newcommand", "renewcommand", "providecommand", "def", "gdef", "let", "DeclareMathOperator")
)
_BRACED = re.compile(r"\s*\{([^{}]*)\}")
_NAME = re.compile(r"\s*\{?\s*\\([A-Za-z]+)\s*\}?")
_COUNT = re.compile(r"\s*\[(\d)\]")
_PARAMETERS = re.compile(r"(?:\s*#\d)*")
_SPACES = re.compile(r"\s+")
_LONGEST = 20_000
"""Longer formulas are handed on as they are."""


@cache
def _katex() -> Any:  # noqa: ANN401  what JSON holds
    """Return what KaTeX knows: commands and environments, and the sign that some commands stand for."""
    known = json.loads(files("notebinder.vault.syntax").joinpath("katex.json").read_text("utf-8"))
    return {
        key: frozenset(value.split()) if isinstance(value, str) else value for key, value in known.items()
    }


def set_formula(tex: str, macros: set[str], *, is_display: bool) -> tuple[str, str]:
    r"""Return a formula as KaTeX takes it, and why it cannot be set; empty where nothing speaks against it.

    >>> set_formula(r"\text{a_b} % note", set(), is_display=False)
    ('\\text{a\\_b} ', '')

    Args:
        tex: the formula as typed.
        macros: commands that formulas before it have defined; those that it defines are added.
        is_display: whether it stands on a line of its own.
    """
    if len(tex) > _LONGEST:
        return tex, ""
    writer = _Writer(tex, macros, is_display=is_display)
    shown = "".join(writer.math(0, len(tex)))
    return shown, writer.fault or writer.unclosed()


@dataclass
class _Writer:
    """Writes one formula from left to right."""

    tex: str
    macros: set[str]
    is_display: bool
    fault: str = ""
    braces: int = 0
    delimiters: int = 0
    environments: list[str] = field(default_factory=list)

    def math(self, place: int, end: int) -> Iterator[str]:
        while place < end and (found := _TOKEN.match(self.tex, place, end)):
            place = found.end()
            if found["comment"] is not None:
                continue
            if found["command"] is None:
                self._sign(found[0])
                yield found[0]
                continue
            shown, place = self._command(found["command"], found, place, end)
            yield shown

    def unclosed(self) -> str:
        """Say what is still open at the end."""
        if self.environments:
            return rf"\begin{{{self.environments[-1]}}} is not ended"
        return r"\left without \right" if self.delimiters else "a brace is not closed" if self.braces else ""

    def _wrong(self, fault: str) -> None:
        self.fault = self.fault or fault

    def _sign(self, sign: str) -> None:
        self.braces += (sign == "{") - (sign == "}")
        if self.braces < 0:
            self._wrong("a brace is closed that is not open")
        elif sign == "&" and not self.environments:
            self._wrong("& outside of an environment such as aligned")
        elif sign in ("$", "#"):
            self._wrong(f"{sign} within a formula")

    def _command(self, name: str, found: re.Match[str], place: int, end: int) -> tuple[str, int]:
        """Return what stands for a command, and where that ends."""
        if name in _AS_TEXT or name in _ADDRESSES:
            return self._text(_RENAMED.get(name, name), found["star"], place, end)
        if name in _DEFINING:
            return self._definition(name, found["star"], place, end)
        if name in ("begin", "end"):
            return self._environment(name, place, end)
        if name == "sideset":
            return self._sideset(place, end)
        braced = _BRACED.match(self.tex, place, end) if name in _REFERRING else None
        if braced:
            return _REFERRING[name].format(braced[1]), braced.end()
        self.delimiters += (name == "left") - (name == "right")
        name = _RENAMED.get(name, name)
        if name not in _katex()["commands"] and name not in self.macros:
            self._wrong(rf"KaTeX knows no \{name}")
        return f"\\{name}{found['star']}", place

    def _text(self, name: str, star: str, place: int, end: int) -> tuple[str, int]:
        close = _group_end(self.tex, place, end)
        if not close:
            return f"\\{name}{star}", place
        inner = self.tex[place:close]
        if name not in _ADDRESSES:
            inner = self._in_text(place, close)
        return f"\\{name}{star}{inner}", close

    def _in_text(self, place: int, end: int) -> str:
        """Write a text with its formulas; all other signs are shown."""
        pieces, is_math, start = [], False, place
        for found in re.finditer(r"\\.|\$", self.tex[place:end], re.DOTALL):
            if found[0] == "$":
                pieces += [self._stretch(start, place + found.start(), is_math), "$"]
                start, is_math = place + found.end(), not is_math
        return "".join((*pieces, self._stretch(start, end, is_math)))

    def _stretch(self, start: int, end: int, is_math: bool) -> str:
        if is_math:
            shown, fault = set_formula(self.tex[start:end], self.macros, is_display=False)
            self._wrong(fault)
            return shown
        tokens = (found[0] for found in re.finditer(r"\\.|.", self.tex[start:end], re.DOTALL))
        return "".join(_IN_TEXT.get(token, token) for token in tokens)

    def _environment(self, name: str, place: int, end: int) -> tuple[str, int]:
        braced = _BRACED.match(self.tex, place, end)
        if not braced:
            return f"\\{name}", place
        typed = braced[1]
        plain = typed.removesuffix("*")
        shown = _ENVIRONMENTS.get(plain, f"{plain}*" if plain in _NUMBERED else typed)
        is_within = not self.is_display or len(self.environments) > (name == "end")
        shown = _WITHIN_A_LINE.get(shown, shown) if is_within else shown
        if name == "begin":
            self.environments.append(typed)
        elif not self.environments or self.environments.pop() != typed:
            self._wrong(rf"\end{{{typed}}} ends nothing")
        if shown.partition("}")[0] not in _katex()["environments"]:
            self._wrong(f"KaTeX knows no environment {typed}")
        return f"\\{name}{{{shown if name == 'begin' else shown.partition('}')[0]}}}", braced.end()

    def _definition(self, name: str, star: str, place: int, end: int) -> tuple[str, int]:
        """Write a definition so that it holds for the formulas below, whatever was defined before."""
        named = _NAME.match(self.tex, place, end)
        if not named:
            return f"\\{name}{star}", place
        command, place = named[1], named.end()
        self.macros.add(command)
        if name == "let":
            return f"\\global\\let\\{command}", place
        parameters = ""
        if name in ("def", "gdef") and (given := _PARAMETERS.match(self.tex, place, end)):
            parameters, place = given[0], given.end()
        elif count := _COUNT.match(self.tex, place, end):
            parameters, place = "".join(f"#{n + 1}" for n in range(int(count[1]))), count.end()
        close = _group_end(self.tex, place, end)
        if not close:
            self._wrong(rf"the definition of \{command} has no body, or a parameter that may be left out")
            return f"\\{name}{star}\\{command}", place
        body = self.tex[place:close].strip()
        if name == "DeclareMathOperator":
            body = rf"{{\operatorname{star}{body}}}"
        return f"\\gdef\\{command}{parameters}{body}", close

    def _sideset(self, place: int, end: int) -> tuple[str, int]:
        """Write what stands at the four corners of an operator."""
        left = _BRACED.match(self.tex, place, end)
        right = left and _BRACED.match(self.tex, left.end(), end)
        operator = right and _NAME.match(self.tex, right.end(), end)
        if not (left and right and operator):
            self._wrong(r"\sideset without two pairs of braces and an operator")
            return "", place
        sign = f"\\{operator[1]}"
        corner = rf"{{\vphantom{{{sign}}}}}{left[1]}\!"
        return rf"\mathop{{{corner}{sign}\nolimits{right[1]}}}\limits ", operator.end()


def _group_end(tex: str, place: int, end: int) -> int:
    """Return where the braces end that open at a place, or 0."""
    while place < end and tex[place].isspace():
        place += 1
    if not tex.startswith("{", place, end):
        return 0
    depth = 0
    for found in re.compile(r"\\.|[{}]", re.DOTALL).finditer(tex, place, end):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if not depth:
            return found.end()
    return 0


def readable_formula(tex: str) -> str:
    r"""Return a formula as text, for places that show text alone.

    >>> readable_formula(r"\mathbb{C}/\Lambda \le \frac{a}{b}^2 \text{ if } x_{12}")
    'C/Λ ≤ a/b^2 if x_12'
    """
    tex = re.sub(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2", tex[:_LONGEST])
    tex = re.sub(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\{[lcr|]*\})?|\\(?:left|right|big|Big)\b", " ", tex)
    pieces: list[str] = []
    for found in _TOKEN.finditer(tex):
        if found["command"]:
            pieces.append(_readable_command(found["command"]))
        elif found["sign"]:
            pieces.append(found["sign"] if found["sign"] in "{}%$#&_" else " ")
        elif found["comment"] is None and found[0] not in "{}":
            pieces.append(" " if found[0] in "&~" else found[0])
    return _SPACES.sub(" ", "".join(pieces)).strip()


def _readable_command(name: str) -> str:
    sign = _katex()["symbols"].get(name)
    if sign:
        return str(sign)
    if name.startswith(("math", "text", "operatorname", "mbox", "bold", "displaystyle", "limits")):
        return ""
    if name in ("quad", "qquad", "hspace", "vspace"):
        return " "
    return "√" if name == "sqrt" else f"{name} " if len(name) <= len("arctan") else ""
