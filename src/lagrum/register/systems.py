"""The systems of a register: who answers for them, in what role, under which laws, and what is known of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypedDict, Unpack

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lagrum.register import limits
from lagrum.register.canonical import stamp
from lagrum.register.chain import Entry
from lagrum.register.database import Database
from lagrum.register.errors import Both, Conflict, NotFound, StoreError
from lagrum.register.evidence import Evidence, evidence_of
from lagrum.register.history import History
from lagrum.register.tables import HistoryRow, SystemRow


class Status(StrEnum):
    """Whether a system is still one of those that are looked after."""

    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True)
class System:
    """A system. `role` is what its owner is to it (provider, deployer …), `laws` the laws it is judged by (`a+b` reads
    two together), `case_text` its case file: the facts, each with how it is known, by whom and since when."""

    id: int
    name: str
    description: str
    owner: str
    role: str
    laws: tuple[str, ...]
    case_text: str
    review_due: date | None
    status: Status
    version: int
    created: datetime
    changed: datetime
    evidence: tuple[Evidence, ...] = ()


class SystemFields(TypedDict, total=False):
    """What can be changed of a system."""

    name: str
    description: str
    owner: str
    role: str
    laws: Sequence[str]
    case_text: str
    review_due: date | None


@dataclass(frozen=True)
class Filters:
    """Which systems are wanted; what is left out filters nothing. `words` must all stand in name, description, owner
    or role."""

    words: str = ""
    owner: str = ""
    role: str = ""
    law: str = ""
    status: Status | None = Status.ACTIVE
    review_before: date | None = None


class Systems:
    """The systems of a store."""

    def __init__(self, database: Database, history: History) -> None:
        self._database = database
        self._history = history
        history.compares("system", _stored)

    def add(
        self,
        name: str,
        owner: str,
        role: str,
        case_text: str,
        *,
        by: str,
        law: str | Sequence[str],
        description: str = "",
        review_due: date | None = None,
    ) -> System:
        """A new system."""
        fields = SystemFields(
            name=name,
            owner=owner,
            role=role,
            case_text=case_text,
            laws=(law,) if isinstance(law, str) else law,
            description=description,
            review_due=review_due,
        )
        moment = self._database.clock()
        row = SystemRow(**_checked(fields), status=Status.ACTIVE.value, version=1, created=moment, changed=moment)
        row.words = _words(row)
        with self._database.writing(chained=True) as session:
            session.add(row)
            session.flush()
            self._record(session, row, by, "system added")
            return _system(row)

    def get(self, system_id: int) -> System | None:
        """The system with that number, with its evidence."""
        with self._database.reading() as session:
            return _with_evidence(session, [session.get(SystemRow, limits.number(system_id))]).get(system_id)

    def list(self, filters: Filters | None = None, after: int = 0, limit: int = 100) -> list[System]:
        """The systems that are wanted, in the order in which they were added: those with numbers above `after`."""
        wanted = filters or Filters()
        chosen = select(SystemRow).where(SystemRow.id > limits.number(after)).order_by(SystemRow.id)
        for word in limits.findable(wanted.words).casefold().split()[:20]:
            chosen = chosen.where(SystemRow.words.contains(word, autoescape=True))
        for column, value in ((SystemRow.owner, wanted.owner), (SystemRow.role, wanted.role)):
            chosen = chosen.where(column == limits.findable(value)) if value else chosen
        if wanted.status is not None:
            chosen = chosen.where(SystemRow.status == wanted.status.value)
        if wanted.review_before is not None:
            chosen = chosen.where(SystemRow.review_due < wanted.review_before)
        found: dict[int, System] = {}
        most = limits.page(limit)
        with self._database.reading() as session:
            if not wanted.law:
                return list(_with_evidence(session, session.scalars(chosen.limit(most)).all()).values())
            rows: list[SystemRow | None] = []
            with closing(session.scalars(chosen.execution_options(yield_per=100))) as all_rows:
                for row in all_rows:
                    if any(wanted.law in (law, *law.split("+")) for law in row.laws):
                        rows.append(row)
                    if len(rows) == most:
                        break
            found = _with_evidence(session, rows)
        return list(found.values())

    def every(self, status: Status | None = Status.ACTIVE) -> Iterator[System]:
        """All systems, a page at a time."""
        after = 0
        while page := self.list(Filters(status=status), after):
            yield from page
            after = page[-1].id

    def update(self, system_id: int, *, seen: int, by: str, **fields: Unpack[SystemFields]) -> System:
        """Change what is named. Raises `Conflict` with both versions unless `seen` is the system's version, and
        `StoreError` for one that was retired."""
        values = _checked(fields)
        with self._database.writing(chained=True) as session:
            row = _row(session, system_id)
            if row.version != seen:
                raise Conflict(Both(_system(row), _at(session, system_id, seen), dict(fields)))
            if row.status != Status.ACTIVE.value:
                raise StoreError("status", "this system was retired; it is not changed any more")
            if all(getattr(row, name) == value for name, value in values.items()):
                return _with_evidence(session, [row])[system_id]
            return self._write(session, row, by, "system changed", values)

    def retire(self, system_id: int, *, seen: int, by: str, reason: str) -> System:
        """Take a system out of the list. It stays in the store, with everything about it."""
        return self._turn(system_id, seen, by, reason, Status.RETIRED, "system retired")

    def resume(self, system_id: int, *, seen: int, by: str, reason: str) -> System:
        """Take a system that was retired back into the list."""
        return self._turn(system_id, seen, by, reason, Status.ACTIVE, "system resumed")

    def at(self, system_id: int, version: int) -> System | None:
        """The system as it was in that version, without its evidence."""
        with self._database.reading() as session:
            return _at(session, system_id, version)

    def history(self, system_id: int, after: int = 0, limit: int = limits.PAGE) -> Sequence[Entry]:
        """Everything that was done to a system, oldest first."""
        return self._history.of(f"system/{system_id}", after, limit)

    def due(self, session: Session, row: SystemRow, by: str, day: date) -> None:
        """Set when the next review is due, in the transaction of somebody else."""
        self._write(session, row, by, "system changed", {"review_due": day})

    def _turn(self, system_id: int, seen: int, by: str, reason: str, status: Status, what: str) -> System:
        if not limits.text("reason", reason).strip():
            raise StoreError("reason", "say why")
        with self._database.writing(chained=True) as session:
            row = _row(session, system_id)
            if row.version != seen:
                raise Conflict(Both(_system(row), _at(session, system_id, seen), {"status": status}))
            return self._write(session, row, by, what, {"status": status.value}, reason)

    def _write(
        self, session: Session, row: SystemRow, by: str, what: str, values: Mapping[str, Any], reason: str = ""
    ) -> System:
        """Write the next version, if it still follows the one that was read, and the entry about it."""
        mine = SystemRow.id == row.id, SystemRow.version == row.version
        after = {"version": row.version + 1, "changed": self._database.clock()}
        changed = update(SystemRow).where(*mine).values(**values, **after).returning(SystemRow.id)
        if session.execute(changed).one_or_none() is None:
            raise StoreError("version", "somebody else is saving this at this moment; try again")
        session.refresh(row)
        row.words = _words(row)
        session.flush()
        self._record(session, row, by, what, reason)
        return _with_evidence(session, [row])[row.id]

    def _record(self, session: Session, row: SystemRow, by: str, what: str, reason: str = "") -> None:
        self._history.append(session, by, what, f"system/{row.id}", "system", _state(row), reason)


def _checked(fields: SystemFields) -> dict[str, Any]:
    """The fields as they are stored. Raises `StoreError`."""
    found: dict[str, Any] = dict(fields)
    for name, value in fields.items():
        if name in ("name", "owner", "role"):
            found[name] = limits.line(name, str(value))
    if "description" in fields:
        found["description"] = limits.text("description", fields["description"])
    if "case_text" in fields:
        found["case_text"] = limits.text("case", fields["case_text"], limits.CASE)
    if "laws" in fields:
        found["laws"] = list(dict.fromkeys(limits.lines("law", fields["laws"])))
        if not found["laws"]:
            raise StoreError("law", "a system needs a law that it is judged by")
    return found


def _words(row: SystemRow) -> str:
    return "\n".join((row.name, row.description, row.owner, row.role)).casefold()


def _row(session: Session, system_id: int) -> SystemRow:
    """The row, which nobody else changes until this transaction ends."""
    row = session.get(SystemRow, limits.number(system_id), with_for_update=True)
    if row is None:
        raise NotFound("system", "there is no system with that number")
    return row


def _at(session: Session, system_id: int, version: int) -> System | None:
    entries = select(HistoryRow.payload).where(HistoryRow.subject == f"system/{system_id}")
    for payload in session.scalars(entries.order_by(HistoryRow.seq)):
        state = json.loads(payload).get("system")
        if state is not None and state["version"] == version:
            return _as_it_was(state)
    return None


def _as_it_was(state: Mapping[str, Any]) -> System:
    """The system of a state that the history kept."""
    due = date.fromisoformat(state["review_due"]) if state["review_due"] else None
    moments = {name: datetime.fromisoformat(state[name]) for name in ("created", "changed")}
    read = {"laws": tuple(state["laws"]), "status": Status(state["status"]), "review_due": due, **moments}
    return System(**{**state, **read})


def _with_evidence(session: Session, rows: Sequence[SystemRow | None]) -> dict[int, System]:
    kept = [row for row in rows if row is not None]
    evidence = evidence_of(session, [row.id for row in kept])
    return {row.id: _system(row, evidence.get(row.id, ())) for row in kept}


def _system(row: SystemRow, evidence: tuple[Evidence, ...] = ()) -> System:
    return System(
        id=row.id,
        name=row.name,
        description=row.description,
        owner=row.owner,
        role=row.role,
        laws=tuple(row.laws),
        case_text=row.case_text,
        review_due=row.review_due,
        status=Status(row.status),
        version=row.version,
        created=row.created,
        changed=row.changed,
        evidence=evidence,
    )


def _state(row: SystemRow) -> dict[str, Any]:
    """What the history keeps of a system: all of it."""
    names = ("id", "name", "description", "owner", "role", "laws", "case_text", "status", "version")
    due = row.review_due.isoformat() if row.review_due else None
    moments = {"created": stamp(row.created), "changed": stamp(row.changed)}
    return {name: getattr(row, name) for name in names} | {"review_due": due} | moments


def _stored(session: Session) -> Iterator[dict[str, Any]]:
    for row in session.scalars(select(SystemRow).order_by(SystemRow.id).execution_options(yield_per=100)):
        yield _state(row)
