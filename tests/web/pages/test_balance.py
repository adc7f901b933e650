"""Balance as a page: the front, one amendment word by word, and what it is like to try it out."""

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

from lagrum.analysis.balance import Balance
from lagrum.language.casewrite import write_case
from lagrum.model.rulings import Ruling
from lagrum.service.analyses import Inquiry, prepare
from lagrum.service.desk import Desk
from lagrum.web.app import create_app
from lagrum.web.pages.balance_front import Front
from lagrum.web.pages.balance_words import changed
from lagrum.web.pages.loopholes_ways import complete
from lagrum.web.settings import Settings
from tests.web.conftest import nothing_serious, picture
from tests.web.pages.asked import AGAINST, LAW, ON, answered, settled, token_of

PATH = f"/balance?law={LAW}&against={AGAINST}&on={ON}&keep=benefits"
SMALL = f"/balance?law=us-tx-cubi&against=moderate-ban-live-identification-2021&on={ON}&keep=benefits/police"
DAY = date.fromisoformat(ON)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("balance")
    settings = Settings(f"sqlite:///{folder / 'register.db'}", folder / "uploads", hosts=("testserver",))
    with TestClient(create_app(settings)) as client:
        yield client


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


@pytest.fixture(scope="module")
def found(desk: Desk) -> Balance:
    """The same answer, asked of the analysis itself."""
    answer = prepare(desk.library, Inquiry("balance", laws=(LAW,), against=AGAINST, on=DAY, keep=("benefits",))).get()
    assert isinstance(answer, Balance)
    return answer


def _cheapest(found: Balance) -> int:
    """The number of a choice that loses nothing and closes most with it."""
    free = [(p.closed, -p.edits, n) for n, p in enumerate(found.points, start=1) if p.lost == 0]
    return max(free)[2]


def test_the_front_is_told_as_table_and_picture(client: TestClient, found: Balance) -> None:
    answer = settled(client, PATH)
    text = unescape(answer.text)
    rows = re.findall(
        r'<input type="radio" name="point" value="(\d+)".*?</label></td>((?:<td class="num">\d+</td>){4})', text
    )
    told = [(int(number), [int(each) for each in re.findall(r"\d+", cells)]) for number, cells in rows]
    whole = len(found.families)
    assert told == [(n, [p.edits, p.closed, whole - p.closed, p.lost]) for n, p in enumerate(found.points, start=1)]
    dots = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="11"/><text [^>]*>(\d+)</text>', text)
    assert [int(number) for *_, number in dots] == list(range(1, len(found.points) + 1))
    assert '<svg class="chart front"' in text
    assert "style=" not in text
    kept = sum(benefit.state == "kept" for benefit in found.benefits)
    assert f"of {kept} uses worth keeping" in text


def test_the_picture_places_choices_by_their_numbers(found: Balance) -> None:
    dots = {dot.number: dot for dot in Front(found).dots}
    for a, one in enumerate(found.points, start=1):
        for b, two in enumerate(found.points, start=1):
            if one.closed > two.closed:
                assert dots[a].x < dots[b].x  # fewer stay open: further left
            if one.lost > two.lost:
                assert dots[a].y < dots[b].y  # more is lost: higher
    for number, point in enumerate(found.points, start=1):
        better = [p for p in found.points if p.closed >= point.closed and p.lost <= point.lost]
        strictly = [p for p in better if (p.closed, p.lost) != (point.closed, point.lost)]
        assert dots[number].best == (not strictly), number


def test_an_amendment_is_marked_in_the_words_of_the_law(desk: Desk, found: Balance) -> None:
    """What is struck stands in the law's file; what comes stands in the amendment."""
    law = desk.law(LAW, DAY)
    for point in found.points:
        told = changed(desk.library, law, point.first.amendment)
        assert told
        for each in told:
            marks = {mark for mark, _ in each.lines}
            assert "del" in marks if each.place else marks == {"ins"}, (each, point.first.amendment)


def test_one_choice_in_full(client: TestClient, found: Balance) -> None:
    number = _cheapest(found)
    point = found.points[number - 1]
    text = unescape(settled(client, f"{PATH}&point={number}").text)
    assert f"Choice {number} in full" in text
    assert "<del>" in text
    assert point.first.amendment.splitlines()[-2] in text
    assert f"Closes ({point.closed})" in text
    assert "No use worth keeping." in text
    most = max(range(len(found.points)), key=lambda n: found.points[n].lost)
    text = unescape(settled(client, f"{PATH}&point={most + 1}").text)
    for lost in found.points[most].first.loses:
        assert lost.benefit in text


def test_the_choices_that_close_a_way_in(client: TestClient, found: Balance) -> None:
    family = found.families[3].id
    text = unescape(settled(client, f"{PATH}&closes={family.replace(' ', '+')}").text)
    expected = [str(n) for n, p in enumerate(found.points, start=1) if family in p.first.closes]
    line = re.search(r"These choices close.*?</p>", text, re.DOTALL)
    assert line is not None
    assert re.findall(r"#amendment\">(\d+)</a>", line[0]) == expected


def test_the_twins(client: TestClient, found: Balance) -> None:
    settled(client, PATH)
    assert client.get(PATH.replace("?", ".json?")).json()["points"] == found.to_dict()["points"]
    rows = list(csv.DictReader(io.StringIO(client.get(PATH.replace("?", ".csv?")).text.removeprefix("\ufeff"))))
    assert [int(row["closes"]) for row in rows] == [point.closed for point in found.points]


def test_nothing_to_keep_is_warned_of(client: TestClient) -> None:
    text = settled(client, SMALL.replace("benefits/police", "none")).text
    assert "forbidding most wins" in text


def test_what_is_asked_wrongly(client: TestClient) -> None:
    answer = client.get(f"{PATH}&keep=../../etc")
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert client.get("/balance").status_code == 200
    assert client.get("/balance.json").status_code == 422


def test_an_amendment_is_tried_out_and_undone(client: TestClient, found: Balance) -> None:
    """With the amendment the ways in that it closes are gone, on every page that is asked so, and only there."""
    text = settled(client, PATH).text
    sent = {"token": token_of(text), "point": "1"}
    form = re.search(r'action="(/balance/apply[^"]*)"', text)
    assert form is not None
    answer = client.post(unescape(form[1]), data=sent, follow_redirects=False)
    assert answer.status_code == 303
    amended = settled(client, answer.headers["location"])
    assert "Your amended text, not law:" in amended.text
    assert f"Amendment 1 to {LAW}" in amended.text
    assert amended.text.count("COM(2021) 206 final as amended by a draft that is not law") == 2  # to read, and to quote
    assert '<option value="balance-1"' not in amended.text
    key = re.search(r"amended=([0-9a-f]+)", answer.headers["location"])
    assert key is not None
    closed = found.points[0].first.closes
    before = settled(client, PATH.replace("/balance?", "/loopholes.json?")).json()
    plain, tried = Desk(), client.app.state.amendments.desk(key[1])  # type: ignore[attr-defined]
    told = [family for family in before["families"] if family["id"] in closed]
    assert len(told) == len(closed) > 0
    for hole in (hole for family in told for hole in family["loopholes"]):
        for desk, forbidden in ((plain, False), (tried, True)):
            law = desk.law(LAW, DAY)
            facts = {**desk.library.pack.facts, **law.facts}
            case = desk.read_case(write_case(complete(hole["witness"], facts), facts))
            assert (desk.rule(law, case, DAY).ruling is Ruling.FORBIDDEN) == forbidden
    assert 'href="/compare?amended=' in amended.text
    compared = re.search(r'<a href="(/compare[^"]*)">Compare the text before and after', amended.text)
    assert compared is not None
    assert "Only the second forbids" in settled(client, unescape(compared[1])).text
    undo = re.search(r'<a href="([^"]*)">Undo</a>', amended.text)
    assert undo is not None
    undone = settled(client, unescape(undo[1]))
    assert "Your amended text" not in undone.text
    assert client.post(f"{unescape(form[1])}&amended={key[1]}", data=sent).status_code == 404
    unknown = client.get(f"/loopholes?law={LAW}&amended={'0' * 20}")
    assert unknown.status_code == 422
    assert "not kept" in unknown.text


def test_balance_in_a_browser(page: Page) -> None:
    answered(page, PATH)
    picture(page, "balance")
    page.get_by_role("radio", name="8", exact=True).check()
    page.get_by_role("button", name="Read the amendment of the choice").press("Enter")
    expect(page.get_by_role("heading", name="Choice 8 in full")).to_be_in_viewport()
    nothing_serious(page)


def test_an_amendment_is_tried_out_in_a_browser(page: Page) -> None:
    answered(page, f"{PATH}&point=1")
    page.get_by_role("button", name="Apply and re-run").press("Enter")
    expect(page.get_by_text("Your amended text, not law:")).to_be_visible(timeout=60_000)
    expect(page.locator("[data-job]")).to_have_count(0, timeout=60_000)
    nothing_serious(page)
    picture(page, "loopholes-amended")
    page.get_by_role("link", name="World").click()
    expect(page.get_by_text("Your amended text, not law:")).to_be_visible()
    page.get_by_role("link", name="Undo").click()
    expect(page.get_by_text("Your amended text, not law:")).to_have_count(0)


def test_balance_on_a_phone_in_swedish(phone: Page) -> None:
    answered(phone, f"{PATH}&lang=sv&theme=dark")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Att stänga kryphål")
    nothing_serious(phone)
    picture(phone, "balance-phone-swedish")
