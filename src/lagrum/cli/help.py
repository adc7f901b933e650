"""Help pages that start with examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """The examples as a first section, each on one line however long."""
    formatter.write_heading("Examples")
    for example in examples:
        formatter.write(f"  {example}\n")
    formatter.write_paragraph()


class Command(click.Command):
    """A command with examples: `@click.command(cls=Command, examples=["lagrum laws", "lagrum laws --format json"])`."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.examples = tuple(examples)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_examples(formatter, self.examples)
        super().format_help(ctx, formatter)
