"""The long analyses: what was worked out before comes at once, else a job begins."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import HTTPException, Query
from starlette.responses import JSONResponse

from lagrum.service.analyses import Inquiry
from lagrum.service.jobs import Busy, Job, State
from lagrum.service.models import (
    Audit,
    AuditQuery,
    Balance,
    BalanceQuery,
    Changes,
    Compare,
    CompareQuery,
    Loopholes,
    Spread,
    Vague,
)
from lagrum.web.api.answering import answer_or_job
from lagrum.web.api.calling import Caller, Calling
from lagrum.web.api.jobs import address, job_to_dict
from lagrum.web.api.strict import api_router

router = api_router("analyses")


async def _asked(caller: Caller, inquiry: Inquiry) -> JSONResponse:
    """The answer, or the job that works it out."""
    params = {name: value for name, value in vars(inquiry).items() if name != "kind"}
    try:
        job: Job = await caller.call(partial(caller.jobs.start, inquiry.kind, caller.who, **params))
    except Busy as error:
        raise HTTPException(429, error.diagnostic.message, {"retry-after": "10"}) from None
    if job.state is State.DONE:
        return JSONResponse(await caller.call(job.result.to_dict))
    return JSONResponse(job_to_dict(job), 202, {"location": address(job), "retry-after": "1"})


_loopholes = answer_or_job("loopholes", "every smallest way to do, within the law, what the position forbids")
_compare = answer_or_job("compare", "which of the laws is stricter, and the cases that tell them apart")
_balance = answer_or_job("balance", "which amendments close which loopholes, and what each would cost")
_spread = answer_or_job("spread", "which laws leave the loopholes of one law open")
_vague = answer_or_job("vague", "how much of the law hangs on judgements")
_audit = answer_or_job("audit", "rules that never apply, that others cover, that exceptions swallow")
_changes = answer_or_job("changes", "the days on which the law changes, and the cases that change with it")


@router.get("/loopholes", responses=_loopholes)
async def get_loopholes(caller: Calling, asked: Annotated[Loopholes, Query()]) -> JSONResponse:
    """List everything that a position forbids and a law lets through."""
    return await _asked(caller, asked.inquiry())


@router.post("/loopholes", responses=_loopholes)
async def loopholes(caller: Calling, asked: Loopholes) -> JSONResponse:
    """List everything that a position forbids and a law lets through."""
    return await _asked(caller, asked.inquiry())


@router.get("/compare", responses=_compare)
async def get_compare(caller: Calling, asked: Annotated[CompareQuery, Query()]) -> JSONResponse:
    """Say which of two laws is stricter, and which cases tell them apart."""
    return await _asked(caller, asked.inquiry())


@router.post("/compare", responses=_compare)
async def compare(caller: Calling, asked: Compare) -> JSONResponse:
    """Say which of two laws is stricter, and which cases tell them apart."""
    return await _asked(caller, asked.inquiry())


@router.get("/balance", responses=_balance)
async def get_balance(caller: Calling, asked: Annotated[BalanceQuery, Query()]) -> JSONResponse:
    """Say which changes of a law close which loopholes, and what they would cost."""
    return await _asked(caller, asked.inquiry())


@router.post("/balance", responses=_balance)
async def balance(caller: Calling, asked: Balance) -> JSONResponse:
    """Say which changes of a law close which loopholes, and what they would cost."""
    return await _asked(caller, asked.inquiry())


@router.get("/spread", responses=_spread)
async def get_spread(caller: Calling, asked: Annotated[Spread, Query()]) -> JSONResponse:
    """Say which laws leave the loopholes of one law open."""
    return await _asked(caller, asked.inquiry())


@router.post("/spread", responses=_spread)
async def spread(caller: Calling, asked: Spread) -> JSONResponse:
    """Say which laws leave the loopholes of one law open."""
    return await _asked(caller, asked.inquiry())


@router.get("/vague", responses=_vague)
async def get_vague(caller: Calling, asked: Annotated[Vague, Query()]) -> JSONResponse:
    """Say how much of a law hangs on what somebody must judge."""
    return await _asked(caller, asked.inquiry())


@router.post("/vague", responses=_vague)
async def vague(caller: Calling, asked: Vague) -> JSONResponse:
    """Say how much of a law hangs on what somebody must judge."""
    return await _asked(caller, asked.inquiry())


@router.get("/audit", responses=_audit)
async def get_audit(caller: Calling, asked: Annotated[AuditQuery, Query()]) -> JSONResponse:
    """Find rules that never apply, that others cover, or that their exceptions swallow."""
    return await _asked(caller, asked.inquiry())


@router.post("/audit", responses=_audit)
async def audit(caller: Calling, asked: Audit) -> JSONResponse:
    """Find rules that never apply, that others cover, or that their exceptions swallow."""
    return await _asked(caller, asked.inquiry())


@router.get("/changes", responses=_changes)
async def get_changes(caller: Calling, asked: Annotated[Changes, Query()]) -> JSONResponse:
    """Say when a law changes, and which cases change with it."""
    return await _asked(caller, asked.inquiry())


@router.post("/changes", responses=_changes)
async def changes(caller: Calling, asked: Changes) -> JSONResponse:
    """Say when a law changes, and which cases change with it."""
    return await _asked(caller, asked.inquiry())
