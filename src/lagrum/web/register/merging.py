"""Two people change one system: what both have written, field by field and fact by fact, so that neither is lost.

What only one of them has changed is taken over; where both have, somebody chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lagrum.model.cases import Given
from lagrum.register import System

FIELDS = ("name", "owner", "role", "description", "laws", "review_due")


@dataclass(frozen=True, slots=True)
class Field:
    """One field in three versions: as it was seen, as it is stored now, as it was to be written."""

    name: str
    seen: Any
    now: Any
    yours: Any

    @property
    def theirs_changed(self) -> bool:
        return bool(self.now != self.seen)

    @property
    def yours_changed(self) -> bool:
        return bool(self.yours != self.seen)

    @property
    def clashes(self) -> bool:
        """Whether both have changed it, each otherwise."""
        return self.theirs_changed and self.yours_changed and self.now != self.yours

    @property
    def merged(self) -> Any:
        """What a form that is shown again holds: what was written, or what is stored where nothing was."""
        return self.yours if self.yours_changed else self.now


def fields_of(yours: Mapping[str, Any], now: System, seen: System | None) -> list[Field]:
    """The fields that one of the two has changed."""
    before = seen or now
    told = [Field(name, _of(before, name), _of(now, name), yours[name]) for name in FIELDS]
    return [each for each in told if each.theirs_changed or each.yours_changed]


def merged(yours: Mapping[str, Any], now: System, seen: System | None) -> dict[str, Any]:
    """All fields, those that only somebody else has changed as they are now."""
    before = seen or now
    return {name: Field(name, _of(before, name), _of(now, name), yours[name]).merged for name in FIELDS}


Facts = Mapping[str, Given]


def facts_of(yours: Facts, now: Facts, seen: Facts) -> list[Field]:
    """The facts that one of the two answers otherwise than they were answered before."""
    names = dict.fromkeys((*now, *yours, *seen))
    told = [Field(name, said(seen.get(name)), said(now.get(name)), said(yours.get(name))) for name in names]
    return [each for each in told if each.theirs_changed or each.yours_changed]


def with_facts(yours: Facts, now: Facts, seen: Facts, mine: Iterable[str]) -> dict[str, Given]:
    """The facts of both; where they clash, those in `mine` as one has them, the others as they are stored."""
    chosen = set(mine)
    found = dict(now)
    for each in facts_of(yours, now, seen):
        if not each.yours_changed or (each.clashes and each.name not in chosen):
            continue
        if each.name in yours:
            found[each.name] = yours[each.name]
        else:
            found.pop(each.name, None)
    return found


def said(given: Given | None) -> tuple[object, ...]:
    """What an answer says, and how it is known; two that say the same are alike, wherever they were written."""
    return (given.text, given.basis, given.by, given.on) if given is not None else ()


def _of(system: System, name: str) -> Any:
    value = getattr(system, name)
    return tuple(value) if name == "laws" else value
