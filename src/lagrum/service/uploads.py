"""Registers that people upload to be screened: each in a folder of its own under an id that nobody can guess.

A folder holds the register, `plan.json` (what is asked), `mapping.yaml` where the user wrote one, what was seen of the
columns, and the results. Files are looked into and screened in processes of their own, with bounds on memory and time.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.places import Place
from lagrum.screening.register import KINDS

MEMORY = 4 * 1024 * 1024  # kB of address space that looking at a file or screening it may take
LOOKING = 60  # seconds
KEPT = 14 * 24 * 3600  # seconds until an upload is removed
_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Plan:
    """What is asked of a register. `mapping` is the name of a built-in mapping, `own`, or empty while none is chosen;
    `given` holds `FACT=VALUE` for every row."""

    name: str
    file: str
    owner: str
    law: str = "eu-ai-act"
    days: tuple[date, ...] = ()
    given: tuple[str, ...] = ()
    mapping: str = ""
    choices: Mapping[str, Any] = field(default_factory=dict)


class Upload:
    """One uploaded register."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.id = folder.name

    @property
    def plan(self) -> Plan:
        told = json.loads((self.folder / "plan.json").read_text("utf-8"))
        days = tuple(date.fromisoformat(day) for day in told.pop("days"))
        return Plan(**{**told, "days": days, "given": tuple(told["given"])})

    def save(self, plan: Plan) -> None:
        """Keep a plan; one that differs makes results of before stale, and they go."""
        if (self.folder / "plan.json").exists() and plan != self.plan:
            self.forget_results()
        write(self.folder / "plan.json", json.dumps(asdict(plan), default=str))

    @property
    def register(self) -> Path:
        return self.folder / self.plan.file

    @property
    def mapping(self) -> str:
        """The mapping as the command takes it: a name, or the file."""
        plan = self.plan
        return str(self.folder / "mapping.yaml") if plan.mapping == "own" else plan.mapping

    @property
    def results(self) -> Path:
        return self.folder / "rows.parquet"

    @property
    def summary(self) -> dict[str, Any] | None:
        """What the screening came to; None before it is done."""
        file = self.folder / "rows.summary.json"
        return json.loads(file.read_text("utf-8")) if file.exists() and self.results.exists() else None

    def write_mapping(self, text: str) -> None:
        """Keep a mapping that the user made."""
        write(self.folder / "mapping.yaml", text)
        self.forget_results()

    def forget_results(self) -> None:
        """Remove results, and parts of some."""
        for path in self.folder.glob("rows.*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def columns(self) -> dict[str, Any]:
        """The columns with their commonest cells; looked at once. Raises `InvalidInput`."""
        file = self.folder / "columns.json"
        if not file.exists():
            write(file, json.dumps(_look("columns", self.register)))
        found: dict[str, Any] = json.loads(file.read_text("utf-8"))
        return found

    def rows(self, first: int, count: int) -> dict[str, Any]:
        """What some rows are taken to say. Raises `InvalidInput`."""
        return _look("rows", self.register, self.mapping, str(first), str(count))


class Uploads:
    """All uploads of a server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def add(self, stream: BinaryIO, name: str, owner: str) -> Upload:
        """Keep a register. Raises `InvalidInput` for a kind that cannot be read, or for an empty file."""
        shown = Path(name.replace("\\", "/")).name[:120] or "register"
        suffix = Path(shown).suffix.lower()
        if suffix not in KINDS:
            kinds = ", ".join(sorted(KINDS))
            message = f"`{shown}` is of no kind that can be read"
            raise InvalidInput([Diagnostic("LG0820", message, help=f"its name ends in one of {kinds}")])
        self.expire()
        upload = Upload(self.folder / secrets.token_urlsafe(16))
        upload.folder.mkdir(mode=0o700)
        with (upload.folder / f"register{suffix}").open("wb") as out:
            shutil.copyfileobj(stream, out, _CHUNK)
            size = out.tell()
        if not size:
            shutil.rmtree(upload.folder)
            raise InvalidInput([Diagnostic("LG0820", f"`{shown}` is empty", help="choose another file")])
        upload.save(Plan(shown, f"register{suffix}", owner, days=(date.today(),)))
        try:
            known = upload.columns()["built_in"]
        except InvalidInput:
            shutil.rmtree(upload.folder)
            raise
        upload.save(replace(upload.plan, mapping=known))
        return upload

    def get(self, upload_id: str) -> Upload | None:
        """The upload with that id, None where there is none."""
        if not _ID.fullmatch(upload_id) or not (self.folder / upload_id / "plan.json").exists():
            return None
        return Upload(self.folder / upload_id)

    def of(self, owner: str) -> Iterator[Upload]:
        """The uploads of somebody, newest first."""
        found = sorted(self.folder.glob("*/plan.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in found:
            upload = Upload(path.parent)
            if upload.plan.owner == owner:
                yield upload

    def remove(self, upload: Upload) -> None:
        """Forget a register and all that came of it."""
        shutil.rmtree(upload.folder)

    def expire(self, now: float | None = None) -> None:
        """Remove what nobody has touched for two weeks."""
        for path in list(self.folder.glob("*/plan.json")):
            if path.stat().st_mtime < (now or time.time()) - KEPT:
                shutil.rmtree(path.parent, ignore_errors=True)


def write(file: Path, text: str) -> None:
    """A text file, all or nothing."""
    half = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    half.write_text(text, "utf-8")
    half.replace(file)


def bounded(*command: str, memory: int = MEMORY) -> list[str]:
    """A command that yields to others and may take so much memory."""
    return ["sh", "-c", f'ulimit -v {memory}; exec nice -n 10 "$@"', "sh", *command]


def _look(what: str, register: Path, *more: str) -> dict[str, Any]:
    command = bounded(sys.executable, "-m", "lagrum.service.looking", what, str(register), *more)
    unreadable = Diagnostic("LG0821", "this file cannot be read", help="save it as CSV and try again")
    try:
        done = subprocess.run(command, capture_output=True, timeout=LOOKING, check=False)
    except subprocess.TimeoutExpired:
        raise InvalidInput([unreadable]) from None
    if done.returncode != 0:
        raise InvalidInput([unreadable])
    answer: dict[str, Any] = json.loads(done.stdout)
    if "errors" in answer:
        raise InvalidInput([_diagnostic(each) for each in answer["errors"]])
    return answer


def _diagnostic(told: Mapping[str, Any]) -> Diagnostic:
    place = told["place"] and Place(**told["place"])
    return Diagnostic(told["code"], told["message"], place, told["help"])
