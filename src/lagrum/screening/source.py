"""A register as the source of a run: its batches, and hashes of all that decides what its rows say."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from lagrum.screening.coded import Coded
from lagrum.screening.coding import Coder
from lagrum.screening.reading import Reading
from lagrum.screening.run import hash_of


class RegisterSource:
    """An open reading, part by part. `rows` counts how many rows of the register went by, the left out included."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.rows = 0

    @cached_property
    def identity(self) -> Mapping[str, str]:
        mapping = self.reading.mapping.file
        return {
            "register": register_hash(self.reading.register.path),
            "mapping": hash_of(Path(mapping)) if mapping else "",
            "indicators": "on" if self.reading.indicate else "off",
        }

    def parts(self, finished: Container[int]) -> Iterator[Coded | None]:
        reading = self.reading
        coder = Coder(reading.mapping, reading.facts, reading.indicate, reading.hinted)
        self.rows = 0
        for place, raw in enumerate(reading.register.batches(reading.mapping.columns)):
            self.rows += raw.frame.height
            if place in finished:
                coder.pass_over(raw)
                yield None
            else:
                yield coder.code(raw)


def register_hash(path: Path) -> str:
    """The content hash of a register: of a file, or of all Parquet files of a folder with their names."""
    if not path.is_dir():
        return hash_of(path)
    told = "\n".join(f"{each.name} {hash_of(each)}" for each in sorted(path.glob("*.parquet")))
    return hashlib.sha256(told.encode()).hexdigest()
