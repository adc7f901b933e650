"""World, Vague and Audit as pages: what the analyses find is told, law by law and place by place."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from lagrum.analysis.spread import Spread, State
from lagrum.analysis.spread.words import LETTERS
from lagrum.service.analyses import Inquiry, prepare
from lagrum.service.desk import Desk
from lagrum.web.app import create_app
from lagrum.web.settings import Settings
from tests.web.conftest import nothing_serious, picture
from tests.web.pages.asked import LAW, ON, answered, settled

PATH = f"/world?on={ON}"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("world")
    settings = Settings(f"sqlite:///{folder / 'register.db'}", folder / "uploads", hosts=("testserver",))
    with TestClient(create_app(settings)) as client:
        yield client


@pytest.fixture(scope="module")
def found() -> Spread:
    """The same answer, asked of the analysis itself."""
    answer = prepare(Desk().library, Inquiry("spread", on=date.fromisoformat(ON))).get()
    assert isinstance(answer, Spread)
    return answer


# --- world ----------------------------------------------------------------------------------------------------------


def test_each_cell_says_its_letter_and_its_word(client: TestClient, found: Spread) -> None:
    text = unescape(settled(client, PATH).text)
    matrix = text[text.index('class="scroll matrix"') : text.index('id="family"')]
    rows = re.findall(r'<th scope="row".*?>(\d+)\. [^<]*</a></th><td class="num">(\d+)</td>(.*?)</tr>', matrix)
    assert [(int(n), int(count)) for n, count, _ in rows] == [(r.number, r.count(State.OPEN)) for r in found.rows]
    words = {State.NOT_ITS_SUBJECT: "not its subject", State.DEPENDS: "a reading decides"}
    for row, (_, _, cells) in zip(found.rows, rows, strict=True):
        told = re.findall(r'<td class="cell [^"]*">(.*?)</td>', cells)
        assert len(told) == len(found.columns)
        for cell, said in zip(row.cells, told, strict=True):
            assert words.get(cell.state, cell.state.value) in said
            assert (f">{LETTERS[cell.state]}</a>" in said) == (cell.state is not State.NOT_ITS_SUBJECT)
            assert (f"#{cell.law}" in said) == (cell.state is not State.NOT_ITS_SUBJECT)


def test_one_family_law_by_law(client: TestClient, found: Spread) -> None:
    row = next(row for row in found.rows if any(cell.state is State.DEPENDS for cell in row.cells))
    text = unescape(settled(client, f"{PATH}&family={row.number}").text)
    part = text[text.index('id="family"') :]
    assert f"Way in {row.number} is open in {row.count(State.OPEN)} of {len(found.columns)} laws." in part
    for column, cell in zip(found.columns, row.cells, strict=True):
        line = re.search(rf'<tr id="{column.law}">.*?</tr>', part, re.DOTALL)
        assert line is not None
        for place in cell.by:
            assert place in line[0]
        if cell.state is State.DEPENDS:
            assert "by the reading of" in line[0]
    for edge in found.lineage:
        assert f"{edge.law} is modelled on {edge.model}" in part


def test_the_twins_of_the_world(client: TestClient, found: Spread) -> None:
    settled(client, PATH)
    assert client.get(PATH.replace("?", ".json?")).json() == found.to_dict()
    whole = list(csv.reader(io.StringIO(client.get(PATH.replace("?", ".csv?")).text.removeprefix("\ufeff"))))
    assert len(whole) == 1 + len(found.rows)
    one = csv.DictReader(io.StringIO(client.get(f"{PATH.replace('?', '.csv?')}&family=4").text.removeprefix("\ufeff")))
    assert [row["law"] for row in one] == [column.law for column in found.columns]


def test_the_world_asked_wrongly(client: TestClient) -> None:
    answer = client.get("/world?of=no-such-law")
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert client.get("/world?on=never").status_code == 422
    assert settled(client, f"{PATH}&family=9999").status_code == 200


def test_the_world_in_a_browser(page: Page) -> None:
    answered(page, PATH)
    picture(page, "world")
    page.get_by_role("link", name=re.compile(r"^4\. ")).press("Enter")
    expect(page.get_by_role("heading", name=re.compile(r"^4\. real-time"))).to_be_in_viewport()
    head = page.locator(".matrix thead").bounding_box()
    page.locator(".matrix").evaluate("box => box.scrollBy(300, 300)")
    moved = page.locator(".matrix thead").bounding_box()
    name = page.locator(".matrix th.family").nth(1).bounding_box()
    assert head is not None and moved is not None and name is not None
    assert abs(head["y"] - moved["y"]) < 2
    box = page.locator(".matrix").bounding_box()
    assert box is not None
    assert abs(name["x"] - box["x"]) < 3


def test_a_smaller_world_on_a_phone_in_swedish(phone: Page) -> None:
    small = f"/world?of=us-tx-cubi&against=moderate-ban-live-identification-2021&on={ON}"
    answered(phone, f"{small}&lang=sv&theme=dark")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Samma kryphål i andra lagar")
    nothing_serious(phone)
    picture(phone, "world-phone-swedish")


# --- vague ----------------------------------------------------------------------------------------------------------


def test_judgements_are_told_with_their_influence(client: TestClient) -> None:
    path = f"/vague?law={LAW}&on={ON}"
    text = unescape(settled(client, path).text)
    told = client.get(path.replace("?", ".json?")).json()
    assert told["schema"].startswith("lagrum/vague/")
    table = text[text.index("<tbody>") : text.index("</tbody>")]
    assert table.count("<tr>") == len(told["judged"])
    for each in told["judged"]:
        assert each["question"] in table
        assert each["asked_at"][0] in table
    rows = list(csv.reader(io.StringIO(client.get(path.replace("?", ".csv?")).text)))
    assert len(rows) == 3 + len(told["judged"])


def test_vague_in_a_browser(page: Page) -> None:
    answered(page, f"/vague?law={LAW}&on={ON}")
    expect(page.get_by_role("table")).to_contain_text("Is this use strictly necessary for its aim?")
    nothing_serious(page)
    picture(page, "vague")


# --- audit ----------------------------------------------------------------------------------------------------------


def test_findings_are_told(client: TestClient) -> None:
    path = f"/audit?law={LAW}"
    answer = settled(client, path)
    text = unescape(answer.text)
    told = client.get(path.replace("?", ".json?")).json()["findings"]
    assert told
    assert f"{len(told)} finding" in text
    bare = re.sub(r"</?code>", "`", text)
    for each in told:
        assert each["sentence"] in bare
    assert len(list(csv.reader(io.StringIO(client.get(path.replace("?", ".csv?")).text)))) == 1 + len(told)


@pytest.mark.parametrize("page_name", ["vague", "audit"])
def test_small_pages_empty_and_asked_wrongly(client: TestClient, page_name: str) -> None:
    assert "<h1>" in client.get(f"/{page_name}").text
    answer = client.get(f"/{page_name}?law=no-such-law")
    assert answer.status_code == 422
    assert "there is no law" in answer.text
    assert client.get(f"/{page_name}?law={LAW}&on=2026-13-45").status_code == 422


def test_audit_in_swedish(swedish: Page) -> None:
    answered(swedish, f"/audit?law={LAW}")
    expect(swedish.get_by_role("heading", level=1)).to_contain_text("Iakttagelser om texten")
    nothing_serious(swedish)
    picture(swedish, "audit-swedish")
