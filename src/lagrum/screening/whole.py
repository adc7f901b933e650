"""A screening from end to end: a register in, rows ruled on, results and their summary out."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from lagrum.language.problems import quote
from lagrum.model.cases import Given
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.law import Law
from lagrum.reasoning.bench import bench_of
from lagrum.screening.engines import Embedded, Engine, Told
from lagrum.screening.reading import Reading
from lagrum.screening.results import Seen, frames, label_column
from lagrum.screening.run import Options, OtherRun, Run
from lagrum.screening.source import RegisterSource
from lagrum.screening.summary import Summary, changes_of, day_of, head, ranked
from lagrum.screening.writing import check_out, write

Lawful = tuple[tuple[Law, tuple[date, ...]], ...]
"""The law as known for each group of days, in the order of the days."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a register. `given` holds for every row; `wanted` are the kinds of rows of which the first
    `most` are kept for findings. Without `reasons` rows get their rulings alone."""

    laws: Lawful
    given: tuple[Given, ...] = ()
    text_of: date | None = None
    out: Path | None = None
    wanted: tuple[str, ...] = ()
    most: int = 0
    inputs: Mapping[str, object] = field(default_factory=dict)
    reasons: bool = True


@dataclass(frozen=True)
class Screened:
    """A finished screening: its summary, the rows of the kinds asked for, and how many of them are beyond those kept.
    `resumed` parts were there from a run that was broken off."""

    summary: Summary
    found: tuple[Mapping[str, object], ...]
    not_found: int
    resumed: int


def screen_register(
    reading: Reading,
    asked: Asked,
    tell: Told = lambda _rows, _share: None,
    keep: Callable[[pl.DataFrame], None] | None = None,
    engine: Engine | None = None,
) -> Screened:
    """Rule on every row. With `out` the rows are written there when all are done; until then finished parts wait in a
    folder beside it, from which the same call goes on. `keep` gets the rows part by part. Without an engine it is the
    embedded one. Raises `InvalidInput`."""
    if asked.out is not None:
        check_out(asked.out)
    with _work_folder(asked.out) as work:
        source = RegisterSource(reading)
        rule = engine or Embedded()
        runs = [_run(rule, source, asked, place, work / str(place), tell) for place in range(len(asked.laws))]
        seen = Seen(asked.wanted, asked.most)
        labels = tuple(reading.mapping.labels)
        given = (*asked.given, *_assumed(reading, asked))
        constants = {"law": asked.laws[0][0].id, "given": "; ".join(each.text for each in given)}
        rows = frames(runs, labels, constants, seen)
        if keep is not None:
            rows = _kept(rows, keep)
        if asked.out is not None:
            write(rows, asked.out, ("id", *(label_column(label) for label in labels)))
        else:
            for _ in rows:
                pass
    summary = _summary(reading, asked, runs, seen, source)
    return Screened(summary, tuple(seen.found), seen.not_found, sum(run.resumed for run in runs))


def _run(engine: Engine, source: RegisterSource, asked: Asked, place: int, folder: Path, tell: Told) -> Run:
    """The run for the days of one text of the law."""
    law, days = asked.laws[place]
    fixed = {q: a for each in (*_assumed(source.reading, asked), *asked.given) for q, a in each.open}

    def told(rows: int, share: float) -> None:
        tell(rows, (place + share) / len(asked.laws))

    try:
        return engine.screen(source, law, Options(days, fixed, asked.reasons), folder, told)
    except OtherRun:
        message = f"the folder {quote(str(folder.parent))} holds parts of a run with other inputs"
        help_ = "remove it to begin anew, or write elsewhere with `-o`"
        raise InvalidInput([Diagnostic("LG0826", message, help=help_)]) from None


def _assumed(reading: Reading, asked: Asked) -> tuple[Given, ...]:
    """What the mapping assumes and the user did not give otherwise."""
    mine = {each.fact for each in asked.given}
    return tuple(each for each in reading.given if each.fact not in mine)


def _kept(rows: Iterator[pl.DataFrame], keep: Callable[[pl.DataFrame], None]) -> Iterator[pl.DataFrame]:
    for frame in rows:
        keep(frame)
        yield frame


@contextmanager
def _work_folder(out: Path | None) -> Iterator[Path]:
    """Where finished parts wait. Beside results it stays where a run is broken off, and goes when all is written."""
    if out is None:
        with tempfile.TemporaryDirectory(prefix="lagrum-screen-") as folder:
            yield Path(folder)
        return
    work = work_folder(out)
    try:
        yield work
    except BaseException:
        if not any(work.glob("*/part-*.parquet")):
            shutil.rmtree(work, ignore_errors=True)
        raise
    shutil.rmtree(work)


def work_folder(out: Path) -> Path:
    return out.with_name(out.name + ".unfinished")


def _summary(reading: Reading, asked: Asked, runs: Sequence[Run], seen: Seen, source: RegisterSource) -> Summary:
    law = asked.laws[0][0]
    asks = {question.fact for question in bench_of(law).over}
    mapping = reading.mapping
    days = tuple(
        day_of(day, run.tallies[day], each, seen.narrowed.get(day, {}))
        for run, (each, days) in zip(runs, asked.laws, strict=True)
        for day in days
    )
    hashes = {key: value for key, value in source.identity.items() if key in ("register", "mapping")}
    laws = list({each.hash: each for each, _ in asked.laws}.values())
    inputs = {**asked.inputs, **hashes, **({} if asked.reasons else {"reasons": False})}
    return Summary(
        law=law.id,
        register=reading.register.path.name,
        rows=seen.rows,
        left_out=ranked(seen.left_out),
        with_problems=seen.with_problems,
        problems=ranked(seen.problems),
        indicated=seen.indicated,
        given=asked.given,
        assumed=_assumed(reading, asked),
        mapping={"name": mapping.name, "source": mapping.source, "review": mapping.review, "note": mapping.note},
        spoken=reading.spoken,
        not_asked=tuple(name for name in reading.spoken if name not in asks),
        days=days,
        changes=changes_of(seen),
        hashes=hashes,
        reasons=asked.reasons,
        envelope=head(laws, [day.on for day in days], asked.text_of, asked.given, inputs),
    )
