"""What holds of the cases in a context: the same meaning as `compile`, built inside out.

"Exempt, unless it is high-risk" asks about forty classes when it is built on its own, and about nothing once it is only
asked of cases that a prohibition has caught already. So conditions and norms are met here one after another with a set
that only shrinks, and the work ends as soon as nothing is left of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lagrum.model.conditions import AllOf, AnyOf, Applies, AtLeast, Condition, Defined, NoneOf
from lagrum.model.norms import Norm
from lagrum.semantics.logic import FALSE, Node

if TYPE_CHECKING:
    from lagrum.semantics.compile import Compiled


class Within:
    """Norms and conditions of a compiled law, inside contexts. Every node returned lies inside its context."""

    def __init__(self, law: Compiled) -> None:
        self._law = law
        self._known: dict[tuple[Node, str, bool], Node] = {}

    def condition(self, context: Node, condition: Condition | None, bare: bool) -> Node:
        """The part of the context where the condition holds; `bare` as in `Compiled`."""
        d, law = self._law.logic, self._law
        if context == FALSE:
            return FALSE
        match condition:
            case None:
                return context
            case AllOf(items):
                for item in items:
                    context = self.condition(context, item, bare)
                return context
            case AnyOf(items):
                return self._any(context, items, bare)
            case NoneOf(items):
                return d.minus(context, self._any(context, items, bare))
            case AtLeast(count, items):
                return d.at_least(count, [self.condition(context, item, bare) for item in items])
            case Defined(key, _, negated):
                held = self.standing(context, law.law.known[key], bare)
                return d.minus(context, held) if negated else held
            case Applies(keys):
                return self._applies(context, [law.law.known[key] for key in keys if key in law.law.known], bare)
            case _:
                return d.both(context, law.single(condition, bare))

    def standing(self, context: Node, norm: Norm, bare: bool) -> Node:
        """The part of the context where the norm is active, has its elements and is not excepted."""
        key = (context, norm.key, bare)
        if key not in self._known:
            self._known[key] = self._unexcepted(self.speaking(context, norm, bare), norm, bare)
        return self._known[key]

    def speaking(self, context: Node, norm: Norm, bare: bool) -> Node:
        """The part of the context where the norm is active and has its elements."""
        d, law = self._law.logic, self._law
        bare = bare or law.is_early(norm)
        held = self.condition(d.both(context, law.active_in(norm, bare)), norm.when, bare)
        return d.minus(held, self.condition(held, norm.unless, bare)) if norm.unless is not None else held

    def unexcluded(self, context: Node, norm: Norm) -> Node:
        """The part of the context that the scope reaches and no exclusion takes out."""
        d, law = self._law.logic, self._law
        context = d.both(context, law.scope(norm.instrument))
        for exclusion in law.exclusions_of(norm):
            context = d.minus(context, self.standing(context, exclusion, False))
        return context

    def _unexcepted(self, context: Node, norm: Norm, bare: bool) -> Node:
        d = self._law.logic
        for exception in self._law.law.exceptions[norm.key]:
            context = d.minus(context, self.standing(context, exception, bare or self._law.is_early(norm)))
        return context

    def _any(self, context: Node, items: Iterable[Condition], bare: bool) -> Node:
        d = self._law.logic
        rest = context
        for item in items:
            rest = d.minus(rest, self.condition(rest, item, bare))
        return d.minus(context, rest)

    def _applies(self, context: Node, norms: Iterable[Norm], bare: bool) -> Node:
        d, law = self._law.logic, self._law
        rest = context
        for norm in norms:
            if rest == FALSE:
                break
            if bare:
                rest = d.minus(rest, self.standing(rest, norm, True))
            elif (force := law.force(norm.instrument)) != FALSE:
                held = d.both(force, self.standing(rest, norm, False))
                rest = d.minus(rest, held if law.is_unreached(norm) else self.unexcluded(held, norm))
        return d.minus(context, rest)
