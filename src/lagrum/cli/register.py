"""`lagrum register`: a team's own systems, what the law makes of them, what changes when, and the sealed history."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from lagrum.cli import status
from lagrum.cli.accounts import account
from lagrum.cli.diagnostics import to_dict
from lagrum.cli.files import require
from lagrum.cli.help import Command, Group
from lagrum.cli.options import DAY, Options, shared_options
from lagrum.cli.sealed import changes, verify
from lagrum.cli.stored import (
    by_option,
    complain,
    database_option,
    me,
    opened,
    refused,
    system_of,
    tell,
    write,
)
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.reasoning.envelope import envelope
from lagrum.report.registered import decision_to_dict, system_to_dict

if TYPE_CHECKING:
    from lagrum.register import Assessed, System

HEADS = ("id", "name", "owner", "role", "law", "ruling", "on", "review due", "status")


@click.group(
    "register",
    cls=Group,
    examples=[
        "lagrum register add station.yaml --name Cameras --owner Traffic --law eu-ai-act",
        "lagrum register changes --ics -o changes.ics",
    ],
)
def command() -> None:
    """Keep a team's own systems, and see what changes for them and when."""


command.add_command(account)
command.add_command(changes)
command.add_command(verify)


@command.command("list", cls=Command, examples=["lagrum register list", "lagrum register list --all --format csv"])
@click.option("--all", "everything", is_flag=True, help="Retired systems, too.")
@database_option
@shared_options(table=True)
def list_(everything: bool, database: str | None, options: Options) -> int:
    """List the systems, with the last ruling on each."""
    with opened(database) as store:
        from lagrum.register import Status

        systems = list(store.systems.every(None if everything else Status.ACTIVE))
        latest = store.assessments.latest([each.id for each in systems])
    if options.json:
        told = [system_to_dict(each, latest.get(each.id, {}).values()) for each in systems]
        options.out.json(envelope("register", ()) | {"systems": told, "bad": []})
        return status.CLEAN
    rows: list[tuple[str, ...]] = []
    for each in systems:
        for law in each.laws:
            made = latest.get(each.id, {}).get(law)
            ruling = (made.ruling.value, str(made.on)) if made else ("", "")
            due = str(each.review_due or "")
            rows.append((str(each.id), each.name, each.owner, each.role, law, *ruling, due, each.status.value))
    if rows or options.format != "text":
        options.out.rows(options.format, HEADS, rows)
    else:
        options.out.line("the register is empty; `lagrum register add CASE --owner OWNER --law LAW` adds a system")
    return status.CLEAN


@command.command("show", cls=Command, examples=["lagrum register show 3", "lagrum register show 3 --format json"])
@click.argument("number", metavar="ID", type=int)
@database_option
@shared_options()
def show(number: int, database: str | None, options: Options) -> int:
    """Show a system with its evidence, assessments, decisions and history."""
    with opened(database) as store:
        system = system_of(store, number)
        assessments, decisions = store.assessments.of(number), store.decisions.of(number)
        entries = store.systems.history(number)
    if options.json:
        told = system_to_dict(system, assessments) | {
            "case": system.case_text,
            "decisions": [decision_to_dict(each) for each in decisions],
            "history": [each.to_dict() for each in entries],
        }
        options.out.json(envelope("register", ()) | {"systems": [told], "bad": []})
        return status.CLEAN
    tell(system, assessments, decisions, options.out)
    for entry in entries:
        options.out.row("History", f"{entry.seq}  {entry.when[:10]} {entry.what} by {entry.who}")
    options.out.hint(f"lagrum register export {number}")
    return status.CLEAN


@command.command(
    "add", cls=Command, examples=["lagrum register add station.yaml --name Cameras --owner Traffic --law eu-ai-act"]
)
@click.argument("case_file", metavar="CASE")
@click.option("--name", help="What the system is called; the case's own name if left out.")
@click.option("--owner", required=True, help="Who answers for it.")
@click.option("--role", default="deployer", show_default=True, help="What the owner is to it.")
@click.option("--description", default="", help="What it is, in a few words.")
@click.option("--review-due", type=DAY, metavar="DATE", help="The day of the next review.")
@by_option
@database_option
@shared_options(law=True)
def add(
    case_file: str,
    name: str | None,
    owner: str,
    role: str,
    description: str,
    review_due: date | None,
    by: str | None,
    database: str | None,
    options: Options,
) -> int:
    """Add a system from a case file, and assess it as of today."""
    (path,) = require([case_file])
    case, diagnostics, text = options.library.read_case(path)
    if case is None:
        raise InvalidInput(diagnostics, {str(path): text})
    laws = options.law_ids or case.laws
    options.library.laws(laws)  # each must be there
    with opened(database) as store:
        from lagrum.register import assess_stale

        fields = {"by": me(by), "description": description}
        system = store.systems.add(name or case.name, owner, role, text, law=laws, review_due=review_due, **fields)
        try:
            made = assess_stale(store, system, options.library, date.today(), me(by))
        except InvalidInput as error:  # it can be kept, and mended later
            return _added([system], [], list(error.diagnostics), options)
    return _added([system], made, [], options)


@command.command("import", cls=Command, examples=["lagrum register import register.zip more/*.yaml --owner Traffic"])
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--owner", help="Who answers for a system whose file does not say.")
@click.option("--role", help="What the owner is to it, where its file does not say.")
@by_option
@database_option
@shared_options(law=True)
def import_(
    files: tuple[str, ...],
    owner: str | None,
    role: str | None,
    by: str | None,
    database: str | None,
    options: Options,
) -> int:
    """Add systems from case files and from zips of them; bad files are named and hide no others."""
    paths = require(files)
    with opened(database) as store:
        from lagrum.register import Usual, import_files

        usual = Usual(laws=options.law_ids)
        usual = replace(usual, owner=owner or usual.owner, role=role or usual.role)
        read = ((str(path), path.read_bytes()) for path in paths if path.is_file())
        taken = import_files(store, options.library, read, by=me(by), usual=usual)
    bad = [diagnostic for each in taken.bad for diagnostic in each.diagnostics]
    folders = [refused(f"`{path}` is a folder; name its files").diagnostics[0] for path in paths if path.is_dir()]
    return _added(taken.systems, [], [*folders, *bad], options, {each.name: each.text for each in taken.bad})


@command.command("assess", cls=Command, examples=["lagrum register assess", "lagrum register assess 3 7"])
@click.argument("numbers", metavar="[ID]...", nargs=-1, type=int)
@by_option
@database_option
@shared_options(date=True)
def assess_(numbers: tuple[int, ...], by: str | None, database: str | None, options: Options) -> int:
    """Assess anew the systems whose facts or laws have changed since they were assessed."""
    bad: list[Diagnostic] = []
    made: list[Assessed] = []
    with opened(database) as store:
        from lagrum.register import assess_stale

        systems = [system_of(store, number) for number in numbers] if numbers else list(store.systems.every())
        for system in systems:
            try:
                made += assess_stale(store, system, options.library, options.day, me(by))
            except InvalidInput as error:
                bad += error.diagnostics
    if options.json:
        told = [system_to_dict(each, [a for a in made if a.system == each.id]) for each in systems]
        answer = {"systems": told, "bad": [to_dict(each) for each in bad]}
        options.out.json(envelope("register", (), on=options.day) | answer)
    else:
        _told(systems, made, options)
        if not made:
            options.out.line("every assessment is of the facts and the law as they are")
        complain(bad, options)
    rulings = [status.status_of(each.ruling) for each in made]
    return status.worst(status.INVALID_INPUT if bad else status.CLEAN, *rulings)


@command.command(
    "export",
    cls=Command,
    examples=["lagrum register export -o register.zip", "lagrum register export 3", "lagrum register export --history"],
)
@click.argument("number", metavar="[ID]", required=False, type=int)
@click.option("-o", "output", metavar="FILE", help="Where to; what is text goes to the screen if left out.")
@click.option("--history", "sealed", is_flag=True, help="The history, as JSON lines that `verify` checks.")
@database_option
@shared_options()
def export(number: int | None, output: str | None, sealed: bool, database: str | None, options: Options) -> int:
    """Write one system as a case file, all of them as a zip, or the history."""
    if output is None and number is None and not sealed:
        raise refused("a zip is nothing for a screen", "name a file with `-o FILE`")
    content = io.BytesIO()
    with opened(database) as store:
        from lagrum.register import case_file, export_zip

        if sealed:
            words = f"{store.history.export(content)} entries"
        elif number is not None:
            content.write(case_file(system_of(store, number)).encode())
            words = "1 system"
        else:
            words = f"{export_zip(store, content)} systems"
    if output is None:
        click.echo(content.getvalue(), nl=False)
    else:
        write(output, content.getvalue())
        options.out.line(f"wrote {words} to {output}")
    return status.CLEAN


def _added(
    systems: Sequence[System],
    made: Sequence[Assessed],
    bad: Sequence[Diagnostic],
    options: Options,
    sources: dict[str, str] | None = None,
) -> int:
    """Tell which systems were added, with their rulings, and what could not be read."""
    if options.json:
        told = [system_to_dict(each, [a for a in made if a.system == each.id]) for each in systems]
        options.out.json(envelope("register", ()) | {"systems": told, "bad": [to_dict(each) for each in bad]})
    else:
        for each in systems:
            options.out.entry(f"added {each.id}", each.name, [f"{each.owner}, {each.role}; {', '.join(each.laws)}"])
        _told(systems, made, options)
        complain(bad, options, sources)
    rulings = [status.status_of(each.ruling) for each in made]
    return status.worst(status.INVALID_INPUT if bad else status.CLEAN, *rulings)


def _told(systems: Sequence[System], made: Sequence[Assessed], options: Options) -> None:
    names = {system.id: system.name for system in systems}
    for each in made:
        options.out.entry(each.ruling.value, f"{names[each.system]}, {', '.join(each.hashes)} on {each.on}")
