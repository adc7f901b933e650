"""The changes of a law in words: the text for a terminal, the rows of a table, and the JSON object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lagrum.analysis.changes.result import Changes, DayOfChange, Moved, Turn
from lagrum.analysis.compare.words import grouped, wrapped

AT_FIRST = 8
"""Rules named for each day, and facts for each case, in the short view."""

HEADS = ("day", "before", "after", "cases", "facts", "by")


def as_text(result: Changes, *, everything: bool = False, plain: bool = False) -> str:
    """Day by day what begins and ends, and which cases change; `everything` names every rule, `plain` one statement a
    line."""
    days = len(result.days)
    head = f"{days} {'day' if days == 1 else 'days'} of change  {result.law}, from {result.since} to {result.until}"
    lines = wrapped(head, 0, plain)
    for day in result.days:
        lines += [*([] if plain else [""]), *_day(day, everything, plain)]
    return "\n".join(lines)


def rows(result: Changes) -> list[tuple[str, ...]]:
    """A line of a table for each turn, under `HEADS`."""
    return [
        (str(day.day), t.before.value, t.after.value, _many(t), "; ".join(t.facts), "; ".join(t.by))
        for day in result.days
        for t in day.turns
    ]


def _day(day: DayOfChange, everything: bool, plain: bool) -> Iterator[str]:
    prefix = f"{day.day}: " if plain else ""
    if not plain:
        yield str(day.day)
    for words, moved in _moves(day.moved):
        told = moved if everything else moved[:AT_FIRST]
        more = f", {len(moved) - len(told)} more" if len(told) < len(moved) else ""
        yield from wrapped(f"{prefix}{words}: {', '.join(told)}{more}", 2, plain)
    if day.method == "estimate":
        yield from wrapped(f"{prefix}estimate: too large to count; shares from a sample", 2, plain)
    for turn in day.turns:
        yield from wrapped(f"{prefix}{turn.before} -> {turn.after}: {_many(turn)}", 2, plain)
        by = f" ({', '.join(turn.by[:4])})" if turn.by else ""
        yield from wrapped(f"{prefix}e.g. {_facts(turn, everything)}{by}", 4, plain)
        if everything and turn.besides:
            yield from wrapped(f"{prefix}as usual: {'; '.join(turn.besides)}", 4, plain)
    if not day.turns:
        nothing = "no case was found that changes" if day.method == "estimate" else "no case changes"
        yield from wrapped(f"{prefix}{nothing}", 2, plain)


def _moves(moved: tuple[Moved, ...]) -> Iterator[tuple[str, list[str]]]:
    """Rules by what happens to them; one whose wording ends as another begins at the same place is reworded."""
    begins, ends = (dict.fromkeys(m.citation for m in moved if m.does == does) for does in ("begins", "ends"))
    partly = {m.citation for m in moved if m.partly}
    for words, places in (
        ("begins", [place for place in begins if place not in ends]),
        ("reworded", [place for place in begins if place in ends]),
        ("ends", [place for place in ends if place not in begins]),
    ):
        if places:
            yield words, [f"{place} (for some)" if place in partly else place for place in places]


def _facts(turn: Turn, everything: bool) -> str:
    told = turn.facts if everything else turn.facts[:AT_FIRST]
    more = [f"{len(turn.facts) - len(told)} more"] if len(told) < len(turn.facts) else []
    return "; ".join([*told, *more]) or "the ordinary case"


def _many(turn: Turn) -> str:
    if turn.count is not None:
        return f"{grouped(turn.count)} {'case' if turn.count == 1 else 'cases'}"
    assert turn.share is not None, "a turn is counted or estimated"
    return f"{turn.share.low:.1%} to {turn.share.high:.1%} of cases"


def as_dict(result: Changes) -> dict[str, Any]:
    """The JSON object: the envelope every answer has, then the days."""
    return {
        **result.envelope,
        "law": result.law,
        "from": result.since.isoformat(),
        "to": result.until.isoformat(),
        "days": [
            {
                "day": day.day.isoformat(),
                "method": day.method,
                "possible": None if day.possible is None else str(day.possible),
                "norms": [_moved(moved) for moved in day.moved],
                "turns": [_turn(turn) for turn in day.turns],
            }
            for day in result.days
        ],
    }


def _moved(moved: Moved) -> dict[str, Any]:
    return {
        "instrument": moved.instrument,
        "citation": moved.citation,
        "label": moved.label,
        "kind": moved.kind,
        "does": moved.does,
        "partly": moved.partly,
    }


def _turn(turn: Turn) -> dict[str, Any]:
    share = turn.share
    return {
        "before": turn.before.value,
        "after": turn.after.value,
        "count": None if turn.count is None else str(turn.count),
        "share": None if share is None else {"share": share.share, "low": share.low, "high": share.high},
        "facts": list(turn.facts),
        "besides": list(turn.besides),
        "by": list(turn.by),
        "case": {k: v if isinstance(v, str) else list(v) for k, v in turn.case.items()},
    }
