"""What must I do to use this lawfully: the fewest changes in the operator's hands after which nothing is forbidden.

A change gives a fact that the operator controls another answer, or fixes one that was left open. After it no possible
completion of the case may be forbidden, whatever the facts that others decide turn out to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

from lagrum.model.cases import Case
from lagrum.model.conditions import Applies, Defined, IsMet, singles
from lagrum.model.facts import Party, Question
from lagrum.model.law import Law
from lagrum.model.norms import NormKind
from lagrum.model.rulings import Ruling
from lagrum.reasoning.assessment import Duty
from lagrum.reasoning.attaching import attaching
from lagrum.reasoning.bench import ruling_of
from lagrum.reasoning.condition import Known, here_for
from lagrum.reasoning.here import Here
from lagrum.reasoning.sources import Sources
from lagrum.reasoning.standing import Standing
from lagrum.reasoning.words import said
from lagrum.semantics.order import conditions_of, facts_of, relevant_impossible

SIZES = 3  # more changes at once than these are not looked for
TESTS = 4_000  # sets of changes that are looked at


@dataclass(frozen=True, slots=True)
class Step:
    """One change: the fact, what is given (empty: it is open), what it must be instead, where the law asks it."""

    fact: str
    given: str
    instead: str
    citation: str


@dataclass(frozen=True, slots=True)
class Way:
    """A smallest set of changes, the rulings possible after it, and the duties that then apply or may apply."""

    steps: tuple[Step, ...]
    possible: tuple[Ruling, ...]
    duties: tuple[Duty, ...]

    @property
    def ruling(self) -> Ruling:
        return ruling_of(self.possible)


@dataclass(frozen=True, slots=True)
class Beyond:
    """A fact on which the prohibition hangs and which is not in the operator's hands; `answer` is empty while open."""

    fact: str
    question: str
    answer: str
    controlled_by: str
    citation: str


@dataclass(frozen=True)
class Lawful:
    """The ways to use something lawfully. Where nothing is forbidden there is one way without a step. `complete` is
    false where not every set of that size, or of up to `SIZES` changes where none helps, was tried."""

    law: Law
    on: date
    text_of: date
    case: Case
    possible: tuple[Ruling, ...]
    ways: tuple[Way, ...]
    beyond: tuple[Beyond, ...]
    complete: bool

    def to_dict(self) -> dict[str, object]:
        """The JSON form, as `lagrum/schemas/lawful.json` describes it."""
        from lagrum.reasoning.documents import lawful_to_dict

        return lawful_to_dict(self)

    def __repr__(self) -> str:
        return f"Lawful({len(self.ways)} ways, {self.law.id} on {self.on})"


def lawful(law: Law, case: Case, on: date | None = None, text_of: date | None = None) -> Lawful:
    """Find the ways for a case on the day given, else its own first one, else today.

    Raises `InvalidInput` where the case says what cannot be.
    """
    day = on or (case.dates[0] if case.dates else date.today())
    here, known = here_for(law, day, case)
    possible = here.possible_rulings()
    search = _Search(here, known)
    found, complete = ([()], True) if Ruling.FORBIDDEN not in possible else search.smallest()
    return Lawful(
        law=law,
        on=day,
        text_of=text_of or day,
        case=case,
        possible=possible,
        ways=tuple(search.way(changes) for changes in found),
        beyond=tuple(search.beyond()) if Ruling.FORBIDDEN in possible else (),
        complete=complete,
    )


Item = tuple[Question, int]


class _Search:
    """Looks for sets of changes after which nothing can be forbidden."""

    def __init__(self, here: Here, known: Known) -> None:
        self.here = here
        self.known = known
        self.law = here.law
        self.sources = Sources(self.law, ())
        self.forbids = here.bench.grounds.forbids
        # The rules that forbid the case, or may.
        self.forbidding = [key for key, node in self.forbids.items() if here.can(node)]

    @cached_property
    def reads(self) -> frozenset[str]:
        """The facts on which these rules hang: their own, those of what lifts them, takes them out or is cited, and
        those that statements of the impossible tie to them."""
        law = self.law
        family: set[str] = set()
        waiting = list(self.forbidding)
        while waiting:
            key = waiting.pop()
            if key in family or key not in law.norms:
                continue
            family.add(key)
            norm = law.norms[key]
            waiting += [other.key for other in (*law.exceptions[key], *law.exclusions[key])]
            waiting += [n.key for n in law.instrument_of(norm).norms if n.kind is NormKind.SCOPE]
            for single in (single for condition in conditions_of(norm) for single in singles(condition)):
                match single:
                    case Defined(cited):
                        waiting.append(cited)
                    case Applies(keys) | IsMet(keys):
                        waiting += keys
        facts = {fact for key in family for fact in facts_of(conditions_of(law.norms[key]))}
        groups = [set(facts_of([statement.when])) for statement in relevant_impossible([law])]
        while tied := [group for group in groups if group & facts and not group <= facts]:
            facts = facts.union(*tied)
        return frozenset(facts)

    def items(self) -> list[Item]:
        """Every change the operator can make that may help, those of what the system does last."""
        mine = [
            question
            for question in self.here.bench.over
            if question.fact in self.reads and self.law.facts[question.fact].controlled_by is Party.OPERATOR
        ]
        mine.sort(key=lambda q: (self.law.facts[q.fact].practice, self.sources.rank(q)))
        sizes = self.here.bench.sizes
        return [
            (question, answer)
            for question in mine
            for answer in range(sizes[question])
            if self.known.box.get(question) != frozenset([answer])
        ]

    def smallest(self) -> tuple[list[tuple[Item, ...]], bool]:
        """All smallest sets of changes that help, and whether all were tried."""
        items, tests = self.items(), 0
        for size in range(1, SIZES + 1):
            found: list[tuple[Item, ...]] = []
            for changes in combinations(items, size):
                if len({question for question, _ in changes}) < size:
                    continue
                tests += 1
                if tests > TESTS:
                    return found, False
                if self.helps(changes):
                    found.append(changes)
            if found:
                return found, True
        return [], True

    def helps(self, changes: Sequence[Item]) -> bool:
        """Whether no possible completion is forbidden after the changes, and there is one."""
        changed = self.changed(changes)
        return changed.possible and not changed.can(changed.bench.rulings[Ruling.FORBIDDEN])

    def changed(self, changes: Sequence[Item]) -> Here:
        """The case after the changes."""
        return self.here.inside({**self.known.box, **{q: frozenset([answer]) for q, answer in changes}})

    # --- in words --------------------------------------------------------------------------------------------

    def way(self, changes: Sequence[Item]) -> Way:
        inside = self.changed(changes)
        _, duties = attaching(Standing(inside))
        steps = tuple(
            Step(
                question.fact,
                said(self.law.facts[question.fact], question, self.known.box[question])
                if question in self.known.box
                else "",
                said(self.law.facts[question.fact], question, [answer]),
                self.sources.citation(question),
            )
            for question, answer in changes
        )
        return Way(steps, inside.possible_rulings(), duties)

    def beyond(self) -> Iterator[Beyond]:
        """The facts outside the operator's hands that these rules ask about, as far as they can still matter."""
        seen: set[str] = set()
        for question in self.here.bench.over:
            fact = self.law.facts[question.fact]
            if fact.name in seen or fact.name not in self.reads or fact.controlled_by is Party.OPERATOR:
                continue
            if question in self.known.box and not self._turns(question):
                continue
            if question not in self.known.box and not self._open(question):
                continue
            seen.add(fact.name)
            answer = said(fact, question, self.known.box[question]) if question in self.known.box else ""
            holder = fact.controlled_by.value if fact.controlled_by else ""
            yield Beyond(fact.name, fact.question, answer, holder, self.sources.citation(question))

    def _turns(self, question: Question) -> bool:
        """Whether another answer to a given question alone would leave nothing forbidden."""
        sizes = self.here.bench.sizes
        others = [a for a in range(sizes[question]) if a not in self.known.box[question]]
        return any(self.helps([(question, answer)]) for answer in others)

    def _open(self, question: Question) -> bool:
        """Whether the rules that may forbid the case still ask an open question."""
        return question.fact in self.asked

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The facts that the rules that may forbid the case still ask about."""
        return self.here.asked_by(*(self.forbids[key] for key in self.forbidding))
