"""The register: what changes for its systems, and the systems; as pages, tables, a calendar and case files."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import IO

import anyio
import anyio.to_thread
from fastapi import APIRouter, HTTPException, Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from lagrum.reasoning.envelope import envelope
from lagrum.register import Filters, Role, Status, export_zip, to_ics
from lagrum.report.registered import system_to_dict
from lagrum.web import choosing
from lagrum.web.register import listing
from lagrum.web.register.looking import Looking, look
from lagrum.web.register.told import Teller, answer, known_laws
from lagrum.web.view import Editing, FromOurForm, View, Viewed
from lagrum.web.work import csv_response

router = APIRouter(include_in_schema=False)
HEADS = ("id", "name", "owner", "role", "law", "ruling", "on", "stale", "open", "review due", "status")
AHEAD_HEADS = ("day", "system", "name", "law", "before", "after", "because")
FEW = 6  # changes on the first page
LONG = 60.0  # seconds that a calendar is waited for
IN_MEMORY = 8 * 1024 * 1024  # bytes of an export
ROUND = 500  # changes of a page


@router.get("/register")
def register(view: Viewed) -> HTMLResponse:
    """What changes for the systems, then the systems."""
    wanted = listing.wanted(view)
    systems = listing.every(view, wanted.filters)
    rows = listing.chosen(listing.rows(view, systems), wanted.ruling)
    start = choosing.number(view.query.get("start", "0"))
    start = start if 0 < start < len(rows) and view.query.get("start") else 0
    active = [each for each in systems if each.status is Status.ACTIVE]
    ahead = look(view, systems=active)
    return view.render(
        "register/list.html",
        wanted=wanted,
        rows=rows[start : start + listing.PAGE],
        count=len(rows),
        start=start,
        page=listing.PAGE,
        empty=not systems and not wanted.any and not _retired(view),
        owners=sorted({each.owner for each in systems}),
        rulings=listing.RULINGS,
        ahead=ahead,
        nexts=listing.next_changes(ahead.found.changes),
        few=FEW,
        t=Teller(view),
        stale=sum(any(each.stale or not each.assessed for each in row.judged) for row in rows),
        round=view.tending.reassessing.progress,
        editor=Role.EDITOR,
    )


@router.get("/register.json")
def as_json(view: Viewed) -> JSONResponse:
    """The systems, as `lagrum register list --format json` has them."""
    wanted = listing.wanted(view)
    rows = listing.chosen(listing.rows(view, listing.every(view, wanted.filters)), wanted.ruling)
    told = [system_to_dict(row.system, [each.assessed for each in row.judged if each.assessed]) for row in rows]
    laws = known_laws(view, dict.fromkeys(law for row in rows for law in row.system.laws))
    return JSONResponse(envelope("register", laws) | {"systems": told, "bad": []})


@router.get("/register.csv")
def as_csv(view: Viewed) -> Response:
    """The systems as a table, a line for each law of each."""
    wanted = listing.wanted(view)
    rows = listing.chosen(listing.rows(view, listing.every(view, wanted.filters)), wanted.ruling)
    return csv_response("register", HEADS, (line for row in rows for line in _lines(row)))


def _lines(row: listing.Row) -> Iterator[tuple[object, ...]]:
    s = row.system
    for each in row.judged:
        on = each.assessed.on if each.assessed else ""
        told = (s.id, s.name, s.owner, s.role, each.law, each.ruling, on, each.stale, len(each.made.missing))
        yield (*told, s.review_due or "", s.status.value)


@router.get("/register/assess")
def back(view: Viewed) -> Response:
    """Where only a form goes: back to the register."""
    return view.go("/register")


@router.post("/register/assess", dependencies=[FromOurForm])
def assess(view: Editing) -> Response:
    """Assess every system whose facts or laws have changed since, beside the pages."""
    view.tending.reassessing.start(listing.every(view, Filters()), view.who)
    return view.go("/register#systems")


# --- what changes ------------------------------------------------------------------------------------------------


@router.get("/register/changes")
def changes(view: Viewed) -> HTMLResponse:
    """On which days something changes, for whom, and why."""
    ahead = look(view)
    return view.render(
        "register/changes.html",
        status=422 if ahead.errors else 200,
        errors=ahead.errors,
        ahead=ahead,
        owner=view.query.get("owner", ""),
        owners=sorted({each.owner for each in listing.every(view, Filters())}),
        t=Teller(view),
        most=ROUND,
    )


@router.get("/register/changes.json")
def changes_json(view: Viewed) -> Response:
    """The changes, as `lagrum register changes --format json` has them."""
    ahead = _whole(view)
    return JSONResponse(answer(ahead.found, ahead.laws))


@router.get("/register/changes.csv")
def changes_csv(view: Viewed) -> Response:
    """The changes as a table."""
    ahead = _whole(view)
    lines = (
        (each.day, each.system, each.name, each.law, *map("; ".join, (each.before.possible, each.after.possible)))
        + ("; ".join(map(str, each.because)),)
        for each in ahead.found.changes
    )
    return csv_response("changes", AHEAD_HEADS, lines)


@router.get("/register/changes.ics")
def calendar(view: Viewed) -> Response:
    """The changes as a calendar that a program subscribes to."""
    ahead = _whole(view)
    headers = {"content-disposition": 'attachment; filename="changes.ics"'}
    content = to_ics(ahead.found.changes, tell=Teller(view).event)
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


@router.get("/register/changes/events")
def events(view: Viewed, request: Request) -> StreamingResponse:
    """How many systems are still being looked at, as it goes on; then that it has ended."""
    return StreamingResponse(_events(view, request), media_type="text/event-stream")


async def _events(view: View, request: Request) -> AsyncIterator[str]:
    while not await request.is_disconnected():
        waiting, words = await anyio.to_thread.run_sync(_standing, view)
        if not waiting:
            yield "event: end\ndata: {}\n\n"
            return
        yield f"event: progress\ndata: {json.dumps({'words': words})}\n\n"
        await anyio.sleep(1)


def _standing(view: View) -> tuple[bool, str]:
    """Whether something is still being worked out for the register, and how far it is."""
    found = look(view, patience=0).found
    told = [waiting_words(view, found.waiting, found.systems)] if found.waiting else []
    round_ = view.tending.reassessing.progress
    if round_ is not None and round_.running:
        told.append(view.gettext("%(done)s of %(of)s assessed.", done=round_.done, of=round_.of))
    return bool(told), " ".join(told)


def waiting_words(view: View, waiting: int, systems: int) -> str:
    """For how many systems the outlook is not there yet."""
    words = {"done": view.number(systems - waiting), "of": view.number(systems)}
    return view.gettext("%(done)s of %(of)s systems looked at.", **words)


def _whole(view: View) -> Looking:
    """All changes, for those that cannot come back for the rest. Raises `HTTPException`."""
    ahead = look(view, patience=LONG)
    if ahead.errors:
        raise HTTPException(422, "; ".join(said for _, said in ahead.errors))
    if ahead.found.waiting:
        said = waiting_words(view, ahead.found.waiting, ahead.found.systems)
        raise HTTPException(503, f"{view.gettext('Being worked out.')} {said}", {"retry-after": "60"})
    return ahead


# --- out ---------------------------------------------------------------------------------------------------------


@router.get("/register/export.zip")
def export(view: Viewed) -> StreamingResponse:
    """Every system as a case file, and the history."""
    file: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it is sent
    export_zip(view.store, file)
    return download(file, f"register-{date.today()}.zip", "application/zip")


def download(file: IO[bytes], name: str, media_type: str) -> StreamingResponse:
    """A file that was written a moment ago, sent piece by piece."""
    file.seek(0)

    def pieces() -> Iterator[bytes]:
        with file:
            while piece := file.read(64 * 1024):
                yield piece

    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return StreamingResponse(pieces(), media_type=media_type, headers=headers)


def _retired(view: View) -> bool:
    return bool(view.store.systems.list(Filters(status=Status.RETIRED), limit=1))
