"""`lagrum ask`: an interview that asks only what can still matter, what ends it soonest first."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import click

from lagrum.cli import assess, status
from lagrum.cli.dialogue import Dialogue
from lagrum.cli.files import require
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.cli.output import Output
from lagrum.model.cases import Case
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.reasoning.asking import Interview, Until, begin
from lagrum.report.phrases import Phrases
from lagrum.wording import wording


@click.command(
    cls=Command,
    examples=["lagrum ask --law eu-ai-act-2021-proposal", "lagrum ask station.yaml --lang sv"],
)
@click.argument("case_file", metavar="[CASE]", required=False)
@click.option("--answers", metavar="FILE", help="Take what would be typed from a file, or from `-`, the pipe.")
@click.option(
    "--until",
    type=click.Choice([each.value for each in Until]),
    default=Until.CLASSES.value,
    help="Ask until the ruling is settled, or the classes too.",
)
@shared_options(law=True, date=True, given=True, readings=True, languages=True)
def command(case_file: str | None, answers: str | None, until: str, options: Options) -> int:
    """Ask what can still matter about a use, what ends it soonest first."""
    state, sources = _begin(case_file, until, options)
    try:
        return _talk(state, answers, options)
    except InvalidInput as error:
        raise InvalidInput(error.diagnostics, {**sources, **error.sources}) from None


def _talk(state: Interview, answers: str | None, options: Options) -> int:
    translated = options.library.translated(options.lang).facts if options.lang != "en" else {}
    phrases = Phrases(wording(options.lang), translated)
    if answers is None and (options.json or not (sys.stdin.isatty() and sys.stdout.isatty())):
        return _next_question(state, phrases, options)
    out = Output(plain=True, stream=StringIO()) if options.json else options.out
    read = _typing() if answers is None else _reading(answers, out)
    dialogue = Dialogue(state, phrases, out, read, lambda state: assess.tell(state.assessment, out))
    saved = dialogue.run()
    if options.json:
        return _next_question(dialogue.state, phrases, options)
    if saved is not None:
        options.out.hint(shlex.join(["lagrum", "assess", str(saved)]))
    return status.status_of(dialogue.state.assessment.settled)


def _next_question(state: Interview, phrases: Phrases, options: Options) -> int:
    """Print where the interview stands."""
    answer = state.to_dict() | {"asked": phrases.to_dict(state.question.fact) if state.question else None}
    options.out.raw(json.dumps(answer, indent=2, ensure_ascii=False))
    return status.UNDETERMINED if state.question else status.status_of(state.assessment.settled)


def _begin(case_file: str | None, until: str, options: Options) -> tuple[Interview, Mapping[str, str]]:
    from lagrum.language import parse_given

    case, text = Case("an interview", {}), ""
    if case_file is not None:
        (path,) = require([case_file])
        case, text = assess.read(path, options)
    options = replace(options, law_ids=options.law_ids or case.laws, readings={**case.readings, **options.readings})
    sources = {**options.library.sources, str(case_file): text}
    on = options.on or (case.dates[0] if case.dates else date.today())
    laws = options.chosen_laws(on=on)
    if len(laws) != 1:
        message = "an interview asks about one law" if laws else "neither a case nor `--law` names a law"
        help_ = "read several together as L+M" if laws else "`lagrum laws` lists the laws there are"
        raise InvalidInput([Diagnostic("LG0725", message, help=help_)])
    (law,) = laws
    case = assess.with_given(case, options, laws)
    case = replace(
        case,
        laws=case.laws or (law.id,),
        dates=(options.on,) if options.on else case.dates,
        readings=dict(options.readings),
    )
    try:
        return begin(law, on, parse_given, case, Until(until), options.text_of), sources
    except InvalidInput as error:
        raise InvalidInput(error.diagnostics, {**sources, **error.sources}) from None


def _typing() -> Callable[[str], str | None]:
    def read(prompt: str) -> str | None:
        try:
            return input(prompt)
        except EOFError:
            click.echo()
            return None

    return read


def _reading(name: str, out: Output) -> Callable[[str], str | None]:
    """What would be typed, from a file or the pipe; each prompt is printed with what answers it."""
    if name == "-":
        lines: Iterator[str] = iter(sys.stdin.readline, "")
    else:
        (path,) = require([name])
        lines = iter(_lines(path))

    def read(prompt: str) -> str | None:
        line = next(lines, None)
        if line is not None:
            line = line.rstrip("\r\n")
            out.line(f"{prompt}{line}")
        return line

    return read


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        message = f"`{path}` cannot be read as text"
        raise InvalidInput([Diagnostic("LG0726", message, help="save it in the encoding UTF-8")]) from None
