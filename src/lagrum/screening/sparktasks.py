"""What the workers of a cluster do. A job comes as bytes, and is unpacked once for all its tasks in a process, so that
what a law's judge found out for one part serves the next."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from lagrum.language.cache import fingerprint
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.facts import Fact
from lagrum.model.law import Law
from lagrum.screening.coded import Books, Coded, Indicate
from lagrum.screening.coding import Coder
from lagrum.screening.columnar import distinct
from lagrum.screening.ids import Ids
from lagrum.screening.mapping import Mapping as RegisterMapping
from lagrum.screening.patterns import Outcome, Pattern
from lagrum.screening.run import Options, Ruler, codes_of, write_part
from lagrum.screening.staged import codes_in, stage, unstaged, with_repeated
from lagrum.screening.tables import ParquetRows

Outcomes = Mapping[Pattern, Sequence[Outcome]]
"""For each pattern its outcome on each of the days."""


@dataclass(frozen=True)
class Saying:
    """The job of putting a register of Parquet into codes, batch by batch."""

    path: Path
    mapping: RegisterMapping
    facts: Table[str, Fact]
    indicate: Indicate | None
    hinted: tuple[str, ...]
    stage: Path

    @cached_property
    def rows(self) -> ParquetRows:
        return ParquetRows(self.path)

    @cached_property
    def coder(self) -> Coder:
        return Coder(self.mapping, self.facts, self.indicate, self.hinted)

    def say(self, number: int) -> None:
        raw = self.rows.part(number, tuple(dict.fromkeys(self.mapping.columns)))
        stage(self.stage, number, replace(self.coder, _ids=Ids()).code(raw))  # books and cells stay shared


@dataclass(frozen=True)
class Judging:
    """The job of ruling on batches that are in codes. `law` is a pickle, so that jobs of one run share what is built on
    it; `outcomes` are known already. `repeated` has the first row of each id that comes twice, None where whoever coded
    the batches saw all ids."""

    law: bytes
    options: Options
    books: Books
    by_columns: bool
    stage: Path
    folder: Path
    id: str = ""
    repeated: Mapping[str, int] | None = None
    outcomes: Outcomes = field(default_factory=dict)

    @cached_property
    def ruler(self) -> Ruler:
        ruler = Ruler(_law(self.law), self.options, tuple(self.books), self.books, self.by_columns)
        for pattern, by_day in self.outcomes.items():
            for day, outcome in zip(self.options.days, by_day, strict=True):
                ruler.columns.patterns.know(pattern, day, outcome)
        return ruler

    def patterns(self, number: int) -> Iterator[Pattern]:
        """The distinct patterns of a batch."""
        coded = codes_in(self.stage, number, self.books)
        columns = [codes_of(coded, fact) for fact in coded.facts]
        _, first = distinct(columns, len(coded.frame))
        taken = [column[first].tolist() for column in columns]
        return zip(*taken, strict=True) if taken else iter([()] * len(first))

    def outcome(self, pattern: Pattern) -> tuple[Outcome, ...]:
        return tuple(self.ruler.columns.patterns.outcome(pattern, day) for day in self.options.days)

    def finish(self, number: int) -> None:
        coded: Coded = unstaged(self.stage, number, self.books)
        if self.repeated is not None:
            coded = with_repeated(coded, self.id, self.repeated)
        write_part(self.folder, number, coded, self.ruler)


Failed = tuple[Diagnostic, ...]
"""Why a task cannot be done; empty where it was."""


CODE = "screening", "reasoning", "semantics", "model", "language"
"""The packages on which a ruling rests."""


def lacks(file: str, code: str, _: int) -> str:
    """What a worker lacks to work with the driver; empty where it lacks nothing."""
    if not Path(file).exists():
        return f"do not see {Path(file).parent.parent}"
    return "" if fingerprint(*CODE) == code else "run another lagrum or Python than the driver"


def say(job: bytes, number: int) -> Failed:
    made = _unpacked(job)
    assert isinstance(made, Saying)
    try:
        made.say(number)
    except InvalidInput as error:
        return tuple(error.diagnostics)
    return ()


def patterns(job: bytes, number: int) -> Iterator[Pattern]:
    made = _unpacked(job)
    assert isinstance(made, Judging)
    return made.patterns(number)


def outcomes(job: bytes, asked: Iterable[Pattern]) -> Iterator[tuple[Pattern, tuple[Outcome, ...]]]:
    made = _unpacked(job)
    assert isinstance(made, Judging)
    for pattern in asked:
        yield pattern, made.outcome(pattern)


def finish(job: bytes, number: int) -> Failed:
    made = _unpacked(job)
    assert isinstance(made, Judging)
    made.finish(number)
    return ()


@lru_cache(maxsize=2)
def _unpacked(job: bytes) -> object:
    return pickle.loads(job)


@lru_cache(maxsize=4)
def _law(kept: bytes) -> Law:
    law = pickle.loads(kept)
    assert isinstance(law, Law)
    return law
