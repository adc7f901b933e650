"""Changes inside a sentence: single conditions taken out, put in or replaced, and days put in for their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from lagrum.language import syntax as s
from lagrum.language.words import words_of_single


class NothingLeft(Exception):
    """A list of conditions would have none."""


def same(one: s.Condition, other: s.Condition) -> bool:
    """Whether two conditions say the same; brackets count only where `other` has one."""
    if other.citation is not None and one.citation != other.citation:
        return False
    if isinstance(one, s.Group) or isinstance(other, s.Group):
        return (
            isinstance(one, s.Group)
            and isinstance(other, s.Group)
            and (one.head, one.count, len(one.items)) == (other.head, other.count, len(other.items))
            and all(same(a, b) for a, b in zip(one.items, other.items, strict=True))
        )
    return words_of_single(one) == words_of_single(other)


def _changed(condition: s.Condition | None, old: s.Condition, new: s.Condition | None) -> s.Condition | None:
    """The condition with `new`, or nothing, for `old`, wherever it stands."""
    if condition is None:
        return None
    if same(condition, old):
        return new
    if not isinstance(condition, s.Group):
        return condition
    kept = tuple(each for item in condition.items if (each := _changed(item, old, new)) is not None)
    if not kept:
        raise NothingLeft
    return replace(condition, items=kept)


def change_condition(node: s.NormS, old: s.Condition, new: s.Condition | None) -> s.NormS:
    """The norm with `new` for `old`, or without it. Raises `NothingLeft` where it is all that a list or clause has."""
    edited = replace(
        node,
        starts=tuple(replace(start, when=_changed(start.when, old, new)) for start in node.starts),
        when=_changed(node.when, old, new),
        then=_changed(node.then, old, new),
        unless=_changed(node.unless, old, new),
        met_when=_changed(node.met_when, old, new),
    )
    if [c is None for c in _clauses(edited)] != [c is None for c in _clauses(node)]:
        raise NothingLeft
    return edited


def _clauses(node: s.NormS) -> list[s.Condition | None]:
    return [*(start.when for start in node.starts), node.when, node.then, node.unless, node.met_when]


def changed(node: s.NormS, old: s.Condition, new: s.Condition | None) -> bool:
    """Whether the norm holds the condition anywhere."""
    try:
        return change_condition(node, old, new) != node
    except NothingLeft:
        return True


def add_item(when: s.Condition | None, new: s.Condition) -> s.Condition:
    """A further item of the list at the top; where there is a single condition, both must hold."""
    if when is None:
        return new
    if isinstance(when, s.Group):
        return replace(when, items=(*when.items, new))
    return s.Group(when.place, "all", None, (when, new), None)


# --- days ----------------------------------------------------------------------------------------------------


def days_in(sentence: s.Sentence, conditions_only: bool = False) -> set[str]:
    """The names of dates that a sentence uses, in its conditions or anywhere."""
    found: set[str] = set()

    def note(day: s.Day) -> s.Day:
        if isinstance(day.value, str):
            found.add(day.value)
        return day

    _map_days(sentence, note, conditions_only)
    return found


def with_days(sentence: s.Sentence, days: Mapping[str, date]) -> s.Sentence:
    """The sentence with days put in for some of their names."""

    def put(day: s.Day) -> s.Day:
        return replace(day, value=days[day.value]) if isinstance(day.value, str) and day.value in days else day

    return _map_days(sentence, put, False) if days else sentence


def _map_days(sentence: s.Sentence, change: Callable[[s.Day], s.Day], conditions_only: bool) -> s.Sentence:
    match sentence:
        case s.NormS():
            starts = tuple(
                replace(
                    start,
                    day=start.day if conditions_only else change(start.day),
                    when=_in_condition(start.when, change),
                )
                for start in sentence.starts
            )
            until = sentence.until
            return replace(
                sentence,
                starts=starts,
                until=until if until is None or conditions_only else change(until),
                when=_in_condition(sentence.when, change),
                unless=_in_condition(sentence.unless, change),
                met_when=_in_condition(sentence.met_when, change),
                then=_in_condition(sentence.then, change),
            )
        case s.ElsewhereS():
            return replace(sentence, when=_in_condition(sentence.when, change))
        case s.DateS():
            return sentence if conditions_only else replace(sentence, day=change(sentence.day))
        case _:
            return sentence


def _in_condition(condition: s.Condition | None, change: Callable[[s.Day], s.Day]) -> s.Condition | None:
    if isinstance(condition, s.Group):
        return replace(condition, items=tuple(_items(condition, change)))
    return replace(condition, day=change(condition.day)) if isinstance(condition, s.When) else condition


def _items(group: s.Group, change: Callable[[s.Day], s.Day]) -> Iterator[s.Condition]:
    for item in group.items:
        changed_item = _in_condition(item, change)
        assert changed_item is not None
        yield changed_item
