"""`lagrum report`: the loopholes of a law as a document to print, send and quote."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from lagrum.analysis.balance import MOST_EDITS
from lagrum.cli import status
from lagrum.cli.balance import cases_to_keep
from lagrum.cli.chart import suffix, write
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.model.cases import Given
from lagrum.model.law import Law
from lagrum.reasoning.envelope import envelope
from lagrum.report.charts import Chart, dates, front, heat_map
from lagrum.report.charts.spread import letters
from lagrum.report.document import unmarked
from lagrum.report.figures import plain
from lagrum.report.loopholes import Asked, loopholes_report
from lagrum.report.writers import FORMS, written
from lagrum.service.kept import kept_balance, kept_loopholes, kept_spread
from lagrum.service.laws import every_column
from lagrum.wording import Wording, wording


@click.command(
    cls=Command,
    examples=[
        "lagrum report eu-ai-act-2021-proposal --against ban-biometric-surveillance-2021 -o report.pdf",
        "lagrum report eu-ai-act-2021-proposal --against ban-biometric-surveillance-2021 --lang sv -o rapport.docx",
    ],
)
@click.argument("law_id", metavar="LAW")
@click.option("--against", required=True, metavar="POSITION", help="The position that says what ought to be forbidden.")
@click.option("-o", "--output", "file", required=True, metavar="FILE", help=f"What to write: {', '.join(FORMS)}.")
@click.option("--spread", "with_spread", is_flag=True, help="Say also where else the ways in are open.")
@click.option("--keep", multiple=True, metavar="PATH", help="Say also what closing them would cost these cases.")
@shared_options(date=True, given=True, readings=True, languages=True)
def command(law_id: str, against: str, file: str, with_spread: bool, keep: tuple[str, ...], options: Options) -> int:
    """Write what a law lets through as a document."""
    form = suffix(file, FORMS)
    options = replace(options, law_ids=(law_id,))
    law, position = options.chosen_laws(against, attached=False)
    given = options.given(law, position)
    words = wording(options.lang)
    result = kept_loopholes(law, position, options.day, given).get()
    judgements = dict.fromkeys(name for family in result for name in family.judgements)
    head = envelope(
        "loopholes",
        [law, position],
        on=options.day,
        text_of=options.text_of,
        given=given,
        judgements=judgements,
        inputs={"against": against},
    )
    result = replace(result, envelope=head)
    asked = Asked(
        law,
        position,
        result,
        command_line(law_id, against, file, with_spread, keep, options),
        options.library.translated(options.lang).facts if options.lang != "en" else {},
        dates(law, options.day, words),
    )
    if with_spread:
        asked = _with_spread(asked, given, words, options)
    if keep:
        asked = replace(
            asked,
            balance=_balance(law, position, keep, given, words, options),
            balance_command=shlex.join(
                ["lagrum", "balance", law_id, "--against", against, *_each("--keep", keep), "-o", "DIR"]
            ),
        )
    document = loopholes_report(asked, words)
    content = written(document, form)
    write(file, content)
    if options.json:
        told = {
            "file": file,
            "sha256": hashlib.sha256(content).hexdigest(),
            "report": document.id,
            "lang": document.lang,
            "title": plain(unmarked(document.title)),
            "lead": plain(unmarked(document.lead)),
            "paragraphs": len(document.paras()),
            "tables": len(document.tables()),
            "figures": len(document.figures()),
            "complete": result.complete,
        }
        options.out.json({**head, "schema": "lagrum/report/1", **told})
    else:
        options.out.line(plain(unmarked(document.lead)))
        options.out.line(f"wrote {file}")
    return status.FINDINGS if result.families else status.CLEAN


def _with_spread(asked: Asked, given: tuple[Given, ...], words: Wording, options: Options) -> Asked:
    ids, _ = every_column(options.library, options.terms)
    columns = replace(options, law_ids=ids).chosen_laws(attached=False)
    found = kept_spread(asked.law, asked.position, columns, options.day, given, options.readings).get()
    return replace(asked, spread=heat_map(found, words), letters=letters(found, words))


def _balance(
    law: Law, position: Law, keep: tuple[str, ...], given: tuple[Given, ...], words: Wording, options: Options
) -> Chart:
    cases = list(cases_to_keep(keep, options))
    return front(kept_balance(law, position, cases, options.day, options.text_of, given, MOST_EDITS).get(), words)


def command_line(
    law_id: str, against: str, file: str, with_spread: bool, keep: tuple[str, ...], options: Options
) -> str:
    """The command that makes the same report again, with every choice written out."""
    parts = ["lagrum", "report", law_id, "--against", against, "--on", options.day.isoformat()]
    parts += ["--text-of", options.text_of.isoformat()] if options.text_of else []
    parts += _each("--given", options.given_text)
    parts += _each("--reading", [f"{name}={value}" for name, value in options.readings.items()])
    parts += [*(["--spread"] if with_spread else []), *_each("--keep", keep)]
    parts += ["--lang", options.lang] if options.lang != "en" else []
    return shlex.join([*parts, "-o", Path(file).name])


def _each(option: str, values: Iterable[str]) -> list[str]:
    return [part for value in values for part in (option, value)]
