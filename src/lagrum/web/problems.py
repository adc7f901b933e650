"""Errors as answers: RFC 9457 for programs, a page for people."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse, PlainTextResponse, Response

from lagrum.model.diagnostics import Diagnostic

MEDIA = "application/problem+json"


def problem(
    status: int, detail: str = "", *, kind: str = "", instance: str = "", errors: Iterable[Diagnostic] = ()
) -> dict[str, object]:
    """A problem as RFC 9457 has it: `type` is a name below `urn:lagrum:problem:`, `errors` the diagnostics."""
    told: dict[str, object] = {
        "type": f"urn:lagrum:problem:{kind}" if kind else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or HTTPStatus(status).description,
    }
    if instance:
        told["instance"] = instance
    found = [diagnostic_to_dict(each) for each in errors]
    return told | ({"errors": found} if found else {})


def diagnostic_to_dict(diagnostic: Diagnostic) -> dict[str, object]:
    """A diagnostic for programs: code, sentence, help, and where."""
    place = diagnostic.place
    return {
        "code": diagnostic.code,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "place": {"file": place.file, "line": place.line, "column": place.column} if place else None,
    }


def problem_response(
    scope: MutableMapping[str, Any], status: int, detail: str = "", errors: Iterable[Diagnostic] = ()
) -> Response:
    """The problem for whoever asked: JSON below `/api` and for `.json`, else words alone."""
    path = str(scope.get("path", ""))
    if wants_json(path):
        told = problem(status, detail, instance=path, errors=errors)
        return JSONResponse(told, status, media_type=MEDIA)
    return PlainTextResponse(f"{HTTPStatus(status).phrase}: {detail}\n", status)


def wants_json(path: str) -> bool:
    """Whether the address is one for programs."""
    return path.startswith("/api/") or path.endswith(".json")
