"""A document as PDF, set by Typst: tagged, with bookmarks, its fonts inside; text, not pictures of text.

The source that Typst reads is made from data alone: every word stands in a string literal, so nothing in a law can be
taken for markup.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from lagrum.report.document import (
    CODE,
    STRONG,
    Block,
    Document,
    Figure,
    Lines,
    Para,
    Run,
    Section,
    Table,
    Text,
    unmarked,
)
from lagrum.report.extra import need
from lagrum.report.tokens import FONT, LINE, LINK, MUTED, SURFACE, TEXT

SERIF, MONO = "Libertinus Serif", "DejaVu Sans Mono"

HEAD = """
#set document(title: {title}, author: "lagrum", date: datetime(year: {year}, month: {month}, day: {day}))
#set page(paper: "a4", margin: 25mm, footer: context {{
  set text(size: 9pt, fill: rgb("{muted}"))
  [{short}, #text(font: "{mono}", size: 7.5pt, {id}) #h(1fr) {page}]
}})
#set text(font: "{serif}", size: 11pt, lang: "{lang}", fill: rgb("{ink}"), hyphenate: true)
#set par(justify: false, leading: 0.62em)
#set heading(numbering: none)
#show heading: set block(sticky: true)
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 2): set text(size: 12pt)
#show heading.where(level: 1): set block(above: 1.6em, below: 0.8em)
#show heading.where(level: 2): set block(above: 1.5em, below: 0.8em)
#show raw: set text(font: "{mono}", size: 0.8em)
#show link: set text(fill: rgb("{link}"))
#show figure.where(kind: table): set block(breakable: true)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.caption: it => align(left, block(width: 100%, text(size: 9.5pt, fill: rgb("{muted}"), it.body)))
#set figure(supplement: none, numbering: none, gap: 0.7em)
#let ruled(x, y) = (bottom: if y == 0 {{ 1pt + rgb("{muted}") }} else {{ 0.5pt + rgb("{line}") }})
#set table.cell(breakable: false)
#set table(stroke: ruled, inset: (x: 3pt, y: 3.5pt))
#let numbered(n, body) = grid(columns: (2.4em, 1fr), text(fill: rgb("{muted}"), n), body)
#let para(n, body) = block(above: 0.75em, below: 0.75em, numbered(n, body))
#let words(body) = block(fill: rgb("{surface}"), inset: 8pt, width: 100%, body)
"""


def as_pdf(document: Document) -> bytes:
    """The PDF. The same document gives the same file."""
    typst = need("typst", "a PDF")
    day = date.fromisoformat(document.day)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "report.typ").write_text(as_typst(document), encoding="utf-8")
        for figure in document.figures():
            svg = figure.chart.svg.replace(f'font-family="{FONT}"', f'font-family="{SERIF}"')
            (root / f"figure-{figure.number}.svg").write_text(svg, encoding="utf-8")
        made: bytes = typst.compile(
            str(root / "report.typ"),
            root=str(root),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
        )
    return made


def as_typst(document: Document) -> str:
    """What Typst reads."""
    day = date.fromisoformat(document.day)
    page, pages = "#counter(page).display()", "#counter(page).final().first()"
    head = HEAD.format(
        title=_string(unmarked(document.title)),
        year=day.year,
        month=day.month,
        day=day.day,
        short=f"#{_string(document.short)}",
        id=_string(document.id),
        page=_footer(document, page, pages),
        lang=document.lang,
        serif=SERIF,
        mono=MONO,
        ink=TEXT,
        muted=MUTED,
        link=LINK,
        line=LINE,
        surface=SURFACE,
    )
    body = [head.strip(), f"#title[#text(size: 19pt)[{_text(document.title)}]]"]
    body.append(f"#block(below: 1.2em, text(size: 13pt)[{_text(document.lead)}])")
    about = ", ".join(f"[#text(fill: rgb({_string(MUTED)}), {_string(k)})], [{_text(v)}]" for k, v in document.about)
    body.append(f"#grid(columns: (auto, 1fr), column-gutter: 1em, row-gutter: 0.7em, {about})")
    for number, section in enumerate(document.sections, start=1):
        body += _section(section, document, 1, f"{number} ")
    return "\n".join(body) + "\n"


def _footer(document: Document, page: str, pages: str) -> str:
    """`page 3 of 9` in the order of the language; the numbers are Typst's."""
    said = document.labels.page
    before, _, rest = said.partition("{page}")
    between, _, after = rest.partition("{pages}")
    return f"#{_string(before)}{page}#{_string(between)}{pages}#{_string(after)}"


def _section(section: Section, document: Document, level: int, number: str) -> Iterator[str]:
    yield f"#heading(level: {level})[#{_string(number)}{_text(section.title)}]"
    for block in section.blocks:
        yield from _block(block, document)
    for below in section.sections:
        yield from _section(below, document, level + 1, "")


def _block(block: Block, document: Document) -> Iterator[str]:
    labels = document.labels
    match block:
        case Para(number=n):
            yield f'#[#para("{n}")[{_text(block.text)}] <p{n}>]'
        case Lines():
            # words in boxes: a line never ends within an option, which would be copied with a blank in it
            boxed = (" ".join(f"#box(raw({_string(word)}))" for word in line.split(" ")) for line in block.lines)
            lines = " #linebreak() ".join(boxed)
            yield f"#words[{lines}]"
        case Table():
            columns = ", ".join(f"{share}fr" for share in block.shares)
            sides = ", ".join("right" if i in block.right else "left" for i in range(len(block.heads)))
            head = ", ".join(f"[*{_text(each)}*]" for each in block.heads)
            cells = ", ".join(f"[{_text(cell)}]" for row in block.rows for cell in row)
            caption = f"#{_string(f'{labels.table} {block.number}. ')}{_text(block.caption)}"
            small = "9pt" if len(block.heads) < DENSE else "7.5pt"
            yield (
                f"#[#set text(size: {small}, hyphenate: true)\n#figure(kind: table, caption: [{caption}], "
                f"table(columns: ({columns}), align: ({sides}), table.header({head}), {cells}))]"
            )
        case Figure(number=n):
            caption = f"#{_string(f'{labels.figure} {n}. ')}{_text(block.caption)}"
            alt = _string(f"{block.chart.title}. {block.chart.description}")
            chart = block.chart
            size = "width: 100%" if chart.height <= TALL * chart.width else f"height: {HIGHEST}mm"
            image = f'image("figure-{n}.svg", {size}, alt: {alt})'
            yield f"#figure(kind: image, alt: {alt}, caption: [{caption}], {image})"


HIGHEST, TALL = 220, 1.37
"""The most of a page that a picture takes, in millimetres, and how much higher than wide one is then."""

DENSE = 10
"""Columns from which a table is set small."""


def _text(text: Text) -> str:
    return "".join(_run(run) for run in text)


def _run(run: Run) -> str:
    said = f"#{_string(run.text)}"
    if run.to:
        return f"#link(<p{run.to}>)[{said}]"
    if run.style == CODE:
        # a blank of no width after some letters of a long hash lets the line break
        return f"#raw({_string(_breakable(run.text))})"
    if run.style == STRONG:
        said = f"#strong[{said}]"
    return f'#text(lang: "{run.lang}")[{said}]' if run.lang else said


def _breakable(text: str) -> str:
    """A hash may be broken; what somebody types is left as it is."""
    if len(text) < 40 or " " in text:
        return text
    return "\u200b".join(text[i : i + 16] for i in range(0, len(text), 16))


def _string(text: str) -> str:
    """A string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
