"""From the text of a Markdown file to its syntax tree.

Each sentence is read on its own, so that a bad one hides no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.indenter import DedentError
from lark.lark import PostLex

from lagrum.language import messages as say
from lagrum.language.build import Builder
from lagrum.language.characters import doubtful
from lagrum.language.diagnose import Stop, diagnose
from lagrum.language.layout import Chunk, check, lines_of, sentences_of
from lagrum.language.markdown import Fence, outline, split_lines
from lagrum.language.syntax import Block, Document, Sentence, Text
from lagrum.model.diagnostics import Diagnostic, Severity
from lagrum.model.places import Place

LARGEST = 4 * 1024 * 1024
MOST_PROBLEMS = 100

_STRUCTURE = ("_NL", "_INDENT", "_DEDENT")


class Levels(PostLex):
    """Turns the blanks after each line end into `_INDENT` and `_DEDENT`. Unlike Lark's own it keeps no state."""

    always_accept = ("_NL",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        levels = [0]
        for token in stream:
            yield token
            if token.type != "_NL":
                continue
            indent = len(token) - token.rindex("\n") - 1
            if indent > levels[-1]:
                levels.append(indent)
                yield Token.new_borrow_pos("_INDENT", "", token)
            while indent < levels[-1]:
                levels.pop()
                yield Token.new_borrow_pos("_DEDENT", "", token)
            if indent != levels[-1]:
                raise DedentError(f"a line stands at no level: {indent}")
        while levels.pop():
            yield Token("_DEDENT", "")


@cache
def grammar() -> Lark:
    """The grammar, read once."""
    return Lark(
        files("lagrum.language").joinpath("law.lark").read_text(encoding="utf-8"),
        parser="lalr",
        lexer="contextual",
        postlex=Levels(),
        propagate_positions=lambda node: not (isinstance(node, Token) and node.type in _STRUCTURE),
        maybe_placeholders=False,
    )


def parse_document(file: str, text: str) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Read a Markdown file. Whatever the text, the answer is a document with the sentences that could be read, and
    located diagnostics for the others, in the order of their places."""
    if len(text) > LARGEST:
        return Document(file, text, "", ()), (say.too_large(Place(file, 1, 1, 1, 2), LARGEST),)
    lines = split_lines(text)
    read = outline(text)
    blocks: list[Block] = []
    problems: list[Diagnostic] = []
    for fence in read.fences:
        opening = lines[fence.first - 2]
        place = Place(file, fence.first - 1, 1, fence.first - 1, len(opening) + 1)
        if fence.nested:
            problems.append(say.nested_block(place))
            continue
        if not fence.closed:
            problems.append(say.not_closed(place))
        if len(problems) < MOST_PROBLEMS:
            block, found = _block(file, fence, lines[fence.first - 1 : fence.end - 1], MOST_PROBLEMS - len(problems))
            blocks.append(block)
            problems.extend(found)
        elif problems[-1].code != "LG0107":
            problems.append(say.too_many(place, len(problems)))
    return Document(file, text, read.title, tuple(blocks)), tuple(problems)


def _block(file: str, fence: Fence, texts: list[str], most: int) -> tuple[Block, list[Diagnostic]]:
    lines = lines_of(file, fence.first, fence.margin, texts)
    chunks, problems = sentences_of(lines)
    sentences: list[Sentence] = []
    unread = [Text(stray.place, "") for stray in problems if stray.place]
    for chunk in chunks:
        if len(problems) >= most:
            problems.append(say.too_many(chunk.place, MOST_PROBLEMS))
            break
        sentence, found = _sentence(chunk)
        problems.extend(found)
        if sentence is None:
            unread.append(Text(chunk.place, chunk.text))
        else:
            sentences.append(sentence)
    warned = [problem for line in lines for problem in doubtful(line)]
    marked = {problem.place for problem in problems}
    problems += [problem for problem in warned[:most] if problem.place not in marked]
    problems.sort(key=lambda problem: problem.place.line if problem.place else 0)
    place = Place(file, fence.first, fence.margin + 1, fence.end, 1)
    comments = tuple(comment for line in lines if (comment := line.comment) is not None)
    return Block(place, fence.headings, tuple(sentences), comments, tuple(unread)), problems


def _sentence(chunk: Chunk) -> tuple[Sentence | None, tuple[Diagnostic, ...]]:
    """A sentence, or why it could not be read."""
    first = chunk.lines[0]
    if refused_lines := check(chunk):
        return None, tuple(refused_lines)
    try:
        tree: Tree[Token] = grammar().parse(chunk.text)
    except UnexpectedInput as refused:
        return None, diagnose(chunk, _stop(refused))
    except DedentError:
        return None, diagnose(chunk, Stop(0, 0, "", frozenset()))
    builder = Builder(first.file, first.number - 1, first.margin)
    inner = tree.children[0]
    assert isinstance(inner, Tree)
    sentence = builder.sentence(inner)
    if any(problem.severity is Severity.ERROR for problem in builder.problems):
        return None, tuple(builder.problems)
    return sentence, tuple(builder.problems)


def _stop(refused: UnexpectedInput) -> Stop:
    if isinstance(refused, UnexpectedToken):
        token: Token = refused.token
        expected = frozenset(refused.accepts or refused.expected)
        return Stop((token.line or 1) - 1, (token.column or 1) - 1, token.type, expected)
    if isinstance(refused, UnexpectedCharacters):
        return Stop(refused.line - 1, refused.column - 1, "", frozenset(refused.allowed or ()))
    return Stop(0, 0, "$END", frozenset())
