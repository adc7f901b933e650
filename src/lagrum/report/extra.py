"""The packages that charts and documents need, and one clear line where they are missing."""

from __future__ import annotations

import importlib
from typing import Any

from lagrum.model.diagnostics import Diagnostic, InvalidInput

EXTRA = "report"


def need(module: str, what: str) -> Any:
    """The module, read now. Raises `InvalidInput` with what to install where it is not there."""
    try:
        return importlib.import_module(module)
    except ImportError:
        help_ = f"install it with: pip install 'lagrum[{EXTRA}]'"
        raise InvalidInput([Diagnostic("LG0739", f"{what} needs the extra `{EXTRA}`", help=help_)]) from None
