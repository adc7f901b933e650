"""`lagrum explain`: the page of a diagnostic code, or the list of them."""

from __future__ import annotations

import click

from lagrum.cli import status
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.language.codes import CODES, Code
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.reasoning.envelope import envelope
from lagrum.spelling import did_you_mean


@click.command(cls=Command, examples=["lagrum explain LG0720", "lagrum explain"])
@click.argument("code", required=False)
@shared_options()
def command(code: str | None, options: Options) -> int:
    """Explain a diagnostic code."""
    wanted = [_find(code)] if code else [CODES[name] for name in sorted(CODES)]
    if options.json:
        options.out.json(envelope("explain", ()) | {"codes": [_to_dict(each) for each in wanted]})
    elif code:
        _page(wanted[0], options)
    else:
        for each in wanted:
            options.out.entry(each.code, each.title)
    return status.CLEAN


def _find(name: str) -> Code:
    found = CODES.get(name.strip().upper())
    if found is None:
        help_ = did_you_mean(name, CODES) or "`lagrum explain` lists them all"
        raise InvalidInput([Diagnostic("LG0731", f"there is no diagnostic code `{name}`", help=help_)])
    return found


def _page(code: Code, options: Options) -> None:
    out = options.out
    out.line(f"{code.code}  {code.title} ({code.severity.value})")
    out.row("What", code.what)
    out.row("Why", code.why)
    for label, text in (("Example", code.example), ("Instead", code.instead)):
        for line in text.splitlines():
            out.verbatim(label, line)


def _to_dict(code: Code) -> dict[str, object]:
    return {
        "code": code.code,
        "title": code.title,
        "severity": code.severity.value,
        "what": code.what,
        "why": code.why,
        "example": code.example,
        "instead": code.instead,
    }
