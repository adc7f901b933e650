"""Norms: single rules taken from provisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from lagrum.model.citations import Citation
from lagrum.model.conditions import Condition
from lagrum.model.places import Place


class NormKind(StrEnum):
    SCOPE = "scope"
    EXCLUDE = "exclude"
    DEFINE = "define"
    FORBID = "forbid"
    PERMIT = "permit"
    REQUIRE = "require"
    CLASSIFY = "classify"
    EXCEPT = "except"
    PRESUME = "presume"
    PENALTY = "penalty"


BESIDE = (NormKind.PRESUME, NormKind.PENALTY)
"""Norms on which no ruling rests: what is presumed for want of an answer, and what a breach may cost."""


@dataclass(frozen=True, slots=True)
class Start:
    """From which day a norm applies, and, where that depends on the case, for which cases."""

    day: date
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """The most that a penalty may come to: a sum, a share of turnover in percent, of both the `higher` or `lower`."""

    sum: Decimal | None = None
    currency: str = ""
    percent: Decimal | None = None
    choice: str = ""

    def __str__(self) -> str:
        total = f"{self.currency} {self.sum:f}" if self.sum is not None else ""
        share = f"{self.percent:f} % of turnover" if self.percent is not None else ""
        both = " or ".join(filter(None, [total, share]))
        return f"up to {both}" + (f", whichever is {self.choice}" if self.choice else "")


@dataclass(frozen=True, slots=True)
class Norm:
    """One rule. Its `key` is unique in a pack and starts with the instrument's id.

    `starts` empty means: from the instrument's entry into force. `until` is exclusive.
    `targets` are keys: of the norms an exception lifts, an exclusion takes out (`from_all`: every one of the
    instrument's) or a penalty is for. `tier` belongs to a classification, `who`, `met_when` and `before_use` to a duty,
    `name` to a definition; `then` is what a presumption presumes, `amount` what a penalty comes to. `by` names the acts
    that made this wording or moved its days, each with the place in it (empty for the instrument's own), `ended_by` the
    act that ended it.
    """

    key: str
    instrument: str
    kind: NormKind
    citation: Citation
    label: str
    when: Condition | None = None
    unless: Condition | None = None
    starts: tuple[Start, ...] = ()
    until: date | None = None
    name: str = ""
    tier: str = ""
    who: tuple[str, ...] = ()
    met_when: Condition | None = None
    before_use: bool = False
    targets: tuple[str, ...] = ()
    from_all: bool = False
    note: str = ""
    headings: tuple[str, ...] = ()
    place: Place | None = None
    by: tuple[str, ...] = ()
    ended_by: str = ""
    then: Condition | None = None
    amount: Amount | None = None
