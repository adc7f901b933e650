"""How Alembic runs the migrations of the store: on the connection that it is handed."""

from __future__ import annotations

from alembic import context

from lagrum.register.tables import Table


def migrate() -> None:
    """Run what was asked for, in the transaction of the connection."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
    context.run_migrations()


if __name__ == "env_py":  # so Alembic calls it; anybody else only reads it
    migrate()
