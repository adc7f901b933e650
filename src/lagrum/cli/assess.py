"""`lagrum assess`: what a law makes of a case, why, what would change it, and what is missing."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import click

from lagrum.cli import status
from lagrum.cli.diagnostics import render
from lagrum.cli.files import require
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.cli.output import Output
from lagrum.cli.versions import tell_lawful, tell_versus
from lagrum.model.cases import Case
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.law import Law
from lagrum.reasoning.assessment import Assessment
from lagrum.reasoning.bench import ruling_of
from lagrum.reasoning.lawful import Lawful, lawful
from lagrum.reasoning.tell import fitting, footer, headline, statements, title
from lagrum.reasoning.versus import Versus, versus
from lagrum.service.kept import kept_assessment


@click.command(
    cls=Command,
    examples=[
        "lagrum assess station.yaml --law eu-ai-act-2021-proposal",
        'lagrum assess station.yaml --given "timing=later" --format json',
    ],
)
@click.argument("case_file", metavar="CASE")
@click.option("assumed", "--assume", multiple=True, metavar="WHAT=HOW", help="rest=usual, or presumptions=stand.")
@click.option("other", "--versus", metavar="CASE2", help="A second version of the facts: which disputes matter.")
@click.option("ways", "--lawful", is_flag=True, help="The fewest changes after which nothing is forbidden.")
@shared_options(law=True, date=True, given=True, readings=True)
def command(case_file: str, assumed: tuple[str, ...], other: str | None, ways: bool, options: Options) -> int:
    """Say what a law makes of a case: the ruling, why, and what would change it."""
    if other is not None and ways:
        help_ = "ask one, then the other"
        raise InvalidInput([Diagnostic("LG0725", "`--versus` and `--lawful` are two questions", help=help_)])
    (path,) = require([case_file])
    case, text = read(path, options)
    options = replace(options, law_ids=law_ids(case, options), readings={**case.readings, **options.readings})
    sources = {**options.library.sources, str(path): text}
    days = _days(case, options)
    by_day = [options.chosen_laws(on=day) for day in days]  # each day has its own text
    laws = [law for each in by_day for law in each]
    case = with_given(case, options, laws)
    case = replace(case, assume={**case.assume, **dict(_pair(text) for text in assumed)})
    asked = [(law, day) for each in zip(*by_day, strict=True) for law, day in zip(each, days, strict=True)]
    try:
        if other is not None:
            (second,) = require([other])
            theirs, sources[str(second)] = read(second, options)
            theirs = with_given(theirs, options, laws)
            return _versus([versus(law, case, theirs, day, options.text_of) for law, day in asked], options)
        if ways:
            return _lawful([lawful(law, case, day, options.text_of) for law, day in asked], options)
        return _assess(
            [kept_assessment(options.library, law, case, day, options.text_of) for law, day in asked],
            case_file,
            options,
        )
    except InvalidInput as error:
        raise InvalidInput(error.diagnostics, {**sources, **error.sources}) from None


def _assess(found: Sequence[Assessment], case_file: str, options: Options) -> int:
    _print([assessment.to_dict() for assessment in found], [partial(tell, each) for each in found], options)
    if not options.json and (hint := _next(found[0], case_file)) is not None:
        options.out.hint(hint)
    return status.worst(*(status.status_of(assessment.settled) for assessment in found))


def _versus(found: Sequence[Versus], options: Options) -> int:
    _print([each.to_dict() for each in found], [partial(tell_versus, each) for each in found], options)
    rulings = [ruling_of(possible) for each in found for possible in (each.possible_a, each.possible_b)]
    return status.worst(*map(status.status_of, rulings))


def _lawful(found: Sequence[Lawful], options: Options) -> int:
    _print([each.to_dict() for each in found], [partial(tell_lawful, each) for each in found], options)
    return status.worst(*(status.status_of(ruling_of(each.possible)) for each in found))


def _print(
    answers: Sequence[Mapping[str, object]], tellers: Sequence[Callable[[Output], None]], options: Options
) -> None:
    """One answer for each law and day: a JSON object or a list of them, or the texts one below the other."""
    if options.json:
        options.out.raw(json.dumps(answers if len(answers) > 1 else answers[0], indent=2, ensure_ascii=False))
        return
    for i, teller in enumerate(tellers):
        if i:
            options.out.line()
        teller(options.out)


def tell(assessment: Assessment, out: Output) -> None:
    """Print one assessment: on a terminal what fits the screen, in the plain twin every statement."""
    ruling, _, possible = headline(assessment).partition(" ")
    facts = [("ruling", ruling)]
    if possible:
        facts.append(("possible", ", ".join(assessment.possible)))
    out.headline(headline(assessment), assessment.case.name, [*facts, ("case", assessment.case.name)])
    out.line(title(assessment))
    for each in statements(assessment) if out.plain else fitting(assessment):
        out.row(each.label, each.text, each.place)
    out.line(footer(assessment))


def read(path: Path, options: Options) -> tuple[Case, str]:
    """The case in a file, and the file's text; what is odd about it is told. Raises `InvalidInput`."""
    case, diagnostics, text = options.library.read_case(path)
    if case is None:
        raise InvalidInput(diagnostics, {**options.library.sources, str(path): text})
    if diagnostics:
        click.echo(render(diagnostics, {str(path): text}), err=True)
    return case, text


def law_ids(case: Case, options: Options) -> tuple[str, ...]:
    """The laws of `--law`, else those the case names. Raises `InvalidInput` where neither does."""
    found = options.law_ids or case.laws
    if not found:
        message = "neither the case nor `--law` names a law"
        raise InvalidInput([Diagnostic("LG0725", message, help="`lagrum laws` lists the laws there are")])
    return found


def with_given(case: Case, options: Options, laws: Sequence[Law]) -> Case:
    """The case with the facts of `--given`, which come before its own."""
    given = {each.fact: each for each in options.given(*laws)}
    return replace(case, facts={**case.facts, **given}) if given else case


def _pair(text: str) -> tuple[str, str]:
    """`presumptions=stand` in its two parts; what they may be is told where they are used."""
    name, _, how = text.partition("=")
    return name.strip(), how.strip()


def _days(case: Case, options: Options) -> tuple[date, ...]:
    return (options.on,) if options.on else case.dates or (date.today(),)


def _next(assessment: Assessment, case_file: str) -> str | None:
    """The command to type next: answer the most useful question, or read the rule that decides."""
    law = assessment.law
    for missing in assessment.missing:
        fact = law.facts[missing.fact]
        if not fact.several and not fact.cuts:
            answer = next(iter(missing.settles), fact.answers[-1].name)
            words = ["lagrum", "assess", case_file, "--law", law.id, "--given", f"{fact.name}={answer}"]
            return shlex.join(words)
    for norm in assessment.because_norms:
        if norm.citation and norm.does != "is not in force":
            return shlex.join(["lagrum", "show", norm.citation, "--law", norm.instrument])
    return None
