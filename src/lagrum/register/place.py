"""Where the register lies when nobody says otherwise."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """The folder of what lagrum keeps for this user: `lagrum` in `XDG_DATA_HOME`, else in `~/.local/share`."""
    data = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (data if data.is_absolute() else Path.home() / ".local" / "share") / "lagrum"


def database_url(named: str | None = None) -> str:
    """The address that is named, else that in `LAGRUM_DATABASE`, else `register.db` in the user's data folder. A bare
    path names a file of SQLite."""
    address = (named or os.environ.get("LAGRUM_DATABASE") or "").strip()
    if "://" in address:
        return address
    return f"sqlite:///{Path(address).expanduser().absolute() if address else data_folder() / 'register.db'}"
