"""The meaning of a law, read off `docs/explanation/semantics.md` line by line.

Nobody optimises this module: it is what the decision diagrams, the columns of a register and every printed witness are
held against. It keeps no caches and looks at one complete case at a time.
"""

from __future__ import annotations

from datetime import date

from lagrum.model.cases import Complete
from lagrum.model.conditions import (
    AllOf,
    AnyOf,
    Applies,
    AtLeast,
    Choice,
    Condition,
    DateIs,
    Defined,
    Has,
    HasNone,
    HasOnly,
    IsMet,
    NoneOf,
    ReadingIs,
    singles,
)
from lagrum.model.instruments import Instrument
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.model.rulings import Ruling, Status

SPEAKING = (NormKind.FORBID, NormKind.REQUIRE, NormKind.CLASSIFY)
ABOUT_FACTS = Choice | Has | HasOnly | HasNone


class Reference:
    """One law on one date. A case may lack facts that no condition asks about; others raise `KeyError`."""

    def __init__(self, law: Law, on: date) -> None:
        self.law = law
        self.on = on

    # --- the whole law ---------------------------------------------------------------------------------------

    def ruling(self, case: Complete) -> Ruling:
        """What the law says of the case: the first ruling that holds, never `undetermined`."""
        norms = self.law.norms.values()
        if all(self._outside(instrument, case) for instrument in self.law.instruments):
            return Ruling.OUTSIDE
        if any(self._forbids(norm, case) for norm in norms):
            return Ruling.FORBIDDEN
        if any(n.kind is NormKind.FORBID and self.status(n.key, case) is Status.DEFEATED for n in norms):
            return Ruling.EXCEPTED
        if any(n.kind in (NormKind.REQUIRE, NormKind.CLASSIFY) and self.applies(n.key, case) for n in norms):
            return Ruling.REGULATED
        return Ruling.UNREGULATED

    def status(self, key: str, case: Complete) -> Status:
        """How one norm stands to the case. A norm that is both excluded and excepted counts as excluded."""
        norm = self.law.known[key]
        if not (self.in_force(norm.instrument) and self.active(norm, case) and self.elements(norm, case)):
            return Status.DOES_NOT_APPLY
        if norm.kind is not NormKind.DEFINE and not self._before_scope(norm):
            if not self.in_scope(norm.instrument, case) or self.excluded(norm, case):
                return Status.EXCLUDED
        return Status.DEFEATED if self.excepted(norm, case) else Status.APPLIES

    def applies(self, key: str, case: Complete) -> bool:
        return self.status(key, case) is Status.APPLIES

    def holds(self, condition: Condition, case: Complete) -> bool:
        """Whether the condition holds of the case, read as it would be in a prohibition or duty."""
        return self._holds(condition, case, bare=False)

    def presumed_away(self, case: Complete, *keys: str) -> bool:
        """Whether one of these presumptions applies to the case, and what it presumes does not hold of it."""
        norms = [self.law.known[key] for key in keys]
        return any(n.then is not None and self.applies(n.key, case) and not self.holds(n.then, case) for n in norms)

    # --- one instrument --------------------------------------------------------------------------------------

    def in_force(self, instrument_id: str) -> bool:
        instrument = self._instrument(instrument_id)
        return self._start(instrument) <= self.on and not self._ended(instrument.until)

    def in_scope(self, instrument_id: str, case: Complete) -> bool:
        """Whether the instrument reaches the case; one without scope norms reaches everything."""
        scopes = [n for n in self._instrument(instrument_id).norms if n.kind is NormKind.SCOPE]
        return not scopes or any(self._stands(norm, case) for norm in scopes)

    def _outside(self, instrument: Instrument, case: Complete) -> bool:
        if not self.in_force(instrument.id) or not self.in_scope(instrument.id, case):
            return True
        speaking = [n for n in instrument.norms if n.kind in SPEAKING and self._speaks(n, case)]
        if speaking:
            return all(self.excluded(norm, case) for norm in speaking)
        return any(n.kind is NormKind.EXCLUDE and n.from_all and self._stands(n, case) for n in instrument.norms)

    def _speaks(self, norm: Norm, case: Complete) -> bool:
        return self.active(norm, case) and self.elements(norm, case)

    # --- one norm --------------------------------------------------------------------------------------------

    def active(self, norm: Norm, case: Complete, bare: bool = False) -> bool:
        """Whether the norm has started for this case and has not ended."""
        instrument = self._instrument(norm.instrument)
        if self._ended(norm.until) or self._ended(instrument.until):
            return False
        if not norm.starts:
            return self._start(instrument) <= self.on
        bare = bare or self._before_scope(norm)
        return any(
            start.day <= self.on and (start.when is None or self._holds(start.when, case, bare))
            for start in norm.starts
        )

    def elements(self, norm: Norm, case: Complete, bare: bool = False) -> bool:
        """Whether `when` holds and `unless` does not."""
        bare = bare or self._before_scope(norm)
        if norm.unless is not None and self._holds(norm.unless, case, bare):
            return False
        return norm.when is None or self._holds(norm.when, case, bare)

    def excepted(self, norm: Norm, case: Complete, bare: bool = False) -> bool:
        """Whether an exception to the norm, itself undefeated, lifts it."""
        return any(self._stands(exception, case, bare) for exception in self.law.exceptions[norm.key])

    def excluded(self, norm: Norm, case: Complete) -> bool:
        """Whether an exclusion that names the norm takes it out."""
        return any(
            self._stands(other, case)
            for other in self.law.known.values()
            if other.kind is NormKind.EXCLUDE
            and self.law.bears(other, norm)
            and (norm.key in other.targets or (other.from_all and other.instrument == norm.instrument))
        )

    def met(self, norm: Norm, case: Complete, bare: bool = False) -> bool:
        """Whether a duty is fulfilled; one that does not say when it is never is. Where laws that attach to it speak
        for the case, it is fulfilled if one of them permits the use, whatever the duty itself says."""
        attached = self.law.attachments.get(norm.key, ())
        speaking = [each for each in attached if self.in_force(each.id) and self.in_scope(each.id, case)]
        if speaking:
            permits = [n for each in speaking for n in each.norms if n.kind is NormKind.PERMIT]
            return any(self.applies(permit.key, case) for permit in permits)
        bare = bare or self._before_scope(norm)
        return norm.met_when is not None and self._holds(norm.met_when, case, bare)

    def _forbids(self, norm: Norm, case: Complete) -> bool:
        if norm.kind is NormKind.REQUIRE and norm.before_use:
            return self.applies(norm.key, case) and not self.met(norm, case)
        return norm.kind is NormKind.FORBID and self.applies(norm.key, case)

    def _stands(self, norm: Norm, case: Complete, bare: bool = False) -> bool:
        """Active, with its elements, not excepted: all that counts before scope and exclusions."""
        return self.active(norm, case, bare) and self.elements(norm, case, bare) and not self.excepted(norm, case, bare)

    def _before_scope(self, norm: Norm) -> bool:
        """Scope norms, exclusions, and exceptions to these: scope and exclusions rest on them."""
        if norm.kind is NormKind.EXCEPT:
            return any(self._before_scope(self.law.known[key]) for key in norm.targets if key in self.law.known)
        return norm.kind in (NormKind.SCOPE, NormKind.EXCLUDE)

    # --- conditions ------------------------------------------------------------------------------------------

    def _holds(self, condition: Condition, case: Complete, bare: bool) -> bool:
        """`bare`: we are inside a scope norm or an exclusion, where `applies` looks at neither."""
        norms = self.law.known
        match condition:
            case AllOf(items):
                return all(self._holds(item, case, bare) for item in items)
            case AnyOf(items):
                return any(self._holds(item, case, bare) for item in items)
            case NoneOf(items):
                return not any(self._holds(item, case, bare) for item in items)
            case AtLeast(count, items):
                return sum(self._holds(item, case, bare) for item in items) >= count
            case Choice(fact, allowed):
                return case[fact] in allowed
            case Has(fact, member):
                return member in _several(case, fact)
            case HasOnly(fact, members):
                return bool(_several(case, fact)) and _several(case, fact) <= members
            case HasNone(fact, members):
                return not _several(case, fact) & members
            case Defined(key, _, negated):
                return self._stands(norms[key], case, bare) != negated
            case Applies(keys):
                cited = [norms[key] for key in keys if key in norms]
                return any(self._stands(n, case, True) if bare else self.applies(n.key, case) for n in cited)
            case IsMet(keys):
                return all(key in norms and self._is_met(norms[key], case, bare) for key in keys)
            case ReadingIs(reading, value, _, negated):
                return (self.law.readings[reading] == value) != negated
            case DateIs(day, before):
                return (self.on.toordinal() < day) == before

    def _is_met(self, norm: Norm, case: Complete, bare: bool) -> bool:
        """A duty that does not arise asks for nothing. (Of an instrument that is not read, none is shown to be met.)"""
        return not self._stands(norm, case, bare) or self.met(norm, case, bare)

    # --- dates -----------------------------------------------------------------------------------------------

    def _instrument(self, instrument_id: str) -> Instrument:
        return self.law.instrument(instrument_id)

    def _start(self, instrument: Instrument) -> date:
        """Its entry into force; a proposal or position is read as if it had applied since it was published."""
        return instrument.in_force or instrument.published or date.min

    def _ended(self, until: date | None) -> bool:
        return until is not None and until <= self.on


def _several(case: Complete, fact: str) -> frozenset[int]:
    answers = case[fact]
    assert isinstance(answers, frozenset), f"`{fact}` takes several answers"
    return answers


def possible(law: Law, case: Complete) -> bool:
    """Whether no `impossible` statement of the law's vocabularies holds of the case.

    Statements that ask about a fact the case lacks are passed over: nothing in the law asks about it.
    """
    reference = Reference(law, date.min)
    return not any(
        reference.holds(statement.when, case)
        for vocabulary in law.vocabularies
        for statement in vocabulary.impossible
        if all(single.fact in case for single in singles(statement.when) if isinstance(single, ABOUT_FACTS))
    )
