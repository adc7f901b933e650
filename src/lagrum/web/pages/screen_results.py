"""The results of a screening: counts, rows with filters, one row with the register's own words, and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, HTTPException
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response

from lagrum.language import write_case
from lagrum.model.diagnostics import InvalidInput
from lagrum.service.uploads import Upload
from lagrum.web.pages.screen import Uploaded
from lagrum.web.pages.screen_parts import case_of, preview
from lagrum.web.view import FromOurForm, View, Viewed

if TYPE_CHECKING:
    import polars as pl

router = APIRouter(include_in_schema=False)
PAGE = 50  # rows
ORDER = ("forbidden", "excepted", "regulated", "unregulated", "outside", "undetermined", "contradictory", "left out")
FILES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are shown: those of a day, a ruling, a label's value, with a fact missing."""

    on: str
    ruling: str
    missing: str
    label: str
    value: str

    @property
    def chosen(self) -> bool:
        return any((self.ruling, self.missing, self.label))


def _summary(upload: Upload) -> dict[str, Any]:
    found = upload.summary
    if found is None:
        raise HTTPException(404)
    return found


@router.get("/screen/{upload_id}/results.json")
def summary(upload: Uploaded) -> Response:
    """The summary for programs."""
    return JSONResponse(_summary(upload))


@router.get("/screen/{upload_id}/results")
def results(view: Viewed, upload: Uploaded) -> HTMLResponse:
    """What the register comes to, and its rows."""
    told, chosen = _summary(upload), _filter(view, upload)
    start = max(0, _number(view.query.get("from", "")))
    rows, count = _rows(upload, chosen, start)
    (day,) = [each for each in told["days"] if each["on"] == chosen.on]
    return view.render(
        "screen/results.html",
        upload=upload,
        plan=upload.plan,
        summary=told,
        day=day,
        rows=rows,
        count=count,
        start=start,
        page=PAGE,
        chosen=chosen,
        order=[each for each in ORDER if day["rulings"].get(each)],
        facts=view.desk.library.pack.facts,
        files=FILES,
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0


def _filter(view: View, upload: Upload) -> Filter:
    days = [day.isoformat() for day in upload.plan.days]
    on = view.query.get("day", "")
    label, _, value = view.query.get("label", "").partition("=")
    return Filter(
        on if on in days else days[0], view.query.get("ruling", ""), view.query.get("missing", ""), label, value
    )


def _rows(upload: Upload, chosen: Filter, start: int) -> tuple[list[dict[str, Any]], int]:
    """A page of the rows that are chosen, and how many there are."""
    import polars as pl

    found = _scan(upload.results, chosen)
    count = found.select(pl.len()).collect().item()
    return found.slice(start, PAGE).collect().to_dicts(), count


def _scan(file: Path, chosen: Filter) -> pl.LazyFrame:
    import polars as pl

    rows = pl.scan_parquet(file).filter(pl.col("on").cast(pl.String) == chosen.on)
    if chosen.ruling:
        rows = rows.filter(pl.col("ruling") == chosen.ruling)
    if chosen.missing:
        rows = rows.filter(pl.col("missing").list.contains(chosen.missing))
    if chosen.label in rows.collect_schema().names():
        rows = rows.filter(pl.col(chosen.label).cast(pl.String).fill_null("") == chosen.value)
    return rows.sort("row")


@router.get("/screen/{upload_id}/rows.{suffix}")
def download(view: Viewed, upload: Uploaded, suffix: str) -> Response:
    """The rows as a file, whole or as they are filtered; its name says law, day and hash."""
    if suffix not in FILES or upload.summary is None:
        raise HTTPException(404)
    chosen, told = _filter(view, upload), _summary(upload)
    name = f"{Path(upload.plan.name).stem}.{told['law']}.{chosen.on}.{told['laws'][0]['hash'][:8]}.{suffix}"
    file = _written(upload, suffix, _scan(upload.results, chosen) if chosen.chosen else None)
    return FileResponse(file, media_type=FILES[suffix], filename=name)


def _written(upload: Upload, suffix: str, rows: pl.LazyFrame | None) -> Path:
    import polars as pl

    from lagrum.screening.writing import write

    if rows is None and suffix == "parquet":
        return upload.results
    file = upload.folder / f"rows.{'some' if rows is not None else 'all'}.{suffix}"
    if rows is not None or not file.exists():
        frame = (pl.scan_parquet(upload.results) if rows is None else rows).collect()
        write([frame], file, ("id", *_labels(frame.columns)))
    return file


def _labels(columns: Sequence[str]) -> Sequence[str]:
    """The columns that stand between the day and the ruling: labels of the register."""
    return columns[columns.index("on") + 1 : columns.index("ruling")]


@router.get("/screen/{upload_id}/rows/{number}")
def row(view: Viewed, upload: Uploaded, number: int) -> HTMLResponse:
    """One row: the ruling, what it is taken to say, and the register's own words."""
    import polars as pl

    found = _told(view, upload, number)
    ruled = pl.scan_parquet(upload.results).filter(pl.col("row") == number).sort("on").collect().to_dicts()
    return view.render(
        "screen/row.html",
        upload=upload,
        plan=upload.plan,
        summary=_summary(upload),
        row=found,
        ruled=ruled,
        facts=view.desk.library.pack.facts,
    )


@router.post("/screen/{upload_id}/rows/{number}/case", dependencies=[FromOurForm])
def open_row(view: Viewed, upload: Uploaded, number: int) -> Response:
    """Open a row as a case, with what is only indicated marked so."""
    plan = upload.plan
    found = _told(view, upload, number)
    case = case_of(found, f"{plan.name}, row {number}", plan.law)
    text = write_case(case, view.desk.library.pack.facts)
    draft = view.store.drafts.create(plan.law, text, on=plan.days[0], lang=view.lang, owner=view.who)
    return view.go(f"/case/{draft.id}")


def _told(view: View, upload: Upload, number: int) -> Any:
    try:
        rows = preview(view, upload.rows(number, 1)["rows"])
    except InvalidInput:
        rows = []
    if not rows:
        raise HTTPException(404)
    return rows[0]
