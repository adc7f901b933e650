"""Signing in for programs, on a team's server: a token for a name and a password."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import HTTPException
from pydantic import Field, StringConstraints
from starlette.responses import JSONResponse, Response

from lagrum.register import Role
from lagrum.service.models import Model
from lagrum.web.api.calling import Anybody, Calling
from lagrum.web.api.strict import api_router

router = api_router("sessions")


class SignIn(Model):
    """Who signs in."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=1000)] = Field(repr=False)


class Session(Model):
    """A session: its token is to be sent as `authorization: Bearer TOKEN`."""

    token: str
    name: str
    role: Role


@router.post("/sessions", status_code=201, response_model=Session)
async def sign_in(caller: Anybody, asked: SignIn) -> JSONResponse:
    """Sign in. The session ends when it was not used for an hour, and in any case after twelve."""
    if not caller.settings.team:
        raise HTTPException(409, "nobody signs in on this server: it is one person's own")
    client = caller.request.client.host if caller.request.client else ""
    tries = caller.tries
    if not tries.again("sign in", client) or not tries.again("sign in as", asked.name.casefold()):
        wait = str(tries.wait("sign in", client))
        raise HTTPException(429, "too many tries; wait a minute", {"retry-after": wait})

    def work() -> dict[str, Any] | None:
        account = caller.store.accounts.verify(asked.name, asked.password)
        if account is None:
            caller.store.audit.record(asked.name, "failed to sign in", client)
            return None
        caller.store.audit.record(account.name, "signed in", client)
        return {"token": caller.store.sessions.start(account), "name": account.name, "role": account.role.value}

    found = await caller.call(work)
    if found is None:
        raise HTTPException(401, "the name or the password is wrong", {"www-authenticate": "Bearer"})
    return JSONResponse(found, 201, {"cache-control": "no-store"})


@router.delete("/sessions", status_code=204, response_class=Response)
async def sign_out(caller: Calling) -> Response:
    """Sign out: the token that is sent ends."""
    if caller.session:
        await caller.call(lambda: caller.store.sessions.end(caller.session))
    return Response(status_code=204)
