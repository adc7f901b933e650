"""Long analyses under way: how far they are, ending them, starting them again."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import fields
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from lagrum.service.analyses import Inquiry
from lagrum.service.jobs import Busy, Job, State
from lagrum.web.view import Posted, View, Viewed, view
from lagrum.web.work import progress_of

router = APIRouter(include_in_schema=False)
LOOK, ALIVE = 0.4, 15.0  # seconds between two looks, and between two signs of life


def _job(view: Annotated[View, Depends(view)], key: str) -> Job:
    found = view.jobs.get(key)
    if found is None:
        raise HTTPException(404, view.gettext("This analysis is not known any more. Ask for its page again."))
    return found


Found = Annotated[Job, Depends(_job)]


@router.get("/jobs/{key}")
def job(view: Viewed, job: Found) -> HTMLResponse:
    """How a job stands."""
    return view.render("job.html", job=job, page=page_of(view, job.asked))


@router.post("/jobs/{key}/cancel")
def cancel(view: Viewed, form: Posted, job: Found) -> RedirectResponse:
    """Whoever asks does not wait any more."""
    view.jobs.cancel(job.key, view.who)
    return view.go(own(form.get("to")) or f"/jobs/{job.key}")


@router.post("/jobs/{key}/again")
def again(view: Viewed, form: Posted, job: Found) -> Response:
    """Work it out once more, after it was cancelled or broke off."""
    asked = {each.name: getattr(job.asked, each.name) for each in fields(job.asked) if each.name != "kind"}
    try:
        view.jobs.start(job.kind, view.who, view.desk, **asked)
    except Busy as error:
        return view.render("error.html", status=503, code=503, detail="", errors=[error.diagnostic])
    return view.go(own(form.get("to")) or page_of(view, job.asked))


@router.get("/jobs/{key}/events")
async def events(view: Viewed, key: str) -> StreamingResponse:
    """What happens to a job, as it happens."""
    if view.jobs.get(key) is None:
        raise HTTPException(404)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_told(view, key), media_type="text/event-stream", headers=headers)


async def _told(view: View, key: str) -> AsyncIterator[str]:
    """`progress` whenever there is something new to say, a comment as a sign of life, `end` at the end."""
    said, spoken = "", time.monotonic()
    while (job := view.jobs.get(key)) is not None and not job.over:
        words = progress_of(view, job)
        if words != said:
            said, spoken = words, time.monotonic()
            yield _event("progress", {"words": words, "done": job.progress.done, "of": job.progress.of})
        elif time.monotonic() - spoken >= ALIVE:
            spoken = time.monotonic()
            yield ": still here\n\n"
        if await view.request.is_disconnected():
            return
        await asyncio.sleep(LOOK)
    yield _event("end", {"state": job.state.value if job else State.CANCELLED.value})


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


def own(address: object) -> str | None:
    """The address, if it is one of this server: a path of ours and nothing that a browser takes for another place.

    >>> own("/loopholes?law=eu-ai-act"), own("//elsewhere.example"), own("/\\\\elsewhere.example"), own(None)
    ('/loopholes?law=eu-ai-act', None, None, None)
    """
    if not isinstance(address, str) or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    return address if address.isascii() and address.isprintable() and "\\" not in address else None


def page_of(view: View, asked: Inquiry) -> str:
    """The page that shows the answer."""
    common = {"on": asked.on, "text_of": asked.text_of}
    match asked.kind:
        case "spread":
            return view.to("/world", of=asked.of, against=asked.against, **common)
        case "compare":
            return view.to("/compare", **dict(zip("ab", asked.laws, strict=False)), **common)
        case "changes":
            return view.to("/changes", law="".join(asked.laws[:1]), **{"from": asked.since, "to": asked.until})
        case kind:
            return view.to(f"/{kind}", law="".join(asked.laws[:1]), against=asked.against, **common)
