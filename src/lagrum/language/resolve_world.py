"""All instruments with their texts of one day, resolved against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from lagrum.language.problems import Problems, quote
from lagrum.language.resolve_citations import Citations
from lagrum.language.resolve_cycles import find_cycles
from lagrum.language.resolve_instrument import read_instrument, resolve_instrument
from lagrum.language.resolve_texts import Readable
from lagrum.language.resolve_vocabulary import ReadVocabulary
from lagrum.model.instruments import Instrument


class World:
    """The instruments of one day's texts: those that are `sound`, and the `problems` of all."""

    def __init__(self, texts: Mapping[str, Readable], vocabularies: Mapping[str, ReadVocabulary]) -> None:
        self._read = {
            id_: read_instrument(each.head, each.text, vocabularies, each.problems) for id_, each in texts.items()
        }
        broken = frozenset(id_ for id_, read in self._read.items() if read.problems.failed)
        citations = Citations({id_: read.declared for id_, read in self._read.items()}, broken)
        for id_, each in texts.items():
            self._read[id_].foreign |= each.amends
        self._resolved = {id_: resolve_instrument(read, citations) for id_, read in self._read.items()}
        find_cycles(list(self._resolved.values()), {id_: read.problems for id_, read in self._read.items()})
        self._leave_out()

    @property
    def problems(self) -> Sequence[Problems]:
        return [read.problems for read in self._read.values()]

    @cached_property
    def sound(self) -> Mapping[str, Instrument]:
        return {id_: each for id_, each in self._resolved.items() if not self._read[id_].problems.failed}

    def _leave_out(self) -> None:
        """What rests on an instrument that is left out must be left out too, and so on."""
        changed = True
        while changed:
            changed = False
            for read in self._read.values():
                rests_on = [
                    *((other, place, "which it cites") for other, place in read.foreign.items()),
                    *((act, place, "which amends it") for act, place in read.text.acts.items()),
                ]
                bad = next((each for each in rests_on if self._read[each[0]].problems.failed), None)
                if bad is None or read.problems.failed:
                    continue
                other, place, why = bad
                read.problems.error(
                    "LG0706",
                    f"{quote(read.id)} is left out because {quote(other)}, {why}, has errors",
                    place,
                    mend=f"mend {quote(other)} first",
                )
                changed = True
