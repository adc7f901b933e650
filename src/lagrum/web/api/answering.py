"""How answers are described in the OpenAPI document: by the schemas that every answer of lagrum has."""

from __future__ import annotations

from typing import Any

Described = dict[int | str, dict[str, Any]]
JOB = {"$ref": "#/components/schemas/JobAnswer"}


def answer(schema: str, description: str) -> Described:
    """One document of a schema."""
    return {200: _json({"$ref": f"#/components/schemas/{schema}"}, description)}


def answers_of(schema: str, description: str) -> Described:
    """One document for each law and day."""
    items = {"type": "array", "items": {"$ref": f"#/components/schemas/{schema}"}}
    whole = {"type": "object", "required": ["answers"], "properties": {"answers": items}, "additionalProperties": False}
    return {200: _json(whole, description)}


def answer_or_job(schema: str, description: str) -> Described:
    """One document at once, or a job."""
    later = _json(JOB, "it is being worked out; `location` says where to look")
    later["headers"] = {"location": {"description": "the job", "required": True, "schema": {"type": "string"}}}
    return {**answer(schema, description), 202: later}


def _json(schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}
