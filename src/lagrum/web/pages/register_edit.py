"""Systems into the register, and changed there: new ones, files of them, their fields, their facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, Response

from lagrum.language import write_case
from lagrum.model.cases import Case
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.register import Conflict, Draft, Imported, StoreError, System, Usual, import_files
from lagrum.web import choosing
from lagrum.web.case.reasons import ROLES
from lagrum.web.case.told import Told
from lagrum.web.forms import FieldError, slug_of
from lagrum.web.pages.case_keep import read_upload
from lagrum.web.pages.register_system import Errors, found, text
from lagrum.web.register.merging import FIELDS, Field, facts_of, fields_of, merged, with_facts
from lagrum.web.view import LAW, Editing, FromOurForm, Posted, View

router = APIRouter(include_in_schema=False)
LARGEST = 32 * 1024 * 1024  # bytes of one file to import
AT_ONCE = 8


@dataclass(frozen=True)
class Fields:
    """The fields of a system as a form has them."""

    name: str = ""
    owner: str = ""
    role: str = "deployer"
    description: str = ""
    laws: tuple[str, ...] = (LAW,)
    review_due: date | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Fields:
        return cls(**{name: values[name] for name in FIELDS})

    @property
    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in FIELDS}


# --- new ones ----------------------------------------------------------------------------------------------------


@router.get("/register/new")
def ask(view: Editing) -> HTMLResponse:
    """What is needed of a new system."""
    draft = _draft(view, view.query.get("draft", ""))
    if draft is None:
        return _new(view, Fields(owner=view.who if view.account else ""))
    case = view.desk.read_case(draft.case)
    owner = view.who if view.account else ""
    return _new(view, Fields(name=case.name, owner=owner, laws=(draft.law,)), draft)


@router.post("/register/new")
def add(view: Editing, form: Posted) -> Response:
    """Take a system in, and assess it as of today."""
    draft = _draft(view, text(form, "draft"))
    fields, errors = _read(view, form)
    try:
        case_text = _case_text(view, form, draft, fields.name)
    except InvalidInput as error:
        errors += list(error.diagnostics)
        case_text = ""
    except FieldError as error:
        errors.append((error.field, error.sentence))
        case_text = ""
    if errors:
        return _new(view, fields, draft, errors)
    values = fields.values
    laws = values.pop("laws")
    try:
        system = view.store.systems.add(**values, case_text=case_text, law=laws, by=view.who)
    except StoreError as error:
        return _new(view, fields, draft, [(error.field, error.sentence)])
    with suppress(InvalidInput, StoreError):  # it is kept all the same, and its page tells what is wrong
        view.tending.reassessing.one(system, view.who)
    return view.go(f"/register/{system.id}")


def _case_text(view: View, form: FormData, draft: Draft | None, name: str) -> str:
    """The facts of a new system: those of a draft, of a file, or none yet."""
    file = form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        return write_case(replace(read_upload(view, form), expect=None), view.desk.library.pack.facts)
    if draft is not None:
        return draft.case
    return write_case(Case(name or "system", {}), view.desk.library.pack.facts)


def _draft(view: View, draft_id: str) -> Draft | None:
    """The draft of the address; None where none is named. Raises `HTTPException` for one that is no longer there."""
    draft = view.store.drafts.get(draft_id) if draft_id else None
    if draft_id and draft is None:
        raise HTTPException(404)
    return draft


def _new(view: View, fields: Fields, draft: Draft | None = None, errors: Errors = ()) -> HTMLResponse:
    case = view.desk.read_case(draft.case) if draft else None
    return view.render(
        "register/new.html", status=422 if errors else 200, errors=errors, draft=draft, case=case, **_form(view, fields)
    )


# --- files -------------------------------------------------------------------------------------------------------


@router.get("/register/import")
def ask_files(view: Editing) -> HTMLResponse:
    """Which files to take systems from."""
    return _import(view, Fields())


@router.post("/register/import")
def take_files(view: Editing, form: Posted) -> HTMLResponse:
    """Take a system from each file; those that cannot be read are named, and hide no others."""
    fields, _ = _read(view, form)
    files = [each for each in form.getlist("files") if isinstance(each, UploadFile) and each.filename]
    if not files:
        return _import(view, fields, [("files", view.gettext("Choose one or more case files, or a zip of them"))])
    read = [((each.filename or "file")[-120:], each.file.read(LARGEST + 1)) for each in files]
    large = [name for name, content in read if len(content) > LARGEST]
    if large:
        words = view.gettext("%(name)s is larger than 32 MiB", name=large[0])
        return _import(view, fields, [("files", words)])
    usual = Usual(fields.owner or Usual.owner, fields.role, fields.laws)
    done = import_files(view.store, view.desk.library, read, by=view.who, usual=usual)
    return _import(view, fields, done=done)


def _import(view: View, fields: Fields, errors: Errors = (), done: Imported | None = None) -> HTMLResponse:
    status = 422 if errors or (done and not done.systems) else 200
    context = {"errors": errors, "done": done, "most": AT_ONCE}
    return view.render("register/import.html", status=status, **context, **_form(view, fields))


# --- its fields --------------------------------------------------------------------------------------------------


@router.get("/register/{number:int}/edit")
def edit(view: Editing, number: int) -> HTMLResponse:
    """The fields of a system."""
    it = found(view, number)
    return _edit(view, it, _fields(it))


@router.post("/register/{number:int}/edit")
def change(view: Editing, number: int, form: Posted) -> Response:
    """Change the fields, unless somebody else was faster: then both versions are shown."""
    it = found(view, number)
    fields, errors = _read(view, form)
    seen = text(form, "seen")
    version = int(seen) if seen.isdecimal() else 0
    if errors:
        return _edit(view, it, fields, errors, version)
    try:
        view.store.systems.update(number, seen=version, by=view.who, **fields.values)
    except Conflict as conflict:
        both = conflict.both
        differing = fields_of(fields.values, both.current, both.seen)
        again = Fields.of(merged(fields.values, both.current, both.seen))
        return _edit(view, both.current, again, conflict=differing, who=_last(view, number))
    except StoreError as error:
        return _edit(view, it, fields, [(error.field or "name", error.sentence)], version)
    return view.go(f"/register/{number}")


def _edit(
    view: View,
    it: System,
    fields: Fields,
    errors: Errors = (),
    version: int = 0,
    conflict: Sequence[Field] = (),
    who: str = "",
) -> HTMLResponse:
    return view.render(
        "register/edit.html",
        status=409 if conflict else 422 if errors else 200,
        errors=errors,
        it=it,
        seen=version or it.version,
        conflict=conflict,
        who=who,
        **_form(view, fields),
    )


def _fields(it: System) -> Fields:
    return Fields(it.name, it.owner, it.role, it.description, it.laws, it.review_due)


def _last(view: View, number: int) -> str:
    """Who changed a system last; empty where there is only one person."""
    if not view.settings.team:
        return ""
    entries = view.store.systems.history(number, limit=500)
    return entries[-1].who if entries else ""


# --- its facts ---------------------------------------------------------------------------------------------------


@router.post("/register/{number:int}/facts", dependencies=[FromOurForm])
def edit_facts(view: Editing, number: int) -> Response:
    """A draft of the system's facts, to be changed on the pages of a case and kept from there."""
    it = found(view, number)
    draft = view.store.drafts.create(it.laws[0], it.case_text, lang=view.lang, owner=view.who if view.account else None)
    return view.go(view.to(f"/case/{draft.id}/facts", system=f"{it.id}.{it.version}"))


@router.post("/register/{number:int}/take")
def take(view: Editing, number: int, form: Posted) -> Response:
    """Keep the facts of a draft as the system's, with those that somebody else has changed in between."""
    it, draft = found(view, number), _draft(view, text(form, "draft"))
    if draft is None:
        raise HTTPException(400)
    seen = text(form, "seen")
    version = int(seen) if seen.isdecimal() else 0
    yours = view.desk.read_case(draft.case)
    before = view.store.systems.at(number, version)
    now, was = (_facts(view, each) for each in (it, before or it))
    differing = facts_of(yours.facts, now.facts, was.facts)
    clashing = [each for each in differing if each.clashes]
    picks = {each.name: text(form, f"pick.{slug_of(each.name)}") for each in clashing}
    if it.version != version and not all(picks.values()):
        return _both(view, it, draft, version, clashing, yours, now)
    mine = [name for name, pick in picks.items() if pick == "yours"]
    facts = with_facts(yours.facts, now.facts, was.facts, mine) if it.version != version else dict(yours.facts)
    case_text = write_case(replace(yours, facts=facts), view.desk.library.pack.facts)
    current = text(form, "current")
    against = int(current) if current.isdecimal() and it.version != version else it.version
    try:
        view.store.systems.update(number, seen=against, by=view.who, case_text=case_text)
    except Conflict as conflict:  # in this very moment
        return _both(view, conflict.current, draft, version, clashing, yours, _facts(view, conflict.current))
    except StoreError as error:
        raise HTTPException(422, error.sentence) from None
    return view.go(f"/register/{number}")


def _both(
    view: View, it: System, draft: Draft, seen: int, clashing: Sequence[Field], yours: Case, now: Case
) -> HTMLResponse:
    """Both answers to each fact that two people have changed."""
    return view.render(
        "register/facts.html",
        status=409,
        it=it,
        draft=draft,
        seen=seen,
        clashing=clashing,
        yours=yours.facts,
        now=now.facts,
        who=_last(view, it.id),
        told=Told(view.desk.library.pack.facts, view.phrases),
        slug_of=slug_of,
    )


def _facts(view: View, it: System) -> Case:
    try:
        return view.desk.read_case(it.case_text, it.name)
    except InvalidInput:
        return Case(it.name, {})


# --- forms -------------------------------------------------------------------------------------------------------


def _read(view: View, form: FormData) -> tuple[Fields, list[tuple[str, str] | Diagnostic | str]]:
    """The fields of a form, and what is wrong with them."""
    errors: list[tuple[str, str] | Diagnostic | str] = []
    told = {name: " ".join(text(form, name).split()) for name in ("name", "owner", "role")}
    errors += [(name, view.gettext("Fill in this field")) for name, value in told.items() if not value]
    laws = tuple(dict.fromkeys(each for each in map(str, form.getlist("law")) if each))
    for each in laws:
        try:
            view.desk.law(each)
        except InvalidInput as error:
            errors.append(("law", error.diagnostics[0].message.replace("`", "")))
    if not laws:
        errors.append(("law", view.gettext("Choose a law.")))
    try:
        due = date.fromisoformat(text(form, "review_due")) if text(form, "review_due") else None
    except ValueError:
        due = None
        errors.append(("review_due", view.gettext("Write year, month and day: 2026-11-22.")))
    return Fields(**told, description=text(form, "description").strip(), laws=laws, review_due=due), errors


def _form(view: View, fields: Fields) -> dict[str, Any]:
    """What the fields of a system are drawn from."""
    roles = [(name, view.gettext(words)) for name, words in ROLES.items() if name]
    if fields.role not in ROLES:
        roles.append((fields.role, fields.role))
    known = choosing.laws(view)
    more = [(each, each) for each in fields.laws if each not in dict(known)]
    return {"fields": fields, "roles": roles, "laws": [*known, *more]}
