"""`lagrum screen`: every row of a register, ruled on."""

from __future__ import annotations

import json
import textwrap
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lagrum.cli import status
from lagrum.cli.diagnostics import render
from lagrum.cli.files import require, write_new
from lagrum.cli.help import Command
from lagrum.cli.options import DAY, Options, shared_options
from lagrum.cli.output import LABEL, WIDTH
from lagrum.cli.progress import Progress
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.law import Law
from lagrum.screened import laws_by_text, open_with_words
from lagrum.screening.engines import EMBEDDED, ENGINES
from lagrum.screening.engines import engine as engine_of
from lagrum.screening.register import need_tables

if TYPE_CHECKING:
    from lagrum.screening.reading import Reading
    from lagrum.screening.summary import Summary
    from lagrum.screening.whole import Lawful, Screened

FORMATS = ("html", "sarif", "junit")
FAIL_ON = ("forbidden", "perhaps-forbidden", "undetermined", "contradictory")
_TERMINAL = 22
"""Lines of a summary on a terminal."""


@click.command(
    cls=Command,
    examples=[
        "lagrum screen doors.csv --law eu-ai-act --mapping doors.yaml -o rulings.csv",
        "lagrum screen doors.csv --law eu-ai-act --on 2026-11-22 --on 2027-12-02 --fail-on forbidden --format sarif",
        "lagrum screen --init doors.csv",
    ],
)
@click.argument("register")
@click.option("--on", "days", type=DAY, multiple=True, metavar="DATE", help="A day to judge on; repeat it. Today.")
@click.option(
    "--mapping", metavar="NAME|FILE", default="", help="How the register is read; else what fits its columns."
)
@click.option("-o", "--output", metavar="OUT", help="Write the rows: .parquet, .csv, .jsonl, .xlsx, or a folder.")
@click.option("--fail-on", type=click.Choice(FAIL_ON), multiple=True, help="End with 2 where a row is so; repeat it.")
@click.option("--no-words", is_flag=True, help="Do not read running texts for indications.")
@click.option("--no-reasons", is_flag=True, help="Rulings alone: for millions of rows that all differ.")
@click.option("--engine", type=click.Choice(ENGINES), default=EMBEDDED, help="What rules on the rows. embedded.")
@click.option("--master", metavar="URL", default="", help="Where Spark runs. local[*], all cores of this machine.")
@click.option("--explain", is_flag=True, help="Tell in words how the register is read, and stop.")
@click.option("--init", is_flag=True, help="Propose a mapping from the register's columns, and stop.")
@shared_options(law=True, text_of=True, given=True, readings=True, formats=FORMATS)
def command(
    register: str,
    days: tuple[date, ...],
    mapping: str,
    output: str | None,
    fail_on: tuple[str, ...],
    no_words: bool,
    no_reasons: bool,
    engine: str,
    master: str,
    explain: bool,
    init: bool,
    options: Options,
) -> int:
    """Rule on every row of a register, with what each leaves open."""
    need_tables()
    (path,) = require([register])
    out = Path(output) if output else None
    if init:
        return _init(path, out, options)
    days = tuple(sorted(set(days))) or (date.today(),)
    laws = () if explain and not options.law_ids else _laws(days, options)
    reading = _reading(path, mapping, laws[0][0] if laws else None, no_words, options)
    if explain:
        return _explain(reading, options)
    return _screen(reading, laws, out, fail_on, not no_reasons, (engine, master), options)


def _laws(days: tuple[date, ...], options: Options) -> Lawful:
    """The law as known on each of the days; days under one text stand together."""
    if len(options.law_ids) != 1:
        help_ = "give one `--law`; `L+M` reads two together"
        said = "`--law` is missing" if not options.law_ids else "a register is screened under one law at a time"
        raise InvalidInput([Diagnostic("LG0725", said, help=help_)])
    for day in days:
        options.chosen_laws(on=day)  # refuses what cannot be read on that day
    return laws_by_text(options.library, options.law_ids[0], days, options.readings, options.text_of)


def _reading(path: Path, mapping: str, law: Law | None, no_words: bool, options: Options) -> Reading:
    reading = open_with_words(path, options.library, mapping, law, not no_words)
    if reading.warnings:
        click.echo(render(reading.warnings, {}, options.error_colour), err=True)
    return reading


def _init(path: Path, out: Path | None, options: Options) -> int:
    from lagrum.screening.propose import propose
    from lagrum.screening.register import open_register

    laws = options.chosen_laws() if options.law_ids else ()
    facts = {name: fact for law in laws for name, fact in law.facts.items()} or options.library.pack.facts
    text = propose(open_register(path), facts)
    if out is None:
        options.out.raw(text.rstrip("\n"))
    else:
        write_new(out, text)
        options.out.hint(f"lagrum check {out}")
    return status.CLEAN


def _explain(reading: Reading, options: Options) -> int:
    from lagrum.screening.explain import explain

    for line in explain(reading.mapping):
        options.out.raw(line)
    return status.CLEAN


def _screen(
    reading: Reading,
    laws: Lawful,
    out: Path | None,
    fail_on: tuple[str, ...],
    reasons: bool,
    engine: tuple[str, str],
    options: Options,
) -> int:
    from lagrum.screening.findings import MOST
    from lagrum.screening.whole import Asked, screen_register, work_folder

    given = options.given(*(law for law, _ in laws))
    kinds = tuple(kind.replace("-", " ") for kind in fail_on)
    wanted = kinds or ("forbidden",)
    inputs = {"mapping": reading.mapping.name, "words": reading.indicate is not None}
    asked = Asked(laws, given, options.text_of, out, wanted, MOST, inputs, reasons)
    progress = Progress(reading.register.path.name)
    try:
        with engine_of(*engine) as ready:
            done = screen_register(reading, asked, progress.tell, engine=ready)
    except KeyboardInterrupt:
        progress.end()
        if out is not None and work_folder(out).is_dir():
            click.echo(f"finished parts wait in {work_folder(out)}: the same command goes on from there", err=True)
        raise
    progress.end()
    if out is not None:
        _beside(out, done.summary)
    _tell(done, out, options)
    failed = bool(kinds) and (bool(done.found) or done.not_found > 0)
    return status.FINDINGS if failed else status.CLEAN


def beside(out: Path) -> dict[str, Path]:
    """The files that go with results."""
    return {kind: out.with_name(f"{out.stem}.{kind}") for kind in ("summary.html", "summary.json", "card.md")}


def _beside(out: Path, summary: Summary) -> None:
    from lagrum.screening.card import html, markdown
    from lagrum.screening.page import page
    from lagrum.screening.writing import write_text

    files = beside(out)
    write_text(files["summary.html"], page(summary, html(summary)))
    write_text(files["summary.json"], json.dumps(summary.to_dict(), indent=2, ensure_ascii=False) + "\n")
    write_text(files["card.md"], markdown(summary))


def _tell(done: Screened, out: Path | None, options: Options) -> None:
    summary, said = done.summary, options.out
    if options.json:
        said.json(summary.to_dict())
        return
    if options.format != "text":
        said.raw(_formatted(done, options.format).rstrip("\n"))
        return
    from lagrum.screening.telling import told

    facts = [("screened", f"{summary.ruled:,} of {summary.rows:,} rows"), ("register", summary.register)]
    said.headline("screened", f"{summary.ruled:,} of {summary.rows:,} rows of {summary.register}", facts)
    lines = list(told(summary))
    if out is not None:
        names = ", ".join(path.name for path in beside(out).values())
        lines.append(("Written", f"{out.name}, {names}"))
    if done.resumed:
        lines.append(("Resumed", f"{done.resumed:,} parts were there from a run that was broken off"))
    room = _TERMINAL
    for label, text in lines:
        room -= len(textwrap.wrap(text, WIDTH - LABEL)) or 1
        if room >= 0 or said.plain:
            said.row(label, text)
    if out is None:
        said.hint(f"lagrum screen {summary.register} --law {summary.law} -o rulings.csv")


def _formatted(done: Screened, form: str) -> str:
    from lagrum.screening import findings

    if form == "html":
        from lagrum.screening.card import html
        from lagrum.screening.page import page

        return page(done.summary, html(done.summary))
    if form == "sarif":
        return json.dumps(findings.sarif(done.summary, done.found, done.not_found), indent=2, ensure_ascii=False)
    return findings.junit(done.summary, done.found, done.not_found)
