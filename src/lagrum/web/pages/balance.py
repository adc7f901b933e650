"""Which changes of a law close which loopholes, and which uses worth keeping each would cost."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from lagrum.analysis.balance import Balance
from lagrum.analysis.balance.words import HEADS, rows
from lagrum.web import choosing
from lagrum.web.choosing import Chosen
from lagrum.web.language import N_
from lagrum.web.pages.balance_front import Front
from lagrum.web.pages.balance_words import changed
from lagrum.web.spoken import cited, in_english
from lagrum.web.view import POSITION, Posted, View, Viewed
from lagrum.web.work import Work, csv_twin, json_twin, work_on

router = APIRouter(include_in_schema=False)
KEEP = "benefits"
THEMES = (N_("access"), N_("care"), N_("daily-life"), N_("police"), N_("research"), N_("safety"))
PAIRS = (("eu-ai-act-2021-proposal", POSITION), ("us-il-bipa", POSITION))


@router.get("/balance")
def balance(view: Viewed) -> HTMLResponse:
    """The front as a table and a picture, and one choice in full."""
    asked = choosing.chosen(view)
    if not asked.law or asked.errors:
        return _render(view, asked, Work(), status=422 if asked.errors else 200)
    work = _work(view, asked)
    if work.answer is None:
        return _render(view, asked, work, status=work.status)
    return _render(view, asked, work, **_told(view, asked, work.answer))


@router.get("/balance.json")
def as_json(view: Viewed) -> Response:
    """The answer as `lagrum balance --format json` gives it."""
    return json_twin(view, _work(view, choosing.whole(view)))


@router.get("/balance.csv")
def as_csv(view: Viewed) -> Response:
    """The front as a table."""
    asked = choosing.whole(view)
    work = _work(view, asked)
    return csv_twin(view, work, f"balance-{asked.law}-{asked.on}", HEADS, rows(work.answer) if work.answer else ())


@router.post("/balance/apply")
def apply(view: Viewed, form: Posted) -> RedirectResponse:
    """Keep the amendment of a choice, and go to what the law lets through with it."""
    asked = choosing.whole(view)
    result: Balance | None = _work(view, asked).answer if view.amendment is None else None
    number = choosing.number(str(form.get("point")))
    if result is None or not 1 <= number <= len(result.points):
        raise HTTPException(404, view.gettext("This choice is not kept any more. Ask for the balance again."))
    kept = view.amendments.keep(result.points[number - 1].first.amendment)
    return view.go(view.to("/loopholes", **{**asked.address, "on": asked.on}, amended=kept.key))


def _keep(view: View) -> tuple[str, ...]:
    """The folders of uses to keep that the address names; none where it says so."""
    found = [each for each in view.request.query_params.getlist("keep") if each]
    return tuple(each for each in found if each != "none")


def _work(view: View, asked: Chosen) -> Work:
    return work_on(
        view,
        "balance",
        laws=(asked.law,),
        against=asked.against,
        on=asked.on,
        text_of=asked.text_of,
        readings=view.readings,
        keep=_keep(view),
    )


def _told(view: View, asked: Chosen, result: Balance) -> dict[str, Any]:
    """What the page says of an answer."""
    number = min(max(1, choosing.number(view.query.get("point", "1"))), max(1, len(result.points)))
    point = result.points[number - 1] if result.points else None
    words: list[Any] = []
    if point is not None:
        with view.desk.alone():
            words = changed(view.desk.library, view.law(asked.law), point.first.amendment)
    closes = view.query.get("closes", "")
    most = max((p.closed for p in result.points), default=0)
    return {
        "result": result,
        "number": number,
        "point": point,
        "changed": words,
        "cited": cited,
        "titles": {family.id: family.title for family in result.families},
        "intents": {benefit.name: benefit.intent for benefit in result.benefits},
        "front": Front(result),
        "free": max((p.closed for p in result.points if p.lost == 0), default=0),
        "most": most,
        "least": min((p.lost for p in result.points if p.closed == most), default=0),
        "kept": [benefit for benefit in result.benefits if benefit.state == "kept"],
        "closes": closes,
        "closing": [n for n, p in enumerate(result.points, start=1) if closes in p.first.closes],
    }


def _render(view: View, asked: Chosen, work: Work, *, status: int = 200, **context: Any) -> HTMLResponse:
    title, citation = choosing.titled(view, asked.law) if asked.law else ("", "")
    return view.render(
        "balance.html",
        status=status,
        asked=asked,
        work=work,
        title=title,
        citation=citation,
        position=in_english(view, choosing.titled(view, asked.against)[0]),
        laws=choosing.laws(view, asked.law),
        positions=choosing.positions(view, asked.against),
        keep=(_keep(view) or ("none",))[0] if asked.law else KEEP,
        themes=THEMES,
        pairs=[(choosing.titled(view, a)[0], view.to("/balance", law=a, against=b, keep=KEEP)) for a, b in PAIRS],
        **{"result": None, **context},
    )
