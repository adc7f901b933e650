"""Which of two laws is stricter: by what they forbid, by a class, or by a single rule, over every possible case."""

from lagrum.analysis.compare.result import Comparison, Counts, Deciding, Relation, Share, Witness
from lagrum.analysis.compare.search import compare
from lagrum.analysis.compare.sides import FORBIDDEN, Subject, Yardstick

__all__ = [
    "FORBIDDEN",
    "Comparison",
    "Counts",
    "Deciding",
    "Relation",
    "Share",
    "Subject",
    "Witness",
    "Yardstick",
    "compare",
]
