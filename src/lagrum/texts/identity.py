"""Which act a text is: CELEX numbers, ELI addresses, and what instruments say of themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CELEX = re.compile(r"(?P<sector>[0-9CE])(?P<year>[0-9]{4})(?P<kind>[A-Z]{1,2})(?P<number>[0-9]{4})(?:-[0-9]{8})?")
_ELI = re.compile(r"https?://data\.europa\.eu/eli/(?P<kind>[a-z_]+)/(?P<year>[0-9]{4})/(?P<number>[0-9]{1,4})(?:/\S*)?")
_CITATION = re.compile(
    r"(?:(?:Commission|Council) )?(?:(?:Delegated|Implementing) )?(?P<kind>Regulation|Directive|Decision)"
    r"(?: \([A-Z, ]+\))?(?P<no> No)? (?P<first>[0-9]{1,4})/(?P<second>[0-9]{1,4})(?:/[A-Z]+)?"
)
_LETTERS = {"reg": "R", "dir": "L", "dec": "D"}
_TITLES = {  # the first of these words in a title says what the act is; other languages need the .doc.fmx.xml file
    "R": ("regulation", "förordning", "verordnung", "règlement"),
    "L": ("directive", "direktiv", "richtlinie"),
    "D": ("decision", "beslut", "beschluss", "décision"),
}


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """An act of the Union whatever the version: its letter in CELEX (`R`, `L`, `D`), year and number."""

    kind: str
    year: int
    number: int

    @property
    def celex(self) -> str:
        """The CELEX number of the act as it was published."""
        return f"3{self.year}{self.kind}{self.number:04}"


def is_celex(text: str) -> bool:
    """Whether the text is a CELEX number; only such a text may become the name of a file."""
    return _CELEX.fullmatch(text) is not None


def of_celex(text: str) -> Number | None:
    """The act that a CELEX number names, as published or consolidated; None for a preparatory act or no CELEX."""
    match = _CELEX.fullmatch(text)
    if match is None or match["sector"] not in "03":
        return None
    return Number(match["kind"], int(match["year"]), int(match["number"]))


def of_eli(text: str) -> Number | None:
    """The act that an ELI address names; None where it is none.

    >>> of_eli("http://data.europa.eu/eli/reg/2024/1689/oj").celex
    '32024R1689'
    """
    match = _ELI.fullmatch(text.strip())
    letter = _LETTERS.get(match["kind"].split("_")[0]) if match else None
    return Number(letter, int(match["year"]), int(match["number"])) if match and letter else None


def of_citation(text: str) -> Number | None:
    """The act that a citation such as `Regulation (EU) 2024/1689` names; None for anything else or more."""
    match = _CITATION.fullmatch(" ".join(text.split()))
    if match is None:
        return None
    first, second = int(match["first"]), int(match["second"])
    year, number = (second, first) if match["no"] else (first, second)  # `No 300/2008`, but `2024/1689`
    return Number(_LETTERS[match["kind"][:3].lower()], year + 1900 if year < 100 else year, number)


def kind_of_title(title: str) -> str | None:
    """The letter of the kind of act that a title opens with; None where no word of it is known."""
    lower = title.lower()
    found = [(lower.find(word), letter) for letter, words in _TITLES.items() for word in words if word in lower]
    return min(found)[1] if found else None


def kind_of_value(legal_value: str) -> str | None:
    """The letter of Formex's `LEGAL.VALUE`, `REG` → `R`."""
    return _LETTERS.get(legal_value[:3].lower())


def find_eli(text: str) -> str:
    """The first ELI address of an act in a text; empty where there is none."""
    match = re.search(r"https?://data\.europa\.eu/eli/[a-z_]+/[0-9]{4}/[0-9]{1,4}/oj", text)
    return match[0] if match else ""
