"""Assessments of systems, as they were made: the whole answer, on which day, of which texts, and for whom."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from lagrum.model.rulings import Ruling
from lagrum.register import limits
from lagrum.register.canonical import canonical, digest, stamp
from lagrum.register.database import Database
from lagrum.register.errors import NotFound, StoreError
from lagrum.register.history import History
from lagrum.register.tables import AssessmentRow, SystemRow

LARGEST = 4 * 1024 * 1024
"""Bytes of the JSON of one assessment."""


@dataclass(frozen=True)
class Assessed:
    """An assessment of a system in one of its versions; `hashes` are those of the laws' texts, by law id. The whole
    answer is had by `Assessments.document`."""

    id: int
    system: int
    version: int
    case_hash: str
    hashes: Mapping[str, str]
    on: date
    text_of: date
    ruling: Ruling
    who: str
    when: datetime


class Assessments:
    """The assessments of a store. None is ever changed: a system is assessed again."""

    def __init__(self, database: Database, history: History) -> None:
        self._database = database
        self._history = history
        history.compares("assessment", _stored)

    def add(self, system_id: int, document: Mapping[str, object], who: str, *, version: int | None = None) -> Assessed:
        """Keep what `Assessment.to_dict()` gave for a system. The laws, their hashes, the days and the ruling are those
        that the document states; `version` is the one that was assessed, the current one if left out."""
        stated = _stated(document)
        text = limits.text("assessment", _spelt(document), LARGEST)
        row = AssessmentRow(
            **stated,
            document=text,
            document_hash=digest(text),
            who=limits.line("who", who),
            when=self._database.clock(),
        )
        with self._database.writing(chained=True) as session:
            system = session.get(SystemRow, limits.number(system_id))
            if system is None:
                raise NotFound("system", "there is no system with that number")
            if version not in (None, system.version):
                raise StoreError("version", "the system has been changed since; assess it again")
            row.system, row.version, row.case_hash = system.id, system.version, digest(system.case_text)
            session.add(row)
            session.flush()
            self._history.append(session, who, "system assessed", f"system/{system.id}", "assessment", _state(row))
            return _assessed(row)

    def of(self, system_id: int, limit: int = 100) -> list[Assessed]:
        """The assessments of a system, newest first."""
        chosen = _light().where(AssessmentRow.system == limits.number(system_id)).order_by(AssessmentRow.id.desc())
        with self._database.reading() as session:
            return [_assessed(row) for row in session.scalars(chosen.limit(limits.page(limit)))]

    def latest(self, system_ids: Collection[int]) -> dict[int, dict[str, Assessed]]:
        """For each of the systems and each law the newest assessment."""
        found: dict[int, dict[str, Assessed]] = {}
        chosen = _light().where(AssessmentRow.system.in_(system_ids)).order_by(AssessmentRow.id)
        with self._database.reading() as session:
            for row in session.scalars(chosen):
                found.setdefault(row.system, {}).update(dict.fromkeys(row.hashes, _assessed(row)))
        return found

    def document(self, assessment_id: int) -> dict[str, Any] | None:
        """The whole answer."""
        chosen = select(AssessmentRow.document).where(AssessmentRow.id == limits.number(assessment_id))
        with self._database.reading() as session:
            text = session.scalars(chosen).one_or_none()
        return None if text is None else dict(json.loads(text))

    def stale(self, system_id: int, hashes: Mapping[str, str]) -> bool:
        """Whether the system's facts, or one of the laws whose hashes are given, are not those that were last assessed;
        also where that law was never assessed."""
        with self._database.reading() as session:
            case = session.scalars(select(SystemRow.case_text).where(SystemRow.id == limits.number(system_id))).first()
        made = self.latest([limits.number(system_id)]).get(system_id, {})
        return case is None or any(
            law not in made or made[law].hashes[law] != hash_ or made[law].case_hash != digest(case)
            for law, hash_ in hashes.items()
        )


def _stated(document: Mapping[str, object]) -> dict[str, Any]:
    """What the document states of itself. Raises `StoreError` for one that is no assessment."""
    try:
        laws = document["laws"]
        if not isinstance(laws, list) or not laws or not str(document["schema"]).startswith("lagrum/assess/"):
            raise ValueError
        return {
            "hashes": {str(law["id"]): str(law["hash"]) for law in laws},
            "on": date.fromisoformat(str(document["on"])),
            "text_of": date.fromisoformat(str(document["text_of"])),
            "ruling": Ruling(str(document["ruling"])).value,
        }
    except (KeyError, TypeError, ValueError):
        raise StoreError("assessment", "this is no assessment as `Assessment.to_dict()` gives it") from None


def _spelt(document: Mapping[str, object]) -> str:
    try:
        return canonical(document)
    except (TypeError, ValueError, RecursionError):
        raise StoreError("assessment", "this cannot be written as JSON") from None


def _light() -> Any:
    return select(AssessmentRow).options(defer(AssessmentRow.document))


def _assessed(row: AssessmentRow) -> Assessed:
    return Assessed(
        id=row.id,
        system=row.system,
        version=row.version,
        case_hash=row.case_hash,
        hashes=dict(row.hashes),
        on=row.on,
        text_of=row.text_of,
        ruling=Ruling(row.ruling),
        who=row.who,
        when=row.when,
    )


def _state(row: AssessmentRow) -> dict[str, Any]:
    """What the history keeps of an assessment: everything but the document, of which it keeps the hash."""
    names = ("id", "system", "version", "case_hash", "hashes", "ruling", "document_hash", "who")
    days = {"on": row.on.isoformat(), "text_of": row.text_of.isoformat(), "when": stamp(row.when)}
    return {name: getattr(row, name) for name in names} | days


def _stored(session: Session) -> Iterator[dict[str, Any]]:
    for row in session.scalars(select(AssessmentRow).order_by(AssessmentRow.id).execution_options(yield_per=20)):
        yield _state(row) | {"document_hash": digest(row.document)}  # of what is there
