"""The start: what this is for, and one thing that it found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from lagrum.model.instruments import Instrument
from lagrum.service.analyses import AGAINST, OF
from lagrum.web.case.ready import READY
from lagrum.web.case.sentence import law_name
from lagrum.web.choosing import is_draft
from lagrum.web.finding import finding_of
from lagrum.web.view import Open, Viewed

router = APIRouter(include_in_schema=False)
THREE = 3


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is loaded for one place: how many laws and rules, and of what day the newest text is."""

    place: str
    laws: int
    drafts: int
    rules: int
    newest: date | None


@router.get("/")
def start(view: Viewed) -> HTMLResponse:
    """Two doors, a finding, cases to open, and what is loaded."""
    instruments = [each for each in view.desk.library.pack.instruments.values() if not is_draft(each)]
    laws = [each for each in instruments if each.kind != "position"]
    known = view.desk.library.pack.instruments
    ready = [each for each in READY if each.law in known][:THREE]
    return view.render(
        "start.html",
        loaded=_loaded(laws),
        laws=len(laws),
        rules=sum(len(each.norms) for each in laws),
        positions=len(instruments) - len(laws),
        official=sum(each.review.startswith("encoded from") for each in laws),
        finding=finding_of(view, date.today()),
        found_in=view.to("/loopholes", law=OF, against=AGAINST) if {OF, AGAINST} <= set(known) else "",
        ready=[(each, law_name(view.desk.law(each.law))) for each in ready],
    )


@router.get("/help")
def help_(view: Open) -> HTMLResponse:
    """What it is and is not, its words and signs, who sees what, and the keyboard."""
    return view.render("help.html")


def _loaded(laws: Iterable[Instrument]) -> list[Loaded]:
    """By place, that with the most rules first."""
    places: dict[str, list[Instrument]] = {}
    for each in laws:
        places.setdefault(each.jurisdiction, []).append(each)
    found = [
        Loaded(
            place,
            len(here),
            sum(each.kind == "proposal" for each in here),
            sum(len(each.norms) for each in here),
            max((day for each in here if (day := each.amended or each.published or each.in_force)), default=None),
        )
        for place, here in places.items()
    ]
    return sorted(found, key=lambda each: -each.rules)
