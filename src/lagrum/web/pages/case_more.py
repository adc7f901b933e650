"""What else can be asked of a case: over time, against another version, what can be done, which rules apply."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from lagrum.model.diagnostics import InvalidInput
from lagrum.reasoning.document import head
from lagrum.reasoning.envelope import envelope
from lagrum.reasoning.timeline import Timeline
from lagrum.reasoning.versus import Versus
from lagrum.service.opened import Opened, keys_at, opened
from lagrum.web import choosing
from lagrum.web.case.days import strip
from lagrum.web.case.norms import HEADS, KINDS, STATUSES, norms
from lagrum.web.case.reasons import PARTIES, ROLES, TIERS
from lagrum.web.case.sentence import law_name
from lagrum.web.case.sitting import Sitting, sitting
from lagrum.web.forms import FieldError
from lagrum.web.pages.case_keep import draft_of, field, read_upload
from lagrum.web.view import Posted, View, Viewed
from lagrum.web.work import csv_response

router = APIRouter(include_in_schema=False)
DAYS = ("from", "until", "ruling", "possible", "begins", "ends")


# --- over time -------------------------------------------------------------------------------------------------------


@router.get("/case/{draft_id}/timeline.json")
def timeline_data(view: Viewed, draft_id: str) -> JSONResponse:
    """The stretches, as `lagrum timeline --format json` has them."""
    return JSONResponse(_timeline(sitting(view, draft_id)).to_dict())


@router.get("/case/{draft_id}/timeline.csv")
def timeline_table(view: Viewed, draft_id: str) -> Response:
    """The stretches as a table."""
    rows = (
        (
            each.since or "",
            each.until or "",
            each.ruling.value,
            ", ".join(each.possible),
            "; ".join(map(str, each.begins)),
            "; ".join(map(str, each.ends)),
        )
        for each in _timeline(sitting(view, draft_id))
    )
    return csv_response("timeline", DAYS, rows)


@router.get("/case/{draft_id}/timeline")
def over_time(view: Viewed, draft_id: str) -> HTMLResponse:
    """What the law makes of the case on every day."""
    found = sitting(view, draft_id)
    if found.ruled is None:
        return contradicted(found)
    told = _timeline(found)
    return _render(found, "case/timeline.html", t=told, strip=strip(told.stretches, found.on), head=told.envelope)


def _timeline(found: Sitting) -> Timeline:
    told = found.view.desk.timeline(found.law, found.case)
    inputs = {"case": found.case.name}
    given = found.case.facts.values()
    described = envelope(
        "timeline",
        [found.law],
        text_of=found.text_of,
        given=given,
        assumptions=found.case.assume,
        inputs=inputs,
    )
    return replace(told, envelope=described)


# --- two versions ----------------------------------------------------------------------------------------------------


@router.get("/case/{draft_id}/versus.json")
def versus_data(view: Viewed, draft_id: str) -> JSONResponse:
    """The disputes, as `lagrum assess --versus --format json` has them."""
    found = sitting(view, draft_id)
    other = _other(found)
    if other is None:
        raise HTTPException(404, view.gettext("Choose a second version"))
    return JSONResponse(_versus(found, other).to_dict())


@router.get("/case/{draft_id}/versus")
def two_versions(view: Viewed, draft_id: str) -> HTMLResponse:
    """Which of the facts in dispute between two versions matter."""
    found = sitting(view, draft_id)
    other = _other(found)
    try:
        v = _versus(found, other) if other else None
    except InvalidInput as error:
        return _render(found, "case/versus.html", 422, other=None, v=None, errors=error.diagnostics)
    return _render(found, "case/versus.html", other=other, v=v, errors=())


@router.post("/case/{draft_id}/versus")
def second_version(view: Viewed, draft_id: str, form: Posted) -> Response:
    """Another version: a file, or the address of a case that is open here."""
    found = sitting(view, draft_id)
    link = field(form, "address").rstrip("/").rpartition("/case/")[2].partition("/")[0].partition("?")[0]
    try:
        if link and view.store.drafts.get(link) is None:
            raise FieldError("address", view.gettext("No case is open here under that address"))
        other = link or draft_of(view, read_upload(view, form), found.draft.law, None).id
    except InvalidInput as error:
        return _render(found, "case/versus.html", 422, other=None, v=None, errors=error.diagnostics)
    except FieldError as error:
        errors = [(error.field, error.sentence)]
        return _render(found, "case/versus.html", 422, other=None, v=None, errors=errors)
    return view.go(found.to("/versus", other=other))


def _other(found: Sitting) -> Sitting | None:
    name = found.view.query.get("other", "")
    return sitting(found.view, name) if name else None


def _versus(found: Sitting, other: Sitting) -> Versus:
    text_of = found.view.day_asked("text_of")
    return found.view.desk.versus(found.law, found.case, other.case, found.on, text_of)


# --- what can be done ------------------------------------------------------------------------------------------------


@router.get("/case/{draft_id}/lawful.json")
def lawful_data(view: Viewed, draft_id: str) -> JSONResponse:
    """The ways, as `lagrum assess --lawful --format json` has them."""
    found = sitting(view, draft_id)
    return JSONResponse(view.desk.lawful(found.law, found.case, found.on, view.day_asked("text_of")).to_dict())


@router.get("/case/{draft_id}/lawful")
def what_can_be_done(view: Viewed, draft_id: str) -> HTMLResponse:
    """The fewest changes in the operator's hands after which nothing is forbidden."""
    found = sitting(view, draft_id)
    if found.ruled is None:
        return contradicted(found)
    ways = view.desk.lawful(found.law, found.case, found.on, view.day_asked("text_of"))
    return _render(found, "case/lawful.html", w=ways, head=ways.to_dict(), parties=PARTIES)


# --- all rules -------------------------------------------------------------------------------------------------------


@router.get("/case/{draft_id}/norms.csv")
def norms_table(view: Viewed, draft_id: str) -> Response:
    """The rules that the filters let through, as a table."""
    found = sitting(view, draft_id)
    return csv_response("rules", HEADS, norms(view, found, found.assessment()).table())


@router.get("/case/{draft_id}/norms")
def all_rules(view: Viewed, draft_id: str) -> HTMLResponse:
    """Every rule as it stands to the case, and why; one of them laid open."""
    found = sitting(view, draft_id)
    if found.ruled is None:
        return contradicted(found)
    reasons = found.reasons
    return _render(
        found,
        "case/norms.html",
        n=norms(view, found, reasons) if reasons else None,
        head=head(reasons) if reasons else None,
        laid=_laid(found),
        kinds=[(kind.value, view.gettext(words)) for kind, words in KINDS.items()],
        statuses=[(status.value, view.gettext(words)) for status, words in STATUSES.items()],
        kind_words=KINDS,
        role_words=ROLES,
    )


def _laid(found: Sitting) -> tuple[Opened, ...]:
    """The rules at the place that the address names."""
    at, instrument = found.view.query.get("at", ""), found.view.query.get("instrument", "")
    if not at:
        return ()
    keys = keys_at(found.law, instrument or found.law.instruments[0].id, at)
    return opened(found.view.desk, found.law, found.case, found.on, keys)


def contradicted(found: Sitting) -> HTMLResponse:
    """The page of a case whose facts contradict each other, whatever is asked of it."""
    return _render(found, "case/contradicted.html", 422)


def _render(found: Sitting, template: str, status: int = 200, **context: object) -> HTMLResponse:
    view: View = found.view
    common = {
        "s": found,
        "told": found.told,
        "laws": choosing.laws(view, found.law.id),
        "law_name": law_name(found.law),
        "tier_words": TIERS,
        "news": "",
        "sentence": "",
    }
    return view.render(template, status=status, **{**common, **context})
