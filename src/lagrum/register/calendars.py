"""What changes ahead, as a calendar that any program can subscribe to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from lagrum import __version__
from lagrum.model.rulings import Ruling
from lagrum.reasoning.timeline import Attached
from lagrum.register.ahead import Ahead, Side

Tell = Callable[[Ahead], tuple[str, str]]
"""Gives the heading and the text of a change, in some language."""
MOST = 12
"""Rules that the text of an event names."""


def in_english(change: Ahead) -> tuple[str, str]:
    """The heading and text of a change in English."""
    heading = f"{change.name}: {_turn(change.before, change.after)}"
    lines = [f"{change.law}: {_said(change.before)} until now, {_said(change.after)} from {change.day}"]
    lines += [
        f"{words}: {_listed(attached)}"
        for words, attached in (("Begins", change.begins), ("Ends", change.ends))
        if attached
    ]
    because = [str(each) for each in change.because[:MOST]]
    more = [f"{len(change.because) - MOST} more"] if len(change.because) > MOST else []
    lines += [f"Because: {'; '.join([*because, *more])}"] if because else []
    lines += [f"Owner: {change.owner} ({change.role})", "Nothing here is legal advice."]
    return heading, "\n".join(lines)


def to_ics(changes: Iterable[Ahead], *, tell: Tell = in_english, stamp: datetime | None = None) -> bytes:
    """An iCalendar file with a whole day for each change. `stamp` is the moment at which it was made, now if left out:
    all else is the same each time."""
    made = stamp or datetime.now(UTC)
    calendar = Calendar()
    calendar.add("prodid", f"-//lagrum//lagrum {__version__}//EN")
    calendar.add("version", "2.0")
    for change in changes:
        heading, text = tell(change)
        event = Event()
        event.add("uid", change.uid)
        event.add("dtstamp", made)
        event.add("dtstart", change.day)
        event.add("dtend", change.day + timedelta(days=1))
        event.add("summary", heading)
        event.add("description", text)
        event.add("categories", [change.law])
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _turn(before: Side, after: Side) -> str:
    if before.possible != after.possible:
        return f"{_said(after)} (was {_said(before)})"
    new = [tier for tier in after.tiers if tier not in before.tiers]
    return f"now {', '.join(new)}" if new else "rules begin or end"


def _said(side: Side) -> str:
    if side.ruling is not Ruling.UNDETERMINED:
        return side.ruling.value
    return f"undetermined: {' or '.join(side.possible)}"


def _listed(attached: tuple[Attached, ...]) -> str:
    told = [f"{each} {each.label}".strip() for each in attached[:MOST]]
    return "; ".join([*told, *([f"{len(attached) - MOST} more"] if len(attached) > MOST else [])])
