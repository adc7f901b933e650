"""`lagrum chart`, from the command line to the picture: what stands in it, and that its table says the same."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lagrum.report.charts.chart import MOST_WORDS
from tests.cli.conftest import Lagrum, valid

ON = ("--on", "2022-06-01")
KINDS = {
    "cover": ("cover", "park-rules", "--against", "park-ban", *ON),
    "spread": ("spread", "--of", "park-rules", "--against", "park-ban", *ON),
    "balance": ("balance", "park-rules", "--against", "park-ban", "--keep", "laws/cases", *ON),
    "timeline": ("timeline", "park-rules", *ON),
    "article": ("article", "park-rules", "§ 2", *ON),
}
SVG = "{http://www.w3.org/2000/svg}"


def drawn(lagrum: Lagrum, kind: str, *more: str) -> ElementTree.Element:
    ran = lagrum("chart", *KINDS[kind], "-o", "picture.svg", *more)
    assert ran.status == 0, ran.err
    return ElementTree.parse("picture.svg").getroot()


def words(root: ElementTree.Element) -> str:
    """All that can be read in the picture, lines joined, every blank alike."""
    told = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    return told.replace("\N{NO-BREAK SPACE}", " ")


def attributes(root: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for element in root.iter():
        yield from element.attrib.items()


@pytest.mark.parametrize("lang", ["en", "sv"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_stands_alone_and_has_a_name(lagrum: Lagrum, kind: str, lang: str) -> None:
    root = drawn(lagrum, kind, "--lang", lang)
    assert (root.tag, root.get("role"), root.get("lang")) == (f"{SVG}svg", "img", lang)
    named = {element.get("id"): element.text or "" for element in root if element.get("id")}
    title, description = (named[name] for name in (root.get("aria-labelledby") or "").split())
    assert len(title) >= 10 and len(title.split()) <= MOST_WORDS
    assert len(description) > 40
    assert title.replace("\N{NO-BREAK SPACE}", " ").split()[0] in words(root)
    assert [name for name, _ in attributes(root) if name in ("style", "class") or name.startswith("on")] == []
    referred = [
        value for _, value in attributes(root) if "url(" in value or "://" in value or value.startswith("data:")
    ]
    assert [value for value in referred if not re.fullmatch(r"url\(#[a-z-]+\)", value)] == []
    known = {element.get("id") for element in root.iter()}
    assert {value[5:-1] for value in referred} <= known
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "defs", "pattern", "g", "rect", "path", "line", "text", "circle")
    }
    # nothing but title and description is read out, mark by mark
    assert [child.get("aria-hidden") for child in root if child.tag == f"{SVG}g"] == ["true"]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_drawn_past_the_edge(lagrum: Lagrum, kind: str) -> None:
    root = drawn(lagrum, kind)
    width, height = float(root.get("width") or 0), float(root.get("height") or 0)
    assert root.get("viewBox") == f"0 0 {width:.0f} {height:.0f}"
    assert 300 < width < 1400 and 100 < height < 1400
    for x, y, text, size, anchor in _placed(root, 0, 0):
        long = len(text) * size * 0.47  # a sans serif, as wide as its letters are on average
        left = {"start": x, "middle": x - long / 2, "end": x - long}[anchor]
        assert left >= -1 and left + long <= width + 1, f"`{text}` is cut"
        assert 0 < y < height, f"`{text}` is cut"


def _placed(element: ElementTree.Element, x: float, y: float) -> Iterator[tuple[float, float, str, float, str]]:
    for dx, dy in re.findall(r"translate\(([-\d.]+),([-\d.]+)\)", element.get("transform", "")):
        x, y = x + float(dx), y + float(dy)
    if element.tag == f"{SVG}text":
        size = float((element.get("font-size") or "13").removesuffix("px"))
        here = x + float(element.get("x", 0)), y + float(element.get("y", 0))
        yield *here, element.text or "", size, element.get("text-anchor", "start")
    for child in element:
        yield from _placed(child, x, y)


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_says_what_the_picture_says(lagrum: Lagrum, kind: str) -> None:
    told = words(drawn(lagrum, kind))
    answer = lagrum("chart", *KINDS[kind], "--format", "json").json
    valid(answer, "chart")
    assert {len(row) for row in answer["rows"]} == {len(answer["heads"])}
    table = list(csv.reader(io.StringIO(lagrum("chart", *KINDS[kind], "--format", "csv").out)))
    assert table == [answer["heads"], *answer["rows"]]
    for row in answer["rows"]:
        # of a balance the picture has the numbers, the table the words of the changes
        cells = row[:1] if kind == "balance" else row[:2]
        said = [word for cell in cells for word in cell.replace(";", " ").split()]
        assert [word for word in said if word not in told] == []
    text = lagrum("chart", *KINDS[kind]).out
    assert text.startswith(answer["title"])
    assert all(cell in text for row in answer["rows"] for cell in row)


def test_a_cell_for_each_law_and_family(lagrum: Lagrum) -> None:
    root = drawn(lagrum, "spread")
    answer = lagrum("spread", *KINDS["spread"][1:], "--format", "json").json
    told = words(root)
    for column in answer["columns"]:
        assert f"{column['jurisdiction']}: {column['law']}" in told
    letters = [text.text or "" for text in root.iter(f"{SVG}text") if text.get("font-weight") == "700"]
    wanted = {"open": "O", "narrowed": "N", "closed": "C", "not its subject": "·", "depends": "?"}
    assert sorted(letters) == sorted(wanted[cell["state"]] for row in answer["families"] for cell in row["cells"])


def test_a_rule_as_questions(lagrum: Lagrum) -> None:
    rows = lagrum("chart", *KINDS["article"], "--format", "json").json["rows"]
    assert [row[0] for row in rows] == ["1", "2", "3"]
    assert rows[0][2] == "yes: go to 2; no: not forbidden here"
    assert rows[1][2].endswith("not forbidden here") and "go to 3" in rows[1][2]
    assert rows[2] == ["3", "Does the exception of § 2(a) hold: with a permit?", "no: forbidden; yes: excepted"]


def test_what_cannot_be_drawn_is_refused_with_what_could_be(lagrum: Lagrum) -> None:
    early = lagrum("chart", "article", "park-rules", "§ 2", "--on", "2019-07-01")
    assert early.status == 3 and "LG0740" in early.err and "--on" in early.err
    assert "LG0729" in lagrum("chart", "article", "park-rules", "§ 77", *ON).err
    several = lagrum("chart", "article", "park-rules", "§ 1(2)", "--rule", "9", *ON)
    assert "LG0740" in several.err and "the town's own gardeners" in several.err
    assert "the exception holds" in lagrum("chart", "article", "park-rules", "§ 2(a)", *ON).out


def test_the_suffix_says_what_is_written(lagrum: Lagrum, tmp_path: Path) -> None:
    refused = lagrum("chart", *KINDS["timeline"], "-o", "picture.gif")
    assert refused.status == 3 and ".svg, .png" in refused.err
    assert not (tmp_path / "picture.gif").exists()
    nowhere = lagrum("chart", *KINDS["timeline"], "-o", "no/such/folder.svg")
    assert nowhere.status == 3 and "LG0726" in nowhere.err
    ran = lagrum("chart", *KINDS["timeline"], "-o", "picture.png")
    assert ran.out.splitlines()[-1] == "wrote picture.png"
    content = Path("picture.png").read_bytes()
    assert content.startswith(b"\x89PNG\r\n") and len(content) > 5000


def test_the_same_picture_each_time(lagrum: Lagrum) -> None:
    drawn(lagrum, "cover")
    first = Path("picture.svg").read_bytes()
    drawn(lagrum, "cover")
    assert Path("picture.svg").read_bytes() == first


@pytest.mark.parametrize("missing", ["altair", "vl_convert"])
def test_without_the_packages_one_line_says_what_to_install(
    lagrum: Lagrum, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    ran = lagrum("chart", *KINDS["cover"])
    assert (ran.status, ran.out) == (3, "")
    assert ran.err.splitlines() == [
        "error: a chart needs the extra `report` [LG0739]",
        "  help: install it with: pip install 'lagrum[report]'",
    ]
