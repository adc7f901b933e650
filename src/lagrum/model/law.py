"""A law as it is asked: one instrument, or several read together, with every disputed reading chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lagrum.model.facts import Fact
from lagrum.model.instruments import Instrument, Reading, Vocabulary
from lagrum.model.norms import Norm


@dataclass(frozen=True)
class Law:
    """Instruments read together. `readings` maps `instrument:name` to the chosen value, for every reading there is."""

    id: str
    instruments: tuple[Instrument, ...]
    vocabularies: tuple[Vocabulary, ...]
    readings: Mapping[str, str]
    hash: str = ""

    @cached_property
    def norms(self) -> Mapping[str, Norm]:
        """All norms by key, in document order."""
        return {norm.key: norm for instrument in self.instruments for norm in instrument.norms}

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """All facts of the vocabularies, by name."""
        return {fact.name: fact for vocabulary in self.vocabularies for fact in vocabulary.facts}

    @cached_property
    def exceptions(self) -> Mapping[str, tuple[Norm, ...]]:
        """The exceptions to each norm, by the target's key."""
        return self._by_target("except")

    @cached_property
    def exclusions(self) -> Mapping[str, tuple[Norm, ...]]:
        """The exclusions that take each norm out, by its key; one `from all` names every norm of its instrument."""
        named, from_all = self._by_target("exclude"), [n for n in self.norms.values() if n.from_all]
        return {
            key: exclusions
            + tuple(n for n in from_all if n.instrument == self.norms[key].instrument and n not in exclusions)
            for key, exclusions in named.items()
        }

    def _by_target(self, kind: str) -> dict[str, tuple[Norm, ...]]:
        found: dict[str, tuple[Norm, ...]] = {key: () for key in self.norms}
        for norm in self.norms.values():
            if norm.kind == kind:
                for target in norm.targets:
                    if target in found:
                        found[target] += (norm,)
        return found

    def instrument_of(self, norm: Norm) -> Instrument:
        return next(i for i in self.instruments if i.id == norm.instrument)

    def all_readings(self) -> Mapping[str, Reading]:
        return {f"{i.id}:{r.name}": r for i in self.instruments for r in i.readings}
