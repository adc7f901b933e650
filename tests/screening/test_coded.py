"""Codes: what several cells say together, and that nothing said never becomes something."""

from __future__ import annotations

import pytest

from lagrum.model.facts import Question
from lagrum.screening.coded import (
    ASSUMED,
    INDICATED,
    JUDGED,
    NOTHING_SAID,
    STATED,
    Book,
    Meaning,
    box_of,
    meaning,
    meet,
)

PLACE, PURPOSE = Question("place"), Question("purpose", 1)
OPEN, SHUT = frozenset({0}), frozenset({1})


def test_statements_meet() -> None:
    both = meet([meaning({PLACE: OPEN | SHUT}), meaning({PLACE: SHUT, PURPOSE: SHUT})])
    assert both == meaning({PLACE: SHUT, PURPOSE: SHUT})


def test_what_rests_on_an_indication_says_so_and_keeps_what_is_firm() -> None:
    both = meet([meaning({PLACE: OPEN}), meaning({PURPOSE: SHUT}, INDICATED)])
    assert both == Meaning(((PLACE, OPEN), (PURPOSE, SHUT)), INDICATED, ((PLACE, OPEN),))


def test_an_indication_never_overturns_a_statement() -> None:
    assert meet([meaning({PLACE: SHUT}, INDICATED), meaning({PLACE: OPEN})]) == meaning({PLACE: OPEN})


def test_an_indication_that_adds_nothing_weakens_nothing() -> None:
    assert meet([meaning({PLACE: OPEN}, JUDGED), meaning({PLACE: OPEN | SHUT}, INDICATED)]).basis == JUDGED


def test_indications_at_odds_say_nothing() -> None:
    assert meet([meaning({PLACE: SHUT}, INDICATED), meaning({PLACE: OPEN}, INDICATED)]) is NOTHING_SAID


def test_statements_at_odds_are_a_contradiction_and_are_not_dropped() -> None:
    both = meet([meaning({PLACE: SHUT}), meaning({PLACE: OPEN})])
    assert both.contradicts
    assert box_of([1, 0], ["place", "purpose"], {"place": Book([both]), "purpose": Book()}) == ({}, ("place",))


@pytest.mark.parametrize(("one", "other", "weaker"), [(STATED, ASSUMED, ASSUMED), (ASSUMED, JUDGED, ASSUMED)])
def test_together_they_are_as_firm_as_the_weaker(one: str, other: str, weaker: str) -> None:
    assert meet([meaning({PLACE: OPEN}, one), meaning({PURPOSE: OPEN}, other)]).basis == weaker


def test_a_book_grows_and_keeps_its_codes() -> None:
    book = Book()
    first, second = meaning({PLACE: OPEN}), meaning({PLACE: SHUT})
    assert [book.code(first), book.code(second), book.code(first), book.code(NOTHING_SAID)] == [1, 2, 1, 0]
    assert list(book) == [NOTHING_SAID, first, second]


def test_a_pattern_is_a_box() -> None:
    books = {"place": Book([meaning({PLACE: SHUT})]), "purpose": Book([meaning({PURPOSE: SHUT})])}
    assert box_of([1, 0], list(books), books) == ({PLACE: SHUT}, ())
