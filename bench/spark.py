"""What Spark makes of a register beside the embedded engine, on the same rows and machine: `python -m bench.spark`.

Registers of the proposal of 2021 are made as Parquet, and go from file to finished parts: one whose rows repeat, with
reasons, and three for the rulings alone, two of them complete and one with unknown answers. The parts of both
engines are held against each other. Then the rulings on complete rows that are in codes already are worked out in two
shapes: by the NumPy engine in Spark's workers, and by Spark itself, a column for each gate.

The CPU time counted is that of all processes below this one, and less disturbed by other work than the clock.

Sessions are started and warmed up before the clock runs; what that takes is told apart. The best of several runs
counts.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import polars as pl
from bench.measure import REPOSITORY, machine, table

from lagrum.library import open_library
from lagrum.model.facts import FactKind
from lagrum.model.law import Law
from lagrum.model.rulings import SETTLED
from lagrum.reasoning.bench import bench_of
from lagrum.screening.coded import Books, Coded
from lagrum.screening.columnar import Columns
from lagrum.screening.engines import Embedded, Engine, engine
from lagrum.screening.patterns import Patterns
from lagrum.screening.rails import Rails
from lagrum.screening.reading import open_reading
from lagrum.screening.run import Options, codes_of
from lagrum.screening.source import RegisterSource
from lagrum.screening.spark import Spark
from lagrum.screening.staged import codes_in, merged, stage
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.logic import FALSE, TRUE, Node

T = TypeVar("T")

LAW = "eu-ai-act-2021-proposal"
DAY = date(2027, 12, 3)
MASTERS = ("local[1]", "local[2]")
CHANGED = 0.1


@dataclass(frozen=True)
class Made:
    """A register: its file, its mapping, how many rows it has, and whether reasons are asked for."""

    title: str
    file: Path
    mapping: Path
    rows: int
    detail: bool


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=2_000_000)
    asked.add_argument("--unknown-rows", type=int, default=2_000, help="rows with unknown answers in every column")
    asked.add_argument("--runs", type=int, default=2)
    asked.add_argument("--columns-rows", type=int, default=200_000, help="rows for Spark's own columns")
    options = asked.parse_args()
    print(f"{machine()}\n")
    law = open_library().law(LAW)
    with tempfile.TemporaryDirectory() as folder:
        whole(law, Path(folder), options.rows, options.unknown_rows, options.runs)
        shapes(law, Path(folder) / "codes", options.rows, options.columns_rows, options.runs)
    print(f"At the end: {machine()}")


# --- from file to parts ------------------------------------------------------------------------------------------


def whole(law: Law, folder: Path, rows: int, unknown_rows: int, runs: int) -> None:
    registers = (
        made(law, folder, "rows that repeat, with reasons", rows, 400, 0.3, True),
        made(law, folder, "complete rows of 40,000 patterns", rows // 2, 40_000, 0.0, False),
        made(law, folder, "complete rows that hardly repeat", rows // 2, 0, 0.0, False),
        made(law, folder, "30 % unknown, hardly repeating", unknown_rows, 0, 0.3, False),
    )
    took: dict[tuple[str, str], Took] = {}
    notes: list[str] = []
    for each in registers:
        took[each.title, "embedded"] = best(lambda each=each: ruled(Embedded(), law, each, folder / "here"), runs)
    for master in MASTERS:
        began = time.perf_counter()
        with engine("spark", master) as spark:
            started = time.perf_counter() - began
            first = made(law, folder, f"warm {master}", 2000, 100, 0.3, True)
            took_first = best(lambda first=first, spark=spark: ruled(spark, law, first, folder / "warm"), 1)
            notes.append(f"{master}: session {started:.1f} s, first run of 2,000 rows {took_first.wall:.1f} s")
            for each in registers:
                took[each.title, master] = best(
                    lambda each=each, spark=spark: ruled(spark, law, each, folder / "there"), runs
                )
    lines = []
    for each in registers:
        here = took[each.title, "embedded"]
        for master in ("embedded", *MASTERS):
            there, cores = took[each.title, master], int(master[6:-1]) if master in MASTERS else 1
            ratio = here.wall / there.wall
            told = [
                spoken(each.rows / there.wall),
                f"{ratio:.2f}",
                f"{ratio / cores:.2f}",
                f"{here.cpu / there.cpu:.2f}",
            ]
            lines.append([f"{each.title}: {master}", f"{each.rows:,}", *told])
    heads = [
        "from Parquet to finished parts",
        "rows",
        "rows a second",
        "times embedded",
        "a core",
        "for the same CPU time",
    ]
    print(table(heads, lines), "\n")
    print("; ".join(notes) + "\n")


def ruled(engine: Engine, law: Law, made: Made, folder: Path) -> None:
    """A run into an empty folder; what comes out is the same each time."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        reading = open_reading(made.file, law.facts, str(made.mapping))
        run = engine.screen(RegisterSource(reading), law, Options((DAY,), detail=made.detail), Path(work), silent)
        told = json.dumps({day.isoformat(): each.to_dict() for day, each in run.tallies.items()}, sort_keys=True)
    kept = made.file.with_suffix(".told")
    if kept.exists() and kept.read_text() != told:
        raise SystemExit(f"the engines differ on {made.title}")
    kept.write_text(told)


def silent(_rows: int, _share: float) -> None:
    pass


def made(law: Law, folder: Path, title: str, rows: int, patterns: int, unknown: float, detail: bool) -> Made:
    """A register of rows that are each some ruling's case with a few answers changed; `patterns` distinct ones, or as
    many as there are rows. `unknown` is the share of cells that say nothing."""
    bench = bench_of(law)
    cases = [case for node in bench.rulings.values() if (case := bench.here(DAY).find(node)) is not None]
    random = np.random.default_rng(0)
    number = patterns or rows
    near = random.integers(0, len(cases), number)
    columns: dict[str, pl.Series] = {}
    says = ["lagrum: 1", f"mapping: {json.dumps(title)}", "source: made", "review: made", "columns:"]
    for place, fact in enumerate(dict.fromkeys(question.fact for question in bench.over)):
        told, names = law.facts[fact], [answer.name for answer in law.facts[fact].answers]
        said: list[str] = []
        for case in cases:
            given = {q: a for q, a in case.items() if q.fact == fact}
            if told.kind is FactKind.SOME_OF:
                of = [names[q.member] for q, a in sorted(given.items()) if a == 1 and q.member is not None]
                said.append(f"{{exactly: {json.dumps(of) if of else 'none'}}}")
            else:
                said.append(json.dumps(names[next(iter(given.values()))]))
        values = list(dict.fromkeys([*said, *([] if told.kind is FactKind.SOME_OF else map(json.dumps, names))]))
        codes = np.array([values.index(each) for each in said])[near]
        changed = random.random(number) < CHANGED
        codes[changed] = random.integers(0, len(values), int(changed.sum()))
        codes = np.where(random.random(number) < unknown, len(values), codes)
        cells = pl.Series([*(f"v{i}" for i in range(len(values))), None], dtype=pl.String)
        columns[f"c{place}"] = cells.gather(codes)
        says += [f"  c{place}:", f"    {json.dumps(fact)}:", "      values:"]
        says += [f"        v{i}: {value}" for i, value in enumerate(values)]
    frame = pl.DataFrame(columns)
    if patterns:
        frame = frame[random.integers(0, patterns, rows)]
    name = title.replace(" ", "-").replace(",", "").replace("%", "").replace("[", "").replace("]", "")
    file, mapping = folder / f"{name}.parquet", folder / f"{name}.yaml"
    frame.write_parquet(file)
    mapping.write_text("\n".join(says) + "\n")
    return Made(title, file, mapping, rows, detail)


# --- two shapes of columns ---------------------------------------------------------------------------------------


def shapes(law: Law, folder: Path, rows: int, few: int, runs: int) -> None:
    """Complete rows in codes, batch by batch: how many rows get each ruling."""
    folder.mkdir()
    register = made(law, folder, "complete", rows, 0, 0.0, False)
    reading = open_reading(register.file, law.facts, str(register.mapping))
    numbers = list[int]()
    for number, coded in enumerate(reading.batches()):
        stage(folder, number, coded)
        numbers.append(number)
    columns, books = engine_for(folder)
    counts, here = timed_best(lambda: together(by_columns(folder, each) for each in numbers), runs)
    head = codes_in(folder, 0, books, few)
    right = counted(columns, head)
    names = {fact: f"f{i}" for i, fact in enumerate(books)}
    file = folder / "few.parquet"
    head.frame.select(pl.col(fact).cast(pl.Int32).alias(name) for fact, name in names.items()).write_parquet(file)
    circuit, roots = expression(law, books)
    lines = list[list[str]]()

    def add(title: str, number: int, took: Took, cores: int) -> None:
        rate, each_cpu = number / took.wall, here.cpu / rows * number / took.cpu
        lines.append([title, f"{number:,}", spoken(rate), f"{rate * here.wall / rows / cores:.2g}", f"{each_cpu:.2g}"])

    add("NumPy bits, embedded", rows, here, 1)
    for master in MASTERS:
        with engine("spark", master) as spark:
            assert isinstance(spark, Spark)
            cores = int(master[6:-1])
            tasks = spark.context.parallelize(numbers, len(numbers)).map(partial(by_columns, folder))
            tasks.collect()  # the law is compiled
            found, took = timed_best(lambda tasks=tasks: together(tasks.collect()), runs)
            check(f"NumPy bits in the workers of {master}", found, counts)
            add(f"NumPy bits in the workers, {master}", rows, took, cores)
            for whole_stage, title in (("true", "whole-stage code"), ("false", "no whole-stage code")):
                spark.session.conf.set("spark.sql.codegen.wholeStage", whole_stage)
                query = by_spark(spark, circuit, roots, names, file)
                first = best(query, 1).wall
                found, took = timed_best(query, 2)
                check(f"columns of Spark on {master}", found, right)
                add(f"columns of Spark, {title}, {master}; the first time {first:.1f} s", few, took, cores)
            spark.session.conf.set("spark.sql.codegen.wholeStage", "true")
    title = f"rulings on complete rows in codes, {len(circuit.gates):,} gates"
    print(table([title, "rows", "rows a second", "a core, embedded is 1", "for the same CPU time"], lines), "\n")


def by_columns(folder: Path, number: int) -> list[int]:
    """How many rows of a batch get each ruling."""
    columns, books = engine_for(folder)
    return counted(columns, codes_in(folder, number, books))


def counted(columns: Columns, coded: Coded) -> list[int]:
    places = columns.by_column({fact: codes_of(coded, fact) for fact in coded.facts}, len(coded.frame), DAY)
    counts = np.bincount(places, minlength=len(columns.outcomes))
    return [sum(int(n) for n, o in zip(counts, columns.outcomes, strict=True) if o.possible == (r,)) for r in SETTLED]


def together(counts: Iterable[list[int]]) -> list[int]:
    return [sum(each) for each in zip(*counts, strict=True)]


def check(name: str, found: list[int], right: list[int]) -> None:
    if found != right:
        raise SystemExit(f"{name}: {found} instead of {right}")


@lru_cache(maxsize=1)
def engine_for(folder: Path) -> tuple[Columns, Books]:
    law = open_library().law(LAW)
    books = merged(folder, range(len(list(folder.glob("coded-*.parquet")))))
    return Columns(Patterns(law, list(books), books, {}, detail=False)), books


def expression(law: Law, books: Books) -> tuple[Circuit, list[Node]]:
    """For each ruling where a complete, possible row gets it, as a circuit over codes."""
    bench = bench_of(law)
    moment = bench.compiled.moment(DAY, law.readings)
    present = {fact: list(range(1, len(book))) for fact, book in books.items()}
    said = {fact: [dict(each.open) for each in book] for fact, book in books.items()}
    rails = Rails(bench, moment, said, present)
    possible = rails.circuit.both(*(rails.of(each.node)[1] for each in bench.impossible))
    return rails.circuit, [rails.circuit.both(possible, rails.of(bench.rulings[ruling])[1]) for ruling in SETTLED]


def by_spark(
    spark: Spark, circuit: Circuit, roots: list[Node], named: Mapping[str, str], file: Path
) -> Callable[[], list[int]]:
    """A query that makes a column of each gate, those first that rest on none, and counts the rows of each root."""
    from pyspark.sql import functions

    asked = {n >> 1: (q.fact, a) for q, nodes in circuit.inputs.items() for a, n in enumerate(nodes) if not n & 1}

    def word(node: Node) -> str:
        if node in (FALSE, TRUE):
            return "true" if node == TRUE else "false"
        return f"(NOT g{node >> 1})" if node & 1 else f"g{node >> 1}"

    def text(gate: int) -> str:
        joined = circuit.gates[gate]
        return " AND ".join(map(word, joined)) if joined else f"{named[asked[gate][0]]} = {asked[gate][1]}"

    frame = spark.session.read.parquet(str(file))
    for gates in levels(circuit, roots):
        frame = frame.selectExpr("*", *(f"{text(gate)} AS g{gate}" for gate in gates))
    sums = [functions.sum(functions.expr(word(root)).cast("int")).alias(f"r{i}") for i, root in enumerate(roots)]

    def count() -> list[int]:
        return list(frame.agg(*sums).collect()[0])

    return count


def levels(circuit: Circuit, roots: list[Node]) -> Iterator[list[int]]:
    """The gates that the roots rest on, those first that rest on none."""
    needed: set[int] = set()
    waiting = [node >> 1 for node in roots if node not in (FALSE, TRUE)]
    while waiting:
        gate = waiting.pop()
        if gate not in needed:
            needed.add(gate)
            waiting += [node >> 1 for node in circuit.gates[gate]]
    depth: dict[int, int] = {}
    for gate in sorted(needed):
        depth[gate] = 1 + max((depth[node >> 1] for node in circuit.gates[gate]), default=-1)
    for level in range(max(depth.values(), default=-1) + 1):
        yield [gate for gate, found in depth.items() if found == level]


@dataclass(frozen=True, order=True)
class Took:
    """Seconds by the clock, and of CPU in this process and all below it."""

    wall: float
    cpu: float


def timed_best(function: Callable[[], T], runs: int) -> tuple[T, Took]:
    """What a function answers, and what it took in the shortest of several runs."""
    times = []
    for _ in range(runs):
        cpu, began = used(), time.perf_counter()
        found = function()
        times.append(Took(time.perf_counter() - began, used() - cpu))
    return found, min(times)


def best(function: Callable[[], object], runs: int) -> Took:
    return timed_best(function, runs)[1]


def used() -> float:
    """CPU seconds of this process and those below it: Java is one, and Python's workers are below Java."""
    parents: dict[int, int] = {}
    spent: dict[int, float] = {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = each.read_text().rpartition(")")[2].split()
        except OSError:  # it ended
            continue
        parents[int(each.parent.name)] = int(fields[1])
        spent[int(each.parent.name)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    mine = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in mine} - mine:
        mine |= more
    return sum(spent[each] for each in mine)


def spoken(rate: float) -> str:
    return f"{rate / 1e6:.2f} M" if rate >= 1e6 else f"{rate / 1e3:.1f} k" if rate >= 1e3 else f"{rate:.0f}"


if __name__ == "__main__":
    from bench import spark  # by its name, so that workers find what they are to do

    os.environ["PYTHONPATH"] = str(REPOSITORY)
    spark.main()
