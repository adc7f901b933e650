"""`lagrum compare`: which of two laws is stricter, and the cases that tell them apart; of more laws a table."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import pairwise

import click

from lagrum.analysis.compare import FORBIDDEN, Comparison, Relation, Subject, Yardstick
from lagrum.analysis.compare.words import HEADS, as_text, rows
from lagrum.cli import status
from lagrum.cli.help import Command
from lagrum.cli.options import DAY, Options, shared_options
from lagrum.model.cases import Given
from lagrum.model.citations import Citation, parse_citation
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.reasoning.envelope import envelope
from lagrum.service.kept import kept_comparison


@click.command(
    cls=Command,
    examples=[
        "lagrum compare eu-ai-act-2021-proposal ban-biometric-surveillance-2021",
        "lagrum compare eu-ai-act-2021-proposal eu-ai-act --norm 'Art. 5(1)(d)' --norm 'Art. 5(1)(h)'",
        "lagrum compare eu-ai-act@2026-07-01 eu-ai-act@2026-12-02",
    ],
)
@click.argument("laws", nargs=-1, required=True, metavar="LAW[@DATE] LAW[@DATE]...")
@click.option("--tier", metavar="CLASS", help="Compare the cases in a class, not what is forbidden.")
@click.option("--norm", "norms", multiple=True, metavar="CITATION", help="Compare rules; once, or once for each law.")
@click.option("--as-is", is_flag=True, help="Over all cases, also those that a law does not reach on the day.")
@click.option("--all", "everything", is_flag=True, help="Tell every case, and what is as usual in it.")
@shared_options(date=True, given=True, readings=True, table=True)
def command(
    laws: tuple[str, ...], tier: str | None, norms: tuple[str, ...], as_is: bool, everything: bool, options: Options
) -> int:
    """Say which of two laws is stricter, and which cases tell them apart."""
    if len(laws) < 2:
        help_ = "name two; `eu-ai-act@2026-07-01 eu-ai-act@2026-12-02` compares one law on two days"
        raise InvalidInput([Diagnostic("LG0725", "a comparison needs two laws", help=help_)])
    subjects = _subjects(laws, _yardsticks(tier, norms, len(laws)), options)
    given = options.given(*(subject.law for subject in subjects))
    found = [_compared(a, b, as_is, given, options) for a, b in pairwise(subjects)]
    if options.json:
        answers = [each.to_dict() for each in found]
        options.out.raw(json.dumps(answers if len(answers) > 1 else answers[0], indent=2, ensure_ascii=False))
    elif options.format != "text" or len(found) > 1:
        options.out.rows(options.format, HEADS, rows(found))
    else:
        options.out.raw(as_text(found[0], everything=everything, plain=options.out.plain))
    return status.worst(*(_status(each.relation) for each in found))


def _status(relation: Relation) -> int:
    match relation:
        case Relation.EQUIVALENT:
            return status.CLEAN
        case Relation.UNDETERMINED:
            return status.UNDETERMINED
        case _:
            return status.FINDINGS


def _yardsticks(tier: str | None, norms: tuple[str, ...], count: int) -> list[Yardstick]:
    if tier and norms:
        help_ = "compare by a class, or by rules"
        raise InvalidInput([Diagnostic("LG0725", "`--tier` and `--norm` exclude each other", help=help_)])
    if len(norms) > 1 and len(norms) != count:
        message = f"`--norm` is given {len(norms)} times for {count} laws"
        raise InvalidInput([Diagnostic("LG0725", message, help="give it once for all, or once for each law")])
    if tier:
        return [Yardstick(tier=tier)] * count
    found = [Yardstick(citation=_citation(norm)) for norm in norms] or [FORBIDDEN]
    return found if len(found) == count else found * count


def _citation(text: str) -> Citation:
    try:
        return parse_citation(text)
    except ValueError:
        help_ = "a citation is a unit, a number and steps: `Art. 5(1)(d)`"
        raise InvalidInput([Diagnostic("LG0730", f"`{text}` is not a citation", help=help_)]) from None


def _subjects(laws: tuple[str, ...], yardsticks: list[Yardstick], options: Options) -> list[Subject]:
    """The laws on their days, each with the text of its day."""
    named: list[tuple[str, date | None]] = []
    for law in laws:
        law_id, at, day = law.partition("@")
        named.append((law_id, DAY.convert(day, None, None) if at else None))
    ids = tuple(law_id for law_id, _ in named)
    chosen = replace(options, law_ids=ids)
    texts = {day: chosen.chosen_laws(on=day) for day in dict.fromkeys(day for _, day in named)}
    return [
        Subject(texts[day][i], day or options.day, day is not None, by)
        for i, ((_, day), by) in enumerate(zip(named, yardsticks, strict=True))
    ]


def _compared(a: Subject, b: Subject, as_is: bool, given: tuple[Given, ...], options: Options) -> Comparison:
    """The comparison, with the fields that every answer carries."""
    found = kept_comparison(a, b, as_is, given).get()
    head = envelope(
        "compare",
        [a.law, b.law],
        on=options.day,
        text_of=options.text_of,
        given=given,
        method=found.method,
        inputs={"a": a.label, "b": b.label, "by": found.by, "as_is": as_is},
    )
    return replace(found, envelope=head)
