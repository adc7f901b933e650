"""Families: for each practice, the ways to escape every prohibition that governs it.

With several governing prohibitions a case must escape each of them, so a family is one opening for each, intersected;
what is infeasible, and what lies wholly inside another family of the same practice, is dropped. Families that the same
words open are one, whatever the practice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lagrum.analysis.loopholes.openers import Opening, openings
from lagrum.analysis.loopholes.practices import Practice
from lagrum.analysis.loopholes.result import KINDS, Opener
from lagrum.model.diagnostics import BudgetExceeded
from lagrum.model.norms import Norm, NormKind
from lagrum.semantics.compile import Compiled
from lagrum.semantics.diagrams import FALSE, Diagrams, Node

MOST = 700  # ways to escape the rules: nobody reads more, and comparing each with each takes minutes
NO_NORM = Opener("no norm", "", "", "no prohibition is about this")


@dataclass(frozen=True, slots=True)
class Region:
    """The cases of one practice that one family holds, and the prohibitions that they escape.

    `unbounded` is what `node` would be if nothing were impossible; `caught` what the escaped prohibitions would all
    forbid but for the openings; `escapes` where each of them either does not catch the case or is escaped.
    """

    practice: Practice
    node: Node
    unbounded: Node
    caught: Node
    escapes: Node
    openings: tuple[Opening, ...]
    governing: tuple[Norm, ...]

    @property
    def openers(self) -> tuple[Opener, ...]:
        """What opens it, each once, in the order of the prohibitions."""
        seen: dict[tuple[str, str, str, str], Opener] = {}
        for opening in self.openings:
            o = opening.opener
            seen.setdefault((o.kind, o.citation, o.condition, o.way), o)
        return tuple(seen.values()) or (NO_NORM,)


def governing_norms(words: Compiled, practice: Practice, forbidden: Node) -> tuple[Norm, ...]:
    """The prohibitions whose conditions some pure case of the practice, forbidden by the position, fulfils.

    `forbidden` is what the position forbids among the possible. Date, scope, exceptions and exclusions do not matter.
    """
    diagrams, about = words.diagrams, words.diagrams.both(practice.pure, forbidden)
    return tuple(
        norm
        for norm in words.law.norms.values()
        if (norm.kind is NormKind.FORBID or norm.before_use)
        and diagrams.both(about, words.condition(norm.when, norm)) != FALSE
    )


def regions_of(law: Compiled, words: Compiled, practice: Practice, forbidden: Node) -> list[Region]:
    """The families of one practice; their regions together are the practice's open cases.

    `words` is the law on the nearest day on which it is in force: a law that has not begun has its words already, and
    its date is what lets everything through.
    """
    if practice.open == FALSE:
        return []
    diagrams = law.diagrams
    governing = governing_norms(words, practice, forbidden)
    partial: list[tuple[Node, tuple[Opening, ...]]] = [(practice.open, ())]
    for norm in governing:
        standing = law.active(norm.key) if law.in_force(norm.instrument) else FALSE
        openings_of_norm = openings(words, norm, standing)
        longer = [
            (both, (*chosen, opening))
            for node, chosen in partial
            for opening in openings_of_norm
            if (both := diagrams.both(node, opening.region)) != FALSE
        ]
        if len(longer) > MOST:
            names = " and ".join(practice.names)
            raise BudgetExceeded(f"there are more than {MOST} ways to escape all {len(governing)} rules about {names}")
        partial = _without_contained(diagrams, longer)
    return [_region(diagrams, practice, node, chosen, governing) for node, chosen in partial]


def _region(
    diagrams: Diagrams, practice: Practice, node: Node, chosen: tuple[Opening, ...], governing: tuple[Norm, ...]
) -> Region:
    unbounded = diagrams.both(practice.unbounded, *(opening.region for opening in chosen))
    caught = diagrams.both(*(opening.caught for opening in chosen))
    escapes = diagrams.both(*(diagrams.either(o.region, diagrams.negate(o.caught)) for o in chosen))
    return Region(practice, node, unbounded, caught, diagrams.both(practice.pure, escapes), chosen, governing)


def _without_contained(
    diagrams: Diagrams, partial: list[tuple[Node, tuple[Opening, ...]]]
) -> list[tuple[Node, tuple[Opening, ...]]]:
    """Drop what lies inside another; of equal regions keep the plainest explanation: fewest, then first openers."""
    ranked = sorted(range(len(partial)), key=lambda i: (_distinct(partial[i][1]), _kinds(partial[i][1]), i))
    kept: list[int] = []
    for i in ranked:
        node = partial[i][0]
        if not any(partial[k][0] == node for k in kept):
            kept.append(i)
    inside = {i for i in kept for k in kept if i != k and diagrams.implies(partial[i][0], partial[k][0])}
    return [partial[i] for i in sorted(set(kept) - inside)]


def _distinct(openings_: Iterable[Opening]) -> int:
    return len({(o.opener.kind, o.opener.citation, o.opener.condition, o.opener.way) for o in openings_})


def _kinds(openings_: Sequence[Opening]) -> tuple[int, ...]:
    return tuple(KINDS.index(o.opener.kind) for o in openings_)


def merged(regions: Iterable[Region]) -> dict[tuple[Opener, ...], list[Region]]:
    """Regions by their openers, over all practices."""
    families: dict[frozenset[tuple[str, str, str, str]], list[Region]] = {}
    for region in regions:
        words = frozenset((o.kind, o.citation, o.condition, o.way) for o in region.openers)
        families.setdefault(words, []).append(region)
    return {members[0].openers: members for members in families.values()}
