"""Batches in codes, laid down between the two halves of a run on a cluster: what rows say, and what a law makes of it.

Whoever codes a batch has books of their own, so its books lie beside it, and it is read back in those of the whole run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from lagrum.language.problems import quote
from lagrum.model.facts import Question
from lagrum.screening.coded import ID, LABEL, ROW, Book, Books, Coded, Evidence, LeftOut, Meaning, Open, RowProblem
from lagrum.screening.run import side_tables, write_frame, write_text

REPEATED = "LG0843"


def stage(folder: Path, number: int, coded: Coded) -> None:
    """Lay down a batch; its codes come last, so that a batch whose codes are there is whole."""
    side_tables(folder, number, coded)
    books = {fact: [_told(each) for each in book] for fact, book in coded.books.items()}
    write_text(folder / f"books-{number:06}.json", json.dumps(books))
    write_frame(_codes(folder, number), coded.frame)


def staged(folder: Path) -> set[int]:
    """The numbers of the batches that are there."""
    return {int(each.stem[6:]) for each in folder.glob("coded-??????.parquet")}


def rows_of(folder: Path, number: int) -> int:
    """How many rows of a batch have codes."""
    return int(pl.scan_parquet(_codes(folder, number)).select(pl.len()).collect().item())


def merged(folder: Path, numbers: Iterable[int]) -> dict[str, Book]:
    """The books of all these batches as one. Raises `ValueError` where they are of different facts."""
    found: dict[str, Book] = {}
    for place, number in enumerate(numbers):
        books = _books(folder, number)
        if place and list(books) != list(found):
            raise ValueError("the batches of a run do not speak of the same facts")
        for fact, meanings in books.items():
            book = found.setdefault(fact, Book())
            for each in meanings:
                book.code(each)
    return found


def codes_in(folder: Path, number: int, books: Books, most: int | None = None) -> Coded:
    """A batch, or its first rows, in the codes of other books that hold all of its meanings; without what is beside."""
    scan = pl.scan_parquet(_codes(folder, number))
    frame = (scan if most is None else scan.head(most)).collect()
    series = list[pl.Series]()
    for fact, meanings in _books(folder, number).items():
        book = books[fact]
        assert isinstance(book, Book)
        kind = np.uint16 if len(book) <= 2**16 else np.uint32
        table = np.array([book.code(each) for each in meanings], dtype=kind)
        series.append(pl.Series(fact, table[frame[fact].to_numpy()]))
    labels = tuple(name.removeprefix(LABEL) for name in frame.columns if name.startswith(LABEL))
    return Coded(frame.with_columns(series), books, labels=labels)


def unstaged(folder: Path, number: int, books: Books) -> Coded:
    """A batch with all that is beside it, in the codes of other books."""
    evidence = (Evidence(**{**row, "answers": tuple(row["answers"])}) for row in _side(folder, number, "evidence"))
    problems = (RowProblem(**row) for row in _side(folder, number, "problems"))
    left_out = (LeftOut(**row) for row in _side(folder, number, "left_out"))
    coded = codes_in(folder, number, books)
    return replace(coded, evidence=tuple(evidence), problems=tuple(problems), left_out=tuple(left_out))


def with_repeated(coded: Coded, column: str, first: Mapping[str, int]) -> Coded:
    """A batch with every id noted that came before, in whatever batch. `first` has the row in which each id that comes
    twice stands first."""
    ids = coded.frame.select(pl.col(ROW), pl.col(ID)).filter(pl.col(ID).is_in(list(first)))
    noted = [
        RowProblem(row, column, REPEATED, f"the id {quote(name)} came before")
        for row, name in ids.iter_rows()
        if row > first[name]
    ]
    others = [each for each in coded.problems if each.code != REPEATED]
    return replace(coded, problems=tuple(sorted([*noted, *others], key=lambda each: (each.row, each.column))))


def _codes(folder: Path, number: int) -> Path:
    return folder / f"coded-{number:06}.parquet"


def _side(folder: Path, number: int, name: str) -> Iterator[dict[str, Any]]:
    file = folder / f"{name}-{number:06}.parquet"
    if file.exists():
        yield from pl.read_parquet(file).iter_rows(named=True)


def _books(folder: Path, number: int) -> dict[str, list[Meaning]]:
    kept = json.loads((folder / f"books-{number:06}.json").read_text("utf-8"))
    return {fact: [_meant(each) for each in book] for fact, book in kept.items()}


def _told(said: Meaning) -> list[object]:
    """A meaning for JSON."""
    return [said.basis, *([[q.fact, q.member, sorted(a)] for q, a in part] for part in (said.open, said.firm))]


def _meant(told: list[object]) -> Meaning:
    basis, opened, firm = told
    return Meaning(_open(opened), str(basis), _open(firm))


def _open(told: object) -> Open:
    assert isinstance(told, list)
    return tuple((Question(fact, member), frozenset(answers)) for fact, member, answers in told)
