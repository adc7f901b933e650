"""What a person sees of a diagnostic."""

from __future__ import annotations

from dataclasses import replace

from lagrum.cli.diagnostics import render
from lagrum.model.diagnostics import Diagnostic, Related, Severity
from lagrum.model.places import Place

SOURCES = {"a.md": "first\n  timming is real-time\nlast\n"}
WRONG = Diagnostic(
    "LG0401",
    "there is no fact `timming`",
    Place("a.md", 2, 3, 2, 10),
    help="did you mean `timing`?",
    label="not declared",
)


def test_place_sentence_code_underline_label_and_help() -> None:
    assert render([WRONG], SOURCES).splitlines() == [
        "a.md:2:3: error: there is no fact `timming` [LG0401]",
        "    2 |   timming is real-time",
        "      |   ^^^^^^^ not declared",
        "  help: did you mean `timing`?",
    ]


def test_a_second_place_has_its_own_excerpt() -> None:
    both = replace(WRONG, related=(Related(Place("a.md", 3, 1, 3, 5), "declared here"),))
    assert render([both], SOURCES).splitlines()[3:6] == ["  a.md:3:1:", "    3 | last", "      | ^^^^ declared here"]


def test_errors_come_first_ten_in_full_then_one_line_each_and_a_count() -> None:
    doubt = replace(WRONG, severity=Severity.WARNING)
    text = render([doubt, *[WRONG] * 11], SOURCES)
    assert text.count("^^^^^^^") == 10
    assert text.splitlines()[-1] == "11 errors, 1 warning"
    assert text.splitlines()[-2].startswith("a.md:2:3: warning:")


def test_long_lines_keep_the_underlined_words_in_sight() -> None:
    line = "x" * 300 + " timming " + "y" * 300
    far = replace(WRONG, place=Place("a.md", 1, 302, 1, 309))
    shown = render([far], {"a.md": line}).splitlines()
    assert all(len(row) <= 80 for row in shown)
    start = shown[2].index("^^^^^^^")
    assert shown[1][start : start + 7] == "timming"


def test_wide_letters_and_control_characters_keep_the_underline_in_place() -> None:
    shown = render([replace(WRONG, place=Place("a.md", 1, 4, 1, 6))], {"a.md": "法\x1b bad"}).splitlines()
    assert shown[1] == "    1 | 法? bad"
    assert shown[2] == "      |     ^^ not declared"


def test_a_place_beyond_the_file_is_named_and_not_shown() -> None:
    beyond = replace(WRONG, place=Place("gone.md", 9, 1, 9, 2))
    assert render([beyond], SOURCES).splitlines()[1:] == ["  help: did you mean `timing`?"]
