"""`lagrum changes`: on which days a law changes, which rules begin and end, and which cases change their ruling."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import click

from lagrum.analysis.changes import Changes, changes
from lagrum.analysis.changes.words import HEADS, as_text, rows
from lagrum.cli import status
from lagrum.cli.help import Command
from lagrum.cli.options import DAY, Options, box_of, shared_options
from lagrum.language.cache import cached, fingerprint
from lagrum.model.cases import Given
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.law import Law
from lagrum.reasoning.envelope import envelope


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
    result = _found(law, since, until, given)
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


def _found(law: Law, since: date, until: date, given: tuple[Given, ...]) -> Changes:
    """The changes, kept on disk by the content of everything they depend on."""
    key = repr((law.id, law.hash, since, until, sorted(law.readings.items()), [(g.fact, g.text) for g in given]))
    code = fingerprint("analysis", "reasoning", "semantics", "model", "language")
    return cached(
        "changes",
        f"{code} {key}",
        lambda: changes(law, since, until, box_of(given)),
        lambda found: isinstance(found, Changes),
        packages=("lagrum.model", "lagrum.analysis", "lagrum.semantics"),
    )
