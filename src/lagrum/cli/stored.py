"""What the commands of `lagrum register` share: opening the register, telling of systems, writing files."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lagrum.cli.diagnostics import render
from lagrum.cli.options import Options
from lagrum.cli.output import Output
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.report.extra import need

if TYPE_CHECKING:
    from lagrum.register import Assessed, Decision, Store, System

database_option = click.option("--database", metavar="URL", help="Where the register is; also LAGRUM_DATABASE.")
by_option = click.option("--by", metavar="WHO", help="Who does it; you, if left out.")


@contextmanager
def opened(database: str | None) -> Iterator[Store]:
    """The register. What it refuses to keep becomes a diagnostic; a database that fails stays a failure."""
    need("sqlalchemy", "the register", "serve")
    from lagrum.register import Store, StoreError, database_url

    try:
        with Store.open(database_url(database)) as store:
            yield store
    except StoreError as error:
        if error.field == "database":
            raise
        raise refused(str(error)) from error


def refused(message: str, help_: str = "") -> InvalidInput:
    """Something that the register cannot keep or give."""
    return InvalidInput([Diagnostic("LG0741", message, help=help_)])


def system_of(store: Store, number: int) -> System:
    """The system with that number; raises `InvalidInput` where there is none."""
    system = store.systems.get(number)
    if system is None:
        raise refused(f"there is no system with the number {number}", "`lagrum register list --all` lists them")
    return system


def me(by: str | None) -> str:
    """Who does it: whoever is named, else the user of this machine."""
    if by:
        return by
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        return f"user {os.getuid()}"


def write(file: str, content: bytes) -> None:
    """Write a file of the user's choice."""
    try:
        Path(file).write_bytes(content)
    except OSError as error:
        said = error.strerror or str(error)
        raise InvalidInput([Diagnostic("LG0726", f"`{file}` cannot be written: {said}")]) from None


def complain(bad: Sequence[Diagnostic], options: Options, sources: dict[str, str] | None = None) -> None:
    """Tell on stderr what could not be read; in JSON it stands in the answer."""
    if bad and not options.json:
        click.echo(render(bad, {**options.library.sources, **(sources or {})}, options.error_colour), err=True)


def tell(system: System, assessments: Sequence[Assessed], decisions: Sequence[Decision], out: Output) -> None:
    """A system on a page."""
    latest = {law: each for each in reversed(assessments) for law in each.hashes}
    ruling = " and ".join(dict.fromkeys(latest[law].ruling.value for law in system.laws if law in latest))
    out.headline(ruling or "not assessed", system.name, [("ruling", ruling or "not assessed"), ("system", system.name)])
    if system.description:
        out.row("About", system.description)
    out.row("Owner", f"{system.owner} ({system.role})")
    out.row("Status", f"{system.status.value}, version {system.version}, changed {system.changed:%Y-%m-%d}")
    if system.review_due:
        out.row("Review", f"due {system.review_due}")
    for law in system.laws:
        made = latest.get(law)
        said = f"{made.ruling.value} on {made.on}, assessed by {made.who}" if made else "never assessed"
        out.row("Laws", f"{law}: {said}")
    for item in system.evidence:
        where = item.url or f"{item.file_name}, {item.size} bytes"
        out.row("Evidence", f"{item.fact}: {item.title} ({where})")
    for decision in decisions:
        out.row("Decisions", f"{decision.on} {decision.kind.value} by {decision.by}: {decision.text}")
