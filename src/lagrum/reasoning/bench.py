"""One law on one date, laid out for questions about cases: what is possible, and what each ruling rests on."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.model.instruments import Impossible
from lagrum.model.law import Law
from lagrum.model.rulings import SETTLED, Ruling
from lagrum.reasoning.grounds import Grounds
from lagrum.reasoning.search import View
from lagrum.semantics.compile import Compiled
from lagrum.semantics.diagrams import FALSE, TRUE, Diagrams, Node
from lagrum.semantics.leaves import Leaves
from lagrum.semantics.order import question_order, relevant_impossible
from lagrum.semantics.presumed import presumed_away

BUDGET = 500_000
KEPT = 8


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A statement of the impossible, and the cases that it leaves."""

    statement: Impossible
    node: Node


class Bench:
    """A law with `box` put into everything before it is built; with an empty box, the law itself.

    `presuming` are the presumptions (keys) that are assumed to stand: what they leave out counts as impossible.
    """

    def __init__(
        self,
        law: Law,
        on: date,
        budget: int,
        order: Sequence[tuple[Question, int]],
        box: Box | None = None,
        presuming: tuple[str, ...] = (),
    ) -> None:
        self.law = law
        self.on = on
        self.budget = budget
        self.order = order
        self.box = dict(box or {})
        self.presuming = presuming
        self.diagrams = Diagrams(order, budget)
        self.over = self.diagrams.order
        self.compiled = Compiled(law, on, self.diagrams, self.box)
        self.grounds = Grounds(self.compiled)

    @cached_property
    def impossible(self) -> tuple[RuledOut, ...]:
        """The statements that bear on this law."""
        leaves = Leaves(self.diagrams, self.box, [self.law])
        return tuple(
            RuledOut(statement, self.diagrams.negate(leaves.group(statement.when, leaves.single)))
            for statement in relevant_impossible([self.law], beside=True)
        )

    @cached_property
    def limits(self) -> tuple[Node, ...]:
        """What every possible case satisfies."""
        left = [self.diagrams.negate(presumed_away(self.compiled, key)) for key in self.presuming]
        return (*(each.node for each in self.impossible), *left)

    @cached_property
    def here(self) -> View:
        """The possible cases of the box."""
        return self.view(self.box)

    def view(self, box: Box, limits: Sequence[Node] | None = None) -> View:
        """The possible cases of a box, which must lie in the bench's own; `limits` other than all of them if given."""
        return View(self.diagrams, self.limits if limits is None else limits, box)

    def inside(self, box: Box) -> Bench:
        """The same law with a box put into everything, in diagrams of its own."""
        return Bench(self.law, self.on, self.budget, self.order, box, self.presuming)

    def presume(self, *keys: str) -> Bench:
        """The same with other presumptions standing, or none."""
        return Bench(self.law, self.on, self.budget, self.order, self.box, keys)

    def possible_rulings(self, box: Box | None = None) -> tuple[Ruling, ...]:
        """The rulings that some possible case of the box gets, in the order of rulings; exact at any size."""
        return self.rulings_in(self.here if box is None else self.view(box))

    def rulings_in(self, view: View) -> tuple[Ruling, ...]:
        """The same for a view of this bench."""
        found: set[Ruling] = set()
        above: list[Node] = []
        for ruling, nodes in self.grounds.ranking():
            live = [node for node in dict.fromkeys(map(view.cut, nodes)) if node != FALSE]
            if view.meets((node, *above) for node in live):
                found.add(ruling)
            if TRUE in live:
                break  # every case gets this ruling or one before it
            above += map(self.diagrams.negate, live)
        else:
            if view.meets(self.grounds.outside):
                found.add(Ruling.OUTSIDE)
            if view.meets((*term, *above) for term in self.grounds.inside):
                found.add(Ruling.UNREGULATED)
        return tuple(ruling for ruling in SETTLED if ruling in found)

    @cached_property
    def readers(self) -> Mapping[Question, tuple[Node, ...]]:
        """For each question the small diagrams that ask it."""
        found: dict[Question, list[Node]] = {question: [] for question in self.over}
        for node in sorted({*self.grounds.nodes, *self.limits}):
            for question in self.diagrams.support(node):
                found[question].append(node)
        return {question: tuple(nodes) for question, nodes in found.items()}


_benches: OrderedDict[tuple[int, date, int, tuple[str, ...]], Bench] = OrderedDict()


def bench_of(law: Law, on: date, budget: int = BUDGET, presuming: tuple[str, ...] = ()) -> Bench:
    """The bench of a law on a date with nothing put in; the last few are kept, since one law is asked many things."""
    key = (
        id(law),
        on,
        budget,
        presuming,
    )  # the bench holds the law, so that no other can get its number while it is kept
    bench = _benches.pop(key, None)
    if bench is None or len(bench.diagrams) > budget // 2:
        order = question_order(law, beside=True) if bench is None else bench.order
        bench = Bench(law, on, budget, order, presuming=presuming)
    _benches[key] = bench
    while len(_benches) > KEPT:
        _benches.popitem(last=False)
    return bench


def ruling_of(possible: Sequence[Ruling]) -> Ruling:
    """The one ruling that is possible, or `undetermined`."""
    return possible[0] if len(possible) == 1 else Ruling.UNDETERMINED
