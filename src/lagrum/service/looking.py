"""Looks into a file that somebody uploaded, in a process of its own: whatever the file is, the server stays up.

`python -m lagrum.service.looking columns FILE` tells its columns; `rows FILE MAPPING FIRST COUNT` what some of its rows
are taken to say. Both print JSON: the answer, or `{"errors": [diagnostics]}`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from lagrum.library import open_library
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.facts import Fact
from lagrum.screened import open_with_words
from lagrum.screening.builtin import names, recognise
from lagrum.screening.coded import ID, LABEL, ROW, Coded
from lagrum.screening.propose import MOST_CELLS, Column, look
from lagrum.screening.register import open_register

LONGEST = 200  # letters of a cell that are shown
MOST_COLUMNS = 300


def columns_of(path: Path, facts: Mapping[str, Fact]) -> dict[str, object]:
    """The columns with their commonest cells, and the built-in mapping that knows them."""
    register = open_register(path)
    known = recognise(register.columns, facts)
    name = next((each for each in names() if known and Path(known.file).stem == each), "")
    return {
        "columns": [_column(each) for each in look(register)[:MOST_COLUMNS]],
        "rows": register.rows.count,
        "built_in": name,
    }


def _column(column: Column) -> dict[str, object]:
    cells = [[cell[:LONGEST], n] for cell, n in column.cells.most_common(MOST_CELLS)]
    return {
        "name": column.name,
        "rows": column.rows,
        "filled": column.filled,
        "different": len(column.cells),
        "text": column.text,
        "dated": column.dated,
        "few": column.few,
        "unique": column.unique,
        "cells": cells,
    }


def rows_of(path: Path, mapping: str, first: int, count: int) -> dict[str, object]:
    """What `count` rows from `first` on are taken to say, and what is wrong with them."""
    reading = open_with_words(path, open_library(), mapping, None, True)
    found: list[dict[str, object]] = []
    for coded in reading.batches():
        found += _rows(coded, first, first + count)
        if len(found) >= count or (len(coded.frame) and coded.frame[ROW][-1] >= first + count):
            break
    shown = [_raw(path, reading.register.columns, row) for row in found] if count == 1 else [{} for _ in found]
    return {
        "rows": [{**row, "cells": cells} for row, cells in zip(found, shown, strict=True)],
        "warnings": [asdict(each) | {"severity": each.severity.value} for each in reading.warnings],
    }


def _raw(path: Path, columns: tuple[str, ...], row: Mapping[str, object]) -> dict[str, str]:
    """The register's own words in one row."""
    at = int(str(row["row"]))
    for raw in open_register(path).batches(columns):
        if raw.first <= at < raw.first + raw.frame.height:
            cells = raw.frame.row(at - raw.first, named=True)
            return {name: str(cell)[:2000] for name, cell in cells.items() if cell}
    return {}


def _rows(coded: Coded, first: int, end: int) -> list[dict[str, object]]:
    found = [
        {
            "row": row[ROW],
            "id": row[ID],
            "labels": {label: row[LABEL + label] for label in coded.labels},
            "said": [_said(coded, fact, int(row[fact])) for fact in coded.facts if row[fact]],
            "problems": [each.message for each in coded.problems if each.row == row[ROW]],
            "left_out": "",
        }
        for row in coded.frame.filter((coded.frame[ROW] >= first) & (coded.frame[ROW] < end)).iter_rows(named=True)
    ]
    gone = [each for each in coded.left_out if first <= each.row < end]
    empty: dict[str, object] = {"labels": {}, "said": [], "problems": []}
    found += [{"row": each.row, "id": each.id, **empty, "left_out": each.why} for each in gone]
    return sorted(found, key=lambda each: int(str(each["row"])))


def _said(coded: Coded, fact: str, code: int) -> dict[str, object]:
    meaning = coded.books[fact][code]
    opened = [[question.member, sorted(answers)] for question, answers in meaning.open]
    return {"fact": fact, "open": opened, "basis": meaning.basis}


def main(arguments: list[str]) -> int:
    """Answer one question on stdout."""
    what, path, *rest = arguments
    try:
        if what == "columns":
            answer = columns_of(Path(path), open_library().pack.facts)
        else:
            mapping, first, count = rest
            answer = rows_of(Path(path), mapping, int(first), int(count))
    except InvalidInput as error:
        answer = {"errors": [asdict(each) | {"severity": each.severity.value} for each in error.diagnostics]}
    json.dump(answer, sys.stdout, ensure_ascii=False, default=str)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
