"""Amending acts: the text in force on a day, as it was known on a day."""

from __future__ import annotations

import tempfile
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagrum.language.consolidate import consolidate
from lagrum.language.pack import Loaded, load_pack
from lagrum.language.parser import parse_document
from lagrum.language.placed import Amendment, placed
from lagrum.language.problems import Problems
from lagrum.language.syntax import AmendS
from lagrum.model.conditions import AllOf, AnyOf, Choice, Condition, singles
from lagrum.model.diagnostics import Severity
from lagrum.model.instruments import Instrument
from lagrum.model.law import Law
from lagrum.model.norms import Norm
from lagrum.model.rulings import Ruling
from lagrum.semantics import Reference, question_order
from tests.language.fixtures import check_style
from tests.language.house import HEAD, law, underlined, write
from tests.strategies.laws import assignments

ACT = HEAD.replace("in force 2024-08-01", "published 2026-07-24\n  in force 2026-07-27")
BASE = """
date application = 2026-08-02

date later = application

define special [Art. 3]
  when necessary

forbid Art. 5 "rule"
  from 2025-02-02
  when all of
    special
    timing is real-time

forbid Art. 6 "coming rule"
  from application
  when necessary

require Art. 4 "literacy"
  who provider
  when necessary

forbid Art. 7 "transition"
  from 2025-02-02
  when all of
    date before later
    necessary

note Art. 5 "how we read it"

without prejudice to "GDPR" [Art. 2]
""".strip()


def amended(folder: Path, *acts: str, base: str = BASE) -> Loaded:
    """The base and acts `act-0`, `act-1` …, each given by what stands in it."""
    files = {"x/law.md": law(base)}
    for i, body in enumerate(acts):
        files[f"acts/act-{i}.md"] = law(body, f"act-{i}", head=ACT)
    return load_pack([write(folder, files)], cache=False)


def change(changes: str, start: str = "2026-07-27", citation: str = "Art. 1") -> str:
    return f"amend test-law [{citation}]\n  from {start}\n" + "\n".join(f"  {line}" for line in changes.splitlines())


def text(folder: Path, *acts: str, base: str = BASE) -> Instrument:
    loaded = amended(folder, *acts, base=base)
    assert [d.message for d in loaded.diagnostics] == []
    return loaded.pack.instruments["test-law"]


def at(instrument: Instrument, citation: str) -> list[Norm]:
    return [norm for norm in instrument.norms if str(norm.citation) == citation]


def interval(norm: Norm) -> tuple[str, str]:
    return " ".join(str(s.day) for s in norm.starts), str(norm.until or "")


def words(condition: Condition | None) -> list[str]:
    return [single.line.text for single in singles(condition)]


def test_a_repealed_rule_ends_and_what_refers_to_it_stays_sound(tmp_path: Path) -> None:
    base = BASE + '\n\nexcept Art. 8 "way out" to Art. 5\n  when Art. 6 applies'
    found = text(tmp_path, change("repeal Art. 5\nrepeal Art. 6"), base=base)
    (rule,) = at(found, "Art. 5")
    assert interval(rule) == ("2025-02-02", "2026-07-27")
    assert (rule.by, rule.ended_by) == ((), "act-0 Art. 1")
    assert at(found, "Art. 8")[0].targets == (rule.key,)
    (coming,) = at(found, "Art. 6")  # it never took effect
    assert coming.until == date(2026, 7, 27) and coming.starts[0].day == date(2026, 8, 2)
    (note,) = found.notes
    assert (note.since, note.until) == (None, date(2026, 7, 27))


def test_a_replaced_rule_has_two_wordings_one_after_the_other(tmp_path: Path) -> None:
    found = text(tmp_path, change('replace Art. 5\n  forbid Art. 5 "rule"\n    when timing is later'))
    old, new = at(found, "Art. 5")
    assert (interval(old), interval(new)) == (("2025-02-02", "2026-07-27"), ("2026-07-27", ""))
    assert (words(old.when), words(new.when)) == (["special", "timing is real-time"], ["timing is later"])
    assert new.by == ("act-0 Art. 1",) and new.headings == old.headings
    assert [norm.label for norm in found.norms][1:3] == ["rule", "rule"]


def test_a_rule_that_had_not_begun_is_replaced_in_its_place(tmp_path: Path) -> None:
    body = 'replace Art. 6\n  forbid Art. 6 "coming rule"\n    from application\n    when timing is later'
    (new,) = at(text(tmp_path, change(body)), "Art. 6")
    assert new.key == "test-law Art. 6"
    assert interval(new) == ("2026-08-02", "")


def test_new_rules_stand_in_order_and_begin_no_earlier_than_the_amendment(tmp_path: Path) -> None:
    body = """insert
  forbid Art. 5a "new"
    from 2020-01-01
  forbid Art. 10 "newest"
    from 2028-01-01
  define other [Art. 3(2)]
    when width is wide
  date new day = 2027-01-01
  reading width "Which?"
    wide "all"
    narrow "some"
    default narrow
  values late of timing = later, never
  note Art. 5a "new too"
  classify Art. 6a "class" as grave
    from new day
    when timing in late"""
    loaded = amended(tmp_path, change(body))
    assert [d.code for d in loaded.diagnostics] == ["LG0706", "LG0413"]  # the act does not declare the tier
    act = ACT.replace("tiers prohibited, high-risk", "tiers grave")
    files = {"x/law.md": law(BASE), "acts/act.md": law(change(body), "act-0", head=act)}
    loaded = load_pack([write(tmp_path / "b", files)], cache=False)
    assert loaded.diagnostics == ()
    found = loaded.pack.instruments["test-law"]
    assert [str(n.citation) for n in found.norms] == [
        "Art. 3", "Art. 3(2)", "Art. 5", "Art. 5a", "Art. 6", "Art. 6a", "Art. 4", "Art. 7", "Art. 10"
    ]  # fmt: skip
    assert interval(at(found, "Art. 5a")[0]) == ("2026-07-27", "")
    assert interval(at(found, "Art. 6a")[0]) == ("2027-01-01", "")
    assert interval(at(found, "Art. 10")[0]) == ("2028-01-01", "")
    assert found.tiers == ("prohibited", "high-risk", "grave")
    assert {str(note.citation): note.since for note in found.notes} == {"Art. 5": None, "Art. 5a": date(2026, 7, 27)}
    assert found.amended_by == ("act-0",)


def test_a_moved_day_moves_what_hangs_on_it_and_conditions_keep_the_old_one_until_then(tmp_path: Path) -> None:
    found = text(tmp_path, change("date application = 2027-12-02"))
    (coming,) = at(found, "Art. 6")
    assert interval(coming) == ("2027-12-02", "") and coming.by == ("act-0 Art. 1",)
    old, new = at(found, "Art. 7")
    assert (interval(old), interval(new)) == (("2025-02-02", "2026-07-27"), ("2026-07-27", ""))
    assert isinstance(old.when, AllOf) and isinstance(new.when, AllOf)
    days = [c.day for rule in (old, new) for c in singles(rule.when) if hasattr(c, "day")]
    assert days == [date(2026, 8, 2).toordinal(), date(2027, 12, 2).toordinal()]
    assert dict(found.dates)["later"] == date(2027, 12, 2)


def test_single_conditions_are_put_in_taken_out_and_replaced(tmp_path: Path) -> None:
    body = """insert in Art. 5
  purpose has art
repeal in Art. 5
  special
replace in Art. 5
  timing is real-time
by
  any of
    timing is later
    timing is never
insert in Art. 6
  timing is later"""
    found = text(tmp_path, change(body))
    old, new = at(found, "Art. 5")
    assert words(old.when) == ["special", "timing is real-time"]
    assert isinstance(new.when, AllOf) and isinstance(new.when.items[0], AnyOf | Choice)
    assert sorted(words(new.when)) == ["purpose has art", "timing is later", "timing is never"]
    assert new.by == ("act-0 Art. 1",)
    (coming,) = at(found, "Art. 6")
    assert isinstance(coming.when, AllOf) and words(coming.when) == ["necessary", "timing is later"]


def test_earlier_texts_are_kept_by_the_day_they_were_known(tmp_path: Path) -> None:
    loaded = amended(tmp_path, change("repeal Art. 5"))
    versions = loaded.pack.versions["test-law"]
    assert [v.known for v in versions] == [None, date(2026, 7, 24)]
    assert [len(at(v.instrument, "Art. 5")) for v in versions] == [1, 1]
    assert [at(v.instrument, "Art. 5")[0].until for v in versions] == [None, date(2026, 7, 27)]
    assert versions[-1].instrument == loaded.pack.instruments["test-law"]
    assert versions[0].hash != versions[1].hash == loaded.pack.hashes["test-law"]
    assert loaded.pack.version("test-law", date(2026, 7, 23)) == versions[0]
    assert loaded.pack.version("test-law", date(2026, 7, 24)) == loaded.pack.version("test-law") == versions[1]
    assert [v.known for v in loaded.pack.versions["act-0"]] == [None]


def test_what_is_only_proposed_amends_nothing(tmp_path: Path) -> None:
    proposal = ACT.replace("kind regulation", "kind proposal").replace("\n  in force 2026-07-27", "")
    files = {"x/law.md": law(BASE), "acts/p.md": law(change("repeal Art. 5"), "p", head=proposal)}
    loaded = load_pack([write(tmp_path, files)], cache=False)
    assert loaded.diagnostics == ()
    assert at(loaded.pack.instruments["test-law"], "Art. 5")[0].until is None


def test_another_law_may_cite_what_only_a_later_act_put_in(tmp_path: Path) -> None:
    files = {
        "x/law.md": law(BASE),
        "acts/act.md": law(change('insert\n  forbid Art. 5a "new"'), "act-0", head=ACT),
        "n/law.md": law('except § 1 "way out" to test-law Art. 5a', "national"),
    }
    loaded = load_pack([write(tmp_path, files)], cache=False)
    assert loaded.diagnostics == ()
    assert [v.known for v in loaded.pack.versions["national"]] == [date(2026, 7, 24)]
    assert loaded.pack.version("national", date(2026, 7, 23)) is None


BAD = [
    ("LG0512", "repeal Art. 9", "Art. 9", "`Art. "),
    ("LG0512", 'replace Art. 9\n  forbid Art. 9 "x"', "Art. 9", "`Art. "),
    ("LG0512", "repeal in Art. 5\n  timing is later", "timing is later", "as it stands"),
    ("LG0512", "insert in Art. 9\n  necessary", "Art. 9", "`Art. "),
    ("LG0512", "date aplication = 2027-01-01", "aplication", "`application`"),
    ("LG0513", 'repeal Art. 5\nreplace Art. 5\n  forbid Art. 5 "x"', "replace", "one change"),
    ("LG0513", "date application = 2027-01-01\ndate application = 2028-01-01", "date", "one change"),
    ("LG0513", "repeal Art. 5\nrepeal in Art. 5\n  special", "repeal", "one change"),
    ("LG0514", "date application = 2026-07-26", "date application", "still to come"),
    ("LG0515", "repeal in Art. 6\n  necessary", "necessary", "replace"),
    ("LG0415", "date application = soon", "soon", "2026-08-02"),
    ("LG0401", "insert in Art. 6\n  nothing like it", "nothing like it", "declare"),
    ("LG0501", 'insert\n  forbid Art. 5 "rule"', 'forbid Art. 5 "rule"', "label"),
]


@pytest.mark.parametrize(("code", "body", "place", "mend"), BAD)
def test_an_amendment_with_an_error(tmp_path: Path, code: str, body: str, place: str, mend: str) -> None:
    loaded = amended(tmp_path, change(body))
    found = [d for d in loaded.diagnostics if d.code != "LG0706"]
    assert [d.code for d in found] == [code]
    assert found[0].place is not None and found[0].place.file == "acts/act-0.md"
    assert underlined(loaded, found[0]).startswith(place)
    assert mend in found[0].help
    check_style(loaded.diagnostics)
    assert "test-law" in loaded.left_out


def test_a_day_that_had_passed_cannot_be_moved(tmp_path: Path) -> None:
    loaded = amended(tmp_path, change("date application = 2027-01-01", "2026-09-01"))
    assert ["already passed" in found.message for found in loaded.diagnostics if found.code == "LG0514"] == [True]


def test_two_acts_at_odds_are_both_named(tmp_path: Path) -> None:
    replacing = 'replace Art. 5\n  forbid Art. 5 "rule"'
    loaded = amended(tmp_path, change(replacing), change(replacing, citation="Art. 2"))
    (found,) = [d for d in loaded.diagnostics if d.code == "LG0513"]
    assert "`act-0 Art. 1` and `act-1 Art. 2`" in found.message
    assert found.related[0].place.file == "acts/act-0.md"
    assert loaded.left_out == ("act-0", "act-1", "test-law")


def test_two_acts_may_repeal_the_same(tmp_path: Path) -> None:
    found = text(tmp_path, change("repeal Art. 5"), change("repeal Art. 5"))
    assert [norm.until for norm in at(found, "Art. 5")] == [date(2026, 7, 27)]


def test_a_repealed_rule_cannot_be_repealed_again_later(tmp_path: Path) -> None:
    loaded = amended(tmp_path, change("repeal Art. 5"), change("repeal Art. 5", "2027-01-01"))
    assert [d.help for d in loaded.diagnostics if d.code == "LG0512"] == ["an earlier amendment has taken it out"]


def test_the_days_on_which_amendments_begin_cannot_be_moved_by_a_third_act(tmp_path: Path) -> None:
    first = "date start = 2027-01-01\n\n" + change("repeal Art. 5", "start")
    second = "amend act-0\n  from 2026-07-27\n  date start = 2028-01-01"
    assert "LG0515" in [d.code for d in amended(tmp_path, first, second).diagnostics]


STEPS = [
    ("2026-07-27", "date application = 2027-12-02"),
    ("2026-09-01", "insert in Art. 5\n  purpose has art"),
    ("2026-10-01", 'replace Art. 5\n  forbid Art. 5 "rule"\n    when timing is later'),
    ("2026-11-01", "repeal in Art. 7\n  necessary"),
    ("2027-01-01", "repeal Art. 5"),
    ("2027-02-01", 'insert\n  forbid Art. 5 "rule"\n    when timing is never'),
]


@given(st.permutations(STEPS), st.integers(1, 6))
@settings(max_examples=12, deadline=None)
def test_the_order_of_acts_with_different_days_does_not_matter(order: list[tuple[str, str]], parts: int) -> None:
    """Nor how the amendments are divided among acts."""

    def norms(steps: list[tuple[str, str]], acts: int) -> list[tuple[str, tuple[str, str], list[str]]]:
        bodies = ["\n\n".join(change(body, day) for day, body in steps[i::acts]) for i in range(acts)]
        with tempfile.TemporaryDirectory() as folder:
            return [(n.key, interval(n), words(n.when)) for n in text(Path(folder), *bodies).norms]

    assert norms(order, parts) == norms(STEPS, 1)


def test_the_same_day_in_any_order(tmp_path: Path) -> None:
    changes = ["repeal Art. 5", 'insert\n  forbid Art. 5 "rule"\n    when necessary', "repeal in Art. 7\n  necessary"]
    found = {
        tuple((n.key, interval(n)) for n in text(tmp_path / str(i), change("\n".join(each))).norms)
        for i, each in enumerate(permutations(changes))
    }
    assert len(found) == 1


# --- what amended law says ------------------------------------------------------------------------------------

DAYS = [date(2025, 1, 1), date(2026, 7, 26), date(2026, 7, 27), date(2026, 9, 15), date(2026, 10, 2), date(2027, 1, 15)]
DAYS += [date(2027, 12, 1), date(2028, 1, 1)]


def rulings(folder: Path, steps: list[tuple[str, str]], days: list[date]) -> list[Ruling]:
    """What the amended law says of every case on the days."""
    bodies = ["\n\n".join(change(body, day) for day, body in steps)] if steps else []
    loaded = amended(folder, *bodies)
    assert [d.message for d in loaded.diagnostics] == []
    found = Law("test-law", (loaded.pack.instruments["test-law"],), tuple(loaded.pack.vocabularies.values()), {})
    order = [(q, n) for q, n in question_order(found) if q.member is None]
    cases = [
        {q.fact: a for q, a in answers.items()} | {"purpose": purpose}
        for answers in assignments(order)
        for purpose in (frozenset[int](), frozenset([2]))
    ]
    return [Reference(found, day).ruling(case) for day in days for case in cases]


@given(st.lists(st.sampled_from(range(len(STEPS))), unique=True).map(sorted), st.sampled_from(DAYS))
@settings(max_examples=12, deadline=None)
def test_what_is_still_to_come_changes_nothing_today(chosen: list[int], day: date) -> None:
    steps = [STEPS[i] for i in chosen if i < 5 or 4 in chosen]  # the last one needs the repeal before it
    begun = [step for step in steps if date.fromisoformat(step[0]) <= day]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        assert rulings(Path(one), steps, [day]) == rulings(Path(two), begun, [day])


def test_an_amendment_without_effect_changes_no_ruling(tmp_path: Path) -> None:
    same = 'replace Art. 5\n  forbid Art. 5 "rule"\n    when all of\n      special\n      timing is real-time'
    moved = "date application = 2026-08-02"
    swapped = "replace in Art. 7\n  necessary\nby\n  necessary"
    plain = rulings(tmp_path / "plain", [], DAYS)
    for i, body in enumerate((same, moved, swapped)):
        assert rulings(tmp_path / str(i), [("2026-07-27", body)], DAYS) == plain


def test_consolidating_a_consolidated_text_changes_nothing(tmp_path: Path) -> None:
    document, _ = parse_document("x.md", law(BASE))
    act, _ = parse_document("act.md", law("\n\n".join(change(body, day) for day, body in STEPS), "act", head=ACT))
    problems = Problems()
    amendments = [
        Amendment("act", each.sentence, each.sentence.starts.value, (), {}, problems)
        for each in placed([act])
        if isinstance(each.sentence, AmendS) and isinstance(each.sentence.starts.value, date)
    ]
    assert len(amendments) == len(STEPS)
    once = consolidate(placed([document]), date(2024, 8, 1), amendments)
    assert not problems.failed and once != placed([document])
    assert consolidate(once, date(2024, 8, 1), []) == once
    step_by_step = placed([document])
    for amendment in amendments:
        step_by_step = consolidate(step_by_step, date(2024, 8, 1), [amendment])
    assert step_by_step == once


CITED = st.sampled_from(["Art. 3", "Art. 4", "Art. 5", "Art. 6", "Art. 7", "Art. 9"])
CONDITION = st.sampled_from(["necessary", "special", "timing is later", "timing is real-time", "date before later"])
SENTENCE = st.builds('forbid {} "rule"\n    when {}'.format, CITED, CONDITION)
CHANGE = st.one_of(
    st.builds("repeal {}".format, CITED),
    st.builds("replace {}\n  {}".format, CITED, SENTENCE),
    st.builds("insert\n  {}".format, SENTENCE),
    st.builds("insert in {}\n  {}".format, CITED, CONDITION),
    st.builds("repeal in {}\n  {}".format, CITED, CONDITION),
    st.builds("replace in {}\n  {}\nby\n  {}".format, CITED, CONDITION, CONDITION),
    st.builds("date {} = {}".format, st.sampled_from(["application", "later"]), st.dates(DAYS[1], DAYS[-1])),
)


@given(st.lists(st.tuples(st.sampled_from(["2026-07-27", "2026-09-01", "2027-02-01"]), CHANGE), min_size=1, max_size=5))
@settings(max_examples=50, deadline=None)
def test_any_amendments_are_made_or_told_why_not(steps: list[tuple[str, str]]) -> None:
    bodies = [change(body, day) for day, body in steps]
    with tempfile.TemporaryDirectory() as folder:
        loaded = amended(Path(folder), *bodies)
    check_style(loaded.diagnostics)
    assert all(found.place is not None for found in loaded.diagnostics)
    failed = any(found.severity is Severity.ERROR for found in loaded.diagnostics)
    assert ("test-law" in loaded.pack.instruments) != failed
    if not failed:
        norms = loaded.pack.instruments["test-law"].norms
        assert len({norm.key for norm in norms}) == len(norms)
        first = min(date.fromisoformat(day) for day, _ in steps)
        assert not [n for n in norms if n.by and n.starts and min(s.day for s in n.starts) < first]
