"""The API keeps its OpenAPI document: whatever is sent, no answer is a crash or one that is not declared."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from tests.web.same import OTHERS, case_object

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
QUICK = [path for path in OTHERS if "eu/" not in str(path)]
LAWS = ["eu-ai-act-2021-proposal", "us-il-bipa", "us-tx-cubi", "ban-biometric-surveillance-2021"]
EXAMPLES = 12  # of each operation, and as many that break its schema
SEED = 20261123
PATIENCE = 60.0  # seconds: other tests may keep the machine busy
TOO_LONG = (413, 414)  # refusals that schemathesis does not count as such
NO_WRONG_WAY = [  # any text may be the key of a job
    *("GET /api/v1/jobs/{key}", "DELETE /api/v1/jobs/{key}", "GET /api/v1/jobs/{key}/result"),
    "GET /api/v1/jobs/{key}/events",
]
OPERATIONS = [
    *("GET /api/v1", "GET /api/v1/laws", "GET /api/v1/laws/{law}", "GET /api/v1/norms", "GET /api/v1/search"),
    *(f"POST /api/v1/{name}" for name in ("rulings", "assess", "versus", "lawful", "timeline", "ask")),
    *(
        f"{method} /api/v1/{name}"
        for name in ("loopholes", "compare", "balance", "spread", "vague", "audit", "changes")
        for method in ("GET", "POST")
    ),
    *("GET /api/v1/jobs/{key}", "DELETE /api/v1/jobs/{key}", "GET /api/v1/jobs/{key}/result"),
    *("GET /api/v1/jobs/{key}/events", "POST /api/v1/sessions", "DELETE /api/v1/sessions"),
    *("GET /api/v1/systems", "POST /api/v1/systems", "GET /api/v1/systems/{number}", "PATCH /api/v1/systems/{number}"),
    *("POST /api/v1/systems/{number}/retire", "GET /api/v1/systems/{number}/assessments"),
    *("POST /api/v1/systems/{number}/assessments", "GET /api/v1/systems/{number}/assessments/{assessment}"),
    *("GET /api/v1/systems/{number}/decisions", "POST /api/v1/systems/{number}/decisions"),
    *("GET /api/v1/systems/{number}/history", "GET /api/v1/register/history", "GET /api/v1/register/changes"),
    "GET /api/v1/register/changes.ics",
]


@pytest.fixture(scope="module")
def operations(api: TestClient, application: FastAPI) -> Mapping[str, Any]:
    """The operations of the document, which answer inside this process."""
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", _started(application))
    found = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
    return {each.label: each for each in found}


def _started(application: FastAPI) -> Callable[[Any, Any, Any], Awaitable[None]]:
    """The application without its beginning and end: `api` has begun it, and what schemathesis ended would stay so."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await application(scope, receive, send)
            return
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})

    return answer


def test_every_operation_is_tried(operations: Mapping[str, Any]) -> None:
    assert sorted(operations) == sorted(OPERATIONS)


@pytest.mark.parametrize("label", OPERATIONS)
def test_nothing_crashes_and_nothing_is_undeclared(operations: Mapping[str, Any], label: str) -> None:
    operation = operations[label]
    _try(operation.as_strategy(generation_mode=GenerationMode.POSITIVE), GenerationMode.POSITIVE)
    if (operation.body or operation.query or operation.path_parameters) and label not in NO_WRONG_WAY:
        _try(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE), GenerationMode.NEGATIVE)


def _try(cases: st.SearchStrategy[Case[Any]], mode: GenerationMode) -> None:
    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        derandomize=False,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, number=st.integers(0, 2**32))
    def check(case: Case[Any], number: int) -> None:
        if mode is GenerationMode.POSITIVE:
            _make_telling(case, random.Random(number))
            case.call_and_validate(checks=CHECKS, timeout=PATIENCE)
            return
        answer = case.call(timeout=PATIENCE)
        refused = [] if answer.status_code in TOO_LONG else [negative_data_rejection]
        case.validate_response(answer, checks=[*CHECKS, *refused])

    check()


def _make_telling(case: Case[Any], rolled: random.Random) -> None:
    """Half of the time put in laws and cases that there are, so that more than the reading is reached."""
    if rolled.random() < 0.5:
        return
    for part in (case.body, case.query, case.path_parameters):
        if isinstance(part, dict):
            for name in part.keys() & {"law", "a", "b", "of", "against"}:
                part[name] = rolled.choice(LAWS) if not isinstance(part[name], list) else rolled.choices(LAWS, k=1)
            for name in part.keys() & {"laws"}:
                part[name] = rolled.choices(LAWS, k=1)
            for name in part.keys() & {"given", "readings", "norms", "tier"}:
                del part[name]
            for name in part.keys() & {"case", "other"}:
                part[name] = case_object(rolled.choice(QUICK))
    if isinstance(case.body, dict) and {"laws", "law"} & case.body.keys() and "case" in case.body:
        case.body.pop("laws", None)
        case.body.pop("law", None)
