"""One system of the register: what the law makes of it, what is known of it and why, what was decided, its history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, JSONResponse, Response

from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.reasoning.document import head
from lagrum.reasoning.envelope import envelope
from lagrum.register import Conflict, DecisionKind, Role, Status, StoreError, System, case_file
from lagrum.register.limits import FILE
from lagrum.report.registered import decision_to_dict, system_to_dict
from lagrum.web.case.told import Told
from lagrum.web.register import listing
from lagrum.web.register.looking import look
from lagrum.web.register.now import now, read
from lagrum.web.register.told import Teller, known_laws, named
from lagrum.web.view import Editing, FromOurForm, Posted, View, Viewed

router = APIRouter(include_in_schema=False)
Errors = Sequence[tuple[str, str] | Diagnostic | str]
FEW = 8  # entries of the history, assessments
FAR = timedelta(days=10 * 366)  # how far a system's own page looks ahead
SLACK = 4096  # letters of a text field that are read


@router.get("/register/{number:int}")
def system(view: Viewed, number: int) -> HTMLResponse:
    """The system."""
    return page(view, found(view, number))


@router.get("/register/{number:int}/assess")
@router.get("/register/{number:int}/evidence")
@router.get("/register/{number:int}/decisions")
@router.get("/register/{number:int}/facts")
@router.get("/register/{number:int}/take")
def back(view: Viewed, number: int) -> Response:
    """Where only forms go: back to the system."""
    return view.go(view.to(f"/register/{number}", **dict(view.query)))


@router.get("/register/{number:int}.json")
def as_json(view: Viewed, number: int) -> JSONResponse:
    """The system, as `lagrum register show --format json` has it."""
    it = found(view, number)
    told = system_to_dict(it, view.store.assessments.of(number)) | {
        "case": it.case_text,
        "decisions": [decision_to_dict(each) for each in view.store.decisions.of(number)],
        "history": [each.to_dict() for each in view.store.systems.history(number)],
    }
    return JSONResponse(envelope("register", known_laws(view, it.laws)) | {"systems": [told], "bad": []})


@router.get("/register/{number:int}/case.yaml")
def as_file(view: Viewed, number: int) -> Response:
    """The system as a case file."""
    headers = {"content-disposition": f'attachment; filename="system-{number}.yaml"'}
    return Response(case_file(found(view, number)), media_type="application/yaml; charset=utf-8", headers=headers)


@router.post("/register/{number:int}/assess", dependencies=[FromOurForm])
def assess(view: Editing, number: int) -> Response:
    """Keep what the law makes of it today."""
    it = found(view, number)
    try:
        view.tending.reassessing.one(it, view.who)
    except InvalidInput as error:
        return page(view, it, list(error.diagnostics))
    return view.go(f"/register/{number}#assessments")


@router.get("/register/{number:int}/assessments/{assessment:int}.json")
def assessment(view: Viewed, number: int, assessment: int) -> JSONResponse:
    """An assessment as it was made."""
    told = view.store.assessments.document(assessment)
    if told is None or all(each.id != assessment for each in view.store.assessments.of(number, 500)):
        raise HTTPException(404)
    return JSONResponse(told)


# --- evidence ----------------------------------------------------------------------------------------------------


@router.post("/register/{number:int}/evidence")
def add_evidence(view: Editing, number: int, form: Posted) -> Response:
    """A link or a file that backs a fact."""
    it = found(view, number)
    fact, url, title = (text(form, each).strip() for each in ("fact", "url", "title"))
    file = form.get("file")
    content = file.file.read(FILE + 1) if isinstance(file, UploadFile) and file.filename else b""
    name = file.filename if isinstance(file, UploadFile) and file.filename else ""
    if bool(url) == bool(name):
        return page(view, it, [("url", view.gettext("Give a link or a file, one of them"))], form)
    try:
        if url:
            view.store.evidence.add_link(number, fact, url, title=title, by=view.who)
        else:
            view.store.evidence.add_file(number, fact, name, content, title=title, by=view.who)
    except StoreError as error:
        return page(view, it, [_wrong(view, error)], form)
    return view.go(f"/register/{number}#facts")


@router.get("/register/{number:int}/evidence/{evidence:int}")
def evidence(view: Viewed, number: int, evidence: int) -> Response:
    """A file as it was handed in: to be saved, never to be shown by the browser as a page of ours."""
    kept = view.store.evidence.file(evidence)
    if kept is None or kept[0].system != number:
        raise HTTPException(404)
    told, content = kept
    name = quote(told.file_name or "file", safe="")
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{name}",
        "x-content-type-options": "nosniff",
        "content-security-policy": "sandbox; default-src 'none'",
    }
    return Response(content, media_type="application/octet-stream", headers=headers)


# --- decisions ---------------------------------------------------------------------------------------------------


@router.post("/register/{number:int}/decisions")
def decide(view: Editing, number: int, form: Posted) -> Response:
    """A decision, or a review."""
    it = found(view, number)
    kind = DecisionKind.REVIEW if text(form, "kind") == "review" else DecisionKind.DECISION
    try:
        on = date.fromisoformat(text(form, "on") or date.today().isoformat())
        later = date.fromisoformat(text(form, "next")) if text(form, "next") else None
    except ValueError:
        return page(view, it, [("on", view.gettext("Write year, month and day: 2026-11-22."))], form)
    try:
        view.store.decisions.add(number, kind, text(form, "text"), by=view.who, on=on, next_review=later)
    except StoreError as error:
        return page(view, it, [_wrong(view, error)], form)
    return view.go(f"/register/{number}#decisions")


# --- retiring ----------------------------------------------------------------------------------------------------


@router.get("/register/{number:int}/retire")
def ask_why(view: Editing, number: int) -> HTMLResponse:
    """Why it is retired, or taken back."""
    return _why(view, found(view, number))


@router.post("/register/{number:int}/retire")
def retire(view: Editing, number: int, form: Posted) -> Response:
    """Take it out of the list, or back into it. Nothing is deleted."""
    it, seen = found(view, number), text(form, "seen")
    turn = view.store.systems.resume if it.status is Status.RETIRED else view.store.systems.retire
    try:
        turn(number, seen=int(seen) if seen.isdecimal() else 0, by=view.who, reason=text(form, "reason"))
    except Conflict:
        words = view.gettext("Somebody else has changed this system in the meantime. Look at it, then send this again.")
        return _why(view, found(view, number), [("reason", words)], text(form, "reason"), 409)
    except StoreError as error:
        words = view.gettext("Say why") if error.field == "reason" else error.sentence
        return _why(view, it, [("reason", words)], text(form, "reason"))
    return view.go(f"/register/{number}")


def _why(view: View, it: System, errors: Errors = (), reason: str = "", status: int = 422) -> HTMLResponse:
    context = {"errors": errors, "reason": reason, "retired": it.status is Status.RETIRED}
    return view.render("register/retire.html", status=status if errors else 200, it=it, **context)


# --- the page ----------------------------------------------------------------------------------------------------


def found(view: View, number: int) -> System:
    """The system of the address. Raises `HTTPException`."""
    it = view.store.systems.get(number)
    if it is None:
        raise HTTPException(404)
    return it


def text(form: FormData, name: str) -> str:
    """A field of a form, without the carriage returns that browsers put in."""
    value = form.get(name, "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def page(view: View, it: System, errors: Errors = (), form: FormData | None = None) -> HTMLResponse:
    """The page of a system; with what is wrong with a form, and what stands in that."""
    case, bad = read(view, it)
    made = view.store.assessments.of(it.id, 500)
    (row,) = listing.rows(view, [it])
    active = it.status is Status.ACTIVE
    nows = now(view, it, case) if case and active else []
    whole = [each.assessment for each in nows if each.assessment]
    ahead = look(view, systems=[it] if active else [])
    ahead = type(ahead)(view, ahead.systems, date.today(), date.today() + FAR, 0.1)
    entries = view.store.systems.history(it.id, limit=500)
    evidence, facts = _by_fact(it), list(case.facts.values()) if case else []
    first = [each for each in facts if each.fact in evidence or each.basis != "stated" or each.by]
    context: dict[str, Any] = {
        "unread": bad,
        "row": row,
        "nows": nows,
        "head": head(whole[0]) if len(whole) == 1 else None,
        "told": Told(view.desk.library.pack.facts, view.phrases),
        "facts": facts,
        "first": first,
        "rest": [each for each in facts if each not in first],
        "evidence": evidence,
        "made": made,
        "decisions": view.store.decisions.of(it.id),
        "entries": entries,
        "seal": view.tending.seal.last(),
    }
    return view.render(
        "register/system.html",
        status=422 if errors else 200,
        errors=errors,
        it=it,
        active=active,
        may=view.may(Role.EDITOR) and active,
        editor=Role.EDITOR,
        ahead=ahead,
        t=Teller(view),
        names={law: named(view, law) for law in it.laws},
        few=FEW,
        opened="" if form is None else "decision" if "kind" in form else "evidence",
        said={name: text(form, name) if form is not None else "" for name in ("fact", "url", "title", "text", "next")}
        | {"kind": text(form, "kind") if form is not None else "decision"}
        | {"on": (text(form, "on") if form is not None else "") or date.today().isoformat()},
        **context,
    )


def _by_fact(it: System) -> dict[str, list[Any]]:
    told: dict[str, list[Any]] = {}
    for each in it.evidence:
        told.setdefault(each.fact, []).append(each)
    return told


def _wrong(view: View, error: StoreError) -> tuple[str, str]:
    """What the store refuses, at the field that it speaks of."""
    known = {
        "url": view.gettext("This is no web address; it starts with https:// or http://"),
        "fact": view.gettext("Choose the fact that it backs"),
        "text": view.gettext("Say what was decided or found"),
        "next review": view.gettext("The next review must come after this one"),
    }
    fields = {"next review": "next"}
    return fields.get(error.field, error.field or "url"), known.get(error.field, error.sentence)
