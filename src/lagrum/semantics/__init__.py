"""What a law means: the plain reading, the decision diagrams that do the work, and the estimate past their limits."""

from lagrum.semantics.compile import Compiled
from lagrum.semantics.diagrams import FALSE, TRUE, Diagrams, Node
from lagrum.semantics.estimate import as_case
from lagrum.semantics.leaves import possible_region
from lagrum.semantics.order import question_order, relevant_questions
from lagrum.semantics.reference import Reference, possible

__all__ = [
    "FALSE",
    "TRUE",
    "Compiled",
    "Diagrams",
    "Node",
    "Reference",
    "as_case",
    "possible",
    "possible_region",
    "question_order",
    "relevant_questions",
]
