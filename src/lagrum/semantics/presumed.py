"""What a presumption leaves out, if it is assumed to stand."""

from __future__ import annotations

from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.semantics.compile import Compiled
from lagrum.semantics.logic import Node


def presumptions(law: Law) -> tuple[Norm, ...]:
    """The presumptions of a law, in the order of the text."""
    return tuple(norm for norm in law.norms.values() if norm.kind is NormKind.PRESUME)


def presumed_away(compiled: Compiled, key: str) -> Node:
    """The cases to which the presumption applies and of which what it presumes does not hold: see
    `Reference.presumed_away`. The logic must ask what stands beside the rulings (`question_order(beside=True)`)."""
    norm = compiled.law.norms[key]
    return compiled.logic.minus(compiled.applies(key), compiled.condition(norm.then, norm))
