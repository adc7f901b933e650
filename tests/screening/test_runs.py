"""Runs: killed and gone on with, in the same bytes; parts never half there; rows in are rows out; memory flat."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from lagrum.library import open_library
from lagrum.screening.run import Options, OtherRun, screen
from tests.screening.register_made import DAYS, LAW, Made, run


def files(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def test_a_killed_run_goes_on_and_comes_out_the_same(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.screening.register_made", str(tmp_path / "killed")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent.parent)
    assert process.stdout is not None
    while process.stdout.readline().strip() != b"1":
        assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    done = len(list((tmp_path / "killed").glob("part-*.parquet")))
    assert 2 <= done < 6
    (tmp_path / "killed" / "part-000005.parquet.half").write_bytes(b"torn")
    again, made = run(tmp_path / "killed")
    whole, _ = run(tmp_path / "whole")
    assert again.resumed == done
    assert made.read == list(range(done, 6))
    assert again.tallies == whole.tallies
    assert files(tmp_path / "killed") == files(tmp_path / "whole")


def test_rows_in_are_rows_out_and_counted(tmp_path: Path) -> None:
    done, _ = run(tmp_path, parts=3, rows=50, detail=True)
    rows = pl.concat(pl.read_parquet(part) for part in done.parts)
    for day in DAYS:
        here = rows.filter(pl.col("on") == day)
        assert here["row"].to_list() == list(range(1, 151))
        tally = done.tallies[day]
        assert tally.rows == sum(tally.rulings.values()) == 150
        assert dict(here["ruling"].value_counts().iter_rows()) == dict(tally.rulings)
        settled = here.filter(pl.col("possible").list.len() == 1)
        assert settled["missing"].list.len().sum() == 0


def test_another_run_is_not_mixed_in(tmp_path: Path) -> None:
    run(tmp_path, parts=1, rows=5)
    law = open_library().law(LAW)
    with pytest.raises(OtherRun):
        screen(Made(law, 1, 5), law, Options(DAYS[:1]), tmp_path)


def test_memory_stays_flat(tmp_path: Path) -> None:
    """Ten times the rows take no more than a little more memory; measured in fresh processes."""

    def peak(parts: int) -> int:
        code = (
            "import resource, sys; from pathlib import Path; from tests.screening.register_made import run;"
            f"run(Path(sys.argv[1]), parts={parts}, rows=100_000, facts=4);"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        told = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / str(parts))],
            capture_output=True,
            check=True,
            cwd=Path(__file__).parent.parent.parent,
        )
        return int(told.stdout.split()[-1])

    few, many = peak(2), peak(20)
    assert many < few * 1.25
