"""What cells are taken to say: value tables, dates, several columns, indications, rows left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagrum.model.facts import Question
from lagrum.screening.coded import INDICATED, NOTHING_SAID, STATED, Evidence, Indicate, LeftOut
from lagrum.screening.coding import LONGEST_TEXT
from tests.screening.dirt import FACTS, Ran, faces, mapped, run

TIMING, POLICE = Question("timing"), Question("purpose", 0)


def read(folder: Path, mapping: str, data: str, indicate: Indicate | None = None, hinted: tuple[str, ...] = ()) -> Ran:
    (folder / "r.csv").write_text(data)
    return run(folder / "r.csv", mapped(f"lagrum: 1\nmapping: m\n{mapping}"), indicate, hinted)


def column(fact: str, spec: str) -> str:
    return f"columns: {{c: {{{fact}: {spec}}}}}"


def answers(ran: Ran, fact: str) -> list[list[int]]:
    return [sorted(said[fact].open[0][1]) if said[fact].open else [] for said in ran.rows.values()]


def test_tables_compare_without_case_blanks_and_kinds_of_dashes(tmp_path: Path) -> None:
    table = column("timing", "{values: {pre-live: later, 'Live now': real-time}}")
    ran = read(tmp_path, table, "c\nPRE\u2013LIVE\n  live   NOW \n\uff2cive now\n")
    assert answers(ran, "timing") == [[2], [0], [0]]
    assert ran.problems == ()


def test_a_whole_cell_comes_before_a_pattern_and_the_first_pattern_before_the_next(tmp_path: Path) -> None:
    table = column("timing", "{values: {'l*': later, 'li*e': short delay, live: real-time}, other: unknown}")
    assert answers(read(tmp_path, table, "c\nlive\nlike\nl.\nx\n"), "timing") == [[0], [2], [2], []]


def test_a_cell_the_table_does_not_know_says_nothing_and_is_told_on_every_row(tmp_path: Path) -> None:
    ran = read(tmp_path, column("timing", "{values: {live: real-time}}"), "c\nodd\nlive\nodd\n")
    assert answers(ran, "timing") == [[], [0], []]
    assert ran.said == [(1, "c", "LG0845"), (3, "c", "LG0845")]
    assert "`odd`" in ran.problems[0].message


def test_empty_cells_say_nothing_unless_the_mapping_says_otherwise(tmp_path: Path) -> None:
    data = "c,d\nlive,x\n,x\n  ,x\n"
    plain = read(tmp_path, column("timing", "{values: {live: real-time}, other: later}"), data)
    told = read(tmp_path, column("timing", "{values: {live: real-time}, empty: {not: real-time}}"), data)
    assert answers(plain, "timing") == [[0], [], []]
    assert answers(told, "timing") == [[0], [1, 2], [1, 2]]


def test_cells_can_hold_several(tmp_path: Path) -> None:
    table = column("purpose", "{values: {crime: police, shops: shopping, none: none}, split: ';'}")
    ran = read(tmp_path, table, "c\ncrime; SHOPS\nnone\nshops;fun\ncrime;none\n")
    assert [len(row["purpose"].open) for row in ran.rows.values()] == [2, 3, 1, 3]
    assert ran.said == [(3, "c", "LG0845"), (4, "", "LG0852")]


@pytest.mark.parametrize(
    ("forms", "cell", "expected"),
    [
        ("", "2025-02-01", [0]),
        ("", "2025-02-02T10:00:00Z", [1]),
        ("MM/DD/YYYY", "2/2/2025", [1]),
        ("DD.MM.YYYY", "01.02.2025 00:00:00", [0]),
        ("MM/YYYY", "02/2025", [0, 1]),
        ("YYYY", "2025", [0, 1]),
        ("Mon-YY", "Aug-26", [1, 2]),
        ("spreadsheet days", "45690", [1]),
        ("YYYY-MM-DD, spreadsheet days", "45689.75", [0]),
    ],
)
def test_dates(tmp_path: Path, forms: str, cell: str, expected: list[int]) -> None:
    spec = f"{{read: dates, dates: [{forms}]}}" if forms else "{read: dates}"
    ran = read(tmp_path, column("since", spec), f"c\n{cell}\n")
    assert answers(ran, "since") == [expected]
    assert ran.problems == ()


@pytest.mark.parametrize("cell", ["soon", "2025-13-01", "31/31/2025", "Abc-25", "0000-01-01", "99999999"])
def test_what_is_no_date_says_nothing_and_is_told(tmp_path: Path, cell: str) -> None:
    spec = "{read: dates, dates: [YYYY-MM-DD, DD/MM/YYYY, Mon-YY, spreadsheet days]}"
    ran = read(tmp_path, column("since", spec), f"c,d\n{cell},x\n")
    assert (answers(ran, "since"), ran.said) == ([[]], [(1, "c", "LG0846")])


def test_answers_in_the_vocabulary_s_own_words(tmp_path: Path) -> None:
    ran = read(tmp_path, column("timing", "{read: answers}"), "c\nreal-time\nnot later\nsoon\nunknown\n")
    assert answers(ran, "timing") == [[0], [0, 1], [], []]
    assert ran.said == [(3, "c", "LG0846")]


def test_columns_meet_and_contradictions_stay_and_are_told(tmp_path: Path) -> None:
    mapping = """columns:
  c: {timing: {values: {soon: [real-time, short delay], late: later}}}
  d: {timing: {values: {at once: real-time, slow: [short delay, later]}}}
"""
    ran = read(tmp_path, mapping, "c,d\nsoon,slow\nlate,at once\nlate,slow\n,slow\n")
    assert answers(ran, "timing") == [[1], [], [2], [1, 2]]
    assert ran.rows[2]["timing"].contradicts
    assert ran.said == [(2, "", "LG0852")]


def test_an_indicated_column_leaves_evidence_and_never_overturns_a_statement(tmp_path: Path) -> None:
    mapping = """columns:
  c: {purpose: {values: {crime: police}, basis: indicated}}
  d: {purpose: {values: {no crime: {not: police}, crime: police, '-': unknown}}}
"""
    ran = read(tmp_path, mapping, "c,d\ncrime,-\ncrime,no crime\ncrime,crime\n")
    assert [row["purpose"].basis for row in ran.rows.values()] == [INDICATED, STATED, STATED]
    assert dict(ran.rows[2]["purpose"].open) == {POLICE: frozenset({0})}
    assert [(e.row, e.column, e.words, e.used) for e in ran.evidence] == [
        (1, "c", "crime", True),
        (2, "c", "crime", False),
        (3, "c", "crime", False),
    ]


TEXTS = "columns: {c: {timing: {values: {live: real-time}}}}\ntexts: [{columns: [t, u], language: en}]"


def test_words_in_texts_are_indications_with_their_column_and_span(tmp_path: Path) -> None:
    data = "c,t,u\nlive,For the Police here,\nlive,,by police\nlive,nobody,\n"
    ran = read(tmp_path, TEXTS, data, indicate=faces, hinted=("purpose",))
    assert [row["purpose"].basis for row in ran.rows.values()] == [INDICATED, INDICATED, STATED]
    assert ran.rows[3]["purpose"] == NOTHING_SAID
    assert ran.evidence == (
        Evidence(1, "purpose", ("police",), "t", 8, 14, "Police", "police"),
        Evidence(2, "purpose", ("police",), "u", 3, 9, "police", "police"),
    )


def test_texts_can_be_narrowed_to_some_facts_and_have_a_language(tmp_path: Path) -> None:
    data = "c,t,u\nlive,police politie,\n"
    narrowed = TEXTS.replace("language: en", "language: nl, facts: [public]")
    assert read(tmp_path, narrowed, data, indicate=faces).evidence == ()
    dutch = read(tmp_path, TEXTS.replace("en}", "nl}"), data, indicate=faces, hinted=("purpose",))
    assert [(e.words, e.start) for e in dutch.evidence] == [("politie", 7)]


def test_very_long_texts_are_read_in_part_and_that_is_told(tmp_path: Path) -> None:
    long = "x" * LONGEST_TEXT + " police"
    ran = read(tmp_path, TEXTS, f"c,t,u\nlive,{long},police\n", indicate=faces, hinted=("purpose",))
    assert [e.column for e in ran.evidence] == ["u"]
    assert ran.said == [(1, "t", "LG0850")]


def test_rows_left_out_are_counted_with_their_reason(tmp_path: Path) -> None:
    mapping = """id: i
columns: {c: {timing: {values: {live: real-time}}}}
leave out:
  - {column: s, cells: [gone, "ret*"], why: no longer used}
  - {column: c, cells: [""], why: no mode}
"""
    ran = read(tmp_path, mapping, "i,c,s\na,live,in use\nb,live,Retired\nc,,in use\nd,live,GONE\ne,live,\n")
    assert ran.left_out == (
        LeftOut(2, "b", "no longer used"),
        LeftOut(3, "c", "no mode"),
        LeftOut(4, "d", "no longer used"),
    )
    assert list(ran.rows) == [1, 5]
    assert ran.ids == {1: "a", 5: "e"}


def test_columns_that_are_not_there_say_nothing(tmp_path: Path) -> None:
    mapping = "id: i\nlabels: {where: w}\n" + column("timing", "{values: {live: real-time}}")
    ran = read(tmp_path, mapping, "other\nlive\n")
    assert ran.rows == {1: {"timing": NOTHING_SAID}}
    assert (ran.ids, ran.labels) == ({1: None}, {1: None})


def test_books_are_shared_by_batches_and_patterns_repeat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lagrum.screening.raw.ROWS", 2)
    cells = ["live", "both", "rec", "live", "both", "rec"]
    table = column("timing", "{values: {live: real-time, rec: later, both: [later, real-time]}}")
    ran = read(tmp_path, table, "c\n" + "\n".join(cells) + "\n")
    codes = [code for batch in ran.batches for code in batch.frame["timing"].to_list()]
    assert codes == [1, 2, 3, 1, 2, 3]
    assert all(batch.books is ran.batches[0].books for batch in ran.batches)
    assert set(FACTS) > set(ran.batches[0].facts) == {"timing"}
