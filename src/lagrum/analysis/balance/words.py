"""A balance in words: the text for a terminal, the rows of a table, and the JSON object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lagrum.analysis.balance.result import Balance, Choice, Lost, Point
from lagrum.analysis.compare.words import wrapped

AT_FIRST = 8
"""Points told in the short view, unless there are hardly more."""

HEADS = ("point", "edits", "closes", "loses", "by", "families closed", "families narrowed", "uses lost")


def as_text(result: Balance, *, everything: bool = False, plain: bool = False) -> str:
    """The front, a point a line: what it closes and loses, and by which edits; `everything` tells all of them."""
    closable = sum(family.closable for family in result.families)
    kept = sum(benefit.state == "kept" for benefit in result.benefits)
    lines = wrapped(_summary(result), 0, plain)
    lines += wrapped(f"{result.law} against {result.position}, on {result.on}", 0, plain)
    lines += wrapped(
        f"families that some edits close: {closable} of {len(result.families)}; uses that can be lost: {kept} of "
        f"{len(result.benefits)}; {len(result.edits)} edits tried, up to {result.most_edits} together",
        0,
        plain,
    )
    if not result.benefits:
        lines += wrapped("no use to keep was named, so forbidding most is best: --keep laws/benefits", 0, plain)
    lines += [f"not complete: {reason}" for reason in result.unfinished]
    told = result.points if everything or plain or len(result.points) <= AT_FIRST + 2 else result.points[:AT_FIRST]
    lines += [] if plain else [""]
    for number, point in enumerate(told, start=1):
        by = "; ".join(result.edit(e).words for e in point.first.edits)
        lines += _entry(f"{number}. closes {point.closed}, loses {point.lost}: {by}", plain)
    if (rest := len(result.points) - len(told)) > 0:
        lines += ["", f"{rest} more, with more edits: --all; one in full: --show {len(told) + 1}"]
    return "\n".join(lines)


def point_text(result: Balance, number: int, *, amendment: str, plain: bool = False) -> str:
    """One point in full: its edits, what they close, narrow and lose, what else reaches it, and the amendment."""
    point = result.points[number - 1]
    choice = point.first
    lines = wrapped(f"{number}. closes {point.closed}, loses {point.lost}, {_many(point.edits, 'edit')}", 0, plain)
    for heading, told in _told(result, choice):
        lines += wrapped(heading, 0, plain) if told and not plain else []
        for each in told:
            lines += wrapped(f"{heading} {each}" if plain else each, 2, plain)
    for other in point.choices[1:]:
        by = "; ".join(result.edit(e).words for e in other.edits)
        lines += wrapped(f"or: {by}", 0, plain)
    if point.more:
        lines += wrapped("and there are others that come to the same numbers", 0, plain)
    return "\n".join([*lines, *([] if plain else [""]), amendment.rstrip("\n")])


def _told(result: Balance, choice: Choice) -> Iterator[tuple[str, list[str]]]:
    titles = {family.id: family.title for family in result.families}
    intents = {benefit.name: benefit.intent for benefit in result.benefits}
    yield "edits:", [result.edit(e).words for e in choice.edits]
    yield "closes:", [titles[each] for each in choice.closes]
    yield "narrows:", [titles[each] for each in choice.narrows]
    yield "loses:", [_loss(result, lost, intents[lost.benefit]) for lost in choice.loses]


def _loss(result: Balance, lost: Lost, intent: str) -> str:
    by = " and ".join(f"{result.edit(e).words}" for e in lost.by)
    how = "" if lost.wholly else ", in some of its forms"
    why = f" (kept because {intent})" if intent else ""
    return f"{lost.benefit}{how}{why}; lost by: {by}"


def _entry(text: str, plain: bool) -> list[str]:
    first, *rest = wrapped(text, 0, plain)
    return [first, *(f"    {line.lstrip()}" for line in rest)]


def _summary(result: Balance) -> str:
    if not result.points:
        return "no edit closes a family"
    most = max(point.closed for point in result.points)
    free = max((point.closed for point in result.points if point.lost == 0), default=0)
    return (
        f"{_many(len(result.points), 'point')} on the front: up to {free} families closed at no loss, "
        f"up to {most} at a loss of {min(p.lost for p in result.points if p.closed == most)}"
    )


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def rows(result: Balance) -> list[tuple[str, ...]]:
    """A line of a table for each point, under `HEADS`, with the choice told first."""
    titles = {family.id: family.title for family in result.families}
    return [
        (
            str(number),
            str(point.edits),
            str(point.closed),
            str(point.lost),
            "; ".join(result.edit(e).words for e in point.first.edits),
            "; ".join(titles[each] for each in point.first.closes),
            "; ".join(titles[each] for each in point.first.narrows),
            "; ".join(lost.benefit for lost in point.first.loses),
        )
        for number, point in enumerate(result.points, start=1)
    ]


def as_dict(result: Balance) -> dict[str, Any]:
    """The JSON object: the envelope every answer has, then the front and what it is made of."""
    return {
        **result.envelope,
        "law": result.law,
        "position": result.position,
        "most_edits": result.most_edits,
        "unfinished": list(result.unfinished),
        "families": [
            {"id": f.id, "title": f.title, "practices": [list(p) for p in f.practices], "closable": f.closable}
            for f in result.families
        ],
        "apart": list(result.apart),
        "benefits": [{"name": b.name, "file": b.file, "intent": b.intent, "state": b.state} for b in result.benefits],
        "edits": [
            {
                "id": e.id,
                "kind": e.kind,
                "words": e.words,
                "citation": e.citation,
                "closes": list(e.closes),
                "narrows": list(e.narrows),
                "loses": list(e.loses),
            }
            for e in result.edits
        ],
        "costless": [e.id for e in result.costless],
        "points": [_point(point) for point in result.points],
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "closed": point.closed,
        "lost": point.lost,
        "edits": point.edits,
        "choices": [
            {
                "edits": list(choice.edits),
                "closes": list(choice.closes),
                "narrows": list(choice.narrows),
                "loses": [{"benefit": x.benefit, "by": list(x.by), "wholly": x.wholly} for x in choice.loses],
                "amendment": choice.amendment,
            }
            for choice in point.choices
        ],
        "more": point.more,
    }
