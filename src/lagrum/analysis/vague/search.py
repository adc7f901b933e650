"""The measure of vagueness: what switching judgements does to the rulings of a law.

Whether a judgement can switch a ruling at all, and in which case, a solver says. Over how many cases it does is counted
in diagrams; what these cannot hold is a share of a sample, and says so, number by number.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from lagrum.analysis.nothing import nothing_possible
from lagrum.analysis.vague.counting import Counting
from lagrum.analysis.vague.result import Judged, Measure, Vague
from lagrum.analysis.vague.sampling import SAMPLES, Sampling
from lagrum.analysis.vague.subject import Subject, reach_of
from lagrum.analysis.vague.telling import Telling
from lagrum.analysis.vague.twins import Twins
from lagrum.model.cases import Box
from lagrum.model.diagnostics import BudgetExceeded, Diagnostic, InvalidInput
from lagrum.model.facts import Fact, Question
from lagrum.model.law import Law
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.clauses import Clauses
from lagrum.semantics.compile import Compiled
from lagrum.semantics.days import days_around
from lagrum.semantics.logic import FALSE, TRUE, Node
from lagrum.semantics.order import asked_questions

BUDGET = 8_000_000


def vague(
    law: Law,
    on: date,
    against: Law | None = None,
    given: Box | None = None,
    *,
    budget: int = BUDGET,
    samples: int = SAMPLES,
) -> Vague:
    """How much of what a law rules hangs on each judgement, and on any, over the cases that the law governs.

    The law is taken on the nearest day on which it reaches any case. With `against` only the cases that this position
    forbids count. `given` fixes facts. Past `budget` diagram nodes shares are those of a sample. Raises `InvalidInput`
    where there is no case to count. Method: docs/reference/vague.md.
    """
    box = dict(given or {})
    return _Search(_subject(law, on, against, box), budget, samples).result()


class _Search:
    def __init__(self, subject: Subject, budget: int, samples: int) -> None:
        self.subject, self.budget, self.samples = subject, budget, samples
        self.twins = Twins(subject)
        if not self.twins.can(self.twins.built.possible):
            raise InvalidInput([nothing_possible(subject.laws, subject.given)])
        if not self.twins.can(self.twins.built.counted):
            raise InvalidInput([_nothing(subject)])
        self.switched = subject.switched()
        self.telling = Telling(subject)

    def result(self) -> Vague:
        subject, judged = self.subject, self.twins.judged
        found = [self._judged(fact, where) for fact, where in subject.judgements()]
        anything = self._measures(judged, self.twins.turned(judged))[0]
        inside = self._inside()
        return Vague(
            law=subject.law.id,
            against=subject.position.id if subject.position else "",
            on=subject.on.isoformat(),
            cases=self._cases(),
            anything=anything,
            inside=inside,
            judged=tuple(sorted(found, key=lambda each: (-each.alone.share, -each.company.share, not each.witness))),
        )

    def _judged(self, fact: Fact, where: tuple[str, ...]) -> Judged:
        questions = self.switched.get(fact.name, ())
        turned = self.twins.turned(questions)
        switch = self.twins.nearest(turned, self.telling.usual, questions)
        alone, company = self._measures(questions, turned) if switch is not None else (NONE, NONE)
        return Judged(
            fact=fact.name,
            question=fact.question,
            asked_at=where,
            decided_by=fact.decided_by.value if fact.decided_by else "",
            vouched_by=fact.vouched_by.value if fact.vouched_by else "",
            alone=alone,
            company=company,
            witness=self.telling.witness(fact, switch) if switch is not None else None,
        )

    def _measures(self, questions: Sequence[Question], turned: Node) -> tuple[Measure, Measure]:
        """Over how many cases switching these questions switches the ruling: alone, and in company."""
        counting = self._counting
        if counting is not None:
            try:
                hanging, alone = counting.alone(questions)
            except BudgetExceeded:
                return self._sampling.alone(turned), self._sampling.company(turned)
            try:
                return alone, counting.company(hanging)
            except BudgetExceeded:
                return alone, self._sampling.company(turned)
        return self._sampling.alone(turned), self._sampling.company(turned)

    def _inside(self) -> Measure:
        if self._counting is not None:
            try:
                return self._counting.inside()
            except BudgetExceeded:
                pass
        return self._sampling.alone(self.twins.turned(self.twins.judged, inside=True))

    def _cases(self) -> int | None:
        return self._counting.cases if self._counting is not None else None

    @cached_property
    def _counting(self) -> Counting | None:
        try:
            return Counting(self.subject, self.budget)
        except BudgetExceeded:
            return None

    @cached_property
    def _sampling(self) -> Sampling:
        return Sampling(self.subject, self.twins, self.samples)


NONE = Measure(0.0, 0.0, 0.0, 0)
"""Of a judgement that switches no ruling; a solver has shown that."""


def _subject(law: Law, on: date, against: Law | None, given: Box) -> Subject:
    if against is None:
        return Subject(law, _day_of_reach(law, on, given), given)
    return Subject(law, _day_of_reach(law, on, given), given, against, _day_of_reach(against, on, given))


def _day_of_reach(law: Law, on: date, given: Box) -> date:
    """The nearest day, from `on` forwards and then back, on which the law reaches any case; `on` if there is none."""
    circuit = Circuit(asked_questions(law))
    clauses = Clauses(circuit)
    for day in days_around(law, on):
        reach = reach_of(Compiled(law, day, circuit, given))
        if reach == TRUE or (reach != FALSE and clauses.solve([clauses.literal(reach)])):
            return day
    return on


def _nothing(subject: Subject) -> Diagnostic:
    if subject.position is None:
        message = f"`{subject.law.id}` governs no possible case"
        return Diagnostic("LG0738", message, help="choose another day with `--on`, or fix fewer facts with `--given`")
    message = f"`{subject.law.id}` governs no possible case that `{subject.position.id}` forbids"
    return Diagnostic("LG0738", message, help="leave `--against` out, or fix fewer facts with `--given`")
