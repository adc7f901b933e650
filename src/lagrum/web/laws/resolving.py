"""From what somebody cites to a place that a law has."""

from __future__ import annotations

from collections.abc import Iterable

from lagrum.model.citations import Citation
from lagrum.model.law import Law


def place_in(law: Law, candidates: Iterable[Citation]) -> Citation | None:
    """The first of the citations at which the law has rules, there or below; large and small letters are the same
    where that decides. None where it has none at any of them."""
    every = [norm.citation for norm in law.norms.values()]
    for citation in candidates:
        if any(citation.covers(each) for each in every):
            return citation
        path = tuple(step.casefold() for step in citation.path)
        for each in every:
            if tuple(step.casefold() for step in each.path[: len(path)]) == path:
                return Citation(each.path[: len(path)])
    return None


def nearest(law: Law, citation: Citation, most: int = 8) -> list[Citation]:
    """The places of the law that are nearest to one that it does not have: what lies around it in the same article,
    else the articles with the nearest numbers."""
    every = list(dict.fromkeys(norm.citation for norm in law.norms.values()))
    for length in range(len(citation.path) - 1, 0, -1):
        around = [each for each in every if each.path[:length] == citation.path[:length]]
        if around:
            return around[:most]
    unit, _, number = citation.path[0].partition(" ")
    heads = list(dict.fromkeys(each.path[0] for each in every if each.path[0].partition(" ")[0] == unit))
    wanted = _figure(number)
    heads.sort(key=lambda head: abs(_figure(head.partition(" ")[2]) - wanted))
    return [Citation((head,)) for head in sorted(heads[:most], key=lambda head: _figure(head.partition(" ")[2]))]


def _figure(number: str) -> int:
    """The number that a number begins with; Roman and other ones are far away."""
    digits = ""
    for letter in number:
        if not letter.isdigit():
            break
        digits += letter
    return int(digits[:6]) if digits else 0
