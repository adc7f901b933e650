"""All facts of a case, to change any of them and see the ruling change."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from lagrum.web import choosing
from lagrum.web.case.change import Change, change
from lagrum.web.case.facts import SHOWN, Facts
from lagrum.web.case.sentence import sentence
from lagrum.web.case.sitting import Sitting, sitting
from lagrum.web.forms import slug_of
from lagrum.web.pages.case import said
from lagrum.web.view import Posted, Viewed

router = APIRouter(include_in_schema=False)
FILTERS = ("fact", "show", "group", "find", "start")
QUICK = "#answer"  # the region that a change with script asks for: the ruling without its reasons


@router.get("/case/{draft_id}/facts")
def facts(view: Viewed, draft_id: str) -> HTMLResponse:
    """The facts that the filters of the address let through."""
    return page(sitting(view, draft_id))


@router.post("/case/{draft_id}/facts")
def answers(view: Viewed, draft_id: str, form: Posted) -> Response:
    """New answers: with script only the ruling comes back, else the page."""
    before = sitting(view, draft_id)
    done = change(before, form)
    if done.done and view.request.headers.get("x-part") == QUICK:
        found = done.sitting
        return view.render(
            "case/quick.html",
            s=found,
            told=found.told,
            done=done,
            sentence=sentence(found, None) if found.ruled else "",
            **said(found, before, done),
        )
    if done.done:
        filters = {name: view.query.get(name) for name in FILTERS}
        return view.go(before.to("/facts", **filters, changed=" ".join(map(slug_of, done.answers)) or None))
    return page(done.sitting, before, done)


def page(found: Sitting, before: Sitting | None = None, done: Change | None = None) -> HTMLResponse:
    """The page of the facts; after a change that was refused, with what is wrong."""
    view = found.view
    context = said(found, before, done)
    show, start = view.query.get("show", ""), view.query.get("start", "")
    listed = Facts(
        found,
        view.query.get("fact", ""),
        show if show in SHOWN else "",
        view.query.get("group", ""),
        view.query.get("find", "").strip()[:100],
        int(start) if start.isdecimal() and len(start) < 6 else 0,
        done.wrong if done else {},
        done.errors if done else (),
    )
    return view.render(
        "case/facts.html",
        status=done.status if done else 200,
        s=found,
        told=found.told,
        f=listed,
        show_options=[(name, view.gettext(words)) for name, words in SHOWN.items()],
        sentence=sentence(found, None) if found.ruled else "",
        laws=choosing.laws(view, found.law.id),
        **context,
    )
