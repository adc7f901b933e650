"""The table that explains mistakes agrees with the grammar and with the manual."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from lagrum.language import parse_document
from lagrum.language.printer import sentence
from lagrum.language.printing import wrap
from lagrum.language.shapes import SHAPES
from lagrum.language.syntax import Sentence
from lagrum.model.diagnostics import Severity
from tests.strategies.syntax import sentences

MANUAL = Path(__file__).parents[2] / "docs" / "reference" / "language.md"


@settings(max_examples=60)
@given(sentences)
def test_one_strange_line_is_all_that_is_told_of(tree: Sentence) -> None:
    """Were the table narrower than the grammar, sound clauses beside the strange line would be told of too."""
    lines = [line for out in sentence(tree) for line in wrap(out)]
    _, diagnostics = parse_document("a.md", "\n".join(("```law", *lines, "  zzz zzz", "```", "")))
    errors = [each for each in diagnostics if each.severity is Severity.ERROR]
    assert [each.place and each.place.line for each in errors] == [len(lines) + 2], diagnostics
    assert {each.code for each in errors} <= {"LG0202", "LG0203", "LG0205"}


@pytest.mark.parametrize("kind", SHAPES)
def test_the_manual_shows_every_sentence_and_clause(kind: str) -> None:
    manual = MANUAL.read_text(encoding="utf-8")
    for word in (kind, *SHAPES[kind].words):
        assert f"\n{word}" in manual or f"  {word}" in manual or f"`{word}`" in manual or f"{word} |" in manual


def test_the_face_of_the_language_loads_no_parser() -> None:
    program = """
import sys
import lagrum.language as face
face.Loaded
assert not {"lark", "markdown_it"} & set(sys.modules), "the face loads the parser"
face.parse_document
assert {"lark", "markdown_it"} <= set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True)
