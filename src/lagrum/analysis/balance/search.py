"""The search: candidates, what each does alone, and the front of what they do together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from lagrum.analysis.balance.amendment import Writer
from lagrum.analysis.balance.candidates import Candidate, Candidates, closable, sparing
from lagrum.analysis.balance.changes import Ban, Repeal, clash, emptied, norms_of
from lagrum.analysis.balance.front import Found, Front, Reached
from lagrum.analysis.balance.inline import told_anew
from lagrum.analysis.balance.oracle import Oracle
from lagrum.analysis.balance.result import KINDS, Balance, Benefit, Choice, Edit, FamilyToClose, Lost, Point
from lagrum.analysis.loopholes.result import Loopholes
from lagrum.model.cases import Box, Case
from lagrum.model.conditions import AnyOf, Condition, Has, HasNone, Line
from lagrum.model.conditions import Choice as Answered
from lagrum.model.law import Law
from lagrum.semantics.leaves import Leaves
from lagrum.semantics.logic import FALSE, Node

MOST_EDITS = 4
TOLD = 3
"""Choices told for each point."""


def balance(
    law: Law,
    position: Law,
    on: date,
    kept: Sequence[Case],
    found: Loopholes,
    given: Box | None = None,
    *,
    known: date | None = None,
    most_edits: int = MOST_EDITS,
) -> Balance:
    """What closing the loopholes `found` (of the law against the position on that day) would cost of the uses `kept`.

    `given` fixes facts for the whole analysis; `known` is the day by which the amendments are to be known, `on` if not
    said. Method: docs/reference/balance.md.
    """
    return _Search(law, position, on, kept, found, given or {}, known or on, most_edits).result()


class _Search:
    def __init__(
        self,
        law: Law,
        position: Law,
        on: date,
        kept: Sequence[Case],
        found: Loopholes,
        given: Box,
        known: date,
        most_edits: int,
    ) -> None:
        self.law, self.position, self.on, self.kept, self.found = law, position, on, kept, found
        self.given, self.most_edits = given, most_edits
        often = Counter(case.name for case in kept)
        self.names = [case.name if often[case.name] == 1 else f"{case.name} ({case.file})" for case in kept]
        self.writer = Writer(law, position, on, min(known, on))
        self.sources = Candidates(law, position, on, found, self.writer)
        self.chosen = [found.families[i] for i in closable(found)]
        candidates = [*self.sources.structural()]
        plain = Oracle(law, position, on, [c.change for c in candidates], given)
        candidates += self._sparing(plain)
        self._settle(candidates)

    # --- what there is to choose from ----------------------------------------------------------------------------

    def _settle(self, candidates: Sequence[Candidate]) -> None:
        """Keep the candidates that do something and never let anything through, and work out what each does alone."""
        first = Oracle(self.law, self.position, self.on, [c.change for c in candidates], self.given)
        kept = list(self._useful(first, candidates))
        second = Oracle(self.law, self.position, self.on, [c.change for c in kept], self.given)
        alone = {i for i in range(len(kept)) if second.lenient([i])}
        lenient = alone | set(second.lenient([i for i in range(len(kept)) if i not in alone]))
        kept = sorted((c for i, c in enumerate(kept) if i not in lenient), key=lambda c: KINDS.index(c.kind))
        self.candidates = kept
        self.oracle = Oracle(self.law, self.position, self.on, [c.change for c in kept], self.given)
        self.families = self._families(self.oracle)
        self.uses = [self._use(self.oracle, case) for case in self.kept]
        changes = [c.change for c in kept]
        clashing = (set(pair) for pair in combinations(range(len(kept)), 2) if clash(*(changes[i] for i in pair)))
        self.apart = [*clashing, *map(set, emptied(changes, self.law))]

    def barred(self, edits: Collection[int]) -> bool:
        """Whether the edits cannot all be made together."""
        return any(together <= set(edits) for together in self.apart)

    def _families(self, oracle: Oracle) -> list[Node]:
        c = oracle.circuit
        return [c.either(*oracle.parts.own(family)) for family in self.chosen]

    def _use(self, oracle: Oracle, case: Case) -> Node:
        box = {q: answers for q, answers in case.box.items() if q in oracle.circuit.sizes}
        return oracle.circuit.box(box)

    def _useful(self, oracle: Oracle, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """Those that forbid a case of some family; of those that must close, which close what a family has of its own
        for some practice, and, where they narrow an exception, not all that its repeal would."""
        parts = [part for family in self.chosen for part in oracle.parts.own(family) if oracle.can(part)]
        closed: dict[str, set[Node]] = {}
        for i, each in enumerate(candidates):
            touched = [part for part in parts if oracle.touches(part, [i])]
            if not touched or not (each.must_close or isinstance(each.change, Repeal)):
                if touched:
                    yield each
                continue
            closes = {part for part in touched if oracle.closes(part, [i])}
            if isinstance(each.change, Repeal):
                closed[each.change.norm] = closes
                yield each
            elif closes and not (each.kind == "narrow" and closed.get(norms_of(each.change)[0], {FALSE}) <= closes):
                yield each

    def _sparing(self, oracle: Oracle) -> list[Candidate]:
        """New prohibitions that spare what tells kept uses from what is to be forbidden: one answer, and one more and
        more, as long as most of what the whole prohibition closes is closed."""
        found: list[Candidate] = []
        for practice, candidate in self.sources.bans():
            if practice and isinstance(candidate.change, Ban):
                found += self._spared(oracle, candidate, candidate.change)
        return found

    def _spared(self, oracle: Oracle, candidate: Candidate, change: Ban) -> Iterator[Candidate]:
        c, parts = oracle.circuit, oracle.parts
        leaves = Leaves(c, self.given, [self.law, self.position])
        banned = c.both(leaves.group(change.when, leaves.single), parts.reach(change.instrument))
        own = [part for family in self.chosen for part in parts.own(family) if oracle.can(c.both(part, banned))]

        def closed(spared: Node, among: Iterable[Node]) -> list[Node]:
            return [part for part in among if not oracle.can(c.minus(part, c.minus(banned, spared)))]

        def losing(spared: Node, among: Iterable[Case]) -> list[Case]:
            new = c.minus(c.minus(banned, spared), oracle.before)
            return [case for case in among if oracle.can(self._use(oracle, case), new)]

        whole, lost = closed(FALSE, own), losing(FALSE, self.kept)
        traits: list[tuple[Condition, Node]] = []
        for proviso in self._traits(lost, oracle):
            spared = leaves.group(proviso, leaves.single)
            if 2 * len(closed(spared, whole)) > len(whole) and len(losing(spared, lost)) < len(lost):
                traits.append((proviso, spared))
                yield sparing(candidate, proviso)
        chosen: list[Condition] = []
        spared = FALSE
        while lost and traits:
            trials = [(c.either(spared, node), proviso, node) for proviso, node in traits]
            ranked = [(len(losing(n, lost)), -len(closed(n, whole)), i) for i, (n, _, _) in enumerate(trials)]
            fewest, closing, best = min(ranked)
            if fewest == len(lost) or -2 * closing <= len(whole):
                break
            spared, proviso, node = trials[best]
            chosen.append(proviso)
            traits = [(p, n) for p, n in traits if n != node]
            lost = losing(spared, lost)
            if len(chosen) > 1:
                yield sparing(candidate, AnyOf(tuple(chosen)))

    def _traits(self, cases: Iterable[Case], oracle: Oracle) -> list[Condition]:
        """Single answers of the cases, each once, that the law or the position asks about."""
        facts = self.writer.facts
        told: dict[str, Condition] = {}
        for case in cases:
            for question, answers in case.box.items():
                if question not in oracle.circuit.sizes or facts[question.fact].practice or len(answers) != 1:
                    continue
                name, (answer,) = question.fact, answers
                single: Answered | Has
                if question.member is None:
                    single = Answered(name, frozenset([answer]), Line(""))
                elif answer:
                    single = Has(name, question.member, Line(""))
                else:
                    continue
                said = told_anew(self.law if name in self.law.facts else self.position, single)
                if isinstance(said, Answered | Has | HasNone):
                    told.setdefault(said.line.text, said)
        return list(told.values())

    # --- the answer ----------------------------------------------------------------------------------------------

    def result(self) -> Balance:
        oracle, every = self.oracle, list(range(len(self.candidates)))
        whole = [node != FALSE and oracle.can(node) for node in self.families]
        self.open = open_ = [i for i, there in enumerate(whole) if there and oracle.closes(self.families[i], every)]
        states = [self._state(case, node) for case, node in zip(self.kept, self.uses, strict=True)]
        losable = [i for i, state in enumerate(states) if state == "kept"]
        names = [family.id for family in self.chosen]
        edits = [self._edit(i, losable) for i in every]
        front = Front(
            oracle,
            every,
            [self.families[i] for i in open_],
            [self.uses[i] for i in losable],
            self.apart,
            self.most_edits,
        )
        by_name = {self.names[i]: place for place, i in enumerate(losable)}
        front.teach((by_name[name], [edit.id - 1]) for edit in edits for name in edit.loses)
        points = [self._point(number, each, edits, losable) for number, each in enumerate(front.points(), start=1)]
        return Balance(
            law=self.law.id,
            position=self.position.id,
            on=self.on.isoformat(),
            most_edits=self.most_edits,
            families=tuple(FamilyToClose(f.id, f.title, f.practices, i in open_) for i, f in enumerate(self.chosen)),
            apart=tuple(f.id for f in self.found.families if f.id not in names),
            benefits=tuple(
                Benefit(name, case.file, case.intent, state)
                for name, case, state in zip(self.names, self.kept, states, strict=True)
            ),
            edits=tuple(edits),
            points=tuple(points),
            unfinished=self.found.unfinished,
        )

    def _state(self, case: Case, node: Node) -> str:
        if not self.oracle.can(node):
            return "impossible"
        return "kept" if self.oracle.can(node, self.oracle.circuit.negate(self.oracle.before)) else "forbidden"

    def _edit(self, number: int, losable: Sequence[int]) -> Edit:
        candidate, made = self.candidates[number], [number]
        closes, narrows = self._done(made)
        loses = tuple(self.names[i] for i in losable if self.oracle.touches(self.uses[i], made))
        return Edit(number + 1, candidate.kind, candidate.words, candidate.citation, closes, narrows, loses)

    def _done(self, edits: Sequence[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The families that the edits close, and those that they only narrow."""
        closes: list[str] = []
        narrows: list[str] = []
        for family, node in zip(self.chosen, self.families, strict=True):
            if self.oracle.touches(node, edits):
                (closes if self.oracle.closes(node, edits) else narrows).append(family.id)
        return tuple(closes), tuple(narrows)

    def _narrowed(self, found: Found, edits: Sequence[Edit]) -> list[str]:
        """The families that a choice narrows without closing them: those that one of its edits touches, at least."""
        alone = {name for e in found.edits for name in (*edits[e].closes, *edits[e].narrows)}
        closed = {self.chosen[self.open[i]].id for i in found.closed}
        rest = (pair for pair in zip(self.chosen, self.families, strict=True) if pair[0].id not in closed)
        return [family.id for family, node in rest if family.id in alone or self.oracle.touches(node, found.edits)]

    def _point(self, number: int, reached: Reached, edits: Sequence[Edit], losable: Sequence[int]) -> Point:
        """The point with the choices that narrow most, then those that are plainest to read."""
        narrowed = {found: self._narrowed(found, edits) for found in reached.choices}
        told = sorted(reached.choices, key=lambda found: (-len(narrowed[found]), self._readable(found)))
        choices = [self._choice(number, found, narrowed[found], losable) for found in told[:TOLD]]
        return Point(reached.closed, reached.lost, reached.edits, tuple(choices), reached.more or len(told) > TOLD)

    def _choice(self, number: int, found: Found, narrowed: Sequence[str], losable: Sequence[int]) -> Choice:
        edits = sorted(found.edits)
        return Choice(
            edits=tuple(e + 1 for e in edits),
            closes=tuple(self.chosen[self.open[i]].id for i in sorted(found.closed)),
            narrows=tuple(narrowed),
            loses=tuple(self._losses(edits, losable)),
            amendment=self.writer.act(
                f"balance-{number}", f"Amendment {number} to {self.law.id}", [self.candidates[e].change for e in edits]
            ),
        )

    def _losses(self, edits: Sequence[int], losable: Sequence[int]) -> Iterator[Lost]:
        for i in losable:
            node = self.uses[i]
            if self.oracle.touches(node, edits):
                by = sorted(self.oracle.shrunk(node, edits))
                yield Lost(self.names[i], tuple(e + 1 for e in by), self.oracle.closes(node, edits))

    def _readable(self, found: Found) -> tuple[int, int, tuple[int, ...]]:
        kinds = [KINDS.index(self.candidates[e].kind) for e in found.edits]
        length = sum(len(self.candidates[e].words) for e in found.edits)
        return sum(kinds), length, tuple(sorted(found.edits))
