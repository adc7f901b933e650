"""A spread in words: the text for a terminal, the rows of a table, and the JSON object."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from lagrum.analysis.compare.words import WIDTH, wrapped
from lagrum.analysis.spread.result import Alike, Cell, Certainty, Column, Row, Spread, Standing, State

LETTERS = {
    State.OPEN: "O",
    State.NARROWED: "N",
    State.CLOSED: "C",
    State.NOT_ITS_SUBJECT: ".",
    State.DEPENDS: "?",
}
KEY = "O open, N narrowed, C closed, . not its subject, ? a reading decides"
AT_FIRST = 12
"""Families told in the short view, those open in most laws."""

HEADS = ("law", "jurisdiction", "standing", "certainty", "state", "as read", "readings", "reached", "alike", "by")


def as_text(result: Spread, *, everything: bool = False, plain: bool = False) -> str:
    """The matrix, a letter for each law, the key to it, and what was modelled on what; `everything` tells all
    families, `plain` one statement a line."""
    ways = f"{len(result.rows)} {'way' if len(result.rows) == 1 else 'ways'} in"
    lines = [f"{ways} of {result.of}, in {_laws(len(result.columns))}, on {result.on}"]
    lines += wrapped(f"against {result.against}; each law where it applies", 0, plain)
    if not result.complete:
        lines.append("the ways in are NOT COMPLETE: see `lagrum loopholes`")
    told = result.rows if everything or plain else result.rows[:AT_FIRST]
    if plain:
        lines += [line for row in told for line in _told(result, row)]
    else:
        lines += [KEY, "", *(_line(result, row) for row in told)]
        if (rest := len(result.rows) - len(told)) > 0:
            lines.append(f"{rest} more: --all")
        lines += ["", *_key(result)]
    lines += [line for said in _beside(result) for line in wrapped(said, 0, plain)]
    return "\n".join(lines)


def family_text(result: Spread, row: Row, *, plain: bool = False) -> str:
    """One family: what each law does about it, law by law."""
    lines = wrapped(f"{row.number}. {row.title}", 0, plain)
    lines += wrapped(f"way in of {result.of} against {result.against}, on {result.on}", 0, plain)
    lines += wrapped("; ".join(_counted(result, row)), 0, plain)
    for state in State:
        there = [(column, cell) for column, cell in _pairs(result, row) if cell.state is state]
        if there:
            lines += [*([] if plain else ["", str(state)])]
            prefix = f"{state}: " if plain else ""
            lines += [line for column, cell in there for line in wrapped(prefix + _cell(column, cell), 2, plain)]
    lines += [line for said in _beside(result) for line in wrapped(said, 0, plain)]
    return "\n".join(lines)


def matrix(result: Spread) -> tuple[list[str], list[list[str]]]:
    """The heads and rows of the table: a family a row, a law a column."""
    heads = ["number", "family", "kind", "open in", *(column.label for column in result.columns)]
    rows = [
        [str(row.number), row.title, row.kind, f"{row.count(State.OPEN)} of {len(row.cells)}", *map(_word, row.cells)]
        for row in result.rows
    ]
    return heads, rows


def family_rows(result: Spread, row: Row) -> list[tuple[str, ...]]:
    """A line of a table for each law, under `HEADS`."""
    return [
        (
            column.law,
            column.jurisdiction,
            _standing(column),
            column.certainty,
            _word(cell),
            cell.as_read,
            "; ".join(cell.readings),
            "yes" if cell.reached else "no",
            cell.alike,
            "; ".join(cell.by),
        )
        for column, cell in _pairs(result, row)
    ]


def _line(result: Spread, row: Row) -> str:
    """One line of the matrix: number, letters in groups, the title as far as it goes."""
    groups = (list(pairs) for _, pairs in groupby(_pairs(result, row), lambda pair: pair[0].group))
    letters = " ".join("".join(LETTERS[cell.state] for _, cell in pairs) for pairs in groups)
    line = f"{row.number:>3} {letters}  {row.count(State.OPEN)} open: {row.title}"
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 3].rstrip()}..."


def _key(result: Spread) -> Iterator[str]:
    """The laws in the order of the letters."""
    yield "the letters stand for, in this order:"
    for group, columns in groupby(result.columns, lambda column: column.group):
        yield from wrapped(f"{group}: {', '.join(column.label for column in columns)}", 2, False)


def _told(result: Spread, row: Row) -> Iterator[str]:
    """A row for the plain twin."""
    yield f"family {row.number}: {row.title}: {'; '.join(_counted(result, row))}"
    for state in State:
        there = [column.label for column, cell in _pairs(result, row) if cell.state is state]
        if there:
            yield f"family {row.number}: {state}: {', '.join(there)}"


def _counted(result: Spread, row: Row) -> Iterator[str]:
    """In how many laws the family is what; open first, also where it is open in none."""
    yield f"Open in {row.count(State.OPEN)} of {_laws(len(result.columns))}"
    for state, words in (
        (State.NARROWED, "narrowed in"),
        (State.CLOSED, "closed in"),
        (State.NOT_ITS_SUBJECT, "not the subject of"),
        (State.DEPENDS, "a reading decides in"),
    ):
        if count := row.count(state):
            yield f"{words} {count}"


def _cell(column: Column, cell: Cell) -> str:
    """What one law does about a family, in a line."""
    parts = [", ".join(cell.by)] if cell.by else []
    if cell.state is State.DEPENDS:
        parts.append(f"{' or '.join(cell.states)}, by the reading of {', '.join(map(_reading, cell.readings))}")
        parts.append(f"{cell.as_read} as read here")
    if not cell.reached:
        parts.append("no case of it in its scope")
    if cell.alike is Alike.WORDS:
        parts.append("the same words")
    return f"{column.label}: {'; '.join(parts)}" if parts else column.label


def _reading(name: str) -> str:
    return name.split(":", 1)[-1]


def _beside(result: Spread) -> Iterator[str]:
    """What stands beside the matrix."""
    if any(column.certainty is not Certainty.TEXT for column in result.columns):
        yield "~ the encoding is not certain: `lagrum laws` says what it rests on"
    if result.of_on != result.on:
        yield f"the ways in are those of {result.of_on}, the nearest day on which law and position are there"
    for apart in result.apart:
        yield f"apart, {apart.kind}: {apart.number}. {apart.title}"
    for edge in result.lineage:
        yield f"modelled on: {edge.law} on {edge.model}: {edge.source}"
    for law, why in result.left_out:
        yield f"left out: {law}, {why}"


def _pairs(result: Spread, row: Row) -> list[tuple[Column, Cell]]:
    return list(zip(result.columns, row.cells, strict=True))


def _laws(count: int) -> str:
    return f"{count} {'law' if count == 1 else 'laws'}"


def _standing(column: Column) -> str:
    return column.standing if column.standing in (Standing.IN_FORCE, Standing.BILL) else column.label.split("(")[1][:-1]


def _word(cell: Cell) -> str:
    return f"? {' or '.join(cell.states)}" if cell.state is State.DEPENDS else cell.state


def as_dict(result: Spread) -> dict[str, Any]:
    """The JSON object: the envelope every answer has, then laws, families and what was modelled on what."""
    return {
        **result.envelope,
        "of": result.of,
        "against": result.against,
        "of_on": result.of_on,
        "complete": result.complete,
        "columns": [_column_dict(column) for column in result.columns],
        "families": [_row_dict(row) for row in result.rows],
        "apart": [{"number": a.number, "id": a.id, "title": a.title, "kind": a.kind} for a in result.apart],
        "lineage": [{"law": edge.law, "model": edge.model, "source": edge.source} for edge in result.lineage],
        "left_out": [{"law": law, "why": why} for law, why in result.left_out],
    }


def _column_dict(column: Column) -> dict[str, Any]:
    return {
        "law": column.law,
        "title": column.title,
        "jurisdiction": column.jurisdiction,
        "group": column.group,
        "kind": column.kind,
        "on": column.on,
        "standing": column.standing.value,
        "moves": column.moves or None,
        "certainty": column.certainty.value,
        "review": column.review,
    }


def _row_dict(row: Row) -> dict[str, Any]:
    return {
        "number": row.number,
        "id": row.id,
        "title": row.title,
        "kind": row.kind,
        "practices": [list(practice) for practice in row.practices],
        "counts": {state.value: row.count(state) for state in State},
        "cells": [
            {
                "law": cell.law,
                "state": cell.state.value,
                "as_read": cell.as_read.value,
                "states": [state.value for state in cell.states],
                "readings": list(cell.readings),
                "reached": cell.reached,
                "alike": cell.alike.value,
                "by": list(cell.by),
            }
            for cell in row.cells
        ],
    }
