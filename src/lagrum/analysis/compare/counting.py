"""How many cases each law catches: exactly, or, past the budget, as shares of a sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from random import Random

from lagrum.analysis.compare.pair import Pair
from lagrum.analysis.compare.result import Counts, Share
from lagrum.semantics.estimate import SAMPLES, as_case, draw, interval
from lagrum.semantics.order import relevant_questions

Tally = Counts | Mapping[str, Share]


def count_exactly(pair: Pair) -> Counts:
    """Every complete case counted once, over the questions that bear on either law. Raises `BudgetExceeded`."""
    d, over = pair.diagrams, relevant_questions(pair.laws)
    possible = d.both(*pair.possible, d.box(pair.given))
    compared = d.both(possible, pair.a.reach, pair.b.reach)
    by_a = d.both(compared, d.either(*pair.a.catches.values()))
    by_b = d.both(compared, d.either(*pair.b.catches.values()))
    both = d.count(d.both(by_a, by_b), over)
    only_a, only_b = d.count(by_a, over) - both, d.count(by_b, over) - both
    total = d.count(compared, over)
    return Counts(only_a, only_b, both, total - only_a - only_b - both, d.count(possible, over) - total)


def sample(pair: Pair) -> Mapping[str, Share]:
    """The same as shares of the cases compared, by the plain reading of a uniform sample; the same input gives the same
    answer. Raises `BudgetExceeded` where even the cases to be compared are out of reach."""
    compared = pair.diagrams.both(*pair.limits, pair.diagrams.box(pair.given))
    seen: Counter[str] = Counter()
    for answers in draw(pair.diagrams, compared, SAMPLES, Random(0)):
        case = as_case(answers)
        by_a, by_b = bool(pair.a.caught_in(case)), bool(pair.b.caught_in(case))
        seen[("both" if by_b else "only_a") if by_a else ("only_b" if by_b else "neither")] += 1
    return {name: interval(seen[name], SAMPLES) for name in ("only_a", "only_b", "both", "neither")}
