"""Citations: the exact places in an instrument that a lawyer names.

A citation is a kind of unit (`Art.`, `§`, `Annex`, `Recital`, `Rule` …), its number, and the steps below it in
round brackets, down to the sentence where one point holds several rules:
`Art. 5(1)(h)(iii)`, `§ 15(b)`, `Annex III(1)(a)`, `Art. 5(3) sentence 2`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

UNITS = ("Art.", "§", "Annex", "Recital", "Rule", "Sec.", "Ch.", "Title", "Point", "Para.", "Demand")

_PATTERN = re.compile(
    r"(?P<unit>Art\.|§|Annex|Recital|Rule|Sec\.|Ch\.|Title|Point|Para\.|Demand)\s*"
    r"(?P<number>[0-9A-Za-z][0-9A-Za-z.:/\-]*)"
    r"(?P<steps>(?:\([0-9A-Za-z]+\))*)"
    r"(?P<tail>(?: (?:subpara\.|sentence|indent) [0-9]+)*)"
)
_STEP = re.compile(r"\(([0-9A-Za-z]+)\)")
_TAIL = re.compile(r" ((?:subpara\.|sentence|indent) [0-9]+)")


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in an instrument; `path` leads from the article down, `Art. 5(1)(h)` → `("Art. 5", "1", "h")`."""

    path: tuple[str, ...]

    def __str__(self) -> str:
        steps = (f" {step}" if " " in step else f"({step})" for step in self.path[1:])
        return self.path[0] + "".join(steps)

    def covers(self, other: Citation) -> bool:
        """Whether `other` is this place or lies below it: `Art. 5` covers `Art. 5(1)(h)`."""
        return other.path[: len(self.path)] == self.path


def parse_citation(text: str) -> Citation:
    """Read a citation; raises `ValueError` when the text is none.

    >>> str(parse_citation("Art. 5(1)(h)(iii)"))
    'Art. 5(1)(h)(iii)'
    >>> parse_citation("Art. 5").covers(parse_citation("Art. 5(1)(h)"))
    True
    """
    match = _PATTERN.fullmatch(" ".join(text.split()))
    if match is None:
        raise ValueError(f"not a citation: {text!r}")
    head = f"{match['unit']} {match['number']}"
    steps = _STEP.findall(match["steps"]) + _TAIL.findall(match["tail"])
    return Citation((head, *steps))
