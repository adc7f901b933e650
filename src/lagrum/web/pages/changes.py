"""When a law changes between two days, and which cases change with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from lagrum.analysis.changes import Changes
from lagrum.analysis.changes.result import DayOfChange, Moved
from lagrum.analysis.changes.words import HEADS, rows
from lagrum.model.diagnostics import InvalidInput
from lagrum.web import choosing
from lagrum.web.address import address_of
from lagrum.web.laws.figures import count_or_share
from lagrum.web.spoken import in_english
from lagrum.web.telling import told_facts
from lagrum.web.view import LAW, View, Viewed
from lagrum.web.work import Work, csv_twin, json_twin, work_on

router = APIRouter(include_in_schema=False)
YEARS = 2  # ahead, where no days are chosen


@dataclass(frozen=True)
class Asked:
    """What the address asks. `errors` are (field, sentence), for what cannot be read."""

    law: str
    since: date
    until: date
    errors: tuple[tuple[str, str], ...] = ()


@router.get("/changes")
def changes(view: Viewed) -> HTMLResponse:
    """Day by day what begins and ends, and which rulings turn; without a law, what can be asked."""
    asked = _asked(view)
    if not asked.law:
        return _page(view, asked, Work())
    work = Work() if asked.errors else _work(view, asked)
    return _page(view, asked, work, status=422 if asked.errors else work.status)


@router.get("/changes.json")
def as_json(view: Viewed) -> Response:
    """The answer as `lagrum changes --format json` gives it."""
    return json_twin(view, _work(view, _whole(view)))


@router.get("/changes.csv")
def as_csv(view: Viewed) -> Response:
    """The cases that change, as a table."""
    asked = _whole(view)
    work = _work(view, asked)
    told = rows(work.answer) if work.answer is not None else ()
    return csv_twin(view, work, f"changes-{asked.law}-{asked.since}-{asked.until}", HEADS, told)


def _asked(view: View) -> Asked:
    errors: list[tuple[str, str]] = []
    days: dict[str, date | None] = {}
    for field in ("from", "to"):
        try:
            days[field] = view.day_asked(field)
        except InvalidInput as error:
            errors.append((field, f"{error.diagnostics[0].message}. {error.diagnostics[0].help}".replace("`", "")))
    since = days.get("from") or date.today()
    until = days.get("to") or since.replace(year=since.year + YEARS, day=min(since.day, 28))
    if until < since and not errors:
        errors.append(("to", view.gettext("The second day is before the first. Choose a later one.")))
    return Asked(view.query.get("law", "").strip(), since, until, tuple(errors))


def _whole(view: View) -> Asked:
    """What the twins are asked: an address with errors is refused in one piece."""
    asked = _asked(view)
    for field, _ in asked.errors:
        view.day_asked(field)
    return Asked(asked.law or LAW, asked.since, asked.until)


def _work(view: View, asked: Asked) -> Work:
    text_of = view.day_asked("text_of")
    return work_on(
        view,
        "changes",
        laws=(asked.law,),
        since=asked.since,
        until=asked.until,
        text_of=text_of,
        readings=view.readings,
    )


def _page(view: View, asked: Asked, work: Work, status: int = 200) -> HTMLResponse:
    title, citation = choosing.titled(view, asked.law)
    result = work.answer
    context: dict[str, Any] = {
        "asked": asked,
        "work": work,
        "result": result,
        "title": title,
        "citation": citation,
        "laws": choosing.laws(view, asked.law),
        "english": partial(in_english, view),
        "address_of": address_of,
        "many": partial(count_or_share, view),
        "moves": moves,
        "cited": partial(_cited, asked.law),
    }
    if isinstance(result, Changes):
        with view.desk.alone():
            law = view.law(asked.law)
        context["turning"] = sum(bool(day.turns) for day in result)
        context["facts"] = partial(told_facts, view, law.facts)
    return view.render("changes.html", status=status, **context)


def _cited(law: str, text: str, day: date | None = None) -> str:
    """The address of a place on a day; empty for a text that is no citation."""
    try:
        return address_of(law, text, on=day)
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Move:
    """A place whose rules begin, end, or are worded anew on a day; `partly` for some cases only."""

    does: str
    moved: Moved
    partly: bool


def moves(day: DayOfChange) -> dict[str, list[Move]]:
    """What begins, what is worded anew and what ends, each place once."""
    found: dict[str, list[Move]] = {"begins": [], "reworded": [], "ends": []}
    does = {name: {m.citation for m in day.moved if m.does == name} for name in ("begins", "ends")}
    partly = {m.citation for m in day.moved if m.partly}
    for moved in {m.citation: m for m in reversed(day.moved)}.values():
        both = moved.citation in does["begins"] and moved.citation in does["ends"]
        name = "reworded" if both else moved.does
        found.setdefault(name, []).insert(0, Move(name, moved, moved.citation in partly))
    return {name: some for name, some in found.items() if some}
