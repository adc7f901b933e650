"""Every way of ruling on rows agrees with the plain reading of every completion of them, on random laws and rows."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagrum.model.facts import Question, questions_of
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.reasoning.bench import bench_of
from lagrum.reasoning.standing import Standing, deciding
from lagrum.screening.coded import ASSUMED, FIRMNESS, INDICATED, STATED, Book, Books, meaning
from lagrum.screening.columnar import Columns
from lagrum.screening.patterns import Outcome, Pattern, Patterns
from lagrum.screening.ruling import MOST_MISSING
from tests.reasoning.brute import Brute
from tests.strategies.laws import ON, laws

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
BASES = (STATED, STATED, STATED, ASSUMED, INDICATED)


@st.composite
def registers(draw: st.DrawFn) -> tuple[Law, Books, list[Pattern], dict[Question, frozenset[int]]]:
    """A law, the books of some of its facts, rows in codes, and what is given for all rows."""
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
    given = {
        question: draw(st.frozensets(st.integers(0, sizes[question] - 1), min_size=1))
        for question in sizes
        if draw(st.integers(0, 4)) == 0
    }
    return law, books, draw(st.lists(row, min_size=1, max_size=12)), given


def columns_of(books: Books, rows: list[Pattern]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.uint16]]]:
    return {name: np.array([row[i] for row in rows], dtype=np.uint16) for i, name in enumerate(books)}


def met(
    books: Books, row: Pattern, assumed: dict[Question, frozenset[int]], bases: Sequence[str]
) -> tuple[dict[Question, frozenset[int]], list[str]]:
    """What a row says on these bases with what is given, and the facts on which the two are at odds."""
    box, against = dict(assumed), list[str]()
    for i, name in enumerate(books):
        said = books[name][row[i]]
        if any(not a & assumed.get(q, a) for q, a in said.open):
            against.append(name)
        elif said.basis in bases:
            box.update({q: a & assumed.get(q, a) for q, a in said.open})
    return box, against


def rulings_of(brute: Brute, box: dict[Question, frozenset[int]], known: dict[Question, int]) -> tuple[Ruling, ...]:
    return brute.possible({q: a for q, a in box.items() if q in known})


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
def test_patterns_and_columns_agree_with_every_completion(
    made: tuple[Law, Books, list[Pattern], dict[Question, frozenset[int]]],
) -> None:
    law, books, rows, assumed = made
    brute, bench = Brute(law), bench_of(law)
    exact = Patterns(law, list(books), books, assumed)
    by_brute: list[Outcome] = []
    for row in rows:
        outcome = exact.outcome(row, ON)
        by_brute.append(outcome)
        box, against = met(books, row, assumed, FIRMNESS)
        assert outcome.possible == brute.possible({q: a for q, a in box.items() if q in dict(brute.order)})
        # Where the vocabularies let nothing be at all, no fact of the row is at fault.
        assert bool(outcome.contradiction) == (bool(against) or (not outcome.possible and bool(brute.rulings)))
        assert set(against) <= set(outcome.contradiction)
        known = dict(brute.order)
        levels = [met(books, row, assumed, FIRMNESS[: i + 1])[0] for i in range(len(FIRMNESS))]
        firm = (b for b, m in zip(FIRMNESS, levels, strict=True) if rulings_of(brute, m, known) == outcome.possible)
        assert outcome.provenance == next(firm)
        asked = [q for q in bench.over if q in dict(brute.order)]
        told = [(each.fact, each.answers, each.leaves) for each in outcome.missing]
        assert told == missing_by_brute(brute, {q: a for q, a in box.items() if q in asked}, asked)
        if outcome.possible:
            here = bench.here(ON, box)
            norms = deciding(Standing(here), outcome.possible)
            assert outcome.because == tuple(dict.fromkeys(norm.citation for _, norm in norms))
    for detail in (True, False):
        # New objects, so that nothing one way found out is lent to the other.
        columns = Columns(Patterns(law, list(books), books, assumed, detail))
        codes = columns_of(books, rows)
        alone = Columns(Patterns(law, list(books), books, assumed, detail))
        left = [columns.outcomes[place] for place in columns.by_column(codes, len(rows), ON)]
        right = [alone.outcomes[place] for place in alone.by_pattern(codes, len(rows), ON)]
        assert left == right
        if detail:
            assert left == by_brute
        else:
            assert [each.possible for each in left] == [each.possible for each in by_brute]
            assert [each.provenance for each in left] == [each.provenance for each in by_brute]
