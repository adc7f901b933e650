"""JSON, as one list of objects, alone or under a key, and JSON lines, one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from lagrum.language.problems import listing, quote
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.places import Place
from lagrum.screening.csvrows import open_text
from lagrum.screening.raw import ITEMS, Noted, Raw, batches_of, unreadable

_SAMPLE = 1000


def cell_of(value: Any) -> str | None:
    """A JSON value as a cell: lists by their items, tables as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(each, dict | list) for each in value):
        return ITEMS.join(cell_of(each) or "" for each in value) or None
    return json.dumps(value, ensure_ascii=False)


class JsonRows:
    """A JSON file, read whole; or JSON lines, read line by line."""

    def __init__(self, path: Path, records: str = "", encoding: str = "") -> None:
        self.path = path
        self.encoding = encoding
        self.lined = path.suffix.lower() in (".jsonl", ".ndjson")
        self.items: list[Any] = [] if self.lined else self.found(records)
        names: dict[str, None] = {}
        for item in islice(self.objects(Noted(())), _SAMPLE):
            if isinstance(item, dict):
                names.update(dict.fromkeys(item))
        self.columns = tuple(names)
        self.count: int | None = None if self.lined else len(self.items)
        self.share = 0.0

    def found(self, records: str) -> list[Any]:
        """The list of rows inside the file."""
        try:
            with open_text(self.path, self.encoding) as text:
                whole = json.loads(text.read())
        except json.JSONDecodeError as error:
            place = Place(str(self.path), error.lineno, error.colno, error.lineno, error.colno + 1)
            message = f"{quote(str(self.path))} is not JSON: {error.msg.lower()}"
            raise InvalidInput([Diagnostic("LG0821", message, place, help="one object a line is `.jsonl`")]) from None
        except (ValueError, RecursionError, OSError) as error:
            raise unreadable(str(self.path), error) from None
        at = whole
        for key in records.split("/") if records else ():
            at = at.get(key) if isinstance(at, dict) else None
        lists = [key for key, value in at.items() if isinstance(value, list)] if isinstance(at, dict) else []
        if isinstance(at, dict) and len(lists) == 1:
            at = at[lists[0]]
        if isinstance(at, list):
            return at
        under = f"there are lists under {listing(lists)}" if lists else "a register is a list of objects"
        message = f"{quote(str(self.path))} holds no list of rows" + (f" under {quote(records)}" if records else "")
        raise InvalidInput([Diagnostic("LG0822", message, help=f"{under}; a mapping names it with `records`")])

    def objects(self, noted: Noted) -> Iterator[Any]:
        if not self.lined:
            yield from self.items
            return
        size = self.path.stat().st_size or 1
        with open_text(self.path, self.encoding) as text:
            for place, line in enumerate(text):
                if place % 1000 == 0:
                    self.share = min(1.0, text.buffer.tell() / size)
                if line.strip():
                    yield self.parsed(line)

    def parsed(self, line: str) -> Any:
        try:
            return json.loads(line)
        except (ValueError, RecursionError):
            return None

    def rows(self, noted: Noted) -> Iterator[Mapping[str, str | None]]:
        """Every row by column; one that is no object is a row without cells."""
        for item in self.objects(noted):
            if isinstance(item, dict):
                yield {name: cell_of(value) for name, value in item.items() if name in noted.wanted}
            else:
                noted.note("", "LG0849", "this is no object with columns; it was kept as an empty row")
                yield {}

    def batches(self, wanted: Sequence[str]) -> Iterator[Raw]:
        noted = Noted(wanted)
        for raw in batches_of(self.rows(noted), noted):
            if self.count:
                self.share = (noted.next - 1) / self.count
            yield raw
        self.share = 1.0
