"""Screening a register: upload it, say what its columns mean, look at some rows, run, and read the results."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Annotated

import anyio
from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse

from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.screening.register import KINDS
from lagrum.service.screenings import Screenings
from lagrum.service.uploads import KEPT, Plan, Upload
from lagrum.web.pages.screen_columns import columns_of, mapping_text, read_choices
from lagrum.web.pages.screen_parts import check_mapping, facts_of, preview
from lagrum.web.view import FromOurForm, Posted, View, Viewed

router = APIRouter(include_in_schema=False)
PREVIEWED = 20


def upload_of(upload_id: str, view: Viewed) -> Upload:
    """The upload of the address; somebody else's is as if it were not there."""
    found = view.uploads.get(upload_id)
    if found is None or found.plan.owner != view.who:
        raise HTTPException(404)
    return found


Uploaded = Annotated[Upload, Depends(upload_of)]


@router.get("/screen")
def start(view: Viewed) -> HTMLResponse:
    """Upload a register, or go on with one."""
    return _start(view)


@router.post("/screen")
def upload(view: Viewed, form: Posted) -> Response:
    """Keep the register, and go to what is to be done with it."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return _start(view, [("file", view.gettext("Choose the file of the register."))])
    try:
        kept = view.uploads.add(file.file, file.filename, view.who)
    except InvalidInput as error:
        return _start(view, error.diagnostics)
    return view.go(f"/screen/{kept.id}")


def _start(view: View, errors: object = ()) -> HTMLResponse:
    mine = [(each, view.screenings.standing(each)) for each in view.uploads.of(view.who)]
    return view.render(
        "screen/start.html",
        status=422 if errors else 200,
        errors=errors,
        mine=mine,
        kinds=", ".join(sorted(KINDS)),
        most=view.settings.upload // 1024 // 1024,
        days=KEPT // 24 // 3600,
    )


@router.get("/screen/{upload_id}")
def tasks(view: Viewed, upload: Uploaded) -> HTMLResponse:
    """The five tasks and how each stands."""
    return _tasks(view, upload)


@router.post("/screen/{upload_id}")
def plan(view: Viewed, upload: Uploaded, form: Posted) -> Response:
    """Keep under which law, on which days, and what is given for every row."""
    try:
        upload.save(_plan(view, upload.plan, form))
    except InvalidInput as error:
        return _tasks(view, upload, error.diagnostics)
    return view.go(f"/screen/{upload.id}")


def _plan(view: View, before: Plan, form: FormData) -> Plan:
    law = str(form.get("law", ""))
    days = sorted({_day(view, text) for text in str(form.get("days", "")).replace(",", " ").split()})
    given = tuple(line.strip() for line in str(form.get("given", "")).splitlines() if line.strip())
    known = view.desk.law(law)
    for each in given:
        fact, _, value = each.partition("=")
        view.desk.given(fact.strip(), value.strip(), known)
    return replace(before, law=law, days=tuple(days) or (date.today(),), given=given)


def _day(view: View, text: str) -> date:
    try:
        return date.fromisoformat(text if len(text) == 10 else "")
    except ValueError:
        message = view.gettext("`%(text)s` is not a date", text=text[:40])
        help_ = view.gettext("Write year, month and day: 2026-11-22.")
        raise InvalidInput([Diagnostic("LG0723", message, help=help_)]) from None


def _tasks(view: View, upload: Upload, errors: object = ()) -> HTMLResponse:
    laws = sorted((i.id, i.title) for i in view.desk.library.pack.instruments.values())
    return view.render(
        "screen/tasks.html",
        status=422 if errors else 200,
        upload=upload,
        plan=upload.plan,
        standing=view.screenings.standing(upload),
        summary=upload.summary,
        laws=laws,
        errors=errors,
    )


# --- what the columns mean -----------------------------------------------------------------------------------------


@router.get("/screen/{upload_id}/columns")
def columns(view: Viewed, upload: Uploaded) -> HTMLResponse:
    """What each column means: a built-in mapping, choices in a table, or a file."""
    return _columns(view, upload)


@router.post("/screen/{upload_id}/columns")
def choose_columns(view: Viewed, upload: Uploaded, form: Posted) -> Response:
    """Keep what was chosen; a mapping that cannot be read is told line by line and not kept."""
    how, plan = str(form.get("how", "")), upload.plan
    facts = facts_of(view, plan.law)
    if how == "built-in":
        upload.save(replace(plan, mapping=str(upload.columns()["built_in"])))
        return view.go(f"/screen/{upload.id}")
    if how == "file":
        text, choices = str(form.get("mapping", "")), plan.choices
    else:
        choices = read_choices(form, upload.columns()["columns"], facts)
        text = mapping_text(plan.name, choices, facts)
    errors = check_mapping(text, facts)
    if errors:
        return _columns(view, upload, errors, text)
    upload.write_mapping(text)
    upload.save(replace(plan, mapping="own", choices=choices))
    return view.go(f"/screen/{upload.id}" if form.get("then") == "done" else f"/screen/{upload.id}/columns")


def _columns(view: View, upload: Upload, errors: object = (), text: str = "") -> HTMLResponse:
    plan, seen = upload.plan, upload.columns()
    file = upload.folder / "mapping.yaml"
    facts = facts_of(view, plan.law)
    return view.render(
        "screen/columns.html",
        status=422 if errors else 200,
        upload=upload,
        plan=plan,
        built_in=seen["built_in"],
        columns=columns_of(seen["columns"], plan.choices, facts),
        facts=facts,
        choices={"language": "en", **plan.choices},
        text=text or (file.read_text("utf-8") if file.exists() else ""),
        errors=errors,
    )


@router.get("/screen/{upload_id}/mapping.yaml")
def mapping_file(upload: Uploaded) -> Response:
    """The mapping as a file."""
    file = upload.folder / "mapping.yaml"
    if not file.exists():
        raise HTTPException(404)
    headers = {"content-disposition": 'attachment; filename="mapping.yaml"'}
    return PlainTextResponse(file.read_text("utf-8"), headers=headers)


@router.get("/screen/{upload_id}/preview")
def look(view: Viewed, upload: Uploaded) -> HTMLResponse:
    """What the first rows are taken to say."""
    if not upload.plan.mapping:
        return view.render("screen/preview.html", upload=upload, plan=upload.plan, rows=None, errors=())
    try:
        told = upload.rows(1, PREVIEWED)
    except InvalidInput as error:
        errors = error.diagnostics
        return view.render("screen/preview.html", status=422, upload=upload, plan=upload.plan, rows=None, errors=errors)
    rows = preview(view, told["rows"])
    return view.render("screen/preview.html", upload=upload, plan=upload.plan, rows=rows, errors=())


# --- the run ---------------------------------------------------------------------------------------------------------


@router.post("/screen/{upload_id}/run", dependencies=[FromOurForm])
def run(view: Viewed, upload: Uploaded) -> Response:
    """Begin, or go on where it was broken off."""
    try:
        if not upload.plan.mapping:
            message = view.gettext("Nobody has said yet what the columns mean.")
            raise InvalidInput([Diagnostic("LG0823", message)])
        if upload.summary is None:
            view.screenings.start(upload)
    except InvalidInput as error:
        return _tasks(view, upload, error.diagnostics)
    return view.go(f"/screen/{upload.id}")


@router.post("/screen/{upload_id}/cancel", dependencies=[FromOurForm])
def cancel(view: Viewed, upload: Uploaded) -> Response:
    """Break it off; finished parts stay."""
    view.screenings.cancel(upload)
    return view.go(f"/screen/{upload.id}")


@router.post("/screen/{upload_id}/remove", dependencies=[FromOurForm])
def remove(view: Viewed, upload: Uploaded) -> Response:
    """Forget the register and all that came of it."""
    view.screenings.cancel(upload)
    view.uploads.remove(upload)
    return view.go("/screen")


@router.get("/screen/{upload_id}/events")
def events(view: Viewed, upload: Uploaded, request: Request) -> StreamingResponse:
    """How far it is, as it goes on; then that it has ended."""
    return StreamingResponse(_events(request, view.screenings, upload), media_type="text/event-stream")


async def _events(request: Request, screenings: Screenings, upload: Upload) -> AsyncIterator[str]:
    while not await request.is_disconnected():
        standing = await anyio.to_thread.run_sync(screenings.standing, upload)
        if standing.state != "running":
            yield f"event: end\ndata: {json.dumps({'state': standing.state})}\n\n"
            return
        yield f"event: progress\ndata: {json.dumps({'words': standing.words})}\n\n"
        await anyio.sleep(1)
