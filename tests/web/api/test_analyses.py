"""Long analyses over the API: at once where they were worked out before, else as jobs; as the command line has them."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

import pytest
from starlette.testclient import TestClient

from lagrum.cli.main import run
from tests.web.same import OTHERS, case_object

LETTER = "ban-biometric-surveillance-2021"
LAW, PROPOSAL = "us-il-bipa", "eu-ai-act-2021-proposal"
ASKED: list[tuple[str, dict[str, Any], list[str]]] = [
    ("loopholes", {"law": LAW, "against": LETTER}, [LAW, "--against", LETTER]),
    ("compare", {"a": PROPOSAL, "b": LETTER, "as_is": True}, [PROPOSAL, LETTER, "--as-is"]),
    ("balance", {"law": LAW, "against": LETTER, "edits": 1}, [LAW, "--against", LETTER, "--edits", "1"]),
    (
        "spread",
        {"of": LAW, "against": LETTER, "laws": ["us-tx-cubi"]},
        ["us-tx-cubi", "--of", LAW, "--against", LETTER],
    ),
    ("vague", {"law": LAW, "against": LETTER}, [LAW, "--against", LETTER]),
    ("audit", {"laws": [LAW]}, [LAW]),
    (
        "changes",
        {"law": "eu-ai-act-2021-proposal", "from": "2020-01-01", "to": "2024-01-01"},
        ["eu-ai-act-2021-proposal", "--from", "2020-01-01", "--to", "2024-01-01"],
    ),
]


def answered(api: TestClient, kind: str, asked: dict[str, Any]) -> dict[str, Any]:
    """The answer, waited for."""
    answer = api.post(f"/api/v1/{kind}", json=asked)
    end = time.monotonic() + 60
    if answer.status_code == 202:
        path = answer.headers["location"]
        while not (job := api.get(path).json())["result"]:
            assert job["state"] in ("waiting", "running"), job
            assert time.monotonic() < end
            time.sleep(0.1)
        answer = api.get(job["result"])
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(("kind", "asked", "arguments"), ASKED, ids=lambda each: each if isinstance(each, str) else "")
def test_answers_are_those_of_the_command_line(
    api: TestClient,
    valid: Callable[[Any, str], None],
    kind: str,
    asked: dict[str, Any],
    arguments: list[str],
) -> None:
    found = answered(api, kind, asked)
    valid(found, kind)
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        run([kind, *arguments, "--format", "json"])
    assert found == json.loads(out.getvalue())
    assert api.get(f"/api/v1/{kind}", params=asked).json() == found  # at once, since it is kept now


def test_a_job_is_told_as_it_happens_and_can_be_ended(
    api: TestClient, valid: Callable[[Any, str], None], tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAGRUM_CACHE_DIR", str(tmp_path))  # nothing is kept, so that it takes a while
    asked = {"law": "eu-ai-act", "against": LETTER}
    began = api.post("/api/v1/loopholes", json=asked)
    assert began.status_code == 202
    job = began.json()
    valid(job, "JobAnswer")
    assert api.post("/api/v1/loopholes", json=asked).json()["key"] == job["key"]
    path = began.headers["location"]
    assert api.get(f"{path}/result").status_code == 409
    ended = api.delete(path).json()
    valid(ended, "JobAnswer")
    with api.stream("GET", f"{path}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        said = "".join(stream.iter_text())
    *_, last = [line.removeprefix("data: ") for line in said.splitlines() if line.startswith("data: ")]
    assert "event: end" in said
    assert json.loads(last)["state"] == "cancelled"


def test_an_interview_over_the_api_ends_where_the_ruling_is_settled(
    api: TestClient, valid: Callable[[Any, str], None]
) -> None:
    whole = case_object(next(path for path in OTHERS if "us-il-bipa" in str(path)))
    case = {**whole, "facts": {}}
    case.pop("expect", None)
    asked: list[str] = []
    for _ in range(60):
        step = api.post("/api/v1/ask", json={"case": case, "asked": asked, "until": "ruling", "lang": "sv"}).json()
        valid(step, "ask")
        if step["question"] is None:
            break
        fact = step["question"]["fact"]
        assert fact not in asked
        assert step["asked"]["lang"] == "sv"
        asked.append(fact)
        if fact in whole["facts"]:
            case["facts"][fact] = whole["facts"][fact]
    (expected,) = api.post("/api/v1/rulings", json={"case": whole}).json()["answers"]
    assert step["possible"] == expected["possible"]


def test_the_document_lists_the_schemas_of_the_answers(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    names = described["components"]["schemas"]
    assert {"assess", "loopholes", "case", "envelope", "ProblemDetails", "JobAnswer"} <= names.keys()
    for operations in described["paths"].values():
        for operation in operations.values():
            assert operation["responses"]["default"]["content"].keys() == {"application/problem+json"}
    text = json.dumps(described)
    assert "urn:lagrum:schema" not in text
    for ref in {part.split('"')[0] for part in text.split('"$ref": "')[1:]}:
        at: Any = described
        for step in ref.removeprefix("#/").split("/"):
            at = at[step]
