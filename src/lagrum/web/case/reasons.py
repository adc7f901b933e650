"""The reasons of a ruling, laid out for a page: what is shown, in which order, and what stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from lagrum.model import norms as model
from lagrum.model.facts import Fact
from lagrum.model.rulings import Ruling
from lagrum.reasoning.assessment import Assessment, BecauseNorm, Duty, Fine, Missing, Tier, Unless
from lagrum.service.opened import Opened, keys_at, opened
from lagrum.web.case.sentence import N_
from lagrum.web.case.sitting import Sitting
from lagrum.web.forms import slug_of

FEW = 6

DOES = {
    ("forbids", True): N_("forbids it"),
    ("forbids", False): N_("may forbid it"),
    ("is lifted", True): N_("would forbid it, but is lifted"),
    ("is lifted", False): N_("may be lifted"),
    ("lifts", True): N_("lifts a prohibition"),
    ("lifts", False): N_("may lift a prohibition"),
    ("requires", True): N_("lays down a duty"),
    ("requires", False): N_("may lay down a duty"),
    ("classifies", True): N_("puts it in a class"),
    ("classifies", False): N_("may put it in a class"),
    ("takes out", True): N_("takes it out of the law"),
    ("takes out", False): N_("may take it out of the law"),
    ("does not reach", True): N_("does not reach it"),
    ("does not reach", False): N_("may not reach it"),
    ("is not in force", True): N_("is not in force"),
}
ROLES = {
    "provider": N_("provider"),
    "deployer": N_("deployer"),
    "importer": N_("importer"),
    "distributor": N_("distributor"),
    "supplier": N_("supplier"),
    "authorised representative": N_("authorised representative"),
    "Member State": N_("Member State"),
    "": N_("everybody"),
}
TIERS = {
    "prohibited": N_("prohibited"),
    "high-risk": N_("high-risk"),
    "transparency": N_("transparency"),
    "general-purpose": N_("general-purpose model"),
    "systemic": N_("model with systemic risk"),
}
PARTIES = {
    "operator": N_("in the operator's hands"),
    "court": N_("a court decides it"),
    "authority": N_("an authority decides it"),
    "legislator": N_("in the legislator's hands"),
    "nobody": N_("in nobody's hands"),
    "anyone": N_("in anyone's hands"),
    "": N_("in several hands"),
}


@dataclass(frozen=True, slots=True)
class Norm:
    """A norm that decides, and how it stands to the case once it is laid open."""

    because: BecauseNorm
    opened: Opened | None

    @property
    def does(self) -> str:
        return DOES.get((self.because.does, self.because.sure), self.because.does)


@dataclass(frozen=True, slots=True)
class Role:
    """The duties of one role: those that certainly bind it now, those that begin later, how many may bind it."""

    name: str
    now: tuple[Duty, ...]
    later: tuple[Duty, ...]
    perhaps: tuple[Duty, ...]

    @property
    def none(self) -> bool:
        return not (self.now or self.later or self.perhaps)

    @property
    def only_perhaps(self) -> bool:
        return bool(self.perhaps) and not (self.now or self.later)


@dataclass(frozen=True, slots=True)
class Ask:
    """A missing fact with the answers that can be given on the spot: value, words, and the ruling that settles it."""

    missing: Missing
    slug: str
    answers: tuple[tuple[str, str, Ruling | None], ...]


@dataclass(frozen=True)
class Reasons:
    """What an assessment says, in the order of the page."""

    sitting: Sitting
    a: Assessment
    few: int = FEW

    def hands(self, holder: str) -> str:
        """In whose hands a change is, to be translated."""
        return PARTIES.get(holder, holder)

    def role(self, name: str) -> str:
        """A role, to be translated."""
        return ROLES.get(name, name)

    def tier(self, name: str) -> str:
        """A class, to be translated."""
        return TIERS.get(name, name)

    @cached_property
    def norms(self) -> list[Norm]:
        """The norms that decide, the first few of them laid open."""
        chosen = self.a.because_norms[:FEW]
        keys = {self._key(norm): norm for norm in chosen}
        found = {o.key: o for o in self._opened(key for key in keys if key)}
        return [Norm(norm, found.get(self._key(norm))) for norm in chosen]

    def _key(self, norm: BecauseNorm) -> str:
        at = keys_at(self.sitting.law, norm.instrument, norm.citation)
        norms = self.sitting.law.norms
        return next((key for key in at if (norms[key].label or norms[key].name) == norm.label), "")

    def _opened(self, keys: Iterable[str]) -> tuple[Opened, ...]:
        return opened(self.sitting.view.desk, self.sitting.law, self.sitting.case, self.sitting.on, keys)

    @cached_property
    def unless(self) -> list[tuple[str, list[Unless]]]:
        """What would lead elsewhere, by whose hands it is in, the operator's first. Where the ruling is open only what
        would leave fewer rulings is told."""
        most = len(self.a.possible) if len(self.a.possible) > 1 else len(Ruling)
        found: dict[str, list[Unless]] = {}
        for each in (each for each in self.a.unless if len(each.possible) < most):
            found.setdefault(each.controlled_by, []).append(each)
        order = list(PARTIES)
        return sorted(found.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order))

    @cached_property
    def asks(self) -> list[Ask]:
        """The first missing facts, with what can be answered on the spot."""
        return [
            Ask(each, slug_of(each.fact), tuple(self._answers(self.sitting.law.facts[each.fact], each)))
            for each in self.a.missing[: FEW if len(self.a.missing) > FEW + 2 else FEW + 2]
        ]

    def _answers(self, fact: Fact, missing: Missing) -> Iterator[tuple[str, str, Ruling | None]]:
        if fact.several or fact.cuts or len(fact.answers) > FEW:
            return  # these need more than a button
        order = range(len(fact.answers))
        for i in reversed(order) if fact.answers[0].name == "no" else order:
            name = fact.answers[i].name
            yield name, self.sitting.told.phrases.answer(fact, i), missing.settles.get(name)

    @cached_property
    def tiers(self) -> list[tuple[Tier, tuple[str, ...]]]:
        """The classes, each once for a day, with all places that put it there."""
        found: dict[tuple[str, str, bool, object], list[Tier]] = {}
        for tier in self.a.tiers:
            found.setdefault((tier.tier, tier.applies, tier.sure, tier.since), []).append(tier)
        return [(tiers[0], tuple(dict.fromkeys(t.citation for t in tiers))) for tiers in found.values()]

    @cached_property
    def roles(self) -> list[Role]:
        """The duties by role, every role of the law; those with duties first."""
        names = dict.fromkeys(
            who for n in self.a.law.norms.values() if n.kind is model.NormKind.REQUIRE for who in _who(n)
        )
        found = [self._role(name) for name in names]
        return sorted(found, key=lambda role: (role.none, not role.now, not role.later))

    def _role(self, name: str) -> Role:
        mine = [duty for duty in self.a.duties if name in _who(duty)]
        mine.sort(key=lambda duty: str(duty.since or ""))
        sure = [duty for duty in mine if duty.sure]
        return Role(
            name,
            tuple(duty for duty in sure if duty.applies == "yes"),
            tuple(duty for duty in sure if duty.applies == "later"),
            tuple(duty for duty in mine if duty not in sure or duty.applies not in ("yes", "later")),
        )

    @property
    def penalties(self) -> Sequence[Fine]:
        """The first of what a breach may cost, the certain ones first."""
        return sorted(self.a.penalties, key=lambda fine: not fine.sure)[: FEW // 2]

    @property
    def indicated(self) -> list[str]:
        """The facts of the reason that words only indicate."""
        return [each.fact for each in self.a.because_facts if each.basis == "indicated"]


def _who(bound: model.Norm | Duty) -> tuple[str, ...]:
    return bound.who or ("",)
