"""What lets a case escape one prohibition: its openers, each with the region it opens.

For a prohibition N the regions of its openers together are exactly the cases N does not forbid:
a missing *element*; an *exception* to N, way by way, or N's own proviso, for what has all of N's elements; an
*exclusion*, the *scope* or the *date* for what N would otherwise forbid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lagrum.analysis.loopholes.result import Opener
from lagrum.model.citations import Citation
from lagrum.model.conditions import AllOf, AnyOf, AtLeast, Condition, Defined, IsMet, NoneOf, Single, singles
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.semantics.compile import Compiled
from lagrum.semantics.logic import FALSE, TRUE, Node


@dataclass(frozen=True, slots=True)
class Opening:
    """An opener, the region it opens, and the conditions it consists of (for vouchers and judgements); `way` are those
    that make it one of several ways.

    `caught` is the background against which it opens anything: what N would forbid without it. Outside `caught` N does
    not forbid either, so a loophole need not repeat N's own conditions.
    """

    opener: Opener
    region: Node
    conditions: tuple[Condition, ...]
    caught: Node
    way: tuple[Condition, ...] = ()


def openings(law: Compiled, norm: Norm, standing: Node) -> tuple[Opening, ...]:
    """Every opening of a prohibition or `before use` duty, in the order of the law's words.

    `law` is on a day on which its instrument is in force; `standing` is where the norm stands on the day asked about.
    """
    return tuple(opening for opening in _openings(law, norm, standing) if opening.region != FALSE)


def _openings(law: Compiled, norm: Norm, standing: Node) -> Iterator[Opening]:
    yield from _missing_elements(law, norm)
    logic = law.logic
    caught = law.condition(norm.when, norm)
    if norm.before_use and norm.met_when is not None:
        caught = logic.minus(caught, law.condition(norm.met_when, norm))
    if norm.unless is not None:
        for words, region, way in _ways(law, norm, norm.unless):
            opener = Opener("exception", norm.key, str(norm.citation), f"unless {words or words_of(norm.unless)}")
            yield Opening(opener, logic.both(caught, region), (norm.unless,), caught, way)
    caught = logic.minus(caught, law.condition(norm.unless, norm) if norm.unless else FALSE)
    for exception in law.law.exceptions[norm.key]:
        undefeated = logic.minus(law.active(exception.key), law.excepted(exception.key))
        undefeated = logic.both(undefeated, law.elements(exception.key))
        for words, region, way in _ways(law, exception, exception.when):
            opener = Opener("exception", norm.key, str(exception.citation), exception.label, words)
            yield Opening(opener, logic.both(caught, undefeated, region), _conditions(exception), caught, way)
    caught = logic.minus(caught, law.excepted(norm.key))
    unexcluded = caught
    for exclusion in law.exclusions_of(norm):
        region = law.within.standing(caught, exclusion, False)
        unexcluded = logic.minus(unexcluded, region)
        opener = Opener("exclusion", norm.key, str(exclusion.citation), exclusion.label)
        yield Opening(opener, region, _conditions(exclusion), caught)
    caught = unexcluded
    scope = [n for n in law.law.instrument_of(norm).norms if n.kind is NormKind.SCOPE]
    if scope:
        words = "none of " + "; ".join(f"{n.citation} {n.label}".strip() for n in scope)
        opener = Opener("scope", norm.key, str(_common_place(scope)), words)
        conditions = tuple(c for n in scope for c in _conditions(n))
        yield Opening(opener, logic.minus(caught, law.scope(norm.instrument)), conditions, caught)
    caught = logic.both(caught, law.scope(norm.instrument))
    opener = Opener("date", norm.key, str(norm.citation), "not in force on that day")
    yield Opening(opener, logic.minus(caught, standing), (), caught)


def _missing_elements(law: Compiled, norm: Norm) -> Iterator[Opening]:
    for condition, words, citation in _elements(law, norm.when, norm.citation):
        opener = Opener("element", norm.key, str(citation), words)
        yield Opening(opener, law.logic.negate(law.condition(condition, norm)), (condition,), TRUE)
    if norm.before_use and norm.met_when is not None:
        opener = Opener("element", norm.key, str(norm.citation), f"{norm.label or norm.citation} is fulfilled")
        yield Opening(opener, law.condition(norm.met_when, norm), (norm.met_when,), TRUE)


def _elements(
    law: Compiled, condition: Condition | None, citation: Citation
) -> Iterator[tuple[Condition, str, Citation]]:
    """The conditions that must all hold, definitions and groups opened up, each with its words and its place."""
    match condition:
        case None:
            return
        case AllOf(items, place):
            for item in items:
                yield from _elements(law, item, place or citation)
        case NoneOf(items, place):
            for item in items:
                yield NoneOf((item,)), f"not {words_of(item)}", place or citation
        case AnyOf(_, place) | AtLeast(_, _, place):
            yield condition, words_of(condition), place or citation
        case Defined(norm=key, negated=False, line=line) if _is_plain(law, law.law.norms[key]):
            definition = law.law.norms[key]
            where = line.citation or definition.citation
            yield from _elements(law, definition.when, where)
            if definition.unless is not None:
                yield from _elements(law, NoneOf((definition.unless,)), where)
        case _:
            yield condition, condition.line.text, condition.line.citation or citation


def _is_plain(law: Compiled, definition: Norm) -> bool:
    """Whether a definition stands for several conditions that must all hold, everywhere and without exception."""
    several = isinstance(definition.when, AllOf)
    return several and not law.law.exceptions[definition.key] and _always_active(law, definition)


def _always_active(law: Compiled, norm: Norm) -> bool:
    """Whether a norm has begun for every case on the law's day, and not ended; told from its dates, so that the same
    openings are found in diagrams and in circuits."""
    instrument = law.law.instrument_of(norm)
    since = instrument.in_force or instrument.published or date.min
    begun = any(s.when is None and s.day <= law.on for s in norm.starts) if norm.starts else since <= law.on
    return begun and not any(end is not None and end <= law.on for end in (norm.until, instrument.until))


def _ways(law: Compiled, norm: Norm, condition: Condition | None) -> Iterator[tuple[str, Node, tuple[Condition, ...]]]:
    """The ways to fulfil a condition: each `any of` at its top, and in the duties it wants met, apart. In words, where,
    and by which conditions.

    What no named way covers (a duty that does not even arise) is a way without a name, so that nothing is lost.
    """
    logic = law.logic
    ways: list[tuple[tuple[Condition, ...], Node]] = [((), TRUE)]
    for choice in _choices(law.law, condition):
        items: list[tuple[tuple[Condition, ...], Node]] = [((item,), law.condition(item, norm)) for item in choice]
        items.append(((), logic.negate(logic.either(*(region for _, region in items)))))
        ways = [
            ((*way, *item), both)
            for way, region in ways
            for item, where in items
            if (both := logic.both(region, where)) != FALSE
        ]
    whole = law.condition(condition, norm)
    for way, region in ways:
        yield "; ".join(words_of(item) for item in way), logic.both(whole, region), way


def _choices(law: Law, condition: Condition | None) -> Iterator[tuple[Condition, ...]]:
    match condition:
        case AnyOf(items):
            yield items
        case AllOf(items):
            for item in items:
                yield from _choices(law, item)
        case IsMet(norms=keys):
            for key in keys:
                if key in law.norms:
                    yield from _choices(law, law.norms[key].met_when)
        case _:
            return


def _conditions(norm: Norm) -> tuple[Condition, ...]:
    return (norm.when,) if norm.when is not None else ()


def _common_place(norms: list[Norm]) -> Citation:
    """The narrowest citation that covers all of the norms, `Art. 2(1)` for (a), (b) and (c)."""
    path = norms[0].citation.path
    while len(path) > 1 and not all(Citation(path).covers(norm.citation) for norm in norms):
        path = path[:-1]
    return Citation(path)


def words_of(condition: Condition) -> str:
    """A condition in one line, as the law has it."""
    match condition:
        case AllOf(items):
            return " and ".join(words_of(item) for item in items)
        case AnyOf(items):
            return "any of: " + ", ".join(words_of(item) for item in items)
        case NoneOf(items):
            return "none of: " + ", ".join(words_of(item) for item in items)
        case AtLeast(count, items):
            return f"at least {count} of: " + ", ".join(words_of(item) for item in items)
        case _:
            return condition.line.text


def tests_of(law: Law, condition: Condition) -> Iterator[Single]:
    """The single conditions on facts that a condition comes down to, through definitions and duties."""
    for single in singles(condition):
        match single:
            case Defined(norm=key):
                yield from _tests_of_norms(law, (key,))
            case IsMet(norms=keys):
                yield from _tests_of_norms(law, keys)
            case _:
                yield single


def _tests_of_norms(law: Law, keys: tuple[str, ...]) -> Iterator[Single]:
    for norm in (law.norms[key] for key in keys if key in law.norms):
        for part in (norm.when, norm.met_when):
            if part is not None:
                yield from tests_of(law, part)
