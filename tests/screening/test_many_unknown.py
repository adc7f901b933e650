"""Rulings read off diagrams, learned from the solver, and found pattern by pattern: the same for every row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagrum.library import open_library
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.reasoning.bench import bench_of
from lagrum.screening import columnar, regions
from lagrum.screening.bits import Codes
from lagrum.screening.coded import Book, Books, meaning
from lagrum.screening.columnar import Columns
from lagrum.screening.patterns import Pattern, Patterns
from tests.screening.register_made import DAYS
from tests.screening.test_agreement import SLOW, columns_of, registers
from tests.strategies.laws import ON


@dataclass
class Way:
    """How rows that three-valued logic leaves open are settled."""

    name: str
    few: int
    mostly: float
    many: int
    budget: int

    def set_up(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(columnar, "FEW", self.few)
        patch.setattr(columnar, "MOSTLY", self.mostly)
        patch.setattr(columnar, "MANY", self.many)
        patch.setattr(regions, "BUDGET", self.budget)


READ_OFF = Way("read off", few=-1, mostly=1.1, many=10**9, budget=400_000)
IN_BETTER_ORDER = Way("read off in a better order, no logic first", few=-1, mostly=-0.1, many=-1, budget=400_000)
LEARNED = Way("learned", few=-1, mostly=1.1, many=10**9, budget=2)


@SLOW
@given(registers(), st.sampled_from([READ_OFF, IN_BETTER_ORDER, LEARNED]))
def test_every_way_agrees_with_patterns(
    made: tuple[Law, Books, list[Pattern], dict[Question, frozenset[int]]], way: Way
) -> None:
    law, books, rows, assumed = made
    codes = columns_of(books, rows)
    with pytest.MonkeyPatch.context() as patch:
        way.set_up(patch)
        columns = Columns(Patterns(law, list(books), books, assumed, detail=False))
        for _ in range(2):  # the second time with what the first has shown
            places = columns.by_column(codes, len(rows), ON)
    alone = Columns(Patterns(law, list(books), books, assumed, detail=False))
    expected = [alone.outcomes[place] for place in alone.by_pattern(codes, len(rows), ON)]
    assert [columns.outcomes[place] for place in places] == expected


def hidden(law: Law, rows: int, facts: int) -> tuple[dict[str, Book], dict[str, Codes]]:
    """Rows of a real law, a third of the answers unknown."""
    bench, random = bench_of(law), np.random.default_rng(5)
    books: dict[str, Book] = {}
    columns: dict[str, Codes] = {}
    for question in [q for q in bench.over if q.member is None][:facts]:
        books[question.fact] = Book(meaning({question: frozenset([a])}) for a in range(bench.sizes[question]))
        codes = random.integers(1, len(books[question.fact]), rows, dtype=np.uint16)
        columns[question.fact] = np.where(random.random(rows) < 0.33, 0, codes).astype(np.uint16)
    return books, columns


@pytest.mark.parametrize("way", [READ_OFF, IN_BETTER_ORDER, LEARNED], ids=lambda way: way.name)
def test_many_rows_of_a_real_law(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    law = open_library().law("eu-ai-act-2021-proposal")
    books, codes = hidden(law, 6_000, 30)
    way.set_up(monkeypatch)
    columns = Columns(Patterns(law, list(books), books, {}, detail=False))
    for day in (DAYS[1], DAYS[1]):
        places = columns.by_column(codes, 6_000, day)
    assert (columns.learned > 0) == (way is LEARNED)
    assert (columns.read_off > 0) == (way is not LEARNED)
    assert columns.through_patterns == 0
    some = slice(2_000, 2_200)
    alone = Columns(Patterns(law, list(books), books, {}, detail=False))
    expected = alone.by_pattern({fact: column[some] for fact, column in codes.items()}, 200, DAYS[1])
    found = [columns.outcomes[place].possible for place in places[some]]
    assert found == [alone.outcomes[place].possible for place in expected]
    assert len(set(found)) > 3
