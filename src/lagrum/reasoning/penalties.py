"""What the breaches of a case may cost."""

from __future__ import annotations

from collections.abc import Iterator

from lagrum.model.conditions import singles
from lagrum.model.norms import Norm, NormKind
from lagrum.reasoning.assessment import Fine
from lagrum.reasoning.standing import Standing
from lagrum.semantics.logic import Node


def penalties(standing: Standing) -> tuple[Fine, ...]:
    """The penalties for prohibitions that apply and duties that are not met, those that are only possible marked."""
    return tuple(_fines(standing))


def _fines(standing: Standing) -> Iterator[Fine]:
    compiled = standing.compiled
    for norm in standing.law.norms.values():
        if norm.kind is not NormKind.PENALTY or not standing.can(threatens := compiled.applies(norm.key)):
            continue
        targets = [standing.law.norms[key] for key in norm.targets if key in standing.law.norms]
        breached = {
            t.key: node for t in targets if standing.can(node := compiled.logic.both(threatens, _breach(standing, t)))
        }
        sure = {key for key, node in breached.items() if _shown(standing, key) and standing.must(node)}
        for certain in (True, False):
            cited = dict.fromkeys(str(t.citation) for t in targets if t.key in breached and (t.key in sure) == certain)
            if cited:
                open_ = () if standing.must(threatens) else tuple(_conditions(norm))
                yield Fine(
                    norm.instrument, str(norm.citation), norm.label, tuple(cited), str(norm.amount), certain, open_
                )


def _breach(standing: Standing, norm: Norm) -> Node:
    compiled = standing.compiled
    return compiled.applies(norm.key) if norm.kind is NormKind.FORBID else compiled.unmet(norm.key)


def _shown(standing: Standing, key: str) -> bool:
    """Whether the law says what a breach is: a duty that does not say when it is met may have been met all the same."""
    norm = standing.law.norms[key]
    return norm.kind is NormKind.FORBID or norm.met_when is not None


def _conditions(norm: Norm) -> Iterator[str]:
    """What the penalty hangs on, in the words of the law."""
    yield from dict.fromkeys(single.line.text for single in singles(norm.when))
    yield from (f"unless {single.line.text}" for single in singles(norm.unless))
