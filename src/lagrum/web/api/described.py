"""The OpenAPI document, made from the routes and from the schemas that every answer of lagrum has; and the door."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from fastapi import Request
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute

from lagrum import __version__
from lagrum.service.models import CASE_FILE, JobAnswer, ProblemDetails
from lagrum.web.api.strict import api_router

router = api_router("about")
BASE = "/api/v1"
NO_ADVICE = "lagrum shows what a text lets through. It is no legal advice, and no ruling says that something complies."
_OUTER = re.compile(r"urn:lagrum:schema:([a-z]+)(?:#(/.*))?")
_HERE = "#/components/schemas/"
_PROBLEM = {
    "description": "what is wrong, as RFC 9457 has it",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
}
_ABOUT = {
    "type": "object",
    "required": ["lagrum", "note", "links"],
    "properties": {
        "lagrum": {"type": "string"},
        "note": {"type": "string"},
        "links": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


@router.get("", responses={200: {"content": {"application/json": {"schema": _ABOUT}}}})
async def about(request: Request) -> JSONResponse:
    """Say what is here."""
    paths = sorted(path for path in description(request)["paths"] if "{" not in path)
    links = {path.removeprefix(f"{BASE}/"): path for path in paths if path != BASE}
    links["openapi.json"] = f"{BASE}/openapi.json"
    return JSONResponse({"lagrum": __version__, "note": NO_ADVICE, "links": links})


@router.get("/openapi.json", include_in_schema=False)
async def openapi(request: Request) -> JSONResponse:
    """The description of this API."""
    return JSONResponse(description(request))


def description(request: Request) -> dict[str, Any]:
    """The OpenAPI document of the application; made once."""
    state = request.app.state
    if not hasattr(state, "api_description"):
        state.api_description = describe(request.app.routes)
    found: dict[str, Any] = state.api_description
    return found


def describe(routes: Sequence[BaseRoute]) -> dict[str, Any]:
    """The OpenAPI document of an application: what lies below `BASE` of its routes."""
    made = get_openapi(
        title="lagrum",
        version=__version__,
        summary="What the law on artificial intelligence forbids, requires and lets through",
        description=NO_ADVICE,
        routes=routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    made["paths"] = {path: operations for path, operations in made["paths"].items() if path.startswith(BASE)}
    components = made.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        components.pop(unused, None)
    template = "#/components/schemas/{model}"
    _, own = models_json_schema(
        [(JobAnswer, "serialization"), (ProblemDetails, "serialization")], ref_template=template
    )
    components |= own.get("$defs", {}) | schemas()
    made["components"]["schemas"] = _with_cases(components)
    for operations in made["paths"].values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = _PROBLEM
    made["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    made["security"] = [{}, {"token": []}]
    return made


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schemas of the answers, with references that lead inside one document."""
    folder = resources.files("lagrum").joinpath("schemas")
    names = [each.name.removesuffix(".json") for each in folder.iterdir() if each.name.endswith(".json")]
    return {
        name: _inside(json.loads(folder.joinpath(f"{name}.json").read_text("utf-8")), name) for name in sorted(names)
    }


def _with_cases(schema: Any) -> Any:
    """The schema of case files wherever a model takes one."""
    if isinstance(schema, list):
        return [_with_cases(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("title") == CASE_FILE and schema.get("type") == "object":
        return {"$ref": "#/components/schemas/case"}
    return {key: _with_cases(value) for key, value in schema.items()}


def _inside(schema: Any, name: str) -> Any:
    if isinstance(schema, list):
        return [_inside(each, name) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _inside(value, name) for key, value in schema.items() if key not in ("$id", "$schema")}
    if isinstance(target := found.get("$ref"), str):
        outer = _OUTER.fullmatch(target)
        within, path = (outer[1], outer[2] or "") if outer else (name, target.removeprefix("#"))
        found["$ref"] = target if target.startswith(_HERE) else f"{_HERE}{within}{path}"
    return found
