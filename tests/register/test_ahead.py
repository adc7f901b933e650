"""What changes for a stored system, and when: over the days of a small law and of an act that amends it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from lagrum.library import Library, open_library
from lagrum.model.cases import Case
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.reasoning.timeline import Timeline, timeline
from lagrum.register import Ahead, Outlook, Store, System, changes_ahead, to_ics

PACK = Path(__file__).parents[1] / "cli" / "pack"

AMENDING = """# Amending ordinance

```law
instrument park-amendment
  title         "Films are welcome"
  citation      "Town ordinance 9"
  source        made up for these tests
  jurisdiction  XX
  kind          ordinance
  published     2029-01-01
  in force      2030-05-01
  uses          park
  review        made up for these tests

amend park-rules [§ 1]
  from 2030-05-01
  repeal § 2
  insert
    require § 5 "tell the neighbours"
      who visitor
      when deed has filming
    except § 1(1)(a) "food is welcome, too" to § 1(1)
      when deed has grilling
```
"""

FILMING = """lagrum: 1
case: filming a concert
facts:
  deed: {exactly: filming}
  crowd: at least 10 people
  permit: no
"""
GRILLING = "lagrum: 1\ncase: grilling\nfacts:\n  deed: {exactly: grilling}\n"
ALWAYS = date(2000, 1, 1), date(2100, 1, 1)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "laws"
    shutil.copytree(PACK, folder)
    (folder / "park-amendment.md").write_text(AMENDING, encoding="utf-8")
    return open_library([folder], built_in=False)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(f"sqlite:///{tmp_path / 'register.db'}")


def add(store: Store, name: str, case_text: str, law: str = "park-rules") -> System:
    return store.systems.add(name, "Staden", "visitor", case_text, by="anna", law=law)


def told(outlook: Outlook) -> list[tuple[str, str, str, str]]:
    return [(each.name, str(each.day), str(each.before.ruling), str(each.after.ruling)) for each in outlook]


def test_each_day_on_which_the_law_makes_something_else_of_a_system(store: Store, library: Library) -> None:
    add(store, "Film", FILMING)
    found = changes_ahead(store, library, *ALWAYS)
    assert [str(each) for each in found.changes[0].because] == ["park-rules enters into force"]
    assert told(found) == [
        ("Film", "2020-06-01", "outside", "unregulated"),
        ("Film", "2021-01-01", "unregulated", "forbidden"),
        ("Film", "2030-05-01", "forbidden", "regulated"),
    ]
    assert [str(b) for b in next(iter(changes_ahead(store, library, *ALWAYS))).because] == [
        "park-rules enters into force"
    ]


def test_each_change_says_what_begins_and_ends_and_by_which_act(store: Store, library: Library) -> None:
    system = add(store, "Film", FILMING)
    first, amended = changes_ahead([system], library, date(2021, 1, 1), date(2030, 5, 1))
    assert [str(each) for each in first.begins] == ["§ 2"] and first.ends == ()
    assert [(b.citation, b.act) for b in first.because] == [("§ 2", "")]
    assert [each.citation for each in amended.begins] == ["§ 5"]
    assert [each.citation for each in amended.ends] == ["§ 2"]
    assert {(b.citation, b.act) for b in amended.because} == {
        ("§ 2", "park-amendment § 1"),
        ("§ 5", "park-amendment § 1"),
    }
    assert (amended.system, amended.owner, amended.law) == (system.id, "Staden", "park-rules")


def test_an_exception_that_lifts_a_prohibition_is_the_reason(store: Store, library: Library) -> None:
    """The amending act also inserts § 1(1)(a): what ends for the system is § 1(1), and that rule itself stays."""
    begun, lifted = changes_ahead([add(store, "Grill", GRILLING)], library, *ALWAYS)
    assert (begun.day, begun.after.ruling) == (date(2020, 6, 1), Ruling.FORBIDDEN)
    assert {b.citation for b in begun.because} >= {"§ 1(1)", "§ 4"}
    assert (lifted.day, lifted.after.ruling) == (date(2030, 5, 1), Ruling.EXCEPTED)
    assert [each.citation for each in lifted.ends] == ["§ 1(1)"]
    assert [(b.citation, b.act) for b in lifted.because] == [("§ 1(1)(a)", "park-amendment § 1")]


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2021-01-01", "2030-05-01", ["2021-01-01", "2030-05-01"]),
        ("2021-01-02", "2030-04-30", []),
        ("2020-12-31", "2021-01-01", ["2021-01-01"]),
        ("2031-01-01", "2020-01-01", []),
    ],
)
def test_both_ends_of_the_stretch_belong_to_it(
    store: Store, library: Library, since: str, until: str, days: list[str]
) -> None:
    system = add(store, "Film", FILMING)
    found = changes_ahead([system], library, date.fromisoformat(since), date.fromisoformat(until))
    assert [str(each.day) for each in found] == days


def test_a_system_that_cannot_be_read_hides_no_other(store: Store, library: Library) -> None:
    add(store, "Broken", "lagrum: 1\ncase: x\nfacts: {deed: swimming}\n")
    add(store, "Lawless", FILMING, "no-such-law")
    add(store, "Film", FILMING)
    retired = add(store, "Gone", FILMING)
    store.systems.retire(retired.id, seen=1, by="anna", reason="sold")
    found = changes_ahead(store, library, date(2021, 1, 1), date(2021, 1, 1))
    assert [each.name for each in found] == ["Film"]
    assert [(each.name, each.diagnostics[0].code) for each in found.unread] == [
        ("Broken", "LG0610"),
        ("Lawless", "LG0720"),
    ]


def test_the_readings_of_the_case_count(store: Store, library: Library) -> None:
    system = add(store, "Film", FILMING + "readings: {strict filming: narrow}\n")
    assert [each.after.ruling for each in changes_ahead([system], library, *ALWAYS)][-1] is Ruling.REGULATED
    wrong = add(store, "Film", FILMING + "readings: {strict filming: sideways}\n")
    assert [each.diagnostics[0].code for each in changes_ahead([wrong], library, *ALWAYS).unread] == ["LG0722"]


def test_what_was_looked_at_is_kept_until_the_facts_change(
    store: Store, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def counted(law: Law, case: Case) -> Timeline:
        looked.append(case.name)
        return timeline(law, case)

    monkeypatch.setattr("lagrum.register.ahead.timeline", counted)
    entered: list[int] = []

    @contextmanager
    def alone() -> Iterator[None]:
        entered.append(1)
        yield

    system = add(store, "Film", FILMING)
    found = [changes_ahead(store, library, *ALWAYS, alone=alone).changes for _ in range(3)]
    assert found[0] == found[1] == found[2] and len(looked) == len(entered) == 1
    store.systems.update(system.id, seen=1, by="anna", case_text=FILMING.replace("permit: no", "permit: yes"))
    assert changes_ahead(store, library, *ALWAYS, alone=alone).changes != found[0] and len(looked) == 2


def changes(store: Store, library: Library) -> tuple[Ahead, ...]:
    if not store.systems.list():
        add(store, "Film; på scen, höst", FILMING)
    return changes_ahead(store, library, date(2021, 1, 1), date(2031, 1, 1)).changes


def test_the_calendar_has_a_whole_day_for_each_change(store: Store, library: Library) -> None:
    calendar = Calendar.from_ical(to_ics(changes(store, library)))
    first, second = calendar.walk("VEVENT")
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (date(2021, 1, 1), date(2021, 1, 2))
    assert str(first["summary"]) == "Film; på scen, höst: forbidden (was unregulated)"
    assert "Begins: § 2 filming people" in str(first["description"])
    assert "as amended by park-amendment § 1" in str(second["description"])
    assert first["uid"] != second["uid"]


def test_a_calendar_made_again_has_the_same_events(store: Store, library: Library) -> None:
    stamp = datetime(2026, 11, 23, tzinfo=UTC)
    whole = to_ics(changes(store, library), stamp=stamp)
    assert to_ics(changes(store, library), stamp=stamp) == whole
    assert all(len(line) <= 75 for line in whole.split(b"\r\n"))
    (system,) = store.systems.list()
    store.systems.update(system.id, seen=1, by="anna", name="Another name", owner="Regionen")
    again = Calendar.from_ical(to_ics(changes(store, library), stamp=stamp))
    uids = [event["uid"] for event in Calendar.from_ical(whole).walk("VEVENT")]
    assert [event["uid"] for event in again.walk("VEVENT")] == uids


def test_a_calendar_can_speak_another_language(store: Store, library: Library) -> None:
    def på_svenska(change: Ahead) -> tuple[str, str]:
        return f"{change.name}: förbjudet", "text"

    calendar = Calendar.from_ical(to_ics(changes(store, library), tell=på_svenska))
    assert str(calendar.walk("VEVENT")[0]["summary"]).endswith(": förbjudet")


def test_of_the_real_law_the_day_of_a_new_prohibition_is_known(store: Store) -> None:
    """Regulation (EU) 2026/1744 Art. 1(7) puts Art. 5(1)(ba) into the act, to apply from 2 December 2026."""
    case = Path(__file__).parents[2] / "laws" / "eu" / "ai-act" / "cases" / "2026" / "02-nudifier-day-of.yaml"
    system = add(store, "App", case.read_text(encoding="utf-8"), "eu-ai-act")
    (found,) = changes_ahead([system], open_library(), date(2026, 11, 23), date(2027, 6, 1))
    assert (found.day, found.after.ruling) == (date(2026, 12, 2), Ruling.FORBIDDEN)
    assert "prohibited" in found.after.tiers and "prohibited" not in found.before.tiers
    assert [(b.citation, b.act) for b in found.because] == [("Art. 5(1)(ba)", "eu-ai-omnibus-2026 Art. 1(7)")]
