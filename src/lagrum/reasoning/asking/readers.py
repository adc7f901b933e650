"""Which rules ask about a fact, so that an interview can say why it asks."""

from __future__ import annotations

from collections.abc import Iterator

from lagrum.model.conditions import Condition, Defined, singles
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.semantics.order import conditions_of, facts_of

TOLD = (NormKind.FORBID, NormKind.EXCEPT, NormKind.CLASSIFY, NormKind.REQUIRE, NormKind.EXCLUDE, NormKind.SCOPE)


class Readers:
    """The rules of a law by the facts they ask about, themselves or through definitions."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self._through: dict[str, frozenset[str]] = {}
        self.by_fact: dict[str, tuple[Norm, ...]] = {}
        for norm in law.norms.values():
            if norm.kind in TOLD:
                for fact in self.facts(norm):
                    self.by_fact[fact] = (*self.by_fact.get(fact, ()), norm)

    def facts(self, norm: Norm) -> frozenset[str]:
        """The facts that a rule asks about."""
        if norm.key not in self._through:
            self._through[norm.key] = frozenset()  # definitions have no cycles; this only spares a second walk
            self._through[norm.key] = frozenset(
                fact for condition in conditions_of(norm) for fact in self._spelt_out(condition)
            )
        return self._through[norm.key]

    def _spelt_out(self, condition: Condition) -> Iterator[str]:
        yield from facts_of([condition])
        for single in singles(condition):
            if isinstance(single, Defined) and single.norm in self.law.norms:
                yield from self.facts(self.law.norms[single.norm])
