"""A case: what a law makes of it and why, what would change that, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from lagrum.reasoning.document import head
from lagrum.register import Role
from lagrum.web import choosing
from lagrum.web.case.change import Change, change, shown
from lagrum.web.case.reasons import ROLES, Reasons
from lagrum.web.case.sentence import sentence
from lagrum.web.case.sitting import Sitting, sitting
from lagrum.web.forms import slug_of
from lagrum.web.view import Posted, Viewed

router = APIRouter(include_in_schema=False)
Errors = Sequence[tuple[str, str]]


@router.get("/case/{draft_id}.json")
def data(view: Viewed, draft_id: str) -> JSONResponse:
    """The assessment, as `lagrum assess --format json` has it."""
    return JSONResponse(sitting(view, draft_id).assessment().to_dict())


@router.get("/case/{draft_id}")
def case(view: Viewed, draft_id: str) -> HTMLResponse:
    """The ruling with its reasons."""
    return page(sitting(view, draft_id))


@router.post("/case/{draft_id}")
def answer(view: Viewed, draft_id: str, form: Posted) -> Response:
    """An answer to a question that was missing."""
    before = sitting(view, draft_id)
    done = change(before, form)
    if view.request.headers.get("x-part") or not done.done:
        return page(done.sitting, before, done)
    return view.go(before.to("", changed=" ".join(map(slug_of, done.answers)) or None))


@router.get("/case/{draft_id}/case.yaml")
def file(view: Viewed, draft_id: str) -> Response:
    """The case as a file, as `lagrum assess` reads it."""
    found = sitting(view, draft_id)
    headers = {"content-disposition": 'attachment; filename="case.yaml"'}
    return PlainTextResponse(found.draft.case, media_type="application/yaml", headers=headers)


def page(
    found: Sitting, before: Sitting | None = None, done: Change | None = None, errors: Errors = ()
) -> HTMLResponse:
    """The page of a case; after a change, with what that did."""
    view = found.view
    context = said(found, before, done)
    context["errors"] = [*context["errors"], *errors]
    assessment = found.reasons
    return view.render(
        "case.html",
        status=done.status if done else 422 if errors else 200,
        s=found,
        told=found.told,
        r=Reasons(found, assessment) if assessment else None,
        head=head(assessment) if assessment else None,
        sentence=sentence(found, assessment) if found.ruled else "",
        laws=choosing.laws(view, found.law.id),
        editor=Role.EDITOR,
        slug_of=slug_of,
        roles=[(name, view.gettext(words)) for name, words in ROLES.items() if name],
        **context,
    )


def said(found: Sitting, before: Sitting | None, done: Change | None) -> dict[str, Any]:
    """What a change did, for the page: the facts that were changed, the news, and what is wrong."""
    return {
        "changed": {slug_of(name) for name in done.answers} if done and done.done else _changed(found),
        "news": news(found, before) if before and done and done.done else "",
        "errors": [*done.errors, *contradicted(done)] if done else [],
        "clashes": done.clashes if done else (),
        "shown": shown,
    }


def news(found: Sitting, before: Sitting) -> str:
    """What is announced after a change: the ruling, and the one before where it is another."""
    view = found.view
    now, was = (each.ruled.ruling if each.ruled else None for each in (found, before))
    if now is None:
        return view.gettext("No ruling: the facts contradict each other.")
    words = {"ruling": view.words.say(now)}
    if was is None or was == now:
        return view.gettext("Ruling: %(ruling)s (unchanged)", **words)
    return view.gettext("Ruling: %(ruling)s (was %(was)s)", was=view.words.say(was), **words)


def contradicted(done: Change) -> list[tuple[str, str]]:
    """The answers that cannot be together, each as question and answer."""
    if done.tried is None:
        return []
    tried, view = done.tried, done.sitting.view
    told = [f"{tried.told.question(n)} {tried.told.given(tried.case.facts[n])}" for n in tried.disputed]
    return [("answer", view.gettext("Not saved: %(answers)s. These cannot all be so.", answers="; ".join(told)))]


def _changed(found: Sitting) -> set[str]:
    """The slugs of the facts that were changed on the way here."""
    return set(found.view.query.get("changed", "").split())
