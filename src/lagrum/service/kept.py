"""Answers of the long analyses, and assessments, kept on disk by the content of everything they depend on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import partial
from typing import Generic, TypeVar

from lagrum.analysis.audit import Audit, audit
from lagrum.analysis.balance import Balance, Choice, balance
from lagrum.analysis.changes import Changes, changes
from lagrum.analysis.compare import Comparison, Subject, compare
from lagrum.analysis.loopholes import Loopholes, loopholes
from lagrum.analysis.progress import Tell, untold
from lagrum.analysis.spread import Spread, spread
from lagrum.analysis.vague import Vague, vague
from lagrum.language.cache import cached, fingerprint, peeked
from lagrum.library import Library
from lagrum.model.cases import Case, Given, box_of
from lagrum.model.law import Law
from lagrum.reasoning.assess import assess
from lagrum.reasoning.assessment import Assessment

T = TypeVar("T")

_CODE = ("analysis", "reasoning", "semantics", "model", "language")
_RECORDS = ("lagrum.model", "lagrum.analysis")


@dataclass(frozen=True)
class Kept(Generic[T]):
    """An answer that is kept on disk, or will be once it was worked out. `key` says all that it depends on."""

    name: str
    key: str
    build: Callable[[], T]
    made: type[T]
    packages: tuple[str, ...] = _RECORDS

    def get(self, before: Callable[[], None] | None = None) -> T:
        """The answer; where it has to be worked out, `before` is called first."""

        def build() -> T:
            if before is not None:
                before()
            return self.build()

        return cached(self.name, self.key, build, self._sound, self.packages)

    def peek(self) -> T | None:
        """The answer if it was worked out before."""
        return peeked(self.name, self.key, self._sound, self.packages)

    def _sound(self, found: object) -> bool:
        return isinstance(found, self.made)


def _coded(key: object, *packages: str) -> str:
    return f"{fingerprint(*(packages or _CODE))} {key!r}"


def _read(law: Law) -> tuple[object, ...]:
    return law.id, law.hash, sorted(law.readings.items())


def _said(given: Iterable[Given]) -> list[tuple[str, str]]:
    return [(each.fact, each.text) for each in given]


def kept_assessment(library: Library, law: Law, case: Case, day: date, text_of: date | None) -> Assessment:
    """What the law makes of the case; the law itself is not kept with it."""
    texts = sorted(library.pack.hashes.items())
    key = (texts, *_read(law), case, day, text_of)

    def build() -> dict[str, object]:
        found = assess(law, case, day, text_of)
        return {field.name: getattr(found, field.name) for field in fields(found) if field.name != "law"}

    code = _coded(key, "reasoning", "semantics", "model", "language")
    kept = Kept("assess", code, build, dict, ("lagrum.model", "lagrum.reasoning")).get()
    return Assessment(law=law, **kept)  # what was kept are the other fields


def kept_loopholes(
    law: Law, position: Law, day: date, given: tuple[Given, ...], tell: Tell | None = None
) -> Kept[Loopholes]:
    """What the position forbids and the law lets through; `tell` hears how far the work is."""
    key = (*_read(law), *_read(position), day, _said(given))
    code = _coded(key, "analysis", "semantics", "model", "language")
    build = partial(loopholes, law, position, day, box_of(given), tell=tell or untold)
    return Kept("loopholes", code, build, Loopholes)


def kept_spread(
    law: Law,
    position: Law,
    laws: Sequence[Law],
    day: date,
    given: tuple[Given, ...],
    chosen: Mapping[str, str],
    tell: Tell | None = None,
) -> Kept[Spread]:
    """How the loopholes of one law spread over `laws`; `chosen` are the readings that were asked for by name."""
    fixed = tuple(name for each in laws for name in each.readings if _is_chosen(name, chosen))
    read = [(*_read(each), [i.files for i in each.instruments]) for each in (law, position, *laws)]

    def of_two(a: Law, b: Law, on: date) -> Loopholes:
        return kept_loopholes(a, b, on, given, tell).get()

    def build() -> Spread:
        return spread(law, position, laws, day, of_two, given=box_of(given), fixed=fixed, tell=tell or untold)

    return Kept("spread", _coded((read, day, fixed, _said(given))), build, Spread)


def kept_comparison(a: Subject, b: Subject, as_is: bool, given: tuple[Given, ...]) -> Kept[Comparison]:
    """Which of two laws is stricter, without the fields that every answer carries."""
    sides = [(s.label, s.on, s.law.hash, sorted(s.law.readings.items()), str(s.by)) for s in (a, b)]
    return Kept(
        "compare",
        _coded((sides, as_is, _said(given))),
        lambda: compare(a, b, as_is=as_is, given=box_of(given)),
        Comparison,
        (*_RECORDS, "lagrum.semantics"),
    )


def kept_vague(law: Law, position: Law | None, day: date, given: tuple[Given, ...]) -> Kept[Vague]:
    """How much of the law hangs on judgements, without the fields that every answer carries."""
    read = [_read(each) for each in (law, position) if each is not None]
    return Kept("vague", _coded((read, day, _said(given))), lambda: vague(law, day, position, box_of(given)), Vague)


def kept_changes(law: Law, since: date, until: date, given: tuple[Given, ...]) -> Kept[Changes]:
    """When the law changes, and which cases change with it."""
    return Kept(
        "changes",
        _coded((*_read(law), since, until, _said(given))),
        lambda: changes(law, since, until, box_of(given)),
        Changes,
        (*_RECORDS, "lagrum.semantics"),
    )


def kept_audit(
    law: Law,
    library: Library,
    on: date | None,
    day: date,
    given: tuple[Given, ...],
    chosen: Mapping[str, str],
    tell: Tell | None = None,
) -> Kept[Audit]:
    """What can be said of the law unasked, beside the others of the library: on the day `on`, or on every day."""
    fixed = [name for name in law.readings if _is_chosen(name, chosen)]
    ids = {instrument.id for instrument in law.instruments}
    beside = tuple(i for i in library.pack.instruments.values() if i.id not in ids)
    key = (*_read(law), on, day, fixed, _said(given), sorted(library.pack.hashes.items()))

    def build() -> Audit:
        (tell or untold)(0, 1, law.id)
        return audit(law, on, box_of(given), fixed, beside=beside, today=day)

    return Kept(f"audit-{law.id}", _coded(key), build, Audit)


def _is_chosen(reading: str, chosen: Mapping[str, str]) -> bool:
    """Whether a reading (`instrument:name`) was asked for, by its whole name or the short one."""
    return reading in chosen or reading.split(":", 1)[-1] in chosen


# --- balance ---------------------------------------------------------------------------------------------------------


def kept_balance(
    law: Law,
    position: Law,
    keep: Sequence[Case],
    day: date,
    text_of: date | None,
    given: tuple[Given, ...],
    edits: int,
    tell: Tell | None = None,
) -> Kept[Balance]:
    """Which edits close what, and which of the uses of `keep` each would cost."""
    known = text_of or day
    cases = [(told(case), case.file) for case in keep]

    def build() -> Balance:
        holes = kept_loopholes(law, position, day, given, tell).get()
        return _laid_out(balance(law, position, day, keep, holes, box_of(given), known=known, most_edits=edits))

    key = (*_read(law), *_read(position), day, known, edits, _said(given), cases)
    return Kept("balance", _coded(key), build, Balance)


def told(case: Case) -> object:
    """What of a case decides the front."""
    return case.name, case.intent, _said(case.facts.values())


def _laid_out(found: Balance) -> Balance:
    """The amendments in the one layout of law files; each can be read, or this is a mistake of ours."""
    points = (
        replace(point, choices=tuple(replace(c, amendment=_formatted(c)) for c in point.choices))
        for point in found.points
    )
    return replace(found, points=tuple(points))


def _formatted(choice: Choice) -> str:
    from lagrum.language import format_document, parse_document  # the grammar is read only where there is something new

    document, diagnostics = parse_document("amendment.md", choice.amendment)
    if diagnostics:
        raise RuntimeError(f"an amendment cannot be read: {diagnostics[0].message}")
    return format_document(document)
