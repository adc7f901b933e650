"""From a file to codes: the register, the mapping that fits it, and its batches, as a run needs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass
from pathlib import Path

from lagrum.model.cases import Given
from lagrum.model.diagnostics import Diagnostic
from lagrum.model.facts import Fact
from lagrum.screening.builtin import mapping_for, missing_columns
from lagrum.screening.coded import Coded, Indicate
from lagrum.screening.coding import Coder
from lagrum.screening.mapping import Mapping
from lagrum.screening.register import Register, open_register


@dataclass(frozen=True)
class Reading:
    """A register with the mapping it is read by. `warnings` say which columns the mapping misses."""

    register: Register
    mapping: Mapping
    facts: Table[str, Fact]
    warnings: tuple[Diagnostic, ...]
    indicate: Indicate | None = None
    hinted: tuple[str, ...] = ()

    @property
    def given(self) -> tuple[Given, ...]:
        """What the mapping assumes of every row."""
        return self.mapping.given

    @property
    def spoken(self) -> tuple[str, ...]:
        """The facts that get a column of codes."""
        return Coder(self.mapping, self.facts, self.indicate, self.hinted).speaks_of

    @property
    def share(self) -> float:
        """How much of the register was read, from 0 to 1."""
        return self.register.rows.share

    def batches(self, skip: int = 0) -> Iterator[Coded]:
        """All rows in codes. The same file gives the same batches; the first `skip` of them are passed over, as when a
        run goes on where it was broken off."""
        coder = Coder(self.mapping, self.facts, self.indicate, self.hinted)
        for place, raw in enumerate(self.register.batches(self.mapping.columns)):
            if place < skip:
                coder.pass_over(raw)
            else:
                yield coder.code(raw)


def open_reading(
    path: Path,
    facts: Table[str, Fact],
    mapping: str = "",
    indicate: Indicate | None = None,
    hinted: Sequence[str] = (),
) -> Reading:
    """Open a register. `mapping` is the name of a built-in mapping or a file; without it the built-in one that fits
    the columns is taken. Raises `InvalidInput` where the register or the mapping cannot be used, or none fits."""
    named = mapping_for((), facts, mapping) if mapping else None
    register = open_register(path, named)
    found = named or mapping_for(register.columns, facts)
    if named is None and (found.records or found.sheet or found.encoding):
        register = open_register(path, found)
    return Reading(register, found, facts, missing_columns(found, register.columns), indicate, tuple(hinted))
