"""Evidence for the facts of a system: links, and files that are kept by what is in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lagrum.register import limits
from lagrum.register.canonical import digest, stamp
from lagrum.register.database import Database
from lagrum.register.errors import NotFound
from lagrum.register.history import History
from lagrum.register.tables import EvidenceRow, FileRow, SystemRow


@dataclass(frozen=True)
class Evidence:
    """What backs a fact of a system: `kind` is `link`, with its `url`, or `file`, with its name, hash and size."""

    id: int
    system: int
    fact: str
    kind: str
    title: str
    url: str | None
    file_name: str | None
    sha256: str | None
    size: int | None
    by: str
    when: datetime


class Folder:
    """The evidence of a store. What was added stays: a system's history rests on it."""

    def __init__(self, database: Database, history: History) -> None:
        self._database = database
        self._history = history
        history.compares("evidence", _stored)

    def add_link(self, system_id: int, fact: str, url: str, *, title: str = "", by: str) -> Evidence:
        """Add a link, which nobody follows but its readers."""
        address = limits.link("url", url)
        row = EvidenceRow(kind="link", url=address, title=limits.line("title", title or address))
        return self._add(system_id, fact, row, by)

    def add_file(
        self, system_id: int, fact: str, file_name: str, content: bytes, *, title: str = "", by: str
    ) -> Evidence:
        """Add a file, which is kept as it is and never opened."""
        name = limits.line("file", re.split(r"[/\\]", file_name)[-1])
        kept = limits.content("file", content)
        row = EvidenceRow(
            kind="file", file_name=name, title=limits.line("title", title or name), sha256=digest(kept), size=len(kept)
        )
        return self._add(system_id, fact, row, by, kept)

    def of(self, system_id: int) -> tuple[Evidence, ...]:
        """The evidence of a system, oldest first."""
        with self._database.reading() as session:
            return evidence_of(session, [limits.number(system_id)]).get(system_id, ())

    def file(self, evidence_id: int) -> tuple[Evidence, bytes] | None:
        """The file that was added under that id, as it was."""
        both = select(EvidenceRow, FileRow).join(FileRow, FileRow.sha256 == EvidenceRow.sha256)
        with self._database.reading() as session:
            found = session.execute(both.where(EvidenceRow.id == limits.number(evidence_id))).one_or_none()
            return (_evidence(found[0]), found[1].content) if found else None

    def _add(self, system_id: int, fact: str, row: EvidenceRow, by: str, content: bytes | None = None) -> Evidence:
        row.system, row.fact, row.by = system_id, limits.line("fact", fact), limits.line("by", by)
        row.when = self._database.clock()
        with self._database.writing(chained=True) as session:
            if session.get(SystemRow, limits.number(system_id)) is None:
                raise NotFound("system", "there is no system with that number")
            if content is not None and row.sha256 and session.get(FileRow, row.sha256) is None:
                session.add(FileRow(sha256=row.sha256, content=content))
                session.flush()
            session.add(row)
            session.flush()
            self._history.append(session, by, "evidence added", f"system/{system_id}", "evidence", _state(row))
            return _evidence(row)


def evidence_of(session: Session, system_ids: Collection[int]) -> dict[int, tuple[Evidence, ...]]:
    """The evidence of several systems, by system."""
    found: dict[int, tuple[Evidence, ...]] = {}
    chosen = select(EvidenceRow).where(EvidenceRow.system.in_(system_ids)).order_by(EvidenceRow.id)
    for row in session.scalars(chosen):
        found[row.system] = (*found.get(row.system, ()), _evidence(row))
    return found


def _evidence(row: EvidenceRow) -> Evidence:
    return Evidence(
        id=row.id,
        system=row.system,
        fact=row.fact,
        kind=row.kind,
        title=row.title,
        url=row.url,
        file_name=row.file_name,
        sha256=row.sha256,
        size=row.size,
        by=row.by,
        when=row.when,
    )


def _state(row: EvidenceRow) -> dict[str, Any]:
    names = ("id", "system", "fact", "kind", "title", "url", "file_name", "sha256", "size", "by")
    return {name: getattr(row, name) for name in names} | {"when": stamp(row.when)}


def _stored(session: Session) -> Iterator[dict[str, Any]]:
    for row in session.scalars(select(EvidenceRow).order_by(EvidenceRow.id)):
        state = _state(row)
        if row.sha256 is not None:  # of what is there, not of what it was called
            content = session.scalars(select(FileRow.content).where(FileRow.sha256 == row.sha256)).one_or_none()
            state["sha256"] = None if content is None else digest(content)
        yield state
