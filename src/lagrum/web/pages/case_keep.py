"""Where cases come from and where they go: new ones, files, second versions, the register."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

from fastapi import APIRouter, HTTPException
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, Response

from lagrum.language import write_case
from lagrum.model.cases import Case
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.register import Conflict, Draft, StoreError
from lagrum.web import choosing
from lagrum.web.case.changing import after
from lagrum.web.case.ready import READY, text_of
from lagrum.web.case.sentence import law_name
from lagrum.web.case.sitting import sitting
from lagrum.web.forms import FieldError
from lagrum.web.pages.case import page
from lagrum.web.view import LAW, Editing, Posted, View, Viewed

router = APIRouter(include_in_schema=False)
LARGEST = 256 * 1024  # bytes of a case file
Errors = list[tuple[str, str] | Diagnostic | str]


@router.get("/case")
def start(view: Viewed) -> HTMLResponse:
    """Begin a case, open one, or look at one that is ready."""
    return _start(view)


@router.post("/case")
def new(view: Viewed, form: Posted) -> Response:
    """A new case, of which nothing is known yet."""
    name, law, on = (field(form, each) for each in ("name", "law", "on"))
    if not name:
        return _start(view, [("name", view.gettext("Give the case a name"))], form)
    try:
        day = date.fromisoformat(on) if on else None
        view.desk.law(law, day)
    except ValueError:
        return _start(view, [("on", view.gettext("Write year, month and day: 2026-11-22."))], form)
    except InvalidInput as error:
        return _start(view, [("law", each.message) for each in error.diagnostics], form)
    return _to(view, Case(name, {}), law, day)


@router.get("/case/open")
def back(view: Viewed) -> Response:
    """Where a form that was refused stands, asked for anew."""
    return view.go("/case")


@router.post("/case/open")
def upload(view: Viewed, form: Posted) -> Response:
    """A case file of the reader's own."""
    try:
        case = read_upload(view, form)
        return _to(view, case, case.laws[0] if case.laws else field(form, "law"), None)
    except InvalidInput as error:
        return _start(view, list(error.diagnostics), form)
    except FieldError as error:
        return _start(view, [(error.field, error.sentence)], form)


@router.post("/case/ready/{name}")
def ready(view: Viewed, name: str, _form: Posted) -> Response:
    """A copy of a case that comes with the laws."""
    found = next((each for each in READY if each.name == name), None)
    if found is None:
        raise HTTPException(404)
    case = view.desk.read_case(text_of(found), found.file)
    name = view.gettext(found.about)
    return _to(view, replace(case, name=name, expect=None, source="", intent=""), found.law, None)


@router.post("/case/{draft_id}/fork")
def fork(view: Viewed, draft_id: str, form: Posted) -> Response:
    """A second version of the facts, to be held against the first."""
    found = sitting(view, draft_id)
    name = view.gettext("%(name)s, second version", name=found.case.name)[:200]
    case = replace(found.case, name=name)
    case = replace(case, readings={**case.readings, **found.draft.readings})
    way = field(form, "way")
    if way.isdecimal():  # with the changes that a way to lawful use asks for
        ways = view.desk.lawful(found.law, found.case, found.on, view.day_asked("text_of")).ways
        if int(way) < len(ways):
            case = after(case, ways[int(way)].steps, found.told.facts)
    draft = draft_of(view, case, found.draft.law, found.draft.on)
    return view.go(found.to("/versus", other=draft.id))


@router.post("/case/{draft_id}/name")
def rename(view: Viewed, draft_id: str, form: Posted) -> Response:
    """Call the case something else."""
    found = sitting(view, draft_id)
    name = field(form, "name")
    if name:
        seen = field(form, "seen")
        named = replace(found, case=replace(found.case, name=name))
        try:
            named.saved(int(seen) if seen.isdecimal() else 0)
        except Conflict:
            raise HTTPException(409, view.gettext("Somebody else has changed this case. Load it again.")) from None
    return view.go(found.to())


@router.post("/case/{draft_id}/keep")
def keep(view: Editing, draft_id: str, form: Posted) -> Response:
    """Keep the case in the register as a system, with what the law makes of it today."""
    found = sitting(view, draft_id)
    name, owner, role = (field(form, each) for each in ("name", "owner", "role"))
    missing = [each for each, value in (("keep-name", name), ("keep-owner", owner), ("keep-role", role)) if not value]
    if missing:
        return page(found, errors=[(each, view.gettext("Fill in this field")) for each in missing])
    system = view.store.systems.add(name, owner, role, found.draft.case, by=view.who, law=found.law.id)
    with suppress(InvalidInput, StoreError):  # the page of the system tells what is wrong
        view.tending.reassessing.one(system, view.who)
    return view.go(f"/register/{system.id}")


def _start(view: View, errors: Errors | None = None, form: FormData | None = None) -> HTMLResponse:
    law = field(form, "law") if form is not None else view.query.get("law", LAW)
    return view.render(
        "case/start.html",
        status=422 if errors else 200,
        errors=errors or [],
        name=field(form, "name") if form is not None else "",
        law=law,
        on=field(form, "on") if form is not None else "",
        laws=choosing.laws(view, law),
        ready=[(each, law_name(view.desk.law(each.law))) for each in READY],
    )


def read_upload(view: View, form: FormData) -> Case:
    """The case of an uploaded file. Raises `InvalidInput` for what stands in it, `FieldError` for the file itself."""
    file = form.get("file")
    content = file.file.read(LARGEST + 1) if isinstance(file, UploadFile) else b""
    if not isinstance(file, UploadFile) or not content:
        raise FieldError("file", view.gettext("Choose a case file, YAML or JSON"))
    if len(content) > LARGEST:
        raise FieldError("file", view.gettext("The file is larger than 256 KiB"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise FieldError("file", view.gettext("The file is not text in UTF-8")) from None
    return view.desk.read_case(text, (file.filename or "case.yaml")[-80:])


def _to(view: View, case: Case, law: str, day: date | None) -> Response:
    return view.go(f"/case/{draft_of(view, case, law, day).id}")


def draft_of(view: View, case: Case, law: str, day: date | None) -> Draft:
    """A draft of a case. Raises `InvalidInput` where there is no such law."""
    view.desk.law(law)
    text = write_case(case, view.desk.library.pack.facts)
    return view.store.drafts.create(law, text, on=day, lang=view.lang, owner=view.who if view.account else None)


def field(form: FormData, name: str) -> str:
    """A line of a form, at most 200 letters of it."""
    value = form.get(name, "")
    return " ".join(value.split())[:200] if isinstance(value, str) else ""
