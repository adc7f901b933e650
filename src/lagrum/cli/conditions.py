"""Conditions for people (a tree of lines) and for programs (nested objects)."""

from __future__ import annotations

from typing import assert_never

from lagrum.cli.output import Branch
from lagrum.model.conditions import AllOf, AnyOf, AtLeast, Condition, Defined, Group, NoneOf
from lagrum.model.law import Law


def branch(condition: Condition, law: Law) -> Branch:
    """The condition as the law file shows it: heads with their items below, citations on the right. Below a defined
    word stands what it means."""
    if isinstance(condition, AllOf | AnyOf | NoneOf | AtLeast):
        place = str(condition.citation or "")
        return Branch(head(condition), place, tuple(branch(item, law) for item in condition.items))
    meaning: tuple[Branch, ...] = ()
    citation = condition.line.citation
    if isinstance(condition, Defined):
        definition = law.known[condition.norm]
        citation = citation or definition.citation
        if definition.when is not None:
            meaning += (branch(definition.when, law),)
        if definition.unless is not None:
            meaning += (Branch("unless", "", (branch(definition.unless, law),)),)
    return Branch(condition.line.text, str(citation or ""), meaning)


def head(group: Group) -> str:
    """`all of`, `any of`, `none of`, `at least 2 of`."""
    match group:
        case AllOf():
            return "all of"
        case AnyOf():
            return "any of"
        case NoneOf():
            return "none of"
        case AtLeast():
            return f"at least {group.count} of"
        case _:
            assert_never(group)


def condition_to_dict(condition: Condition | None) -> dict[str, object] | None:
    """A group as `{group, items, citation}`, a single condition as `{text, citation}`; None for no condition."""
    if condition is None:
        return None
    if isinstance(condition, AllOf | AnyOf | NoneOf | AtLeast):
        return {
            "group": head(condition),
            "items": [condition_to_dict(item) for item in condition.items],
            "citation": str(condition.citation) if condition.citation else None,
        }
    line = condition.line
    return {"text": line.text, "citation": str(line.citation) if line.citation else None}
