"""`lagrum spread`: the loopholes of one law, and which other laws leave them open, narrow them or close them."""

from __future__ import annotations

from dataclasses import replace

import click

from lagrum.analysis.spread import Row, Spread, State
from lagrum.analysis.spread.words import HEADS, as_text, family_rows, family_text, matrix
from lagrum.cli import status
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.reasoning.envelope import envelope
from lagrum.service.analyses import AGAINST, OF
from lagrum.service.kept import kept_spread
from lagrum.service.laws import every_column
from lagrum.spelling import did_you_mean


@click.command(
    cls=Command,
    examples=[
        "lagrum spread",
        "lagrum spread --family 4",
        "lagrum spread --of eu-ai-act --against moderate-ban-live-identification-2021 us-il-bipa us-tx-cubi",
        "lagrum spread --format csv",
    ],
)
@click.argument("laws", nargs=-1, metavar="[LAW]...")
@click.option("--of", default=OF, show_default=True, metavar="LAW", help="The law whose loopholes are the rows.")
@click.option("--against", default=AGAINST, show_default=True, metavar="POSITION", help="What ought to be forbidden.")
@click.option("--family", metavar="N|ID", help="One family, law by law; its number or id in `lagrum loopholes`.")
@click.option("--all", "everything", is_flag=True, help="Tell every family, not only those open in most laws.")
@shared_options(date=True, given=True, readings=True, table=True)
def command(
    laws: tuple[str, ...], of: str, against: str, family: str | None, everything: bool, options: Options
) -> int:
    """Say which laws leave the loopholes of one law open."""
    ids, left_out = (laws, ()) if laws else every_column(options.library, options.terms)
    read = replace(options, law_ids=(of, against, *ids)).chosen_laws(attached=False)
    law, position, columns = read[0], read[1], read[2:]
    given = options.given(*read)
    result = replace(kept_spread(law, position, columns, options.day, given, options.readings).get(), left_out=left_out)
    row = _row(result, family) if family else None
    if row is not None:
        result = replace(result, rows=(row,))
    if options.json:
        head = envelope(
            "spread",
            list({each.id: each for each in read}.values()),
            on=options.day,
            text_of=options.text_of,
            given=given,
            inputs={"of": of, "against": against, "columns": ids, "family": family},
        )
        options.out.json(replace(result, envelope=head).to_dict())
    elif options.format != "text":
        heads, rows = matrix(result) if row is None else (HEADS, family_rows(result, row))
        options.out.rows(options.format, heads, rows)
    elif row is not None:
        options.out.raw(family_text(result, row, plain=options.out.plain))
    else:
        options.out.raw(as_text(result, everything=everything, plain=options.out.plain))
    return _status(result)


def _status(result: Spread) -> int:
    states = {cell.state for row in result for cell in row.cells}
    if states & {State.OPEN, State.NARROWED}:
        return status.FINDINGS
    return status.UNDETERMINED if State.DEPENDS in states else status.CLEAN


def _row(result: Spread, asked: str) -> Row:
    """The family of that number or id."""
    for row in result.rows:
        if asked in (str(row.number), row.id):
            return row
    message = f"there is no family `{asked}`"
    if any(asked in (str(apart.number), apart.id) for apart in result.apart):
        message = f"family `{asked}` is about where or when `{result.of}` applies, and says nothing of other laws"
    help_ = did_you_mean(asked, [row.id for row in result.rows]) or "`lagrum loopholes` lists them with their numbers"
    raise InvalidInput([Diagnostic("LG0725", message, help=help_)])
