"""What columns mean, chosen in a table: from the form to the mapping file, and back to the form."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from lagrum.model.facts import Fact, FactKind
from lagrum.screening.layout import format_mapping
from lagrum.screening.propose import Column, alike, answer_like
from lagrum.screening.raw import ITEMS

ROLES = ("", "id", "label", "text")
MOST_SENSES = 4  # facts that one column may speak of
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a column with how often it is there, what is chosen for it, and what looks like its answer."""

    text: str
    count: int
    chosen: str
    suggested: str


@dataclass(frozen=True, slots=True)
class Sense:
    """What a column says of a fact, cell by cell; of a date the whole column is read."""

    fact: Fact
    cells: tuple[Cell, ...]

    @property
    def dated(self) -> bool:
        return self.fact.kind is FactKind.DATE


@dataclass(frozen=True, slots=True)
class Shown:
    """A column as the table shows it."""

    index: int
    name: str
    filled: int
    rows: int
    samples: tuple[str, ...]
    role: str
    senses: tuple[Sense, ...]
    suggestions: tuple[Fact, ...]
    text: bool


def columns_of(seen: Sequence[Mapping[str, Any]], choices: Mapping[str, Any], facts: Mapping[str, Fact]) -> list[Shown]:
    """The columns with what was chosen for them, and what looks alike."""
    return [_shown(index, column, choices, facts) for index, column in enumerate(seen)]


def _shown(index: int, told: Mapping[str, Any], choices: Mapping[str, Any], facts: Mapping[str, Fact]) -> Shown:
    name = str(told["name"])
    chosen: Mapping[str, Mapping[str, str]] = choices.get("senses", {}).get(name, {})
    senses = tuple(
        Sense(facts[fact], tuple(_cells(told["cells"], facts[fact], values)))
        for fact, values in chosen.items()
        if fact in facts
    )
    near = alike(_column(told), facts) if told["few"] or told["dated"] else []
    return Shown(
        index,
        name,
        told["filled"],
        told["rows"],
        tuple(_plain(cell) for cell, _ in told["cells"][:SAMPLES]),
        choices.get("roles", {}).get(name, ""),
        senses,
        tuple(fact for fact in near if fact.name not in chosen),
        told["text"],
    )


def _column(told: Mapping[str, Any]) -> Column:
    column = Column(str(told["name"]), rows=told["rows"], filled=told["filled"])
    column.cells.update(dict(told["cells"]))
    return column


def _cells(cells: Sequence[Sequence[Any]], fact: Fact, values: Mapping[str, str]) -> Iterator[Cell]:
    for cell, count in cells:
        text = _plain(cell)
        yield Cell(text, count, values.get(text, ""), answer_like(cell, fact))


def _plain(cell: str) -> str:
    return " ".join(cell.replace(ITEMS, " ").split())


def read_choices(form: FormData, seen: Sequence[Mapping[str, Any]], facts: Mapping[str, Fact]) -> dict[str, Any]:
    """What the form chooses. Facts that the law does not know are passed over."""
    roles: dict[str, str] = {}
    senses: dict[str, dict[str, dict[str, str]]] = {}
    for index, column in enumerate(seen):
        name = str(column["name"])
        role = str(form.get(f"role-{index}", ""))
        if role in ROLES[1:]:
            roles[name] = role
        named = [str(each).strip() for each in form.getlist(f"fact-{index}")]
        chosen = list(dict.fromkeys(fact for fact in named if fact in facts))[:MOST_SENSES]
        if chosen:
            senses[name] = {fact: _values(form, index, fact, column) for fact in chosen}
    language = str(form.get("language", "en"))
    return {"roles": roles, "senses": senses, "language": language if language in ("en", "nl") else "en"}


def _values(form: FormData, index: int, fact: str, column: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, (cell, _) in enumerate(column["cells"]):
        value = str(form.get(f"value-{index}-{fact}-{place}", "")).strip()
        if value:
            found[_plain(cell)] = value
    return found


def mapping_text(name: str, choices: Mapping[str, Any], facts: Mapping[str, Fact]) -> str:
    """The mapping file that the choices make. Cells for which nothing was chosen stay unknown."""
    roles: Mapping[str, str] = choices["roles"]
    by_role = {role: [each for each, had in roles.items() if had == role] for role in ROLES}
    told: dict[str, Any] = {"lagrum": 1, "mapping": name, "review": "chosen in the web application"}
    if by_role["id"]:
        told["id"] = by_role["id"][0]
    if by_role["label"]:
        told["labels"] = {each: each for each in by_role["label"]}
    told["columns"] = {
        column: {fact: _sense(facts[fact], values) for fact, values in each.items()}
        for column, each in choices["senses"].items()
    }
    if by_role["text"]:
        told["texts"] = [{"columns": by_role["text"], "language": choices["language"]}]
    return format_mapping(json.dumps(told, ensure_ascii=False))[0]


def _sense(fact: Fact, values: Mapping[str, str]) -> dict[str, Any]:
    if fact.kind is FactKind.DATE:
        return {"read": "dates"}
    return {"values": dict(values), "other": "unknown"} if values else {"read": "answers", "other": "unknown"}
