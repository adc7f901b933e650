"""A rule taken apart into what must hold together for it to apply, each part with its words and its cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lagrum.analysis.audit.desk import Part
from lagrum.model.citations import Citation
from lagrum.model.conditions import AllOf, AnyOf, AtLeast, Condition, Defined, NoneOf
from lagrum.model.norms import Norm, NormKind
from lagrum.semantics.compile import Compiled
from lagrum.semantics.logic import TRUE, Node

SHOWN = 3
"""Items of a group that are told."""

SPEAKING = (NormKind.FORBID, NormKind.REQUIRE, NormKind.CLASSIFY)


def name_of(norm: Norm) -> str:
    """The rule as it is cited: `Art. 5(1)(h) "live identification"`."""
    label = norm.label or norm.name
    return f'{norm.citation} "{label}"' if label else str(norm.citation)


def words_of(condition: Condition) -> str:
    """A condition on one line, with its citation."""
    match condition:
        case AllOf(items, citation):
            return _cited(f"all of: {_items(items)}", citation)
        case AnyOf(items) if is_one_term(items):
            return words_of(items[0])
        case AnyOf(items, citation):
            return _cited(f"any of: {_items(items)}", citation)
        case NoneOf(items, citation):
            return _cited(f"none of: {_items(items)}", citation)
        case AtLeast(count, items, citation):
            return _cited(f"at least {count} of: {_items(items)}", citation)
        case _:
            return _cited(condition.line.text, condition.line.citation)


def is_one_term(items: tuple[Condition, ...]) -> bool:
    """Whether these are the wordings that one term had over time: it is written once, and none is an alternative."""
    return len({item.line.text if isinstance(item, Defined) else repr(item) for item in items}) == 1


def _items(items: tuple[Condition, ...]) -> str:
    told = [words_of(item) for item in items[:SHOWN]]
    return "; ".join(told + ([f"{len(items) - SHOWN} more"] if len(items) > SHOWN else []))


def _cited(words: str, citation: Citation | None) -> str:
    return f"{words} [{citation}]" if citation else words


class Taker:
    """Takes the rules of one compiled law apart."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled, self.law, self.logic = compiled, compiled.law, compiled.logic

    # --- cases -----------------------------------------------------------------------------------------------

    def stands(self, norm: Norm) -> Node:
        """Where the rule is active, has its elements and is not excepted: all that counts of a definition, a scope
        rule, an exception or an exclusion."""
        c = self.compiled
        return self.logic.minus(self.logic.both(c.active(norm.key), c.elements(norm.key)), c.excepted(norm.key))

    def holds(self, norm: Norm) -> Node:
        """Where the rule does what it is for, apart from what an exception or exclusion finds to lift."""
        return self.stands(norm) if self.is_bare(norm) else self.compiled.applies(norm.key)

    def is_bare(self, norm: Norm) -> bool:
        """Whether neither force, scope nor exclusions count for the rule."""
        return norm.kind is NormKind.EXCEPT or self.compiled.is_unreached(norm)

    def reach(self, norm: Norm) -> Node:
        """Where an exception to the rule lifts something: the rule would apply but for its exceptions. An exception
        that is lifted itself would have lifted something."""
        c, d = self.compiled, self.logic
        held = d.both(c.active(norm.key), c.elements(norm.key))
        if norm.kind is NormKind.EXCEPT:
            return d.both(held, d.either(*(self.reach(target) for target in self.targets(norm))))
        if norm.kind is NormKind.EXCLUDE:
            return d.both(held, self.taken(norm))
        if c.is_unreached(norm):
            return held
        inside = d.both(held, c.force(norm.instrument), c.scope(norm.instrument))
        return d.minus(inside, c.excluded(norm.key))

    def taken(self, exclusion: Norm) -> Node:
        """Where there is something for the exclusion to take out: one of its rules would speak within the scope, or,
        where it takes out all, anything in scope."""
        c, d = self.compiled, self.logic
        inside = d.both(c.force(exclusion.instrument), c.scope(exclusion.instrument))
        if exclusion.from_all:
            return inside
        return d.both(inside, d.either(*(d.both(c.active(n.key), c.elements(n.key)) for n in self.targets(exclusion))))

    def targets(self, norm: Norm) -> list[Norm]:
        """What an exception lifts or an exclusion takes out."""
        known = self.law.known
        return [known[key] for key in norm.targets if key in known and self.law.bears(norm, known[key])]

    # --- parts -----------------------------------------------------------------------------------------------

    def applying(self, norm: Norm) -> list[Part]:
        """What must hold together for the rule to apply."""
        c = self.compiled
        parts = [*self.elements(norm)]
        if not self.is_bare(norm):
            parts.append(self._scope(norm))
            parts += [self._lifted(other, "exclusion") for other in c.exclusions_of(norm)]
        return parts + [self._lifted(other, "exception") for other in self.law.exceptions[norm.key]]

    def lifting(self, exception: Norm, target: Norm) -> list[Part]:
        """What must hold together for an exception or exclusion to lift this one rule."""
        c = self.compiled
        parts = [*self.elements(exception)]
        parts += [self._lifted(other, "exception") for other in self.law.exceptions[exception.key]]
        parts += [
            Part(f"{part.words} (of {target.citation})", part.node, part.what, target.key)
            for part in self.elements(target)
        ]
        if exception.kind is NormKind.EXCLUDE:
            return [part for part in parts if part.what != "force"] + [self._inside(exception)]
        if self.is_bare(target):
            return [*parts, Part(f"{target.citation} has something to lift", self.reach(target), "scope", target.key)]
        return [*parts, self._scope(target), *(self._lifted(o, "exclusion") for o in c.exclusions_of(target))]

    def _inside(self, exclusion: Norm) -> Part:
        """The exclusion's own law reaches the case."""
        scope = self._scope(exclusion)
        return replace(scope, node=self.logic.both(self.compiled.force(exclusion.instrument), scope.node))

    def elements(self, norm: Norm) -> Iterator[Part]:
        """The rule's own conditions and days."""
        c = self.compiled
        if not self.is_bare(norm):
            yield Part(f"{norm.instrument} is in force", c.force(norm.instrument), "force")
        yield Part(self._days(norm), c.active(norm.key), "date")
        yield from self._conditions(norm.when, norm)
        if norm.unless is not None:
            items = norm.unless.items if isinstance(norm.unless, AnyOf) else (norm.unless,)
            for item in items:
                yield Part(f"unless {words_of(item)}", self.logic.negate(c.condition(item, norm)), "proviso")

    def _conditions(self, condition: Condition | None, norm: Norm) -> Iterator[Part]:
        match condition:
            case None:
                return
            case AllOf(items):
                for item in items:
                    yield from self._conditions(item, norm)
            case NoneOf(items):
                for item in items:
                    node = self.logic.negate(self.compiled.condition(item, norm))
                    yield Part(f"not so: {words_of(item)}", node)
            case _:
                yield Part(words_of(condition), self.compiled.condition(condition, norm))

    def _scope(self, norm: Norm) -> Part:
        return Part(f"the scope of {norm.instrument}", self.compiled.scope(norm.instrument), "scope")

    def _lifted(self, other: Norm, what: str) -> Part:
        verb = "lifted" if what == "exception" else "taken out"
        return Part(f"not {verb} by {name_of(other)}", self.logic.negate(self.stands(other)), what, other.key)

    def _days(self, norm: Norm) -> str:
        starts = [f"{s.day}" + (f" when {words_of(s.when)}" if s.when else "") for s in norm.starts]
        said = (f"stands from {', or from '.join(starts)}" if starts else "stands") + (
            f" until {norm.until}" if norm.until else ""
        )
        return f"{norm.citation} {said}"


def anywhere(parts: list[Part]) -> list[Part]:
    """The parts without those that hold everywhere."""
    return [part for part in parts if part.node != TRUE]
