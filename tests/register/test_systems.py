"""Systems of a register with their evidence, assessments and decisions: nothing is lost, nothing overwritten."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from lagrum.model.rulings import Ruling
from lagrum.register import Conflict, Filters, NotFound, Status, Store, StoreError, System
from tests.register.conftest import Clock

CASE = "lagrum: 1\ncase: en kamera på stationen\nfacts: {}\n"


def add(store: Store, name: str = "Kameran", **fields: object) -> System:
    given = {"owner": "Trafiken", "role": "deployer", "case_text": CASE, "law": "eu-ai-act", "by": "anna", **fields}
    return store.systems.add(name, **given)  # type: ignore[arg-type]


def answer(law: str = "eu-ai-act", hash_: str = "a1", ruling: str = "forbidden") -> dict[str, object]:
    """The fields of an assessment that the store reads, with one of those that it does not."""
    return {
        "schema": "lagrum/assess/1",
        "on": "2026-12-02",
        "text_of": "2026-11-23",
        "laws": [{"id": law, "hash": hash_}],
        "ruling": ruling,
        "missing": [{"fact": "place", "gain": 0.125}],
    }


def test_a_system_reads_back_as_it_was_added(store: Store, opened: Callable[[], Store]) -> None:
    made = add(
        store,
        description="Över spår 3.\nTvå kameror.",
        law=["eu-ai-act+gdpr", "eu-ai-act-2021-proposal"],
        review_due=date(2027, 1, 1),
    )
    assert opened().systems.get(made.id) == made
    assert (made.version, made.status, made.laws[0]) == (1, Status.ACTIVE, "eu-ai-act+gdpr")
    assert made.description.startswith("Över spår") and made.review_due == date(2027, 1, 1)
    assert store.systems.get(made.id + 1) is None and store.systems.get(10**30) is None


def test_every_version_can_be_read_again(store: Store, clock: Clock) -> None:
    first = add(store)
    clock.move(timedelta(hours=1))
    second = store.systems.update(first.id, seen=1, by="åke", owner="Staden", laws=("gdpr",))
    clock.move(timedelta(hours=1))
    third = store.systems.update(first.id, seen=2, by="anna", case_text=CASE + "# more\n", review_due=date(2027, 1, 1))
    assert [store.systems.at(first.id, version) for version in (1, 2, 3, 4)] == [first, second, third, None]
    assert [(e.who, e.what) for e in store.systems.history(first.id)] == [
        ("anna", "system added"),
        ("åke", "system changed"),
        ("anna", "system changed"),
    ]
    assert (third.owner, third.laws, third.created) == ("Staden", ("gdpr",), first.created)


def test_two_editors_never_overwrite_each_other(store: Store) -> None:
    first = add(store)
    theirs = store.systems.update(first.id, seen=1, by="anna", owner="Staden")
    with pytest.raises(Conflict) as refused:
        store.systems.update(first.id, seen=1, by="åke", owner="Regionen")
    both = refused.value.both
    assert (both.current, both.seen, both.yours) == (theirs, first, {"owner": "Regionen"})
    assert store.systems.get(first.id) == theirs
    with pytest.raises(Conflict):
        store.systems.retire(first.id, seen=1, by="åke", reason="not used")
    assert len(store.systems.history(first.id)) == 2


def test_of_many_editors_at_once_one_is_heard(store: Store, opened: Callable[[], Store]) -> None:
    first, stores = add(store), [store, opened()]

    def change(number: int) -> bool:
        try:
            stores[number % 2].systems.update(first.id, seen=1, by=f"editor {number}", owner=f"owner {number}")
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(change, range(16))) == 1
    assert [e.what for e in store.systems.history(first.id)] == ["system added", "system changed"]
    assert store.history.verify().good


def test_many_writers_make_one_chain(store: Store, opened: Callable[[], Store]) -> None:
    stores = [store, opened()]
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda n: add(stores[n % 2], f"system {n}"), range(24)))
    assert len({each.id for each in made}) == 24
    checked = store.history.verify()
    assert (checked.entries, checked.good) == (24, True)


def test_saving_what_is_there_already_makes_no_version(store: Store) -> None:
    first = add(store)
    assert store.systems.update(first.id, seen=1, by="anna", owner=" Trafiken ") == first
    assert len(store.systems.history(first.id)) == 1


def test_a_retired_system_stays_and_says_why(store: Store) -> None:
    first, other = add(store), add(store, "Porten")
    gone = store.systems.retire(first.id, seen=1, by="anna", reason="taken down in May")
    assert (gone.status, gone.version) == (Status.RETIRED, 2)
    assert store.systems.list() == [other]
    assert store.systems.list(Filters(status=None)) == [gone, other]
    assert store.systems.history(first.id)[-1].payload["reason"] == "taken down in May"
    with pytest.raises(StoreError, match="retired"):
        store.systems.update(first.id, seen=2, by="anna", owner="Staden")
    back = store.systems.resume(first.id, seen=2, by="anna", reason="put up again")
    assert (back.status, back.version) == (Status.ACTIVE, 3)
    with pytest.raises(StoreError, match="say why"):
        store.systems.retire(first.id, seen=3, by="anna", reason=" ")


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(), ["Kameran", "Porten", "Rösten"]),
        (Filters(words="PORTEN grind"), ["Porten"]),
        (Filters(words="rösten"), ["Rösten"]),
        (Filters(words="100%"), []),
        (Filters(words="\0 \ud83d"), ["Kameran", "Porten", "Rösten"]),
        (Filters(words="%_\\' OR 1=1"), []),
        (Filters(owner="\0\ud83d", law="\0\ud83d"), []),
        (Filters(owner="Staden"), ["Porten", "Rösten"]),
        (Filters(role="provider"), ["Rösten"]),
        (Filters(law="gdpr"), ["Porten", "Rösten"]),
        (Filters(law="gdpr", owner="Trafiken"), []),
        (Filters(review_before=date(2027, 1, 2)), ["Porten"]),
        (Filters(status=Status.RETIRED), []),
    ],
)
def test_lists_are_filtered(store: Store, filters: Filters, names: list[str]) -> None:
    add(store)
    add(store, "Porten", owner="Staden", description="En grind", law="gdpr", review_due=date(2027, 1, 1))
    add(store, "Rösten", owner="Staden", role="provider", law=["eu-ai-act+gdpr"])
    assert [each.name for each in store.systems.list(filters)] == names


def test_lists_come_in_pages(store: Store) -> None:
    made = [add(store, f"system {n}", law="gdpr" if n % 2 else "eu-ai-act") for n in range(7)]
    first = store.systems.list(limit=3)
    assert [*first, *store.systems.list(after=first[-1].id)] == made == list(store.systems.every())
    law = Filters(law="gdpr")
    first = store.systems.list(law, limit=2)
    assert [*first, *store.systems.list(law, first[-1].id)] == made[1::2]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 301}, "name"),
        ({"owner": "a\nb"}, "owner"),
        ({"role": ""}, "role"),
        ({"description": "x" * (20 * 1024 + 1)}, "description"),
        ({"case_text": "x" * (256 * 1024 + 1)}, "case"),
        ({"laws": ()}, "law"),
        ({"laws": ("",)}, "law"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(store: Store, fields: dict[str, object], field: str) -> None:
    first = add(store)
    with pytest.raises(StoreError) as refused:
        store.systems.update(first.id, seen=1, by="anna", **{"owner": "Staden", **fields})  # type: ignore[arg-type]
    assert refused.value.field == field
    assert store.systems.get(first.id) == first
    assert store.history.count() == 1


def test_a_change_needs_somebody_who_makes_it(store: Store) -> None:
    with pytest.raises(StoreError) as refused:
        add(store, by="")
    assert refused.value.field == "by"
    assert store.systems.list() == [] and store.history.count() == 0


def test_evidence_is_kept_as_it_was(store: Store, opened: Callable[[], Store]) -> None:
    system = add(store)
    link = store.evidence.add_link(system.id, "timing", "https://example.org/a?b=ö", title="The order", by="åke")
    file = store.evidence.add_file(system.id, "place", "C:\\docs\\..\\karta.pdf", b"%PDF-\0\xff", by="anna")
    again = store.evidence.add_file(system.id, "timing", "copy.pdf", b"%PDF-\0\xff", by="anna")
    found = opened().systems.get(system.id)
    assert found is not None and found.evidence == (link, file, again)
    assert (file.file_name, file.title, file.size, link.sha256) == ("karta.pdf", "karta.pdf", 7, None)
    assert store.evidence.file(file.id) == (file, b"%PDF-\0\xff")
    assert store.evidence.file(again.id) == (again, b"%PDF-\0\xff")
    assert store.evidence.file(link.id) is None and store.evidence.file(10**30) is None
    assert (
        found.version == 1 and store.systems.update(system.id, seen=1, by="anna", owner="x").evidence == found.evidence
    )


@pytest.mark.parametrize(
    "url_", ["", "javascript:alert(1)", "file:///etc/passwd", "https://", "http://[", "https://a b"]
)
def test_a_link_that_is_none_is_refused(store: Store, url_: str) -> None:
    system = add(store)
    with pytest.raises(StoreError) as refused:
        store.evidence.add_link(system.id, "timing", url_, by="anna")
    assert refused.value.field == "url"


def test_a_file_that_is_too_large_or_has_no_system_is_refused(store: Store) -> None:
    system = add(store)
    for content in (b"", b"x" * (10 * 1024 * 1024 + 1)):
        with pytest.raises(StoreError) as refused:
            store.evidence.add_file(system.id, "place", "a.pdf", content, by="anna")
        assert refused.value.field == "file"
    for missing in (99, 10**30):
        with pytest.raises(NotFound):
            store.evidence.add_file(missing, "place", "a.pdf", b"x", by="anna")
    assert store.evidence.of(system.id) == ()


def test_assessments_are_kept_whole_newest_first(store: Store) -> None:
    system = add(store)
    first = store.assessments.add(system.id, answer(), "anna")
    store.systems.update(system.id, seen=1, by="anna", case_text=CASE + "# more\n")
    second = store.assessments.add(system.id, answer(ruling="undetermined"), "åke", version=2)
    assert store.assessments.of(system.id) == [second, first]
    assert store.assessments.document(first.id) == answer()
    assert (first.ruling, first.on, first.text_of) == (Ruling.FORBIDDEN, date(2026, 12, 2), date(2026, 11, 23))
    assert (first.version, second.version, second.who, first.hashes) == (1, 2, "åke", {"eu-ai-act": "a1"})
    assert store.assessments.document(10**30) is None
    with pytest.raises(StoreError, match="changed since"):
        store.assessments.add(system.id, answer(), "anna", version=1)


def test_an_assessment_is_stale_when_law_or_facts_have_changed(store: Store) -> None:
    system = add(store, law=["eu-ai-act", "gdpr"])

    def stale(**hashes: str) -> bool:
        return store.assessments.stale(system.id, {name.replace("_", "-"): hash_ for name, hash_ in hashes.items()})

    assert stale(eu_ai_act="a1")
    store.assessments.add(system.id, answer(), "anna")
    assert not stale(eu_ai_act="a1")
    assert stale(eu_ai_act="a2") and stale(eu_ai_act="a1", gdpr="b1")
    store.assessments.add(system.id, answer("gdpr", "b1"), "anna")
    assert not stale(eu_ai_act="a1", gdpr="b1")
    store.systems.update(system.id, seen=1, by="anna", owner="Staden")
    assert not stale(eu_ai_act="a1"), "an owner is no fact"
    store.systems.update(system.id, seen=2, by="anna", case_text=CASE + "# more\n")
    assert stale(eu_ai_act="a1")
    assert set(store.assessments.latest([system.id])[system.id]) == {"eu-ai-act", "gdpr"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"schema": "lagrum/compare/1"},
        {"ruling": "compliant"},
        {"on": None},
        {"laws": []},
        {"laws": [{"id": "eu-ai-act"}]},
        {"missing": float("nan")},
        {"missing": "\ud83d"},
        {"missing": {1, 2}},
        {"missing": "x" * (4 * 1024 * 1024)},
    ],
)
def test_what_is_no_assessment_is_refused(store: Store, wrong: dict[str, object]) -> None:
    system = add(store)
    with pytest.raises(StoreError) as refused:
        store.assessments.add(system.id, answer() | wrong, "anna")
    assert refused.value.field == "assessment"


def test_a_review_says_when_the_next_one_is_due(store: Store) -> None:
    system = add(store)
    decided = store.decisions.add(system.id, "decision", "Vi stänger av den.", by="anna", on=date(2026, 11, 1))
    review = store.decisions.add(
        system.id, "review", "Nothing new.", by="åke", on=date(2026, 11, 23), next_review=date(2027, 11, 23)
    )
    assert store.decisions.of(system.id) == [review, decided]
    found = store.systems.get(system.id)
    assert found is not None and (found.review_due, found.version) == (date(2027, 11, 23), 2)
    for kind, text, later in (("vote", "x", None), ("review", " ", None), ("review", "x", date(2026, 11, 23))):
        with pytest.raises(StoreError):
            store.decisions.add(system.id, kind, text, by="åke", on=date(2026, 11, 23), next_review=later)
    assert store.history.verify().good
