"""`lagrum vague`: how much of what a law rules hangs on what somebody must judge; of several laws a table."""

from __future__ import annotations

import json
from dataclasses import replace

import click

from lagrum.analysis.vague import Vague
from lagrum.analysis.vague.words import HEADS, as_text, heads_beside, rows, rows_beside
from lagrum.cli import status
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.model.cases import Given
from lagrum.model.law import Law
from lagrum.reasoning.envelope import envelope
from lagrum.service.kept import kept_vague


@click.command(
    cls=Command,
    examples=[
        "lagrum vague eu-ai-act-2021-proposal",
        "lagrum vague eu-ai-act-2021-proposal --against ban-biometric-surveillance-2021",
        "lagrum vague eu-ai-act-2021-proposal eu-ai-act",
    ],
)
@click.argument("laws", nargs=-1, required=True, metavar="LAW...")
@click.option("--against", metavar="POSITION", help="Count only the cases that this position forbids.")
@click.option("--all", "everything", is_flag=True, help="Tell a case for every judgement, not only the first.")
@shared_options(date=True, given=True, readings=True, table=True)
def command(laws: tuple[str, ...], against: str | None, everything: bool, options: Options) -> int:
    """Say how much of a law hangs on what somebody must judge."""
    options = replace(options, law_ids=laws)
    chosen = options.chosen_laws(*([against] if against else []), attached=False)
    position = chosen[-1] if against else None
    subjects = chosen[: len(laws)]
    given = options.given(*chosen)
    found = [_found(law, position, given, options) for law in subjects]
    if options.json:
        answers = [each.to_dict() for each in found]
        options.out.raw(json.dumps(answers if len(answers) > 1 else answers[0], indent=2, ensure_ascii=False))
    elif len(found) > 1:
        options.out.rows(options.format, heads_beside(found), rows_beside(found))
    elif options.format != "text":
        options.out.rows(options.format, HEADS, rows(found[0]))
    else:
        options.out.raw(as_text(found[0], everything=everything, plain=options.out.plain))
    return status.FINDINGS if any(j.witness for each in found for j in each) else status.CLEAN


def _found(law: Law, position: Law | None, given: tuple[Given, ...], options: Options) -> Vague:
    """The measure, with the fields that every answer carries."""
    both = [law, *([position] if position is not None else [])]
    words = f"counting what hangs on the judgements of {law.id}; a large law takes minutes, once"
    result = kept_vague(law, position, options.day, given).get(before=lambda: click.echo(words, err=True))
    head = envelope(
        "vague",
        both,
        on=options.day,
        text_of=options.text_of,
        given=given,
        judgements=[each.fact for each in result],
        method=result.method,
        inputs={"against": position.id if position is not None else ""},
    )
    return replace(result, envelope=head)
