"""The exact front: most families closed, fewest uses lost, fewest edits.

A master problem chooses edits and claims what they close and lose; it knows only what it has been taught. A claim that
the oracle refutes teaches it a clause: "to close this family, take one of these edits" from a largest set that does not
close it, "these edits together lose this use" from a smallest set that does. Both are true of every set of edits, since
more edits only ever forbid more. So where the master finds nothing better, there is nothing better; and what it finds
holds, for the oracle has looked at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from pysat.card import ITotalizer
from pysat.solvers import Solver

from lagrum.analysis.balance.oracle import Oracle
from lagrum.semantics.logic import Node

ENOUGH = 12
"""Choices looked at for one point; the most readable of them are told."""


@dataclass(frozen=True, slots=True)
class Found:
    """A set of edits with the families it closes and the uses it loses, by their places."""

    edits: frozenset[int]
    closed: frozenset[int]
    lost: frozenset[int]


@dataclass(frozen=True, slots=True)
class Reached:
    """A point of the front, the choices found for it, and whether there may be others."""

    closed: int
    lost: int
    edits: int
    choices: tuple[Found, ...]
    more: bool


class Front:
    """`families` are nodes whose cases must all be forbidden, `uses` nodes of which no case may become forbidden."""

    def __init__(
        self,
        oracle: Oracle,
        edits: Sequence[int],
        families: Sequence[Node],
        uses: Sequence[Node],
        apart: Iterable[Iterable[int]],
        most: int,
    ) -> None:
        self.oracle, self.edits, self.families, self.uses = oracle, edits, families, uses
        self.most = min(most, len(edits))
        numbers = count(1)
        self._take = {edit: next(numbers) for edit in edits}
        self._close = [next(numbers) for _ in families]
        self._lose = [next(numbers) for _ in uses]
        self._top = next(numbers) - 1
        self._master = Solver(name="minisat22")
        for together in apart:
            self._master.add_clause([-self._take[edit] for edit in together])
        self._few = self._counted(list(self._take.values()), self.most)
        self._losses = self._counted(self._lose, len(uses))
        self._left = self._counted([-each for each in self._close], len(families))
        self._taught = 0

    def _counted(self, literals: list[int], most: int) -> list[int]:
        """Literals of which the k-th holds where more than k of these do."""
        if not literals:
            return []
        counter = ITotalizer(lits=literals, ubound=most, top_id=self._top)
        self._top = max(self._top, counter.top_id)
        for clause in counter.cnf.clauses:
            self._master.add_clause(clause)
        bounds = list(counter.rhs)
        counter.delete()
        return bounds

    # --- learning --------------------------------------------------------------------------------------------

    def teach(self, losing: Iterable[tuple[int, Iterable[int]]]) -> None:
        """Tell beforehand which sets of edits lose which use."""
        for use, edits in losing:
            self._lost_by(use, edits)

    def _lost_by(self, use: int, edits: Iterable[int]) -> None:
        self._master.add_clause([*(-self._take[e] for e in edits), self._lose[use]])

    def _closed_by_one_of(self, family: int, edits: Iterable[int]) -> None:
        self._master.add_clause([-self._close[family], *(self._take[e] for e in edits)])

    def _refuted(self, found: Found) -> bool:
        """Whether the oracle says otherwise; then the master has learnt why."""
        wrong = False
        for family in sorted(found.closed):
            node = self.families[family]
            if not self.oracle.closes(node, found.edits):
                kept = self.oracle.grown(node, found.edits, self.edits)
                self._closed_by_one_of(family, [e for e in self.edits if e not in kept])
                wrong = True
        for use, node in enumerate(self.uses):
            if use not in found.lost and self.oracle.touches(node, found.edits):
                self._lost_by(use, self.oracle.shrunk(node, found.edits))
                wrong = True
        return wrong

    # --- asking ----------------------------------------------------------------------------------------------

    def _best(self, edits: int, lost: int, closed: int, more: Sequence[int] = ()) -> Found | None:
        """A choice of at most so many edits that loses at most so many uses and closes at least so many families."""
        assumed = [*more]
        for bounds, most in ((self._few, edits), (self._losses, lost), (self._left, len(self.families) - closed)):
            assumed += [-bounds[most]] if most < len(bounds) else []
        while self._master.solve(assumptions=assumed):
            held = set(self._master.get_model() or ())
            found = Found(
                frozenset(e for e, literal in self._take.items() if literal in held),
                frozenset(i for i, literal in enumerate(self._close) if literal in held),
                frozenset(i for i, literal in enumerate(self._lose) if literal in held),
            )
            if not self._refuted(found):
                return found
        return None

    def _most_closed(self, edits: int, lost: int, least: int) -> int:
        """The most families that can be closed; `least` can."""
        closed = least
        while closed < len(self.families):
            found = self._best(edits, lost, closed + 1)
            if found is None:
                break
            closed = max(closed + 1, len(found.closed))
        return closed

    def points(self) -> Iterator[Reached]:
        """The front, fewest edits first, then fewest uses lost."""
        reached: dict[tuple[int, int], int] = {}
        for edits in range(1, self.most + 1):
            everything = self._most_closed(edits, len(self.uses), reached.get((edits - 1, len(self.uses)), 0))
            reached[edits, len(self.uses)] = everything
            for lost in range(len(self.uses) + 1):
                fewer = reached.get((edits - 1, lost), 0)
                least = max(fewer, reached.get((edits, lost - 1), 0))
                closed = least if least == everything else self._most_closed(edits, lost, least)
                reached[edits, lost] = closed
                if closed > fewer and closed > reached.get((edits, lost - 1), 0):
                    yield self._reached(edits, lost, closed)
                if closed == everything:
                    reached |= {(edits, others): everything for others in range(lost, len(self.uses) + 1)}
                    break

    def _reached(self, edits: int, lost: int, closed: int) -> Reached:
        """The point with some of its choices. Nothing smaller reaches it, so each has exactly these numbers."""
        self._top += 1
        asked = self._top  # holds only while this point is looked at
        choices: list[Found] = []
        while len(choices) < ENOUGH:
            found = self._best(edits, lost, closed, [asked])
            if found is None:
                break
            choices.append(found)
            self._master.add_clause([-asked, *(-self._take[e] for e in found.edits)])
        more = len(choices) == ENOUGH and self._best(edits, lost, closed, [asked]) is not None
        return Reached(closed, lost, edits, tuple(choices), more)
