"""Which laws leave the loopholes of one law open, narrow them or close them, and who has copied whom."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from lagrum.analysis.spread import Spread, State
from lagrum.analysis.spread.words import HEADS, family_rows, matrix
from lagrum.service.analyses import OF
from lagrum.web import choosing
from lagrum.web.choosing import Chosen
from lagrum.web.pages import world_told as told
from lagrum.web.spoken import in_english
from lagrum.web.view import POSITION, View, Viewed
from lagrum.web.work import Work, csv_twin, json_twin, work_on

router = APIRouter(include_in_schema=False)


@router.get("/world")
def world(view: Viewed) -> HTMLResponse:
    """The matrix, and one family law by law."""
    asked = choosing.chosen(view, "of")
    work = Work(status=422) if asked.errors else _work(view, asked)
    context = _told(view, asked, work.answer) if work.answer is not None else {}
    of = asked.law or OF
    title, citation = choosing.titled(view, of)
    return view.render(
        "world.html",
        status=work.status,
        asked=asked,
        of=of,
        work=work,
        title=title,
        citation=citation,
        position=in_english(view, choosing.titled(view, asked.against)[0]),
        laws=choosing.laws(view, asked.law),
        positions=choosing.positions(view, asked.against),
        **{"result": None, **context},
    )


@router.get("/world.json")
def as_json(view: Viewed) -> Response:
    """The answer as `lagrum spread --format json` gives it."""
    return json_twin(view, _work(view, choosing.whole(view, "of", OF)))


@router.get("/world.csv")
def as_csv(view: Viewed) -> Response:
    """The matrix; with a family in the address what each law does about it."""
    asked = choosing.whole(view, "of", OF)
    work = _work(view, asked)
    result: Spread | None = work.answer
    heads, rows = (matrix(result)) if result is not None else ([], [])
    chosen = told.family(view, result, _number(view)) if result is not None else None
    if result is not None and chosen is not None:
        heads, rows = list(HEADS), [list(row) for row in family_rows(result, chosen[0])]
    return csv_twin(view, work, f"spread-{asked.law or OF}-{asked.on}", heads, rows)


def _work(view: View, asked: Chosen) -> Work:
    return work_on(
        view,
        "spread",
        of=asked.law or OF,
        against=asked.against,
        on=asked.on,
        text_of=asked.text_of,
        readings=view.readings,
    )


def _number(view: View) -> int:
    return choosing.number(view.query["family"]) if view.query.get("family") else 0


def _told(view: View, asked: Chosen, result: Spread) -> dict[str, Any]:
    """What the page says of an answer."""
    widest = result.rows[0] if result.rows else None
    chosen = told.family(view, result, _number(view)) or (
        told.family(view, result, widest.number) if widest is not None else None
    )
    common = {
        "of": asked.law if asked.law != OF else "",
        "against": asked.against if asked.against != POSITION else "",
        "on": asked.on_text,
        "text_of": asked.text_of,
    }
    return {
        "result": result,
        "widest": widest,
        "groups": told.groups(view, result),
        "letters": told.LETTERS,
        "words": {state: view.words.say(f"chart state {state}") for state in State},
        "standing": {column.law: told.standing(view, column) for column in result.columns},
        "row": chosen[0] if chosen else None,
        "ones": chosen[1] if chosen else [],
        "sorted": sorted(chosen[1], key=lambda one: list(State).index(one.cell.state)) if chosen else [],
        "counted": told.counted(view, chosen[0]) if chosen else "",
        "here": _family_address(view, common),
        "common": common,
    }


def _family_address(view: View, common: dict[str, Any]) -> str:
    """What the address of a family begins with; short, since each cell has it."""
    query = view.to("", **common)
    return f"{query}&family=" if query else "?family="
