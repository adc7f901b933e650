"""Accounts and sessions of a team's server: passwords, roles, and sessions that end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text

from lagrum.register import NotFound, Role, Store, StoreError
from lagrum.register.database import open_database
from lagrum.register.tables import AccountRow, SessionRow
from tests.register.conftest import Clock

WORD = "korrekt häst batteri"


@pytest.fixture
def team(store: Store) -> Store:
    store.accounts.add("Anna", WORD, Role.ADMIN)
    store.accounts.add("Åke", "another password", Role.EDITOR, by="Anna")
    return store


def stored(url: str) -> str:
    database = open_database(url)
    with database.reading() as session:
        found = str(session.scalars(select(AccountRow.password).where(AccountRow.key == "anna")).one())
    database.close()
    return found


def test_the_right_password_and_no_other_lets_in(team: Store) -> None:
    anna = team.accounts.verify("anna", WORD)
    assert anna is not None and (anna.name, anna.role, anna.active) == ("Anna", Role.ADMIN, True)
    assert team.accounts.verify("ÅKE", "another password") is not None
    for name, password in (("Anna", WORD + " "), ("Anna", ""), ("Åke", WORD), ("Eva", WORD), ("", WORD)):
        assert team.accounts.verify(name, password) is None
    for hostile in ("\0", "x" * 100_000, "\ud83d", "' OR 1=1 --"):
        assert team.accounts.verify("Anna", hostile) is None
        assert team.accounts.verify(hostile, WORD) is None


def test_a_name_that_is_not_there_costs_as_much_as_one_that_is(team: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    whole = PasswordHasher.verify

    def counted(self: PasswordHasher, hash_: str, password: str) -> bool:
        hashed.append(hash_)
        return whole(self, hash_, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    for name in ("Anna", "Eva"):
        team.accounts.verify(name, "a wrong password")
    anna, nobody = hashed
    assert anna.split("$")[:4] == nobody.split("$")[:4], "the same work"


def test_passwords_are_kept_as_argon2id_and_hashed_anew_when_that_gets_harder(team: Store, url: str) -> None:
    weak = stored(url)
    assert weak.startswith("$argon2id$") and WORD not in weak
    harder = PasswordHasher(time_cost=2, memory_cost=64, parallelism=1)
    with Store.open(url, hasher=harder) as later:
        assert later.accounts.verify("Anna", "a wrong password") is None
        assert stored(url) == weak
        assert later.accounts.verify("Anna", WORD) is not None
        assert harder.check_needs_rehash(weak) and not harder.check_needs_rehash(stored(url))
        assert later.accounts.verify("Anna", WORD) is not None
        assert later.history.verify().good


@pytest.mark.parametrize(
    ("name", "password", "field"),
    [
        ("anna", WORD, "name"),
        ("", WORD, "name"),
        ("a\nb", WORD, "name"),
        ("Eva", "short", "password"),
        ("Eva", "x" * 1025, "password"),
    ],
)
def test_an_account_that_cannot_be_is_refused(team: Store, name: str, password: str, field: str) -> None:
    with pytest.raises(StoreError) as refused:
        team.accounts.add(name, password, Role.READER)
    assert refused.value.field == field
    assert [each.name for each in team.accounts.all()] == ["Anna", "Åke"]


def test_whoever_is_disabled_is_out_at_once(team: Store) -> None:
    ake = team.accounts.get("Åke")
    assert ake is not None
    token = team.sessions.start(ake)
    team.accounts.disable("Åke", by="Anna")
    assert team.sessions.of(token) is None
    assert team.accounts.verify("Åke", "another password") is None
    with pytest.raises(NotFound):
        team.sessions.start(ake)
    team.accounts.enable("Åke", by="Anna")
    assert team.sessions.of(token) is None, "an old token stays dead"
    assert team.accounts.verify("Åke", "another password") is not None


def test_a_role_counts_at_once(team: Store) -> None:
    ake = team.accounts.get("Åke")
    assert ake is not None
    token = team.sessions.start(ake)
    team.accounts.set_role("Åke", Role.READER, by="Anna")
    found = team.sessions.of(token)
    assert found is not None and found.role is Role.READER
    assert [Role.EDITOR.may(each) for each in Role] == [True, True, False]


@pytest.mark.parametrize("take", [lambda a: a.disable("Anna"), lambda a: a.set_role("Anna", Role.EDITOR)])
def test_the_last_administrator_stays(team: Store, take: Callable[[object], object]) -> None:
    with pytest.raises(StoreError, match="must stay administrator"):
        take(team.accounts)
    anna = team.accounts.get("Anna")
    assert anna is not None and anna.active and anna.role is Role.ADMIN
    team.accounts.set_role("Åke", Role.ADMIN, by="Anna")
    take(team.accounts)


def test_a_new_password_ends_the_sessions_under_the_old(team: Store) -> None:
    anna = team.accounts.get("Anna")
    assert anna is not None
    token = team.sessions.start(anna)
    team.accounts.set_password("Anna", "quite another word")
    assert team.sessions.of(token) is None
    assert team.accounts.verify("Anna", WORD) is None
    assert team.accounts.verify("Anna", "quite another word") is not None


def test_a_session_ends_when_nobody_uses_it_and_in_any_case_in_the_end(team: Store, clock: Clock) -> None:
    anna = team.accounts.get("Anna")
    assert anna is not None
    idle, longest = timedelta(minutes=30), timedelta(hours=2)
    left, used = (team.sessions.start(anna, idle=idle, longest=longest) for _ in range(2))
    began = clock()
    for _ in range(5):
        clock.move(timedelta(minutes=20))
        assert team.sessions.of(used) == anna
    assert team.sessions.of(left) is None and team.sessions.ends(left) is None
    assert team.sessions.ends(used) == began + longest
    clock.move(timedelta(minutes=20))
    assert team.sessions.of(used) is None


def test_asking_when_a_session_ends_does_not_keep_it_alive(team: Store, clock: Clock) -> None:
    anna = team.accounts.get("Anna")
    assert anna is not None
    token = team.sessions.start(anna, idle=timedelta(minutes=30))
    ends = team.sessions.ends(token)
    clock.move(timedelta(minutes=29))
    assert team.sessions.ends(token) == ends == clock() + timedelta(minutes=1)
    clock.move(timedelta(minutes=1))
    assert team.sessions.of(token) is None


def test_signing_out_ends_one_session_and_everywhere_all(team: Store) -> None:
    anna, ake = team.accounts.get("Anna"), team.accounts.get("Åke")
    assert anna is not None and ake is not None
    first, second, third, other = (team.sessions.start(who) for who in (anna, anna, anna, ake))
    team.sessions.end(first)
    assert [team.sessions.of(each) for each in (first, second, other)] == [None, anna, ake]
    assert team.sessions.end_all(anna) == 2
    assert [team.sessions.of(each) for each in (second, third, other)] == [None, None, ake]


def test_a_token_is_not_in_the_database_and_a_wrong_one_opens_nothing(team: Store, url: str, clock: Clock) -> None:
    anna = team.accounts.get("Anna")
    assert anna is not None
    tokens = [team.sessions.start(anna) for _ in range(3)]
    database = open_database(url)
    with database.reading() as session:
        rows = session.execute(text("SELECT * FROM sessions")).all()
        stored_tokens = session.scalars(select(SessionRow.token)).all()
    database.close()
    assert len(rows) == 3 and not any(token in repr(rows) for token in tokens)
    for wrong in ("", "\0", "x", "\ud83d", tokens[0][:-1], *stored_tokens):
        assert team.sessions.of(wrong) is None


def test_the_history_has_what_was_done_to_accounts_and_no_password(team: Store) -> None:
    team.accounts.set_password("Åke", "quite another word", by="Anna")
    team.accounts.set_role("Åke", Role.READER, by="Anna")
    team.accounts.disable("Åke", by="Anna")
    entries = team.history.page()
    assert [(e.who, e.what, e.subject) for e in entries] == [
        ("Anna", "account added", "account/anna"),
        ("Anna", "account added", "account/åke"),
        ("Anna", "account password changed", "account/åke"),
        ("Anna", "account role changed", "account/åke"),
        ("Anna", "account disabled", "account/åke"),
    ]
    assert "argon2" not in repr(entries) and WORD not in repr(entries)
    assert team.history.verify().good


def test_the_audit_reads_newest_first_page_by_page(store: Store, clock: Clock) -> None:
    for number in range(5):
        clock.move(timedelta(seconds=1))
        store.audit.record("anna", "read", f"system/{number}", "från 127.0.0.1")
    first = store.audit.page(limit=2)
    rest = store.audit.page(first[-1].seq, limit=50)
    assert [line.subject for line in (*first, *rest)] == [f"system/{n}" for n in (4, 3, 2, 1, 0)]
    assert first[0].when == clock() and first[0].detail == "från 127.0.0.1"
    with pytest.raises(StoreError):
        store.audit.record("anna", "read\nforged line", "system/1")
