"""The two forms of an answer: eighty columns, and the plain twin."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagrum.cli.output import WIDTH, Branch, Output, clean


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return Screen()


TREE = Branch("all of", "", (Branch("a", "Art. 1"), Branch("any of", "Art. 2", (Branch("b"), Branch("c")))))


def test_off_a_terminal_the_answer_is_the_plain_twin() -> None:
    stream = io.StringIO()
    out = Output(stream=stream)
    out.headline("forbidden", "a station", [("ruling", "forbidden"), ("case", "a station")])
    out.row("Because", "timing is real-time", "Art. 3(42)")
    out.tree("When", TREE)
    out.table(["law", "kind"], [["a", "statute"]])
    assert stream.getvalue().splitlines() == [
        "ruling: forbidden",
        "case: a station",
        "because: timing is real-time, Art. 3(42)",
        "when all of: a, Art. 1",
        "when all of any of: b",
        "when all of any of: c",
        "a: kind statute",
    ]


def test_the_terminal_form_indents_and_prints_a_label_once(screen: Screen) -> None:
    out = Output(no_color=True, stream=screen)
    out.tree("When", TREE)
    out.row("Unless", "d")
    assert screen.getvalue().splitlines() == [
        "When       all of",
        f"{'             a':60}Art. 1",
        f"{'             any of':60}Art. 2",
        "               b",
        "               c",
        "Unless     d",
    ]


def test_only_the_first_word_is_coloured(screen: Screen) -> None:
    Output(stream=screen).headline("forbidden", "a station")
    assert re.sub(r"\x1b\[[0-9;]*m", "|", screen.getvalue()) == "||FORBIDDEN|  a station\n"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_the_environment_ends_colour(screen: Screen, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    Output(stream=screen).headline("forbidden", "a station")
    assert screen.getvalue() == "FORBIDDEN  a station\n"


def test_nothing_steers_the_terminal() -> None:
    assert clean("a\x1b[31mb\x07\nc\u202e§ö") == "a?[31mb? c?§ö"


words = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=12)
sentences = st.lists(words, min_size=1, max_size=30).map(" ".join)


@given(label=words.map(lambda w: w[:10]), text=sentences, place=st.sampled_from(["", "Art. 5(1)(h)(iii)", "§ 1"]))
def test_rows_fit_eighty_columns_and_lose_no_word(label: str, text: str, place: str) -> None:
    stream = Screen()
    out = Output(no_color=True, stream=stream)
    out.plain = False
    out.row(label, text, place)
    lines = stream.getvalue().splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert " ".join(" ".join(lines).split()).lower() == f"{label} {text} {place}".strip().lower()


@given(st.lists(st.tuples(words, sentences, words), min_size=1, max_size=5))
def test_tables_fit_eighty_columns_and_lose_no_word(rows: list[tuple[str, str, str]]) -> None:
    stream = Screen()
    out = Output(no_color=True, stream=stream)
    out.plain = False
    out.table(["first", "second", "third"], rows)
    assert max(map(len, stream.getvalue().splitlines())) <= WIDTH
    said = sorted(stream.getvalue().split())
    assert said == sorted(["first", "second", "third", *(w for row in rows for cell in row for w in cell.split())])
