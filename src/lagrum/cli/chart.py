"""`lagrum chart`: what an analysis found as a picture, with a table that says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from lagrum.analysis.balance import MOST_EDITS
from lagrum.cli import status
from lagrum.cli.balance import cases_to_keep
from lagrum.cli.help import Command, Group
from lagrum.cli.options import Options, shared_options
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.law import Law
from lagrum.reasoning.envelope import envelope
from lagrum.report.charts import Chart, article, cover, dates, front, heat_map
from lagrum.report.charts.questions import drawable
from lagrum.service.analyses import AGAINST, OF
from lagrum.service.documents import read_citation
from lagrum.service.kept import kept_balance, kept_loopholes, kept_spread
from lagrum.service.laws import every_column
from lagrum.wording import wording

SUFFIXES = (".svg", ".png")

_output = click.option(
    "-o", "--output", "file", metavar="FILE", help="Write the picture to a file, .svg or .png; else print its table."
)


@click.group(
    "chart",
    cls=Group,
    examples=[
        "lagrum chart cover eu-ai-act-2021-proposal --against ban-biometric-surveillance-2021 -o cover.svg",
        "lagrum chart article eu-ai-act 'Art. 5(1)(h)' -o article.png",
    ],
)
def command() -> None:
    """Draw what an analysis found, with a table that says the same.

    A picture stands alone: it fetches nothing, and needs no browser to be made.
    """


@command.command(
    "cover",
    cls=Command,
    examples=["lagrum chart cover eu-ai-act-2021-proposal --against ban-biometric-surveillance-2021 -o cover.svg"],
)
@click.argument("law_id", metavar="LAW")
@click.option("--against", required=True, metavar="POSITION", help="The position that says what ought to be forbidden.")
@_output
@shared_options(date=True, given=True, readings=True, table=True, languages=True)
def cover_(law_id: str, against: str, file: str | None, options: Options) -> int:
    """Draw how much each way in lets through."""
    suffix(file, SUFFIXES)
    options = replace(options, law_ids=(law_id,))
    law, position = options.chosen_laws(against, attached=False)
    given = options.given(law, position)
    chart = cover(kept_loopholes(law, position, options.day, given).get(), wording(options.lang))
    return _tell(chart, file, [law, position], options, given=given, inputs={"against": against})


@command.command("spread", cls=Command, examples=["lagrum chart spread -o spread.svg"])
@click.argument("laws", nargs=-1, metavar="[LAW]...")
@click.option("--of", default=OF, show_default=True, metavar="LAW", help="The law whose loopholes are the columns.")
@click.option("--against", default=AGAINST, show_default=True, metavar="POSITION", help="What ought to be forbidden.")
@_output
@shared_options(date=True, given=True, readings=True, table=True, languages=True)
def spread_(laws: tuple[str, ...], of: str, against: str, file: str | None, options: Options) -> int:
    """Draw which laws leave the loopholes of one law open."""
    suffix(file, SUFFIXES)
    ids = laws or every_column(options.library, options.terms)[0]
    read = replace(options, law_ids=(of, against, *ids)).chosen_laws(attached=False)
    given = options.given(*read)
    chart = heat_map(
        kept_spread(read[0], read[1], read[2:], options.day, given, options.readings).get(), wording(options.lang)
    )
    once = list({each.id: each for each in read}.values())
    return _tell(chart, file, once, options, given=given, inputs={"of": of, "against": against, "columns": ids})


@command.command(
    "balance",
    cls=Command,
    examples=[
        "lagrum chart balance us-il-bipa --against ban-biometric-surveillance-2021 --keep laws/benefits -o b.svg"
    ],
)
@click.argument("law_id", metavar="LAW")
@click.option("--against", required=True, metavar="POSITION", help="The position that says what ought to be forbidden.")
@click.option("--keep", multiple=True, metavar="PATH", help="Cases that should stay lawful; repeat it.")
@click.option("--edits", type=click.IntRange(1, 8), default=MOST_EDITS, metavar="N", help="Most edits; 4 if left out.")
@_output
@shared_options(date=True, given=True, readings=True, table=True, languages=True)
def balance_(law_id: str, against: str, keep: tuple[str, ...], edits: int, file: str | None, options: Options) -> int:
    """Draw which changes of a law close what, at what cost."""
    suffix(file, SUFFIXES)
    options = replace(options, law_ids=(law_id,))
    law, position = options.chosen_laws(against, attached=False)
    given = options.given(law, position)
    cases = list(cases_to_keep(keep, options))
    chart = front(
        kept_balance(law, position, cases, options.day, options.text_of, given, edits).get(), wording(options.lang)
    )
    inputs = {"against": against, "edits": edits, "keep": [case.name for case in cases]}
    return _tell(chart, file, [law, position], options, given=given, inputs=inputs)


@command.command("timeline", cls=Command, examples=["lagrum chart timeline eu-ai-act -o timeline.svg"])
@click.argument("law_id", metavar="LAW")
@_output
@shared_options(date=True, table=True, languages=True)
def timeline_(law_id: str, file: str | None, options: Options) -> int:
    """Draw on which days a law's rules begin and end."""
    suffix(file, SUFFIXES)
    (law,) = replace(options, law_ids=(law_id,)).chosen_laws(attached=False)
    return _tell(dates(law, options.day, wording(options.lang)), file, [law], options)


@command.command("article", cls=Command, examples=["lagrum chart article eu-ai-act 'Art. 5(1)(h)' -o article.svg"])
@click.argument("law_id", metavar="LAW")
@click.argument("citation")
@click.option("--rule", type=click.IntRange(min=1), metavar="N", help="Which one, where several stand there.")
@_output
@shared_options(date=True, readings=True, table=True, languages=True)
def article_(law_id: str, citation: str, rule: int | None, file: str | None, options: Options) -> int:
    """Draw one rule as questions, from its decision diagram."""
    suffix(file, SUFFIXES)
    (law,) = replace(options, law_ids=(law_id,)).chosen_laws(attached=False)
    norm = drawable(law, read_citation(citation), options.day, rule)
    translations = options.library.translated(options.lang).facts if options.lang != "en" else {}
    chart = article(law, norm, options.day, wording(options.lang), translations)
    return _tell(chart, file, [law], options, inputs={"rule": norm.key})


def suffix(file: str | None, known: Sequence[str]) -> str:
    """The file's suffix, which says what is written. Raises `InvalidInput` for one that is not known."""
    if file is None:
        return ""
    found = Path(file).suffix.lower()
    if found not in known:
        message = f"`{file}` does not say what to write"
        raise InvalidInput([Diagnostic("LG0725", message, help=f"end the name with {', '.join(known)}")])
    return found


def write(file: str, content: bytes) -> None:
    """Write a file, over one of that name. Raises `InvalidInput` where that cannot be."""
    try:
        Path(file).write_bytes(content)
    except OSError as error:
        message = f"`{file}` cannot be written: {error.strerror}"
        raise InvalidInput([Diagnostic("LG0726", message, help="name a file in a folder that is there")]) from None


def _tell(
    chart: Chart,
    file: str | None,
    laws: Sequence[Law],
    options: Options,
    given: Sequence[Any] = (),
    inputs: Mapping[str, object] | None = None,
) -> int:
    """Write the picture, or print its twin in the form asked for."""
    if file is not None:
        write(file, chart.svg.encode() if suffix(file, SUFFIXES) == ".svg" else chart.png())
    if options.json:
        head = envelope(
            "chart",
            laws,
            on=options.day,
            text_of=options.text_of,
            given=given,
            inputs={"kind": chart.kind, "lang": options.lang, **(inputs or {})},
        )
        options.out.json({**head, **chart.to_dict(), "file": file})
    elif options.format != "text":
        options.out.rows(options.format, chart.heads, chart.rows)
    elif file is not None:
        options.out.line(chart.title)
        options.out.line(f"wrote {file}")
    else:
        options.out.raw(chart.as_text())
    return status.CLEAN
