"""Changes and timelines, held against going through every case of random laws on every day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lagrum.analysis.changes import changes
from lagrum.analysis.changes.search import _Change
from lagrum.model.cases import Case, Complete, Given
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.reasoning.timeline import timeline
from lagrum.semantics.days import days_of
from lagrum.semantics.estimate import as_case
from lagrum.semantics.order import question_order, relevant_questions
from lagrum.semantics.reference import Reference, possible
from tests.analysis.conftest import Town
from tests.strategies.laws import FUTURE, PAST, assignments, laws

SINCE, UNTIL = date(2020, 1, 1), date(2030, 1, 1)
YEARS = [date(year, 6, 1) for year in range(2023, 2030)]


def possible_cases(law: Law) -> list[Complete]:
    relevant = set(relevant_questions([law]))
    order = [(q, size) for q, size in question_order(law) if q in relevant]
    return [case for answers in assignments(order) if possible(law, case := as_case(answers))]


def turned(law: Law, day: date, cases: list[Complete]) -> dict[tuple[Ruling, Ruling], int]:
    before, after = Reference(law, day - timedelta(days=1)), Reference(law, day)
    seen = Counter((before.ruling(case), after.ruling(case)) for case in cases)
    return {turn: count for turn, count in seen.items() if turn[0] is not turn[1]}


def told(law: Law, case: object) -> Complete:
    assert isinstance(case, dict)
    found: dict[str, int | frozenset[int]] = {}
    for name, said in case.items():
        fact = law.facts[name]
        found[name] = fact.index(said) if isinstance(said, str) else frozenset(map(fact.index, said))
    return found


@settings(max_examples=40, deadline=None)
@given(laws())
def test_every_turn_of_every_day_is_counted(law: Law) -> None:
    cases = possible_cases(law)
    try:
        found = changes(law, SINCE, UNTIL)
    except InvalidInput:
        assert not cases
        return
    by_day = {day.day: day for day in found}
    for day in days_of(law):
        expected = turned(law, day, cases)
        turns = by_day[day].turns if day in by_day else ()
        assert {(t.before, t.after): t.count for t in turns} == expected
        for turn in turns:
            case = told(law, turn.case)
            assert possible(law, case)
            assert Reference(law, day - timedelta(days=1)).ruling(case) is turn.before
            assert Reference(law, day).ruling(case) is turn.after


@settings(max_examples=30, deadline=None)
@given(laws())
def test_past_the_budget_every_turn_is_told_with_a_real_case(law: Law) -> None:
    cases = possible_cases(law)
    for day in days_of(law) if cases else ():
        change = _Change(law, day, {}, 100_000)
        turns = change.estimated(change.nearest(), change.sample())
        assert {(turn.before, turn.after) for turn in turns} == set(turned(law, day, cases))
        for turn in turns:
            assert turn.count is None and turn.share is not None
            case = told(law, turn.case)
            assert Reference(law, day - timedelta(days=1)).ruling(case) is turn.before
            assert Reference(law, day).ruling(case) is turn.after


def test_norms_that_begin_end_and_are_reworded(town: Town) -> None:
    law = town(
        (
            'classify Art. 7 "watching" as grave\n',
            'classify Art. 7 "watching" as grave\n  from 2021-01-01\n  until 2022-01-01\n',
        )
    ).law("town")
    found = changes(law, date(2020, 12, 1), date(2022, 1, 1))
    assert [(d.day, [(m.citation, m.does, m.partly) for m in d.moved]) for d in found] == [
        (date(2021, 1, 1), [("Art. 7", "begins", False)]),
        (date(2022, 1, 1), [("Art. 7", "ends", False)]),
    ]
    first, second = (Counter({(t.before, t.after): t.count for t in d.turns}) for d in found)
    assert first == {(Ruling.UNREGULATED, Ruling.REGULATED): first[Ruling.UNREGULATED, Ruling.REGULATED]}
    assert second == {(after, before): count for (before, after), count in first.items()}


@settings(max_examples=40, deadline=None)
@given(laws(), st.data())
def test_a_timeline_says_of_every_day_what_the_day_says(law: Law, data: st.DataObject) -> None:
    cases = possible_cases(law)
    if not cases:
        return
    chosen = data.draw(st.sampled_from(cases))
    found = timeline(law, _case(law, chosen))
    assert found.stretches[0].since is None and found.stretches[-1].until is None
    for earlier, later in zip(found.stretches, found.stretches[1:], strict=False):
        assert earlier.until == later.since
        assert (earlier.possible, earlier.attached) != (later.possible, later.attached)
        assert set(later.attached) == set(earlier.attached) - set(later.ends) | set(later.begins)
    for day in [PAST - timedelta(days=1), PAST, FUTURE, *YEARS]:
        (stretch,) = [s for s in found if s.holds(day)]
        reference = Reference(law, day)
        assert stretch.ruling is reference.ruling(chosen)
        for each in stretch.attached:
            keys = [k for k, n in law.norms.items() if str(n.citation) == each.citation]
            assert any(reference.applies(key, chosen) for key in keys)


def _case(law: Law, chosen: Complete) -> Case:
    given: dict[str, Given] = {}
    for name, answer in chosen.items():
        relevant = [q for q in relevant_questions([law]) if q.fact == name]
        if isinstance(answer, frozenset):
            open_ = tuple((q, frozenset([int(q.member in answer)])) for q in relevant)
        else:
            open_ = tuple((q, frozenset([answer])) for q in relevant)
        given[name] = Given(name, open_, "as drawn")
    return Case("a case", given)
