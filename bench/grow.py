"""How cost per row and memory grow with a register, from file to results.

`python -m bench.grow FOLDER --rows 100000 --rows 1000000 ...`: for each size a register of Parquet is made (one column
for every fact of the small law, an id, a label with many values; rows hardly repeat), complete and with
30 % of the answers unknown, and `lagrum screen` rules on it in a process of its own, the rows written to Parquet. The
register is made beforehand and not timed; its files and the results go away again. One line of JSON for each run goes
to FOLDER/grown.jsonl, from which `bench.screen` draws the curve.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from bench.measure import LAGRUM, REPOSITORY, machine

from lagrum.library import open_library
from lagrum.model.facts import Question
from lagrum.reasoning.bench import Bench, bench_of

LAW = "eu-ai-act-2021-proposal"
DAY = "2027-12-03"
CHUNK = 1_000_000
UNKNOWN, CHANGED = 0.3, 0.03
VENDORS = 50_000


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--rows", type=int, action="append", required=True)
    asked.add_argument("--unknown", type=float, action="append", help=f"the share of unknown answers: 0 and {UNKNOWN}")
    options = asked.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for rows in options.rows:
        for unknown in options.unknown or (0.0, UNKNOWN):
            made = options.folder / "register"
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir()
            mapping = make(made, rows, unknown)
            found = {"rows": rows, "unknown": unknown, **run(made, mapping, options.folder / "out"), "on": machine()}
            shutil.rmtree(made)
            with (options.folder / "grown.jsonl").open("a") as stream:
                stream.write(json.dumps(found) + "\n")
            print(json.dumps(found), flush=True)


def make(folder: Path, rows: int, unknown: float) -> Path:
    """A register and its mapping."""
    bench = bench_of(open_library().law(LAW))
    here = bench.here(date.fromisoformat(DAY))
    cases = [case for node in bench.rulings.values() if (case := here.find(node)) is not None]
    told = {fact: said_of(bench, fact, cases) for fact in dict.fromkeys(q.fact for q in bench.over)}
    mapping = folder.parent / "grown.yaml"
    text = {
        "lagrum": 1,
        "mapping": "made register",
        "id": "id",
        "labels": {"vendor": "vendor"},
        "columns": {
            fact: {fact: {"values": dict(zip(cells_of(values), values, strict=True))}} for fact, values in told.items()
        },
    }
    mapping.write_text(json.dumps(text))
    for start in range(0, rows, CHUNK):
        random, number = np.random.default_rng(start), min(CHUNK, rows - start)
        near = random.integers(0, len(cases), number)
        columns: dict[str, pl.Series] = {}
        for fact, values in told.items():
            which = np.array([values.index(said(bench, fact, case)) for case in cases], dtype=np.uint32)[near]
            changed = random.random(number, dtype=np.float32) < CHANGED
            which[changed] = random.integers(0, len(values), int(changed.sum()), dtype=np.uint32)
            cells = pl.Series(cells_of(values))[which]
            if unknown:
                known = pl.Series(random.random(number, dtype=np.float32) >= unknown)
                cells = pl.select(pl.when(known).then(cells)).to_series()
            columns[fact] = cells
        vendor = (random.pareto(0.8, number) * 20).astype(np.int64) % VENDORS
        columns["vendor"] = ("vendor " + pl.Series(vendor).cast(pl.String)).alias("vendor")
        columns["id"] = "row " + pl.int_range(start, start + number, eager=True).cast(pl.String)
        pl.DataFrame(columns).write_parquet(folder / f"rows-{start:09}.parquet", compression="lz4")
    return mapping


def said(bench: Bench, fact: str, case: Mapping[Question, int]) -> object:
    """What a case says of a fact, as a mapping writes it."""
    names = [answer.name for answer in bench.law.facts[fact].answers]
    if Question(fact) in bench.sizes:
        return names[case[Question(fact)]]
    return {"exactly": [name for i, name in enumerate(names) if case.get(Question(fact, i))] or ["none"]}


def said_of(bench: Bench, fact: str, cases: Sequence[Mapping[Question, int]]) -> list[object]:
    """What rows may say of a fact: any one answer; of a fact with several the sets that cases have."""
    found = [said(bench, fact, case) for case in cases]
    if Question(fact) in bench.sizes:
        found = [answer.name for answer in bench.law.facts[fact].answers]
    return [each for i, each in enumerate(found) if each not in found[:i]]


def cells_of(values: Sequence[object]) -> list[str]:
    return [f"{place} {json.dumps(value)}"[:32] for place, value in enumerate(values)]


def run(register: Path, mapping: Path, out: Path) -> dict[str, object]:
    """`lagrum screen` in a process of its own: its CPU and wall seconds, and its peak memory in MiB."""
    command = [str(LAGRUM), "screen", str(register), "--law", LAW, "--on", DAY, "--mapping", str(mapping)]
    command += ["--no-words", "--no-reasons", "-o", str(out), "--format", "json"]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=REPOSITORY)
    assert process.stdout is not None
    told = json.loads(process.stdout.read())
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    assert not status, f"lagrum screen ended with {status}"
    written = sum(each.stat().st_size for each in out.glob("*.parquet"))
    shutil.rmtree(out)
    for beside in out.parent.glob(out.name + ".*"):
        beside.unlink()
    return {
        "cpu": round(used.ru_utime + used.ru_stime, 2),
        "wall": round(wall, 2),
        "peak_mib": used.ru_maxrss // 1024,
        "written_mib": written >> 20,
        "rulings": told["days"][0]["rulings"],
    }


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (16 << 30, 16 << 30))  # this process and its children
    main()
