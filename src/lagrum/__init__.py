"""What the law on artificial intelligence forbids, requires and lets through, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lagrum.handle import Handle, load
    from lagrum.screened import Screening, screen

__version__ = "0.1.0"
__all__ = ["Handle", "Screening", "__version__", "load", "screen"]


def __getattr__(name: str) -> object:
    """Names are looked up when they are used, so that `import lagrum` reads next to nothing."""
    if name in ("Handle", "load"):
        from lagrum import handle

        return getattr(handle, name)
    if name in ("Screening", "screen"):
        from lagrum import screened

        return getattr(screened, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
