"""The finding of the day: one loophole of the AI Act as it was proposed, which kept answers give at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

from lagrum.analysis.loopholes import Family, Loopholes
from lagrum.model.diagnostics import InvalidInput
from lagrum.service.analyses import AGAINST, OF
from lagrum.web.choosing import titled
from lagrum.web.pages.loopholes_ways import Way, ways
from lagrum.web.view import View
from lagrum.web.work import work_on

TELLING = ("element", "exception")  # words of the law that one can point at


@dataclass(frozen=True)
class Finding:
    """A loophole, told; of how many, in which law, against which position, on which day."""

    way: Way
    of: int
    title: str
    citation: str
    position: str
    on: date
    id: str
    here: str


def finding_of(view: View, day: date) -> Finding | None:
    """The finding of a day. None where it is not worked out: that is then begun, and nobody waits for it."""
    try:
        found = work_on(view, "loopholes", laws=(OF,), against=AGAINST, on=day).answer
        if not _is_loopholes(found):
            return None
        with view.desk.alone():
            told = ways(view, view.desk.law(OF, day), found)
    except InvalidInput:
        return None  # these laws are not loaded
    telling = [way for way in told if _is_telling(way.family)]
    if not telling:
        return None
    title, citation = titled(view, OF)
    here = view.to("/loopholes", law=OF, against=AGAINST, on=day)
    way = telling[day.toordinal() % len(telling)]
    return Finding(way, len(told), title, citation, titled(view, AGAINST)[0], day, str(found.envelope["id"]), here)


def _is_loopholes(found: object) -> TypeGuard[Loopholes]:
    return isinstance(found, Loopholes)


def _is_telling(family: Family) -> bool:
    return family.kind in TELLING and bool(family.loopholes and family.loopholes[0].except_that)
