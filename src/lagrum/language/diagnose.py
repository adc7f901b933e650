"""Why a sentence could not be read: its first word, its clauses, then the line where the grammar stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lagrum.language import messages as say
from lagrum.language.layout import Chunk, Line, Logical
from lagrum.language.shapes import CLAUSE_WORDS, SHAPES, Clause, sentence_kind, starts_with
from lagrum.language.slips import explain
from lagrum.model.diagnostics import Diagnostic
from lagrum.model.places import Place


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the grammar stopped: a line of the sentence and a position in it, what it met and what it would take."""

    line: int
    column: int
    token: str
    expected: frozenset[str]


def diagnose(chunk: Chunk, stop: Stop) -> tuple[Diagnostic, ...]:
    """At least one located diagnostic for a sentence that the grammar refused."""
    found = _sentence(chunk.logical())
    if found:
        return tuple(found)
    line = chunk.lines[min(stop.line, len(chunk.lines) - 1)]
    return (explain(chunk, line, stop.column, stop.token, stop.expected),)


def _sentence(lines: Sequence[Logical]) -> list[Diagnostic]:
    """What is wrong with the first word and the clauses of a sentence, and of those inside an amendment."""
    head = lines[0]
    kind = sentence_kind(head.words)
    if kind is None:
        return [_unknown_sentence(head.first)]
    base = head.level + 1
    clauses = [line for line in lines[1:] if line.level == base]
    found = _clauses(head.first, kind, clauses)
    if kind == "amend" and not found:
        for part in _parts(lines[1:], base):
            if any(starts_with(part[0].words, word) for word in ("insert", "replace")) and " in " not in part[0].words:
                for inner in _parts(part[1:], base + 1):
                    found += _sentence(inner)
    return found


def _parts(lines: Sequence[Logical], level: int) -> list[list[Logical]]:
    """Cut at the lines of a level."""
    parts: list[list[Logical]] = []
    for line in lines:
        if line.level == level:
            parts.append([line])
        elif parts:
            parts[-1].append(line)
    return parts


def _unknown_sentence(line: Line) -> Diagnostic:
    words = line.code.split()
    start = line.indent
    place = line.place(start, start + len(words[0]))
    two = next((kind for kind in SHAPES if " " in kind and kind.split()[0] == words[0]), None)
    guess = two or say.nearest(words[0], [kind for kind in SHAPES if " " not in kind])
    return say.unknown_sentence(place, words[0], guess, tuple(SHAPES), CLAUSE_WORDS)


def _clauses(head: Line, kind: str, lines: Sequence[Logical]) -> list[Diagnostic]:
    shape = SHAPES[kind]
    found: list[Diagnostic] = []
    seen: dict[Clause, Place] = {}
    furthest: tuple[int, str] = (-1, "")
    for line in lines:
        word = next((w for w in sorted(shape.words, key=len, reverse=True) if starts_with(line.words, w)), None)
        place = _start(line, word)
        if word is None:
            if not shape.listed and not line.words.startswith(("[", ",", '"')):
                found.append(say.unknown_clause(place, line.words, kind, shape.words))
            continue
        index, clause = next((i, clause) for i, clause in enumerate(shape.clauses) if word in clause.words)
        if clause in seen and not clause.many:
            found.append(say.said_twice(place, word, kind, seen[clause]))
        elif index < furthest[0]:
            found.append(say.out_of_order(place, word, furthest[1], shape.words))
        else:
            furthest = (index, word)
        seen.setdefault(clause, place)
    missing = [clause for clause in shape.clauses if clause.needed and clause not in seen]
    if missing and not found:
        place = head.place(head.indent, head.indent + len(kind))
        found.append(say.clause_missing(place, kind, [clause.words for clause in missing]))
    return found


def _start(line: Logical, word: str | None) -> Place:
    """The first words of a line: a known keyword, or one word."""
    first = line.first
    length = len(word) if word is not None else len(line.words.split()[0])
    return first.place(first.indent, first.indent + length)
