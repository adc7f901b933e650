"""What must not come in does not, and is told why: problems as RFC 9457 has them, and never a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from lagrum.model.diagnostics import BudgetExceeded
from lagrum.web.api.strict import read_json

Refused = Callable[..., dict[str, Any]]
CASE = {"lagrum": 1, "case": "a use", "law": ["us-il-bipa"], "facts": {}}
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"case": {"lagrum": 1, "case": "a", "case": "b", "facts": {}}}', "`case` stands twice"),
        (b'{"case": NaN}', "`NaN` is no number"),
        (b'{"case": -Infinity}', "`-Infinity` is no number"),
        (b'{"case": 1e999}', "too large a number"),
        (b'{"case": "\xff"}', "not UTF-8"),
        (b'{"case": "\\ud800"}', "half a letter"),
        (b"[" * 100_000, "nested more than 64 deep"),
        (b'{"a":' * 65 + b"1" + b"}" * 65, "nested more than 64 deep"),
        (b"{'case': 1}", "no JSON"),
        (b'{"case": 1} {}', "no JSON"),
        (b'{"case": ' + b"9" * 5000 + b"}", "the body"),
    ],
    ids=lambda each: str(each)[:24],
)
def test_a_body_means_one_thing_or_nothing(refused: Refused, body: bytes, said: str) -> None:
    problem = refused("POST", "/api/v1/assess", 400, content=body, headers=JSON)
    assert said in problem["detail"] or "digits" in problem["detail"]


def test_sixty_four_levels_are_read() -> None:
    assert read_json(b"[" * 64 + b"]" * 64)
    assert read_json(b'"' + b"[" * 100_000 + b'"') == "[" * 100_000  # brackets in a string are no levels


def test_a_body_that_is_too_large(refused: Refused) -> None:
    body = json.dumps({"case": {**CASE, "source": "x" * (1024 * 1024)}})
    assert "bytes were sent" in refused("POST", "/api/v1/assess", 413, content=body, headers=JSON)["detail"]

    def pieces() -> Any:
        for _ in range(20):
            yield b" " * 100_000

    refused("POST", "/api/v1/assess", 413, content=pieces(), headers=JSON)  # no length is said beforehand


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/json; charset=utf-16"]
)
def test_only_json_is_read(refused: Refused, kind: str) -> None:
    refused("POST", "/api/v1/assess", 415, content=json.dumps({"case": CASE}), headers={"content-type": kind})


@pytest.mark.parametrize(
    ("path", "body", "code", "place"),
    [
        ("assess", {"case": CASE, "law": "us-il-bipa"}, "LG0901", None),
        ("assess", {"case": CASE, "on": 20261122}, "LG0901", None),
        ("assess", {"case": CASE, "on": "2026-W01-1"}, "LG0901", None),
        ("assess", {"case": {**CASE, "facts": {f"f{i}": "yes" for i in range(1001)}}}, "LG0901", None),
        ("assess", {"case": CASE, "laws": ["x"] * 11}, "LG0901", None),
        (
            "assess",
            {"case": {**CASE, "on": [f"2026-01-{d:02}" for d in range(1, 29)]}, "laws": ["a", "b"]},
            "LG0901",
            None,
        ),
        ("assess", {"case": CASE, "laws": ["no-such-law"]}, "LG0720", None),
        ("assess", {"case": {**CASE, "law": []}}, "LG0725", None),
        ("assess", {"case": CASE, "given": ["nonsense"]}, "LG0617", None),
        ("assess", {"case": CASE, "readings": ["none=such"]}, "LG0721", None),
        ("assess", {"case": CASE, "text_of": "1999-01-01"}, "LG0733", None),
        ("assess", {"case": {**CASE, "facts": {"timing": "soon"}}}, "LG0610", "#/case/facts/timing"),
        ("assess", {"case": {**CASE, "factz": {}}}, "LG0606", "#/case/factz"),
        ("versus", {"case": CASE, "other": {**CASE, "facts": {"x/y": "no"}}}, "LG0609", "#/other/facts/x~1y"),
        ("ask", {"case": {**CASE, "law": ["us-il-bipa", "us-tx-cubi"]}}, "LG0725", None),
        ("balance", {"law": "us-il-bipa", "against": "x", "keep": ["../../etc/passwd"]}, "LG0720", None),
        ("changes", {"law": "us-il-bipa", "from": "2027-01-01", "to": "2026-01-01"}, "LG0723", None),
        ("compare", {"a": "us-il-bipa@yesterday", "b": "us-tx-cubi"}, "LG0723", None),
        ("audit", {"laws": ["us-il-bipa"], "kinds": ["no such kind"]}, "LG0725", None),
    ],
    ids=lambda each: str(each)[:40],
)
def test_what_cannot_be_asked_is_told_with_its_place(
    refused: Refused, path: str, body: dict[str, Any], code: str, place: str | None
) -> None:
    problem = refused("POST", f"/api/v1/{path}", 422, json=body)
    assert problem["errors"][0]["code"] == code
    if place is not None:
        assert problem["errors"][0]["place"]["file"] == place


def test_folders_of_cases_stay_below_the_law(refused: Refused) -> None:
    for name in ("../tests", "/etc", "benefits/../../src", "..", "benefits/%2e%2e"):
        body = {"law": "us-il-bipa", "against": "ban-biometric-surveillance-2021", "keep": [name]}
        assert refused("POST", "/api/v1/balance", 422, json=body)["errors"][0]["code"] == "LG0726"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/laws/..%2f..%2f..%2fetc%2fpasswd", 404),
        ("GET", "/api/v1/laws/no-such-law", 422),
        ("GET", "/api/v1/norms?citation=nowhere", 422),
        ("GET", "/api/v1/norms", 422),
        ("GET", "/api/v1/search?q=x&most=0", 422),
        ("GET", "/api/v1/search?q=" + "x" * 9000, 414),
        ("GET", "/api/v1/loopholes?law=us-il-bipa&against=us-tx-cubi&unknown=1", 422),
        ("GET", "/api/v1/jobs/no-such-job", 404),
        ("GET", "/api/v1/jobs/no-such-job/result", 404),
        ("GET", "/api/v1/jobs/no-such-job/events", 404),
        ("DELETE", "/api/v1/jobs/no-such-job", 404),
        ("DELETE", "/api/v1/laws", 405),
        ("PUT", "/api/v1/assess", 405),
        ("GET", "/api/v1/assess", 405),
    ],
)
def test_other_refusals_are_problems_too(refused: Refused, method: str, path: str, status: int) -> None:
    assert refused(method, path, status)["instance"].startswith("/api/v1/")


def test_where_the_law_lies_is_not_told(api: TestClient) -> None:
    answer = api.post("/api/v1/assess", json={"case": CASE, "readings": ["effect test=no such"], "laws": ["eu-ai-act"]})
    assert answer.status_code == 422
    for text in (
        answer.text,
        api.get("/api/v1/norms?citation=Art.+5&law=eu-ai-act").text,
        api.get("/api/v1/search?q=face").text,
    ):
        assert str(api.app.state.desk.library.folders[0]) not in text  # type: ignore[attr-defined]


def test_a_foreign_page_cannot_ask(refused: Refused) -> None:
    for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        refused("POST", "/api/v1/assess", 403, json={"case": CASE}, headers=headers)
    refused("GET", "/api/v1/laws", 421, headers={"host": "evil.example"})


def test_a_mistake_of_ours_is_a_problem_without_a_traceback(
    application: FastAPI, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr(application.state.desk, "assess", broken)
    problem = refused("POST", "/api/v1/assess", 500, json={"case": CASE})
    assert "secret" not in json.dumps(problem)


def test_a_call_that_takes_too_long_is_given_up(
    application: FastAPI, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    done = threading.Event()
    monkeypatch.setattr("lagrum.web.api.calling.SECONDS", 0.2)
    monkeypatch.setattr(application.state.desk, "assess", lambda *_: done.wait(20))
    try:
        assert "longer than" in refused("POST", "/api/v1/assess", 503, json={"case": CASE})["detail"]
    finally:
        done.set()


def test_a_question_beyond_the_budget_is_refused(
    application: FastAPI, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(*_: object) -> None:
        raise BudgetExceeded("an exact answer needs more than 3 nodes")

    monkeypatch.setattr(application.state.desk, "lawful", too_large)
    assert "more than 3 nodes" in refused("POST", "/api/v1/lawful", 422, json={"case": CASE})["detail"]
