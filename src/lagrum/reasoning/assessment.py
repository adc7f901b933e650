"""What an assessment says, as frozen records. `document` gives the JSON of them, `tell` the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lagrum.model.cases import Case, Given
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling, Status


@dataclass(frozen=True, slots=True)
class BecauseFact:
    """A given answer that the ruling rests on, where the law asks for it, and how it is known."""

    fact: str
    text: str
    citation: str
    basis: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class BecauseNorm:
    """A norm that decides, and what it does: `forbids`, `is lifted`, `lifts`, `requires`, `classifies`, `takes out`,
    `does not reach` or `is not in force`. `sure` where it does so in every possible case; `of` names what it acts
    on."""

    instrument: str
    citation: str
    label: str
    does: str
    sure: bool
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A given answer turned into another; both in words."""

    fact: str
    given: str
    instead: str
    controlled_by: str


@dataclass(frozen=True, slots=True)
class Unless:
    """The fewest changes that lead to other rulings. `controlled_by` is `operator` where all are in their hands."""

    changes: tuple[Change, ...]
    possible: tuple[Ruling, ...]
    controlled_by: str
    citation: str = ""

    @property
    def ruling(self) -> Ruling:
        return self.possible[0] if len(self.possible) == 1 else Ruling.UNDETERMINED


@dataclass(frozen=True, slots=True)
class Missing:
    """An unknown fact that can still matter. `gain` is what its answer tells about the ruling, in bits (None where only
    estimated); `settles` gives the ruling for each answer that leaves a single one."""

    fact: str
    question: str
    gain: float | None
    settles: Mapping[str, Ruling]
    citation: str = ""
    judgement: bool = False
    controlled_by: str = ""


@dataclass(frozen=True, slots=True)
class Tier:
    """A class the case falls into. `applies`: `yes`, `unknown`, or `later` from a day still to come; `sure` where every
    possible case falls into it then."""

    tier: str
    instrument: str
    citation: str
    label: str
    since: date | None
    applies: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """What somebody must do. `applies` as for tiers; `met`: `yes`, `no` or `unknown`."""

    instrument: str
    citation: str
    who: tuple[str, ...]
    what: str
    since: date | None
    until: date | None
    before_use: bool
    met: str
    applies: str
    sure: bool


@dataclass(frozen=True, slots=True)
class NormStatus:
    """How one norm stands to the case, and what decides that: citations, conditions or facts in words."""

    instrument: str
    citation: str
    label: str
    kind: str
    status: Status
    decided_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaning:
    """A judgement that the ruling leans on: a fact that somebody must weigh. `answer` is empty where it is open."""

    fact: str
    question: str
    decided_by: str
    citation: str
    answer: str
    basis: str
    by: str
    on: date | None


@dataclass(frozen=True, slots=True)
class OtherReading:
    """A reading of a disputed provision, other than the chosen one, under which other rulings are possible."""

    reading: str
    question: str
    citation: str
    chosen: str
    instead: str
    possible: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True)
class AlsoGoverned:
    """Other law that also governs the case and is not encoded."""

    text: str
    citation: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Presumed:
    """A presumption that bears on the case: what it presumes, and the rulings possible if it alone stood. `stands`
    where the case assumes that."""

    instrument: str
    citation: str
    label: str
    presumes: str
    possible: tuple[Ruling, ...]
    stands: bool


@dataclass(frozen=True, slots=True)
class Fine:
    """What a breach may cost: for which provisions, how much, and the conditions that are still open. `sure` where the
    breaches are certain, and the penalty too."""

    instrument: str
    citation: str
    label: str
    of: tuple[str, ...]
    text: str
    sure: bool
    when: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """What one law, on one date, makes of one case.

    `possible` are the rulings of its possible completions. `without_assumptions` are those without anything assumed,
    None where nothing was: a ruling that needs an assumption is not settled. `assumed` lists the answers filled in.
    `proved` is false where `because_facts` forces the ruling but was not proved to be smallest, or `unless` may lack
    larger sets of changes.
    """

    law: Law
    case: Case
    on: date
    text_of: date
    possible: tuple[Ruling, ...]
    method: str
    proved: bool
    because_facts: tuple[BecauseFact, ...]
    because_norms: tuple[BecauseNorm, ...]
    unless: tuple[Unless, ...]
    missing: tuple[Missing, ...]
    tiers: tuple[Tier, ...]
    duties: tuple[Duty, ...]
    norms: tuple[NormStatus, ...]
    leans_on: tuple[Leaning, ...]
    other_readings: tuple[OtherReading, ...]
    also_governed_by: tuple[AlsoGoverned, ...]
    unread: tuple[Given, ...]
    assumed: tuple[str, ...]
    without_assumptions: tuple[Ruling, ...] | None
    presumptions: tuple[Presumed, ...] = ()
    penalties: tuple[Fine, ...] = ()

    @property
    def ruling(self) -> Ruling:
        """The one ruling that is possible, or `undetermined`."""
        return self.possible[0] if len(self.possible) == 1 else Ruling.UNDETERMINED

    @property
    def settled(self) -> Ruling:
        """The ruling that needs no assumption, or `undetermined`."""
        if self.without_assumptions is None:
            return self.ruling
        return self.without_assumptions[0] if len(self.without_assumptions) == 1 else Ruling.UNDETERMINED

    @property
    def rests_on(self) -> tuple[str, ...]:
        """How the answers that force the ruling are known, other than by a plain statement."""
        return tuple(sorted({each.basis for each in self.because_facts} - {"stated"}))

    @property
    def breaches(self) -> tuple[Duty, ...]:
        """Duties that certainly apply and are certainly not met."""
        return tuple(d for d in self.duties if d.met == "no" and d.applies == "yes")

    @cached_property
    def id(self) -> str:
        """The hash of everything that went into the answer."""
        from lagrum.reasoning.document import head

        return str(head(self)["id"])

    def to_dict(self) -> dict[str, object]:
        """The JSON form, as `lagrum/schemas/assess.json` describes it."""
        from lagrum.reasoning.document import document

        return document(self)

    def __repr__(self) -> str:
        rulings = "|".join(self.possible) if self.ruling is Ruling.UNDETERMINED else ""
        said = f"{self.ruling}: {rulings}" if rulings else str(self.ruling)
        return f"Assessment({said}, {self.law.id} on {self.on})"

    def __str__(self) -> str:
        from lagrum.reasoning.tell import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from lagrum.reasoning.tell import as_html

        return as_html(self)
