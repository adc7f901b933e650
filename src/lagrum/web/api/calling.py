"""Whoever calls the API: who they are, what they may, and the time that a call may take."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Annotated, TypeVar

import anyio
import anyio.to_thread
from fastapi import Depends, HTTPException, Request

from lagrum.register import Account, Role
from lagrum.web.view import View

T = TypeVar("T")
SECONDS = 30.0  # that a call may take; long analyses are jobs
TOGETHER = 8  # calls at work at the same time: they share the solver, and threads are left for the pages


class Caller(View):
    """A program that asks: by the cookie of a browser that signed in, or by a token that it was given."""

    @cached_property
    def account(self) -> Account | None:
        """Who is signed in; on one's own machine nobody needs to be."""
        if not self.settings.team:
            return None
        token = self.token_sent
        return self.store.sessions.of(token) if token else super().account

    @property
    def token_sent(self) -> str:
        """The token of `authorization: Bearer TOKEN`."""
        kind, _, token = self.request.headers.get("authorization", "").partition(" ")
        return token.strip() if kind.lower() == "bearer" else ""

    async def call(self, work: Callable[[], T]) -> T:
        """What the work gives, done in a thread; 503 where it takes too long, also waiting for its turn."""
        state = self.request.app.state
        if not hasattr(state, "api_calls"):
            state.api_calls = anyio.CapacityLimiter(TOGETHER)
        try:
            with anyio.fail_after(SECONDS):
                return await anyio.to_thread.run_sync(work, abandon_on_cancel=True, limiter=state.api_calls)
        except TimeoutError:
            raise HTTPException(503, f"this took longer than {SECONDS:g} seconds", {"retry-after": "30"}) from None


def open_caller(request: Request) -> Caller:
    """Anybody."""
    return Caller(request)


def caller(request: Request) -> Caller:
    """Whoever may read; on a team's server that is who has signed in."""
    return _for_role(request, Role.READER)


def editor(request: Request) -> Caller:
    """Whoever may change the register."""
    return _for_role(request, Role.EDITOR)


def _for_role(request: Request, role: Role) -> Caller:
    found = Caller(request)
    if found.settings.team and found.account is None:
        detail = "send the token of `POST /api/v1/sessions` as `authorization: Bearer TOKEN`"
        raise HTTPException(401, detail, {"www-authenticate": "Bearer"})
    if not found.may(role):
        raise HTTPException(403, f"this takes the role {role.value}")
    return found


Anybody = Annotated[Caller, Depends(open_caller)]
Calling = Annotated[Caller, Depends(caller)]
Editing = Annotated[Caller, Depends(editor)]
