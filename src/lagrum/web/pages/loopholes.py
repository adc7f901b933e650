"""What a law lets through of what a position forbids."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from lagrum.analysis.loopholes import Loopholes
from lagrum.language.casewrite import write_case
from lagrum.web import choosing
from lagrum.web.choosing import Chosen
from lagrum.web.pages import loopholes_ways as told
from lagrum.web.spoken import in_english
from lagrum.web.view import LAW, POSITION, Posted, View, Viewed
from lagrum.web.work import Work, csv_twin, json_twin, work_on

router = APIRouter(include_in_schema=False)
A_PAGE = 50  # families
PAIRS = (
    (LAW, POSITION),
    ("eu-ai-act-2021-proposal", POSITION),
    ("us-il-bipa", POSITION),
)


@router.get("/loopholes")
def loopholes(view: Viewed) -> HTMLResponse:
    """The families, each as a sentence to quote; without a law, what can be asked."""
    asked = choosing.chosen(view)
    if not asked.law:
        return _render(view, asked, Work(), status=422 if asked.errors else 200)
    work = Work() if asked.errors else _work(view, asked)
    status = 422 if asked.errors else work.status
    if work.answer is None:
        return _render(view, asked, work, status=status)
    return _render(view, asked, work, **_told(view, asked, work.answer))


@router.get("/loopholes.json")
def as_json(view: Viewed) -> Response:
    """The answer as `lagrum loopholes --format json` gives it."""
    return json_twin(view, _work(view, choosing.whole(view)))


@router.get("/loopholes.csv")
def as_csv(view: Viewed) -> Response:
    """The families as a table."""
    asked = choosing.whole(view)
    work = _work(view, asked)
    rows = told.rows(work.answer) if work.answer is not None else ()
    return csv_twin(view, work, f"loopholes-{asked.law}-{asked.on}", told.HEADS, rows)


@router.post("/loopholes/case")
def open_as_case(view: Viewed, form: Posted) -> RedirectResponse:
    """Make the witness of a family a draft, and go there."""
    asked = choosing.whole(view)
    work = _work(view, asked)
    if work.answer is None:
        raise HTTPException(404, view.gettext("This answer is not kept any more. Ask for it again."))
    families = {str(number): each for number, each in enumerate(work.answer, start=1)}
    family = families.get(str(form.get("way")))
    if family is None:
        raise HTTPException(404, view.gettext("There is no such way in."))
    with view.desk.alone():
        law = view.law(asked.law)
        position = view.law(asked.against)
        facts = {**position.facts, **law.facts}
    name = view.gettext("A loophole: %(title)s", title=family.title)[:200]
    text = write_case(told.complete(family.loopholes[0].witness, facts), facts, name)
    draft = view.store.drafts.create(
        asked.law,
        text,
        on=asked.on if asked.on_text else None,
        lang=view.lang,
        owner=view.account.name if view.account else None,
        readings=view.readings,
    )
    return view.go(f"/case/{draft.id}")


def _work(view: View, asked: Chosen) -> Work:
    return work_on(
        view,
        "loopholes",
        laws=(asked.law,),
        against=asked.against,
        on=asked.on,
        text_of=asked.text_of,
        readings=view.readings,
    )


def _told(view: View, asked: Chosen, result: Loopholes) -> dict[str, Any]:
    """What the page says of an answer."""
    with view.desk.alone():
        law = view.law(asked.law)
        every = told.ways(view, law, result)
    chosen = told.filters(view)
    matching = [way for way in every if chosen.takes(way.family)]
    pages = max(1, -(-len(matching) // A_PAGE))
    page = min(max(1, choosing.number(view.query.get("page", "1"))), pages)
    shown = matching[(page - 1) * A_PAGE : page * A_PAGE]
    _, citation = choosing.titled(view, asked.law)
    source = view.gettext(
        "lagrum, %(id)s: %(law)s against “%(position)s”, on %(day)s",
        id=result.envelope["id"],
        law=citation,
        position=choosing.titled(view, asked.against)[0],
        day=view.day(asked.on),
    )
    address = str(view.request.base_url).rstrip("/") + view.to("/loopholes", **{**asked.address, "on": asked.on})
    return {
        "result": result,
        "kinds": told.kinds(result, view),
        "practices": told.practices(result),
        "rulings": list(dict.fromkeys(r for f in result for r in f.rulings)),
        "filters": chosen,
        "matching": len(matching),
        "ways": [way for way in shown if not told.is_apart(way)],
        "apart": [way for way in shown if told.is_apart(way)],
        "source": f"({source}; {address})",
        "page": page,
        "pages": pages,
        "before": _before(view, asked),
        "otherwise": _otherwise(view, law.all_readings(), law.readings),
    }


def _before(view: View, asked: Chosen) -> str:
    """Where the law without the amendment that is tried out, which is known on no earlier day, is compared with the
    law with it."""
    if view.amendment is None or view.amendment.law != asked.law:
        return ""
    days = asked.on - timedelta(days=1), asked.on
    return view.to("/compare", **{side: f"{asked.law}@{day}" for side, day in zip("ab", days, strict=True)})


def _otherwise(view: View, readings: Any, current: Any) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The disputed readings: name, how it is read here, and each other value with the address that takes it."""
    found = []
    for name, reading in readings.items():
        chosen = {**view.readings}
        others = [value for value, _ in reading.values if value != current[name]]
        links = []
        for value in others:
            taken = {**chosen, name: value}
            base = view.here(reading=None, page=None)
            joined = "&".join(_reading(key, each) for key, each in taken.items())
            links.append((value, f"{base}{'&' if '?' in base else '?'}{joined}"))
        found.append((name, current[name], links))
    return found


def _reading(name: str, value: str) -> str:
    from urllib.parse import urlencode

    return urlencode({"reading": f"{name}={value}"})


def _render(view: View, asked: Chosen, work: Work, *, status: int = 200, **context: Any) -> HTMLResponse:
    title, citation = choosing.titled(view, asked.law) if asked.law else ("", "")
    position = choosing.titled(view, asked.against)
    return view.render(
        "loopholes.html",
        status=status,
        asked=asked,
        work=work,
        title=title,
        citation=citation,
        position=in_english(view, position[0]),
        laws=choosing.laws(view, asked.law),
        positions=choosing.positions(view, asked.against),
        pairs=[(choosing.titled(view, a)[0], view.to("/loopholes", law=a, against=b)) for a, b in PAIRS],
        **{"result": None, **context},
    )
