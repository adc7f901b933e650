"""Rules that say nothing of their own: wherever one applies, others of its sort say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from lagrum.analysis.audit.desk import Desk, Part, Under
from lagrum.analysis.audit.parts import Taker, name_of
from lagrum.analysis.audit.result import Finding, Level, Moment
from lagrum.model.cases import Complete
from lagrum.model.conditions import Defined, singles
from lagrum.model.norms import Norm, NormKind
from lagrum.reasoning.grounds import Grounds
from lagrum.semantics.logic import Node
from lagrum.semantics.order import facts_of
from lagrum.semantics.reference import Reference

Rivals = Mapping[str, Node]
"""Other rules by key, each with where it does what the rule at hand does."""


class Covered:
    """What of a law others cover. `dead` are keys of rules that never apply, which need no cover."""

    def __init__(self, desk: Desk, taker: Taker, norms: Sequence[Norm], dead: Mapping[str, Under]) -> None:
        self.desk, self.taker, self.compiled = desk, taker, desk.compiled
        self.norms = [norm for norm in norms if norm.key not in dead]
        self.by: dict[str, tuple[str, ...]] = {}
        self.grounds = Grounds(desk.compiled)

    def find(self) -> Iterator[Finding]:
        for norm in self.norms:
            match norm.kind:
                case NormKind.FORBID:
                    yield from self._one(norm, self._prohibitions(norm), "forbidden anyway")
                case NormKind.CLASSIFY:
                    yield from self._one(norm, self._classes(norm), f"{norm.tier} anyway")
                case NormKind.SCOPE:
                    yield from self._one(norm, self._same(norm), "in scope anyway")
                case NormKind.EXCEPT:
                    yield from self._lifting(norm, self._exceptions, self.taker.reach, "lifted anyway")
                case NormKind.EXCLUDE:
                    yield from self._excluding(norm)
                case NormKind.REQUIRE:
                    yield from self._duty(norm)
                case _:
                    pass

    # --- prohibitions, classes, scope ------------------------------------------------------------------------

    def _one(self, norm: Norm, rivals: Rivals, so: str) -> Iterator[Finding]:
        where = self.taker.holds(norm)
        under, by = self._cover([where], rivals)
        if by:
            yield from self._tell(norm, by, so, under, [where], Level.HIGH)

    def _prohibitions(self, norm: Norm) -> Rivals:
        return {key: node for key, node in self.grounds.forbids.items() if key != norm.key}

    def _classes(self, norm: Norm) -> Rivals:
        same = (n for n in self._others(norm) if n.tier == norm.tier)
        return {n.key: self.compiled.applies(n.key) for n in same}

    def _same(self, norm: Norm) -> Rivals:
        return {n.key: self.taker.stands(n) for n in self._others(norm)}

    def _others(self, norm: Norm) -> Iterator[Norm]:
        for other in self.desk.law.norms.values():
            if other.kind is norm.kind and other.key != norm.key and other.instrument == norm.instrument:
                yield other

    # --- exceptions and exclusions ---------------------------------------------------------------------------

    def _lifting(
        self, norm: Norm, rivals: Callable[[Norm, Norm], Rivals], reach: Callable[[Norm], Node], so: str
    ) -> Iterator[Finding]:
        """An exception is covered when each of its rules is lifted by others wherever it lifts it."""
        stands, found = self.taker.stands(norm), dict[str, None]()
        unders: list[Under] = []
        for target in self.taker.targets(norm):
            where = [stands, reach(target)]
            if self.desk.never(*where) is not None:
                continue
            under, by = self._cover(where, rivals(norm, target))
            if not by:
                return
            found |= dict.fromkeys(by)
            unders.append(under)
        if found:
            reached = self.desk.circuit.either(*(map(reach, self.taker.targets(norm))))
            under = tuple(dict.fromkeys(name for each in unders for name in each))
            level = Level.MEDIUM if len(found) == 1 else Level.LOW
            yield from self._tell(norm, tuple(found), so, under, [stands, reached], level)

    def _exceptions(self, norm: Norm, target: Norm) -> Rivals:
        others = (n for n in self.desk.law.exceptions[target.key] if n.key != norm.key)
        return {n.key: self.taker.stands(n) for n in others}

    def _exclusions(self, norm: Norm, target: Norm) -> Rivals:
        others = (n for n in self.desk.law.exclusions[target.key] if n.key != norm.key)
        return {n.key: self.taker.stands(n) for n in others}

    def _excluding(self, norm: Norm) -> Iterator[Finding]:
        if norm.from_all:
            rivals = {n.key: self.taker.stands(n) for n in self._others(norm) if n.from_all}
            where = [self.taker.stands(norm), self.taker.taken(norm)]
            under, by = self._cover(where, rivals)
            if by:
                yield from self._tell(norm, by, "taken out anyway", under, where, Level.MEDIUM)
            return
        yield from self._lifting(norm, self._exclusions, self._spoken, "taken out anyway")

    def _spoken(self, target: Norm) -> Node:
        """Where the rule would speak, within the scope."""
        c = self.compiled
        inside = (c.force(target.instrument), c.scope(target.instrument))
        return self.desk.circuit.both(*inside, c.active(target.key), c.elements(target.key))

    # --- duties ----------------------------------------------------------------------------------------------

    def _duty(self, norm: Norm) -> Iterator[Finding]:
        """A duty is covered by one that binds the same people, wherever it does, and whose fulfilment fulfils it."""
        if norm.met_when is None:
            return
        asked = self._asked(norm)
        where, unmet = self.compiled.applies(norm.key), self.compiled.unmet(norm.key)
        negate = self.desk.circuit.negate
        for other in self._others(norm):
            if other.met_when is None or not set(norm.who) <= set(other.who) or self._asked(other) != asked:
                continue
            if norm.before_use and not other.before_use:
                continue
            without, left = negate(self.compiled.applies(other.key)), negate(self.compiled.unmet(other.key))
            if self.desk.can(where, without) or self.desk.can(unmet, left):
                continue
            yield from self._tell(norm, (other.key,), "to be fulfilled in the same way anyway", (), [where], Level.LOW)
            return

    def _asked(self, norm: Norm) -> frozenset[str]:
        """The facts and terms that say whether the duty is fulfilled."""
        assert norm.met_when is not None
        terms = (s.norm for s in singles(norm.met_when) if isinstance(s, Defined))
        return frozenset([*facts_of([norm.met_when]), *terms])

    # --- what covers -----------------------------------------------------------------------------------------

    def _cover(self, where: Sequence[Node], rivals: Rivals) -> tuple[Under, tuple[str, ...]]:
        """The fewest rivals that leave nothing of where the rule applies; none where all together leave something."""
        negate = self.desk.circuit.negate
        parts = [Part(key, negate(node), "rival", key) for key, node in rivals.items()]
        under = self.desk.never(*where, *(part.node for part in parts))
        if under is None:
            return (), ()
        if under and self.desk.never(*where) == under:
            return (), ()
        here = [Part("", node, "here") for node in where]
        reason = self.desk.conflict([*here, *parts], under)
        return under, tuple(part.key for part in reason if part.what == "rival")

    def _tell(
        self, norm: Norm, by: tuple[str, ...], so: str, under: Under, where: Sequence[Node], level: Level
    ) -> Iterator[Finding]:
        if any(self.by.get(key) == (norm.key,) for key in by if by == (key,)):
            return  # the two say the same, and that was told of the other
        self.by[norm.key] = by
        others = [self.desk.law.known[key] for key in by]
        names = " or ".join(map(name_of, others))
        sentence = f"wherever {name_of(norm)} applies, it is {so} by {names}"
        if len(by) > 1 and level is Level.HIGH:
            level = Level.MEDIUM
        if under or norm.kind is NormKind.SCOPE:
            level = Level.LOW
        citations = (str(norm.citation), *(str(other.citation) for other in others))
        moment = self._moment(norm, where)
        yield Finding(norm.instrument, "covered", level, norm.key, citations, sentence, (), by, under, moment)

    def _moment(self, norm: Norm, where: Sequence[Node]) -> Moment:
        def shows(reference: Reference, case: Complete) -> bool:
            if self.taker.is_bare(norm):
                return reference.active(norm, case) and reference.elements(norm, case)
            return reference.applies(norm.key, case)

        return self.desk.moment(*where, shows=shows)
