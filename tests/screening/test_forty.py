"""Forty rows of real registers, chosen and judged by hand: twenty that work on bodies and voices, twenty traps.

`labels/forty.csv` says for each what must be indicated, what must not, and what follows from it under the AI Act, as if
it were used in the Union, *if the row does nothing but what its words carry*: whether a prohibition may apply on either
day, and whether remote identification may be high-risk once that applies. What follows was written before the first
run; docs/reference/indicators.md tells what changed after it.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from bench.indicators import FILES

from lagrum.library import open_library
from lagrum.model.cases import Box
from lagrum.model.facts import Fact, Question, questions_of
from lagrum.reasoning.attaching import PROHIBITED
from lagrum.reasoning.bench import bench_of
from lagrum.screening.coded import INDICATED, ROW, Coded, box_of
from lagrum.screening.indicators import hinted, indicate
from lagrum.screening.reading import open_reading
from lagrum.screening.ruling import Judge

FORTY = Path(__file__).parent / "labels" / "forty.csv"
BEFORE, AFTER = date(2026, 11, 22), date(2027, 12, 2)
REMOTE = "Annex III(1)(a)"
CLOSED = {"practice": (), "task": (), "act": ("use",), "content": (), "inferred attribute": (), "inferred state": ()}
"""Facts of which the test assumes that nothing holds but what is said and these."""
NOT_SO = ("safety component", "personal activity", "intimate depiction", "child abuse material")
"""Facts that are taken to be answered with no."""


def rows() -> list[dict[str, str]]:
    with FORTY.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parts(written: str) -> set[str]:
    return {part.strip() for part in written.split(";") if part.strip()}


Screened = dict[tuple[str, int], tuple[Box, set[str], set[str]]]
"""For each row of the list its box, what is indicated, and the bases of what it says of `practice` and features."""


@pytest.fixture(scope="module")
def facts() -> dict[str, Fact]:
    return dict(open_library().pack.facts)


@pytest.fixture(scope="module")
def screened(shared: Path, facts: dict[str, Fact]) -> Screened:
    wanted = {(row["register"], int(row["row"])) for row in rows()}
    found: Screened = {}
    for name, file in FILES.items():
        reading = open_reading(shared / "data" / file, facts, indicate=indicate, hinted=hinted())
        for batch in reading.batches():
            for row in batch.frame.iter_rows(named=True):
                if (name, row[ROW]) in wanted:
                    found[name, row[ROW]] = one(batch, row)
    return found


def one(batch: Coded, row: dict[str, int]) -> tuple[Box, set[str], set[str]]:
    names = batch.facts
    box, broken = box_of([row[name] for name in names], names, batch.books)
    assert not broken
    said = {
        f"{each.fact}={answer}"
        for each in batch.evidence
        if each.row == row[ROW] and each.indicator != "the column"
        for answer in each.answers
    }
    bases = {batch.books[name][row[name]].basis for name in ("biometric features", "biometric trait") if row[name]}
    return box, said, bases


def test_there_are_twenty_of_each() -> None:
    kinds = [row["kind"] for row in rows()]
    assert kinds.count("biometric") == kinds.count("trap") == 20


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['register']}-{row['row']}")
def test_indications(row: dict[str, str], screened: Screened) -> None:
    _, said, bases = screened[row["register"], int(row["row"])]
    assert {each for each in parts(row["indicated"]) if each.split("=")[0] in hinted()} <= said
    assert not parts(row["never"]) & said
    assert ("biometric features=yes" in said) == (row["flagged"] == "yes")
    assert bases <= {INDICATED}


def closed(box: Box, facts: dict[str, Fact], flagged: bool) -> dict[Question, frozenset[int]]:
    """The box if the row does nothing but what it says, in the Union, with no product law in play."""
    made = dict(box)
    for name, held in CLOSED.items():
        for question in questions_of(facts[name]):
            assert question.member is not None
            here = facts[name].answers[question.member].name in held
            made.setdefault(question, frozenset({int(here)}))
    for question in questions_of(facts["territory"]):
        made[question] = frozenset({1})
    made[Question("biometric features")] = frozenset({int(flagged)})
    for name in NOT_SO:
        made[Question(name)] = frozenset({0})
    return made


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['register']}-{row['row']}")
def test_what_follows_if_the_row_does_nothing_else(
    row: dict[str, str], screened: Screened, facts: dict[str, Fact]
) -> None:
    judge = Judge(bench_of(open_library().law("eu-ai-act")))
    box = closed(screened[row["register"], int(row["row"])][0], facts, row["flagged"] == "yes")
    for day in (BEFORE, AFTER):
        ruled = judge.rule(box, day, tell_missing=False)
        assert ruled.possible
        prohibited = any(each.tier == PROHIBITED for each in ruled.tiers)
        remote = any(each.citation == REMOTE for each in ruled.tiers)
        assert prohibited == (row["prohibition possible"] == "yes"), (day, ruled)
        assert remote == (day == AFTER and row["Annex III(1)(a) possible on 2027-12-02"] == "yes"), (day, ruled)
