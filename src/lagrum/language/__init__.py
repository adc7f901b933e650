"""Text to model: the parser, the resolver, case files, the formatter, and the cache that spares the first two.

Names load when they are first used: a command that finds the law in the cache never loads the parser.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lagrum.language.casefile import parse_given, read_case, read_case_file, read_case_object
    from lagrum.language.casewrite import write_case
    from lagrum.language.files import read_text
    from lagrum.language.formatter import format_document
    from lagrum.language.pack import Loaded, load_pack
    from lagrum.language.parser import parse_document

__all__ = [
    "Loaded",
    "format_document",
    "load_pack",
    "parse_document",
    "parse_given",
    "read_case",
    "read_case_file",
    "read_case_object",
    "read_text",
    "write_case",
]

_HOMES = {
    "Loaded": "pack",
    "format_document": "formatter",
    "load_pack": "pack",
    "parse_document": "parser",
    "parse_given": "casefile",
    "read_case": "casefile",
    "read_case_file": "casefile",
    "read_case_object": "casefile",
    "read_text": "files",
    "write_case": "casewrite",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
