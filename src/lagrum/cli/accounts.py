"""`lagrum register account`: who may sign in to a team's server."""

from __future__ import annotations

import sys

import click

from lagrum.cli import status
from lagrum.cli.help import Command, Group
from lagrum.cli.options import Options, shared_options
from lagrum.cli.stored import database_option, me, opened

ROLES = click.Choice(["reader", "editor", "admin"])
ROLE_HELP = "Read; read and write; or also look after accounts."


@click.group(
    "account",
    cls=Group,
    examples=["lagrum register account add anna --role admin", "lagrum register account list"],
)
def account() -> None:
    """Say who may sign in to a team's server."""


@account.command("add", cls=Command, examples=["lagrum register account add anna --role admin"])
@click.argument("name")
@click.option("--role", type=ROLES, default="reader", show_default=True, help=ROLE_HELP)
@database_option
@shared_options()
def add(name: str, role: str, database: str | None, options: Options) -> int:
    """Make an account; the password is asked for, or read from stdin."""
    with opened(database) as store:
        from lagrum.register import Role

        made = store.accounts.add(name, _password(), Role(role), by=me(None))
    options.out.line(f"{made.name} may sign in as {made.role.value}")
    return status.CLEAN


@account.command("list", cls=Command, examples=["lagrum register account list"])
@database_option
@shared_options(table=True)
def list_(database: str | None, options: Options) -> int:
    """List the accounts."""
    with opened(database) as store:
        found = store.accounts.all()
    if options.json:
        from lagrum.reasoning.envelope import envelope

        told = [
            {"name": a.name, "role": a.role.value, "active": a.active, "created": a.created.isoformat()} for a in found
        ]
        options.out.json(envelope("accounts", ()) | {"accounts": told})
    elif found or options.format != "text":
        rows = [(a.name, a.role.value, "active" if a.active else "disabled", f"{a.created:%Y-%m-%d}") for a in found]
        options.out.rows(options.format, ("name", "role", "status", "since"), rows)
    else:
        options.out.line("there is no account; `lagrum register account add NAME --role admin` makes one")
    return status.CLEAN


@account.command("password", cls=Command, examples=["lagrum register account password anna"])
@click.argument("name")
@database_option
@shared_options()
def password(name: str, database: str | None, options: Options) -> int:
    """Give an account a new password; its sessions end."""
    with opened(database) as store:
        store.accounts.set_password(name, _password(), by=me(None))
    options.out.line(f"{name} has a new password")
    return status.CLEAN


@account.command("role", cls=Command, examples=["lagrum register account role anna editor"])
@click.argument("name")
@click.argument("role", type=ROLES)
@database_option
@shared_options()
def role_(name: str, role: str, database: str | None, options: Options) -> int:
    """Give an account another role, at once."""
    with opened(database) as store:
        from lagrum.register import Role

        made = store.accounts.set_role(name, Role(role), by=me(None))
    options.out.line(f"{made.name} may now sign in as {made.role.value}")
    return status.CLEAN


@account.command("disable", cls=Command, examples=["lagrum register account disable anna"])
@click.argument("name")
@database_option
@shared_options()
def disable(name: str, database: str | None, options: Options) -> int:
    """Let nobody sign in under an account any more."""
    with opened(database) as store:
        made = store.accounts.disable(name, by=me(None))
    options.out.line(f"{made.name} cannot sign in any more")
    return status.CLEAN


@account.command("enable", cls=Command, examples=["lagrum register account enable anna"])
@click.argument("name")
@database_option
@shared_options()
def enable(name: str, database: str | None, options: Options) -> int:
    """Let somebody sign in again."""
    with opened(database) as store:
        made = store.accounts.enable(name, by=me(None))
    options.out.line(f"{made.name} may sign in again as {made.role.value}")
    return status.CLEAN


def _password() -> str:
    """The password: asked for twice on a terminal, else the first line of stdin."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")
