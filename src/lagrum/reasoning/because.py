"""Why: the smallest set of given answers that forces something, whatever the rest may be.

Whatever is not kept of what was given may be otherwise; a case in which it then comes out otherwise shows that one of
the given answers it breaks must be kept. The smallest set that meets every such demand, and leaves no such case, is the
reason. It is proved smallest: these are implicit hitting sets (Ignatiev and others, CP 2015).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from lagrum.model.facts import Question
from lagrum.reasoning.here import Here
from lagrum.reasoning.hitting import smallest_hitting_set
from lagrum.semantics.logic import Node

# How an answer is known, the firmest first: of equally small reasons the one with the firmest answers is told.
FIRMNESS = {"stated": 0, "judged": 1, "indicated": 2, "assumed": 3}

Kept = frozenset[Question]


def smallest_set(
    given: Sequence[Question],
    breaks: Callable[[Kept], Iterable[Kept]],
    basis: Mapping[Question, str],
    needed: Iterable[Question] = (),
) -> tuple[Kept, bool]:
    """The fewest of the given questions whose answers leave nothing that breaks them, and whether that is proved.

    `breaks` says, of the answers kept, which others some case breaks (none of its sets is empty), and nothing where
    there is no such case. `needed` names questions already known to be in every such set.
    """
    # One answer more weighs more than all differences in firmness together, and one of those more than all that the
    # order of questions makes out. So no two sets weigh the same, and nothing hangs on what was asked before.
    firmness = (4 * (len(given) + 1) + FIRMNESS.get(basis.get(q, ""), 0) for q in given)
    weight = {q: (firm << len(given)) + (1 << i) for i, (q, firm) in enumerate(zip(given, firmness, strict=True))}
    demands = dict.fromkeys(frozenset([question]) for question in needed)
    kept, proved = frozenset(needed), True
    while True:
        before = len(demands)
        demands |= dict.fromkeys(breaks(kept))
        if len(demands) == before:
            return kept, proved
        kept, proved = smallest_hitting_set(demands, weight)


def smallest_reason(
    here: Here, bad: Node, basis: Mapping[Question, str], needed: Iterable[Question] = ()
) -> tuple[Kept, bool]:
    """The fewest questions of the box of `here` whose answers leave no possible case in `bad`, as the box as a whole
    must, and whether that is proved."""

    def breaks(kept: Kept) -> Iterable[Kept]:
        found = here.broken(bad, kept)
        return () if found is None else (found,)

    return smallest_set([q for q in here.bench.over if q in here.box], breaks, basis, needed)
