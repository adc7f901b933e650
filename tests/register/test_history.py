"""The history: one chain over every change, in which no tampering stays unseen, and that survives a kill."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from lagrum.register import Store, StoreError, verify_export
from lagrum.register.canonical import canonical
from lagrum.register.chain import Checker, Entry, following
from lagrum.register.database import Database, open_database
from tests.register.test_systems import add, answer

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def full(store: Store) -> Store:
    """A store with some of everything that the history keeps."""
    first, second = add(store), add(store, "Porten")
    store.systems.update(first.id, seen=1, by="åke", owner="Staden")
    store.evidence.add_file(first.id, "place", "karta.pdf", b"a map", by="anna")
    store.assessments.add(first.id, answer(), "anna")
    store.decisions.add(first.id, "review", "Fine.", by="anna", on=date(2026, 11, 23), next_review=date(2027, 1, 1))
    store.systems.retire(second.id, seen=1, by="anna", reason="gone")
    return store


def exported(store: Store) -> bytes:
    stream = io.BytesIO()
    store.history.export(stream)
    return stream.getvalue()


class Intruder:
    """Somebody with the database in their hands, who takes the seals off first."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def run(self, statement: str) -> None:
        with self.database.engine.execution_options(writes=True).begin() as connection:
            self._unseal(connection)
            assert connection.execute(text(statement)).rowcount > 0

    def _unseal(self, connection: Connection) -> None:
        if self.database.is_sqlite:
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            for name in names:
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET session_replication_role = replica"))


@pytest.fixture
def intruder(url: str) -> Iterator[Intruder]:
    database = open_database(url)
    yield Intruder(database)
    database.close()


def test_every_change_is_one_entry_and_the_chain_is_whole(full: Store) -> None:
    checked = full.history.verify()
    assert checked.good and checked.entries == full.history.count() == 8
    assert [e.what for e in full.history.page()] == [
        "system added",
        "system added",
        "system changed",
        "evidence added",
        "system assessed",
        "review recorded",
        "system changed",
        "system retired",
    ]
    assert checked.head == full.history.page()[-1].hash


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE history SET who = 'eva' WHERE seq = 3", 3),
        ("UPDATE history SET \"when\" = '2026-01-01T00:00:00.000000Z' WHERE seq = 1", 1),
        ("UPDATE history SET payload = replace(payload, 'Staden', 'Regionen') WHERE seq = 3", 3),
        ("UPDATE history SET payload = replace(payload, ',', ', ') WHERE seq = 3", 3),
        ("UPDATE history SET payload = 'x' WHERE seq = 8", 8),
        ("UPDATE history SET hash = previous WHERE seq = 8", 8),
        ("DELETE FROM history WHERE seq = 4", 4),
        ("DELETE FROM history WHERE seq = 1", 1),
        ("UPDATE history SET seq = 9 WHERE seq = 8", 8),
    ],
)
def test_tampering_with_one_entry_is_found(full: Store, intruder: Intruder, statement: str, first_bad: int) -> None:
    intruder.run(statement)
    checked = full.history.verify()
    assert checked.first_bad == first_bad and not checked.good
    assert verify_export(io.BytesIO(exported(full))).first_bad == first_bad


@pytest.mark.parametrize(
    ("statement", "differs"),
    [
        ("UPDATE systems SET owner = 'Regionen' WHERE id = 1", "system/1"),
        ("UPDATE systems SET status = 'active' WHERE id = 2", "system/2"),
        ("UPDATE evidence SET fact = 'timing'", "evidence/1"),
        ("UPDATE files SET content = '1234'", "evidence/1"),
        ("UPDATE assessments SET document = replace(document, 'forbidden', 'regulated')", "assessment/1"),
        ("UPDATE assessments SET ruling = 'regulated'", "assessment/1"),
        ("UPDATE decisions SET text = 'Not fine.'", "decision/1"),
        ("DELETE FROM decisions", "decision/1"),
        ("DELETE FROM history WHERE seq = 8", "system/2"),  # the chain alone cannot see that its end is gone
    ],
)
def test_a_record_that_is_not_what_the_history_says_is_found(
    full: Store, intruder: Intruder, statement: str, differs: str
) -> None:
    intruder.run(statement)
    checked = full.history.verify()
    assert checked.first_bad is None and checked.differs == (differs,) and not checked.good


def test_nothing_is_appended_to_an_entry_that_was_tampered_with(full: Store, intruder: Intruder) -> None:
    intruder.run("UPDATE history SET payload = 'x' WHERE seq = 8")
    with pytest.raises(StoreError, match="entry 8"):
        add(full)
    assert full.history.count() == 8


def test_an_exported_history_can_be_checked_without_the_store(full: Store) -> None:
    whole = exported(full)
    lines = whole.splitlines(keepends=True)
    assert len(lines) == 8 and json.loads(lines[0])["payload"]["system"]["name"] == "Kameran"
    checked = verify_export(io.BytesIO(whole))
    assert checked == full.history.verify()
    for changed, first_bad in (
        (lines[1:], 1),
        (lines[:3] + lines[4:], 4),
        (lines[:3] + [lines[3].replace(b"anna", b"eva")] + lines[4:], 4),
        (lines[:3] + [b"{}\n"] + lines[4:], 4),
        (lines[:3] + [b"\n"] + lines[4:], 4),
        (lines[:3] + [lines[3].replace(b'"seq":4', b'"seq":4.0')] + lines[4:], 4),
        (lines[:3] + [lines[3].replace(b'":', b'": ', 1)] + lines[4:], 4),
        (lines + lines[-1:], 9),
    ):
        assert verify_export(io.BytesIO(b"".join(changed))).first_bad == first_bad


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"{}\n", b"[" * 100_000, b"\xff\xfe", b'{"seq":1}'])
def test_a_file_that_is_no_history_is_refused(content: bytes) -> None:
    with pytest.raises(StoreError, match="no entry of a history"):
        verify_export(io.BytesIO(content))


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
payloads = st.dictionaries(words, st.none() | st.booleans() | st.integers() | words | st.lists(words, max_size=3))


def chain(payloads: list[dict[str, object]]) -> list[Entry]:
    entries: list[Entry] = []
    for payload in payloads:
        entries.append(following(entries[-1] if entries else None, "2026-11-23", "anna", "did", "it/1", payload))
    return entries


@given(st.lists(payloads, min_size=1, max_size=6), st.data())
def test_any_single_change_of_a_chain_is_found_where_it_is(
    contents: list[dict[str, object]], data: st.DataObject
) -> None:
    lines = [canonical(entry.to_dict()) for entry in chain(contents)]
    assert verify_export(io.BytesIO("\n".join(lines).encode())).good
    at = data.draw(st.integers(0, len(lines) - 1))
    entry = json.loads(lines[at])
    key = data.draw(st.sampled_from(["when", "who", "what", "subject", "previous", "hash"]))
    entry[key] = data.draw(words.filter(lambda other: other != entry[key]))
    lines[at] = canonical(entry)
    checker = Checker()
    for line in lines:
        checker.check(Entry(**json.loads(line)))
    assert checker.first_bad == at + 1


WRITER = """
import sys
from lagrum.register import Store
store = Store.open(sys.argv[1])
print("ready", flush=True)
for number in range(100000):
    made = store.systems.add(f"system {number}", "x", "deployer", "lagrum: 1" * 500, by="writer", law="eu-ai-act")
    print(made.id, flush=True)
"""


def test_a_kill_in_the_middle_of_writing_loses_nothing_acknowledged(url: str, opened: Callable[[], Store]) -> None:
    opened()
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src")}
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, env=environment, text=True)
        for _ in range(2)
    ]
    acknowledged: list[int] = []
    for writer in writers:
        assert writer.stdout is not None and writer.stdout.readline() == "ready\n"
        acknowledged += [int(writer.stdout.readline()) for _ in range(15)]
    for writer in writers:
        writer.send_signal(signal.SIGKILL)
    for writer in writers:
        assert writer.stdout is not None
        acknowledged += [int(line) for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        writer.stdout.close()
        assert writer.wait() == -signal.SIGKILL
    store = opened()
    there = {each.id for each in store.systems.every()}
    assert len(acknowledged) >= 30 and set(acknowledged) <= there
    checked = store.history.verify()
    assert checked.good and checked.entries == len(there)
    assert add(store).id not in there
