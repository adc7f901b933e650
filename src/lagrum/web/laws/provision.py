"""A place in a law with all that can be said of its rules: what they ask, what bears on them, how they came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import quote

from lagrum.analysis.loopholes import Family, Loopholes
from lagrum.model.citations import Citation, parse_citation
from lagrum.model.conditions import ReadingIs, singles
from lagrum.model.instruments import Instrument, Note, Reading
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.report.citing import Cited, cite
from lagrum.semantics.order import conditions_of
from lagrum.service.analyses import Inquiry, prepare
from lagrum.service.shown import Mention, as_lines, exclusions_of, notes_at, stands, wordings
from lagrum.service.worked import Worked
from lagrum.texts import Provision, State
from lagrum.web.address import address_of
from lagrum.web.laws.conditions import Branch, Branches
from lagrum.web.laws.differences import Stretch, compared
from lagrum.web.laws.document import Part, Passage, parts_of_law, passage_of
from lagrum.web.laws.words import standing
from lagrum.web.view import POSITION, View


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a rule: its days, the acts that made and ended it, and how it differs from the one before."""

    since: date | None
    until: date | None
    by: tuple[str, ...]
    ended_by: str
    now: bool
    changed: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Lifting:
    """An exception, with the exceptions to it."""

    norm: Norm
    deeper: tuple[Lifting, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read a provision: `chosen` where the page reads it so, `address` is the page that does."""

    value: str
    words: str
    default: bool
    chosen: bool
    address: str


@dataclass(frozen=True)
class Rule:
    """One rule at the place, as the page shows it."""

    view: View
    law: Law
    norm: Norm
    mentions: tuple[Mention, ...]
    explained: set[str]

    @property
    def instrument(self) -> Instrument:
        return self.law.instrument_of(self.norm)

    @property
    def stands(self) -> bool:
        return stands(self.instrument, self.norm, self.view.on)

    @property
    def ended(self) -> bool:
        return self.norm.until is not None and self.norm.until <= self.view.on

    @property
    def standing(self) -> str:
        """From when to when it applies; nothing of what goes with another rule and has no days of its own."""
        own = self.norm.starts or self.norm.until or self.norm.kind in _STANDING or not self.stands
        return standing(self.view, self.since, self.norm.until, self.stands) if own else ""

    @property
    def since(self) -> date | None:
        """From when it applies, where that does not depend on the case."""
        days = [start.day for start in self.norm.starts]
        return min(days) if days else self.instrument.in_force

    @cached_property
    def _branches(self) -> Branches:
        return Branches(self.view, self.law, self.norm.instrument, self.explained)

    @property
    def when(self) -> Branch | None:
        return self._branches.whole(self.norm.when)

    @property
    def unless(self) -> Branch | None:
        return self._branches.of(self.norm.unless)

    @property
    def met_when(self) -> Branch | None:
        return self._branches.of(self.norm.met_when)

    @property
    def then(self) -> Branch | None:
        return self._branches.of(self.norm.then)

    @property
    def starts(self) -> list[tuple[date, Branch | None]]:
        """Days from which it applies to some cases only, with which."""
        return [(start.day, self._branches.of(start.when)) for start in self.norm.starts if start.when is not None]

    @property
    def targets(self) -> list[Norm]:
        """What an exception lifts, an exclusion takes out, a penalty is for."""
        return [] if self.norm.from_all else [self.law.norms[key] for key in self.norm.targets if key in self.law.norms]

    @property
    def exceptions(self) -> tuple[Lifting, ...]:
        return self._exceptions(self.norm, {self.norm.key})

    def _exceptions(self, norm: Norm, above: set[str]) -> tuple[Lifting, ...]:
        found = (n for n in self._left(self.law.exceptions.get(norm.key, ())) if n.key not in above)
        return tuple(Lifting(n, self._exceptions(n, above | {n.key})) for n in found)

    @property
    def exclusions(self) -> tuple[Norm, ...]:
        return self._left(exclusions_of(self.law, self.norm))

    @property
    def cited_by(self) -> tuple[Mention, ...]:
        """The rules that build on this one; its exceptions and exclusions stand elsewhere on the page."""
        left = {n.key for n in self._left(m.norm for m in self.mentions)}
        return tuple(m for m in self.mentions if m.how == "uses" and m.norm.key in left)

    @property
    def penalties(self) -> tuple[Norm, ...]:
        return self._left(m.norm for m in self.mentions if m.how == "penalty")

    def _left(self, norms: Iterable[Norm]) -> tuple[Norm, ...]:
        """Those whose wording has not ended on the day."""
        return tuple(n for n in norms if n.until is None or self.view.on < n.until)

    @property
    def history(self) -> list[Wording]:
        """Every wording in order; empty for a rule that was never amended."""
        found = wordings(self.instrument, self.norm)
        if not any(n.by or n.ended_by for n in found):
            return []
        before, told = "", []
        for each in found:
            text = as_lines(each)
            changed = compared(before, text) if before and before != text else ()
            days = [start.day for start in each.starts]
            now = each.key == self.norm.key
            told.append(Wording(min(days) if days else None, each.until, each.by, each.ended_by, now, changed))
            before = text
        return told


@dataclass(frozen=True)
class Place:
    """A place in a law on a day."""

    view: View
    law: Law
    instrument: Instrument
    citation: Citation

    @cached_property
    def _explained(self) -> set[str]:
        return set()

    @cached_property
    def here(self) -> list[Rule]:
        """The rules at the place itself, what has ended last."""
        found = [self._rule(n) for n in self.instrument.norms if n.citation == self.citation]
        return sorted(found, key=lambda rule: (rule.ended, _ORDER.index(rule.norm.kind), not rule.stands))

    @cached_property
    def below(self) -> list[Rule]:
        """The rules further down."""
        found = (n for n in self.instrument.norms if self.citation.covers(n.citation) and n.citation != self.citation)
        return [self._rule(n) for n in found]

    def _rule(self, norm: Norm) -> Rule:
        return Rule(self.view, self.law, norm, self.view.desk.mentions.get(norm.key, ()), self._explained)

    @cached_property
    def passage(self) -> tuple[Part, Passage] | None:
        """Where the first rule stands in the document, with the prose there."""
        parts = parts_of_law(self.view.desk.library, self.instrument)
        return next((p for rule in (*self.here, *self.below) if (p := passage_of(parts, rule.norm))), None)

    @property
    def long(self) -> bool:
        """Whether the law has more than one page."""
        return len(parts_of_law(self.view.desk.library, self.instrument)) > 1

    @property
    def notes(self) -> list[Note]:
        at = notes_at(self.law, self.citation, self.view.on)
        return [note for note in at if not self.below or note.citation == self.citation]

    @property
    def path(self) -> list[tuple[str, str]]:
        """The steps that lead here, each with its address: `Art. 5`, `(1)`, `(h)`."""
        steps = self.citation.path
        return [
            (step if i == 0 or " " in step else f"({step})", self.at(Citation(steps[: i + 1])))
            for i, step in enumerate(steps)
        ]

    def at(self, citation: Citation | str) -> str:
        """The address of a place in this law, on the same day of the same text."""
        query = self.view.query
        kept = {name: query.get(name) for name in ("on", "text_of", "amended")}
        return address_of(self.law.id, citation, **kept)

    @cached_property
    def official(self) -> list[tuple[Provision, State]]:
        """The official words in every language in which they were imported."""
        words = self.view.desk.official
        found = (words.at(self.instrument, self.citation, lang) for lang in dict.fromkeys((self.view.lang, "en", "sv")))
        return [each for each in found if each is not None]

    @property
    def cases(self) -> tuple[Worked, ...]:
        return self.view.desk.worked.of(self.instrument.id, self.citation)

    @property
    def copied(self) -> tuple[Cited, ...]:
        known = self.view.desk.library.pack.instruments
        amended = self.instrument.amended is not None and self.instrument.amended <= self.view.text_of
        acts = [known[i].citation for i in self.instrument.amended_by if i in known] if amended else []
        return cite(self.instrument, self.citation, self.view.on, self.view.text_of, acts, self.law.hash)

    @property
    def days(self) -> list[date]:
        """The days on which something at the place or below it changes, in order."""
        rules = [rule.norm for rule in (*self.here, *self.below)]
        found = {start.day for norm in rules for start in norm.starts} | {norm.until for norm in rules if norm.until}
        return sorted(found | ({self.instrument.in_force} if self.instrument.in_force else set()))

    @property
    def readings(self) -> Iterator[tuple[Reading, tuple[Way, ...]]]:
        """The disputed readings on which a rule here hangs, or that are about this place."""
        named = {
            single.reading.split(":", 1)[-1]
            for rule in self.here
            for condition in conditions_of(rule.norm)
            for single in singles(condition)
            if isinstance(single, ReadingIs)
        }
        for reading in self.instrument.readings:
            if reading.name in named or reading.citation == self.citation:
                yield reading, tuple(self._ways(reading))

    def _ways(self, reading: Reading) -> Iterator[Way]:
        chosen = self.law.readings.get(f"{self.instrument.id}:{reading.name}", reading.default)
        for value, words in reading.values:
            default = value == reading.default
            address = self.view.here(reading=None if default else f"{reading.name}={value}")
            yield Way(value, words, default, value == chosen, address)

    @property
    def eli(self) -> str:
        """The official text of the article in the Official Journal, where acts have such addresses."""
        source, (unit, _, number) = self.instrument.source, self.citation.path[0].partition(" ")
        if unit != "Art." or not source.startswith("http://data.europa.eu/eli/") or not source.endswith("/oj"):
            return ""
        return f"{source.removesuffix('oj')}art_{quote(number)}/oj"


_STANDING = (NormKind.FORBID, NormKind.REQUIRE, NormKind.CLASSIFY, NormKind.PERMIT, NormKind.SCOPE)
_ORDER = (
    NormKind.FORBID,
    NormKind.REQUIRE,
    NormKind.CLASSIFY,
    NormKind.PERMIT,
    NormKind.EXCEPT,
    NormKind.SCOPE,
    NormKind.EXCLUDE,
    NormKind.PENALTY,
    NormKind.PRESUME,
    NormKind.DEFINE,
)


def loopholes_at(view: View, law: Law, citation: Citation) -> list[Family] | None:
    """The families of loopholes that something at the place opens, by the usual position; None where they were not
    worked out, which takes too long for a page."""
    if law.id == POSITION or len(law.instruments) > 1:
        return None
    with view.desk.alone():
        asked = Inquiry("loopholes", (law.id,), POSITION, on=view.on, text_of=view.day_asked("text_of"))
        found = prepare(view.desk.library, asked).peek()
    if not isinstance(found, Loopholes):
        return None
    keys = {norm.key for norm in law.norms.values() if citation.covers(norm.citation)}
    return [f for f in found.families if any(o.norm in keys or _at(o.citation, citation) for o in f.openers)]


def _at(opener: str, place: Citation) -> bool:
    try:
        return place.covers(parse_citation(opener))
    except ValueError:
        return False
