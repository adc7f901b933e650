"""A law as sets of cases: for every norm the cases it applies to, for every ruling the cases that get it.

This is `reference` once more, for all cases at a time. What is known is put into the conditions before anything is
built, and nothing is built before it is asked for, norm by norm.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property

from lagrum.model.cases import Box
from lagrum.model.conditions import (
    Applies,
    Condition,
    DateIs,
    Defined,
    IsMet,
    ReadingIs,
    Single,
)
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.model.rulings import Ruling, Status
from lagrum.semantics.diagrams import Diagrams
from lagrum.semantics.leaves import NOTHING, Leaves, possible_region
from lagrum.semantics.logic import FALSE, TRUE, Logic, Node
from lagrum.semantics.order import conditions_of, question_order, questions_in, relevant_questions
from lagrum.semantics.within import Within

__all__ = ["Compiled", "possible_region", "question_order", "relevant_questions"]

SPEAKING = (NormKind.FORBID, NormKind.REQUIRE, NormKind.CLASSIFY)


class Compiled:
    """One law on one date, over the questions of `diagrams`; several laws may share the same diagrams.

    Every node speaks of the cases that `given` leaves open; what it says of others has no meaning. None but `possible`
    is conjoined with what is possible. All raise `BudgetExceeded` past the diagrams' budget and `KeyError` for a norm
    or instrument that is not in the law.
    """

    def __init__(self, law: Law, on: date, logic: Logic, given: Box = NOTHING) -> None:
        self.law = law
        self.on = on
        self.logic = logic
        self.given = given
        self._leaves = Leaves(logic, given, [law])
        self._instruments = {instrument.id: instrument for instrument in (*law.instruments, *law.attached)}
        self._known: dict[tuple[str, str, bool], Node] = {}
        self._early: dict[str, bool] = {}
        self.within = Within(self)

    @property
    def diagrams(self) -> Diagrams:
        """The diagrams that the law is built in, where it is."""
        assert isinstance(self.logic, Diagrams), "this law is a circuit"
        return self.logic

    # --- the whole law ---------------------------------------------------------------------------------------

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question the law reads, in order."""
        read = {q for norm in self.law.known.values() for q in questions_in(conditions_of(norm), self._leaves.facts)}
        return tuple(question for question in self.logic.order if question in read)

    @cached_property
    def possible(self) -> Node:
        """What `given` leaves open and no connected statement of the impossible rules out."""
        return possible_region(self.logic, [self.law], self.given)

    @cached_property
    def forbids(self) -> Node:
        """Where a prohibition applies, or a duty that is a condition of lawful use is not met.

        A norm that applies is in force, in scope and not excluded, so no such case is outside the law.
        """
        forbidding = [self.applies(norm.key) for norm in self._of(NormKind.FORBID)]
        breached = [self.unmet(norm.key) for norm in self._of(NormKind.REQUIRE) if norm.before_use]
        return self.logic.either(*forbidding, *breached)

    @cached_property
    def outside(self) -> Node:
        """Where no instrument of the law reaches the case."""
        return self.logic.both(*(self._outside(instrument.id) for instrument in self.law.instruments))

    @cached_property
    def lifted(self) -> Node:
        """Where a prohibition would apply but for an exception."""
        d = self.logic
        return d.either(*(d.both(self._reaches(norm), self.excepted(norm.key)) for norm in self._of(NormKind.FORBID)))

    @cached_property
    def attaches(self) -> Node:
        """Where a duty or class applies."""
        return self.logic.either(*(self.applies(norm.key) for norm in self._of(NormKind.REQUIRE, NormKind.CLASSIFY)))

    def rulings(self) -> Mapping[Ruling, Node]:
        """The cases of each settled ruling: disjoint, and together all cases."""
        return self._rulings

    @cached_property
    def _rulings(self) -> Mapping[Ruling, Node]:
        d = self.logic
        found: dict[Ruling, Node] = {}
        taken = FALSE
        for ruling, node in (
            (Ruling.OUTSIDE, self.outside),
            (Ruling.FORBIDDEN, self.forbids),
            (Ruling.EXCEPTED, self.lifted),
            (Ruling.REGULATED, self.attaches),
            (Ruling.UNREGULATED, TRUE),
        ):
            found[ruling] = d.minus(node, taken)
            taken = d.either(taken, node)
        return found

    # --- one instrument --------------------------------------------------------------------------------------

    def in_force(self, instrument_id: str) -> bool:
        """Whether the instrument is in force on the date, wherever it reaches."""
        return self.force(instrument_id) != FALSE

    def force(self, instrument_id: str) -> Node:
        """The days on which the instrument is in force: all cases or none on a date."""
        until = self._instruments[instrument_id].until
        return self.logic.minus(self._since(self._start(instrument_id)), self._since(until))

    def scope(self, instrument_id: str) -> Node:
        """Where the instrument reaches the case; everywhere for one without scope norms."""
        return self._once("scope", instrument_id, False, lambda: self._scope(instrument_id))

    def _scope(self, instrument_id: str) -> Node:
        scopes = [n for n in self._instruments[instrument_id].norms if n.kind is NormKind.SCOPE]
        return self.logic.either(*(self._stands(norm, False) for norm in scopes)) if scopes else TRUE

    def _outside(self, instrument_id: str) -> Node:
        force = self.force(instrument_id)
        if force == FALSE:
            return TRUE
        d = self.logic
        norms = self._instruments[instrument_id].norms
        speaking = [norm for norm in norms if norm.kind in SPEAKING]
        # Everything is built inside what the exclusions reach: without them it costs nothing.
        reached = d.either(*dict.fromkeys(self.excluded(norm.key) for norm in speaking))
        speaks = [d.both(reached, self.active(norm.key), self.elements(norm.key)) for norm in speaking]
        heard = d.either(*(d.minus(node, self.excluded(norm.key)) for node, norm in zip(speaks, speaking, strict=True)))
        silenced = d.minus(d.either(*speaks), heard)
        from_all = [self._stands(n, False) for n in norms if n.kind is NormKind.EXCLUDE and n.from_all]
        return d.either(d.negate(force), d.negate(self.scope(instrument_id)), silenced, *from_all)

    # --- one norm --------------------------------------------------------------------------------------------

    def active(self, key: str) -> Node:
        """Where the norm has started and not ended."""
        return self._once("active", key, False, lambda: self.active_in(self.law.known[key], False))

    def elements(self, key: str) -> Node:
        """Where its `when` holds and its `unless` does not."""
        return self._elements(self.law.known[key], False)

    def excepted(self, key: str) -> Node:
        """Where an exception to it, itself undefeated, holds."""
        return self._excepted(self.law.known[key], False)

    def excluded(self, key: str) -> Node:
        """Where an exclusion takes it out."""
        return self._once("excluded", key, False, lambda: self._excluded(self.law.known[key]))

    def applies(self, key: str) -> Node:
        """Where it applies, all told."""
        return self._once("applies", key, False, lambda: self._applies(self.law.known[key]))

    def unmet(self, key: str) -> Node:
        """Where the duty applies and is not fulfilled; everywhere it applies when it does not say how it is met."""
        norm = self.law.known[key]
        return self.logic.minus(self.applies(key), self._met(norm, False))

    def statuses(self, key: str) -> Mapping[Status, Node]:
        """Where the norm has each status: disjoint, and together all cases; excluded comes before defeated."""
        d = self.logic
        applies, reaches = self.applies(key), self._reaches(self.law.known[key])
        force = self.force(self.law.known[key].instrument)
        speaks = d.both(force, self.active(key), self.elements(key)) if force != FALSE else FALSE
        return {
            Status.APPLIES: applies,
            Status.DEFEATED: d.minus(reaches, applies),
            Status.EXCLUDED: d.minus(speaks, reaches),
            Status.DOES_NOT_APPLY: d.negate(speaks),
        }

    def condition(self, c: Condition | None, norm: Norm) -> Node:
        """Where a condition of the norm holds, everywhere for none; in a scope norm, an exclusion or an exception to
        these `applies` looks neither at scope nor at exclusions."""
        return self._condition(c, self.is_early(norm))

    def _applies(self, norm: Norm) -> Node:
        return self.logic.minus(self._reaches(norm), self.excepted(norm.key))

    def _reaches(self, norm: Norm) -> Node:
        """Where the norm applies unless an exception lifts it."""
        force = self.force(norm.instrument)
        if force == FALSE:
            return FALSE
        d = self.logic
        stands = d.both(force, self.active(norm.key), self.elements(norm.key))
        if self.is_unreached(norm):
            return stands
        if norm.kind is NormKind.FORBID and self.inside_out:  # few, and narrow: what takes them out is built inside
            return self.within.unexcluded(stands, norm)
        return d.minus(d.both(stands, self.scope(norm.instrument)), self.excluded(norm.key))

    def active_in(self, norm: Norm, bare: bool) -> Node:
        d = self.logic
        ended = d.either(self._since(norm.until), self._since(self._instruments[norm.instrument].until))
        if ended == TRUE:
            return FALSE
        if not norm.starts:
            return d.minus(self._since(self._start(norm.instrument)), ended)
        bare = bare or self.is_early(norm)
        begun = ((self._since(start.day), start.when) for start in norm.starts)
        held = (d.both(since, self._condition(when, bare)) for since, when in begun if since != FALSE)
        return d.minus(d.either(*held), ended)

    def _elements(self, norm: Norm, bare: bool) -> Node:
        bare = bare or self.is_early(norm)
        return self._once("elements", norm.key, bare, lambda: self._built_elements(norm, bare))

    def _built_elements(self, norm: Norm, bare: bool) -> Node:
        when = self._condition(norm.when, bare)
        if norm.unless is None:
            return when
        return self.logic.minus(when, self._condition(norm.unless, bare))

    def _excepted(self, norm: Norm, bare: bool) -> Node:
        bare = bare or self.is_early(norm)
        exceptions = self.law.exceptions[norm.key]
        return self._once(
            "excepted", norm.key, bare, lambda: self.logic.either(*(self._stands(e, bare) for e in exceptions))
        )

    def _excluded(self, norm: Norm) -> Node:
        return self.logic.either(*(self._stands(other, False) for other in self.exclusions_of(norm)))

    def exclusions_of(self, norm: Norm) -> list[Norm]:
        """The exclusions that can take the norm out."""
        return list(self.law.exclusions[norm.key])

    def _stands(self, norm: Norm, bare: bool) -> Node:
        """Active, with its elements, not excepted: all that counts before scope and exclusions."""
        d = self.logic
        bare = bare or self.is_early(norm)
        return self._once(
            "stands",
            norm.key,
            bare,
            lambda: d.minus(d.both(self.active_in(norm, bare), self._elements(norm, bare)), self._excepted(norm, bare)),
        )

    def _met(self, norm: Norm, bare: bool) -> Node:
        """Where a duty is fulfilled: where attached laws speak as these permit, elsewhere as it says itself."""
        own = FALSE if norm.met_when is None else self._condition(norm.met_when, bare or self.is_early(norm))
        attached = [each for each in self.law.attachments.get(norm.key, ()) if self.force(each.id) != FALSE]
        if not attached:
            return own
        d = self.logic
        permits = [n.key for each in attached for n in each.norms if n.kind is NormKind.PERMIT]
        spoken_for = d.either(*(d.both(self.force(each.id), self.scope(each.id)) for each in attached))
        return d.either(d.minus(own, spoken_for), *(self.applies(key) for key in permits))

    def is_unreached(self, norm: Norm) -> bool:
        """Whether scope and exclusions mean nothing to the norm: definitions, and what these rest on."""
        return norm.kind is NormKind.DEFINE or self.is_early(norm)

    def is_early(self, norm: Norm) -> bool:
        """Scope norms, exclusions, and exceptions to these: scope and exclusions rest on them."""
        if norm.kind is not NormKind.EXCEPT:
            return norm.kind in (NormKind.SCOPE, NormKind.EXCLUDE)
        if norm.key not in self._early:
            targets = [self.law.known[key] for key in norm.targets if key in self.law.known]
            self._early[norm.key] = any(self.is_early(target) for target in targets)
        return self._early[norm.key]

    def _of(self, *kinds: NormKind) -> list[Norm]:
        return [norm for norm in self.law.norms.values() if norm.kind in kinds]

    def _once(self, what: str, key: str, bare: bool, build: Callable[[], Node]) -> Node:
        node = self._known.get((what, key, bare))
        if node is None:
            node = self._known[what, key, bare] = build()
        return node

    # --- conditions ------------------------------------------------------------------------------------------

    def _condition(self, condition: Condition | None, bare: bool) -> Node:
        if condition is None:
            return TRUE
        return self._leaves.group(condition, lambda single: self.single(single, bare))

    def single(self, single: Single, bare: bool) -> Node:
        d, norms = self.logic, self.law.known
        match single:
            case Defined(key, _, negated):
                node = self._stands(norms[key], bare)
                return d.negate(node) if negated else node
            case Applies(keys):
                cited = [norms[key] for key in keys if key in norms]
                return d.either(*(self._stands(n, True) if bare else self.applies(n.key) for n in cited))
            case IsMet(keys):
                if any(key not in norms for key in keys):
                    return FALSE
                return d.both(*(d.negate(self._broken(norms[key], bare)) for key in keys))
            case ReadingIs(reading, value, _, negated):
                chosen = self._reading(reading, value)
                return d.negate(chosen) if negated else chosen
            case DateIs(day, before):
                since = self._since(date.fromordinal(day))
                return d.negate(since) if before else since
            case _:
                return self._leaves.single(single)

    def _broken(self, norm: Norm, bare: bool) -> Node:
        """Where the duty arises and is not fulfilled."""
        return self.logic.minus(self._stands(norm, bare), self._met(norm, bare))

    # --- dates and readings ----------------------------------------------------------------------------------

    @property
    def inside_out(self) -> bool:
        """Whether prohibitions are built inside out (`within`): it keeps diagrams small, and swells circuits."""
        return isinstance(self.logic, Diagrams)

    def _since(self, day: date | None) -> Node:
        """The day has come; never for None."""
        return TRUE if day is not None and day <= self.on else FALSE

    def _reading(self, name: str, value: str) -> Node:
        """That value of a disputed reading is chosen."""
        return TRUE if self.law.readings[name] == value else FALSE

    def _start(self, instrument_id: str) -> date:
        instrument = self._instruments[instrument_id]
        return instrument.in_force or instrument.published or date.min
