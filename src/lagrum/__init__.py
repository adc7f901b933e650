"""What the law on artificial intelligence forbids, requires and lets through, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lagrum.handle import Handle, load

__version__ = "0.1.0"
__all__ = ["Handle", "__version__", "load"]


def __getattr__(name: str) -> object:
    """Names are looked up when they are used, so that `import lagrum` reads next to nothing."""
    if name in ("Handle", "load"):
        from lagrum import handle

        return getattr(handle, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
