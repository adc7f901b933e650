"""Conditions for people: a tree of lines."""

from __future__ import annotations

from lagrum.cli.output import Branch
from lagrum.model.conditions import AllOf, AnyOf, AtLeast, Condition, Defined, NoneOf
from lagrum.model.law import Law
from lagrum.service.shown import head_of


def branch(condition: Condition, law: Law) -> Branch:
    """The condition as the law file shows it: heads with their items below, citations on the right. Below a defined
    word stands what it means."""
    if isinstance(condition, AllOf | AnyOf | NoneOf | AtLeast):
        place = str(condition.citation or "")
        return Branch(head_of(condition), place, tuple(branch(item, law) for item in condition.items))
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
