"""The tables behind the store. Rows never leave this package: its records do."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import JSON, DateTime, ForeignKey, Index, LargeBinary, MetaData, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

APPEND_ONLY = ("history", "audit", "assessments", "decisions", "evidence", "files")
"""Tables in which the database itself refuses to change or delete a row."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, also where the database knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it so
        str: Text,
        datetime: Moment,
        list[str]: JSON,
        dict[str, str]: JSON,
        bytes: LargeBinary,
    }


class DraftRow(Table):
    __tablename__ = "drafts"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    law: Mapped[str]
    case: Mapped[str]
    on: Mapped[date | None]
    lang: Mapped[str]
    readings: Mapped[dict[str, str]]
    owner: Mapped[str | None]
    asked: Mapped[list[str]]
    not_known: Mapped[list[str]]
    version: Mapped[int]
    created: Mapped[datetime]
    changed: Mapped[datetime] = mapped_column(index=True)


class AccountRow(Table):
    __tablename__ = "accounts"

    key: Mapped[str] = mapped_column(primary_key=True)  # the name in folded letters
    name: Mapped[str]
    password: Mapped[str]
    role: Mapped[str]
    active: Mapped[bool]
    created: Mapped[datetime]


class SessionRow(Table):
    __tablename__ = "sessions"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)  # the SHA-256 of it
    account: Mapped[str] = mapped_column(ForeignKey("accounts.key"), index=True)
    started: Mapped[datetime]
    seen: Mapped[datetime]
    idle: Mapped[int]  # seconds
    ends: Mapped[datetime]


class AuditRow(Table):
    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(primary_key=True)
    when: Mapped[datetime]
    who: Mapped[str]
    what: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str]


class SystemRow(Table):
    __tablename__ = "systems"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    description: Mapped[str]
    owner: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]
    laws: Mapped[list[str]]
    case_text: Mapped[str]
    review_due: Mapped[date | None] = mapped_column(index=True)
    status: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    created: Mapped[datetime]
    changed: Mapped[datetime]
    words: Mapped[str]  # what a search looks in, in folded letters


class FileRow(Table):
    __tablename__ = "files"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes]


class EvidenceRow(Table):
    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    system: Mapped[int] = mapped_column(ForeignKey("systems.id"), index=True)
    fact: Mapped[str]
    kind: Mapped[str] = mapped_column(String(8))
    title: Mapped[str]
    url: Mapped[str | None]
    file_name: Mapped[str | None]
    sha256: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    size: Mapped[int | None]
    by: Mapped[str]
    when: Mapped[datetime]


class AssessmentRow(Table):
    __tablename__ = "assessments"

    id: Mapped[int] = mapped_column(primary_key=True)
    system: Mapped[int] = mapped_column(ForeignKey("systems.id"))
    version: Mapped[int]  # of the system
    case_hash: Mapped[str] = mapped_column(String(64))
    hashes: Mapped[dict[str, str]]
    on: Mapped[date]
    text_of: Mapped[date]
    ruling: Mapped[str] = mapped_column(String(16))
    document: Mapped[str]
    document_hash: Mapped[str] = mapped_column(String(64))
    who: Mapped[str]
    when: Mapped[datetime]

    __table_args__ = (Index(None, "system", "id"),)


class DecisionRow(Table):
    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    system: Mapped[int] = mapped_column(ForeignKey("systems.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str]
    by: Mapped[str]
    on: Mapped[date]
    next_review: Mapped[date | None]
    when: Mapped[datetime]


class HistoryRow(Table):
    __tablename__ = "history"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    when: Mapped[str] = mapped_column(String(32))
    who: Mapped[str]
    what: Mapped[str]
    subject: Mapped[str]
    payload: Mapped[str]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (Index(None, "subject", "seq"),)
