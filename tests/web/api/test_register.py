"""The register for programs: systems in and out, assessed, never overwritten unseen, and what changes for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

Refused = Callable[..., dict[str, Any]]
Valid = Callable[[Any, str], None]
CASE = {"lagrum": 1, "case": "faces at a shop's door", "facts": {"practice": {"including": "identification"}}}
SYSTEM = {"name": "door camera", "owner": "shop", "role": "deployer", "laws": ["us-il-bipa"], "case": CASE}


@pytest.fixture
def number(api: TestClient) -> int:
    made = api.post("/api/v1/systems", json=SYSTEM)
    assert made.status_code == 201, made.text
    assert api.get(made.headers["location"]).json() == made.json()
    return int(made.json()["systems"][0]["id"])


def test_a_system_is_kept_listed_and_changed(api: TestClient, valid: Valid, number: int) -> None:
    path = f"/api/v1/systems/{number}"
    told = api.get(path).json()
    valid(told, "register")
    assert told["systems"][0]["name"] == "door camera"
    changed = api.patch(path, json={"seen": 1, "owner": "another shop"}).json()["systems"][0]
    assert (changed["owner"], changed["name"], changed["version"]) == ("another shop", "door camera", 2)
    listed = api.get("/api/v1/systems", params={"owner": "another shop", "after": number - 1}).json()["systems"]
    assert [each["id"] for each in listed] == [number]
    what = [each["what"] for each in api.get(f"{path}/history").json()["entries"]]
    assert what == ["system added", "system changed"]


def test_nothing_is_overwritten_unseen(api: TestClient, refused: Refused, number: int) -> None:
    path = f"/api/v1/systems/{number}"
    api.patch(path, json={"seen": 1, "owner": "first"})
    problem = refused("PATCH", path, 409, json={"seen": 1, "owner": "second"})
    assert "the version is now 2" in problem["detail"]
    assert api.get(path).json()["systems"][0]["owner"] == "first"


def test_a_system_is_assessed_and_the_assessment_kept(api: TestClient, valid: Valid, number: int) -> None:
    path = f"/api/v1/systems/{number}/assessments"
    (made,) = api.post(path).json()["assessments"]
    assert api.post(path).json()["assessments"] == []  # nothing has changed since
    assert api.get(path).json()["assessments"] == [made]
    document = api.get(f"{path}/{made['id']}").json()
    valid(document, "assess")
    assert document["ruling"] == made["ruling"]


def test_decisions_and_retirement(api: TestClient, refused: Refused, number: int) -> None:
    path = f"/api/v1/systems/{number}"
    decided = api.post(f"{path}/decisions", json={"kind": "review", "text": "stays as it is"})
    assert decided.status_code == 201
    assert [each["text"] for each in api.get(f"{path}/decisions").json()["decisions"]] == ["stays as it is"]
    version = api.get(path).json()["systems"][0]["version"]
    retired = api.post(f"{path}/retire", json={"seen": version, "reason": "taken down"}).json()["systems"][0]
    assert retired["status"] == "retired"
    refused("PATCH", path, 422, json={"seen": version + 1, "owner": "nobody"})


def test_what_changes_comes_as_a_document_and_as_a_calendar(api: TestClient, valid: Valid, number: int) -> None:
    made = api.post("/api/v1/systems", json={**SYSTEM, "laws": ["eu-ai-act"], "name": "in the Union"})
    days = {"from": "2024-01-01", "to": "2028-01-01"}
    end = time.monotonic() + 120
    while (ahead := api.get("/api/v1/register/changes", params=days)).status_code == 503:
        assert ahead.headers["retry-after"]  # a busy machine takes longer; programs ask again
        assert time.monotonic() < end
    assert ahead.status_code == 200, ahead.text
    valid(ahead.json(), "ahead")
    mine = made.json()["systems"][0]["id"]
    assert {each["system"] for each in ahead.json()["changes"]} >= {mine}
    calendar = api.get("/api/v1/register/changes.ics", params=days)
    assert calendar.headers["content-type"] == "text/calendar; charset=utf-8"
    assert calendar.text.count("BEGIN:VEVENT") == len(ahead.json()["changes"])


def test_what_cannot_be_kept_is_refused(refused: Refused, number: int) -> None:
    assert refused("POST", "/api/v1/systems", 422, json={**SYSTEM, "case": "facts: ["})["errors"]
    assert refused("POST", "/api/v1/systems", 422, json={**SYSTEM, "laws": ["no-such-law"]})["errors"]
    refused("POST", "/api/v1/systems", 422, json={**SYSTEM, "name": "x\x00y"})
    refused("POST", "/api/v1/systems", 422, json={**SYSTEM, "laws": []})
    refused("PATCH", f"/api/v1/systems/{number}", 422, json={"seen": 1, "owner": None})
    refused("GET", "/api/v1/systems/2147483647", 404)
    refused("GET", "/api/v1/systems/0", 422)
    refused("GET", "/api/v1/register/changes", 422, params={"from": "tomorrow"})
    refused("GET", "/api/v1/register/changes", 422, params={"from": "2027-01-01", "to": "2026-01-01"})
