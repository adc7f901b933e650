"""A document as one HTML page that fetches nothing: pictures inside, no script, and readable without its looks."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

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
from lagrum.report.tokens import LINE, LINK, MUTED, PAGE, PAGE_FONT, SURFACE, TEXT

STYLE = f"""
:root {{ color-scheme: light }}
* {{ box-sizing: border-box }}
body {{ margin: 0 auto; padding: 24px 16px 64px; max-width: 70rem; background: {PAGE}; color: {TEXT};
  font: 1.0625rem/1.55 {PAGE_FONT} }}
h1 {{ font-size: 2rem; line-height: 1.2; margin: 16px 0 }}
h2 {{ font-size: 1.5rem; line-height: 1.25; margin: 48px 0 16px; border-top: 1px solid {LINE}; padding-top: 16px }}
h3 {{ font-size: 1.2rem; line-height: 1.3; margin: 32px 0 8px }}
a {{ color: {LINK} }}
.lead {{ font-size: 1.25rem; max-width: 66ch }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; max-width: 80ch }}
dt {{ color: {MUTED} }} dd {{ margin: 0; overflow-wrap: anywhere }}
.para {{ display: grid; grid-template-columns: 2.75rem 1fr; max-width: 76ch; margin: 8px 0 }}
.para > a {{ color: {MUTED}; text-decoration: none; font-variant-numeric: tabular-nums }}
.para > p {{ margin: 0; overflow-wrap: anywhere }}
.scroll {{ overflow-x: auto }}
table {{ border-collapse: collapse; width: 100%; font-size: .95rem; line-height: 1.4; margin: 8px 0 24px }}
caption {{ text-align: left; padding: 8px 0; color: {MUTED} }}
th, td {{ text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid {LINE} }}
th {{ font-weight: 600; border-bottom: 2px solid {MUTED} }}
tbody th {{ font-weight: 400; border-bottom: 1px solid {LINE} }}
.right {{ text-align: right; font-variant-numeric: tabular-nums }}
figure {{ margin: 24px 0 }} figure svg {{ max-width: 100%; height: auto }}
figcaption {{ color: {MUTED}; max-width: 76ch }}
pre {{ background: {SURFACE}; padding: 12px; white-space: pre-wrap; overflow-wrap: anywhere }}
code, pre {{ font-family: ui-monospace, "Liberation Mono", monospace; font-size: .9em; overflow-wrap: anywhere }}
nav ol {{ padding-left: 1.5rem }} footer {{ margin-top: 48px; color: {MUTED}; font-size: .9rem }}
:focus-visible {{ outline: 3px solid #0b0c0c; outline-offset: 2px }}
@media print {{ body {{ font: 11pt/1.45 Charter, Palatino, Georgia, serif; max-width: none; padding: 0 }}
  nav {{ display: none }} thead {{ display: table-header-group }} tr, figure {{ break-inside: avoid }}
  h2, h3 {{ break-after: avoid }} @page {{ size: A4; margin: 25mm }} }}
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def as_html(document: Document) -> str:
    """The whole page."""
    title = escape(unmarked(document.title))
    body = [f"<h1>{_text(document.title)}</h1>", f'<p class="lead">{_text(document.lead)}</p>', "<dl>"]
    body += [f"<dt>{escape(label)}</dt><dd>{_text(said)}</dd>" for label, said in document.about]
    contents = escape(document.labels.contents)
    body += ["</dl>", f'<nav aria-label="{contents}"><ol>']
    body += [f'<li><a href="#{section.id}">{_text(section.title)}</a></li>' for section in document.sections]
    body.append("</ol></nav>")
    for number, section in enumerate(document.sections, start=1):
        body += _section(section, document, 2, f"{number} ")
    foot = f"<footer>{escape(document.short)}, <code>{escape(document.id)}</code></footer>"
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{document.lang}">',
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            f"<title>{title}</title><style>{STYLE}</style></head>",
            f"<body><main>{chr(10).join(body)}</main>{foot}</body></html>",
            "",
        ]
    )


def _section(section: Section, document: Document, level: int, number: str) -> Iterator[str]:
    yield f'<section id="{section.id}" aria-labelledby="{section.id}-h">'
    yield f'<h{level} id="{section.id}-h">{number}{_text(section.title)}</h{level}>'
    for block in section.blocks:
        yield from _block(block, document)
    for below in section.sections:
        yield from _section(below, document, level + 1, "")
    yield "</section>"


def _block(block: Block, document: Document) -> Iterator[str]:
    labels = document.labels
    match block:
        case Para(number=n):
            name = escape(f"{labels.para} {n}")
            link = f'<a href="#p{n}" aria-label="{name}">{n}</a>'
            yield f'<div class="para" id="p{n}">{link}<p>{_text(block.text)}</p></div>'
        case Lines():
            yield f"<pre>{escape(chr(10).join(block.lines))}</pre>"
        case Table():
            yield from _table(block, f"{labels.table} {block.number}")
        case Figure():
            caption = f"{labels.figure} {block.number}. {_text(block.caption)}"
            yield f'<figure id="f{block.number}">{block.chart.svg}<figcaption>{caption}</figcaption></figure>'


def _table(table: Table, name: str) -> Iterator[str]:
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(name)}"><table id="t{table.number}">'
    yield f"<caption>{escape(name)}. {_text(table.caption)}</caption><thead><tr>"
    right = [' class="right"' if i in table.right else "" for i in range(len(table.heads))]
    yield "".join(f'<th scope="col"{r}>{_text(h)}</th>' for h, r in zip(table.heads, right, strict=True))
    yield "</tr></thead><tbody>"
    for row in table.rows:
        first, *rest = zip(row, right, strict=True)
        cells = "".join(f"<td{r}>{_text(cell)}</td>" for cell, r in rest)
        yield f'<tr><th scope="row"{first[1]}>{_text(first[0])}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _text(text: Text) -> str:
    return "".join(_run(run) for run in text)


def _run(run: Run) -> str:
    said = escape(run.text)
    if run.to:
        return f'<a href="#p{run.to}">{said}</a>'
    tag = {STRONG: "strong", CODE: "code"}.get(run.style)
    lang = f' lang="{run.lang}"' if run.lang else ""
    if tag:
        return f"<{tag}{lang}>{said}</{tag}>"
    return f"<span{lang}>{said}</span>" if lang else said
