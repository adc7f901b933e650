"""What resolving refuses: the code, the place and the help of every diagnostic."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagrum.language.codes import CODES, Code
from lagrum.model.diagnostics import Severity
from tests.language.fixtures import check_style
from tests.language.house import HEAD, load, sound, underlined
from tests.language.test_amend import BAD as AMENDMENTS

FORBID = 'forbid Art. 1 "x"\n  when '

LAWS = [
    ("LG0401", FORBID + "timming is later", "timming", "did you mean `timing`?"),
    ("LG0401", FORBID + "real-time", "real-time", "it is an answer to `timing`"),
    ("LG0401", 'without prejudice to "GDPR" [Art. 2]\n  when foo', "foo", "declare it"),
    ("LG0402", FORBID + "timing is live", "live", "`real-time`, `later`, `never`"),
    ("LG0402", FORBID + "timing in later, live", "live", "`real-time`, `later`, `never`"),
    ("LG0402", FORBID + "purpose has science", "science", "`has only`"),
    ("LG0402", 'reading r "x"\n  a "y"\n  b "z"\n  default b\n\n' + FORBID + "r is c", "c", "`a`, `b`"),
    ("LG0403", FORBID + "timing has later", "timing", "write `is`"),
    ("LG0403", FORBID + "purpose is art", "purpose", "write `has`"),
    ("LG0403", FORBID + "timing", "timing", "write `is`"),
    ("LG0403", FORBID + "sentence length is later", "sentence length", "`at least`"),
    ("LG0403", FORBID + "timing at least 3 years", "timing", "write `is`"),
    ("LG0403", FORBID + "timing before 2026-08-02", "timing", "write `is`"),
    ("LG0404", FORBID + "sentence length at least 10 years", "sentence length", "`more than 10`"),
    ("LG0404", FORBID + "placed before 2026-08-03", "2026-08-03", "`from 2026-08-02`"),
    ("LG0405", FORBID + "sentence length at least 4 months", "sentence length", "`years`"),
    ("LG0405", FORBID + "sentence length at least 4", "sentence length", "`years`"),
    (
        "LG0407",
        "define a [Art. 1]\n  when necessary\n\ndefine a [Art. 2]\n  when necessary",
        "define a [Art. 2]",
        "name",
    ),
    ("LG0407", "date a = 2026-01-01\n\ndate a = 2026-01-02", "a = 2026-01-02", "name"),
    ("LG0407", "values later of timing = real-time", "later", "another name"),
    ("LG0408", FORBID + "Art. 2 applies", "Art. 2", "`Art. 1`"),
    ("LG0408", FORBID + 'Art. 1(1) "z" applies\n\nforbid Art. 1(1) "y"', 'Art. 1(1) "z"', "`y`"),
    (
        "LG0408",
        'except Art. 1(1) "x" to Art. 1(3)\n\nforbid Art. 1(2) "y"',
        "Art. 1(3)",
        "`Art. 1(2)`",
    ),
    ("LG0408", 'except Art. 1(1) "x" to Art. 1\n  when necessary\n\nforbid Art. 1(2) "y"', "Art. 1", "`Art. 1(2)`"),
    ("LG0409", FORBID + 'Art. 2 is met\n\nforbid Art. 2 "y"', "Art. 2", "a prohibition"),
    ("LG0409", FORBID + 'Art. 2 applies\n\nscope Art. 2 "y"', "Art. 2", "a scope rule"),
    ("LG0410", FORBID + "test-lav Art. 2 applies", "test-lav", "`test-law`"),
    ("LG0413", 'exclude Art. 1(1) "x" from hihg-risk\n  when necessary', "hihg-risk", "`high-risk`"),
    ("LG0413", 'classify Art. 6 "y" as hihg-risk\n  when necessary', "hihg-risk", "`high-risk`"),
    ("LG0414", 'exclude Art. 1 "x" from Art. 9 to Art. 8\n\nforbid Art. 8 "y"\n\nforbid Art. 9 "y"', "Art. 9", "order"),
    ("LG0415", 'forbid Art. 1 "x"\n  from soon', "soon", "`date NAME"),
    ("LG0415", "date a = soon", "soon", "day"),
    ("LG0501", 'forbid Art. 1 "x"\n\nforbid Art. 1 "x"', 'forbid Art. 1 "x"', "label"),
    ("LG0501", 'forbid Art. 1 "x"\n  until 2025-01-02\n\nforbid Art. 1 "x"\n  from 2025-01-01', "forbid", "until"),
    ("LG0502", 'forbid Art. 1 "x"\n  from 2026-01-01\n  until 2025-01-01', "2025-01-01", "no longer"),
    ("LG0502", 'forbid Art. 1 "x"\n  until 2024-08-01', "2024-08-01", "no longer"),
    ("LG0503", "date a = b\n\ndate b = a", "date a", "day"),
    ("LG0503", "define a [Art. 3(1)]\n  when b\n\ndefine b [Art. 3(2)]\n  when a", "define a", "circle"),
    ("LG0503", "define a [Art. 3(1)]\n  when not a", "define a", "circle"),
    ("LG0503", 'except Art. 1(1) "x" to Art. 1(2)\n\nexcept Art. 1(2) "y" to Art. 1(1)', "except Art. 1(1)", "circle"),
    ("LG0503", 'except Art. 1 "x" to Art. 1', "Art. 1", "another norm"),
    ("LG0503", FORBID + 'Art. 2 applies\n\nforbid Art. 2 "y"\n  unless Art. 1 applies', "forbid Art. 1", "circle"),
    ("LG0503", 'require Art. 1 "x"\n  met when Art. 1 is met', "require Art. 1", "circle"),
    ("LG0504", 'require Art. 1 "x"\n  before use', "require", "`met when`"),
    ("LG0511", 'reading r "x"\n  a "y"\n  default a', "r ", "every way"),
    ("LG0511", 'reading r "x"\n  a "y"\n  b "z"\n  default c', "c", "`a`, `b`"),
    ("LG0310", 'fact zz "x"\n  yes/no', "fact", "vocabulary"),
    ("LG0517", 'presume Art. 1 "x"\n  then date from 2026-01-01', "date", "fact"),
    ("LG0403", 'presume Art. 1 "x"\n  then timing', "timing", "`is`"),
    ("LG0408", 'penalty Art. 9 "x" for Art. 1\n  up to 3 EUR', "Art. 1", "`Art. 9`"),
    ("LG0409", 'penalty Art. 9 "x" for Art. 1\n  up to 3 EUR\n\npermit Art. 1', "Art. 1", "a permission"),
    ("LG0518", 'case "z"\n  facts\n    date from 2026-01-01\n  expect forbidden', "date", "`has none of`"),
    ("LG0518", 'case "z"\n  facts\n    purpose has only art, research\n  expect forbidden', "purpose", "`has`"),
    ("LG0518", 'case "z"\n  facts\n    necessary\n    not necessary\n  expect forbidden', "not necessary", "one"),
    ("LG0518", 'case "z"\n  expect forbiden', "forbiden", "`forbidden`"),
    ("LG0401", 'case "z"\n  facts\n    timming is later\n  expect forbidden', "timming", "`timing`"),
    ("LG0410", "attaches to eu-ai-act Art. 5(5)", "eu-ai-act", "load"),
    ("LG0516", 'require Art. 1 "x"\n\nattaches to Art. 1', "Art. 1", "id of the other"),
    ("LG0410", "amend test-lav [Art. 1]\n  from 2026-07-27\n  repeal Art. 1", "test-lav", "`test-law`"),
    ("LG0515", "amend test-law [Art. 1]\n  from 2026-07-27\n  repeal Art. 1", "test-law", "`until`"),
]

FACTS = [
    ("LG0301", 'fact only "x"\n  one of\n    a', "only", "two answers"),
    ("LG0301", 'fact only "x"\n  number years', "only", "cut"),
    ("LG0302", 'fact many "x"\n  one of\n' + "".join(f"    a{i}\n" for i in range(10_000)), "many", "rule"),
    ("LG0303", 'fact d "x"\n  one of\n    a\n    b\n    a', "a", "out"),
    ("LG0303", 'fact d "x"\n  one of\n    unknown\n    b', "unknown", "nothing is known"),
    ("LG0303", 'fact d "x"\n  some of\n    none\n    b', "none", "no answer"),
    ("LG0304", 'fact d "x"\n  one of\n    first\n    second\n  usual frist', "usual", "`first`"),
    ("LG0304", 'fact d "x"\n  one of\n    a\n    b\n  usual a, b', "usual", "most ordinary"),
    ("LG0304", 'fact d "x"\n  number years\n    cuts at least 3\n  usual at least 4', "usual", "`at least 3`"),
    ("LG0305", 'fact d "x"\n  one of\n    a\n    b\n  practice', "practice", "several things"),
    (
        "LG0305",
        'fact d "x"\n  some of\n    a\n    b\n  practice\n\nfact e "x"\n  some of\n    a\n    b\n  practice',
        "e ",
        "`d`",
    ),
    ("LG0306", 'fact d "x"\n  number years\n    cuts more than 10, at least 3', "at least 3", "lowest"),
    ("LG0306", 'fact d "x"\n  number years\n    cuts at least 3, at least 3', "at least 3", "out"),
    ("LG0306", 'fact d "x"\n  number years\n    cuts at least 0', "at least 0", "negative"),
    ("LG0306", 'fact d "x"\n  number years\n    cuts at least 9999999999999999', "at least 9", "no law"),
    ("LG0306", 'fact d "x"\n  date\n    cuts from some day', "from some day", "2026-08-02"),
    ("LG0308", 'fact d "x"\n  yes/no\n  vouched by police', "vouched", "`operator`"),
    ("LG0309", 'fact timing "x"\n  yes/no', "timing", "once"),
    ("LG0407", 'fact date "x"\n  yes/no', "date", "another name"),
    ("LG0401", 'impossible "x"\n  when foo', "foo", "declare it"),
    ("LG0401", "values x of nothing = later", "nothing", "declare it"),
    ("LG0402", "values x of timing = later, foo", "foo", "`real-time`"),
    ("LG0403", "values x of placed = later", "placed", "condition"),
    ("LG0403", 'impossible "x"\n  when Art. 5 applies', "Art. 5", "law"),
    ("LG0403", 'impossible "x"\n  when date before 2020-01-01', "date", "day"),
    ("LG0310", 'forbid Art. 1 "x"', "forbid", "instrument"),
]

HEADS = [
    ("LG0411", "uses base", "uses bas", "uses", "`base`"),
    ("LG0502", "in force 2024-08-01", "in force 2024-08-01\n  until 2024-08-01", "until", "no longer"),
    ("LG0509", "kind regulation", "kind law", "kind", "`statute`"),
    ("LG0509", "instrument ID", "instrument two words", "two words", "letters"),
    ("LG0509", "uses base", "uses base, base", "uses", "one"),
    ("LG0510", "in force 2024-08-01", "in force soon", "in force", "2026-08-02"),
]


@pytest.mark.parametrize(("code", "body", "at", "mend"), LAWS)
def test_a_law_with_an_error(tmp_path: Path, code: str, body: str, at: str, mend: str) -> None:
    loaded = load(tmp_path, body)
    (found,) = loaded.diagnostics
    assert found.code == code
    assert underlined(loaded, found).startswith(at)
    assert mend in found.help
    check_style(loaded.diagnostics)
    assert loaded.left_out == ("test-law",)
    assert "base" in loaded.pack.vocabularies


@pytest.mark.parametrize(("code", "sentences", "at", "mend"), FACTS)
def test_a_vocabulary_with_an_error(tmp_path: Path, code: str, sentences: str, at: str, mend: str) -> None:
    loaded = load(tmp_path, 'forbid Art. 1 "x"\n  when necessary', sentences)
    (found,) = loaded.diagnostics
    assert found.code == code
    assert underlined(loaded, found).startswith(at)
    assert mend in found.help
    check_style(loaded.diagnostics)
    assert "test-law" in loaded.pack.instruments  # which uses nothing of what is wrong
    assert "timing" in loaded.pack.facts


@pytest.mark.parametrize(("code", "old", "new", "at", "mend"), HEADS)
def test_a_head_with_an_error(tmp_path: Path, code: str, old: str, new: str, at: str, mend: str) -> None:
    loaded = load(tmp_path, 'forbid Art. 1 "x"\n  when necessary', head=HEAD.replace(old, new))
    (found,) = loaded.diagnostics
    check_style(loaded.diagnostics)
    assert found.code == code
    assert underlined(loaded, found).startswith(at)
    assert mend in found.help
    assert not loaded.pack.instruments


def test_a_fact_with_an_error_is_told_where_it_is_used(tmp_path: Path) -> None:
    loaded = load(tmp_path, FORBID + "d is a", 'fact d "x"\n  one of\n    a\n    b\n    a')
    assert [found.code for found in loaded.diagnostics] == ["LG0303", "LG0412"]
    check_style(loaded.diagnostics)
    assert loaded.diagnostics[1].related[0].place.file == "vocabulary/base.md"


def test_a_definition_may_hide_a_fact_with_a_warning(tmp_path: Path) -> None:
    loaded = load(tmp_path, "define necessary [Art. 3]\n  when timing is later")
    (found,) = loaded.diagnostics
    assert (found.code, found.severity) == ("LG0416", Severity.WARNING)
    assert "test-law" in loaded.pack.instruments


def test_a_very_long_chain_is_refused_and_a_long_one_is_not(tmp_path: Path) -> None:
    def chain(length: int) -> str:
        links = [f"define d{i} [Art. {i}]\n  when d{i + 1}" for i in range(1, length)]
        return "\n\n".join([*links, f"define d{length} [Art. {length}]\n  when necessary"])

    assert [found.code for found in load(tmp_path / "a", chain(600)).diagnostics] == ["LG0507"]
    assert not load(tmp_path / "b", chain(150)).diagnostics


def test_a_flood_of_errors_is_counted_not_listed(tmp_path: Path) -> None:
    body = "\n\n".join(f'forbid Art. {i} "x"\n  when timming{i} is later' for i in range(1, 1000))
    found = load(tmp_path, body).diagnostics
    assert len(found) == 101
    assert next(d for d in found if d.code == "LG0701").message == "899 more problems are not shown"


EVERYTHING = """
date start = 2026-08-02

reading width "Which?"
  wide "all"
  narrow "some"
  default narrow

values either of timing = later, never

define special [Art. 3(1)]
  when all of
    necessary
    width is wide

scope Art. 2 "reach"
  unless Art. 5 applies

exclude Art. 2(3) "out" from Art. 5 to Art. 6
  when timing in either

forbid Art. 5(1) "rule"
  from start
  until 2030-01-01
  when any of
    special
    purpose has only research, art
    sentence length at least 4 years

except Art. 5(2) "way out" to Art. 5(1)
  when placed before 2026-08-02

require Art. 6 "duty"
  when Art. 5 applies
  met when not necessary
  before use

classify Art. 7 "class" as high-risk
  when Art. 6 is met
""".strip("\n").split("\n")


@given(st.data())
def test_a_law_whose_lines_are_disturbed_gives_diagnostics_and_no_more(data: st.DataObject) -> None:
    lines = list(EVERYTHING)
    words = sorted({word for line in EVERYTHING for word in line.split()})
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "repeat", "move", "word"])):
            case "drop" if len(lines) > 1:
                del lines[at]
            case "repeat":
                lines.insert(data.draw(st.integers(0, len(lines))), lines[at])
            case "move":
                lines.insert(data.draw(st.integers(0, len(lines) - 1)), lines.pop(at))
            case _ if lines[at].split():
                old = data.draw(st.sampled_from(lines[at].split()))
                lines[at] = lines[at].replace(old, data.draw(st.sampled_from(words)), 1)
    with tempfile.TemporaryDirectory() as folder:
        loaded = load(Path(folder), "\n".join(lines))
    failed = any(found.severity is Severity.ERROR for found in loaded.diagnostics)
    assert ("test-law" in loaded.pack.instruments) != failed
    check_style(loaded.diagnostics)
    assert all(found.place is not None for found in loaded.diagnostics)
    for instrument in loaded.pack.instruments.values():
        keys = [norm.key for norm in instrument.norms]
        assert len(set(keys)) == len(keys)
        assert all(target in keys for norm in instrument.norms for target in norm.targets)


def test_the_whole_of_it_is_sound(tmp_path: Path) -> None:
    assert len(sound(tmp_path, "\n".join(EVERYTHING)).norms) == 7


PAGES = [code for code in CODES.values() if code.code[:4] in ("LG03", "LG04", "LG05", "LG06")]


@pytest.mark.parametrize("code", PAGES, ids=lambda code: code.code)
def test_every_page_says_what_why_and_how(code: Code) -> None:
    assert all([code.title, code.what, code.why, code.example, code.instead])
    assert code.example != code.instead


def test_every_code_of_the_meaning_side_is_shown_to_happen() -> None:
    shown = {each[0] for each in (*LAWS, *FACTS, *HEADS)} | {"LG0412", "LG0416", "LG0507"}
    shown |= {each[0] for each in AMENDMENTS} | {"LG0311", "LG0312"}  # these two in `tests/cli/test_ask.py`
    declared = {code for code in CODES if code[:4] in ("LG03", "LG04", "LG05")}
    assert declared == shown
