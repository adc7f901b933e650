"""`lagrum changes`: on which days a law changes, which rules begin and end, and which cases change their ruling."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import click

from lagrum.analysis.changes.words import HEADS, as_text, rows
from lagrum.cli import status
from lagrum.cli.help import Command
from lagrum.cli.options import DAY, Options, shared_options
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.reasoning.envelope import envelope
from lagrum.service.kept import kept_changes


@click.command(
    cls=Command,
    examples=[
        "lagrum changes eu-ai-act --from 2026-01-01 --to 2028-01-01",
        'lagrum changes eu-ai-act --from 2026-01-01 --to 2028-01-01 --given "practice={exactly: emotion recognition}"',
    ],
)
@click.argument("law_id", metavar="LAW")
@click.option("--from", "since", type=DAY, required=True, metavar="DATE", help="Changes after this day.")
@click.option("--to", "until", type=DAY, required=True, metavar="DATE", help="Changes up to this day.")
@click.option("--all", "everything", is_flag=True, help="Name every rule, and what is as usual in a case.")
@shared_options(text_of=True, given=True, readings=True, table=True)
def command(law_id: str, since: date, until: date, everything: bool, options: Options) -> int:
    """Say when a law changes, and which cases change with it."""
    if until < since:
        message = f"`{until}` after `--to` is before `{since}` after `--from`"
        raise InvalidInput([Diagnostic("LG0723", message, help="put the earlier day after `--from`")])
    (law,) = replace(options, law_ids=(law_id,)).chosen_laws()
    given = options.given(law)
    result = kept_changes(law, since, until, given).get()
    if options.json:
        head = envelope(
            "changes",
            [law],
            text_of=options.text_of or options.day,
            given=given,
            method=result.method,
            inputs={"from": since, "to": until},
        )
        options.out.json(replace(result, envelope=head).to_dict())
    elif options.format != "text":
        options.out.rows(options.format, HEADS, rows(result))
    else:
        options.out.raw(as_text(result, everything=everything, plain=options.out.plain))
    return status.FINDINGS if result.days else status.CLEAN
