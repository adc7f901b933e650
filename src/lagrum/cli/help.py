"""Help pages that start with examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click


class _WithExamples(click.Command):
    def __init__(self, *args: Any, examples: Sequence[str] = (), **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.examples = tuple(examples)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_heading("Examples")
        for example in self.examples:
            formatter.write(f"  {example}\n")  # on one line however long, so that it can be copied
        formatter.write_paragraph()
        super().format_help(ctx, formatter)


class Command(_WithExamples):
    """A command with examples: `@click.command(cls=Command, examples=["lagrum laws", "lagrum laws --format json"])`."""


class Group(_WithExamples, click.Group):
    """A group of commands with examples of its own."""
