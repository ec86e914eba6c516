"""Say what the codes of problems mean. Prints nothing."""

from __future__ import annotations

from notebinder.base.problems import PROBLEM_KINDS, Level, NotebinderError, did_you_mean


class UnknownCodeError(NotebinderError):
    """A code that no problem has."""

    def __init__(self, code: str) -> None:
        hint = did_you_mean(code, PROBLEM_KINDS) or "known are " + ", ".join(sorted(PROBLEM_KINDS))
        super().__init__(f"no problem has the code {code!r}; {hint}")


def explain(code: str) -> str:
    """Say what a code means, with an example."""
    kind = PROBLEM_KINDS.get(code)
    if kind is None:
        raise UnknownCodeError(code)
    return f"{kind.level}[{code}]\n\n{kind.meaning}\n\nFor example:\n  {kind.example}"


def list_codes() -> str:
    """All codes with the first sentence of what each means, worst first."""
    kinds = sorted(PROBLEM_KINDS.items(), key=lambda item: (list(Level).index(item[1].level), item[0]))
    width = max(map(len, PROBLEM_KINDS))
    return "\n".join(
        f"{kind.level:<8} {code:<{width}}  {kind.meaning.partition('. ')[0].removesuffix('.')}"
        for code, kind in kinds
    )
