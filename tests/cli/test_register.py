"""`lagrum register`, from the command line to what is printed, what is kept and the exit status."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from lagrum.register import Role, Store
from tests.cli.conftest import Lagrum, valid

CONCERT = """lagrum: 1
case: filming a concert
law: [park-rules]
facts:
  deed: {exactly: filming}
  crowd: at least 10 people
  permit: no
"""


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "data" / "lagrum" / "register.db"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("LAGRUM_DATABASE", raising=False)
    monkeypatch.setenv("LOGNAME", "anna")
    return file


@pytest.fixture
def concert(tmp_path: Path) -> str:
    path = tmp_path / "concert.yaml"
    path.write_text(CONCERT, encoding="utf-8")
    return str(path)


def test_a_system_is_added_assessed_and_listed(lagrum: Lagrum, concert: str, database: Path) -> None:
    ran = lagrum("register", "add", concert, "--name", "Scenen", "--owner", "Staden", "--format", "json")
    valid(ran.json, "register")
    assert ran.status == 2
    (system,) = ran.json["systems"]
    assert (system["name"], system["laws"], system["assessments"][0]["ruling"]) == (
        "Scenen",
        ["park-rules"],
        "forbidden",
    )
    assert database.exists()
    rows = list(csv.DictReader(io.StringIO(lagrum("register", "list", "--format", "csv").out)))
    assert [(row["name"], row["owner"], row["ruling"], row["on"]) for row in rows] == [
        ("Scenen", "Staden", "forbidden", str(date.today()))
    ]
    listed = lagrum("register", "list", "--format", "json").json
    valid(listed, "register")
    assert listed["systems"] == ran.json["systems"]


def test_a_system_is_shown_with_everything_about_it(lagrum: Lagrum, concert: str, database: Path) -> None:
    lagrum("register", "add", concert, "--owner", "Staden", "--by", "åke")
    with Store.open(f"sqlite:///{database}") as store:
        store.evidence.add_link(1, "permit", "https://example.org/no", by="åke")
        store.decisions.add(1, "decision", "We stop.", by="eva", on=date(2026, 11, 1))
    shown = lagrum("register", "show", "1", "--format", "json").json
    valid(shown, "register")
    (system,) = shown["systems"]
    assert system["case"] == CONCERT
    assert [entry["what"] for entry in system["history"]] == [
        "system added",
        "system assessed",
        "evidence added",
        "decision recorded",
    ]
    text = lagrum("register", "show", "1").out
    for line in (
        "ruling: forbidden",
        "evidence: permit: https://example.org/no (https://example.org/no)",
        "decisions: 2026-11-01 decision by eva: We stop.",
        f"laws: park-rules: forbidden on {date.today()}, assessed by åke",
    ):
        assert line in text.splitlines()
    missing = lagrum("register", "show", "2")
    assert missing.status == 3 and "no system with the number 2" in missing.err


def test_a_case_that_cannot_be_read_is_not_added(lagrum: Lagrum, concert: str) -> None:
    Path(concert).write_text(CONCERT.replace("deed", "ded"), encoding="utf-8")
    ran = lagrum("register", "add", concert, "--owner", "Staden")
    assert ran.status == 3 and "did you mean `deed`" in ran.err
    unknown = lagrum("register", "add", concert.replace("concert", "consert"), "--owner", "Staden")
    assert unknown.status == 3
    Path(concert).write_text(CONCERT.replace("park-rules", "no-law"), encoding="utf-8")
    assert lagrum("register", "add", concert, "--owner", "Staden").status == 3
    assert lagrum("register", "add", concert, "--owner", "x" * 301, "--law", "park-rules").status == 3
    assert lagrum("register", "list", "--format", "json").json["systems"] == []


def test_what_was_assessed_under_another_text_is_assessed_anew(lagrum: Lagrum, concert: str, pack: Path) -> None:
    lagrum("register", "add", concert, "--owner", "Staden")
    same = lagrum("register", "assess", "--format", "json")
    valid(same.json, "register")
    assert same.status == 0 and same.json["systems"][0]["assessments"] == []
    rules = pack / "park-rules.md"
    rules.write_text(rules.read_text(encoding="utf-8").replace("crowd at least 10", "crowd more than 100"))
    anew = lagrum("register", "assess", "--format", "json")
    assert [each["ruling"] for each in anew.json["systems"][0]["assessments"]] == ["undetermined"]
    assert anew.status == 4


def test_systems_go_out_and_come_in(lagrum: Lagrum, concert: str, tmp_path: Path) -> None:
    lagrum("register", "add", concert, "--name", "Scenen", "--owner", "Staden", "--description", "Två kameror")
    one = lagrum("register", "export", "1")
    assert one.out.startswith("# lagrum register: ") and one.out.endswith(CONCERT)
    assert lagrum("register", "export", "-o", "all.zip").out == "wrote 1 systems to all.zip\n"
    (tmp_path / "bad.yaml").write_text("facts: {", encoding="utf-8")
    other = ("--database", str(tmp_path / "other.db"))
    ran = lagrum("register", "import", "all.zip", "bad.yaml", concert, "--owner", "Regionen", *other)
    assert ran.status == 3 and "bad.yaml" in ran.err
    found = lagrum("register", "list", "--format", "json", *other).json["systems"]
    assert [(each["name"], each["owner"], each["description"]) for each in found] == [
        ("Scenen", "Staden", "Två kameror"),
        ("filming a concert", "Regionen", ""),
    ]
    assert lagrum("register", "export").status == 3
    assert lagrum("register", "export", "-o", "no/where.zip").status == 3
    assert lagrum("register", "import", str(tmp_path)).status == 3


def test_the_history_is_verified_here_and_as_a_file(lagrum: Lagrum, concert: str, database: Path) -> None:
    lagrum("register", "add", concert, "--owner", "Staden")
    ran = lagrum("register", "verify", "--format", "json")
    valid(ran.json, "history")
    assert (ran.status, ran.json["entries"], ran.json["differs"]) == (0, 2, [])
    lagrum("register", "export", "--history", "-o", "history.jsonl")
    assert lagrum("register", "verify", "history.jsonl").out == f"sealed: 2 entries\nhead: {ran.json['head']}\n"
    history = Path("history.jsonl")
    history.write_text(history.read_text(encoding="utf-8").replace("Staden", "Ingen"), encoding="utf-8")
    broken = lagrum("register", "verify", "history.jsonl")
    assert broken.status == 2 and broken.out.startswith("broken: 2 entries\nfirst bad: entry 1")
    connection = sqlite3.connect(database)
    connection.execute("UPDATE systems SET owner = 'Ingen'")
    connection.commit()
    connection.close()
    differs = lagrum("register", "verify")
    assert differs.status == 2 and "differs: system/1 is not what the history says" in differs.out
    assert lagrum("register", "verify", concert).status == 3


def test_changes_are_told_in_every_form(lagrum: Lagrum, concert: str) -> None:
    lagrum("register", "add", concert, "--name", "Scenen", "--owner", "Staden")
    days = ("--from", "2020-01-01", "--to", "2021-12-31")
    ran = lagrum("register", "changes", *days, "--format", "json")
    valid(ran.json, "ahead")
    assert [(c["day"], c["after"]["ruling"]) for c in ran.json["changes"]] == [
        ("2020-06-01", "unregulated"),
        ("2021-01-01", "forbidden"),
    ]
    rows = list(csv.DictReader(io.StringIO(lagrum("register", "changes", *days, "--format", "csv").out)))
    assert rows[1]["because"] == "park-rules § 2"
    text = lagrum("register", "changes", *days).out
    assert "2021-01-01: Scenen: forbidden (was unregulated)\n" in text and "2021-01-01: begins: § 2\n" in text
    printed = lagrum("register", "changes", *days, "--ics").out
    assert len(Calendar.from_ical(printed).walk("VEVENT")) == 2
    assert lagrum("register", "changes", *days, "--ics", "-o", "c.ics").out == "wrote 2 changes to c.ics\n"
    assert len(Calendar.from_ical(Path("c.ics").read_bytes()).walk("VEVENT")) == 2
    later = date.today() + timedelta(days=1)
    assert lagrum("register", "changes", "--from", str(later)).out.startswith("nothing changes for any system")


def test_a_system_whose_law_is_gone_is_told_of(lagrum: Lagrum, concert: str, pack: Path) -> None:
    lagrum("register", "add", concert, "--owner", "Staden")
    (pack / "park-rules.md").unlink()
    ran = lagrum("register", "changes")
    assert ran.status == 3 and "there is no law `park-rules`" in ran.err


def test_accounts_are_made_and_changed(lagrum: Lagrum, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def typed(*arguments: str, password: str) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        return lagrum("register", "account", *arguments).status

    assert typed("add", "anna", "--role", "admin", password="korrekt häst batteri") == 0
    assert typed("add", "åke", password="short") == 3
    assert typed("add", "åke", password="another password") == 0
    assert lagrum("register", "account", "role", "åke", "editor").status == 0
    assert lagrum("register", "account", "disable", "anna").status == 3
    listed = lagrum("register", "account", "list", "--format", "json")
    valid(listed.json, "accounts")
    assert [(a["name"], a["role"], a["active"]) for a in listed.json["accounts"]] == [
        ("anna", "admin", True),
        ("åke", "editor", True),
    ]
    assert typed("password", "åke", password="quite another word") == 0
    assert lagrum("register", "account", "disable", "åke").status == 0
    assert lagrum("register", "account", "enable", "åke").status == 0
    with Store.open(f"sqlite:///{database}") as store:
        ake = store.accounts.verify("åke", "quite another word")
    assert ake is not None and ake.role is Role.EDITOR
    assert lagrum("register", "account", "role", "eva", "editor").status == 3


@pytest.mark.parametrize("address", ["mysql://a/b", "sqlite:////proc/none/x.db"])
def test_a_database_that_cannot_be_used_is_a_failure(lagrum: Lagrum, address: str) -> None:
    ran = lagrum("register", "list", "--database", address)
    assert ran.status == 1 and ran.err.startswith("lagrum: database: ") and ran.out == ""


def test_the_place_of_the_register(
    lagrum: Lagrum, concert: str, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAGRUM_DATABASE", str(tmp_path / "named.db"))
    lagrum("register", "list")
    assert (tmp_path / "named.db").exists() and not database.exists()
    lagrum("register", "list", "--database", f"sqlite:///{tmp_path / 'other.db'}")
    assert (tmp_path / "other.db").exists()
    monkeypatch.setenv("LAGRUM_DATABASE", "")
    lagrum("register", "list")
    assert database.exists()


def test_answers_are_json_where_asked(lagrum: Lagrum) -> None:
    for arguments in (["list"], ["verify"], ["changes"], ["account", "list"], ["assess"]):
        ran = lagrum("register", *arguments, "--format", "json")
        assert ran.status == 0 and json.loads(ran.out)["schema"].startswith("lagrum/")
