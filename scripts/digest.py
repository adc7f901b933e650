"""The lines of the digest of sources, one by one: where each is encoded and which two cases turn it, or why it is not.

`docs/digest.yaml` holds them in our own words. `read` takes it in and refuses what is not so: a place that no law has,
a case that is not there, says nothing of the place, or expects what its near miss expects. `table` tells the lines.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lagrum.library import Library
from lagrum.model.citations import Citation, parse_citation
from lagrum.model.instruments import Pack

ROOT = Path(__file__).parent.parent
FILE = ROOT / "docs" / "digest.yaml"
CASES = ROOT / "laws" / "eu" / "ai-act" / "cases"
THE_ACT = "eu-ai-act"
SECTIONS = ("Traps", "Days", "Provisions of the AI Act", "The four texts side by side", "The amendment of 2026")
NEAR = 6
"""How many answers, with day and readings, two cases of a pair may differ in at the most."""

PAIR, TEST, ALONE, OUT = "a pair of cases", "a test", "no pair", "not encoded"
_PLACE = re.compile(
    r"(?:Art\.|Annex|Recital|Ch\.|Title) [0-9A-Za-z]+(?:\([0-9A-Za-z]+\))*(?: (?:subpara\.|sentence) \d+)*"
)
_POINT = re.compile(r"(Annex [IVX]+) of [^,]+, point (\w+(?:\(\w+\))*)")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_EXPECTED = ("ruling", "possible", "because", "not because", "tiers")


class Wrong(Exception):
    """What is wrong with the file, a line for each."""


@dataclass(frozen=True)
class Claim:
    """One thing that a line of the digest says, in our words. `held` is PAIR, TEST, ALONE or OUT, `by` the two cases,
    the test, or the reason."""

    says: str
    law: tuple[tuple[str, Citation], ...]
    held: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A line of the digest: its place there, and the key of its words."""

    at: str
    key: str
    claims: tuple[Claim, ...]


def key(text: str) -> str:
    """What tells a line of the digest from others, without its words."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def lines_of(digest: str) -> dict[str, str]:
    """The lines of sections 0 to 4 of the digest by key: points, paragraphs, rows of tables, steps of the procedure."""
    found: list[str] = []
    within = fenced = False
    rows = digest.splitlines()
    for row, following in zip(rows, [*rows[1:], ""], strict=True):
        if section := re.match(r"## (\d+)\.", row):
            within = int(section[1]) < len(SECTIONS)
        elif not within or not row.strip() or row.startswith("#") or _rule(row) or _rule(following):
            continue
        elif row.startswith("```"):
            fenced = not fenced
        elif fenced and not re.match(r"\s*[A-Z][A-Z0-9-]* ", row):
            found[-1] += f" {row.strip()}"
        else:
            found.append(row.strip())
    return {key(text): text for text in found}


def _rule(row: str) -> bool:
    return re.fullmatch(r"\|[-|: ]+\|", row) is not None


def read(library: Library) -> tuple[Line, ...]:
    """All lines, checked against the law and its cases."""
    tree = yaml.load(FILE.read_text(encoding="utf-8"), Loader=_LOADER)
    lines = tuple(Line(each["line"], each["key"], tuple(map(_claim, each["claims"]))) for each in tree)
    places = {name: _places(library.pack, name) for name in library.pack.instruments}
    problems = [
        f"{line.at}, {claim.says}: {problem}"
        for line in lines
        for claim in line.claims
        for problem in _problems(claim, places)
    ]
    if problems:
        raise Wrong("\n".join(problems))
    return lines


def _claim(tree: Mapping[str, Any]) -> Claim:
    (held,) = tree.keys() - {"says", "law"}
    by = tree[held]
    law = []
    for text in tree.get("law", ()):
        instrument, place = re.fullmatch(r"(?:([a-z0-9-]+) )?(.+)", text).groups()  # type: ignore[union-attr]
        law.append((instrument or THE_ACT, parse_citation(place)))
    kind = {"pair": PAIR, "test": TEST, "no pair": ALONE, "not encoded": OUT}[held]
    return Claim(tree["says"], tuple(law), kind, tuple(by) if isinstance(by, list) else (by,))


def _places(pack: Pack, name: str) -> frozenset[Citation]:
    """Every place of an instrument, in any of its texts, that has a rule, a note, a reading or other law."""
    found: set[Citation | None] = set()
    for version in pack.versions[name]:
        instrument = version.instrument
        for told in (instrument.norms, instrument.notes, instrument.readings, instrument.elsewhere):
            found |= {each.citation for each in told}
    return frozenset(filter(None, found))


def _problems(claim: Claim, places: Mapping[str, frozenset[Citation]]) -> Iterable[str]:
    if not claim.law and claim.held != OUT:
        yield "says neither where it is encoded nor why it is not"
    for instrument, place in claim.law:
        if not any(place.covers(each) for each in places.get(instrument, ())):
            yield f"{instrument} has nothing at {place}"
    if claim.held == TEST:
        file, _, name = claim.by[0].partition("::")
        if not (ROOT / file).is_file() or f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8"):
            yield f"there is no test {claim.by[0]}"
    if claim.held == PAIR:
        yield from _unequal(claim)


def _unequal(claim: Claim) -> Iterable[str]:
    files = [CASES / f"{name}.yaml" for name in claim.by]
    if missing := [str(file) for file in files if not file.is_file()]:
        yield f"there is no {', no '.join(missing)}"
        return
    one, other = map(_case, files)
    if all(one["expect"].get(part) == other["expect"].get(part) for part in _EXPECTED):
        yield "both cases expect the same"
    if len(turned := _turned(one, other)) > NEAR:
        yield f"no near miss: the two differ in {', '.join(turned)}"
    named = {place for case in (one, other) for place in _named(case)}
    if not any(mine.covers(place) or place.covers(mine) for _, mine in claim.law for place in named):
        yield f"neither case names {', '.join(str(place) for _, place in claim.law)}"
    if not {name for name, _ in claim.law} & {part for case in (one, other) for part in case["law"]}:
        yield "the cases are about another law"


@cache
def _case(file: Path) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)
    return loaded


def _turned(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    facts = [name for name in one["facts"] | other["facts"] if one["facts"].get(name) != other["facts"].get(name)]
    return facts + [part for part in ("on", "readings") if one.get(part) != other.get(part)]


def _named(case: Mapping[str, Any]) -> Iterable[Citation]:
    """The places that a case names: among the reasons it expects or rules out, and in its source."""
    told = [*case["expect"].get("because", ()), *case["expect"].get("not because", ()), case.get("source", "")]
    for text in told:
        for annex, point in _POINT.findall(text):
            yield parse_citation(f"{annex}({point.replace('(', ')(', 1)}" if "(" in point else f"{annex}({point})")
        for place in _PLACE.findall(re.sub(r"\bArts ", "Art. ", text)):
            yield parse_citation(place)


def table(lines: Sequence[Line]) -> list[str]:
    """What stands in the page: how many there are of each kind, then each line."""
    counted = Counter(claim.held for line in lines for claim in line.claims)
    about = (
        f"The digest of sources from which the laws of the EU were encoded has {len(lines)} lines on them. They say"
        f" {sum(counted.values())} things, put here in our own words. {counted[PAIR]} are encoded and turned by a"
        f" pair: two cases that differ in at most {NEAR} answers and come out differently. {counted[TEST]} are encoded"
        " and held by a test, since no case can expect a fine or whether a duty is met."
        f" {counted[ALONE]} are encoded without a pair, and {counted[OUT]} are not encoded, each for the reason that"
        " stands there. Places without a name before them are of the AI Act; the cases are in"
        f" `{CASES.relative_to(ROOT).as_posix()}`."
    )
    told = ["## The digest, line by line", about]
    for number, title in enumerate(SECTIONS):
        rows = [
            (line.at, claim.says, "; ".join(_place(each) for each in claim.law), claim.held, _by(claim))
            for line in lines
            if line.at.partition(".")[0] == str(number)
            for claim in line.claims
        ]
        told += [f"### {title}", "\n".join(_row(row) for row in (_HEAD, ["---"] * len(_HEAD), *rows))]
    return told


_HEAD = ("line", "what it says", "encoded in", "held by", "which, or why not")


def _place(place: tuple[str, Citation]) -> str:
    return f"{place[1]}" if place[0] == THE_ACT else f"{place[0].removeprefix('eu-ai-act-')} {place[1]}"


def _by(claim: Claim) -> str:
    if claim.held == PAIR:
        return ", ".join(f"`{name}`" for name in claim.by)
    return f"`{claim.by[0].rpartition('::')[2]}`" if claim.held == TEST else claim.by[0]


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
