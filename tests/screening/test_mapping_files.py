"""The mapping language: every mistake is told with its place, the layout is one, the words say what it does."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagrum.language.codes import CODES
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.facts import Fact
from lagrum.screening.builtin import FOLDER, built_in, mapping_for, missing_columns, names, recognise
from lagrum.screening.explain import explain
from lagrum.screening.layout import format_mapping
from lagrum.screening.mapping import Mapping
from lagrum.screening.mappingfile import is_mapping, read_mapping
from lagrum.screening.propose import propose
from lagrum.screening.register import open_register
from tests.screening.dirt import FACTS, MAPPING, mapped

SOURCE = Path(__file__).parents[2] / "src" / "lagrum"
HEAD = "lagrum: 1\nmapping: m\n"


@pytest.fixture(scope="module")
def facts() -> dict[str, Fact]:
    from lagrum.library import open_library

    return dict(open_library().pack.facts)


def meaning_of(found: object) -> object:
    """A mapping without the places of its lines."""
    if is_dataclass(found) and not isinstance(found, type):
        kept = [f.name for f in fields(found) if f.name not in ("place", "file")]
        return type(found).__name__, [(name, meaning_of(getattr(found, name))) for name in kept]
    if isinstance(found, tuple | list):
        return [meaning_of(each) for each in found]
    return found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", ["LG0803 1:1"]),
        ("lagrum: 1\n", ["LG0801 1:1"]),
        ("lagrum: 2\nmapping: m\ncolumns: {}", ["LG0801 1:9"]),
        (HEAD + "colums: {}", ["LG0802 3:1", "LG0801 1:1"]),
        (HEAD + "columns: [a]", ["LG0803 3:10"]),
        (HEAD + "columns: {c: timing}", ["LG0803 3:14"]),
        (HEAD + "columns: {c: {timming: {read: answers}}}", ["LG0609 3:15"]),
        (HEAD + "columns: {c: {timing: {}}}", ["LG0806 3:15"]),
        (HEAD + "columns: {c: {timing: {read: answers, values: {}}}}", ["LG0806 3:15"]),
        (HEAD + "columns: {c: {timing: {read: dates}}}", ["LG0806 3:30"]),
        (HEAD + "columns: {c: {since: {read: dates, dates: [DD/MM]}}}", ["LG0806 3:44"]),
        (HEAD + "columns: {c: {timing: {values: {a: later}, dates: [YYYY]}}}", ["LG0806 3:51"]),
        (HEAD + "columns: {c: {timing: {values: {a: latter}}}}", ["LG0610 3:36"]),
        (HEAD + "columns: {c: {timing: {values: {Live: later, ' live': later}}}}", ["LG0804 3:46"]),
        (HEAD + "columns: {c: {timing: {values: {'': later}}}}", ["LG0806 3:33"]),
        (HEAD + "columns: {c: {timing: {values: {a: later}, basis: judged}}}", ["LG0806 3:51"]),
        (HEAD + "columns: {c: {timing: {value: {a: later}}}}", ["LG0802 3:24", "LG0806 3:15"]),
        (HEAD + "columns: {}\ngiven: {purpose: [police]}", ["LG0611 4:18"]),
        (HEAD + "columns: {}\nencoding: utf-9", ["LG0806 4:11"]),
        (HEAD + "columns: {}\nlabels: [a]", ["LG0803 4:9"]),
        (HEAD + "columns: {}\nleave out: {column: c, cells: [x]}", ["LG0801 4:12"]),
        (HEAD + "texts: {columns: [t], language: de}", ["LG0805 3:33"]),
        (HEAD + "texts: {language: en}", ["LG0801 3:8"]),
        (HEAD + "texts: {columns: [t], facts: [nothing]}", ["LG0609 3:31"]),
        (HEAD + "columns: &a {}", ["LG0603 3:10"]),
        (HEAD + "columns: {c: {a: 1}\n", ["LG0601 4:1"]),
    ],
)
def test_mistakes_have_their_code_and_place(text: str, said: list[str]) -> None:
    found, diagnostics = read_mapping(text, "m.yaml", FACTS)
    assert found is None
    assert [f"{d.code} {d.place.line}:{d.place.column}" for d in diagnostics if d.place] == said
    assert all(d.help for d in diagnostics)


def test_every_code_of_registers_is_said_somewhere_and_has_a_page() -> None:
    parts = [SOURCE / "screening", SOURCE / "cli"]
    files = [SOURCE / "screened.py", *(path for part in parts for path in part.rglob("*.py"))]
    used = {code for path in files for code in re.findall(r"LG08[0-9]{2}", path.read_text())}
    assert used == {code for code in CODES if code.startswith("LG08")}


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    found, diagnostics = read_mapping(text, "m.yaml", FACTS)
    assert (found is None) == any(d.severity.value == "error" for d in diagnostics)
    format_mapping(text)


@pytest.mark.parametrize("name", names())
def test_built_in_mappings_are_sound_laid_out_and_told(name: str, facts: dict[str, Fact]) -> None:
    text = (FOLDER / f"{name}.yaml").read_text()
    assert format_mapping(text) == (text, ())
    found = built_in(name, facts)
    assert found.known_by and found.source and found.review and found.id
    told = "\n".join(explain(found))
    for sense in found.senses:
        assert f"`{sense.column}` {'suggests' if sense.basis == 'indicated' else 'says'} of `{sense.fact}`:" in told


def test_foreign_registers_say_nothing_of_territory(facts: dict[str, Fact]) -> None:
    for name in names():
        found = built_in(name, facts)
        spoken = {*found.facts, *(given.fact for given in found.given)}
        assert ("territory" in spoken) == (name == "nl-algoritmeregister")


UGLY = """# about it
mapping:   "m"   # beside the name
lagrum: 1
columns:
  # above the column
  "c":
    timing:
      other:   unknown
      # above values
      values: {"live": 'real-time', both: [later, real-time]}
      note: "a # in quotes"
id: 'i'
# at the end
"""


def test_the_layout_keeps_comments_and_meaning() -> None:
    laid, diagnostics = format_mapping(UGLY)
    assert diagnostics == ()
    assert laid.splitlines() == [
        "lagrum: 1",
        "# about it",
        "# beside the name",
        "mapping: m",
        "id: i",
        "columns:",
        "  # above the column",
        "  c:",
        "    timing:",
        "      # above values",
        "      values:",
        "        live: real-time",
        "        both: [later, real-time]",
        "      other: unknown",
        '      note: "a # in quotes"',
        "# at the end",
    ]
    assert format_mapping(laid)[0] == laid
    assert meaning_of(mapped(UGLY)) == meaning_of(mapped(laid))


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=12)


@given(st.dictionaries(words, st.sampled_from(["real-time", "[later, real-time]", "unknown", "{not: later}"])), words)
def test_what_is_laid_out_reads_back_the_same(cells: dict[str, str], note: str) -> None:
    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    values = ", ".join(f"{quoted(cell)}: {said}" for cell, said in cells.items())
    text = f"{HEAD}note: {quoted(note * 20)}\ncolumns: {{c: {{timing: {{values: {{{values}}}}}}}}}"
    found, _ = read_mapping(text, "m.yaml", FACTS)
    laid, _ = format_mapping(text)
    again, _ = read_mapping(laid, "m.yaml", FACTS)
    assert meaning_of(found) == meaning_of(again)
    assert format_mapping(laid)[0] == laid


def test_a_mapping_is_told_in_words() -> None:
    text = MAPPING + "leave out: [{column: s, cells: [off, out], why: not used}]\ngiven: {public: yes}\n"
    text += "texts: [{columns: [t, u], language: nl, facts: [purpose]}]\n"
    assert explain(mapped(text)) == (
        "cameras",
        "A row is named by `id`.",
        "Results are counted by `name`.",
        "Rows are left out where `s` is `off` or `out`: not used.",
        "Assumed for every row: public is yes.",
        "`mode` says of `timing`:",
        "  `live`: is real-time",
        "  `rec*`: is later",
        "  `both`: is one of real-time, later",
        "  anything else: says nothing, and is told as a problem of the row",
        "The words of `t` and `u` are read in Dutch, for `purpose` only; what they suggest counts as indicated.",
        "What no column says stays unknown.",
    )


def test_mappings_are_found_by_columns_by_name_and_by_file(tmp_path: Path, facts: dict[str, Fact]) -> None:
    known = [f" {column.upper()} " for column in built_in("uk-atrs", facts).known_by]
    fits = recognise([*known, "more"], facts)
    assert fits is not None and fits.name == built_in("uk-atrs", facts).name
    assert mapping_for(["x"], facts, "uk-atrs") == built_in("uk-atrs", facts)
    (tmp_path / "m.yaml").write_text(MAPPING)
    assert mapping_for(["x"], FACTS, str(tmp_path / "m.yaml")).name == "cameras"
    for asked, codes in (("", ["LG0823"]), (str(tmp_path / "no.yaml"), ["LG0702"])):
        with pytest.raises(InvalidInput) as error:
            mapping_for(["x"], facts, asked)
        assert [d.code for d in error.value.diagnostics] == codes


def test_columns_that_a_register_lacks_are_told_with_the_place_of_their_line() -> None:
    (found,) = missing_columns(mapped(), ["id", "name", "modus"])
    assert (found.code, found.severity.value, found.place and found.place.line) == ("LG0807", "warning", 8)


def test_a_case_is_no_mapping() -> None:
    assert is_mapping(MAPPING)
    assert not is_mapping("lagrum: 1\ncase: mapping: of a street\nfacts: {}\n")


REGISTER = """Id,Mode,Public place,Since,Purpose of use,Description
{rows}"""


def proposal(folder: Path, rows: str) -> str:
    (folder / "ours.csv").write_text(REGISTER.replace("{rows}", rows))
    return propose(open_register(folder / "ours.csv"), FACTS)


def test_a_proposal_reads_as_a_mapping_that_says_nothing_yet(tmp_path: Path) -> None:
    words = "a long description of what the cameras do in the streets of the town, day and night"
    rows = [f"{i},Real-time,yes,2025-01-{i:02},police,{words} {i}" for i in range(1, 21)]
    rows += [f"{i},post,no,2025-02-01,shopping; other,{words} {i}" for i in range(21, 29)]
    text = proposal(tmp_path, "\n".join(rows) + "\n")
    assert "yes: unknown  # suggestion: yes" in text
    assert "police: unknown  # suggestion: police" in text
    found = mapped(text)
    assert isinstance(found, Mapping)
    assert found.id == "Id"
    assert {(s.column, s.fact) for s in found.senses} >= {
        ("Public place", "public"),
        ("Since", "since"),
        ("Purpose of use", "purpose"),
    }
    assert all(not entry.meaning.open for sense in found.senses for entry in sense.values)
    assert [each.columns for each in found.texts] == [("Description",)]


@pytest.mark.parametrize("cell", ['"a: b # c"', "{x}", "- y", '"say ""no"""', "#N", "\u2028x", "'q'"])
def test_a_proposal_stands_any_cell(tmp_path: Path, cell: str) -> None:
    rows = "".join(f"{i},real-time,yes,2025-01-01,{cell},x\n" for i in range(1, 5))
    mapped(proposal(tmp_path, rows))
