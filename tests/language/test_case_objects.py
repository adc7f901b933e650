"""A case as an object is the case that its JSON is as a file."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lagrum.language import read_case, read_case_object
from lagrum.library import open_library
from lagrum.model.cases import Case
from tests.conftest import REPOSITORY

FILES = sorted(REPOSITORY.glob("laws/eu/**/cases/*.yaml"))[::3]


@cache
def facts() -> Any:
    return open_library().pack.facts


def bare(case: Case | None) -> Case | None:
    """The case without its places."""
    if case is None:
        return None
    return replace(case, file="", facts={name: replace(each, place=None) for name, each in case.facts.items()})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_object_reads_as_its_file(path: Path) -> None:
    said = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    from_file, _ = read_case(json.dumps(said), "a file", facts())
    from_object, diagnostics = read_case_object(said, facts())
    assert bare(from_object) == bare(from_file)
    assert from_object is not None, diagnostics


answers: Any = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 70)
    | st.sampled_from(["yes", "no", "unknown", "real-time", "", "~", "[a]"]),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "basis", "exactly", "including", "not", "x"]), below, max_size=3)
    ),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(["timing", "purpose", "practice", "maximum sentence", "nothing"]), answers))
def test_any_object_is_judged_as_its_file(said: dict[str, Any]) -> None:
    whole = {"lagrum": 1, "case": "a use", "facts": said}
    from_file, of_file = read_case(json.dumps(whole), "a file", facts())
    from_object, of_object = read_case_object(whole, facts())
    assert bare(from_object) == bare(from_file)
    assert sorted((d.code, d.message) for d in of_object) == sorted((d.code, d.message) for d in of_file)


def test_places_are_pointers() -> None:
    _, found = read_case_object({"lagrum": 1, "case": "a use", "facts": {"timing": "soon/late"}}, facts(), "#/case")
    assert [d.place.file for d in found if d.place] == ["#/case/facts/timing"]


def test_what_is_too_deep_or_too_large_is_refused() -> None:
    deep: Any = "yes"
    for _ in range(30):
        deep = [deep]
    for facts_said in ({"timing": deep}, {"timing": ["real-time"] * 30_000}):
        case, found = read_case_object({"lagrum": 1, "case": "a use", "facts": facts_said}, facts())
        assert case is None
        assert [d.code for d in found] == ["LG0604"]


def test_half_a_letter_is_refused() -> None:
    case, found = read_case_object({"lagrum": 1, "case": "\ud800", "facts": {}}, facts())
    assert case is None
    assert [d.code for d in found] == ["LG0605"]
