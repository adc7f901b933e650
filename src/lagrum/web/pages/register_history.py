"""The history of the register: every change, sealed, checked, and to take along."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import IO

from fastapi import APIRouter
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from lagrum.reasoning.envelope import envelope
from lagrum.web.pages.register import IN_MEMORY, download
from lagrum.web.view import FromOurForm, Viewed

router = APIRouter(include_in_schema=False)
PAGE = 100


@router.get("/register/history")
def history(view: Viewed) -> HTMLResponse:
    """The entries, newest first, or those about one system, and whether they are as they were written."""
    number = view.query.get("system", "")
    before = view.query.get("before", "")
    if number.isdecimal():
        entries = list(view.store.systems.history(int(number), limit=500))[::-1]
        more = None
    else:
        last = int(before) - 1 if before.isdecimal() and 1 < int(before) < 2**31 else view.store.history.count()
        after = max(0, last - PAGE)
        entries = view.store.history.page(after, last - after)[::-1] if last else []
        more = after + 1 if after else None
    return view.render(
        "register/history.html",
        entries=entries,
        more=more,
        system=int(number) if number.isdecimal() else None,
        count=view.store.history.count(),
        seal=view.tending.seal.last(1.0),
    )


@router.post("/register/history", dependencies=[FromOurForm])
def check(view: Viewed) -> Response:
    """Check every entry now."""
    view.tending.seal.check()
    return view.go("/register/history")


@router.get("/register/history.json")
def as_json(view: Viewed) -> JSONResponse:
    """Whether it is as it was written, as `lagrum register verify --format json` has it."""
    found = view.tending.seal.check().found
    told = {"entries": found.entries, "head": found.head, "first_bad": found.first_bad}
    return JSONResponse(envelope("history", ()) | told | {"differs": list(found.differs)})


@router.get("/register/history.jsonl")
def export(view: Viewed) -> StreamingResponse:
    """The entries, as `lagrum register verify FILE` checks them."""
    file: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it is sent
    view.store.history.export(file)
    return download(file, "history.jsonl", "application/jsonl")
