"""Drafts of a browser: kept under ids that nobody guesses, never overwritten unseen, forgotten in time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from lagrum.register import Conflict, NotFound, Store, StoreError
from tests.register.conftest import Clock

CASE = "lagrum: 1\ncase: en kamera på stationen\nfacts: {}\n"


def test_a_draft_reads_back_as_it_was_made(store: Store, opened: Callable[[], Store]) -> None:
    made = store.drafts.create(
        "eu-ai-act+gdpr", CASE, on=date(2026, 12, 2), lang="sv", owner="anna", readings={"effect test": "every use"}
    )
    assert opened().drafts.get(made.id) == made
    assert (made.version, made.case, made.on, made.owner) == (1, CASE, date(2026, 12, 2), "anna")
    assert len(made.id) >= 20


def test_saving_changes_what_is_named_and_nothing_else(store: Store, clock: Clock) -> None:
    made = store.drafts.create("eu-ai-act", CASE, lang="sv")
    clock.move(timedelta(minutes=1))
    saved = store.drafts.save(made.id, seen=1, case=CASE + "# more\n", asked=("practice", "timing"))
    assert (saved.version, saved.asked, saved.lang, saved.not_known) == (2, ("practice", "timing"), "sv", ())
    assert saved.changed - saved.created == timedelta(minutes=1)
    assert store.drafts.get(made.id) == saved


def test_two_tabs_never_overwrite_each_other(store: Store) -> None:
    made = store.drafts.create("eu-ai-act", CASE)
    first = store.drafts.save(made.id, seen=1, case="first")
    with pytest.raises(Conflict) as refused:
        store.drafts.save(made.id, seen=1, case="second")
    assert refused.value.current == first
    assert refused.value.both.yours == {"case": "second"}
    assert store.drafts.get(made.id) == first


def test_of_many_at_once_one_is_saved(store: Store) -> None:
    made = store.drafts.create("eu-ai-act", CASE)

    def save(number: int) -> bool:
        try:
            store.drafts.save(made.id, seen=1, case=f"number {number}")
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(save, range(8))) == 1
    kept = store.drafts.get(made.id)
    assert kept is not None and kept.version == 2


def test_drafts_are_forgotten_when_nobody_works_on_them(store: Store, clock: Clock) -> None:
    old, deleted = store.drafts.create("eu-ai-act", CASE), store.drafts.create("eu-ai-act", CASE)
    clock.move(timedelta(days=30))
    new = store.drafts.create("eu-ai-act", CASE)
    store.drafts.delete(deleted.id)
    assert store.drafts.expire(clock() - timedelta(days=1)) == 1
    assert store.drafts.get(old.id) is None and store.drafts.get(new.id) == new
    with pytest.raises(NotFound):
        store.drafts.save(old.id, seen=1, case=CASE)


@pytest.mark.parametrize("name", ["", "x" * 5000, "\0", "å", "\ud83d", "' OR 1=1 --"])
def test_an_id_that_is_none_finds_nothing(store: Store, name: str) -> None:
    made = store.drafts.create("eu-ai-act", CASE)
    assert store.drafts.get(name) is None
    store.drafts.delete(name)
    with pytest.raises(NotFound):
        store.drafts.save(name, seen=10**30, case=CASE)
    assert store.drafts.get(made.id) == made


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"case": "x" * (256 * 1024 + 1)}, "case"),
        ({"case": "å" * (128 * 1024 + 1)}, "case"),
        ({"case": "a\0b"}, "case"),
        ({"case": "half a letter: \ud83d"}, "case"),
        ({"law": ""}, "law"),
        ({"readings": {"a": "b\nc"}}, "readings"),
        ({"asked": ("fact",) * 2001}, "asked"),
    ],
)
def test_what_cannot_be_kept_is_refused(store: Store, fields: dict[str, object], field: str) -> None:
    made = store.drafts.create("eu-ai-act", CASE)
    with pytest.raises(StoreError) as refused:
        store.drafts.save(made.id, seen=1, **fields)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert store.drafts.get(made.id) == made
