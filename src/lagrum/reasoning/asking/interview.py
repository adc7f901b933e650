"""An interview: one question after another about a use of AI, until the law has its answer.

Every state is frozen; an answer gives the next state, and the one before stays as it was. Without `Interview.answer`
nothing is decided: whatever was not answered is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from lagrum.model.cases import Box, Case, Given
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.facts import Fact, FactKind, Question, questions_of
from lagrum.model.law import Law
from lagrum.model.norms import Norm
from lagrum.model.rulings import Ruling
from lagrum.reasoning.asking.engine import Engine, Step
from lagrum.reasoning.asking.outcome import Outcome, Until
from lagrum.reasoning.assess import assess
from lagrum.reasoning.assessment import Assessment
from lagrum.reasoning.condition import know
from lagrum.reasoning.words import said_together
from lagrum.spelling import did_you_mean

ONE_SCREEN = 18  # lines, under a headline and above the next command: what a terminal of 24 lines holds
Value = str | bool | Collection[str] | Given | None
Parse = Callable[[str, Mapping[str, Fact]], Given]
"""Reads `FACT=VALUE`, with the value as in a case file."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: the fact, where the law asks it, and the rules that hang on it."""

    fact: Fact
    citation: str
    why: tuple[Norm, ...]


@dataclass(frozen=True, slots=True)
class Assumed:
    """An answer that would be assumed, in words, and whether the outcome rests on it."""

    fact: str
    text: str
    decides: bool


@dataclass(frozen=True, slots=True)
class Usual:
    """What comes out if all that is not answered is as usual. No other assumed answer can matter than those that
    decide. `outcome` is None where the usual answers settle nothing."""

    outcome: Outcome | None
    assumed: tuple[Assumed, ...]


@dataclass(frozen=True)
class Interview:
    """One state of an interview. `steps` are the answers so far in the order in which they were given, each with what
    was known of the fact before; `passed` the facts that the person does not know or that were answered."""

    law: Law
    on: date
    case: Case
    steps: tuple[tuple[str, Given | None, bool], ...] = ()
    passed: frozenset[str] = frozenset()
    text_of: date | None = None
    engine: Engine = field(repr=False, compare=False, kw_only=True)
    parse: Parse = field(repr=False, compare=False, kw_only=True)

    # --- what there is to see --------------------------------------------------------------------------------

    @property
    def question(self) -> Asked | None:
        """The next question; None when the outcome is settled or nothing that is left can change it."""
        if self._step.ask is None or self.case.assume:
            return None
        return self.asking(self._step.ask)

    def asking(self, name: str) -> Asked:
        """The question about any fact of the law, asked now or not; `KeyError` for one that the law does not know."""
        fact = self.law.facts[name]
        citation = self.engine.sources.citation(questions_of(fact)[0])
        return Asked(fact, citation, self.engine.readers.by_fact.get(name, ()))

    @property
    def settled(self) -> bool:
        """Whether the answers alone, without anything assumed, settle the outcome."""
        return self._step.outcome is not None

    @property
    def outcome(self) -> Outcome | None:
        """The settled outcome."""
        return self._step.outcome

    @property
    def possible(self) -> tuple[Ruling, ...]:
        """The rulings still possible."""
        return self._step.possible

    @property
    def most(self) -> int:
        """How many questions can follow at the very most."""
        return self._step.most

    @property
    def open(self) -> tuple[str, ...]:
        """The facts that may still be asked."""
        return self._step.open

    @property
    def usually(self) -> int | None:
        """How many usually do; None while too little is known to say."""
        return self._step.usually

    @property
    def unknown(self) -> tuple[str, ...]:
        """The facts that the person does not know."""
        return tuple(fact for fact, _, known in self.steps if not known and fact not in self.case.facts)

    @cached_property
    def assessment(self) -> Assessment:
        """What the law makes of the answers so far."""
        return assess(self.law, self.case, self.on, self.text_of)

    @property
    def suggests_usual(self) -> bool:
        """Whether what the system does is known, and what would be assumed and decides can be read on one screen."""
        asked = self.question
        if asked is None or asked.fact.practice or self.usual.outcome is None:
            return False
        return sum(each.decides for each in self.usual.assumed) <= ONE_SCREEN

    @cached_property
    def usual_box(self) -> Box:
        """All answers, those that would be assumed among them."""
        return know(self.engine.bench, self.on, replace(self.case, assume={"rest": "usual"})).box

    @cached_property
    def usual(self) -> Usual:
        """What comes out if the rest is as usual, with every answer that this assumes."""
        known = know(self.engine.bench, self.on, replace(self.case, assume={"rest": "usual"}))
        by_fact: dict[str, dict[Question, frozenset[int]]] = {}
        for question, answers in known.assumed.items():
            by_fact.setdefault(question.fact, {})[question] = answers
        outcome = self.engine.step(known.box, frozenset(self.law.facts)).outcome
        if outcome is None:
            deciding = frozenset(by_fact)
        else:
            deciding = self.engine.deciding(known.stated, by_fact, outcome)
        return Usual(
            outcome,
            tuple(
                Assumed(name, " and ".join(said_together(self.law.facts[name], box)), name in deciding)
                for name, box in by_fact.items()
            ),
        )

    # --- what can be done ------------------------------------------------------------------------------------

    def answer(self, value: Value) -> Interview:
        """Answer the question that is being asked: an answer's name, the names of all that are so (a fact with several
        answers), `True` or `False`, a value as in a case file, or None for *I don't know*.

        Raises `InvalidInput` for what is no answer, and where it cannot be so together with an earlier one.
        """
        asked = self.question
        if asked is None:
            raise InvalidInput([Diagnostic("LG0655", "nothing is being asked", help="the interview is over")])
        return self.tell(asked.fact.name, value)

    def tell(self, name: str, value: Value) -> Interview:
        """Answer any fact, asked or not; an earlier answer to it is replaced. Raises as `answer` does."""
        fact = self.law.facts.get(name)
        if fact is None:
            help_ = did_you_mean(name, self.law.facts) or "the law asks about no such fact"
            raise InvalidInput([Diagnostic("LG0655", f"there is no fact `{name}` to answer", help=help_)])
        given = None if value is None else self._given(fact, value)
        facts = {key: each for key, each in self.case.facts.items() if key != name}
        if given is not None and given.open:
            facts[name] = given
        case = replace(self.case, facts=facts, assume={})
        know(self.engine.bench, self.on, case)
        step = (name, self.case.facts.get(name), name in facts)
        return replace(self, case=case, steps=(*self.steps, step), passed=self.passed | {name})

    def back(self) -> Interview:
        """The state before the last answer; the first state stays as it is."""
        if self.case.assume:
            return replace(self, case=replace(self.case, assume={}))
        if not self.steps:
            return self
        name, before, _ = self.steps[-1]
        facts = {key: each for key, each in self.case.facts.items() if key != name}
        if before is not None:
            facts[name] = before
        earlier = self.steps[:-1]
        still = name in {fact for fact, _, _ in earlier} or (before is not None and _wholly(before, self.law))
        passed = self.passed if still else self.passed - {name}
        return replace(self, case=replace(self.case, facts=facts), steps=earlier, passed=passed)

    def rest_as_usual(self) -> Interview:
        """End the interview by assuming the usual answers to all that is unknown. This never counts as settled."""
        return replace(self, case=replace(self.case, assume={"rest": "usual"}))

    def to_dict(self) -> dict[str, object]:
        """The JSON form, as `lagrum/schemas/ask.json` describes it."""
        from lagrum.reasoning.asking.document import document

        return document(self)

    def __repr__(self) -> str:
        asked = f"asks `{self._step.ask}`" if self.question else "is over"
        return f"Interview({'|'.join(self.possible)}, {asked}, at most {self.most} more, {self.law.id} on {self.on})"

    # --- inside ----------------------------------------------------------------------------------------------

    @cached_property
    def _step(self) -> Step:
        return self.engine.step(self._box, self.passed)

    @cached_property
    def _box(self) -> Box:
        return know(self.engine.bench, self.on, replace(self.case, assume={})).box

    def _given(self, fact: Fact, value: str | bool | Collection[str] | Given) -> Given:
        if isinstance(value, Given):
            return value
        if isinstance(value, bool):
            if fact.kind is not FactKind.YES_NO:
                help_ = "name the answer"
                raise InvalidInput([Diagnostic("LG0655", f"`{fact.name}` is no yes/no question", help=help_)])
            value = "yes" if value else "no"
        if not isinstance(value, str):
            value = f"{{exactly: [{', '.join(map(_quoted, value))}]}}" if value else "none"
        return self.parse(f"{fact.name}={value}", self.law.facts)


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _wholly(given: Given, law: Law) -> bool:
    """Whether the answer leaves nothing of its fact open."""
    answered = {question for question, answers in given.open if len(answers) == 1}
    return set(questions_of(law.facts[given.fact])) <= answered


def begin(
    law: Law,
    on: date,
    parse: Parse,
    case: Case | None = None,
    until: Until = Until.CLASSES,
    text_of: date | None = None,
    *,
    engine: Engine | None = None,
    asked: Sequence[str] = (),
) -> Interview:
    """The first state of an interview about a case of which nothing, or what `case` says, is known.

    An interview that was broken off goes on where `asked` names the facts that were asked for, in their order: those of
    which the case says nothing are not known. `engine` may be one that was used before for this law and day. Raises
    `InvalidInput` where the case says what cannot be.
    """
    case = replace(case or Case("an interview", {}, laws=(law.id,)), assume={}, expect=None)
    engine = engine or Engine(law, on, until)
    know(engine.bench, on, case)
    passed = frozenset(name for name, given in case.facts.items() if name in law.facts and _wholly(given, law))
    steps = tuple((name, None, name in case.facts) for name in asked if name in law.facts)
    passed |= {name for name, _, _ in steps}
    return Interview(law, on, case, steps, passed, text_of, engine=engine, parse=parse)
