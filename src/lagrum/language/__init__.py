"""The language: from text to syntax tree to a resolved pack.

The face imports nothing until it is used, so that a program that finds its pack in the cache reads no grammar.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lagrum.language.parser import parse_document

__all__ = ["parse_document"]

_HOMES = {
    "parse_document": "lagrum.language.parser",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
