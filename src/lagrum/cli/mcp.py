"""`lagrum mcp`: the law for assistants, over standard input and output."""

from __future__ import annotations

import click

from lagrum.cli import status
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.report.extra import need


@click.command(cls=Command, examples=["lagrum mcp", "lagrum mcp --laws my-laws"])
@shared_options()
def command(options: Options) -> int:
    """Answer an assistant's questions over the Model Context Protocol.

    The assistant starts this command itself and talks to it over standard input and output.
    """
    need("mcp", "an assistant's server", "serve")
    from lagrum.assistant import serve

    serve(options.folders)
    return status.CLEAN
