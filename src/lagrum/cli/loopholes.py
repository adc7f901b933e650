"""`lagrum loopholes`: everything a position forbids and a law lets through."""

from __future__ import annotations

from dataclasses import replace

import click

from lagrum.analysis.loopholes.words import as_text, family_text
from lagrum.cli import status
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.reasoning.envelope import envelope
from lagrum.service.kept import kept_loopholes


@click.command(
    cls=Command,
    examples=[
        "lagrum loopholes eu-ai-act-2021-proposal --against ban-biometric-surveillance-2021",
        "lagrum loopholes eu-ai-act-2021-proposal --against ban-biometric-surveillance-2021 --show 3",
    ],
)
@click.argument("law_id", metavar="LAW")
@click.option("--against", required=True, metavar="POSITION", help="The position that says what ought to be forbidden.")
@click.option("--all", "everything", is_flag=True, help="Tell every family, not only the first.")
@click.option("--show", type=click.IntRange(min=1), metavar="N", help="Tell one family in full.")
@shared_options(date=True, given=True, readings=True)
def command(law_id: str, against: str, everything: bool, show: int | None, options: Options) -> int:
    """List everything a position forbids and a law lets through."""
    options = replace(options, law_ids=(law_id,))
    chosen, position = options.chosen_laws(against, attached=False)  # what the text itself lets through
    given = options.given(chosen, position)
    if any(instrument.kind != "position" for instrument in position.instruments):
        click.echo(f"`{against}` is no position: `lagrum compare {law_id} {against}` says which is stricter", err=True)
    result = kept_loopholes(chosen, position, options.day, given).get()
    if show is not None and show > len(result.families):
        message = f"there is no family {show}: there are {len(result.families)}"
        raise InvalidInput([Diagnostic("LG0725", message, help="`--all` lists them")])
    if options.json:
        judgements = dict.fromkeys(name for family in result.families for name in family.judgements)
        head = envelope(
            "loopholes",
            [chosen, position],
            on=options.day,
            text_of=options.text_of,
            given=given,
            judgements=judgements,
            inputs={"against": against},
        )
        options.out.json(replace(result, envelope=head).to_dict())
    elif show is not None:
        options.out.raw(family_text(result, show, plain=options.out.plain))
    else:
        options.out.raw(as_text(result, everything=everything, plain=options.out.plain))
    return status.FINDINGS if result.families else status.CLEAN
