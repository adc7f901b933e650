"""Where the register lies when nobody says otherwise."""

from __future__ import annotations

import os
from pathlib import Path


def default_url() -> str:
    """The address in `LAGRUM_DATABASE`, else `lagrum/register.db` in the user's data folder."""
    named = os.environ.get("LAGRUM_DATABASE", "").strip()
    if named:
        return named if "://" in named else f"sqlite:///{Path(named).expanduser()}"
    data = os.environ.get("XDG_DATA_HOME", "")
    folder = Path(data) if Path(data).is_absolute() else Path.home() / ".local" / "share"
    return f"sqlite:///{folder / 'lagrum' / 'register.db'}"
