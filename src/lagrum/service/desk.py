"""The desk: the law at hand for many callers at once, and everything that is answered while they wait.

Rulings, assessments and questions take milliseconds to tenths of a second and share one solver for each law, which
serves one caller at a time: so a lock stands around them. What takes longer goes to `jobs`.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from lagrum.finding import Index, entries
from lagrum.language import parse_given, read_case
from lagrum.language.cache import fingerprint
from lagrum.library import Library, open_library
from lagrum.model.cases import Case, Given
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.law import Law
from lagrum.model.norms import Norm
from lagrum.model.rulings import Ruling
from lagrum.model.translations import Translation
from lagrum.reasoning.asking import Interview, Until, begin
from lagrum.reasoning.asking.engine import Engine
from lagrum.reasoning.assess import assess
from lagrum.reasoning.assessment import Assessment, Tier
from lagrum.reasoning.attaching import attaching, tiers_today
from lagrum.reasoning.bench import ruling_of
from lagrum.reasoning.condition import here_for, without_assumptions
from lagrum.reasoning.lawful import Lawful, lawful
from lagrum.reasoning.standing import Standing
from lagrum.reasoning.timeline import Timeline, timeline
from lagrum.reasoning.versus import Versus, versus
from lagrum.service.official import Words, kept_texts
from lagrum.service.shown import Mention, askers, mentions
from lagrum.service.worked import WorkedCases

REMEMBERED = 128  # whole assessments; one is some 50 kB
ENGINES = 4  # of interviews, each for one law and day; one grows to some 20 MB


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling without its reasons: what is possible, and without assumptions where there are any."""

    possible: tuple[Ruling, ...]
    without_assumptions: tuple[Ruling, ...] | None

    @property
    def ruling(self) -> Ruling:
        """The one ruling that is possible, or `undetermined`."""
        return ruling_of(self.possible)


class Desk:
    """One library of law, shared by threads. Everything raises `InvalidInput` for what cannot be read or cannot be."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self.library: Library = open_library(folders)
        self._lock = threading.RLock()
        self._assessments: OrderedDict[str, Assessment] = OrderedDict()
        self._engines: OrderedDict[str, Engine] = OrderedDict()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps everybody else from the laws for a moment."""
        with self._lock:
            yield

    @cached_property
    def program(self) -> str:
        """The hash of the program that answers: what another has answered is stale."""
        return fingerprint("reasoning", "semantics", "model", "language")[:16]

    # --- what there is ---------------------------------------------------------------------------------------

    def law(self, law_id: str, text_of: date | None = None, readings: Mapping[str, str] | None = None) -> Law:
        """The law with that id (`a+b` reads two together) in the text known on a day, the newest where none is said."""
        with self._lock:
            return self.library.law(law_id, readings, text_of)

    def translations(self, lang: str) -> Mapping[str, Translation]:
        """The questions in another language, by fact; none for English."""
        with self._lock:
            if lang not in self._translations:
                self._translations[lang] = self.library.translated(lang).facts if lang != "en" else {}
            return self._translations[lang]

    @cached_property
    def _translations(self) -> dict[str, Mapping[str, Translation]]:
        return {}

    @cached_property
    def index(self) -> Index:
        """Full text over everything that was read; use it under `alone`."""
        return Index(entries(self.library))

    @cached_property
    def mentions(self) -> Mapping[str, tuple[Mention, ...]]:
        """For each rule, by its key, the rules of all laws that speak of it."""
        return mentions(tuple(self.library.pack.instruments.values()))

    @cached_property
    def askers(self) -> Mapping[str, tuple[Norm, ...]]:
        """For each fact, by its name, the rules of all laws that ask it."""
        return askers(tuple(self.library.pack.instruments.values()))

    @cached_property
    def worked(self) -> WorkedCases:
        """The worked cases by the rules that they test."""
        return WorkedCases(self.library)

    @property
    def official(self) -> Words:
        """The official words that were imported, as they are on disk now."""
        return Words(self.library, kept_texts())

    # --- cases -----------------------------------------------------------------------------------------------

    def read_case(self, text: str, name: str = "the case") -> Case:
        """A case file, read with all vocabularies there are."""
        case, diagnostics = read_case(text, name, self.library.pack.facts)
        if case is None:
            raise InvalidInput(diagnostics, {name: text})
        return case

    def given(self, fact: str, value: str, law: Law | None = None) -> Given:
        """One answer, written as in a case file."""
        return parse_given(f"{fact}={value}", law.facts if law is not None else self.library.pack.facts)

    # --- questions -------------------------------------------------------------------------------------------

    def rule(self, law: Law, case: Case, on: date) -> Ruled:
        """The rulings that are possible, in milliseconds."""
        with self._lock:
            here, known = here_for(law, on, case)
            return Ruled(here.possible_rulings(), without_assumptions(here, known))

    def classed(self, law: Law, case: Case, on: date) -> tuple[Ruled, tuple[Tier, ...]]:
        """The rulings that are possible and the classes of the day, in milliseconds."""
        with self._lock:
            here, known = here_for(law, on, case)
            ruled = Ruled(here.possible_rulings(), without_assumptions(here, known))
            return ruled, tiers_today(Standing(here))

    def tiers(self, law: Law, case: Case, on: date) -> tuple[Tier, ...]:
        """The classes that the case falls into."""
        with self._lock:
            return attaching(Standing(here_for(law, on, case)[0]))[0]

    def assess(self, law: Law, case: Case, on: date, text_of: date | None = None) -> Assessment:
        """The ruling with its reasons, in tenths of a second; the last ones asked for are remembered."""
        asked = replace(case, expect=None, file="")
        key = repr((law.id, law.hash, sorted(law.readings.items()), _told(asked), on, text_of))
        with self._lock:
            found = self._assessments.pop(key, None) or assess(law, asked, on, text_of)
            self._assessments[key] = found
            while len(self._assessments) > REMEMBERED:
                self._assessments.popitem(last=False)
            return found

    def versus(self, law: Law, a: Case, b: Case, on: date, text_of: date | None = None) -> Versus:
        """Which disputed facts of two versions of a case matter."""
        with self._lock:
            return versus(law, a, b, on, text_of)

    def lawful(self, law: Law, case: Case, on: date, text_of: date | None = None) -> Lawful:
        """What the operator can change so that nothing is forbidden."""
        with self._lock:
            return lawful(law, case, on, text_of)

    def timeline(self, law: Law, case: Case) -> Timeline:
        """What the law makes of the case from its first day to its last."""
        with self._lock:
            return timeline(law, case)

    def interview(
        self,
        law: Law,
        on: date,
        case: Case,
        until: Until = Until.CLASSES,
        text_of: date | None = None,
        asked: Sequence[str] = (),
    ) -> Interview:
        """An interview that starts with what the case says, and goes on where these facts were asked for. It works out
        its question when that is asked for: do so within `alone`."""
        with self._lock:
            key = repr((law.id, law.hash, sorted(law.readings.items()), on, until))
            engine = self._engines.pop(key, None) or Engine(law, on, until)
            self._engines[key] = engine
            while len(self._engines) > ENGINES:
                self._engines.popitem(last=False)
            return begin(law, on, parse_given, case, until, text_of, engine=engine, asked=asked)


def _told(case: Case) -> tuple[object, ...]:
    facts = [(g.fact, g.text, g.basis, g.by, g.on) for g in case.facts.values()]
    return case.name, facts, sorted(case.assume.items())
