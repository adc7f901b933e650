"""The index: SQLite's full text search, built in memory in the time it takes to read the law."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from lagrum.finding.entries import Entry
from lagrum.model.citations import Citation, parse_citation

LONGEST = 200  # letters of a question; more is not asked for by anybody
WORDS = 20
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
# How much a word counts in the title, the citation and the text.
_WEIGHTS = "8.0, 4.0, 1.0"


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, with the words around what was looked for (these in square brackets)."""

    entry: Entry
    snippet: str


class Index:
    """Entries that can be searched."""

    def __init__(self, found: Iterable[Entry]) -> None:
        self._entries = list(found)
        self._base = sqlite3.connect(":memory:", check_same_thread=False)  # threads take turns
        columns = "title, citation, text, tokenize = 'porter unicode61 remove_diacritics 2'"
        self._base.execute(f"create virtual table entry using fts5({columns})")
        rows = ((i, e.title, e.citation, e.text) for i, e in enumerate(self._entries))
        self._base.executemany("insert into entry(rowid, title, citation, text) values (?, ?, ?, ?)", rows)

    def at(self, citation: Citation) -> list[Hit]:
        """The rules and notes at a citation and below it, in the order of the law."""
        return [
            Hit(entry, _cut(entry.text))
            for entry in self._entries
            if entry.citation and citation.covers(parse_citation(entry.citation))
        ]

    def search(self, words: str, most: int = 20) -> list[Hit]:
        """The entries with all of the words, the best first; where there is none, those with any of them.

        The last word may be a beginning. Signs mean nothing; words of no letters find nothing.
        """
        asked = [word.casefold() for word in _WORD.findall(words[:LONGEST])][:WORDS]
        if not asked:
            return []
        quoted = [f'"{word}"' for word in asked]
        quoted[-1] += "*"
        return self._matching(" AND ".join(quoted), most) or self._matching(" OR ".join(quoted), most)

    def _matching(self, query: str, most: int) -> list[Hit]:
        rows = self._base.execute(
            "select rowid, snippet(entry, 2, '[', ']', ' ... ', 16) from entry where entry match ?"
            f" order by bm25(entry, {_WEIGHTS}), rowid limit ?",
            (query, most),
        )
        return [Hit(self._entries[rowid], snippet) for rowid, snippet in rows]


def _cut(text: str, longest: int = 120) -> str:
    return text if len(text) <= longest else text[: text.rfind(" ", 0, longest)] + " ..."
