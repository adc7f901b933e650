"""lagrum beside the peers that can be installed, on eighteen scenarios: `python -m bench.peers`.

Every tool is asked in its own words by an adapter (`adapters/`), several times in turn. All answers are marked by the
same rules (`scenarios.py`).
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.measure import machine, spoken, table
from bench.peers.environment import Tool, tools
from bench.peers.scenarios import MARKS, SCENARIOS, mark

Report = Mapping[str, Any]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--folder", type=Path, help="install here and leave it, instead of in a throwaway folder")
    options = asked.parse_args()
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
        _run(options.folder.resolve(), options.runs)
    else:
        with TemporaryDirectory() as folder:
            _run(Path(folder), options.runs)


def _run(folder: Path, runs: int) -> None:
    found, notes = tools(folder)
    print(f"## Peers\n\n{machine()}\n", flush=True)
    reports: dict[str, list[Report]] = {tool.name: [] for tool in found}
    for _ in range(runs):
        for tool in found:
            report = _report(tool, notes)
            if report is not None:
                reports[tool.name].append(report)
    kept = {name: each for name, each in reports.items() if each}
    versions = ", ".join(f"{name} {each[0]['version']} ({each[0]['size']})" for name, each in kept.items())
    print(f"{versions}.\n")
    print(table(("scenario", "right answer", *kept), [*_marks(kept), *_totals(kept), *_times(kept)]))
    print("\nMarks: " + "; ".join(f"{name} {meaning}" for name, meaning in MARKS.items()) + ".")
    print("\n".join(["", *dict.fromkeys(notes)]))
    print(f"\nAt the end: {machine()}")


def _report(tool: Tool, notes: list[str]) -> Report | None:
    """What the adapter printed; a tool that cannot be run is told of and left out."""
    ran = tool.ask()
    if ran.returncode == 0:
        report: Report = json.loads(ran.stdout)
        return report
    if tool.name == "lagrum":
        raise SystemExit(ran.stderr.decode())
    print(ran.stderr.decode(), file=sys.stderr)
    notes.append(f"{tool.name} could not be run here: {ran.stderr.decode().strip().splitlines()[-1]}")
    return None


def _marked(name: str, report: Report) -> list[str]:
    return [mark(each, report["answers"][str(number)], name == "lagrum") for number, each in SCENARIOS.items()]


def _marks(reports: Mapping[str, Sequence[Report]]) -> Iterator[Sequence[str]]:
    columns = [_marked(name, each[0]) for name, each in reports.items()]
    for (number, scenario), marks in zip(SCENARIOS.items(), zip(*columns, strict=True), strict=True):
        yield f"{number} {scenario.what}", scenario.right, *marks


def _totals(reports: Mapping[str, Sequence[Report]]) -> Iterator[Sequence[str]]:
    counts = [Counter(_marked(name, each[0])) for name, each in reports.items()]
    yield "**together**", ", ".join(MARKS), *(", ".join(str(count[name]) for name in MARKS) for count in counts)
    given = [[answer["given"] for answer in each[0]["answers"].values()] for each in reports.values()]
    yield "**answers given to it**", "median", *(f"{statistics.median(each):.0f}" for each in given)


def _times(reports: Mapping[str, Sequence[Report]]) -> Iterator[Sequence[str]]:
    """The median scenario of the median run, in CPU, and against lagrum's ruling in the same run."""
    ruling = _median(reports["lagrum"], "ruling")
    for way in reports["lagrum"][0]["seconds"]:
        cells = ["" if name != "lagrum" else _told(_median(each, way), ruling) for name, each in reports.items()]
        yield f"**CPU**: {way}", "median, against the ruling", *cells
    cells = [
        "" if name == "lagrum" else _told(_median(each, *each[0]["seconds"]), ruling) for name, each in reports.items()
    ]
    yield "**CPU**: its whole answer", "median, against the ruling", *cells


def _median(reports: Sequence[Report], way: str) -> float:
    return statistics.median([statistics.median([float(s) for s in report["seconds"][way]]) for report in reports])


def _told(seconds: float, ruling: float) -> str:
    return f"{spoken(seconds)}, {seconds / ruling:.2g}"


if __name__ == "__main__":
    main()
