"""Article 6 and Annex III of the AI Act, encoded twice by people who did not see each other's work: what still differs.

How each difference was settled is told in docs/decisions/0006-two-encodings-of-article-6-and-annex-iii.md.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from lagrum.analysis.compare import Comparison, Relation, Subject, Yardstick, compare
from lagrum.language import parse_given
from lagrum.library import Library, open_library
from lagrum.model.cases import box_of
from lagrum.model.citations import parse_citation

REPOSITORY = Path(__file__).parents[2]
FIRST, SECOND = "eu-ai-act", "second-ai-act-high-risk"
DAY = date(2028, 9, 1)
BESIDE = (
    # Articles 2 and 111, which the second encoding leaves out
    "territory={exactly: [supplied within the Union, operator within the Union, output used within the Union]}",
    "actor=private company",
    "jurisdiction=Sweden",
    "purpose={including: other purpose}",
    "outside Union law=no",
    "development activity=no",
    "developed for research alone=no",
    "free and open-source=no",
    "personal activity=no",
    "first supplied=from 2028-08-02",
    "part of a large-scale system=no",
)
NO_PRODUCT = "third-party assessment=no"  # Art. 2(2)
PASSED_ON = ("role={exactly: distributor}", "act={exactly: make available}")  # which Article 5 never forbids
SUPPLIED = ("role={exactly: provider}", "act={exactly: place on the market}")
LISTED = "task={including: insurance pricing}"

RECITALS_TOO = {f"{SECOND}:recital exceptions": "recitals too"}
AS_THE_FIRST = {**RECITALS_TOO, f"{SECOND}:infrastructure component test": "narrower recital"}

POINTS = (
    *("1(a)", "1(b)", "1(c)", "2", "3(a)", "3(b)", "3(c)", "3(d)", "4(a)", "4(b)", "5(a)", "5(b)", "5(c)", "5(d)"),
    *("6(a)", "6(b)", "6(c)", "6(d)", "6(e)", "7(a)", "7(b)", "7(c)", "7(d)", "8(a)", "8(b)"),
)


@cache
def library() -> Library:
    return open_library([REPOSITORY / "laws", REPOSITORY / "tests" / "laws" / "second"], built_in=False)


def compared(citation: str, *given: str, readings: dict[str, str] | None = None) -> Comparison:
    """The first and the second encoding by the rules at a citation, where nothing beside it decides."""
    first, second = library().laws((FIRST, SECOND), readings or {}, DAY, attached=False)
    facts = {**second.facts, **first.facts}
    box = box_of(tuple(parse_given(text, facts) for text in (*BESIDE, *given)))
    by = Yardstick(citation=parse_citation(citation))
    return compare(Subject(first, DAY, True, by), Subject(second, DAY, True, by), given=box)


def point(name: str) -> str:
    number, step = name[0], name[1:]
    return f"Annex III({number}){step}"


@pytest.mark.parametrize("name", POINTS)
def test_each_point_lists_the_same_where_both_follow_the_recitals(name: str) -> None:
    found = compared(point(name), NO_PRODUCT, *PASSED_ON, readings=AS_THE_FIRST)
    assert (found.relation, found.method) == (Relation.EQUIVALENT, "exact"), str(found)
    assert found.counts is not None and found.counts.both > 0


def test_products_are_the_same() -> None:
    found = compared("Art. 6(1)", *SUPPLIED)
    assert found.relation is Relation.EQUIVALENT
    assert found.counts is not None and found.counts.both > 0


def test_who_holds_a_listed_system_harmless_owes_the_same() -> None:
    assert compared("Art. 6(4)", NO_PRODUCT, *SUPPLIED, LISTED).relation is Relation.EQUIVALENT


@pytest.mark.parametrize(
    ("name", "readings", "turns_on"),
    [
        ("1(a)", {}, "security alone"),
        ("2", RECITALS_TOO, "not failure endangers people"),
        ("5(b)", {}, "score use has capital requirements"),
    ],
)
def test_by_default_the_second_follows_no_recital_that_takes_systems_out(
    name: str, readings: dict[str, str], turns_on: str
) -> None:
    found = compared(point(name), NO_PRODUCT, *PASSED_ON, readings=readings)
    assert found.relation is Relation.LOOSER
    assert {turns_on} <= {fact for witness in found.witnesses_b for fact in witness.facts}


def test_only_the_first_counts_a_use_that_article_5_forbids_as_not_permitted() -> None:
    found = compared(point("1(c)"), NO_PRODUCT, *SUPPLIED, readings=AS_THE_FIRST)
    assert found.relation is Relation.LOOSER
    readings = {
        **AS_THE_FIRST,
        f"{FIRST}:so far as permitted": "listed all the same",
        f"{SECOND}:permission test": "mere reminder",
    }
    assert compared(point("1(c)"), NO_PRODUCT, *SUPPLIED, readings=readings).relation is Relation.EQUIVALENT


def test_only_the_first_asks_whether_a_system_held_harmless_is_listed() -> None:
    found = compared("Art. 6(4)", NO_PRODUCT, *SUPPLIED, "task=none", "practice={exactly: decision support}")
    assert found.relation is Relation.LOOSER
    assert found.counts is not None and found.counts.both == 0


READINGS = {
    "the user is enough": (
        ("6(b)", "7(b)"),
        {f"{FIRST}:area of use": "user suffices", f"{SECOND}:area test": "named user"},
    ),
    "learning at institutions": (
        ("3(b)",),
        {f"{FIRST}:place of learning": "at institutions", f"{SECOND}:outcome test": "at institutions"},
    ),
    "one to one is no recognition": (
        ("7(d)",),
        {f"{FIRST}:one-to-one checks": "only verify them", f"{SECOND}:recognition test": "own term"},
    ),
    "the risk counts as well": (
        ("4(a)",),
        {f"{FIRST}:four conditions": "risk counts too", f"{SECOND}:derogation test": "both must be there"},
    ),
}


@pytest.mark.parametrize(("names", "readings"), READINGS.values(), ids=READINGS.keys())
def test_where_both_have_a_reading_they_read_alike(names: tuple[str, ...], readings: dict[str, str]) -> None:
    for name in names:
        usual = compared(point(name), NO_PRODUCT, *PASSED_ON, readings=AS_THE_FIRST)
        read = compared(point(name), NO_PRODUCT, *PASSED_ON, readings={**AS_THE_FIRST, **readings})
        assert read.relation is Relation.EQUIVALENT, str(read)
        assert read.counts != usual.counts  # else the reading would say nothing


def test_a_difference_would_be_found() -> None:
    """The same comparison with a reading chosen on one side only."""
    found = compared(point("7(d)"), NO_PRODUCT, *PASSED_ON, readings={**AS_THE_FIRST, "holders of documents": "listed"})
    assert found.relation is Relation.STRICTER
    assert any("task has travel documents" in witness.facts for witness in found.witnesses_a)
