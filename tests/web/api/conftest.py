"""The application itself, without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from starlette.testclient import TestClient

from lagrum.web.app import create_app
from lagrum.web.settings import Settings

MANY = 10**9  # requests a minute


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    folder = tmp_path_factory.mktemp("api")
    settings = Settings(
        f"sqlite:///{folder / 'register.db'}", folder, hosts=("testserver",), requests_a_minute=MANY, seconds=30
    )
    return create_app(settings)


@pytest.fixture(scope="session")
def api(application: FastAPI) -> Iterator[TestClient]:
    with TestClient(application, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def described(api: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = api.get("/api/v1/openapi.json").json()
    return found


@pytest.fixture(scope="session")
def valid(described: dict[str, Any]) -> Callable[[Any, str], None]:
    """Holds an answer against a schema of the OpenAPI document."""
    registry: Registry[Any] = Registry().with_resource("urn:api", Resource.from_contents(described, DRAFT202012))

    def check(answer: Any, schema: str) -> None:
        ref = {"$ref": f"urn:api#/components/schemas/{schema}"}
        Draft202012Validator(ref, registry=registry).validate(answer)

    return check


@pytest.fixture
def refused(api: TestClient, valid: Callable[[Any, str], None]) -> Callable[..., dict[str, Any]]:
    """Sends what must be refused; gives the problem."""

    def send(method: str, path: str, status: int, **request: Any) -> dict[str, Any]:
        answer = api.request(method, path, **request)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        problem: dict[str, Any] = answer.json()
        valid(problem, "ProblemDetails")
        assert problem["status"] == status
        assert "Traceback" not in answer.text
        return problem

    return send
