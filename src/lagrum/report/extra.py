"""The packages that charts and documents need, and one clear line where they are missing."""

from __future__ import annotations

import importlib
from typing import Any

from lagrum.model.diagnostics import Diagnostic, InvalidInput


def need(module: str, what: str, extra: str = "report") -> Any:
    """The module, read now. Raises `InvalidInput` with what to install where it is not there."""
    try:
        return importlib.import_module(module)
    except ImportError:
        help_ = f"install it with: pip install 'lagrum[{extra}]'"
        raise InvalidInput([Diagnostic("LG0739", f"{what} needs the extra `{extra}`", help=help_)]) from None
