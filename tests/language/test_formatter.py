"""The layout: what was written reads as the same tree; laying out twice changes nothing; prose and comments stay."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lagrum.language import format_document, parse_document
from lagrum.language.syntax import Document
from lagrum.model.diagnostics import Severity
from tests.language.fixtures import BAD, GOOD, text_of
from tests.strategies.syntax import documents, without_places

LAWS = Path(__file__).parents[2] / "laws"
FILES = sorted([*LAWS.rglob("*.md"), *GOOD.glob("*.md")])


def read(text: str) -> Document:
    document, diagnostics = parse_document("generated.md", text)
    assert not [each for each in diagnostics if each.severity is Severity.ERROR], text
    return document


def outside_of_law(text: str) -> list[str]:
    return re.split(r"(?ms)^ {0,3}```law$.*?^ {0,3}```$", text.replace("\r\n", "\n"))


@given(documents())
def test_what_is_written_is_read_again_and_written_the_same(document: Document) -> None:
    text = format_document(document)
    again = read(text)
    assert without_places(document.blocks) == without_places(again.blocks)
    assert text == format_document(again)


@settings(max_examples=25)
@given(documents())
def test_prose_and_line_ends_stay(document: Document) -> None:
    text = format_document(document)
    assert outside_of_law(document.text) == outside_of_law(text)
    assert text.count("\n") == text.count("\r\n") or "\r" not in document.text


@settings(max_examples=50, phases=[Phase.generate])
@given(documents(), st.data())
def test_comments_stay(document: Document, data: st.DataObject) -> None:
    lines = format_document(document).split("\n")
    inside: list[int] = []
    law = False
    for number, line in enumerate(lines):
        inside += [number] if law else []
        law = line.strip() == "```law" or (law and line.strip() != "```")
    chosen = data.draw(st.lists(st.sampled_from(inside), unique=True, max_size=6)) if inside else []
    for number in sorted(chosen, reverse=True):
        lines.insert(number, "  # own" if data.draw(st.booleans()) else "# at the margin")
    before, _ = parse_document("generated.md", "\n".join(lines))
    text = format_document(before)
    after = read(text)
    kept = [sorted((c.text, c.trailing) for c in block.comments) for block in before.blocks]
    assert kept == [sorted((c.text, c.trailing) for c in block.comments) for block in after.blocks]
    assert text == format_document(after)
    for old, new in zip(before.blocks, after.blocks, strict=True):
        assert without_places(old.sentences) == without_places(new.sentences)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_laws_of_the_house_read_the_same_laid_out(path: Path) -> None:
    document = read(text_of(path))
    text = format_document(document)
    again = read(text)
    assert without_places(document.blocks) == without_places(again.blocks)
    assert text == format_document(again)
    assert outside_of_law(document.text) == outside_of_law(text)


@pytest.mark.parametrize("path", sorted(BAD.glob("*.md")), ids=lambda path: path.stem)
def test_what_cannot_be_read_is_left_alone(path: Path) -> None:
    text = text_of(path)
    document, diagnostics = parse_document(path.name, text)
    laid_out = format_document(document)
    again, still = parse_document(path.name, laid_out)
    assert [each.code for each in diagnostics] == [each.code for each in still]
    assert laid_out == format_document(again)


def test_comments_find_their_lines() -> None:
    text = """```law
# before
forbid Art. 1   "x" # behind the head
  # above when
  when all of
    act   has use# not a comment
    role in provider, # behind the list
       deployer
    not urgent      #behind
  # at the end

# before the note
note Art. 1 "b"
# last
```
"""
    text = text.replace("# not a comment", "")
    assert format_document(read(text)).split("\n") == [
        "```law",
        "# before",
        'forbid Art. 1 "x"  # behind the head',
        "  # above when",
        "  when all of",
        "    act has use",
        "    role in provider, deployer  # behind the list",
        "    not urgent  # behind",
        "  # at the end",
        "",
        "# before the note",
        'note Art. 1 "b"',
        "",
        "# last",
        "```",
        "",
    ]
