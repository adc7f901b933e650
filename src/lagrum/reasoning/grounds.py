"""What each ruling rests on, norm by norm: the small diagrams whose combinations are the rulings of a law.

This is the list of rulings in `docs/explanation/semantics.md`, written as covers for `search`, so that no diagram of a
whole ruling has to be built.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import product

from lagrum.model.instruments import Instrument
from lagrum.model.norms import Norm, NormKind
from lagrum.model.rulings import Ruling, Status
from lagrum.reasoning.search import Cover, Term
from lagrum.semantics.compile import SPEAKING, Compiled
from lagrum.semantics.diagrams import FALSE, TRUE, Node


class Grounds:
    """The norms of one compiled law, sorted by what they bring about. Nothing is built before it is asked for."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.law = compiled.law
        self.diagrams = compiled.diagrams

    @cached_property
    def forbids(self) -> dict[str, Node]:
        """Where each prohibition applies, or a duty that must be met before use applies and is not met."""
        found: dict[str, Node] = {}
        for key, norm in self._in_force():
            if norm.kind is NormKind.FORBID:
                found[key] = self.compiled.applies(key)
            elif norm.kind is NormKind.REQUIRE and norm.before_use:
                found[key] = self.compiled.unmet(key)
        return found

    @cached_property
    def lifted(self) -> dict[str, Node]:
        """Where each prohibition would apply if no exception lifted it, and one does."""
        return {
            key: self.compiled.statuses(key)[Status.DEFEATED]
            for key, norm in self._in_force()
            if norm.kind is NormKind.FORBID
        }

    @cached_property
    def binds(self) -> dict[str, Node]:
        """Where each duty or class applies."""
        return {
            key: self.compiled.applies(key)
            for key, norm in self._in_force()
            if norm.kind in (NormKind.REQUIRE, NormKind.CLASSIFY)
        }

    def speaks(self, key: str) -> Node:
        """Where the norm is active with its elements."""
        return self.diagrams.both(self.compiled.active(key), self.compiled.elements(key))

    @cached_property
    def ranks(self) -> tuple[tuple[Ruling, tuple[Node, ...]], ...]:
        """The rulings that norms bring about, the first that holds first, each with where some norm does."""
        return tuple(self.ranking())

    def ranking(self) -> Iterator[tuple[Ruling, tuple[Node, ...]]]:
        """The same rank by rank: where every case is forbidden, nobody need build the duties."""
        yield Ruling.FORBIDDEN, tuple(dict.fromkeys(self.forbids.values()))
        yield Ruling.EXCEPTED, tuple(dict.fromkeys(self.lifted.values()))
        yield Ruling.REGULATED, tuple(dict.fromkeys(self.binds.values()))

    @cached_property
    def nodes(self) -> frozenset[Node]:
        """All the small diagrams that the rulings are put together from."""
        ranked = {node for _, nodes in self.ranks for node in nodes}
        return frozenset(ranked | {node for term in self.outside + self.inside for node in term})

    def cover(self, rulings: Collection[Ruling]) -> Cover:
        """The cases that get one of the rulings: a ruling holds where a norm of its rank does and none above it."""
        terms: list[Term] = []
        above: list[Node] = []
        for ruling, nodes in self.ranks:
            if ruling in rulings:
                terms += [(node, *above) for node in nodes]
            else:
                above += [self.diagrams.negate(node) for node in nodes]
        if Ruling.OUTSIDE in rulings and Ruling.UNREGULATED in rulings:
            # What none of the other ranks holds: this also takes in every term that asks for no less.
            terms = [term for term in terms if not set(above) <= set(term)] + [tuple(above)]
        elif Ruling.UNREGULATED in rulings:
            terms += [(*term, *above) for term in self.inside]
        elif Ruling.OUTSIDE in rulings:
            terms += self.outside
        return _tidy(terms)

    def _in_force(self) -> list[tuple[str, Norm]]:
        norms = self.law.norms.items()
        return [(key, norm) for key, norm in norms if self.compiled.in_force(norm.instrument)]

    # --- outside ---------------------------------------------------------------------------------------------

    @cached_property
    def outside(self) -> Cover:
        """Outside the law: outside each of its instruments."""
        ways = [self._outside_of(instrument) for instrument in self.law.instruments]
        return _tidy([tuple(node for term in way for node in term) for way in product(*ways)])

    @cached_property
    def inside(self) -> Cover:
        """Not outside: inside one of the instruments."""
        return _tidy([term for instrument in self.law.instruments for term in self._inside_of(instrument)])

    def excluded_wholly(self, instrument: Instrument) -> Node:
        """Where an exclusion takes out everything the instrument has."""
        keys = [n.key for n in instrument.norms if n.kind is NormKind.EXCLUDE and n.from_all]
        return self.diagrams.either(*(self.compiled.applies(key) for key in keys))

    def _speaking(self, instrument: Instrument) -> list[str]:
        return [norm.key for norm in instrument.norms if norm.kind in SPEAKING]

    def _outside_of(self, instrument: Instrument) -> list[Term]:
        """Not in force, out of scope, taken out wholly, or one norm speaks and each that speaks is taken out."""
        if not self.compiled.in_force(instrument.id):
            return [()]
        negate, excluded = self.diagrams.negate, self.compiled.excluded
        speaking = self._speaking(instrument)
        silent = tuple(self.diagrams.either(negate(self.speaks(k)), excluded(k)) for k in speaking)
        wholly = self.excluded_wholly(instrument)
        taken_out = [self.diagrams.minus(self.diagrams.both(self.speaks(k), excluded(k)), wholly) for k in speaking]
        return [
            (negate(self.compiled.scope(instrument.id)),),
            (wholly,),
            *((node, *silent) for node in taken_out),
        ]

    def _inside_of(self, instrument: Instrument) -> list[Term]:
        """In scope, and some norm that speaks is not taken out, or none speaks and nothing takes out everything."""
        if not self.compiled.in_force(instrument.id):
            return []
        negate, scope = self.diagrams.negate, self.compiled.scope(instrument.id)
        speaking = self._speaking(instrument)
        heard = [(scope, self.diagrams.minus(self.speaks(k), self.compiled.excluded(k))) for k in speaking]
        silent = tuple(negate(self.speaks(k)) for k in speaking)
        return [*heard, (scope, negate(self.excluded_wholly(instrument)), *silent)]


def _tidy(terms: list[Term]) -> Cover:
    """Each term once, without what always holds, and none that never does."""
    tidied = (tuple(dict.fromkeys(node for node in term if node != TRUE)) for term in terms if FALSE not in term)
    return tuple(dict.fromkeys(tidied))
