"""The language: from text to syntax tree to a resolved pack; case files; the formatter.

The face imports nothing until it is used, so that a program that finds its pack in the cache reads no grammar.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lagrum.language.casefile import parse_given, read_case, read_case_file
    from lagrum.language.pack import Loaded, load_pack
    from lagrum.language.parser import parse_document

__all__ = ["Loaded", "load_pack", "parse_document", "parse_given", "read_case", "read_case_file"]

_HOMES = {
    "Loaded": "lagrum.language.pack",
    "load_pack": "lagrum.language.pack",
    "parse_document": "lagrum.language.parser",
    "parse_given": "lagrum.language.casefile",
    "read_case": "lagrum.language.casefile",
    "read_case_file": "lagrum.language.casefile",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
