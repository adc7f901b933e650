"""`lagrum report`: one document in four forms that stand alone and say the same, in two languages."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from shutil import which
from typing import Any
from xml.etree import ElementTree

import docx
import pytest

from lagrum.report.figures import percent, plain
from lagrum.wording import SENTENCES
from tests.cli.conftest import Lagrum, valid

ASKED = ("park-rules", "--against", "park-ban", "--on", "2022-06-01")
ALL = (*ASKED, "--spread", "--keep", "laws/cases")
FORMS = ("html", "pdf", "docx", "md")
VOID = {"meta", "br", "img", "link", "hr", "input"}


def report(lagrum: Lagrum, form: str, *more: str, asked: tuple[str, ...] = ALL) -> bytes:
    ran = lagrum("report", *asked, "-o", f"report.{form}", *more)
    assert ran.status == 2, ran.err
    assert ran.out.splitlines()[-1] == f"wrote report.{form}"
    return Path(f"report.{form}").read_bytes()


class Page(HTMLParser):
    """The elements of a page; it complains of one that is not closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.said: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.said.append(data)

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


def words_of(content: bytes, form: str) -> str:
    """All that a form says, blanks made alike."""
    match form:
        case "html":
            told = " ".join(Page(content.decode()).said)
        case "docx":
            file = docx.Document(io.BytesIO(content))
            told = " ".join("".join(t.text or "" for t in file.element.body.iter(_word("t"))).split())
        case "md":
            told = re.sub(r"\\(.)", r"\1", content.decode()).replace("**", "").replace("`", "")
        case _:
            run = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
            told = run.stdout.decode().replace("\N{SOFT HYPHEN}\n", "").replace("\u200b", "")
    return "".join(plain(told).split())  # forms break lines where they like


def _word(tag: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{tag}"


def test_the_page_stands_alone_and_is_in_order(lagrum: Lagrum) -> None:
    text = report(lagrum, "html").decode()
    page = Page(text)
    assert text.startswith('<!doctype html>\n<html lang="en">')
    assert len(page.all("h1")) == 1 and len(page.all("main")) == 1
    assert page.all("script", "link", "img", "iframe", "object") == []
    for tag, attributes in page.elements:
        assert "style" not in attributes
        for name in ("src", "href", "xlink:href", "action"):
            assert attributes.get(name, "#").startswith("#"), (tag, attributes)
    assert not re.search(r"url\((?!#)|@import", text)
    assert set(re.findall(r"https?://[^\"'\s<]+", text)) == {"http://www.w3.org/2000/svg"}
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in page.all("a")} <= set(ids)
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert len(page.all("caption")) == len(page.all("table")) > 5
    assert {head["scope"] for head in page.all("th")} == {"col", "row"}
    assert len(page.all("svg")) == len(page.all("figure")) == 4
    assert all(svg["role"] == "img" for svg in page.all("svg"))


def test_paragraphs_are_numbered_through(lagrum: Lagrum) -> None:
    page = Page(report(lagrum, "html").decode())
    numbers = [int(a["id"][1:]) for a in page.all("div") if a.get("class") == "para"]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 20
    marks = re.findall(r"^<a id=\"p(\d+)\"></a>\*\*(\d+)\.\*\*", report(lagrum, "md").decode(), re.MULTILINE)
    assert [(int(a), int(b)) for a, b in marks] == [(n, n) for n in numbers]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", ["en", "sv"])
def test_every_form_tells_every_finding(lagrum: Lagrum, form: str, lang: str) -> None:
    if form == "pdf" and which("pdftotext") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("pdftotext is not installed: `make test` installs it")
    told = words_of(report(lagrum, form, "--lang", lang), form)
    answer = lagrum("loopholes", *ASKED, "--format", "json").json
    assert len(answer["families"]) == 2 and answer["complete"]
    wanted = [answer["id"], *(law["hash"] for law in answer["laws"]), *answer["review"].values()]
    for family in answer["families"]:
        wanted += [opener["condition"] for opener in family["openers"]]
        wanted += [opener["citation"] for opener in family["openers"]]
        wanted += family["loopholes"][0]["except_that"]
        wanted += [percent(family["share"], lang), *(SENTENCES[lang][family["ruling"]],)]
        if lang == "en":
            wanted += family["closed_by"]
    if form != "pdf":  # there a hash may be broken, and so be read with a blank
        assert answer["id"] in told
    assert [each for each in wanted if "".join(plain(each).split()) not in told] == []


def test_the_table_of_markdown_has_the_numbers_of_json(lagrum: Lagrum) -> None:
    told = report(lagrum, "md").decode()
    table = told[told.index("*Table 1.*") :].split("\n\n")[1].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]
    answer = lagrum("loopholes", *ASKED, "--format", "json").json
    assert [(row[0], row[5], plain(row[6])) for row in rows] == [
        (str(n), str(len(f["loopholes"])), plain(percent(f["share"], "en")))
        for n, f in enumerate(answer["families"], start=1)
    ]


def test_a_pdf_has_pages_tags_and_fonts_of_its_own(lagrum: Lagrum) -> None:
    content = report(lagrum, "pdf")
    assert content.startswith(b"%PDF-") and len(re.findall(rb"/Type ?/Page\b", content)) >= 2
    assert b"/MarkInfo" in content and b"/StructTreeRoot" in content and b"/Lang" in content
    assert b"/FontFile" in content or b"/FontDescriptor" in content or b"/ObjStm" in content
    assert report(lagrum, "pdf") == content, "the same input gives the same file"


def test_word_has_headings_numbering_and_heads_that_repeat(lagrum: Lagrum) -> None:
    content = report(lagrum, "docx", "--lang", "sv")
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    file = docx.Document(io.BytesIO(content))
    styles = [paragraph.style.name for paragraph in file.paragraphs if paragraph.style is not None]
    assert styles.count("Heading 1") == 11 and styles.count("Heading 2") == 2 and styles.count("Title") == 1
    page = Page(report(lagrum, "html").decode())
    assert styles.count("List Number") == len([a for a in page.all("div") if a.get("class") == "para"])
    assert len(file.tables) == len(page.all("table"))
    for table in file.tables:
        assert table.rows[0]._tr.find(f".//{_word('tblHeader')}") is not None
    pictures = [e for e in file.element.body.iter() if e.tag.endswith("}docPr")]
    assert len(pictures) == 4 and all(len(e.get("descr") or "") > 40 for e in pictures)
    assert file.core_properties.language == "sv-SE"
    marked = {e.get(_word("val")) for e in file.element.body.iter(_word("lang"))}
    assert marked == {"en-GB"}, "words of the law are English, and say so"
    links = {e.get(_word("anchor")) for e in file.element.body.iter(_word("hyperlink"))}
    assert links <= {e.get(_word("name")) for e in file.element.body.iter(_word("bookmarkStart"))} and links


def test_swedish_says_nothing_of_ours_in_english(lagrum: Lagrum) -> None:
    """All that is not marked as English is Swedish: no sentence of the English wording is left."""
    text = report(lagrum, "html", "--lang", "sv").decode()
    assert '<html lang="sv">' in text
    own = re.sub(r'<(span|strong|code) lang="en">.*?</\1>', "", text, flags=re.DOTALL)
    for key, english in SENTENCES["en"].items():
        if key.startswith(("report", "chart")) and english != SENTENCES["sv"][key]:
            longest = max(re.split(r"\{\w+\}", english), key=len)
            if len(longest) > 20:
                assert longest not in own, key
    assert "{" not in "".join(Page(text).said)


def test_json_says_what_was_written(lagrum: Lagrum) -> None:
    ran = lagrum("report", *ASKED, "-o", "report.md", "--format", "json")
    valid(ran.json, "report")
    assert ran.json["figures"] == 2 and ran.json["title"] == "What the law lets through: Rules of the park"
    assert ran.json["report"] == lagrum("loopholes", *ASKED, "--format", "json").json["id"]


def test_the_command_in_it_makes_it_again(lagrum: Lagrum) -> None:
    more = ("--given", "deed={exactly: filming}", "--reading", "strict filming=narrow")
    ran = lagrum("report", *ASKED, *more, "-o", "report.md")
    assert ran.status == 2, ran.err
    first = Path("report.md").read_text(encoding="utf-8")
    command = next(line for line in first.splitlines() if line.startswith("lagrum report"))
    Path("report.md").unlink()
    assert lagrum(*shlex.split(command)[1:]).status == 2
    assert Path("report.md").read_text(encoding="utf-8") == first
    assert "narrow: several" in first and "deed = " in first


def test_nothing_found_is_said_so(lagrum: Lagrum) -> None:
    ran = lagrum("report", "park-ban", "--against", "park-ban", "--on", "2022-06-01", "-o", "none.md")
    assert ran.status == 0, ran.err
    assert ran.out.startswith("No loophole was found, and the search was complete.")


def test_what_cannot_be_written_is_refused(lagrum: Lagrum, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = lagrum("report", *ASKED, "-o", "report.odt")
    assert refused.status == 3 and ".html, .pdf, .docx, .md" in refused.err
    for module, form in (("typst", "pdf"), ("docx", "docx")):
        with monkeypatch.context() as gone:
            gone.setitem(sys.modules, module, None)
            ran = lagrum("report", *ASKED, "-o", f"report.{form}")
        assert ran.status == 3 and "pip install 'lagrum[report]'" in ran.err
        assert not (tmp_path / f"report.{form}").exists()


def test_many_ways_in_are_drawn_in_several_pictures(lagrum: Lagrum, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lagrum.report.loopholes.MOST_DRAWN", 1)
    text = report(lagrum, "html", asked=ASKED).decode()
    page = Page(text)
    assert len(page.all("svg")) == 3
    assert "Ways in 2 to 2 of 2" in "".join(page.said)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_pictures_in_a_page_do_not_share_ids(lagrum: Lagrum) -> None:
    text = report(lagrum, "html").decode()
    pictures: list[Any] = re.findall(r"<svg .*?</svg>", text, re.DOTALL)
    ids = [e.get("id") for p in pictures for e in ElementTree.fromstring(p).iter() if e.get("id")]
    assert len(ids) == len(set(ids)) > 8
