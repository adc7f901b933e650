"""The imported acts at hand, and which of them an instrument encodes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lagrum.model.citations import Citation
from lagrum.model.diagnostics import Diagnostic
from lagrum.model.instruments import Instrument
from lagrum.texts.act import Act, Provision
from lagrum.texts.identity import of_celex, of_citation, of_eli
from lagrum.texts.lock import Lock, changed
from lagrum.texts.store import folder, load


@dataclass(frozen=True)
class Texts:
    """All acts of a store. `diagnostics` names the files that are damaged."""

    acts: tuple[Act, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    def act_for(self, instrument: Instrument, language: str = "en") -> Act | None:
        """The text that an instrument encodes, in a language; None where it was not imported.

        An act imported for the instrument by name comes first; then one whose ELI address or CELEX number is the
        instrument's source; then any version of the act that its source or citation names, the latest consolidation
        first.
        """
        ranked = [(_nearness(act, instrument), act.celex, act) for act in self.acts if act.language == language]
        best = max(ranked, key=lambda each: each[:2], default=None)
        return best[2] if best and best[0] else None

    def words_for(self, instrument: Instrument, citation: Citation, language: str = "en") -> Provision | None:
        """The official words at a citation of an instrument; None where its text is not here or lacks the place."""
        act = self.act_for(instrument, language)
        return act.provision(citation) if act else None

    def changed(self, instrument: Instrument, lock: Lock) -> tuple[Diagnostic, ...]:
        """A warning for each norm whose official words changed since they were pinned; none where there is no text."""
        act = self.act_for(instrument, lock.language)
        return changed(instrument, lock, act) if act else ()


def open_texts(where: Path | None = None) -> Texts:
    """The acts of a store; of the usual one where none is named."""
    return Texts(*load(where or folder()))


def _nearness(act: Act, instrument: Instrument) -> int:
    if instrument.id in act.instruments:
        return 3
    source = instrument.source.strip()
    if source == act.eli or source.endswith(f"CELEX:{act.celex}") or source == act.celex:
        return 2
    named = of_eli(source) or of_celex(source.rpartition("CELEX:")[2]) or of_citation(instrument.citation)
    return 1 if named is not None and named in (of_celex(act.celex), of_eli(act.eli)) else 0
