"""Jobs: how far they are, as a document or as it happens; their results; ending them."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

from fastapi import HTTPException
from starlette.responses import JSONResponse, StreamingResponse

from lagrum.service.jobs import Job, State
from lagrum.service.models import JobAnswer
from lagrum.web.api.answering import Described
from lagrum.web.api.calling import Caller, Calling
from lagrum.web.api.strict import api_router
from lagrum.web.problems import diagnostic_to_dict

router = api_router("jobs")
LOOK, ALIVE = 0.3, 15.0  # seconds between two looks, and between two signs of life
_RESULT: Described = {
    200: {
        "description": "the answer, as the analysis gives it",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/envelope"}}},
    }
}
_EVENTS: Described = {
    200: {
        "description": "`progress` whenever something is new, `end` at the end; the data is the job",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


def address(job: Job) -> str:
    """Where the job is."""
    return f"/api/v1/jobs/{job.key}"


def job_to_dict(job: Job) -> dict[str, Any]:
    """A job as the API tells it, without its result."""
    return {
        "key": job.key,
        "kind": job.kind,
        "state": job.state.value,
        "since": job.since.isoformat(timespec="seconds"),
        "seconds": job.seconds,
        "progress": {
            "done": job.progress.done,
            "of": job.progress.of,
            "words": job.progress.words,
            "last": job.progress.last,
        },
        "result": f"{address(job)}/result" if job.state is State.DONE else None,
        "errors": [diagnostic_to_dict(each) for each in job.error],
    }


def _found(caller: Caller, key: str) -> Job:
    job = caller.jobs.get(key)
    if job is None:
        raise HTTPException(404, "there is no such job, or it is forgotten; ask its question again")
    return job


@router.get("/jobs/{key}", response_model=JobAnswer)
async def job(caller: Calling, key: str) -> JSONResponse:
    """Say how a job stands."""
    return JSONResponse(job_to_dict(_found(caller, key)))


@router.delete("/jobs/{key}", response_model=JobAnswer)
async def cancel(caller: Calling, key: str) -> JSONResponse:
    """Stop waiting for a job. It ends when nobody waits for it any more."""
    _found(caller, key)
    ended = caller.jobs.cancel(key, caller.who)
    return JSONResponse(job_to_dict(ended or _found(caller, key)))


@router.get("/jobs/{key}/result", responses=_RESULT)
async def result(caller: Calling, key: str) -> JSONResponse:
    """Give the answer of a job that is done."""
    job = _found(caller, key)
    if job.state is not State.DONE:
        raise HTTPException(409, f"the job is {job.state.value}, not done")
    return JSONResponse(await caller.call(job.result.to_dict))


@router.get("/jobs/{key}/events", responses=_EVENTS, response_class=StreamingResponse)
async def events(caller: Calling, key: str) -> StreamingResponse:
    """Tell how far a job is, as it happens (server-sent events)."""
    _found(caller, key)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_told(caller, key), media_type="text/event-stream", headers=headers)


async def _told(caller: Caller, key: str) -> AsyncIterator[str]:
    said, spoken = "", time.monotonic()
    while (job := caller.jobs.get(key)) is not None and not job.over:
        now = f"{job.state} {job.progress}"
        if now != said:
            said, spoken = now, time.monotonic()
            yield _event("progress", job)
        elif time.monotonic() - spoken >= ALIVE:
            spoken = time.monotonic()
            yield ": still here\n\n"
        await asyncio.sleep(LOOK)
    if job is not None:
        yield _event("end", job)


def _event(name: str, job: Job) -> str:
    return f"event: {name}\ndata: {json.dumps(job_to_dict(job), ensure_ascii=False)}\n\n"
