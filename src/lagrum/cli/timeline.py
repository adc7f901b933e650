"""`lagrum timeline`: what a law makes of a case on every day, in stretches of days that do not differ."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import click

from lagrum.cli import status
from lagrum.cli.assess import law_ids, read, with_given
from lagrum.cli.files import require
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.rulings import Ruling
from lagrum.reasoning.envelope import envelope
from lagrum.reasoning.timeline import Attached, Stretch, Timeline, timeline

HEADS = ("from", "until", "law", "ruling", "possible", "attached", "begins", "ends")
AT_FIRST = 6
"""Rules named for each day in the short view."""


@click.command(
    cls=Command,
    examples=[
        "lagrum timeline station.yaml --law eu-ai-act",
        "lagrum timeline station.yaml --law eu-ai-act --format csv",
    ],
)
@click.argument("case_file", metavar="CASE")
@click.option("--all", "everything", is_flag=True, help="Name every rule that begins or ends.")
@shared_options(law=True, text_of=True, given=True, readings=True, table=True)
def command(case_file: str, everything: bool, options: Options) -> int:
    """Say what a law makes of a case over time."""
    (path,) = require([case_file])
    case, text = read(path, options)
    options = replace(options, law_ids=law_ids(case, options), readings={**case.readings, **options.readings})
    laws = options.chosen_laws()
    case = with_given(case, options, laws)
    try:
        found = [timeline(law, case) for law in laws]
    except InvalidInput as error:
        sources = {**options.library.sources, str(path): text}
        raise InvalidInput(error.diagnostics, {**sources, **error.sources}) from None
    if options.json:
        answers = [replace(each, envelope=_head(each, options)).to_dict() for each in found]
        options.out.raw(json.dumps(answers if len(answers) > 1 else answers[0], indent=2, ensure_ascii=False))
    elif options.format != "text":
        options.out.rows(options.format, HEADS, [row for each in found for row in _rows(each)])
    else:
        for i, each in enumerate(found):
            if i:
                options.out.line()
            _tell(each, everything, options)
    return status.worst(*(_status(each, stretch) for each in found for stretch in each))


def _head(found: Timeline, options: Options) -> dict[str, object]:
    return envelope(
        "timeline",
        [found.law],
        text_of=options.text_of or options.day,
        given=found.case.facts.values(),
        assumptions=found.case.assume,
        inputs={"case": found.case.name},
    )


def _status(found: Timeline, stretch: Stretch) -> int:
    """A ruling that rests on what is assumed is not settled."""
    return status.status_of(Ruling.UNDETERMINED if found.assumed else stretch.ruling)


def _rows(found: Timeline) -> Iterator[tuple[str, ...]]:
    for stretch in found:
        yield (
            str(stretch.since or ""),
            str(stretch.until or ""),
            found.law.id,
            stretch.ruling.value,
            "; ".join(stretch.possible),
            *("; ".join(map(str, each)) for each in (stretch.attached, stretch.begins, stretch.ends)),
        )


def _tell(found: Timeline, everything: bool, options: Options) -> None:
    out, today = options.out, date.today()
    now = next(stretch for stretch in found if stretch.holds(today))
    out.headline(_ruling(now), f"today: {found.case.name}", [("today", _ruling(now)), ("case", found.case.name)])
    out.line(f"{found.law.id}, over time, text known on {options.text_of or options.day}")
    for stretch in found:
        label = str(stretch.since) if stretch.since else "before"
        out.row(label, _ruling(stretch))
        for words, attached in (("begins", stretch.begins), ("ends", stretch.ends)):
            if attached:
                out.row(label, f"{words}: {_listed(attached, everything)}")
    if found.assumed:
        out.row("Assumed", "; ".join(found.assumed))
    for instrument in found.law.instruments:
        out.row("Review", instrument.review, instrument.id)


def _ruling(stretch: Stretch) -> str:
    said = str(stretch.ruling)
    return f"{said} ({' or '.join(stretch.possible)})" if stretch.ruling is Ruling.UNDETERMINED else said


def _listed(attached: Sequence[Attached], everything: bool) -> str:
    told = attached if everything else attached[:AT_FIRST]
    more = [f"{len(attached) - len(told)} more: --all"] if len(told) < len(attached) else []
    return "; ".join([*map(str, told), *more])
