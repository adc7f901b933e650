"""The API and the page of a case say what the command line says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.web.same import CASES, assessed, case_object, opened


def test_there_are_fifty() -> None:
    assert len(set(CASES)) == 50


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_an_assessment_is_the_same_and_so_is_a_ruling(
    api: TestClient, valid: Callable[[Any, str], None], path: Path
) -> None:
    expected = assessed(path)
    asked = {"case": case_object(path)}
    whole = api.post("/api/v1/assess", json=asked).json()["answers"]
    for answer, each in zip(whole, expected, strict=True):
        assert {name: answer[name] for name in each} == each
    assert whole == list(expected)
    assert [each["id"] for each in whole] == [each["id"] for each in expected]
    address = opened(api, path.read_text(encoding="utf-8"))
    for each in expected:
        days = {"law": each["laws"][0]["id"], "on": each["on"]}
        assert api.get(f"{address}.json", params=days).json() == each
        page = api.get(address, params=days).text
        verdict = page[page.index('class="verdict"') :].partition("</p>")[0]
        assert [word.lower() for word in re.findall(r"</svg><span>(\w+)</span>", verdict)] == [each["ruling"]]
    brief = api.post("/api/v1/rulings", json=asked).json()
    valid(brief, "RulingAnswers")
    for answer, each in zip(brief["answers"], expected, strict=True):
        assert answer["ruling"] == each["ruling"]
        assert answer["possible"] == each["possible"]
        without = each["without_assumptions"]
        assert answer["without_assumptions"] == (without["possible"] if without else None)
        today = [tier for tier in each["tiers"] if tier["applies"] != "later"]
        assert [(t["tier"], t["citation"], t["applies"]) for t in answer["tiers"]] == [
            (t["tier"], t["citation"], t["applies"]) for t in today
        ]
        assert [answer["hash"]] == [law["hash"] for law in each["laws"]]
        assert answer["review"] == each["review"]
