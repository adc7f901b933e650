"""Opening a store: tables that are as the code has them, addresses that are refused, several at once."""

from __future__ import annotations

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from lagrum.register import Store, StoreError
from lagrum.register.database import HEAD, MIGRATIONS, open_database
from lagrum.register.tables import APPEND_ONLY, Table


def test_the_migrations_make_the_tables_of_the_code(url: str) -> None:
    database = open_database(url)
    with database.engine.execution_options(writes=True).begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        command.check(config)
    database.close()


def test_the_newest_migration_is_the_one_the_code_looks_for() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


def test_several_can_open_an_empty_database_at_once(opened: Callable[[], Store]) -> None:
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: opened(), range(4)))
    made = stores[0].drafts.create("eu-ai-act", "lagrum: 1")
    assert all(each.drafts.get(made.id) == made for each in stores)


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_was_written(url: str, table: str, change: str) -> None:
    column = {"history": "seq", "audit": "seq", "files": "sha256"}.get(table, "id")
    database = open_database(url)
    with database.writing() as session:
        if database.is_sqlite:  # its triggers look at rows
            session.execute(text("PRAGMA defer_foreign_keys=ON"))
            columns = {c.name: "1" for c in Table.metadata.tables[table].columns}
            names, values = ", ".join(f'"{name}"' for name in columns), ", ".join(columns.values())
            session.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"))
        with pytest.raises(Exception, match="append-only"):
            session.execute(text(change.format(table, column, column)))
        session.rollback()
    database.close()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "no address"),
        ("register.db", "no address"),
        ("mysql://host/name", "no address"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("sqlite:////proc/none/register.db", "cannot be made"),
        ("postgresql://nobody@127.0.0.1:9/none", "cannot do this"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(address: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        Store.open(address)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("these are my notes, and they are no database at all\n" * 40, encoding="utf-8")
    before = file.read_bytes()
    with pytest.raises(StoreError, match="not a database"):
        Store.open(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_a_database_of_a_newer_lagrum_is_refused(url: str) -> None:
    database = open_database(url)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(StoreError, match="newer lagrum"):
        Store.open(url)


def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    file = tmp_path / "of mine" / "register.db"
    with Store.open(f"sqlite:///{file}") as store:
        store.drafts.create("eu-ai-act", "lagrum: 1")
        modes = [stat.S_IMODE(each.stat().st_mode) for each in file.parent.iterdir()]
    assert set(modes) == {0o600} and stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_what_is_acknowledged_is_on_the_disk(url: str) -> None:
    database = open_database(url)
    with database.writing() as session:
        if database.is_sqlite:
            found = {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")}
            assert found == {"journal_mode": "wal", "synchronous": 2}
        else:
            assert session.execute(text("SHOW synchronous_commit")).scalar() == "on"
    database.close()
