"""A made register for runs, and a program that screens it, to be killed.

intent: parts of a run take long enough to be killed in between, and every kind of outcome occurs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Container, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from lagrum.library import open_library
from lagrum.model.facts import questions_of
from lagrum.model.law import Law
from lagrum.reasoning.bench import bench_of
from lagrum.screening.coded import ID, ROW, Book, Coded, meaning
from lagrum.screening.run import Options, Progress, Run, screen

DAYS = (date(2026, 11, 22), date(2028, 1, 1))
LAW = "eu-ai-act-2021-proposal"


class Made:
    """Parts of random rows; `unknown` is the share of cells that say nothing."""

    def __init__(self, law: Law, parts: int, rows: int, unknown: float = 0.3, facts: int = 8) -> None:
        self.number, self.rows, self.unknown = parts, rows, unknown
        self.read: list[int] = []
        sizes = bench_of(law).sizes
        self.books: dict[str, Book] = {}
        for name in list(dict.fromkeys(q.fact for q in sizes if q.member is None))[:facts]:
            (question,) = questions_of(law.facts[name])
            self.books[name] = Book(meaning({question: frozenset([a])}) for a in range(sizes[question]))

    @property
    def identity(self) -> dict[str, str]:
        return {"made": "register"}

    def parts(self, finished: Container[int]) -> Iterator[Coded | None]:
        for part in range(self.number):
            if part in finished:
                yield None
                continue
            self.read.append(part)
            random = np.random.default_rng(part)
            columns: dict[str, object] = {}
            for name, book in self.books.items():
                codes = random.integers(1, len(book), self.rows, dtype=np.uint16)
                columns[name] = np.where(random.random(self.rows) < self.unknown, 0, codes).astype(np.uint16)
            place = np.arange(part * self.rows + 1, (part + 1) * self.rows + 1, dtype=np.uint64)
            ids = pl.Series(ID, [None] * self.rows, dtype=pl.String)
            yield Coded(pl.DataFrame({ROW: place, **columns}).with_columns(ids), self.books)


def run(
    folder: Path, parts: int = 6, rows: int = 400, wait: float = 0.0, detail: bool = False, facts: int = 8
) -> tuple[Run, Made]:
    law = open_library().law(LAW)
    made = Made(law, parts, rows, facts=facts)

    def told(progress: Progress) -> None:
        sys.stdout.write(f"{progress.part}\n")
        sys.stdout.flush()
        time.sleep(wait)

    return screen(made, law, Options(DAYS, detail=detail), folder, told), made


if __name__ == "__main__":
    run(Path(sys.argv[1]), wait=0.2)
