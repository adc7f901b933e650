"""The real registers beside the repository: every row is accounted for, and columns say what they say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from lagrum.library import open_library
from lagrum.model.facts import Fact
from lagrum.screening.builtin import mapping_for, missing_columns
from lagrum.screening.coded import Coded
from lagrum.screening.coding import Coder
from lagrum.screening.mapping import Mapping
from lagrum.screening.register import open_register

REGISTERS = {
    "us_federal_ai_inventory/2025_individual.csv": ("US federal agency AI use cases, 2025", 3611, 314),
    "nl_algoritmeregister/algoritmes.json": ("Dutch algorithm register", 1530, 65),
    "uk_atrs/atrs_records.json": ("UK algorithmic transparency records, index", 136, 0),
}


@pytest.fixture(scope="module")
def facts() -> dict[str, Fact]:
    return dict(open_library().pack.facts)


def coded(path: Path, facts: dict[str, Fact]) -> tuple[Mapping, list[Coded]]:
    mapping = mapping_for(open_register(path).columns, facts)
    register = open_register(path, mapping)
    assert missing_columns(mapping, register.columns) == ()
    coder = Coder(mapping, facts)
    return mapping, [coder.code(raw) for raw in register.batches(mapping.columns)]


def said(batches: list[Coded], fact: str, facts: dict[str, Fact]) -> Counter[str]:
    """How many rows leave which answers open."""
    found: Counter[str] = Counter()
    for batch in batches:
        for code in batch.frame[fact]:
            opened = batch.books[fact][code].open
            names = [facts[fact].answers[i].name for _, answers in opened for i in sorted(answers)]
            members = [facts[fact].answers[q.member].name for q, _ in opened if q.member is not None]
            found[", ".join(members or names) or "nothing"] += 1
    return found


@pytest.mark.parametrize("name", REGISTERS)
def test_every_row_is_accounted_for(name: str, shared: Path, facts: dict[str, Fact]) -> None:
    title, rows, gone = REGISTERS[name]
    mapping, batches = coded(shared / "data" / name, facts)
    assert mapping.name == title
    places = [row for batch in batches for row in batch.frame["(row)"].to_list()]
    out = [each.row for batch in batches for each in batch.left_out]
    assert sorted([*places, *out]) == list(range(1, rows + 1))
    assert len(out) == gone
    assert {p.code for batch in batches for p in batch.problems} <= {"LG0843", "LG0844"}


def test_what_the_federal_inventory_says(shared: Path, facts: dict[str, Fact]) -> None:
    _, batches = coded(shared / "data" / "us_federal_ai_inventory/2025_individual.csv", facts)
    # counted from the file with the csv module alone
    assert said(batches, "act", facts) == {"nothing": 1702, "use": 588, "develop": 115, "develop, use": 892}
    assert said(batches, "practice", facts) == {"content generation": 853, "nothing": 2444}
    assert said(batches, "actor", facts)["law enforcement agency"] == 92
    hints = {e.column for batch in batches for e in batch.evidence}
    assert hints == {"topic_area"}


def test_what_the_dutch_register_says(shared: Path, facts: dict[str, Fact]) -> None:
    mapping, batches = coded(shared / "data" / "nl_algoritmeregister/algoritmes.json", facts)
    assert said(batches, "act", facts) == {"use": 1392, "nothing": 73}
    police = [row for b in batches for row in b.frame.iter_rows(named=True) if row["(label) organisation"] == "Politie"]
    assert len(police) in range(15, 21)
    actors = {batches[0].books["actor"][row["actor"]] for row in police}
    assert [dict(each.open) for each in actors] == [{q: frozenset({0}) for each in actors for q, _ in each.open}]
    assert {given.fact: given.basis for given in mapping.given} == {"jurisdiction": "assumed", "territory": "assumed"}
