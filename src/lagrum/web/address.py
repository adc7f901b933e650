"""Where the pages of laws and provisions are: the citation is the address.

`Art. 5(1)(h)(iii)` of `eu-ai-act` is `/law/eu-ai-act/art/5/1/h/iii`, `Annex III(1)(a)` `/law/eu-ai-act/annex/III/1/a`,
`§ 15(b)` `/law/us-il-bipa/section/15/b`, `Art. 5(2) subpara. 1` `/law/eu-ai-act/art/5/2/subpara-1`. Every citation has
one address and every address at most one citation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from lagrum.model.citations import Citation, parse_citation

_SLUGS = {
    "Art.": "art",
    "§": "section",
    "Annex": "annex",
    "Recital": "recital",
    "Rule": "rule",
    "Sec.": "sec",
    "Ch.": "chapter",
    "Title": "title",
    "Point": "point",
    "Para.": "para",
    "Demand": "demand",
}
_UNITS = {slug: unit for unit, slug in _SLUGS.items()}
_TAILS = {"subpara.": "subpara", "sentence": "sentence", "indent": "indent"}
_TAIL = re.compile(r"(subpara|sentence|indent)-([0-9]+)")
_TWIN = re.compile(r"\.(json|csv)$")  # what a twin of a page ends in; a number that does has a sign for its dot


def address_of(law: str, citation: Citation | str = "", **query: object) -> str:
    """The address of a law, or of a place in it. `query` stands behind it; what is None or empty is left out.

    >>> address_of("eu-ai-act", "Art. 5(1)(h)(iii)", on="2026-11-22")
    '/law/eu-ai-act/art/5/1/h/iii?on=2026-11-22'

    Raises `ValueError` for a text that is no citation.
    """
    path = f"/law/{quote(law, safe='+')}"
    if citation:
        found = parse_citation(citation) if isinstance(citation, str) else citation
        path += "".join(f"/{part}" for part in parts_of(found))
    told = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(told)}" if told else path


def parts_of(citation: Citation) -> tuple[str, ...]:
    """The parts of the address of a citation below its law's: `("art", "5", "1", "h")`."""
    unit, _, number = citation.path[0].partition(" ")
    number = _TWIN.sub(r"~d\1", number.replace("/", "~s"))
    return (_SLUGS[unit], number, *(_part(step) for step in citation.path[1:]))


def citation_at(parts: Sequence[str]) -> Citation | None:
    """The citation whose address has these parts; None where there is none.

    >>> str(citation_at(["annex", "III", "1", "a"]))
    'Annex III(1)(a)'
    """
    if len(parts) < 2 or parts[0] not in _UNITS:
        return None
    number = parts[1].replace("~s", "/").replace("~d", ".")
    text = f"{_UNITS[parts[0]]} {number}" + "".join(_step(part) for part in parts[2:])
    try:
        found = parse_citation(text)
    except ValueError:
        return None
    return found if parts_of(found) == tuple(parts) else None


def is_unit(part: str) -> bool:
    """Whether the first part below a law's address begins a citation."""
    return part in _UNITS


def _part(step: str) -> str:
    word, space, number = step.partition(" ")
    return f"{_TAILS[word]}-{number}" if space else step


def _step(part: str) -> str:
    tail = _TAIL.fullmatch(part)
    if tail is None:
        return f"({part})"
    word = "subpara." if tail[1] == "subpara" else tail[1]
    return f" {word} {tail[2]}"
