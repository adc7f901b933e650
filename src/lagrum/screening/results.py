"""The rows of a finished run as people get them: each row of the register once a day, with what is wrong with it.

Rows that the mapping leaves out are there too, with the reason and without a ruling, so that as many rows come out as
went in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl

from lagrum.screening.coded import LABEL
from lagrum.screening.run import Run

LEFT_OUT = "left out"
"""Stands in place of a ruling."""

TEXTS = pl.List(pl.String)
PROBLEM = pl.Struct({"column": pl.String, "code": pl.String, "message": pl.String})
EVIDENCE = pl.Struct(
    {
        "fact": pl.String,
        "answers": TEXTS,
        "column": pl.String,
        "start": pl.Int64,
        "end": pl.Int64,
        "words": pl.String,
        "indicator": pl.String,
        "used": pl.Boolean,
    }
)
RULED: dict[str, pl.DataType | type[pl.DataType]] = {
    "ruling": pl.String,
    "possible": TEXTS,
    "tiers": TEXTS,
    "tiers_perhaps": TEXTS,
    "because": TEXTS,
    "missing": TEXTS,
    "missing_leaves": pl.UInt8,
    "provenance": pl.String,
    "contradiction": TEXTS,
}
_OF_ALL = ("row", "id", "on")


@dataclass
class Seen:
    """What is found out about rows while they go by; nothing here grows with the register but what is capped.

    `moves` counts, from each day to the next, rows by what they were and what they became; `otherwise` those whose
    ruling stays and whose classes or norms change. `narrowed` counts, for each missing fact and number of rulings, rows
    of which one answer leaves no more. `found` are the first rows of a kind asked for.
    """

    wanted: tuple[str, ...] = ()
    most: int = 0
    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    with_problems: int = 0
    indicated: int = 0
    moves: dict[tuple[date, date], Counter[tuple[str, str]]] = field(default_factory=dict)
    otherwise: Counter[tuple[date, date]] = field(default_factory=Counter)
    narrowed: dict[date, Counter[tuple[str, int]]] = field(default_factory=dict)
    found: list[dict[str, object]] = field(default_factory=list)
    not_found: int = 0  # rows of the kind beyond the first `most`


def frames(runs: Sequence[Run], labels: Sequence[str], constants: dict[str, str], seen: Seen) -> Iterator[pl.DataFrame]:
    """The rows part by part, in their order, those of one row by day. `runs` are of the same register, each for days
    of its own; `constants` are columns that say the same in every row."""
    days = sorted(day for run in runs for day in run.options.days)
    for parts in zip(*(run.parts for run in runs), strict=True):
        ruled = pl.concat(pl.read_parquet(part) for part in parts)
        named = {LABEL + label: label_column(label) for label in labels}
        frame = ruled.rename({name: new for name, new in named.items() if name in ruled.columns})
        frame = frame.with_columns(
            *(pl.lit(None, kind).alias(name) for name, kind in RULED.items() if name not in frame.columns),
            pl.lit(None, pl.String).alias("left_out"),
        )
        whole = _with_left_out(frame, _side(parts[0], "left_out"), days)
        whole = _beside(whole, _side(parts[0], "evidence"), "evidence", EVIDENCE)
        problems = _side(parts[0], "problems")
        whole = _beside(whole, problems, "problems", PROBLEM)
        _note(seen, whole, days, problems)
        yield whole.select(
            *_OF_ALL,
            *named.values(),
            *RULED,
            "left_out",
            "evidence",
            "problems",
            *(pl.lit(value).alias(name) for name, value in constants.items()),
        )


def label_column(label: str) -> str:
    """The name of a label's column: its own, unless a column of results is called so."""
    taken = {*_OF_ALL, *RULED, "left_out", "evidence", "problems", "law", "given"}
    return f"{label} (of the register)" if label in taken else label


def _side(part: Path, name: str) -> pl.DataFrame | None:
    file = part.with_name(part.name.replace("part-", f"{name}-"))
    return pl.read_parquet(file) if file.exists() else None


def _with_left_out(frame: pl.DataFrame, out: pl.DataFrame | None, days: Sequence[date]) -> pl.DataFrame:
    if out is not None:
        each_day = pl.DataFrame({"on": pl.Series(days, dtype=pl.Date)})
        gone = out.select(
            pl.col("row").cast(frame.schema["row"]),
            pl.col("id").cast(pl.String),
            pl.lit(LEFT_OUT).alias("ruling"),
            pl.col("why").cast(pl.String).alias("left_out"),
        ).join(each_day, how="cross")
        frame = pl.concat([frame, gone], how="diagonal")
    return frame.sort("row", "on", maintain_order=True)


def _beside(frame: pl.DataFrame, side: pl.DataFrame | None, name: str, kind: pl.Struct) -> pl.DataFrame:
    """A list column of what a side table says of each row."""
    if side is None:
        return frame.with_columns(pl.lit([], pl.List(kind)).alias(name))
    fields = [pl.col(each.name).cast(each.dtype) for each in kind.fields]
    by_row = side.group_by(pl.col("row").cast(frame.schema["row"]), maintain_order=True).agg(
        pl.struct(fields).alias(name)
    )
    joined = frame.join(by_row, on="row", how="left", maintain_order="left")
    return joined.with_columns(pl.col(name).fill_null(pl.lit([], pl.List(kind))))


def state(ruling: pl.Expr, possible: pl.Expr) -> pl.Expr:
    """A ruling in words, with what is possible where that is several things."""
    return (
        pl.when(ruling == "undetermined")
        .then(pl.concat_str(ruling, pl.lit(": "), possible.list.join(", ")))
        .otherwise(ruling)
    )


def _note(seen: Seen, frame: pl.DataFrame, days: Sequence[date], problems: pl.DataFrame | None) -> None:
    first = frame.filter(pl.col("on") == days[0])
    seen.rows += len(first)
    for why, n in first.filter(pl.col("left_out").is_not_null()).group_by("left_out").len().iter_rows():
        seen.left_out[why] += n
    if problems is not None:
        for code, n in problems.group_by("code").len().iter_rows():
            seen.problems[code] += n
    seen.with_problems += first.filter(pl.col("problems").list.len() > 0).height
    seen.indicated += first.filter(pl.col("evidence").list.eval(pl.element().struct.field("used")).list.any()).height
    asked = frame.filter(pl.col("missing").list.len() > 0).select("on", "missing", "missing_leaves").explode("missing")
    for day, fact, leaves, n in asked.group_by("on", "missing", "missing_leaves").len().iter_rows():
        seen.narrowed.setdefault(day, Counter())[fact, leaves] += n
    ruled = frame.filter(pl.col("left_out").is_null()).select(
        "row",
        "on",
        state(pl.col("ruling"), pl.col("possible")).alias("state"),
        pl.concat_str(*(pl.col(n).list.join(";").fill_null("") for n in ("tiers", "because")), separator="|").alias(
            "by"
        ),
    )
    by_day = [ruled.filter(pl.col("on") == day) for day in days]
    for (a, before), (b, after) in pairwise(zip(days, by_day, strict=True)):
        both = pl.DataFrame({"a": before["state"], "b": after["state"], "same": before["by"] == after["by"]})
        moved = seen.moves.setdefault((a, b), Counter())
        for was, became, n in both.filter(pl.col("a") != pl.col("b")).group_by("a", "b").len().iter_rows():
            moved[was, became] += n
        seen.otherwise[a, b] += both.filter((pl.col("a") == pl.col("b")) & ~pl.col("same")).height
    if seen.most:
        hits = frame.filter(wanted(seen.wanted))
        taken = hits.head(max(0, seen.most - len(seen.found)))
        seen.found += taken.to_dicts()
        seen.not_found += len(hits) - len(taken)


def wanted(kinds: Sequence[str]) -> pl.Expr:
    """Rows of the kinds asked for; `perhaps forbidden` are open rows that may be forbidden."""
    tests = {
        "forbidden": pl.col("ruling") == "forbidden",
        "perhaps forbidden": (pl.col("ruling") == "undetermined") & pl.col("possible").list.contains("forbidden"),
        "undetermined": pl.col("ruling") == "undetermined",
        "contradictory": pl.col("ruling") == "contradictory",
    }
    return pl.any_horizontal(*(tests[kind] for kind in kinds)) if kinds else pl.lit(False)


def flat(frame: pl.DataFrame, safe: Sequence[str] = ()) -> pl.DataFrame:
    """The rows for tables without lists: lists joined by `; `, evidence and problems in words. Cells of the columns
    `safe`, which come from the register, are kept from being taken for formulas."""
    told: list[pl.Expr] = []
    for name, kind in frame.schema.items():
        column = pl.col(name)
        if kind == TEXTS:
            told.append(column.list.join("; "))
        elif name == "problems":
            told.append(column.list.eval(_said("column", "message")).list.join("; "))
        elif name == "evidence":
            told.append(column.list.eval(_said("fact", "words", "column")).list.join("; "))
        elif name in safe and kind == pl.String:
            # "=cmd()" and "-x" are formulas to a spreadsheet; numbers such as "-5" are harmless
            formula = column.str.contains(r"^[=+\-@\t\r]") & ~column.str.contains(r"^[+-]?[0-9.,]+$")
            told.append(pl.when(formula).then(pl.concat_str(pl.lit("'"), column)).otherwise(column).alias(name))
        else:
            told.append(column)
    return frame.select(told)


def _said(*names: str) -> pl.Expr:
    """Fields of the elements of a list, in words."""
    part = pl.element().struct.field
    if names[0] == "fact":
        return pl.concat_str(
            part("fact"), pl.lit(" is "), part("answers").list.join(" or "), pl.lit(': "'), part("words"),
            pl.lit('" in '), part("column"), pl.when(part("used")).then(pl.lit("")).otherwise(pl.lit(" (not used)")),
        )  # fmt: skip
    column = part("column")
    return pl.concat_str(part("code"), pl.lit(" "), pl.when(column == "").then(pl.lit(""))
        .otherwise(pl.concat_str(column, pl.lit(": "))), part("message"))  # fmt: skip
