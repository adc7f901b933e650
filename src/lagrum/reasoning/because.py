"""Why: the smallest set of given answers that forces the ruling, whatever the rest may be.

Whatever is not kept of what was given may be otherwise; a case in which the ruling then is another shows that one of
the given answers it breaks must be kept. The smallest set that meets every such demand, and leaves no such case, is the
reason. It is found without building the law whole, and proved smallest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.reasoning.hitting import smallest_hitting_set
from lagrum.reasoning.search import Cover, View
from lagrum.semantics.diagrams import Diagrams, Node

# How an answer is known, the firmest first: of equally small reasons the one with the firmest answers is told.
FIRMNESS = {"stated": 0, "judged": 1, "indicated": 2, "assumed": 3}


def smallest_reason(
    diagrams: Diagrams,
    limits: Sequence[Node],
    over: Sequence[Question],
    given: Box,
    bad: Cover,
    basis: Mapping[Question, str],
) -> tuple[frozenset[Question], bool]:
    """The fewest given questions whose answers leave no possible case in `bad`, and whether that is proved.

    `given` as a whole must leave none.
    """
    price = {q: [int(a not in given[q]) if q in given else 0 for a in range(diagrams.sizes[q])] for q in over}
    # One answer more always weighs more than all differences in firmness together.
    weight = {q: 4 * (len(given) + 1) + FIRMNESS.get(basis.get(q, ""), 0) for q in over if q in given}
    demands: dict[frozenset[Question], None] = {}
    kept: frozenset[Question] = frozenset()
    proved = True
    while True:
        view = View(diagrams, limits, over, {q: given[q] for q in over if q in kept})
        before = len(demands)
        for term in bad:
            point = view.nearest(term, price)
            if point is not None:
                demands[frozenset(q for q in weight if point[q] not in given[q])] = None
        if len(demands) == before:
            return kept, proved
        kept, proved = smallest_hitting_set(demands, weight)
