"""What would grow with a register stays within bounds, and what it says stays exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagrum.library import open_library
from lagrum.screening import run as run_module
from lagrum.screening import tally as tally_module
from lagrum.screening.coded import LABEL, Coded
from lagrum.screening.ids import Ids
from lagrum.screening.run import Options, OtherRun, screen
from lagrum.screening.tally import OTHERS, named
from tests.screening.register_made import DAYS, LAW, Made, run


class WithVendors(Made):
    """Few vendors have many rows, many have one; a part's most frequent are not the whole's."""

    def parts(self, finished: Container[int]) -> Iterator[Coded | None]:
        for number, coded in enumerate(super().parts(finished)):
            assert coded is not None
            random = np.random.default_rng(number)
            names = [f"vendor {n}" if n else None for n in (random.pareto(0.7, self.rows) * 3).astype(int) % 997]
            vendors = pl.Series(LABEL + "vendor", names, dtype=pl.String)
            yield Coded(coded.frame.with_columns(vendors), coded.books, labels=("vendor",))


def test_values_counted_by_name_are_few_and_exact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally_module.named, "__defaults__", (40,))
    law = open_library().law(LAW)
    done = screen(WithVendors(law, 4, 500), law, Options(DAYS, detail=False), tmp_path)
    rows = pl.concat(pl.read_parquet(part) for part in done.parts)
    for day in DAYS:
        here = rows.filter(pl.col("on") == day)
        truth = Counter((value or "", ruling) for value, ruling in here.select(LABEL + "vendor", "ruling").iter_rows())
        counted = done.tallies[day].labels
        values = {value for _, value, _ in counted} - {OTHERS}
        assert len(values) == 40
        for (label, value, ruling), n in counted.items():
            assert label == "vendor"
            if value != OTHERS:
                assert n == truth[value, ruling]
        assert sum(counted.values()) == 2000
        sizes = Counter(value or "" for value in here[LABEL + "vendor"])
        assert {value for value, _ in sizes.most_common(8)} <= values


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("ab"), st.text("xyz", max_size=3), st.sampled_from(["forbidden", "outside"])),
        st.integers(1, 9),
        max_size=30,
    ),
    st.integers(1, 5),
)
def test_naming_fewer_keeps_the_sums(labels: dict[tuple[str, str, str], int], most: int) -> None:
    found = named(labels, most)
    for label in "ab":
        mine = {value for name, value, _ in found if name == label}
        assert len(mine - {OTHERS}) <= most
        for ruling in ("forbidden", "outside"):
            before = sum(n for (name, _, said), n in labels.items() if (name, said) == (label, ruling))
            assert before == sum(n for (name, _, said), n in found.items() if (name, said) == (label, ruling))
        sizes = Counter[str]()
        for (name, value, _), n in labels.items():
            sizes[value] += n if name == label else 0
        left = {value for value, n in sizes.items() if n} - mine
        assert not left or max(sizes[value] for value in left) <= min(sizes[value] for value in mine - {OTHERS})


@given(st.lists(st.lists(st.integers(0, 60), max_size=40), max_size=12))
def test_ids_that_came_before_are_found(batches: list[list[int]]) -> None:
    ids, seen = Ids(), set[int]()
    for batch in batches:
        expected = []
        for each in batch:
            expected.append(each in seen)
            seen.add(each)
        assert ids.came_before(np.array(batch, dtype=np.uint64)).tolist() == expected


def test_ids_stay_within_their_bound() -> None:
    ids = Ids(most=10)
    assert not ids.came_before(np.arange(10, dtype=np.uint64)).any()
    assert ids.came_before(np.array([3, 11, 11, 12], dtype=np.uint64)).tolist() == [True, False, True, False]
    # 11 was one too many to be kept, 3 was not.
    assert ids.came_before(np.array([11, 3], dtype=np.uint64)).tolist() == [False, True]


def test_another_program_does_not_go_on_with_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path, parts=1, rows=5)
    assert run(tmp_path, parts=1, rows=5)[0].resumed == 1
    monkeypatch.setattr(run_module, "fingerprint", lambda *_: "another")
    law = open_library().law(LAW)
    with pytest.raises(OtherRun):
        screen(Made(law, 1, 5), law, Options(DAYS, detail=False), tmp_path)
