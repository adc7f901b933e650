"""`lagrum balance`: which changes of a law close which loopholes, and which uses worth keeping each would cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from lagrum.analysis.balance import MOST_EDITS, Balance
from lagrum.analysis.balance.words import HEADS, as_text, point_text, rows
from lagrum.cli import status
from lagrum.cli.files import CASE_SUFFIXES, require, write_new
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.model.cases import Case
from lagrum.model.diagnostics import Diagnostic, InvalidInput, Severity
from lagrum.reasoning.envelope import envelope
from lagrum.service.kept import kept_balance, told


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
    result = kept_balance(chosen, position, kept, options.day, options.text_of, given, edits).get()
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
            inputs={"against": against, "edits": edits, "keep": [told(case) for case in kept]},
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


def _write(result: Balance, folder: Path, show: int | None, options: Options) -> None:
    """A folder for each amendment, since each is to be tried alone: `--laws FOLDER/1`."""
    numbers = [show] if show is not None else range(1, len(result.points) + 1)
    for number in numbers:
        below = folder / str(number)
        below.mkdir(parents=True, exist_ok=True)
        write_new(below / "amendment.md", result.points[number - 1].first.amendment)
        options.out.line(f"wrote {below / 'amendment.md'}")
    options.out.hint(f"lagrum loopholes {result.law} --against {result.position} --on {result.on} --laws {below}")
