"""Every way of ruling on rows agrees with the plain reading of every completion of them, on random laws and rows."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagrum.model.facts import Question, questions_of
from lagrum.model.law import Law
from lagrum.reasoning.bench import bench_of
from lagrum.reasoning.standing import Standing, deciding
from lagrum.screening.coded import ASSUMED, INDICATED, STATED, Book, Books, meaning
from lagrum.screening.columnar import Columns
from lagrum.screening.patterns import Outcome, Pattern, Patterns
from lagrum.screening.ruling import MOST_MISSING
from tests.reasoning.brute import Brute
from tests.strategies.laws import ON, laws

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
BASES = (STATED, STATED, STATED, ASSUMED, INDICATED)


@st.composite
def registers(draw: st.DrawFn) -> tuple[Law, Books, list[Pattern]]:
    """A law, the books of some of its facts, and rows in codes."""
    law = draw(laws())
    sizes = bench_of(law).sizes
    names = list(dict.fromkeys(question.fact for question in sizes))
    chosen = [name for name in names if draw(st.integers(0, 3))]
    books: dict[str, Book] = {}
    for name in chosen:
        book = books[name] = Book()
        for _ in range(draw(st.integers(1, 3))):
            box = {
                q: draw(st.frozensets(st.integers(0, sizes[q] - 1), min_size=1))
                for q in questions_of(law.facts[name])
                if draw(st.booleans())
            }
            if box:
                book.code(meaning(box, draw(st.sampled_from(BASES))))
    row = st.tuples(*(st.integers(0, len(books[name]) - 1) for name in chosen))
    return law, books, draw(st.lists(row, min_size=1, max_size=12))


def columns_of(books: Books, rows: list[Pattern]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.uint16]]]:
    return {name: np.array([row[i] for row in rows], dtype=np.uint16) for i, name in enumerate(books)}


def missing_by_brute(
    brute: Brute, box: dict[Question, frozenset[int]], order: list[Question]
) -> list[tuple[object, ...]]:
    """The definition in `lagrum.screening.ruling`, read off every completion."""
    sizes = dict(brute.order)
    whole = brute.possible(box)
    if len(whole) < 2:
        return []
    left = {
        q: {a: len(brute.possible({**box, q: frozenset([a])})) for a in sorted(box.get(q, range(sizes[q])))}
        for q in order
        if len(box.get(q, range(sizes[q]))) > 1
    }
    aim = min((n for counts in left.values() for n in counts.values() if n), default=len(whole))
    if aim == len(whole):
        return []
    told: dict[str, tuple[Fraction, list[tuple[Question, int]]]] = {}
    for q, counts in left.items():
        reaching = [(q, a) for a, n in counts.items() if n == aim]
        if reaching:
            share, answers = told.get(q.fact, (Fraction(0), []))
            told[q.fact] = (
                max(share, Fraction(len(reaching), sum(n > 0 for n in counts.values()))),
                [*answers, *reaching],
            )
    best = sorted(told, key=lambda fact: -told[fact][0])[:MOST_MISSING]
    return [(fact, tuple(sorted(told[fact][1])), aim) for fact in best]


@SLOW
@given(registers())
def test_patterns_and_columns_agree_with_every_completion(made: tuple[Law, Books, list[Pattern]]) -> None:
    law, books, rows = made
    brute, bench = Brute(law), bench_of(law)
    exact = Patterns(law, list(books), books, {})
    by_brute: list[Outcome] = []
    for row in rows:
        outcome = exact.outcome(row, ON)
        by_brute.append(outcome)
        box = {q: a for i, name in enumerate(books) for q, a in books[name][row[i]].open}
        assert outcome.possible == brute.possible({q: a for q, a in box.items() if q in dict(brute.order)})
        # Where the vocabularies let nothing be at all, no fact of the row is at fault.
        assert bool(outcome.contradiction) == (not outcome.possible and bool(brute.rulings))
        asked = [q for q in bench.over if q in dict(brute.order)]
        told = [(each.fact, each.answers, each.leaves) for each in outcome.missing]
        assert told == missing_by_brute(brute, {q: a for q, a in box.items() if q in asked}, asked)
        if outcome.possible:
            here = bench.here(ON, box)
            norms = deciding(Standing(here), outcome.possible)
            assert outcome.because == tuple(dict.fromkeys(norm.citation for _, norm in norms))
    for detail in (True, False):
        # New objects, so that nothing one way found out is lent to the other.
        columns = Columns(Patterns(law, list(books), books, {}, detail))
        codes = columns_of(books, rows)
        alone = Columns(Patterns(law, list(books), books, {}, detail))
        left = [columns.outcomes[place] for place in columns.by_column(codes, len(rows), ON)]
        right = [alone.outcomes[place] for place in alone.by_pattern(codes, len(rows), ON)]
        assert left == right
        if detail:
            assert left == by_brute
        else:
            assert [each.possible for each in left] == [each.possible for each in by_brute]
            assert [each.provenance for each in left] == [each.provenance for each in by_brute]
