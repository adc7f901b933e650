"""A document as Markdown: pictures are told, since the file stands alone; their tables are there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lagrum.report.document import CODE, STRONG, Block, Document, Figure, Lines, Para, Run, Section, Table, Text

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def as_markdown(document: Document) -> str:
    """The whole document."""
    lines = [f"# {_text(document.title)}", "", _text(document.lead), ""]
    lines += [f"- {label}: {_text(said)}" for label, said in document.about]
    for number, section in enumerate(document.sections, start=1):
        lines += ["", *_section(section, document, 2, f"{number} ")]
    lines += ["", "---", "", f"{document.short}, {document.id}"]
    return "\n".join(lines) + "\n"


def _section(section: Section, document: Document, level: int, number: str) -> Iterator[str]:
    yield f"{'#' * level} {number}{_text(section.title)}"
    for block in section.blocks:
        yield ""
        yield from _block(block, document)
    for below in section.sections:
        yield ""
        yield from _section(below, document, level + 1, "")


def _block(block: Block, document: Document) -> Iterator[str]:
    match block:
        case Para():
            yield f'<a id="p{block.number}"></a>**{block.number}.** {_text(block.text)}'
        case Lines():
            yield from ("```", *block.lines, "```")
        case Table():
            yield f"*{document.labels.table} {block.number}.* {_text(block.caption)}"
            yield ""
            yield f"| {' | '.join(_text(head) for head in block.heads)} |"
            marks = ("---:" if i in block.right else "---" for i in range(len(block.heads)))
            yield f"| {' | '.join(marks)} |"
            for row in block.rows:
                yield f"| {' | '.join(_text(cell) for cell in row)} |"
        case Figure():
            chart = block.chart
            title, description = _escaped(chart.title), _escaped(chart.description)
            yield f"*{document.labels.figure} {block.number}.* **{title}.** {description} {_text(block.caption)}"


def _text(text: Text) -> str:
    return "".join(_run(run) for run in text)


def _run(run: Run) -> str:
    if run.to:
        return f"[{run.text}](#p{run.to})"
    if run.style == CODE:
        return f"`{run.text}`"
    said = _escaped(run.text)
    return f"**{said}**" if run.style == STRONG and said.strip() else said


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text.replace("\n", " "))
