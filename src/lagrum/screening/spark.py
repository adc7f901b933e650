"""Rows ruled on by the workers of a Spark cluster, part by part, into the same files as the embedded engine writes.

A run has three stages. Batches of the register are put into codes: those of Parquet by the workers, others here, since
their rows can only be read one after another. Where patterns repeat, the distinct ones are gathered, each is ruled on
once, and their outcomes go to all workers. Then the workers rule on the batches, by these outcomes or by columns, and
write the parts. Rows never pass through Java: tasks are given numbers of batches, which lie in the run's folder.
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from lagrum.language.cache import fingerprint
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.law import Law
from lagrum.screening import sparktasks
from lagrum.screening.coded import ID, ROW
from lagrum.screening.run import MOST_KEPT, SAMPLE, Options, Run, Source, claim, gathered, hardly_repeat, write_text
from lagrum.screening.source import RegisterSource
from lagrum.screening.sparksession import cannot
from lagrum.screening.sparktasks import Failed, Judging, Outcomes, Saying
from lagrum.screening.staged import codes_in, merged, rows_of, stage, staged
from lagrum.screening.tables import ParquetRows

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

T = TypeVar("T")
A = TypeVar("A")

SLICES = 4
"""Tasks a core into which patterns are cut: enough to even out, few enough that alike ones stay together."""

REMEMBERED = 2_000_000
"""Ids that come twice, at most, that are noted across batches."""

EVERY = 0.3
"""Seconds between two looks at how far the workers are."""


class Spark:
    """The engine on a session, which is neither changed nor stopped."""

    def __init__(self, session: SparkSession) -> None:
        self.session, self.context = session, session.sparkContext

    # Of a row's way one half is to be put into codes, the other to be ruled on: so are rows and shares told.

    def screen(
        self, source: Source, law: Law, options: Options, folder: Path, tell: Callable[[int, float], None]
    ) -> Run:
        folder = folder.resolve()
        finished = claim(folder, source, law, options)
        between = folder / "coded"
        between.mkdir(exist_ok=True)
        for half in between.glob("*.half"):
            half.unlink()
        with self._job_group():
            self._fit(folder)
            numbers, by_workers = self._say(source, between, finished, tell)
            left = [number for number in numbers if number not in finished]
            by_columns = self._rule(source, law, options, folder, left, by_workers, tell) if left else None
        shutil.rmtree(between)
        return gathered(law, options, folder, numbers, len(finished), by_columns)

    # --- the stages ------------------------------------------------------------------------------------------

    def _say(
        self, source: Source, between: Path, finished: set[int], tell: Callable[[int, float], None]
    ) -> tuple[list[int], bool]:
        """All batches in codes: their numbers, and whether the workers did it."""
        there = staged(between)
        if not isinstance(source, RegisterSource) or not isinstance(source.reading.register.rows, ParquetRows):
            numbers: list[int] = []
            for number, coded in enumerate(source.parts(there | finished)):
                numbers.append(number)
                if coded is not None:
                    stage(between, number, coded)
                if isinstance(source, RegisterSource):
                    tell(source.rows // 2, source.reading.share / 2)
            return numbers, False
        reading, count = source.reading, source.reading.register.rows.parts
        job = Saying(
            reading.register.path.resolve(), reading.mapping, reading.facts, reading.indicate, reading.hinted, between
        )
        todo = [number for number in range(count) if number not in there]

        def look() -> None:
            share = len(staged(between)) / max(1, count) / 2
            tell(int(share * (source.reading.register.rows.count or 0)), share)

        with _watched(look):
            self._done(partial(sparktasks.say, pickle.dumps(job)), todo)
        return list(range(count)), True

    def _rule(
        self, source: Source, law: Law, options: Options, folder: Path, left: Sequence[int], by_workers: bool,
        tell: Callable[[int, float], None],
    ) -> bool:  # fmt: skip
        """All batches that are left ruled on; whether that was by columns."""
        between = folder / "coded"
        books = merged(between, left)
        by_columns = hardly_repeat(codes_in(between, left[0], books, SAMPLE))
        job = Judging(pickle.dumps(law), options, books, by_columns, between, folder)
        if by_workers and isinstance(source, RegisterSource) and source.reading.mapping.id:
            first = self._repeated(between)
            job = replace(job, id=source.reading.mapping.id, repeated=first)
        if not by_columns:
            outcomes = self._outcomes(job, left)
            job = replace(job, by_columns=outcomes is None, outcomes=outcomes or {})
        rows = {number: rows_of(between, number) for number in staged(between)}
        at_first = set(rows) - set(left)

        def look() -> None:
            done = at_first | {number for number in left if (folder / f"part-{number:06}.parquet").exists()}
            ruled = sum(rows[number] for number in done)
            tell((sum(rows.values()) + ruled) // 2, 0.5 + len(done) / max(1, len(rows)) / 2)

        with _watched(look):
            self._done(partial(sparktasks.finish, pickle.dumps(job)), left)
        return job.by_columns

    def _outcomes(self, job: Judging, left: Sequence[int]) -> Outcomes | None:
        """The outcomes of all distinct patterns; None where they are more than a worker should hold."""
        packed = pickle.dumps(job)
        found = self.context.parallelize(left, len(left)).flatMap(partial(sparktasks.patterns, packed)).distinct()
        most = max(1, MOST_KEPT // len(job.options.days))
        distinct = found.take(most + 1) if len(left) > 1 else found.collect()
        if len(distinct) > most:
            return None
        cores = max(1, self.context.defaultParallelism)
        slices = max(1, min(len(distinct), cores * SLICES))
        asked = self.context.parallelize(sorted(distinct), slices)  # sorted, since alike patterns help each other
        return dict(asked.mapPartitions(partial(sparktasks.outcomes, packed)).collect())

    def _repeated(self, between: Path) -> dict[str, int] | None:
        """The first row of each id that comes twice; None where what was noted inside each batch is to stand: there is
        only one, or they are too many to keep in mind."""
        if len(staged(between)) == 1:
            return None
        files = [str(between / f"coded-{number:06}.parquet") for number in sorted(staged(between))]
        ids = self.session.read.parquet(*files).selectExpr(f"`{ID}` AS id", f"CAST(`{ROW}` AS BIGINT) AS row")
        ids.where("id IS NOT NULL").createOrReplaceTempView(view := f"lagrum_{uuid4().hex}")
        try:
            query = f"SELECT id, min(row) AS row FROM {view} GROUP BY id HAVING count(*) > 1 LIMIT {REMEMBERED + 1}"
            found = {str(row["id"]): int(row["row"]) for row in self.session.sql(query).collect()}
        finally:
            self.session.catalog.dropTempView(view)
        return found if len(found) <= REMEMBERED else None

    # --- with the cluster ------------------------------------------------------------------------------------

    def _done(self, task: Callable[[int], Failed], numbers: Sequence[int]) -> None:
        """One task for each batch. Raises `InvalidInput` with what the tasks could not read."""
        if not numbers:
            return
        failed = self.context.parallelize(numbers, len(numbers)).flatMap(task).collect()
        if failed:
            raise InvalidInput(list(dict.fromkeys(failed)))

    def _fit(self, folder: Path) -> None:
        """Raises `InvalidInput` where workers do not see the run's folder, or are not of our kind."""
        if str(self.context.master).startswith("local"):
            return
        token = folder / f"seen-{uuid4().hex}"
        write_text(token, "")
        try:
            asked, code = max(2, self.context.defaultParallelism), fingerprint(*sparktasks.CODE)
            told = (
                self.context.parallelize(range(asked), asked).map(partial(sparktasks.lacks, str(token), code)).collect()
            )
        finally:
            token.unlink(missing_ok=True)
        for lacking in filter(None, told):
            help_ = "install the same there, and write with `-o` (in Python, `out`) to a folder that every worker has"
            raise cannot(f"some of its workers {lacking}", help_)

    @contextmanager
    def _job_group(self) -> Iterator[None]:
        """Jobs that end with us, also where we are interrupted."""
        group = f"lagrum-{uuid4().hex}"
        self.context.setJobGroup(group, "lagrum screen", interruptOnCancel=True)
        try:
            yield
        except BaseException:
            self.context.cancelJobGroup(group)
            raise
        finally:
            self.context.setLocalProperty("spark.jobGroup.id", None)  # type: ignore[arg-type]


@contextmanager
def _watched(look: Callable[[], None]) -> Iterator[None]:
    """Look again and again while something goes on, and once at the end."""
    over = Event()

    def watch() -> None:
        while not over.wait(EVERY):
            look()

    thread = Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    look()
