"""How every norm stands to a case, and what decides that."""

from __future__ import annotations

from collections.abc import Iterator

from lagrum.model.conditions import AllOf, AnyOf, AtLeast, Condition, NoneOf
from lagrum.model.norms import Norm, NormKind
from lagrum.model.rulings import Ruling, Status
from lagrum.reasoning.assessment import BecauseNorm, NormStatus
from lagrum.reasoning.here import Here
from lagrum.semantics.logic import Node


class Standing:
    """The norms of a law and the possible cases of `here`; `can` and `must` are those of `here`."""

    def __init__(self, here: Here) -> None:
        self.here = here
        self.law = here.law
        self.compiled = here.compiled
        self.can, self.must = here.can, here.must
        self._found: dict[str, Status] = {}

    def status(self, key: str) -> Status:
        """The status that all possible cases share, or `depends`."""
        if key not in self._found:
            nodes = self.compiled.statuses(key)
            found = [status for status, node in nodes.items() if self.can(node)]
            self._found[key] = found[0] if len(found) == 1 else Status.DEPENDS
        return self._found[key]

    def all(self) -> tuple[NormStatus, ...]:
        """Every norm in the order of the text."""
        return tuple(self.of(norm) for norm in self.law.norms.values())

    def of(self, norm: Norm) -> NormStatus:
        """How one norm stands, and what decides that."""
        return NormStatus(
            norm.instrument,
            str(norm.citation),
            norm.label or norm.name,
            norm.kind.value,
            self.status(norm.key),
            tuple(dict.fromkeys(self._decided_by(norm))),
        )

    # --- what decides a status -------------------------------------------------------------------------------

    def _decided_by(self, norm: Norm) -> Iterator[str]:
        match self.status(norm.key):
            case Status.DEFEATED:
                yield from (str(e.citation) for e in self.lifting(norm))
            case Status.EXCLUDED:
                yield from (str(n.citation) for n in self.barring(norm))
            case Status.DOES_NOT_APPLY:
                yield from self._failing(norm)
            case Status.DEPENDS:
                yield from self.here.asked_by(self.compiled.statuses(norm.key)[Status.APPLIES])
            case Status.APPLIES:
                pass

    def lifting(self, norm: Norm) -> list[Norm]:
        """The exceptions to the norm that hold in some possible case."""
        return [e for e in self.law.exceptions[norm.key] if self.can(self.stands(e))]

    def barring(self, norm: Norm) -> list[Norm]:
        """The exclusions that take the norm out in some possible case; those of the scope if it may not reach it."""
        negate = self.compiled.logic.negate
        found = [e for e in self.law.exclusions[norm.key] if self.can(self.stands(e))]
        if self.can(negate(self.compiled.scope(norm.instrument))):
            found += [n for n in self.law.instrument_of(norm).norms if n.kind is NormKind.SCOPE]
        return found

    def stands(self, norm: Norm) -> Node:
        """Where the norm is active with its elements and no exception lifts it."""
        speaks = self.compiled.logic.both(self.compiled.active(norm.key), self.compiled.elements(norm.key))
        return self.compiled.logic.minus(speaks, self.compiled.excepted(norm.key))

    def _failing(self, norm: Norm) -> Iterator[str]:
        """Why a norm cannot apply: its dates, or the conditions that no possible case meets."""
        compiled = self.compiled
        if not self.can(compiled.force(norm.instrument)):
            yield f"{norm.instrument} is not in force"
        elif not self.can(compiled.active(norm.key)):
            later = [start.day for start in norm.starts if start.day > self.here.on]
            yield f"from {min(later)}" if later else f"until {norm.until}" if norm.until else "not in force"
        elif norm.when is not None and not self.can(compiled.condition(norm.when, norm)):
            yield from self._unmet(norm.when, norm)
        elif norm.unless is not None and self.must(compiled.condition(norm.unless, norm)):
            yield "unless " + ", ".join(_words(norm.unless))

    def _unmet(self, condition: Condition, norm: Norm) -> Iterator[str]:
        """The single conditions of an `all of` that no possible case meets; of other groups all that are in them."""
        if isinstance(condition, AllOf):
            failing = [c for c in condition.items if not self.can(self.compiled.condition(c, norm))]
            for item in failing or condition.items:
                yield from self._unmet(item, norm)
        else:
            yield from _words(condition)


def _words(condition: Condition) -> Iterator[str]:
    if isinstance(condition, AllOf | AnyOf | NoneOf | AtLeast):
        for item in condition.items:
            yield from _words(item)
    else:
        yield condition.line.text


# --- what decides a ruling -----------------------------------------------------------------------------------


def deciding(standing: Standing, possible: tuple[Ruling, ...]) -> list[tuple[str, BecauseNorm]]:
    """The norms that decide each possible ruling, with their keys: those that do so surely, else those that may."""
    found: list[tuple[str, BecauseNorm]] = []
    for ruling in (Ruling.FORBIDDEN, Ruling.EXCEPTED, Ruling.OUTSIDE, Ruling.REGULATED):
        if ruling in possible and not (ruling is Ruling.REGULATED and len(possible) > 1):
            found += [each for each in _deciding(standing, ruling) if each not in found]
    return found


def _deciding(standing: Standing, ruling: Ruling) -> Iterator[tuple[str, BecauseNorm]]:
    grounds, norms = standing.here.bench.grounds, standing.law.norms
    match ruling:
        case Ruling.FORBIDDEN:
            for key, sure in _foremost(standing, grounds.forbids):
                yield key, _because(norms[key], "forbids", sure)
        case Ruling.EXCEPTED:
            for key, sure in _foremost(standing, grounds.lifted):
                yield key, _because(norms[key], "is lifted", sure)
                for exception in standing.lifting(norms[key]):
                    holds = standing.must(standing.stands(exception))
                    yield exception.key, _because(exception, "lifts", holds, (str(norms[key].citation),))
        case Ruling.REGULATED:
            for key, sure in _foremost(standing, grounds.binds):
                does = "classifies" if norms[key].kind is NormKind.CLASSIFY else "requires"
                yield key, _because(norms[key], does, sure)
        case Ruling.OUTSIDE:
            yield from _outside(standing)
        case _:
            pass


def _foremost(standing: Standing, nodes: dict[str, Node]) -> list[tuple[str, bool]]:
    sure = [(key, True) for key, node in nodes.items() if standing.must(node)]
    return sure or [(key, False) for key, node in nodes.items() if standing.can(node)]


def _outside(standing: Standing) -> Iterator[tuple[str, BecauseNorm]]:
    compiled, negate = standing.compiled, standing.compiled.logic.negate
    for instrument in standing.law.instruments:
        if not standing.can(compiled.force(instrument.id)):
            of = (f"in force from {instrument.in_force}",) if instrument.in_force else ()
            yield "", BecauseNorm(instrument.id, instrument.citation, instrument.title, "is not in force", True, of)
            continue
        beyond = negate(compiled.scope(instrument.id))
        if standing.can(beyond):
            sure = standing.must(beyond)
            for norm in instrument.norms:
                if norm.kind is NormKind.SCOPE:
                    yield norm.key, _because(norm, "does not reach", sure)
        for norm in instrument.norms:
            if norm.kind is NormKind.EXCLUDE and standing.status(norm.key) in (Status.APPLIES, Status.DEPENDS):
                keys = [key for key in norm.targets if key in standing.law.norms]
                taken = dict.fromkeys(str(standing.law.norms[key].citation) for key in keys if not norm.from_all)
                sure = standing.status(norm.key) is Status.APPLIES
                yield norm.key, _because(norm, "takes out", sure, ("all",) if norm.from_all else tuple(taken))


def _because(norm: Norm, does: str, sure: bool, of: tuple[str, ...] = ()) -> BecauseNorm:
    return BecauseNorm(norm.instrument, str(norm.citation), norm.label or norm.name, does, sure, of)
