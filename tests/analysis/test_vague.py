"""What hangs on judgements: worked out by hand on the small pack, and held against every case of random laws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lagrum.analysis.vague import vague
from lagrum.analysis.vague.result import Measure
from lagrum.analysis.vague.subject import Subject
from lagrum.model.cases import Box
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.semantics.days import days_around
from lagrum.semantics.estimate import as_case
from lagrum.semantics.order import question_order
from lagrum.semantics.reference import Reference, possible
from tests.strategies.laws import ON, assignments, boxes, laws, vocabularies

Answers = dict[Question, int]


@st.composite
def judging(draw: st.DrawFn) -> tuple[Law, Law]:
    """A law and a position over one vocabulary, some of whose facts are judgements."""
    plain = draw(vocabularies("words"))
    facts = tuple(replace(fact, judgement=draw(st.booleans())) for fact in plain.facts)
    vocabulary = replace(plain, facts=facts)
    return draw(laws(vocabulary=vocabulary)), draw(laws(names=("gamma",), vocabulary=vocabulary))


class Brute:
    """Every case of a law, ruled on one by one by the plain reading."""

    def __init__(self, law: Law, position: Law | None, box: Box) -> None:
        self.law, self.both = law, (law, *([position] if position else []))
        self.cases = [
            answers
            for answers in assignments(question_order(*self.both))
            if all(answers[q] in box[q] for q in box if q in answers)
            and all(possible(each, as_case(answers)) for each in self.both)
        ]
        self.on = self._day(law, box)
        self.rulings = {_key(a): Reference(law, self.on).ruling(as_case(a)) for a in self.cases}
        forbids = Reference(position, self._day(position, box)) if position is not None else None
        self.counted = [
            a
            for a in self.cases
            if self.rulings[_key(a)] is not Ruling.OUTSIDE
            and (forbids is None or forbids.ruling(as_case(a)) is Ruling.FORBIDDEN)
        ]

    def _day(self, law: Law, box: Box) -> date:
        for day in days_around(law, ON):
            reference = Reference(law, day)
            for a in assignments(question_order(law)):
                if all(a[q] in box[q] for q in box if q in a):
                    if any(reference.in_force(i.id) and reference.in_scope(i.id, as_case(a)) for i in law.instruments):
                        return day
        return ON

    def anew(self, answers: Answers, facts: set[str]) -> Iterator[Answers]:
        """The possible cases that differ in these facts at most."""
        return (a for a in self.cases if all(a[q] == answers[q] for q in a if q.fact not in facts))

    def hangs(self, answers: Answers, facts: set[str], left_out: frozenset[Ruling] = frozenset()) -> bool:
        return len({self.rulings[_key(a)] for a in self.anew(answers, facts)} - left_out) > 1


def _key(answers: Answers) -> tuple[tuple[Question, int], ...]:
    return tuple(sorted(answers.items()))


def _judgements(law: Law, position: Law | None = None) -> set[str]:
    """The judgements that the law asks and that bear on a ruling."""
    subject = Subject(law, ON, {}, position, ON if position else None)
    return set(subject.switched())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_share_is_that_of_all_cases_gone_through(data: st.DataObject) -> None:
    law, letter = data.draw(judging())
    position = letter if data.draw(st.booleans()) else None
    laws_read = (law, *([position] if position else []))
    box = data.draw(boxes(question_order(*laws_read))) if data.draw(st.booleans()) else {}
    brute = Brute(law, position, box)
    if not brute.counted:
        with_nothing = _raises(law, position, box)
        assert with_nothing
        return
    found = vague(law, ON, position, box)
    judged = _judgements(law, position)
    assert found.method == "exact" and found.cases == len(brute.counted)
    assert found.anything.cases == sum(brute.hangs(a, judged) for a in brute.counted)
    inside = sum(brute.hangs(a, judged, frozenset([Ruling.OUTSIDE])) for a in brute.counted)
    assert found.inside.cases == inside
    for each in found:
        fact = {each.fact} & judged
        alone = [a for a in brute.counted if brute.hangs(a, fact)]
        company = [a for a in brute.counted if any(b in alone for b in brute.anew(a, judged))]
        assert (each.alone.cases, each.company.cases) == (len(alone), len(company)), each.fact
        assert (each.witness is not None) == bool(alone)
        if each.witness is not None:
            assert each.witness.ruling_before is not each.witness.ruling_after
            assert each.witness.before != each.witness.after


@settings(max_examples=25, deadline=None)
@given(judging())
def test_an_estimate_covers_what_is_counted(pair: tuple[Law, Law]) -> None:
    """Past the budget the shares are a sample's; Wilson's interval at 95 %, widened fourfold, never misses here."""
    law, _ = pair
    brute = Brute(law, None, {})
    assume(brute.counted)
    exact, guessed = vague(law, ON), vague(law, ON, budget=3, samples=400)
    assert guessed.cases is None
    assert [each.fact for each in guessed if each.witness] == [e.fact for e in guessed if e.alone.method == "estimate"]
    assert _covers(guessed.anything, exact.anything) and _covers(guessed.inside, exact.inside)
    by_name = {each.fact: each for each in exact}
    for each in guessed:
        assert (each.witness is None) == (by_name[each.fact].witness is None)
        assert _covers(each.alone, by_name[each.fact].alone), each.fact
        assert _covers(each.company, by_name[each.fact].company), each.fact


def _covers(guessed: Measure, exact: Measure) -> bool:
    reach = 3 * (guessed.high - guessed.low)
    return guessed.low - reach <= exact.share <= guessed.high + reach


def _raises(law: Law, position: Law | None, box: Box) -> bool:
    try:
        vague(law, ON, position, box)
    except InvalidInput:
        return True
    return False
