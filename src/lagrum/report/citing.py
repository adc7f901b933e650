"""How a provision is cited: short, officially, in Swedish, for scholars, and with the version that is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lagrum.model.citations import Citation
from lagrum.model.instruments import Instrument
from lagrum.model.norms import NormKind

_ACT = re.compile(r"(Regulation|Directive|Decision) \((EU|EC)\) ([0-9]+/[0-9]+)")
_SWEDISH = {"Regulation": "förordning", "Directive": "direktiv", "Decision": "beslut"}
_NUMBERED = date(2023, 10, 1)  # acts published since then have a number, not an issue and a page
_ORDER = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDNING = ("första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde")
_TAILS = {
    "subpara.": ("subparagraph", "stycket"),
    "sentence": ("sentence", "meningen"),
    "indent": ("indent", "strecksatsen"),
}
_WORDS = {
    "Art.": "Article",
    "Sec.": "section",
    "Ch.": "chapter",
    "Recital": "recital",
    "Rule": "rule",
    "Title": "title",
    "Point": "point",
    "Para.": "paragraph",
    "Demand": "demand",
}
_ORD = {
    "Art.": "artikel",
    "Annex": "bilaga",
    "Recital": "skäl",
    "Rule": "regel",
    "Ch.": "kapitel",
    "Title": "avdelning",
    "Point": "punkt",
    "Para.": "punkt",
    "Demand": "krav",
    "Sec.": "avsnitt",
}
_UNION = ("EU", "Council of Europe")


@dataclass(frozen=True, slots=True)
class Cited:
    """One way to cite a place. `style` is `short`, `official`, `swedish`, `oscola`, `version` or `lagrum`."""

    style: str
    text: str


def cite(
    instrument: Instrument,
    citation: Citation,
    on: date,
    known: date | None = None,
    amending: Sequence[str] = (),
    hash_: str = "",
) -> tuple[Cited, ...]:
    """The place in every style that its instrument has. `on` is the day of the law, `known` the day of its text;
    `amending` are the acts whose amendments that text holds, as they are cited."""
    told = {
        "short": str(citation),
        "official": official(instrument, citation),
        "swedish": swedish(instrument, citation),
        "oscola": oscola(instrument, citation),
        "version": f"{official(instrument, citation)}, {version(on, known, amending)}",
        "lagrum": _ours(instrument, citation, on, known, hash_),
    }
    return tuple(Cited(style, text) for style, text in told.items() if text)


def official(instrument: Instrument, citation: Citation) -> str:
    """`Article 5(1), point (h)(iii), of Regulation (EU) 2024/1689`; national law in its own form."""
    if instrument.jurisdiction not in _UNION:
        return _national(instrument, citation)
    unit, number, steps, tails = _split(citation)
    told = f"{_WORDS.get(unit, unit)} {number}"
    if unit == "Annex" and steps:
        told += f", point {steps[0]}" + "".join(f"({step})" for step in steps[1:])
    elif steps:
        numbered = unit == "Art." and steps[0].isdigit() and not _only_definitions(instrument, citation)
        points = steps[1:] if numbered else steps
        told += f"({steps[0]})" if numbered else ""
        told += f", point {''.join(f'({step})' for step in points)}" if points else ""
    told += "".join(f", {_ORDER[n - 1]} {_TAILS[word][0]}" for word, n in tails)
    return f"{told}{',' if ',' in told else ''} of {_act(instrument)}"


def swedish(instrument: Instrument, citation: Citation) -> str:
    """`artikel 5.1 h iii i förordning (EU) 2024/1689`: the parts descend without commas. Empty for law that has no
    Swedish name: that of other countries."""
    if instrument.jurisdiction not in (*_UNION, "Sweden"):
        return ""
    unit, number, steps, tails = _split(citation)
    act = _ACT.match(instrument.citation)
    title = f"{_SWEDISH[act[1]]} ({act[2]}) {act[3]}" if act else instrument.citation
    pieces = "".join(f" {_ORDNING[n - 1]} {_TAILS[word][1]}" for word, n in tails)
    if unit == "§":
        below = "".join(f" {step}" for step in steps)
        return f"{number} §{below}{pieces} {title}"
    told = f"{_ORD[unit]} {number}"
    if unit == "Annex" and steps:
        told += f" punkt {steps[0]}"
        steps = steps[1:]
    elif steps and steps[0].isdigit():
        told += f".{steps[0]}"
        steps = steps[1:]
    told += pieces + "".join(f" {step}" for step in steps)
    return f"{told} {'till' if unit == 'Annex' else 'i'} {title}"


def oscola(instrument: Instrument, citation: Citation) -> str:
    """As in the Oxford standard: acts of the Union since October 2023, and proposals; empty for what has more to it."""
    unit, number, steps, tails = _split(citation)
    short = {"Art.": "art", "Annex": "annex", "Recital": "recital"}.get(unit)
    if short is None or instrument.jurisdiction != "EU":
        return ""
    place = f"{short} {number}" + "".join(f"({step})" for step in steps)
    place += "".join(f", {_ORDER[n - 1]} {_TAILS[word][0]}" for word, n in tails)
    act = _ACT.match(instrument.citation)
    if act and instrument.published and instrument.published >= _NUMBERED:
        return f"{act[0]} {_plain(instrument.title)} [{instrument.published.year}] OJ L, {act[3]}, {place}"
    if instrument.citation.startswith("COM("):
        return f"Commission, ‘{_plain(instrument.title)}’ {instrument.citation}, {place}"
    return ""


def version(on: date, known: date | None = None, amending: Sequence[str] = ()) -> str:
    """`as amended by Regulation (EU) 2026/1744, on 22 November 2026`."""
    stood = f"as amended by {' and '.join(amending)}, " if amending else ""
    return f"{stood}on {_day(on)}" + (f", text of {_day(known)}" if known and known != on else "")


def _ours(instrument: Instrument, citation: Citation, on: date, known: date | None, hash_: str) -> str:
    amended = instrument.amended is not None and instrument.amended <= (known or on)
    stood = f" as amended {_day(instrument.amended)}" if amended and instrument.amended else ""
    mark = f", encoding {hash_[:8]}" if hash_ else ""
    return f"lagrum, {instrument.id} {citation}{stood}, on {_day(on)}{mark}"


def _national(instrument: Instrument, citation: Citation) -> str:
    """The form that the instrument has for itself: `740 ILCS 14/15(b)`, `Tex. Bus. & Com. Code § 503.001(b)`."""
    unit, number, *_ = _split(citation)
    below = str(citation).removeprefix(citation.path[0])
    own = instrument.citation
    if unit == "§" and "ILCS" in own:
        return f"{own}/{number}{below}"
    if unit in ("§", "Sec.") and (match := re.search(rf"(.*§ ){re.escape(number)}(?![0-9.\-])", own)) is not None:
        return f"{match[0]}{below}"
    if unit == "§" and instrument.jurisdiction == "Sweden":
        return f"{number} §{below} {own}"
    if unit in ("§", "Sec."):
        return f"{own}, {citation}"
    word = _WORDS.get(unit, unit)
    return f"{word[0].upper()}{word[1:]} {number}{below} of {own}"


def _act(instrument: Instrument) -> str:
    act = _ACT.match(instrument.citation)
    return act[0] if act else instrument.citation


def _split(citation: Citation) -> tuple[str, str, list[str], list[tuple[str, int]]]:
    unit, _, number = citation.path[0].partition(" ")
    steps = [step for step in citation.path[1:] if " " not in step]
    tails = [step.partition(" ") for step in citation.path[1:] if " " in step]
    return unit, number, steps, [(word, min(max(int(n), 1), len(_ORDER))) for word, _, n in tails]


def _only_definitions(instrument: Instrument, citation: Citation) -> bool:
    """Whether the article is a list of definitions, whose numbers are points and no paragraphs."""
    kinds = {norm.kind for norm in instrument.norms if norm.citation.path[0] == citation.path[0]}
    return kinds == {NormKind.DEFINE} and citation.path[0] == "Art. 3"


def _plain(title: str) -> str:
    return title.rstrip(".")


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
