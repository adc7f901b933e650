"""What can be wrong with a file of official text, as diagnostics."""

from __future__ import annotations

from lagrum.model.diagnostics import Diagnostic, InvalidInput

EURLEX = "take the Formex files or the HTML page of the act from EUR-Lex"


def refuse(code: str, message: str, help_: str = EURLEX) -> InvalidInput:
    """The error to raise for one thing that is wrong."""
    return InvalidInput([Diagnostic(code, message, help=help_)])
