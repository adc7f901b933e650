"""Before an interview, beside it and after it: the choice of the law, the answers, the rest as usual, the ruling."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, JSONResponse, Response

from lagrum.language import write_case
from lagrum.model.cases import Case
from lagrum.model.diagnostics import InvalidInput
from lagrum.reasoning.document import head
from lagrum.register import Conflict
from lagrum.web import choosing
from lagrum.web.ask.asking import resume
from lagrum.web.case.ready import READY
from lagrum.web.case.sentence import law_name, sentence
from lagrum.web.pages.ask import contradiction, page
from lagrum.web.view import LAW, FromOurForm, Posted, View, Viewed

router = APIRouter(include_in_schema=False)
FEW = 6  # facts, rules


@router.get("/ask")
def start(view: Viewed) -> HTMLResponse:
    """Choose a law and a day, or a case that is ready."""
    return _start(view)


@router.post("/ask")
def begin(view: Viewed, form: Posted) -> Response:
    """A new draft, and its first question."""
    law, on, name = (_field(form, each) for each in ("law", "on", "name"))
    try:
        day = date.fromisoformat(on) if on else date.today()
        view.desk.law(law, day)
    except ValueError as error:
        if isinstance(error, InvalidInput):
            return _start(view, [("law", error.diagnostics[0].message.replace("`", ""))], form)
        return _start(view, [("on", view.gettext("Write year, month and day: 2026-11-22."))], form)
    case = Case(name or view.gettext("A use of AI"), {}, laws=(law,), dates=(day,))
    text = write_case(case, view.desk.library.pack.facts)
    owner = view.who if view.account else None
    draft = view.store.drafts.create(law, text, on=day, lang=view.lang, owner=owner)
    return view.go(f"/ask/{draft.id}")


@router.get("/ask/{draft_id}.json")
def as_json(view: Viewed, draft_id: str) -> JSONResponse:
    """Where the interview stands, as `lagrum ask` tells it."""
    asking = resume(view, draft_id)
    with view.desk.alone():
        return JSONResponse(asking.interview.to_dict())


@router.get("/ask/{draft_id}")
def go_on(view: Viewed, draft_id: str) -> Response:
    """To the next question, or to the ruling."""
    asking = resume(view, draft_id)
    try:
        return view.go(asking.next)
    except InvalidInput as error:
        return contradiction(asking, error)


@router.get("/ask/{draft_id}/case.yaml")
def case_file(view: Viewed, draft_id: str) -> Response:
    """The answers as a case file."""
    text = resume(view, draft_id).sitting.draft.case
    headers = {"content-disposition": 'attachment; filename="case.yaml"'}
    return Response(text, media_type="application/yaml; charset=utf-8", headers=headers)


@router.get("/ask/{draft_id}/answers")
def answers(view: Viewed, draft_id: str) -> Response:
    """All answers, what was left open, and what may still be asked."""
    return _around(view, draft_id, "ask/answers.html")


@router.get("/ask/{draft_id}/saved")
def saved(view: Viewed, draft_id: str) -> Response:
    """How to come back."""
    address = f"{str(view.request.base_url).rstrip('/')}/ask/{draft_id}"
    return _around(view, draft_id, "ask/saved.html", address=address)


@router.get("/ask/{draft_id}/usual")
def usual(view: Viewed, draft_id: str) -> Response:
    """What *the rest as usual* assumes, answer by answer, and what would come of it."""
    return _usual(view, draft_id)


@router.post("/ask/{draft_id}/usual", dependencies=[FromOurForm])
def take_usual(view: Viewed, draft_id: str) -> Response:
    """Assume the rest."""
    asking = resume(view, draft_id)
    try:
        return view.go(asking.rest_as_usual().to("ruling"))
    except Conflict:
        return _usual(view, draft_id, 409)  # answers came in between: what is assumed is shown anew


@router.get("/ask/{draft_id}/ruling")
def ruling(view: Viewed, draft_id: str) -> Response:
    """What the law makes of the answers: settled, or open with what would settle it."""
    asking = resume(view, draft_id)
    s = asking.sitting
    if s.ruled is None:
        return view.go(s.to())  # the page of the case shows what contradicts what
    reasons = s.reasons
    settling = [asking.line(each.fact) for each in reasons.missing[:FEW]] if reasons else []
    return page(
        asking,
        "ask/ruling.html",
        sentence=sentence(s, reasons),
        a=reasons,
        head=head(reasons) if reasons else None,
        told=s.told,
        settling=list(zip(settling, reasons.missing, strict=False)) if reasons else [],
        few=FEW,
    )


@router.get("/ask/{draft_id}/ruling.json")
def ruling_json(view: Viewed, draft_id: str) -> JSONResponse:
    """The ruling with its reasons, as `lagrum assess` gives it."""
    return JSONResponse(resume(view, draft_id).sitting.assessment().to_dict())


def _usual(view: View, draft_id: str, status: int = 200) -> Response:
    asking = resume(view, draft_id)
    try:
        if asking.state.question is None:
            return view.go(asking.to("ruling"))  # there is nothing to assume
        with view.desk.alone():
            outcome, (deciding, others) = asking.usual.outcome, asking.assumed
        return page(
            asking,
            "ask/usual.html",
            status=status,
            outcome=outcome,
            deciding=deciding,
            others=others,
            anew=status != 200,
        )
    except InvalidInput as error:
        return contradiction(asking, error)


def _around(view: View, draft_id: str, template: str, **context: Any) -> Response:
    asking = resume(view, draft_id)
    try:
        return page(asking, template, **context)
    except InvalidInput as error:
        return contradiction(asking, error)


def _start(view: View, errors: list[tuple[str, str]] | None = None, form: FormData | None = None) -> HTMLResponse:
    law = _field(form, "law") if form is not None else view.query.get("law", LAW)
    on = _field(form, "on") if form is not None else view.query.get("on", "")
    return view.render(
        "ask/start.html",
        status=422 if errors else 200,
        errors=errors or [],
        law=law,
        on=on or date.today().isoformat(),
        name=_field(form, "name") if form is not None else "",
        laws=choosing.laws(view, law if form is None else ""),
        ready=[(each, law_name(view.desk.law(each.law))) for each in READY],
    )


def _field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return " ".join(value.split())[:200] if isinstance(value, str) else ""
