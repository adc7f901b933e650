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
    """Instruments read together. `readings` maps `instrument:name` to the chosen value, for every reading there is.

    `attached` are laws of other makers that use a provision of these: they are asked what they permit there, and for
    nothing else. What is said of `norms` is said of the instruments' own; `known` also holds those attached.
    """

    id: str
    instruments: tuple[Instrument, ...]
    vocabularies: tuple[Vocabulary, ...]
    readings: Mapping[str, str]
    hash: str = ""
    attached: tuple[Instrument, ...] = ()

    @cached_property
    def norms(self) -> Mapping[str, Norm]:
        """All norms by key, in document order."""
        return {norm.key: norm for instrument in self.instruments for norm in instrument.norms}

    @cached_property
    def known(self) -> Mapping[str, Norm]:
        """All norms by key, with those of the attached laws behind."""
        attached = {norm.key: norm for instrument in self.attached for norm in instrument.norms}
        return {**self.norms, **attached}

    @cached_property
    def attachments(self) -> Mapping[str, tuple[Instrument, ...]]:
        """The laws that attach to each duty, by its key."""
        found: dict[str, tuple[Instrument, ...]] = {}
        for instrument in (*self.instruments, *self.attached):
            for key in dict.fromkeys(key for attachment in instrument.attaches for key in attachment.norms):
                found[key] = (*found.get(key, ()), instrument)
        return found

    def bears(self, norm: Norm, target: Norm) -> bool:
        """Whether an exception or exclusion counts against the target: what an attached law lifts or takes out is its
        own alone."""
        return norm.key in self.norms or target.key not in self.norms

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
        named, from_all = self._by_target("exclude"), [n for n in self.known.values() if n.from_all]
        return {
            key: exclusions
            + tuple(n for n in from_all if n.instrument == self.known[key].instrument and n not in exclusions)
            for key, exclusions in named.items()
        }

    def _by_target(self, kind: str) -> dict[str, tuple[Norm, ...]]:
        found: dict[str, tuple[Norm, ...]] = {key: () for key in self.known}
        for norm in self.known.values():
            if norm.kind == kind:
                for target in norm.targets:
                    if target in found and self.bears(norm, self.known[target]):
                        found[target] += (norm,)
        return found

    def instrument(self, instrument_id: str) -> Instrument:
        """The instrument with that id, attached or not; raises `KeyError`."""
        for each in (*self.instruments, *self.attached):
            if each.id == instrument_id:
                return each
        raise KeyError(instrument_id)

    def instrument_of(self, norm: Norm) -> Instrument:
        return self.instrument(norm.instrument)

    def all_readings(self) -> Mapping[str, Reading]:
        return {f"{i.id}:{r.name}": r for i in (*self.instruments, *self.attached) for r in i.readings}
