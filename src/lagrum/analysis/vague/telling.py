"""One judgement switched in one whole case: what the case is, and which norms do something else."""

from __future__ import annotations

from collections.abc import Iterator

from lagrum.analysis.compare.ordinary import said_of
from lagrum.analysis.loopholes.witness import in_words
from lagrum.analysis.vague.result import Turned, Witness
from lagrum.analysis.vague.subject import Subject
from lagrum.analysis.vague.twins import Answers, Switch
from lagrum.model.cases import Box, Complete
from lagrum.model.facts import Fact, Question
from lagrum.model.norms import BESIDE, Norm, NormKind
from lagrum.semantics.estimate import as_case
from lagrum.semantics.order import relevant_questions
from lagrum.semantics.remembering import Remembering

SILENT = (NormKind.DEFINE, NormKind.PERMIT, *BESIDE)
"""Norms that rule on nothing by themselves."""


class Telling:
    """The words for a subject's cases. `usual` are the answers that its vocabularies call usual."""

    def __init__(self, subject: Subject) -> None:
        self.law = subject.law
        self.facts = {name: fact for law in reversed(subject.laws) for name, fact in law.facts.items()}
        self._before, self._after = Remembering(self.law, subject.on), Remembering(self.law, subject.on)
        told = {q: subject.given.get(q) or self._usual(q) for q in relevant_questions(subject.laws)}
        self.usual: Box = {question: answers for question, answers in told.items() if answers}

    def witness(self, fact: Fact, switch: Switch) -> Witness:
        """The case before and after the judgement is switched, and what that turns."""
        before, after = as_case(switch.case), as_case({**switch.case, **switch.anew})
        return Witness(
            case=in_words(self.facts, before),
            facts=said_of(self.facts, self._unusual(fact, switch.case)),
            before=said_of(self.facts, {q: frozenset([switch.case[q]]) for q in switch.anew}),
            after=said_of(self.facts, {q: frozenset([answer]) for q, answer in switch.anew.items()}),
            ruling_before=self._before.ruling(before),
            ruling_after=self._after.ruling(after),
            turned=tuple(self._turned(before, after)),
        )

    def _usual(self, question: Question) -> frozenset[int]:
        fact = self.facts[question.fact]
        if fact.practice:  # the witness does what it takes, and nothing else that is special
            return frozenset([0]) if fact.several else frozenset()
        if fact.usual is None or question.member is None:
            return fact.usual or frozenset()
        return frozenset([int(question.member in fact.usual)])

    def _unusual(self, switched: Fact, case: Answers) -> Box:
        """What is to be told of a case: what the system does, and whatever is not as usual."""
        found: dict[Question, frozenset[int]] = {}
        for question, answer in case.items():
            practised = self.facts[question.fact].practice and answer == 1
            if question.fact != switched.name and (practised or answer not in self.usual.get(question, {answer})):
                found[question] = frozenset([answer])
        return found

    def _turned(self, before: Complete, after: Complete) -> Iterator[Turned]:
        for norm in self.law.known.values():
            if norm.kind in SILENT or not self._before.in_force(norm.instrument):
                continue
            then, now = self._does(self._before, norm, before), self._does(self._after, norm, after)
            if then != now:
                yield Turned(norm.instrument, str(norm.citation), norm.label or norm.name, then, now)

    def _does(self, reference: Remembering, norm: Norm, case: Complete) -> str:
        """The norm's status, and whether a duty that is a condition of lawful use is met."""
        status = reference.status(norm.key, case).value
        if norm.before_use and reference.applies(norm.key, case):
            return "is met" if reference.met(norm, case) else "is not met"
        return status
