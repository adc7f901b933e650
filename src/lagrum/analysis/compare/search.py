"""The comparison: which cases one law catches and the other does not, how many, and the most telling of them.

Whether there is such a case, and which is nearest, is found norm by norm without building the laws whole; only the
counts need that, in diagrams of their own.
"""

from __future__ import annotations

from lagrum.analysis.compare.counting import Tally, count_exactly, sample
from lagrum.analysis.compare.pair import Pair
from lagrum.analysis.compare.result import Comparison, Counts, Relation, Share, Witness
from lagrum.analysis.compare.sides import Side, Subject, check_yardstick
from lagrum.analysis.compare.telling import telling_cases
from lagrum.analysis.nothing import nothing_possible
from lagrum.model.cases import Box
from lagrum.model.diagnostics import BudgetExceeded, Diagnostic, InvalidInput

BUDGET = 4_000_000


def compare(
    a: Subject, b: Subject, *, as_is: bool = False, given: Box | None = None, budget: int = BUDGET
) -> Comparison:
    """Which of two laws is stricter, over all possible cases, and the smallest cases that tell them apart.

    Each law is taken where it applies: only cases in the scope of both are compared, on a day on which they reach any.
    With `as_is` all possible cases are, on the days given. `given` fixes facts. Past `budget` diagram nodes the counts
    are shares of a sample. Raises `InvalidInput` where nothing is left to compare.
    """
    check_yardstick(a.law, a.by, (b.law,))
    check_yardstick(b.law, b.by, (a.law,))
    box = dict(given or {})
    pair = Pair(a, b, as_is, box, budget)
    if not pair.view.meets([()]):
        raise InvalidInput([_nothing(pair, a, b)])
    tally = _tally(a, b, as_is, box, budget)
    relation, proved = _relation(pair, tally)
    return Comparison(
        a=a.label,
        b=b.label,
        on_a=pair.a.on.isoformat(),
        on_b=pair.b.on.isoformat(),
        by=str(a.by) if a.by == b.by else f"{a.by} and {b.by}",
        as_is=as_is,
        relation=relation,
        counts=tally if isinstance(tally, Counts) else None,
        shares=tally if not isinstance(tally, Counts) else {},
        witnesses_a=_told(pair, pair.a),
        witnesses_b=_told(pair, pair.b),
        proved=proved,
    )


def _tally(a: Subject, b: Subject, as_is: bool, given: Box, budget: int) -> Tally:
    try:
        return count_exactly(Pair(a, b, as_is, given, budget))
    except BudgetExceeded:
        return sample(Pair(a, b, as_is, given, budget))


def _relation(pair: Pair, tally: Tally) -> tuple[Relation, bool]:
    """How the first law stands to the second, and whether that is proved."""
    try:
        more, less = pair.differs(pair.a, pair.b), pair.differs(pair.b, pair.a)
    except BudgetExceeded:
        shares: dict[str, Share] = {} if isinstance(tally, Counts) else dict(tally)
        both_seen = all(name in shares and shares[name].share > 0 for name in ("only_a", "only_b"))
        return (Relation.INCOMPARABLE, True) if both_seen else (Relation.UNDETERMINED, False)
    if more and less:
        return Relation.INCOMPARABLE, True
    return (Relation.STRICTER if more else Relation.LOOSER if less else Relation.EQUIVALENT), True


def _told(pair: Pair, side: Side) -> tuple[Witness, ...]:
    try:
        return telling_cases(pair, side)
    except BudgetExceeded:
        return ()  # said by `method` and, where it matters, by the relation


def _nothing(pair: Pair, a: Subject, b: Subject) -> Diagnostic:
    if not pair.anything.meets([()]):
        return nothing_possible(pair.laws, pair.given)
    message = f"no possible case is within the reach of both `{a.label}` and `{b.label}`"
    return Diagnostic("LG0737", message, help="`--as-is` compares them over all cases, also where they do not reach")
