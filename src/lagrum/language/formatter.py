"""One canonical layout for law blocks. Prose stays as it is, byte for byte; so do sentences that could not be read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from lagrum.language import printer
from lagrum.language.layout import Chunk, Line, lines_of, sentences_of
from lagrum.language.markdown import line_ends
from lagrum.language.printing import STEP, Out, wrap
from lagrum.language.syntax import Block, Document, Sentence


def format_document(document: Document) -> str:
    """The text of a document with its law blocks laid out anew. Reading it gives the same document again."""
    text = document.text
    ends = list(line_ends(text))
    pieces: list[str] = []
    at = 0
    for block in document.blocks:
        opening = ends[block.place.line - 2]
        start = ends[block.place.line - 1][0] if block.place.line <= len(ends) else len(text)
        end = ends[block.place.end_line - 1][0] if block.place.end_line <= len(ends) else len(text)
        newline = text[opening[1] : start]
        pieces.append(text[at:start])
        margin = " " * (block.place.column - 1)
        texts = [text[a:b] for a, b in ends[block.place.line - 1 : block.place.end_line - 1]]
        source = lines_of(document.file, block.place.line, len(margin), texts)
        pieces += (f"{margin if line else ''}{line}{newline}" for line in _block(block, source))
        at = end
    return "".join((*pieces, text[at:]))


@dataclass(slots=True)
class _Item:
    """What stands between two blank lines: a sentence with its comments, or comments alone."""

    lines: list[str]
    kind: type[Sentence] | None = None  # of a sentence without clauses
    before: list[str] = field(default_factory=list)


def _block(block: Block, source: Sequence[Line]) -> list[str]:
    if block.comments or block.unread:
        items = _with_comments(block, source)
    else:
        items = [_item(list(printer.sentence(sentence)), sentence) for sentence in block.sentences]
    lines: list[str] = []
    previous: _Item | None = None
    for item in items:
        if previous is not None and not _adjoining(previous, item):
            lines.append("")
        lines += item.before + item.lines
        previous = item
    return lines


def _adjoining(one: _Item, two: _Item) -> bool:
    """Whether two sentences of one kind and without clauses stand together without a blank line."""
    return one.kind is not None and one.kind is two.kind and not two.before


def _item(outs: Sequence[Out], sentence: Sentence) -> _Item:
    return _Item([line for out in outs for line in wrap(out)], type(sentence) if len(outs) == 1 else None)


def _with_comments(block: Block, source: Sequence[Line]) -> list[_Item]:
    """The items of a block that holds comments or unread sentences, found again in its source."""
    chunks, _ = sentences_of(source)
    sentences = {sentence.place.line: sentence for sentence in block.sentences}
    items: list[_Item] = []
    waiting: list[str] = []
    inside = {line.number for chunk in chunks for line in chunk.lines}
    starts = {chunk.lines[0].number: chunk for chunk in chunks}
    for line in source:
        if line.number in starts:
            chunk = starts[line.number]
            sentence = sentences.get(line.number)
            item = _commented(chunk, sentence) if sentence else _Item([each.text for each in chunk.lines])
            item.before = waiting
            items.append(item)
            waiting = []
        elif line.number not in inside and line.comment is not None:
            # an indented comment behind a sentence belongs to it, one at the margin to the next sentence
            if line.indent and items and not waiting:
                items[-1].lines.append(STEP + _written(line.comment.text))
                items[-1].kind = None
            else:
                waiting.append(_written(line.comment.text))
        elif line.number not in inside and line.code.strip():
            waiting.append(line.text)  # an indented line that belongs to no sentence
    if waiting:
        items.append(_Item(waiting))
    return items


def _commented(chunk: Chunk, sentence: Sentence) -> _Item:
    """A sentence with the comments of its source: layout changes no logical line, so they can be paired."""
    outs = list(printer.sentence(sentence))
    logical = chunk.logical()
    if len(outs) != len(logical):
        raise AssertionError("the layout of a sentence must have the logical lines of its source")
    starts = [each.first.number for each in logical]
    owner = {each.number: index for index, one in enumerate(logical) for each in one.lines}
    above: list[list[str]] = [[] for _ in logical]
    behind: list[list[str]] = [[] for _ in logical]
    for each in chunk.lines:
        if each.comment is not None and each.comment.trailing:
            behind[owner[each.number]].append(_written(each.comment.text))
        elif each.comment is not None:
            # a comment among the lines that carry on the last one moves above it
            above[min(bisect_left(starts, each.number), len(logical) - 1)].append(_written(each.comment.text))
    lines: list[str] = []
    for out, own, (*more, last) in zip(outs, above, (texts or [""] for texts in behind), strict=True):
        lines += (STEP * out.level + text for text in (*own, *more))
        *full, end = wrap(out)
        lines += [*full, f"{end}{STEP}{last}" if last else end]
    return _Item(lines, type(sentence) if len(outs) == 1 else None)


def _written(comment: str) -> str:
    return f"# {comment}".rstrip()
