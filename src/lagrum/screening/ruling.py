"""The exact ruling on a pattern: which rulings are possible, by which norms, and which answers would settle it.

A *missing* fact is defined so that it can be worked out for each of many patterns. Of every answer still open to a
question of the case it is asked how many rulings stay possible with it; the fewest that any one answer leaves is the
*aim* (one, where a single answer can settle the ruling). The missing facts are those with an answer that reaches the
aim, those first of whose questions the greatest share of answers does, then in the order in which the law asks; the
first `MOST_MISSING` are told. There are none where the ruling is settled, or where no single answer rules anything out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.model.norms import NormKind
from lagrum.model.rulings import Ruling, Status
from lagrum.reasoning.attaching import PROHIBITED
from lagrum.reasoning.bench import KEPT, Bench, ruling_of
from lagrum.reasoning.standing import Standing, deciding
from lagrum.screening.witnesses import Kept, Witnessed
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.logic import Node

MOST_MISSING = 5


@dataclass(frozen=True, slots=True, order=True)
class Falls:
    """A class that the cases fall into, surely or perhaps, with the citation of the norm and the day since which it
    applies."""

    tier: str
    citation: str
    since: date | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Settler:
    """A fact that is missing: its name, and the answers (question and index) that leave the fewest rulings, with how
    many that is."""

    fact: str
    answers: tuple[tuple[Question, int], ...]
    leaves: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a law says of a box of cases on a day. `possible` is empty where nothing that is said can be so together.

    `because` are the citations of the norms that decide, in the order of the text within each ruling: those that
    surely do, else those that may.
    """

    possible: tuple[Ruling, ...]
    tiers: tuple[Falls, ...] = ()
    because: tuple[str, ...] = ()
    missing: tuple[Settler, ...] = ()

    @property
    def ruling(self) -> Ruling:
        return ruling_of(self.possible)


class Judge:
    """One law for box after box; what it finds out about one is kept for the next."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.law = bench, bench.law
        self._kept = Kept(bench.circuit)

    def here(self, box: Box, on: date) -> Witnessed:
        return Witnessed(self.bench, on, box, self._kept)

    def possible(self, box: Box, on: date) -> tuple[Ruling, ...]:
        """The rulings that are possible; none where the box holds no possible case."""
        return self.here(box, on).possible_rulings()

    def rule(self, box: Box, on: date, tell_missing: bool = True) -> Ruled:
        here = self.here(box, on)
        possible = here.possible_rulings()
        if not possible:
            return Ruled(())
        standing = Standing(here)
        because = tuple(dict.fromkeys(norm.citation for _, norm in deciding(standing, possible)))
        missing = tuple(self._missing(here, possible)) if tell_missing and len(possible) > 1 else ()
        return Ruled(possible, tuple(self._tiers(standing)), because, missing)

    def _tiers(self, standing: Standing) -> Iterator[Falls]:
        """The classes that the cases fall into on the day."""
        for key, tier in classifying(self.bench):
            status = standing.status(key)
            if status in (Status.APPLIES, Status.DEPENDS):
                norm = self.law.norms[key]
                since = _since(standing, key)
                yield Falls(tier, str(norm.citation), since, status is Status.APPLIES)

    def _missing(self, here: Witnessed, possible: tuple[Ruling, ...]) -> list[Settler]:
        open_to: dict[Question, list[int]] = {}
        for question in self._above:
            answers = sorted(here.box.get(question, range(self.bench.sizes[question])))
            if len(answers) > 1:
                open_to[question] = answers
        each = [(question, answer) for question, answers in open_to.items() for answer in answers]
        seen = here.seen_with(each, possible)
        barred: list[set[Ruling]] = [set() for _ in each]
        turned = [False] * len(each)
        for aim in range(1, len(possible)):
            for i, asked in enumerate(each):
                if len(seen[i]) > aim:
                    continue
                if not turned[i]:
                    turned[i] = True
                    unseen = [ruling for ruling in possible if ruling not in seen[i]]
                    barred[i] = here.barred(*asked, unseen)
                    if len(barred[i]) < len(unseen):
                        seen[i].update(here.turned_to(*asked, unseen, self._above[asked[0]]))
                for ruling in possible:
                    if len(seen[i]) <= aim and ruling not in seen[i] and ruling not in barred[i]:
                        (seen if here.can_with(*asked, ruling) else barred)[i].add(ruling)
            reaching = [asked for i, asked in enumerate(each) if len(seen[i]) == aim]
            if reaching:
                return self._told(here, open_to, reaching, aim)
        return []

    def _told(
        self, here: Witnessed, open_to: dict[Question, list[int]], reaching: Sequence[tuple[Question, int]], aim: int
    ) -> list[Settler]:
        reached: dict[str, list[tuple[Question, int]]] = {}
        share: dict[str, Fraction] = {}
        for question in open_to:
            answers = [each for each in reaching if each[0] == question]
            if answers:
                inputs = self.bench.circuit.inputs[question]
                can_be = sum(here.can(inputs[answer]) for answer in open_to[question])
                reached.setdefault(question.fact, []).extend(answers)
                share[question.fact] = max(share.get(question.fact, Fraction(0)), Fraction(len(answers), can_be))
        best = sorted(reached, key=lambda fact: -share[fact])  # stable: ties keep the order of the text
        return [Settler(fact, tuple(sorted(reached[fact])), aim) for fact in best[:MOST_MISSING]]

    @cached_property
    def _roots(self) -> tuple[Node, ...]:
        return (*self.bench.rulings.values(), *(each.node for each in self.bench.impossible))

    @cached_property
    def _above(self) -> Mapping[Question, Sequence[int]]:
        """For each question that bears on a ruling, or is tied by statements of the impossible to one that does, the
        gates that rest on it. The answer to any other changes nothing."""
        circuit = self.bench.circuit
        owner = {node >> 1: question for question, nodes in circuit.inputs.items() for node in nodes}
        below: dict[int, frozenset[Question]] = {}
        for gate in sorted(_under(circuit, self._roots)):
            below[gate] = frozenset([owner[gate]] if gate in owner else []).union(
                *(below[node >> 1] for node in circuit.gates[gate])
            )
        bearing = frozenset[Question]().union(*(below[node >> 1] for node in self.bench.rulings.values()))
        tied = [below[each.node >> 1] for each in self.bench.impossible]
        grown = True
        while grown:
            more = [group for group in tied if group & bearing and not group <= bearing]
            bearing, grown = bearing.union(*more), bool(more)
        above: dict[Question, list[int]] = {question: [] for question in self.bench.over if question in bearing}
        for gate, questions in below.items():
            if circuit.gates[gate]:
                for question in questions & bearing:
                    if question in above:
                        above[question].append(gate)
        return above


@lru_cache(maxsize=KEPT)
def judge_of(bench: Bench) -> Judge:
    """The judge of a law, kept as long as benches are: what one register has shown serves the next."""
    return Judge(bench)


def _under(circuit: Circuit, roots: Sequence[Node]) -> set[int]:
    """The gates that the roots rest on."""
    waiting, seen = [node >> 1 for node in roots], set[int]()
    while waiting:
        gate = waiting.pop()
        if gate not in seen:
            seen.add(gate)
            waiting += [node >> 1 for node in circuit.gates[gate]]
    return seen


def classifying(bench: Bench) -> list[tuple[str, str]]:
    """The norms that put a case in a class, the gravest class first, each with the class."""
    law = bench.law
    declared = {instrument.id: instrument.tiers for instrument in law.instruments}
    found: list[tuple[str, str]] = []
    for key, norm in law.norms.items():
        if norm.kind is NormKind.CLASSIFY and norm.tier:
            found.append((key, norm.tier))
        elif norm.kind is NormKind.FORBID and PROHIBITED in declared[norm.instrument]:
            found.append((key, PROHIBITED))

    def grave(each: tuple[str, str]) -> int:
        tiers = declared[law.norms[each[0]].instrument]
        return tiers.index(each[1]) if each[1] in tiers else len(tiers)

    return sorted(found, key=grave)


def _since(standing: Standing, key: str) -> date | None:
    """The day from which a norm applies to the cases; the earliest that is possible where that is open."""
    norm, compiled = standing.law.norms[key], standing.compiled
    days = [
        start.day
        for start in norm.starts
        if start.day <= standing.here.on and (start.when is None or standing.can(compiled.condition(start.when, norm)))
    ]
    return min(days) if days else standing.law.instrument_of(norm).in_force
