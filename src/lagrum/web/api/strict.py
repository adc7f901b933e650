"""Bodies read strictly: JSON in UTF-8 that means one thing, and nothing deeper than it needs to be.

What is refused here is what two readers could take in two ways: a key that stands twice, a number that is none, half a
letter.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from lagrum.web.security import TooLarge

DEEPEST = 64
_BODIES = ("POST", "PUT", "PATCH")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_JSON = re.compile(r"application/(?:[a-z0-9.\-]+\+)?json(?:\s*;\s*charset=\"?utf-8\"?)?", re.IGNORECASE)


def read_json(body: bytes) -> Any:
    """The value of a JSON text. Raises `ValueError` with a sentence."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"the body is not UTF-8: byte {error.start + 1}") from None
    if _depth(text) > DEEPEST:
        raise ValueError(f"the body is nested more than {DEEPEST} deep")
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise ValueError(
            f"the body is no JSON: {error.msg.lower()} (line {error.lineno}, column {error.colno})"
        ) from None
    except RecursionError:
        raise ValueError("the body is nested too deep") from None
    if "\\u" in text:
        try:
            json.dumps(found, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ValueError("the body holds half a letter (a lone surrogate)") from None
    return found


def _depth(text: str) -> int:
    if text.count("[") + text.count("{") <= DEEPEST:
        return 0
    deepest = depth = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for i, (key, _) in enumerate(pairs) if key in dict(pairs[:i]))
        raise ValueError(f"the key `{twice[:80]}` stands twice")
    return found


def _no_number(said: str) -> float:
    raise ValueError(f"`{said}` is no number")


def _finite(said: str) -> float:
    number = float(said)
    if not math.isfinite(number):
        raise ValueError(f"`{said[:40]}` is too large a number")
    return number


class StrictRequest(Request):
    """A request whose JSON is read strictly."""

    async def body(self) -> bytes:
        try:
            return await super().body()
        except TooLarge as error:
            raise HTTPException(413, str(error)) from None

    async def json(self) -> Any:
        try:
            return read_json(await self.body())
        except ValueError as error:
            raise HTTPException(400, str(error)[:300]) from None


class StrictRoute(APIRoute):
    """A route for programs: what is sent must be JSON and say so."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        takes_body = self.body_field is not None

        async def handler(request: Request) -> Response:
            if takes_body and request.method in _BODIES and not is_json(request.headers):
                raise HTTPException(415, "send JSON, and say so: `content-type: application/json`")
            return await handle(StrictRequest(request.scope, request.receive))

        return handler


def is_json(headers: Mapping[str, str]) -> bool:
    """Whether what is sent says that it is JSON in UTF-8."""
    return _JSON.fullmatch(headers.get("content-type", "").strip()) is not None


def api_router(tag: str) -> APIRouter:
    """Routes of one part of the API."""
    return APIRouter(prefix="/api/v1", tags=[tag], route_class=StrictRoute)
