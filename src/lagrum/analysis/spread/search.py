"""The spread: the loophole families of one law, and what each other law does about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from lagrum.analysis.loopholes import Loopholes
from lagrum.analysis.loopholes.result import APART
from lagrum.analysis.progress import Tell, untold
from lagrum.analysis.spread.cells import Judge
from lagrum.analysis.spread.families import Families
from lagrum.analysis.spread.result import Apart, Row, Spread, State
from lagrum.analysis.spread.subjects import column_of, lineage_of
from lagrum.model.cases import Box
from lagrum.model.law import Law
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.clauses import Clauses
from lagrum.semantics.days import days_around
from lagrum.semantics.order import asked_questions
from lagrum.semantics.timeless import reading_questions


def spread(
    of: Law,
    against: Law,
    laws: Sequence[Law],
    on: date,
    find: Callable[[Law, Law, date], Loopholes],
    *,
    given: Box | None = None,
    fixed: Collection[str] = (),
    left_out: Sequence[tuple[str, str]] = (),
    tell: Tell = untold,
) -> Spread:
    """What each law does about the loopholes of `of` against a position.

    `find` gives the loopholes of a law against a position on a day: `loopholes`, or what was kept of it. Each law is
    taken where it applies: in its scope, on the nearest day on which that reaches anything. `of` and `against` are read
    as they are; the others in all their readings but those in `fixed`, whose names have their instrument's in front.
    `tell` hears how far the
    rows are. Raises what `find` raises.
    """
    box = dict(given or {})
    day = day_of_both(of, against, on)
    found = find(of, against, day)
    every = list({law.id: law for law in (*laws, of, against)}.values())
    readings = dict(question for law in every for question in reading_questions(law))
    circuit = Circuit([*asked_questions(*every), *readings.items()])
    clauses = Clauses(circuit)
    families = Families(of, against, day, circuit, box)
    judges = [Judge(law, on, families, clauses, box, fixed) for law in laws]
    numbered = list(enumerate(found.families, start=1))
    rows = []
    for number, family in numbered:
        tell(number - 1, len(numbered), "ways in followed")
        if family.kind in APART:
            continue
        region = families.region(family)
        cells = tuple(judge.cell(family, region) for judge in judges)
        rows.append(Row(number, family.id, family.title, family.kind, family.practices, cells))
    return Spread(
        of=of.id,
        against=against.id,
        on=on.isoformat(),
        of_on=day.isoformat(),
        complete=found.complete,
        columns=tuple(column_of(judge.law, on, judge.on) for judge in judges),
        rows=tuple(sorted(rows, key=lambda row: (-row.count(State.OPEN), row.number))),
        apart=tuple(Apart(n, f.id, f.title, f.kind) for n, f in numbered if f.kind in APART),
        lineage=tuple(dict.fromkeys(edge for law in every for edge in lineage_of(law))),
        left_out=tuple(left_out),
    )


def day_of_both(law: Law, position: Law, on: date) -> date:
    """The nearest day on which the law and the position are there; the day itself where there is none."""
    days = [*days_around(law, on), *days_around(position, on)]
    forwards, back = sorted(day for day in days if day >= on), sorted((day for day in days if day < on), reverse=True)
    return next((day for day in (*forwards, *back) if _there(law, day) and _there(position, day)), on)


def _there(law: Law, day: date) -> bool:
    """Whether one of its instruments is in force, or, a proposal or position, has been published."""
    return any(
        (i.in_force or i.published or date.min) <= day and (i.until is None or day < i.until) for i in law.instruments
    )
