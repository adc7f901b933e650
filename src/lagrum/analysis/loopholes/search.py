"""The search: every loophole of a law against a position, and the proof that there is no other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lagrum.analysis.loopholes.boxes import Hole, answers_in_words, holes_of
from lagrum.analysis.loopholes.check import Check
from lagrum.analysis.loopholes.closing import closed_by
from lagrum.analysis.loopholes.families import Region, merged, regions_of
from lagrum.analysis.loopholes.openers import tests_of
from lagrum.analysis.loopholes.practices import Practice, find_practices
from lagrum.analysis.loopholes.result import KINDS, BoxCondition, Escape, Family, Loophole, Loopholes, Opener
from lagrum.analysis.loopholes.support import WEAKEST_FIRST, facts_rested_on, weakest_voucher
from lagrum.analysis.loopholes.witness import Witness, find_witness, in_words
from lagrum.analysis.nothing import nothing_possible
from lagrum.analysis.progress import Tell, untold
from lagrum.model.cases import Box, Complete
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.facts import Fact, Question
from lagrum.model.law import Law
from lagrum.model.norms import NormKind
from lagrum.model.rulings import SETTLED, Status
from lagrum.semantics.compile import Compiled, possible_region, question_order, relevant_questions
from lagrum.semantics.diagrams import FALSE, Diagrams, Node
from lagrum.semantics.reference import Reference

BUDGET = 3_000_000
SEARCHED = 4  # steps of progress: looking through a family takes four times as long as telling it


def loopholes(
    law: Law, against: Law, on: date, given: Box | None = None, *, budget: int = BUDGET, tell: Tell = untold
) -> Loopholes:
    """All ways to do, within `law` on a day, what the position `against` forbids, in families by what opens them.

    `given` fixes facts for the whole analysis; `tell` hears how far it is. Raises `BudgetExceeded` where the exact
    answer would need more diagram nodes than `budget`, and `InvalidInput` where what is given leaves nothing possible.

    Method: docs/explanation/loopholes.md.
    """
    return _Search(law, against, on, given or {}, budget, tell).result()


@dataclass(frozen=True, slots=True)
class _Found:
    """A family before it is told in words."""

    openers: tuple[Opener, ...]
    regions: list[Region]
    holes: list[Hole]


class _Search:
    def __init__(self, law: Law, against: Law, on: date, given: Box, budget: int, tell: Tell) -> None:
        self.tell = tell
        self.on, self.laws = on, (law, against)
        self.facts: Mapping[str, Fact] = {**against.facts, **law.facts}
        self.diagrams = Diagrams(question_order(law, against), budget)
        self.law = Compiled(law, on, self.diagrams, given)
        self.words = self.law if (day := day_in_force(law, on)) == on else Compiled(law, day, self.diagrams, given)
        self.position = Compiled(against, on, self.diagrams, given)
        self.possible = possible_region(self.diagrams, self.laws, given)
        if self.possible == FALSE:
            raise InvalidInput([nothing_possible(self.laws, given)])
        self.questions: Sequence[Question] = relevant_questions(self.laws)
        self.forbidden = self.diagrams.both(self.possible, self.position.forbids)
        self.check = Check(self.diagrams, law, against, on, self.forbidden)

    def result(self) -> Loopholes:
        self.tell(0, 0, "what the position forbids")
        practices = find_practices(self.law, self.position, self.possible)
        by_practice = {p.names: regions_of(self.law, self.words, p, self.forbidden) for p in practices}
        for practice in practices:
            self.check.cover(practice, by_practice[practice.names])
        apart = merged(r for p in practices for r in by_practice[p.names])
        found: list[_Found] = []
        for openers, regions in apart.items():
            self._told(len(found) * SEARCHED, len(apart), "ways in searched")
            found.append(_Found(openers, regions, self._holes(regions)))
        told: list[Family] = []
        for each in found:
            self._told(len(apart) * SEARCHED + len(told), len(apart), "ways in described")
            told.append(self._family(each, practices))
        families = sorted(told, key=_order)
        elsewhere = [e.text for i in self.law.law.instruments for e in i.elsewhere]
        return Loopholes(
            law=self.law.law.id,
            position=self.position.law.id,
            on=self.on.isoformat(),
            practices=tuple(p.names for p in practices),
            families=tuple(families),
            complete=not self.check.failures,
            unfinished=tuple(self.check.failures),
            also_governed_by=tuple(dict.fromkeys(elsewhere)),
        )

    def _told(self, steps: int, families: int, words: str) -> None:
        self.tell(steps, families * (SEARCHED + 1), words)

    def _holes(self, regions: list[Region]) -> list[Hole]:
        holes: list[Hole] = []
        for region in regions:
            of_region, finished = holes_of(self.diagrams, region, self.forbidden, self.questions)
            if not finished:
                self.check.failures.append(f"more loopholes than are listed for {', '.join(region.practice.names)}")
            for hole in of_region:
                self.check.tight(hole)
            holes += of_region
        return holes

    def _family(self, found: _Found, practices: Sequence[Practice]) -> Family:
        told = sorted(
            (self._loophole(hole) for hole in found.holes), key=lambda h: (len(h.except_that), str(h.conditions))
        )
        nodes = [r.node for r in found.regions]
        rests_on = [fact for hole in found.holes for fact in facts_rested_on(self.law.law, hole, self.facts)]
        practised = sum(self._count(p.open) for p in practices if any(r.practice is p for r in found.regions))
        return Family(
            id=" & ".join(_id(opener) for opener in found.openers),
            title=_title(found.openers, told[0] if told else None),
            practices=tuple(r.practice.names for r in found.regions),
            openers=found.openers,
            rulings=tuple(r for r in SETTLED if any(h.ruling is r for h in told)),
            changes=min((len(h.except_that) for h in told), default=0),
            vouched_by=weakest_voucher(rests_on),
            judgements=tuple(dict.fromkeys(fact.name for fact in rests_on if fact.judgement)),
            closed_by=closed_by(self.law.law, found.openers),
            share=sum(self._count(n) for n in nodes) / practised if practised else 0.0,
            loopholes=tuple(told),
            duties=tuple(dict.fromkeys(d for h in told for d in h.duties)),
            escapes=tuple(Escape(r.practice.names, tuple(o.opener for o in r.openings)) for r in found.regions),
        )

    def _loophole(self, hole: Hole) -> Loophole:
        witness = find_witness(self.words, hole, self.forbidden, self.questions, self.facts)
        self.check.replay(hole, witness.case)
        case = in_words(self.facts, witness.case)
        reference = Reference(self.law.law, self.on)
        return Loophole(
            practice=hole.region.practice.names,
            conditions=tuple(self._conditions(hole)),
            witness=case,
            except_that=tuple(words for name in witness.differs for words in self._difference(name, witness)),
            ruling=reference.ruling(witness.case),
            duties=self._duties(reference, witness.case),
        )

    def _difference(self, name: str, witness: Witness) -> list[str]:
        """How the witness differs from the ordinary case in one fact."""
        fact, now, usual = self.facts[name], witness.case[name], witness.ordinary[name]
        if isinstance(now, frozenset) and isinstance(usual, frozenset):
            more = [f"{name} has {fact.answers[i].name}" for i in sorted(now - usual)]
            return more + [f"{name} has not {fact.answers[i].name}" for i in sorted(usual - now)]
        assert isinstance(now, int)
        return [f"{name} is {fact.answers[now].name}"]

    def _duties(self, reference: Reference, case: Complete) -> tuple[str, ...]:
        norms = (n for n in self.law.law.norms.values() if n.kind in (NormKind.REQUIRE, NormKind.CLASSIFY))
        return tuple(dict.fromkeys(str(n.citation) for n in norms if reference.status(n.key, case) is Status.APPLIES))

    def _conditions(self, hole: Hole) -> list[BoxCondition]:
        """The box trimmed to what is still possible in it. What the practice and the position imply goes without
        saying; what follows only here, and not already from being caught, is told as implied."""
        diagrams, region = self.diagrams, hole.region
        pure = diagrams.both(region.practice.pure, self.forbidden)
        anyway = diagrams.closure(pure, self.questions)
        caught = diagrams.closure(diagrams.both(pure, region.caught), self.questions)
        demanded = {q for q in hole.box if hole.closure[q] != anyway[q]}
        told = {q: answers for q, answers in hole.closure.items() if q in demanded or answers != caught[q]}
        places = self._places(hole)
        return [
            BoxCondition(fact, values, places.get(fact, ""), not any(q.fact == fact for q in demanded))
            for fact, values in answers_in_words(self.facts, told).items()
            if not self.facts[fact].practice
        ]

    def _places(self, hole: Hole) -> dict[str, str]:
        """For each fact the first place that asks for it: in the openers, in the escaped norms, in the position."""
        places: dict[str, str] = {}
        of_law = [(c, o.opener.citation) for o in hole.region.openings for c in o.conditions]
        of_law += [(n.when, str(n.citation)) for n in hole.region.governing if n.when is not None]
        of_position = [(n.when, str(n.citation)) for n in self.position.law.norms.values() if n.when is not None]
        for law, conditions in ((self.law.law, of_law), (self.position.law, of_position)):
            for condition, where in conditions:
                for single in tests_of(law, condition):
                    fact = getattr(single, "fact", None)
                    if fact is not None:
                        places.setdefault(fact, str(single.line.citation or where))
        return places

    def _count(self, node: Node) -> int:
        return self.diagrams.count(node, self.questions)


def day_in_force(law: Law, on: date) -> date:
    """The nearest day on which every instrument of the law is in force; `on` itself where there is none."""
    begins = max((i.in_force for i in law.instruments if i.in_force), default=on)
    ends = min((i.until for i in law.instruments if i.until), default=date.max)
    nearest = max(on, begins)
    if nearest >= ends:
        nearest = ends - timedelta(days=1)
    return nearest if nearest >= begins else on


def _id(opener: Opener) -> str:
    parts = (opener.kind, opener.citation, opener.condition, opener.way)
    return ": ".join(part for part in parts if part)


def _title(openers: tuple[Opener, ...], first: Loophole | None) -> str:
    if openers[0].kind == "no norm" or first is None:
        return openers[0].condition
    return "; ".join(str(opener) for opener in openers)


def _order(family: Family) -> tuple[int, int, int, str]:
    voucher = WEAKEST_FIRST.index(family.vouched_by) if family.vouched_by else len(WEAKEST_FIRST)
    return (KINDS.index(family.kind), family.changes, voucher, family.id)
