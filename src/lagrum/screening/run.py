"""A run: batches of rows in, part files out, one after the other, so that memory stays flat.

Each part is written under another name and then renamed, its tally first; a part whose file is there under its own name
is finished. A run that was killed goes on after the finished parts, and since every outcome is exact the files are the
same as if it had not been. The manifest names all that decides the result; a folder with another one is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from secrets import token_hex
from typing import Protocol

import numpy as np
import polars as pl

from lagrum import __version__
from lagrum.language.cache import fingerprint
from lagrum.model.cases import Box
from lagrum.model.law import Law
from lagrum.screening.bits import Codes
from lagrum.screening.coded import ID, LABEL, ROW, Books, Coded
from lagrum.screening.columnar import Columns, distinct
from lagrum.screening.patterns import Outcome, Patterns
from lagrum.screening.tally import OTHERS, Labels, Tally, tally, together, verdict

SAMPLE = 20_000
HARDLY_REPEAT = 0.02
"""Rows of the first part among which more distinct patterns than this share are ruled on by columns."""

MOST_KEPT = 200_000
"""Outcomes kept from part to part, patterns likewise."""


class Source(Protocol):
    """Rows to rule on. `identity` holds hashes of all that decides what the rows say (register, mapping)."""

    @property
    def identity(self) -> Mapping[str, str]: ...

    def parts(self, finished: Container[int]) -> Iterator[Coded | None]:
        """The batches, the same in every run; None for one that is finished, by its place among them from 0."""


class OtherRun(Exception):
    """The folder holds parts of a run with other inputs."""


@dataclass(frozen=True)
class Options:
    """What is asked: on which days, what is given for all rows, and whether with reasons (classes, norms, missing
    facts) or the rulings alone."""

    days: tuple[date, ...]
    given: Box = field(default_factory=dict)
    detail: bool = True


@dataclass(frozen=True)
class Run:
    """A finished run: its part files, and for each day what the rows come to. `by_columns` says how it was worked out
    (None where every part was there already)."""

    law: str
    options: Options
    parts: tuple[Path, ...]
    tallies: Mapping[date, Tally]
    resumed: int
    by_columns: bool | None


@dataclass(frozen=True, slots=True)
class Progress:
    """After each part: its place, and how many rows it had (0 for one that was there already)."""

    part: int
    rows: int


def screen(
    source: Source, law: Law, options: Options, folder: Path, tell: Callable[[Progress], None] = lambda _: None
) -> Run:
    """Rule on all rows of a source. Raises `OtherRun` where the folder belongs to another run."""
    finished = claim(folder, source, law, options)
    ruler: Ruler | None = None
    numbers: list[int] = []
    for number, coded in enumerate(source.parts(finished)):
        numbers.append(number)
        if number in finished:
            tell(Progress(number, 0))
            continue
        assert coded is not None, f"part {number} is not finished"
        ruler = ruler or Ruler(law, options, coded.facts, coded.books, hardly_repeat(coded))
        write_part(folder, number, coded, ruler)
        tell(Progress(number, len(coded.frame)))
    return gathered(law, options, folder, numbers, len(finished), None if ruler is None else ruler.by_columns)


def claim(folder: Path, source: Source, law: Law, options: Options) -> set[int]:
    """Begin in a folder, or go on there: the numbers of the parts that are finished. Raises `OtherRun`."""
    folder.mkdir(parents=True, exist_ok=True)
    _claim(folder, _manifest(source, law, options))
    return {int(each.stem[5:]) for each in folder.glob("part-??????.parquet")}


def write_part(folder: Path, number: int, coded: Coded, ruler: Ruler) -> None:
    """Rule on a batch and leave it as a finished part."""
    frame, tallies = ruler.rule(coded)
    text = json.dumps({day.isoformat(): each.to_dict() for day, each in tallies.items()})
    write_text(folder / f"part-{number:06}.json", text)
    side_tables(folder, number, coded)
    write_frame(folder / f"part-{number:06}.parquet", frame)


def gathered(
    law: Law, options: Options, folder: Path, numbers: Sequence[int], resumed: int, by_columns: bool | None
) -> Run:
    """The run whose parts are all finished."""
    parts = tuple(folder / f"part-{number:06}.parquet" for number in numbers)
    tallies: dict[date, Tally] = {}
    for day in options.days:
        by_part = (json.loads(part.with_suffix(".json").read_text("utf-8"))[day.isoformat()] for part in parts)
        found = together(map(Tally.from_dict, by_part))
        tallies[day] = replace(found, labels=_counted_again(found.labels, parts, day))
    return Run(law.id, options, parts, tallies, resumed, by_columns)


def _counted_again(labels: Labels, parts: Sequence[Path], day: date) -> Labels:
    """The same where every value is counted by name. Of a label with too many the rows of a named value may be among
    the others of some part, so those named in the end are counted in the parts once more."""
    found = Counter(labels)
    for label in sorted({label for label, value, _ in labels if value == OTHERS}):
        mine = [key for key in labels if key[0] == label]
        names = pl.Series(sorted({value for _, value, _ in mine} - {OTHERS}), dtype=pl.String)
        for key in mine:
            del found[key]
        for part in parts:
            frame = pl.scan_parquet(part).filter(pl.col("on") == day).select(LABEL + label, "ruling").collect()
            value = pl.col(LABEL + label).fill_null("")
            by_name = pl.when(value.is_in(names.implode())).then(value).otherwise(pl.lit(OTHERS)).alias("value")
            for name, ruling, n in frame.group_by(by_name, "ruling").len().iter_rows():
                found[label, name, ruling] += n
    return dict(sorted(found.items()))


def hardly_repeat(first: Coded) -> bool:
    """Whether patterns repeat so little in the first rows that columns are the better way."""
    sample = min(SAMPLE, len(first.frame))
    _, places = distinct([codes_of(first, fact)[:sample] for fact in first.facts], sample)
    return len(places) > HARDLY_REPEAT * sample


class Ruler:
    """Rules on one batch after another."""

    def __init__(self, law: Law, options: Options, facts: Sequence[str], books: Books, by_columns: bool) -> None:
        self.options, self.by_columns = options, by_columns
        self.columns = Columns(Patterns(law, facts, books, options.given, options.detail))

    def rule(self, coded: Coded) -> tuple[pl.DataFrame, dict[date, Tally]]:
        columns, rows = {fact: codes_of(coded, fact) for fact in coded.facts}, len(coded.frame)
        beside = coded.frame.select(ROW, ID, *(LABEL + label for label in coded.labels))
        frames: list[pl.DataFrame] = []
        tallies: dict[date, Tally] = {}
        for day in self.options.days:
            work = self.columns.by_column if self.by_columns else self.columns.by_pattern
            places = work(columns, rows, day)
            outcomes = self.columns.outcomes
            counts = np.bincount(places, minlength=len(outcomes)).tolist()
            used = [i for i, n in enumerate(counts) if n]
            rank = np.zeros(len(outcomes), dtype=np.int64)
            rank[used] = np.arange(len(used))
            frames.append(_frame(beside, day, [outcomes[i] for i in used], rank[places], self.options.detail))
            labels = _by_label(frames[-1], coded.labels)
            tallies[day] = tally([(outcomes[i], counts[i]) for i in used], rows, labels)
            self.columns.forget(MOST_KEPT)
        return pl.concat(frames), tallies


def codes_of(coded: Coded, fact: str) -> Codes:
    """The codes of one fact, row by row."""
    found: Codes = coded.frame[fact].to_numpy()
    return found


def _frame(
    beside: pl.DataFrame, day: date, outcomes: Sequence[Outcome], places: np.ndarray[tuple[int], np.dtype[np.int64]],
    detail: bool,
) -> pl.DataFrame:  # fmt: skip
    """The rows with what was made of them."""
    texts = pl.List(pl.String)
    kept: dict[str, tuple[list[object], pl.DataType | type[pl.DataType]]] = {
        "ruling": ([verdict(each) for each in outcomes], pl.String),
        "possible": ([[ruling.value for ruling in each.possible] for each in outcomes], texts),
        "provenance": ([each.provenance for each in outcomes], pl.String),
        "contradiction": ([list(each.contradiction) for each in outcomes], texts),
    }
    if detail:
        kept["tiers"] = [_tiers(each, True) for each in outcomes], texts
        kept["tiers_perhaps"] = [_tiers(each, False) for each in outcomes], texts
        kept["because"] = [list(each.because) for each in outcomes], texts
        kept["missing"] = [[settler.fact for settler in each.missing] for each in outcomes], texts
        kept["missing_leaves"] = [each.missing[0].leaves if each.missing else None for each in outcomes], pl.UInt8
    table = pl.DataFrame([pl.Series(name, values, dtype) for name, (values, dtype) in kept.items()])
    rows = table[places]
    return beside.select(
        pl.col(ROW).alias("row"), pl.col(ID).alias("id"), pl.lit(day).alias("on"), pl.exclude(ROW, ID)
    ).hstack(rows)


def _tiers(outcome: Outcome, sure: bool) -> list[str]:
    """The classes by name, each once, with the day since which they apply."""
    firm = {each.tier for each in outcome.tiers if each.sure}
    chosen = [each for each in outcome.tiers if each.sure == sure and (sure or each.tier not in firm)]
    since: dict[str, date | None] = {}
    for each in chosen:
        days = [day for day in (since.get(each.tier), each.since) if day is not None]
        since[each.tier] = min(days, default=None)
    return [f"{tier} from {day}" if day else tier for tier, day in since.items()]


def _by_label(frame: pl.DataFrame, labels: Sequence[str]) -> dict[tuple[str, str, str], int]:
    found: Counter[tuple[str, str, str]] = Counter()
    for label in labels:
        for value, ruling, n in frame.group_by(LABEL + label, "ruling").len().iter_rows():
            found[label, value or "", ruling] += n
    return dict(found)


# --- files -------------------------------------------------------------------------------------------------------


def _manifest(source: Source, law: Law, options: Options) -> str:
    """All that decides the result."""
    given = [[q.fact, q.member, sorted(answers)] for q, answers in sorted(options.given.items())]
    return json.dumps(
        {
            "lagrum": __version__,
            "program": fingerprint("screening", "reasoning", "semantics", "model", "language"),
            "law": law.id,
            "law_hash": law.hash,
            "readings": dict(law.readings),
            "on": [day.isoformat() for day in options.days],
            "given": given,
            "detail": options.detail,
            "inputs": dict(source.identity),
        },
        sort_keys=True,
        indent=1,
    )


def _claim(folder: Path, manifest: str) -> None:
    """Begin in a folder, or go on there; half-written files of a killed run are removed."""
    file = folder / "manifest.json"
    if file.exists():
        if file.read_text("utf-8") != manifest:
            raise OtherRun(f"{folder} holds a run with other inputs")
    elif any(folder.glob("part-*")):
        raise OtherRun(f"{folder} holds parts of an unknown run")
    else:
        write_text(file, manifest)
    for half in folder.glob("*.half"):
        half.unlink()


def side_tables(folder: Path, number: int, coded: Coded) -> None:
    """Evidence, problems and what was left out, beside the part that they speak of."""
    for name in ("evidence", "problems", "left_out"):
        found = getattr(coded, name, ())
        if found:
            rows = [{key: _plain(getattr(each, key)) for key in each.__slots__} for each in found]
            write_frame(folder / f"{name}-{number:06}.parquet", pl.DataFrame(rows, infer_schema_length=None))


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def write_frame(file: Path, frame: pl.DataFrame) -> None:
    """A table, all or nothing."""
    half = _half(file)
    frame.write_parquet(half)
    half.replace(file)


def write_text(file: Path, text: str) -> None:
    half = _half(file)
    half.write_text(text, "utf-8")
    half.replace(file)


def _half(file: Path) -> Path:
    """A name that nobody else writes to: a task may be done twice at a time."""
    return file.with_name(f"{file.name}.{token_hex(4)}.half")


def hash_of(file: Path) -> str:
    """The content hash of a file, for a source's identity."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
