"""Whoever calls the API: who they are, what they may, and the time that a call may take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

import anyio
import anyio.to_thread
from fastapi import Depends, HTTPException, Request

from lagrum.model.diagnostics import BudgetExceeded, Diagnostic, InvalidInput
from lagrum.service.working import UNFINISHED
from lagrum.web.view import View, editor, view

T = TypeVar("T")
SECONDS = 30.0  # that a call may take; long analyses are jobs
TOGETHER = 8  # calls at work at the same time: they share the solver, and threads are left for the pages


class Caller(View):
    """A program that asks: by the cookie of a browser that signed in, or by a token that it was given."""

    async def call(self, work: Callable[[], T]) -> T:
        """What the work gives, done in a thread; 503 where it takes too long, also waiting for its turn."""
        state = self.request.app.state
        if not hasattr(state, "api_calls"):
            state.api_calls = anyio.CapacityLimiter(TOGETHER)
        try:
            with anyio.fail_after(SECONDS):
                return await anyio.to_thread.run_sync(work, abandon_on_cancel=True, limiter=state.api_calls)
        except BudgetExceeded as error:
            raise InvalidInput([Diagnostic("LG0902", " ".join(str(error).split()), help=UNFINISHED)]) from None
        except TimeoutError:
            raise HTTPException(503, f"this took longer than {SECONDS:g} seconds", {"retry-after": "30"}) from None


def _as(found: View) -> Caller:
    made = Caller(found.request)
    made.__dict__.update(found.__dict__)  # who asks was looked up already
    return made


def open_caller(request: Request) -> Caller:
    """Anybody."""
    return Caller(request)


def caller(request: Request) -> Caller:
    """Whoever may read; on a team's server that is who has signed in."""
    return _as(view(request))


def writer(request: Request) -> Caller:
    """Whoever may change the register."""
    return _as(editor(request))


Anybody = Annotated[Caller, Depends(open_caller)]
Calling = Annotated[Caller, Depends(caller)]
Writing = Annotated[Caller, Depends(writer)]
