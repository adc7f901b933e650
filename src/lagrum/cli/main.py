"""The command line: finds a command, runs it, and turns whatever goes wrong into diagnostics and an exit status."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, TextIO

import click

from lagrum import __version__
from lagrum.cli import status
from lagrum.cli.help import Group
from lagrum.model.diagnostics import BudgetExceeded, Diagnostic, InvalidInput, LagrumError
from lagrum.spelling import did_you_mean

# One file a command, read only when it is called. The sentence stands here so that `--help` reads none of them.
COMMANDS: dict[str, str] = {
    "assess": "Say what a law makes of a case: the ruling, why, and what would change it.",
    "ask": "Ask what can still matter about a use, what ends it soonest first.",
    "loopholes": "List everything a position forbids and a law lets through.",
    "compare": "Say which of two laws is stricter, and which cases tell them apart.",
    "balance": "Say which changes of a law close which loopholes, and what they would cost.",
    "spread": "Say which laws leave the loopholes of one law open.",
    "screen": "Rule on every row of a register, with what each leaves open.",
    "timeline": "Say what a law makes of a case over time.",
    "changes": "Say when a law changes, and which cases change with it.",
    "vague": "Say how much of a law hangs on what somebody must judge.",
    "audit": "Find rules that never apply, that others cover, or that their exceptions swallow.",
    "chart": "Draw what an analysis found, with a table that says the same.",
    "report": "Write what a law lets through as a document.",
    "search": "Search rules, prose, questions and notes.",
    "serve": "Serve the web application and its HTTP API on this machine.",
    "mcp": "Answer an assistant's questions over the Model Context Protocol.",
    "laws": "List the laws there are.",
    "show": "Show the rules at a citation: conditions, exceptions, dates.",
    "new": "Start a case or a law from a template.",
    "check": "Find mistakes in law and case files, and in mappings of registers.",
    "fmt": "Put law files, and mappings of registers, in their one layout.",
    "test": "Run worked cases against the law, with coverage.",
    "register": "Keep a team's own systems, and see what changes for them and when.",
    "text": "Keep official texts beside the rules.",
    "explain": "Explain a diagnostic code.",
}

EPILOG = """\b
Exit status, the worst wins in this order: 1 the tool failed, 3 invalid input,
2 forbidden or findings, 4 undetermined, 0 otherwise."""

EXAMPLES = (
    "lagrum assess station.yaml --law eu-ai-act-2021-proposal",
    "lagrum loopholes eu-ai-act-2021-proposal --against ban-biometric-surveillance-2021",
)

HELP = """What the law on artificial intelligence forbids, requires and lets through.

Nothing here is legal advice."""


class LazyGroup(Group):
    """A group whose commands are imported when they are called: `lagrum show` reads `lagrum/cli/show.py`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"lagrum.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            help_ = did_you_mean(name, COMMANDS) or "see `lagrum --help`"
            raise InvalidInput([Diagnostic("LG0725", f"there is no command `{name}`", help=help_)])
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    examples=EXAMPLES,
    help=HELP,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="lagrum", message="%(prog)s %(version)s")
def lagrum() -> None:
    """The group itself does nothing: its commands do."""


def main() -> NoReturn:
    """Entry point of the `lagrum` script."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit status; never raises."""
    for stream in (sys.stdout, sys.stderr):
        _never_fail_on_letters(stream)
    try:
        code = _run(list(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read stdout has seen enough. Python flushes once more at exit: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return status.PIPE_CLOSED
    return code


def _run(arguments: list[str]) -> int:
    try:
        with lagrum.make_context("lagrum", arguments) as context:
            result = lagrum.invoke(context)
        return result if isinstance(result, int) else status.CLEAN
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except InvalidInput as error:
        _show(error)
        return status.INVALID_INPUT
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return status.CLEAN
    except click.UsageError as error:
        _show(InvalidInput([_usage(error)]))
        return status.INVALID_INPUT
    except BrokenPipeError:
        raise
    except (KeyboardInterrupt, click.Abort):
        click.echo("stopped", err=True)
        return status.INTERRUPTED
    except Exception as error:
        return _failed(error)


def _show(error: InvalidInput) -> None:
    from lagrum.cli.diagnostics import render
    from lagrum.cli.output import wants_colour

    click.echo(render(error.diagnostics, error.sources, wants_colour(sys.stderr, "--no-color" in sys.argv)), err=True)


def _usage(error: click.UsageError) -> Diagnostic:
    """Click's own complaint in our form."""
    asked = f"see `{error.ctx.command_path} --help`" if error.ctx else "see `lagrum --help`"
    if isinstance(error, click.NoSuchOption):
        near = " or ".join(f"`{name}`" for name in error.possibilities or ())
        help_ = f"did you mean {near}?" if near else asked
        return Diagnostic("LG0725", f"there is no option `{error.option_name}`", help=help_)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        name = error.param.opts[0] if isinstance(error.param, click.Option) else error.param.human_readable_name
        return Diagnostic("LG0725", f"`{name}` is missing", help=asked)
    if isinstance(error, click.BadParameter) and error.param is not None:
        sentence = _sentence(error.message)
        return Diagnostic("LG0725", f"the value of `{error.param.opts[0]}` is wrong: {sentence}", help=asked)
    return Diagnostic("LG0725", _sentence(error.format_message()), help=asked)


def _sentence(text: str) -> str:
    text = " ".join(text.split()).rstrip(".").replace("'", "`")
    return text[:1].lower() + text[1:]


def _failed(error: Exception) -> int:
    if os.environ.get("LAGRUM_DEBUG"):
        import traceback

        traceback.print_exc()
    said = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, BudgetExceeded):
        click.echo(f"lagrum: {said}; fix facts with `--given` to make the question smaller", err=True)
    elif isinstance(error, LagrumError | OSError):
        click.echo(f"lagrum: {said}", err=True)
    else:
        click.echo(f"lagrum failed, which is a mistake in lagrum: {said} (LAGRUM_DEBUG=1 shows where)", err=True)
    return status.TOOL_FAILED


def _never_fail_on_letters(stream: TextIO) -> None:
    """A terminal that cannot show a letter gets its code instead of an error."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
