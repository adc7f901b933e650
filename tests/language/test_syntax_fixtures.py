"""Files that are wrong on purpose: each says what must be found, where, and what is underlined."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagrum.language import parse_document
from lagrum.language.codes import CODES
from tests.language.fixtures import BAD, GOOD, check_style, expected_codes, expected_of, found_in, text_of

OWN = ("LG01", "LG02")
GENERATED = {"LG0107", "LG0108"}  # triggered by texts that are too large to keep, in test_hostile_text


@pytest.mark.parametrize("path", sorted([*BAD.glob("*.md"), *GOOD.glob("*.md")]), ids=lambda path: path.stem)
def test_says_what_the_fixture_expects(path: Path) -> None:
    text = text_of(path)
    _, diagnostics = parse_document(path.name, text)
    check_style(diagnostics)
    assert expected_of(path) == found_in(diagnostics, {path.name: text})


def test_every_code_has_a_fixture() -> None:
    own = {code for code in CODES if code.startswith(OWN)}
    assert own - GENERATED == {code for code in expected_codes(BAD) if code.startswith(OWN)}


@pytest.mark.parametrize("code", [code for code in CODES.values() if code.code.startswith(OWN)], ids=lambda c: c.code)
def test_every_page_says_what_why_and_how(code: object) -> None:
    from lagrum.language.codes import Code

    assert isinstance(code, Code)
    assert all([code.title, code.what, code.why, code.example, code.instead])
    assert code.example != code.instead
