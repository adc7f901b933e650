"""`lagrum balance`: which changes of a law close which loopholes, and which uses worth keeping each would cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from lagrum.analysis.balance import MOST_EDITS, Balance, Choice, balance
from lagrum.analysis.balance.words import HEADS, as_text, point_text, rows
from lagrum.cli import status
from lagrum.cli.files import CASE_SUFFIXES, require, write_new
from lagrum.cli.help import Command
from lagrum.cli.loopholes import kept_loopholes
from lagrum.cli.options import Options, box_of, shared_options
from lagrum.language.cache import cached, fingerprint
from lagrum.model.cases import Case, Given
from lagrum.model.diagnostics import Diagnostic, InvalidInput, Severity
from lagrum.model.law import Law
from lagrum.reasoning.envelope import envelope


@click.command(
    cls=Command,
    examples=[
        "lagrum balance eu-ai-act-2021-proposal --against ban-biometric-surveillance-2021 --keep laws/benefits",
        "lagrum balance eu-ai-act-2021-proposal --against ban-biometric-surveillance-2021 --keep my-uses --show 2",
    ],
)
@click.argument("law_id", metavar="LAW")
@click.option("--against", required=True, metavar="POSITION", help="The position that says what ought to be forbidden.")
@click.option(
    "--keep", multiple=True, metavar="PATH", help="Cases that should stay lawful: a file or folder; repeat it."
)
@click.option("--edits", type=click.IntRange(1, 8), default=MOST_EDITS, metavar="N", help="Most edits; 4 if left out.")
@click.option("--all", "everything", is_flag=True, help="Tell every point of the front.")
@click.option("--show", type=click.IntRange(min=1), metavar="N", help="Tell one point in full, with its amendment.")
@click.option(
    "-o", "--output", "folder", metavar="DIR", help="Write each amendment (or that of --show) below a folder."
)
@shared_options(date=True, given=True, readings=True, table=True)
def command(
    law_id: str,
    against: str,
    keep: tuple[str, ...],
    edits: int,
    everything: bool,
    show: int | None,
    folder: str | None,
    options: Options,
) -> int:
    """Say which changes of a law close which loopholes, and what they would cost."""
    options = replace(options, law_ids=(law_id,))
    chosen, position = options.chosen_laws(against, attached=False)  # as `loopholes`: what the text itself lets through
    given = options.given(chosen, position)
    kept = list(cases_to_keep(keep, options))
    result = kept_balance(chosen, position, kept, given, edits, options)
    if show is not None and show > len(result.points):
        message = f"there is no point {show}: there are {len(result.points)}"
        raise InvalidInput([Diagnostic("LG0725", message, help="`--all` lists them")])
    if folder is not None:
        _write(result, Path(folder), show, options)
    elif options.json:
        head = envelope(
            "balance",
            [chosen, position],
            on=options.day,
            text_of=options.text_of,
            given=given,
            inputs={"against": against, "edits": edits, "keep": [_content(case) for case in kept]},
        )
        options.out.json(replace(result, envelope=head).to_dict())
    elif options.format != "text":
        options.out.rows(options.format, HEADS, rows(result))
    elif show is not None:
        amendment = result.points[show - 1].first.amendment
        options.out.raw(point_text(result, show, amendment=amendment, plain=options.out.plain))
    else:
        options.out.raw(as_text(result, everything=everything, plain=options.out.plain))
    return status.FINDINGS if result.points else status.CLEAN


def cases_to_keep(paths: Sequence[str], options: Options) -> Iterator[Case]:
    """The cases in the files and folders. Raises `InvalidInput` with all that is wrong with any of them."""
    wrong: list[Diagnostic] = []
    sources: dict[str, str] = {}
    cases: list[Case] = []
    for path in require(paths):
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.suffix in CASE_SUFFIXES)
        if not files:
            help_ = "name case files, or a folder that holds some: `laws/benefits`"
            wrong.append(Diagnostic("LG0726", f"there is no case file in `{path}`", help=help_))
        for file in files:
            case, diagnostics, text = options.library.read_case(file)
            sources[str(file)] = text
            wrong += [d for d in diagnostics if d.severity is Severity.ERROR]
            if case is not None:
                cases.append(case)
    if wrong:
        raise InvalidInput(wrong, sources)
    yield from {case.file: case for case in cases}.values()


def _content(case: Case) -> object:
    return case.name, case.intent, [(g.fact, g.text) for g in case.facts.values()]


def kept_balance(
    law: Law, position: Law, kept: Sequence[Case], given: tuple[Given, ...], edits: int, options: Options
) -> Balance:
    """The front, kept on disk by the content of everything it depends on."""
    day, known = options.day, options.text_of or options.day
    asked = (law.id, law.hash, position.id, position.hash, day, known, sorted(law.readings.items()), edits)
    cases = [(_content(case), case.file) for case in kept]
    key = repr((*asked, sorted(position.readings.items()), [(g.fact, g.text) for g in given], cases))
    code = fingerprint("analysis", "reasoning", "semantics", "model", "language")
    return cached(
        "balance",
        f"{code} {key}",
        lambda: _laid_out(_made(law, position, kept, given, edits, day, known)),
        lambda found: isinstance(found, Balance),
        packages=("lagrum.model", "lagrum.analysis"),
    )


def _made(
    law: Law, position: Law, kept: Sequence[Case], given: tuple[Given, ...], edits: int, day: date, known: date
) -> Balance:
    loopholes = kept_loopholes(law, position, day, given)
    return balance(law, position, day, kept, loopholes, box_of(given), known=known, most_edits=edits)


def _laid_out(found: Balance) -> Balance:
    """The amendments in the one layout of law files; each can be read, or this is a mistake of ours."""
    points = (
        replace(point, choices=tuple(replace(c, amendment=_formatted(c)) for c in point.choices))
        for point in found.points
    )
    return replace(found, points=tuple(points))


def _formatted(choice: Choice) -> str:
    from lagrum.language import format_document, parse_document  # the grammar is read only where there is something new

    document, diagnostics = parse_document("amendment.md", choice.amendment)
    if diagnostics:
        raise RuntimeError(f"an amendment cannot be read: {diagnostics[0].message}")
    return format_document(document)


def _write(result: Balance, folder: Path, show: int | None, options: Options) -> None:
    """A folder for each amendment, since each is to be tried alone: `--laws FOLDER/1`."""
    numbers = [show] if show is not None else range(1, len(result.points) + 1)
    for number in numbers:
        below = folder / str(number)
        below.mkdir(parents=True, exist_ok=True)
        write_new(below / "amendment.md", result.points[number - 1].first.amendment)
        options.out.line(f"wrote {below / 'amendment.md'}")
    options.out.hint(f"lagrum loopholes {result.law} --against {result.position} --on {result.on} --laws {below}")
