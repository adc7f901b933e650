"""Answers as an assistant is given them: with what must stand beside them when they are passed on, and no longer than
they need to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lagrum.model.diagnostics import Diagnostic

NO_ADVICE = (
    "This is what the encoded text says of these facts; it is no legal advice. Pass it on with the law, its date, the "
    "citations, the id and how far the encoding was reviewed; never say that something complies."
)
_SILENT = "does not apply"
_PLACES = ("citation", "norm")
_INNER = ("conditions", "openers", "closed_by")


def told(document: Mapping[str, Any]) -> dict[str, Any]:
    """The answer, the places it cites, of which texts it speaks, and that it is no advice."""
    return {
        "answer": dict(document),
        "citations": list(dict.fromkeys(_citations(document))),
        "texts": [
            {"law": law["id"], "version": law["version"], "hash": law["hash"], "amended by": law["amending"]}
            for law in document.get("laws", ())
        ],
        "on": document.get("on"),
        "id": document.get("id"),
        "review": document.get("review", {}),
        "note": NO_ADVICE,
    }


def _citations(said: Any) -> Iterator[str]:
    if isinstance(said, Mapping):
        for name, value in said.items():
            if name in _PLACES and isinstance(value, str) and value:
                yield value
            else:
                yield from _citations(value)
    elif isinstance(said, list | tuple):
        for each in said:
            yield from _citations(each)


def assessed(document: Mapping[str, Any]) -> dict[str, Any]:
    """An assessment without the rules that have nothing to do with the case."""
    return {**document, "norms": [norm for norm in document["norms"] if norm["status"] != _SILENT]}


def families(document: Mapping[str, Any], number: int | None) -> dict[str, Any]:
    """The loopholes as a list of families, or one family whole."""
    every: Sequence[Mapping[str, Any]] = document["families"]
    if number is not None:
        return {**document, "families": [every[number - 1]]}
    brief = [
        {"number": i, **{name: value for name, value in family.items() if name != "loopholes"}}
        | {"loopholes": len(family["loopholes"])}
        for i, family in enumerate(every, start=1)
    ]
    return {**document, "families": brief}


def wrong(diagnostics: Iterable[Diagnostic]) -> str:
    """What is wrong with what was asked, a line each, with how to mend it."""
    lines = []
    for each in diagnostics:
        where = f" ({each.place.file})" if each.place and each.place.file else ""
        lines.append(f"{each.code}: {each.message}{where}" + (f"; {each.help}" if each.help else ""))
    return "\n".join(lines)
