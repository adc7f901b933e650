"""Whatever the text, reading it ends soon and answers with located diagnostics."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagrum.language import format_document, parse_document
from lagrum.model.diagnostics import Diagnostic
from tests.language.fixtures import GOOD, check_style, text_of

GRAMMAR_WORDS = (
    "forbid", "Art. 5(1)", "when", "all of", "at least", "2", "of", "is", "has", "none of", "in", "before", "fact",
    '"a"', '"', "#", ",", "[", "]", "=", "from", "2025-02-30", "2025-02-02", "amend", "insert", "replace in", "by",
    "case", "instrument", "source", "expect", "unless", "penalty", "up to", "7 %", "\t", "\u202e", "name", "applies",
    "is met", "\x00",
)  # fmt: skip


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """The time of this process, which other work on the machine does not lengthen."""
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


def read(text: str) -> tuple[Diagnostic, ...]:
    document, diagnostics = parse_document("hostile.md", text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    check_style(diagnostics)
    for each in diagnostics:
        assert each.place is not None
        assert 1 <= each.place.line <= each.place.end_line <= len(lines) + 1
        assert each.place.column >= 1
        assert (each.place.line, each.place.column) <= (each.place.end_line, each.place.end_column)
    laid_out = format_document(document)
    again, _ = parse_document("hostile.md", laid_out)
    assert laid_out == format_document(again)
    return diagnostics


@given(st.text())
def test_any_text(text: str) -> None:
    read(text)


@given(st.text().map(lambda text: f"```law\n{text}\n```\n"))
def test_any_text_as_law(text: str) -> None:
    read(text)


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    read(data.decode("utf-8", "replace"))


@st.composite
def near_law(draw: st.DrawFn) -> str:
    """Words of the grammar in any order on lines of any indentation."""
    lines = []
    for _ in range(draw(st.integers(1, 8))):
        words = draw(st.lists(st.sampled_from(GRAMMAR_WORDS), min_size=1, max_size=6))
        lines.append(" " * draw(st.sampled_from((0, 0, 2, 2, 4, 6, 3))) + " ".join(words))
    return "```law\n" + "\n".join(lines) + "\n```\n"


@settings(max_examples=150)
@given(near_law())
def test_words_of_the_grammar_in_any_order(text: str) -> None:
    read(text)


@settings(max_examples=60)
@given(st.data())
def test_law_with_a_piece_cut_out_or_put_in(data: st.DataObject) -> None:
    text = text_of(GOOD / data.draw(st.sampled_from(("everything.md", "vocabulary.md"))))
    start = data.draw(st.integers(0, len(text)))
    end = start + data.draw(st.integers(0, 12))
    read(text[:start] + data.draw(st.sampled_from(("", " ", "\n", '"', *GRAMMAR_WORDS))) + text[end:])


def law(*lines: str) -> str:
    return "\n".join(("```law", *lines, "```", ""))


def test_conditions_nested_ten_thousand_deep() -> None:
    lines = ["forbid Art. 1", "  when all of", *("  " * (level + 2) + "all of" for level in range(10_000))]
    with within(5):
        assert [each.code for each in parse_document("deep.md", law(*lines))[1]] == ["LG0108"]


def test_conditions_nested_as_deep_as_a_file_can_hold() -> None:
    lines = ["forbid Art. 1", "  when all of", *("  " * (level + 2) + "all of" for level in range(2_000))]
    with within(5):
        diagnostics = read(law(*lines, "", "note Art. 1 1"))
    assert [each.code for each in diagnostics] == ["LG0207", "LG0203"]


def test_conditions_nested_a_few_hundred_deep() -> None:
    lines = ["forbid Art. 1", "  when all of", *("  " * (level + 2) + "all of" for level in range(300))]
    diagnostics = read(law(*lines))
    assert [(each.code, each.place and each.place.line) for each in diagnostics] == [("LG0206", 35)]


def test_reading_breaks_off_after_a_hundred_mistakes() -> None:
    diagnostics = read(law(*["nonsense"] * 5_000))
    assert [each.code for each in diagnostics] == ["LG0201"] * 100 + ["LG0107"]


@pytest.mark.parametrize(
    "text",
    [
        law("forbid Art. 1 " + '"' * 9_000),
        law("forbid Art. 1", "  when " + "a " * 4_900),
        law("forbid Art. 1", "  when " + "a-" * 4_900),
        law("forbid Art. 1", "  when act in " + "a, " * 3_000),
        law("forbid Art. 1", *["  # comment"] * 5_000, "  when act"),
        law("forbid Art. 1", "  when any of", *["    act has use"] * 5_000),
        law("values a of b = a,", *["  b,"] * 9_000),
        law('note Art. 1 "a"', *['  "a"'] * 9_000),
        "> " * 5_000 + "```law",
        "- " * 5_000 + "```law",
        "```law\n" * 5_000,
        "#" * 100_000,
        "[" * 100_000,
        "a\r" * 20_000,
        "x" * 1_000_000,
    ],
    ids=lambda text: text[:20],
)
def test_large_texts_take_bounded_time(text: str) -> None:
    with within(10):
        read(text)


def test_line_ends_of_any_kind_give_the_same_places() -> None:
    text = law("forbid Art. 1", "  if act has use", "", "note Art. 1 1")
    for newline in ("\n", "\r\n", "\r"):
        assert [str(each.place) for each in read(text.replace("\n", newline))] == ["hostile.md:3:3", "hostile.md:5:13"]


def test_a_byte_order_mark_changes_nothing() -> None:
    text = "# Title\n\n" + law('note Art. 1 "a"')
    document, diagnostics = parse_document("a.md", "\ufeff" + text)
    assert (document.title, diagnostics) == ("Title", ())
    assert format_document(document) == "\ufeff" + text
