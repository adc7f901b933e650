"""The proof that a list of loopholes is complete, tight and true. What fails is said in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from lagrum.analysis.loopholes.boxes import Hole
from lagrum.analysis.loopholes.families import Region
from lagrum.analysis.loopholes.practices import Practice
from lagrum.model.cases import Box, Complete
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.semantics.diagrams import FALSE, Diagrams, Node
from lagrum.semantics.reference import Reference, possible


class Check:
    """Collects in `failures` what is not as it must be; empty means complete."""

    def __init__(self, diagrams: Diagrams, law: Law, position: Law, on: date, forbidden: Node) -> None:
        self.failures: list[str] = []
        self._diagrams, self._forbidden = diagrams, forbidden
        self._laws = (law, position)
        self._law, self._position = Reference(law, on), Reference(position, on)

    def cover(self, practice: Practice, regions: Iterable[Region]) -> None:
        """The families' regions together are the practice's open cases, no more and no less."""
        if self._diagrams.either(*(region.node for region in regions)) != practice.open:
            self.failures.append(f"the families do not cover {', '.join(practice.names)}")

    def tight(self, hole: Hole) -> None:
        """A loophole lies in its region, and does not any more when one of its conditions is dropped; and all that the
        position forbids in it is open. (That it is about just one practice is no condition but its subject.)"""
        diagrams, region = self._diagrams, hole.region
        if not diagrams.implies(hole.cases, region.node):
            self.failures.append("a loophole reaches beyond its family")
        if not diagrams.implies(diagrams.both(diagrams.box(hole.box), self._forbidden), region.practice.open):
            self.failures.append("a loophole holds what the law forbids")
        beyond = diagrams.minus(diagrams.both(region.practice.pure, self._forbidden), region.escapes)
        subject = set(diagrams.support(region.practice.pure))
        for question in self._needless(beyond, {q: a for q, a in hole.box.items() if q not in subject}):
            self.failures.append(f"a loophole does not need its condition on {question.fact}")

    def _needless(self, beyond: Node, box: Box) -> Iterator[Question]:
        """The questions without which the rest of the box still holds nothing of `beyond`. By halves: what half of the
        conditions leave of it is shared by all checks of the other half."""
        if len(box) < 2:
            if beyond == FALSE:
                yield from box
            return
        conditions = list(box.items())
        for kept, asked in ((conditions[::2], conditions[1::2]), (conditions[1::2], conditions[::2])):
            yield from self._needless(self._diagrams.restrict(beyond, dict(kept)), dict(asked))

    def replay(self, hole: Hole, case: Complete) -> None:
        """By the plain reading, the witness is possible, forbidden by the position, and not forbidden by the law."""
        if not all(possible(law, case) for law in self._laws):
            self.failures.append("a witness is impossible")
        if self._position.ruling(case) is not Ruling.FORBIDDEN or self._law.ruling(case) is Ruling.FORBIDDEN:
            self.failures.append(f"a witness of {', '.join(hole.region.practice.names)} does not replay")
