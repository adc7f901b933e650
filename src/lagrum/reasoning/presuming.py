"""Which presumptions bear on a case, and what each would settle if it stood."""

from __future__ import annotations

from collections.abc import Iterator

from lagrum.model.conditions import AllOf, AnyOf, AtLeast, NoneOf
from lagrum.model.norms import Norm
from lagrum.model.rulings import Ruling
from lagrum.reasoning.assessment import Presumed
from lagrum.reasoning.here import Here
from lagrum.semantics.presumed import presumed_away, presumptions


def presumed(plain: Here, standing: tuple[str, ...]) -> tuple[Presumed, ...]:
    """The presumptions that leave out some of the possible cases; `plain` presumes nothing."""
    return tuple(_presumed(plain, standing))


def _presumed(plain: Here, standing: tuple[str, ...]) -> Iterator[Presumed]:
    for norm in presumptions(plain.law):
        if not plain.can(presumed_away(plain.compiled, norm.key)):
            continue  # nothing to presume: it is so anyway, or the presumption does not apply
        possible: tuple[Ruling, ...] = plain.presume(norm.key).possible_rulings()
        if possible:  # else what is given contradicts it
            yield Presumed(
                norm.instrument, str(norm.citation), norm.label, words_of(norm), possible, norm.key in standing
            )


def words_of(norm: Norm) -> str:
    """What the norm presumes, as its law says it."""
    then = norm.then
    return "" if then is None or isinstance(then, AllOf | AnyOf | NoneOf | AtLeast) else then.line.text
