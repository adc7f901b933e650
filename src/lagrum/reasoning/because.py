"""Why: the smallest set of given answers that forces the ruling, whatever the rest may be.

Whatever is not kept of what was given may be otherwise; a case in which the ruling then is another shows that one of
the given answers it breaks must be kept. The smallest set that meets every such demand, and leaves no such case, is the
reason. It is found without building the law whole, and proved smallest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.reasoning.hitting import smallest_hitting_set
from lagrum.reasoning.search import Cover, View, prices_of
from lagrum.semantics.diagrams import Diagrams, Node

# How an answer is known, the firmest first: of equally small reasons the one with the firmest answers is told.
FIRMNESS = {"stated": 0, "judged": 1, "indicated": 2, "assumed": 3}


def smallest_reason(
    diagrams: Diagrams,
    limits: Sequence[Node],
    given: Box,
    bad: Cover,
    basis: Mapping[Question, str],
    needed: Iterable[Question] = (),
) -> tuple[frozenset[Question], bool]:
    """The fewest given questions whose answers leave no possible case in `bad`, and whether that is proved.

    `given` as a whole must leave none. `needed` names questions already known to be in every such set.
    """
    near = View(diagrams, limits, given).find(()) or View(diagrams, (), given).find(())
    prices = prices_of(diagrams, given)
    assert near is not None, "every given question has an answer"
    # One answer more always weighs more than all differences in firmness together.
    weight = {q: 4 * (len(given) + 1) + FIRMNESS.get(basis.get(q, ""), 0) for q in diagrams.order if q in given}
    demands = dict.fromkeys(frozenset([question]) for question in needed)
    kept, proved = frozenset(needed), True
    while True:
        view = View(diagrams, limits, {q: given[q] for q in weight if q in kept})
        before = len(demands)
        for term in bad:
            point = view.nearest(term, prices, near)
            if point is not None:
                demands[frozenset(q for q in weight if point[diagrams.level_of[q]] not in given[q])] = None
        if len(demands) == before:
            return kept, proved
        kept, proved = smallest_hitting_set(demands, weight)
