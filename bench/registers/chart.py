"""What `bench.grow` measured, as a table and as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
from bench.measure import table

Grown = Sequence[dict[str, Any]]


def told(grown: Grown) -> str:
    rows = [
        [
            f"{each['rows']:,}",
            f"{100 * each['unknown']:.0f} %",
            f"{each['cpu']:,.0f} s",
            f"{each['wall']:,.0f} s",
            f"{1e6 * each['cpu'] / each['rows']:.1f} µs",
            f"{each['peak_mib']:,} MiB",
        ]
        for each in grown
    ]
    return table(["rows", "unknown", "CPU", "by the clock", "CPU a row", "peak memory"], rows) + "\n"


def draw(grown: Grown, file: Path) -> None:
    """CPU a row and peak memory over the number of rows."""
    import altair as alt

    values = [
        {
            "rows": each["rows"],
            "answers": "all known" if not each["unknown"] else f"{100 * each['unknown']:.0f} % unknown",
            "CPU a row (µs)": 1e6 * each["cpu"] / each["rows"],
            "peak memory (GiB)": each["peak_mib"] / 1024,
        }
        for each in grown
    ]
    base = alt.Chart(pl.DataFrame(values)).encode(
        x=alt.X("rows:Q", scale=alt.Scale(type="log"), axis=alt.Axis(format="~s", values=[1e5, 1e6, 1e7, 1e8])),
        color=alt.Color("answers:N", scale=alt.Scale(range=["#1b6ca8", "#b3541e"]), title=None),
        shape=alt.Shape("answers:N", title=None),
    )
    parts = [
        base.mark_line(point={"size": 60})
        .encode(y=alt.Y(f"{name}:Q", scale=alt.Scale(zero=True)))
        .properties(width=300, height=200)
        for name in ("CPU a row (µs)", "peak memory (GiB)")
    ]
    whole = alt.hconcat(*parts).properties(
        title="From file to results, 62 columns: cost per row and memory as a register grows"
    )
    whole.configure(font="sans-serif", background="#ffffff").save(str(file))
