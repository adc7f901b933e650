"""Drafts: cases that somebody is working on in a browser and that are not in the register."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import delete, update

from lagrum.register import limits
from lagrum.register.database import Database
from lagrum.register.errors import Both, Conflict, NotFound
from lagrum.register.tables import DraftRow


@dataclass(frozen=True)
class Draft:
    """A case being worked on. `law` is a law's id, or several joined by `+`; `case` the text of its case file; `asked`
    the facts that the interview has asked for, in order; `not_known` those that were answered with "I don't know"."""

    id: str
    law: str
    case: str
    on: date | None
    lang: str
    readings: Mapping[str, str]
    owner: str | None
    asked: tuple[str, ...]
    not_known: tuple[str, ...]
    version: int
    created: datetime
    changed: datetime


class DraftFields(TypedDict, total=False):
    """What can be saved of a draft."""

    law: str
    case: str
    on: date | None
    lang: str
    readings: Mapping[str, str]
    owner: str | None
    asked: tuple[str, ...]
    not_known: tuple[str, ...]


class Drafts:
    """The drafts of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self,
        law: str,
        case: str,
        *,
        on: date | None = None,
        lang: str = "en",
        owner: str | None = None,
        readings: Mapping[str, str] | None = None,
    ) -> Draft:
        """A new draft under an id that nobody can guess."""
        fields = DraftFields(law=law, case=case, on=on, lang=lang, owner=owner, readings=readings or {})
        moment = self._database.clock()
        row = DraftRow(id=secrets.token_urlsafe(16), version=1, created=moment, changed=moment, asked=[], not_known=[])
        for name, value in _checked(fields).items():
            setattr(row, name, value)
        with self._database.writing() as session:
            session.add(row)
        return _draft(row)

    def get(self, draft_id: str) -> Draft | None:
        """The draft with that id, None where there is none."""
        with self._database.reading() as session:
            row = session.get(DraftRow, limits.findable(draft_id))
            return _draft(row) if row else None

    def save(self, draft_id: str, *, seen: int, **fields: Unpack[DraftFields]) -> Draft:
        """Save what is named; the rest stays. Raises `Conflict` with the current draft unless `seen` is its version,
        `NotFound` where it has expired."""
        values = _checked(fields) | {"version": DraftRow.version + 1, "changed": self._database.clock()}
        with self._database.writing() as session:
            mine = DraftRow.id == limits.findable(draft_id), DraftRow.version == limits.number(seen)
            row = session.scalars(update(DraftRow).where(*mine).values(**values).returning(DraftRow)).one_or_none()
            if row is not None:
                return _draft(row)
            current = session.get(DraftRow, limits.findable(draft_id))
            if current is None:
                raise NotFound("draft", "this draft is no longer there")
            raise Conflict(Both(_draft(current), None, dict(fields)))

    def delete(self, draft_id: str) -> None:
        """Forget a draft; one that is not there is no error."""
        with self._database.writing() as session:
            session.execute(delete(DraftRow).where(DraftRow.id == limits.findable(draft_id)))

    def expire(self, before: datetime) -> int:
        """Forget the drafts that were last changed before then; how many these were."""
        with self._database.writing() as session:
            gone = session.execute(delete(DraftRow).where(DraftRow.changed < before).returning(DraftRow.id))
            return len(gone.all())


def _checked(fields: DraftFields) -> dict[str, Any]:
    """The fields as they are stored. Raises `StoreError`."""
    found: dict[str, Any] = dict(fields)
    if "law" in fields:
        found["law"] = limits.line("law", fields["law"])
    if "case" in fields:
        found["case"] = limits.text("case", fields["case"], limits.CASE)
    if "lang" in fields:
        found["lang"] = limits.line("lang", fields["lang"])
    owner = fields.get("owner")
    if owner is not None:
        found["owner"] = limits.line("owner", owner)
    if "readings" in fields:
        names = limits.lines("readings", fields["readings"].keys())
        found["readings"] = dict(zip(names, limits.lines("readings", fields["readings"].values()), strict=True))
    if "asked" in fields:
        found["asked"] = limits.lines("asked", fields["asked"])
    if "not_known" in fields:
        found["not_known"] = limits.lines("not known", fields["not_known"])
    return found


def _draft(row: DraftRow) -> Draft:
    return Draft(
        id=row.id,
        law=row.law,
        case=row.case,
        on=row.on,
        lang=row.lang,
        readings=dict(row.readings),
        owner=row.owner,
        asked=tuple(row.asked),
        not_known=tuple(row.not_known),
        version=row.version,
        created=row.created,
        changed=row.changed,
    )
