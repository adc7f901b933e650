"""A register in Python: `lagrum.screen("doors.csv", "eu-ai-act", mapping="doors.yaml")`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lagrum.language import parse_given
from lagrum.library import Library, open_library
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.law import Law
from lagrum.screening.register import need_tables

if TYPE_CHECKING:
    import polars as pl

    from lagrum.screening.reading import Reading
    from lagrum.screening.summary import Summary


@dataclass(frozen=True)
class Screening:
    """A screened register. `rows` has each row of the register once a day; it is None where they were written to
    `out` instead."""

    summary: Summary
    rows: pl.DataFrame | None
    out: Path | None

    def __repr__(self) -> str:
        return f"Screening({self.summary!r})"

    def __str__(self) -> str:
        return str(self.summary)

    def _repr_html_(self) -> str:
        return self.summary._repr_html_()

    def to_dict(self) -> dict[str, object]:
        """The summary, as `lagrum screen --format json` gives it."""
        return self.summary.to_dict()

    def to_html(self) -> str:
        """The summary as a page of its own."""
        from lagrum.screening.card import html
        from lagrum.screening.page import page

        return page(self.summary, html(self.summary))


def screen(
    register: str | Path | Iterable[Mapping[str, object]] | Any,
    law: str,
    on: date | Sequence[date] | None = None,
    *,
    given: Mapping[str, object] | None = None,
    mapping: str | Path = "",
    out: str | Path | None = None,
    text_of: date | None = None,
    readings: Mapping[str, str] | None = None,
    words: bool = True,
    reasons: bool = True,
    folders: Sequence[Path | str] = (),
    engine: str = "",
    master: str = "",
) -> Screening:
    """Rule on every row of a register: a path, a Polars, pandas or Spark table, or rows as mappings.

    `given` holds for every row, and every result repeats it. `mapping` is the name of a built-in mapping or a file;
    without it the one that fits the columns is taken. `words` reads running texts for indications; without
    `reasons` rows get their rulings alone. With `out` the rows are written there, by its suffix, and can be more
    than fit in memory. `engine` is `embedded`, or `spark`, which is what a Spark table is ruled on by: on the
    session that is running, else on one of its own, on `master` or all cores of this machine. Raises
    `InvalidInput`.
    """
    need_tables()
    import polars as pl

    from lagrum.screening.engines import EMBEDDED, SPARK
    from lagrum.screening.engines import engine as engine_of
    from lagrum.screening.sparktable import is_spark_table
    from lagrum.screening.whole import Asked, screen_register

    library = open_library([Path(folder) for folder in folders])
    days = (on,) if isinstance(on, date) else tuple(sorted(set(on or (date.today(),))))
    laws = laws_by_text(library, law, days, readings or {}, text_of)
    facts = {name: fact for each, _ in laws for name, fact in each.facts.items()}
    fixed = tuple(parse_given(f"{fact}={_said(value)}", facts) for fact, value in (given or {}).items())
    kept: list[pl.DataFrame] = []
    target = Path(out) if out is not None else None
    name = engine or (SPARK if is_spark_table(register) else EMBEDDED)
    with _beside(target) as folder:
        path = Path(register) if isinstance(register, str | Path) else _written(register, folder)
        reading = open_with_words(path, library, str(mapping), laws[0][0], words)
        inputs = {"mapping": reading.mapping.name, "words": words}
        asked = Asked(laws, fixed, text_of, target, inputs=inputs, reasons=reasons)
        keep = kept.append if target is None else None
        with engine_of(name, master) as ready:
            done = screen_register(reading, asked, keep=keep, engine=ready)
    rows = None if target is not None else pl.concat(kept) if kept else pl.DataFrame()
    return Screening(done.summary, rows, target)


def laws_by_text(
    library: Library, law: str, days: Sequence[date], readings: Mapping[str, str], text_of: date | None
) -> tuple[tuple[Law, tuple[date, ...]], ...]:
    """The law as known on each of the days; days under one text stand together."""
    found: dict[int, tuple[Law, tuple[date, ...]]] = {}
    for day in days:
        each = library.law(law, readings, text_of or day)
        known, before = found.get(id(each), (each, ()))
        found[id(each)] = known, (*before, day)
    return tuple(found.values())


def open_with_words(path: Path, library: Library, mapping: str, law: Law | None, words: bool) -> Reading:
    """The register, read with indicators for the facts that the law asks; for all where there is no law."""
    from lagrum.screening.indicators import hinted, indicate
    from lagrum.screening.reading import open_reading

    facts = library.pack.facts
    hints = [name for name in hinted() if name in (law.facts if law else facts)]
    return open_reading(path, facts, mapping, indicate if words else None, hints)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list | tuple) else str(value)


@contextmanager
def _beside(out: Path | None) -> Iterator[Path]:
    """A folder for a table that is read like a register: beside the results, which all workers of a cluster see."""
    where = out.parent if out is not None and out.parent.is_dir() else None
    with tempfile.TemporaryDirectory(prefix=".lagrum-table-", dir=where) as folder:
        yield Path(folder)


def _written(table: Any, folder: Path) -> Path:
    """A table in memory, or of Spark, as a file that is read like any register."""
    import polars as pl

    from lagrum.screening.sparktable import is_spark_table, lay_down

    file = folder / "table.parquet"
    if is_spark_table(table):
        lay_down(table, file)
        return file
    try:
        if isinstance(table, pl.LazyFrame):
            table = table.collect()
        if not isinstance(table, pl.DataFrame):
            columns = table.to_dict("list") if hasattr(table, "to_dict") else None
            rows = [dict(row) for row in table] if columns is None else []
            names = list(columns or dict.fromkeys(name for row in rows for name in row))
            cells = columns or {name: [row.get(name) for row in rows] for name in names}
            table = pl.DataFrame({str(name): [_cell(cell) for cell in cells[name]] for name in names})
        table.write_parquet(file)
    except (TypeError, ValueError, AttributeError) as error:
        help_ = "pass a path, a table, or a list of rows as mappings"
        raise InvalidInput([Diagnostic("LG0827", f"this is no table: {str(error)[:100]}", help=help_)]) from None
    return file


def _cell(cell: object) -> str | None:
    """A cell as text; what tables use for a gap is none."""
    return None if cell is None or cell != cell else str(cell)  # NaN is not itself
