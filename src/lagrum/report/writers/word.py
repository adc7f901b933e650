"""A document for Word: real headings, real numbering, table heads that repeat, so that a lawyer can go on editing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lagrum.report.document import CODE, STRONG, Block, Document, Figure, Lines, Para, Section, Table, Text, unmarked
from lagrum.report.extra import need

SERIF, MONO = "Georgia", "Consolas"
LANGUAGES = {"en": "en-GB", "sv": "sv-SE"}
WIDTH_MM = 160  # of the text on A4 between margins of 25 mm
PICTURE_SCALE = 2.2


def as_docx(document: Document) -> bytes:
    """The file. Raises `InvalidInput` where the package is missing."""
    return _Writer(document).made()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.docx = need("docx", "a Word document")
        self.shared, self.oxml = need("docx.shared", "a Word document"), need("docx.oxml", "a Word document")
        self.qn = need("docx.oxml.ns", "a Word document").qn
        self.document = document
        self.file = self.docx.Document()
        self._links = 0

    def made(self) -> bytes:
        document, file = self.document, self.file
        self._layout()
        properties = file.core_properties
        properties.title, properties.author = unmarked(document.title), "lagrum"
        properties.language, properties.comments = LANGUAGES[document.lang], document.id
        properties.created = properties.modified = datetime.fromisoformat(document.day)
        self._runs(file.add_paragraph(style="Title"), document.title)
        self._runs(file.add_paragraph(style="Subtitle"), document.lead)
        for label, said in document.about:
            line = file.add_paragraph(style="No Spacing")
            line.add_run(f"{label}: ").bold = True
            self._runs(line, said)
        for number, section in enumerate(document.sections, start=1):
            self._section(section, 1, f"{number} ")
        self._footer()
        buffer = io.BytesIO()
        file.save(buffer)
        return buffer.getvalue()

    def _layout(self) -> None:
        """A4, 25 mm, 11 points of a serif, black; one set of styles."""
        shared, file = self.shared, self.file
        page = file.sections[0]
        page.page_width, page.page_height = shared.Mm(210), shared.Mm(297)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = shared.Mm(25)
        sizes = {"Normal": 11, "Title": 20, "Subtitle": 13, "Heading 1": 15, "Heading 2": 12, "Caption": 9.5}
        for name, size in sizes.items():
            style = file.styles[name]
            style.font.name, style.font.size = SERIF, shared.Pt(size)
            style.font.color.rgb = shared.RGBColor(0, 0, 0)
            style.font.italic = False
            for above, below in (("get_or_add_pPr", "w:pBdr"), ("get_or_add_rPr", "w:spacing")):
                properties = getattr(style.element, above)()
                for old in properties.findall(self.qn(below)):
                    properties.remove(old)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for attribute in list(fonts.attrib):
                if "Theme" in attribute:
                    del fonts.attrib[attribute]
            for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(self.qn(kind), SERIF)
        numbered = file.styles["List Number"].paragraph_format
        numbered.tab_stops.clear_all()
        numbered.left_indent, numbered.first_line_indent = shared.Mm(12), shared.Mm(-12)
        numbered.tab_stops.add_tab_stop(shared.Mm(12))
        lang = self.oxml.OxmlElement("w:lang")
        lang.set(self.qn("w:val"), LANGUAGES[self.document.lang])
        properties = file.styles["Normal"].element.get_or_add_rPr()
        for old in properties.findall(self.qn("w:lang")):
            properties.remove(old)
        properties.append(lang)

    def _section(self, section: Section, level: int, number: str) -> None:
        heading = self.file.add_heading("", level)
        heading.add_run(number) if number else None
        self._runs(heading, section.title)
        for block in section.blocks:
            self._block(block)
        for below in section.sections:
            self._section(below, level + 1, "")

    def _block(self, block: Block) -> None:
        labels, file = self.document.labels, self.file
        match block:
            case Para():
                line = file.add_paragraph(style="List Number")
                self._bookmark(line, f"p{block.number}")
                self._runs(line, block.text)
            case Lines():
                for line in block.lines:
                    run = file.add_paragraph().add_run(line)
                    run.font.name, run.font.size = MONO, self.shared.Pt(9)
            case Table():
                self._caption(f"{labels.table} {block.number}. ", block.caption, keep=True)
                self._table(block)
            case Figure():
                picture = io.BytesIO(block.chart.png(PICTURE_SCALE))
                wide = self.shared.Mm(WIDTH_MM)
                most = self.shared.Mm(215)
                tall = round(wide * block.chart.height / block.chart.width)
                if tall > most:
                    wide, tall = round(wide * most / tall), most
                drawn = file.add_picture(picture, width=wide, height=tall)
                said = drawn._inline.docPr
                said.set("descr", f"{block.chart.title}. {block.chart.description}")
                said.set("title", block.chart.title)
                file.paragraphs[-1].paragraph_format.keep_with_next = True
                self._caption(f"{labels.figure} {block.number}. ", block.caption, keep=False)

    def _caption(self, label: str, caption: Text, keep: bool) -> None:
        line = self.file.add_paragraph(style="Caption")
        line.paragraph_format.keep_with_next = keep
        line.add_run(label)
        self._runs(line, caption)

    def _table(self, table: Table) -> None:
        made = self.file.add_table(rows=1, cols=len(table.heads), style="Table Grid")
        made.autofit = False
        small = self.shared.Pt(9 if len(table.heads) < 10 else 7)
        widths = [self.shared.Mm(WIDTH_MM * share / sum(table.shares)) for share in table.shares]
        head = made.rows[0]
        row_properties = head._tr.get_or_add_trPr()
        for name in ("w:cantSplit", "w:tblHeader"):
            row_properties.append(self.oxml.OxmlElement(name))
        for cell, said in zip(head.cells, table.heads, strict=True):
            self._cell(cell, said, small, bold=True, right=False)
        for row in table.rows:
            line = made.add_row()
            line._tr.get_or_add_trPr().append(self.oxml.OxmlElement("w:cantSplit"))
            for i, (cell, said) in enumerate(zip(line.cells, row, strict=True)):
                self._cell(cell, said, small, bold=False, right=i in table.right)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width  # the grid, which some programs go by; and each cell, which others do
            for cell in column.cells:
                cell.width = width
        self.file.add_paragraph(style="No Spacing")

    def _cell(self, cell: Any, said: Text, size: Any, bold: bool, right: bool) -> None:
        line = cell.paragraphs[0]
        self._runs(line, said)
        line.paragraph_format.space_after = self.shared.Pt(0)
        if right:
            line.alignment = 2  # WD_ALIGN_PARAGRAPH.RIGHT
        for run in line.runs:
            run.font.size = size
            run.font.bold = bold or run.font.bold

    def _runs(self, line: Any, text: Text) -> None:
        for each in text:
            if each.to:
                self._link(line, each.text, f"p{each.to}")
                continue
            run = line.add_run(each.text)
            if each.style == STRONG:
                run.bold = True
            if each.style == CODE:
                run.font.name, run.font.size = MONO, self.shared.Pt(9)
            if each.lang:
                lang = self.oxml.OxmlElement("w:lang")
                lang.set(self.qn("w:val"), LANGUAGES[each.lang])
                run._r.get_or_add_rPr().append(lang)

    def _bookmark(self, line: Any, name: str) -> None:
        self._links += 1
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = self.oxml.OxmlElement(tag)
            mark.set(self.qn("w:id"), str(self._links))
            if tag == "w:bookmarkStart":
                mark.set(self.qn("w:name"), name)
            line._p.append(mark)

    def _link(self, line: Any, text: str, to: str) -> None:
        link = self.oxml.OxmlElement("w:hyperlink")
        link.set(self.qn("w:anchor"), to)
        run = line.add_run(text)
        link.append(run._r)
        line._p.append(link)

    def _footer(self) -> None:
        line = self.file.sections[0].footer.paragraphs[0]
        line.add_run(f"{self.document.short}, {self.document.id}, ").font.size = self.shared.Pt(8)
        for part in _parts(self.document.labels.page):
            if part in ("{page}", "{pages}"):
                self._field(line, "PAGE" if part == "{page}" else "NUMPAGES")
            else:
                line.add_run(part).font.size = self.shared.Pt(8)

    def _field(self, line: Any, name: str) -> None:
        field = self.oxml.OxmlElement("w:fldSimple")
        field.set(self.qn("w:instr"), name)
        run = line.add_run("1")
        run.font.size = self.shared.Pt(8)
        field.append(run._r)
        line._p.append(field)


def _parts(said: str) -> Iterator[str]:
    """`page {page} of {pages}` in parts."""
    before, _, rest = said.partition("{page}")
    between, _, after = rest.partition("{pages}")
    yield from (part for part in (before, "{page}", between, "{pages}", after) if part)
