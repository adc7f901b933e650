"""`lagrum register verify` and `changes`: what was written stays written, and what the law will do next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from lagrum.cli import status
from lagrum.cli.diagnostics import to_dict
from lagrum.cli.files import require
from lagrum.cli.help import Command
from lagrum.cli.options import DAY, Options, shared_options
from lagrum.cli.stored import complain, database_option, opened, refused, write
from lagrum.reasoning.envelope import envelope
from lagrum.report.extra import need

if TYPE_CHECKING:
    from lagrum.register import Ahead, Verified

HEADS = ("day", "system", "name", "law", "before", "after", "because")
AHEAD = timedelta(days=2 * 365)
"""How far `changes` looks if nothing is said."""
TOLD = 6
"""Rules named for each day in the short view."""


@click.command(
    "verify", cls=Command, examples=["lagrum register verify", "lagrum register verify history.jsonl --format json"]
)
@click.argument("file", metavar="[FILE]", required=False)
@database_option
@shared_options()
def verify(file: str | None, database: str | None, options: Options) -> int:
    """Check that nothing in the history, or in an exported one, was changed."""
    if file is None:
        with opened(database) as store:
            found = store.history.verify()
    else:
        found = _exported(file)
    if options.json:
        told = {"entries": found.entries, "head": found.head, "first_bad": found.first_bad}
        options.out.json(envelope("history", ()) | told | {"differs": list(found.differs)})
        return status.CLEAN if found.good else status.FINDINGS
    word, entries = "sealed" if found.good else "broken", f"{found.entries} entries"
    options.out.headline(word, entries, [(word, entries)])
    if found.first_bad is not None:
        options.out.row("First bad", f"entry {found.first_bad}: it, or its place in the chain, was changed")
    for name in found.differs:
        options.out.row("Differs", f"{name} is not what the history says")
    options.out.verbatim("Head", found.head)
    return status.CLEAN if found.good else status.FINDINGS


def _exported(file: str) -> Verified:
    need("sqlalchemy", "the register", "serve")
    from lagrum.register import StoreError, verify_export

    (path,) = require([file])
    if path.is_dir():
        raise refused(f"`{file}` is a folder")
    try:
        with path.open("rb") as stream:
            return verify_export(stream)
    except StoreError as error:
        raise refused(error.sentence, "`lagrum register export --history -o FILE` writes one") from None


@click.command(
    "changes",
    cls=Command,
    examples=["lagrum register changes --to 2028-12-31", "lagrum register changes --ics -o changes.ics"],
)
@click.option("--from", "since", type=DAY, metavar="DATE", help="The first day; today if left out.")
@click.option("--to", "until", type=DAY, metavar="DATE", help="The last day; two years later if left out.")
@click.option("--ics", "calendar", is_flag=True, help="As an iCalendar file.")
@click.option("-o", "output", metavar="FILE", help="Where the iCalendar file goes; to the screen if left out.")
@click.option("--all", "everything", is_flag=True, help="Name every rule that begins or ends.")
@database_option
@shared_options(table=True)
def changes(
    since: date | None,
    until: date | None,
    calendar: bool,
    output: str | None,
    everything: bool,
    database: str | None,
    options: Options,
) -> int:
    """Say on which days something changes for the systems, and why."""
    if output and not calendar:
        raise refused("`-o` is for the calendar", "add `--ics`")
    first = since or date.today()
    last = until or min(first, date.max - AHEAD) + AHEAD
    with opened(database) as store:
        from lagrum.register import changes_ahead, to_ics

        found = changes_ahead(store, options.library, first, last)
    bad = [diagnostic for each in found.unread for diagnostic in each.diagnostics]
    if calendar and output:
        write(output, to_ics(found))
        options.out.line(f"wrote {len(found)} changes to {output}")
    elif calendar:
        click.echo(to_ics(found), nl=False)
    elif options.json:
        told = {"from": first.isoformat(), "to": last.isoformat(), "changes": [each.to_dict() for each in found]}
        options.out.json(envelope("ahead", ()) | told | {"bad": [to_dict(each) for each in bad]})
    elif options.format != "text":
        options.out.rows(options.format, HEADS, map(_row, found))
    else:
        for change in found:
            _tell(change, everything, options)
        if not found.changes:
            options.out.line(f"nothing changes for any system from {first} to {last}")
    complain(bad, options)
    return status.INVALID_INPUT if bad else status.CLEAN


def _row(change: Ahead) -> tuple[str, ...]:
    return (
        str(change.day),
        str(change.system),
        change.name,
        change.law,
        "; ".join(change.before.possible),
        "; ".join(change.after.possible),
        "; ".join(map(str, change.because)),
    )


def _tell(change: Ahead, everything: bool, options: Options) -> None:
    """A change on a few lines."""
    from lagrum.register import in_english

    below = [f"{change.law}, for {change.owner} ({change.role})"]
    for words, each in (("begins", change.begins), ("ends", change.ends), ("because", change.because)):
        told = [str(item) for item in (each if everything else each[:TOLD])]
        more = [f"{len(each) - len(told)} more: --all"] if len(told) < len(each) else []
        below += [f"{words}: {'; '.join([*told, *more])}"] if each else []
    options.out.entry(str(change.day), in_english(change)[0], below)
