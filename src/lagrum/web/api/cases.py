"""Questions about a case: `POST rulings`, `assess`, `versus`, `lawful`, `timeline`, `ask`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from starlette.responses import JSONResponse

from lagrum.service import answers
from lagrum.service.models import OfCase, OfInterview, OfRuling, OfTwo, RulingAnswers
from lagrum.web.api.answering import answer, answers_of
from lagrum.web.api.calling import Caller, Calling
from lagrum.web.api.strict import api_router

router = api_router("cases")


async def _each(caller: Caller, work: Callable[[], list[dict[str, Any]]]) -> JSONResponse:
    return JSONResponse({"answers": await caller.call(work)})


@router.post("/rulings", response_model=RulingAnswers)
async def rulings(caller: Calling, asked: OfRuling) -> JSONResponse:
    """Rule on a case without telling why, in milliseconds: for many cases, or while somebody types."""
    return await _each(caller, partial(answers.rulings, caller.desk, asked))


@router.post("/assess", responses=answers_of("assess", "what each law makes of the case on each day, and why"))
async def assess(caller: Calling, asked: OfCase) -> JSONResponse:
    """Say what laws make of a case: the ruling, why, what would change it, and what is missing."""
    return await _each(caller, partial(answers.assessments, caller.desk, asked))


@router.post("/versus", responses=answers_of("versus", "which disputed facts matter"))
async def versus(caller: Calling, asked: OfTwo) -> JSONResponse:
    """Say which of the facts that two versions of a case answer differently matter."""
    return await _each(caller, partial(answers.disputes, caller.desk, asked))


@router.post("/lawful", responses=answers_of("lawful", "the fewest changes after which nothing is forbidden"))
async def lawful(caller: Calling, asked: OfCase) -> JSONResponse:
    """Say what is in the operator's hands to make a case lawful."""
    return await _each(caller, partial(answers.ways, caller.desk, asked))


@router.post("/timeline", responses=answers_of("timeline", "rulings over time, in stretches of days that are alike"))
async def timeline(caller: Calling, asked: OfCase) -> JSONResponse:
    """Say what laws make of a case over time."""
    return await _each(caller, partial(answers.timelines, caller.desk, asked))


@router.post("/ask", responses=answer("ask", "where the interview stands, and the next question"))
async def ask(caller: Calling, asked: OfInterview) -> JSONResponse:
    """Take the next step of an interview. Nothing is remembered: the case that is sent holds the answers so far."""
    return JSONResponse(await caller.call(partial(answers.step, caller.desk, asked)))
