"""Loopholes as a page: what is found is told, chosen from, quoted, opened as a case; and the jobs behind it."""

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

from lagrum.analysis.loopholes import Loopholes
from lagrum.model.rulings import Ruling
from lagrum.report.charts.words import opener_words
from lagrum.service.analyses import Inquiry, prepare
from lagrum.service.desk import Desk
from lagrum.web.app import create_app
from lagrum.web.pages import loopholes as module
from lagrum.web.pages.jobs import own
from lagrum.web.settings import Settings
from tests.web.conftest import nothing_serious, picture
from tests.web.pages.asked import AGAINST, LAW, ON, answered, settled, token_of

PATH = f"/loopholes?law={LAW}&against={AGAINST}&on={ON}"
MOST = 90 * 1024  # bytes of the page, of which a compressed one is a seventh


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("loopholes")
    settings = Settings(f"sqlite:///{folder / 'register.db'}", folder / "uploads", hosts=("testserver",))
    with TestClient(create_app(settings)) as client:
        yield client


@pytest.fixture(scope="module")
def found() -> Loopholes:
    """The same answer, asked of the analysis itself."""
    asked = Inquiry("loopholes", laws=(LAW,), against=AGAINST, on=date.fromisoformat(ON))
    answer = prepare(Desk().library, asked).get()
    assert isinstance(answer, Loopholes)
    return answer


def _numbers(text: str) -> list[str]:
    return re.findall(r'<td class="num">(\d+)</td><th scope="row">', text)


# --- the answer ----------------------------------------------------------------------------------------------------


def test_every_way_in_is_told(client: TestClient, found: Loopholes) -> None:
    answer = settled(client, PATH)
    text = unescape(answer.text)
    assert answer.status_code == 200
    assert len(answer.content) < MOST
    assert _numbers(text) == [str(number) for number in range(1, len(found) + 1)]
    assert f"{len(found)} ways in" in text
    assert f"{found.count} loopholes" in text
    assert "Complete: every open case lies in one of them." in text
    assert "COM(2021) 206 final" in text
    assert "22\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2026" in text
    assert found.envelope["id"] in text
    for family in found:
        assert opener_words(family) in text
    assert "style=" not in text


def test_the_twins_are_the_answer_of_the_analysis(client: TestClient, found: Loopholes) -> None:
    settled(client, PATH)
    assert client.get(PATH.replace("?", ".json?")).json() == found.to_dict()
    answer = client.get(PATH.replace("?", ".csv?"))
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["id"] for row in rows] == [family.id for family in found]
    assert [row["ruling"] for row in rows] == [" or ".join(family.rulings) for family in found]
    assert f"loopholes-{LAW}-{ON}.csv" in answer.headers["content-disposition"]


@pytest.mark.parametrize("kind", ["no norm", "element", "exception", "exclusion", "scope"])
def test_filters_take_what_they_say(client: TestClient, found: Loopholes, kind: str) -> None:
    told = _numbers(settled(client, f"{PATH}&opened={kind}").text)
    assert told == [str(n) for n, family in enumerate(found, start=1) if family.kind == kind]


def test_filters_go_together(client: TestClient, found: Loopholes) -> None:
    chosen = f"{PATH}&ruling=outside&vouched=operator&practice=identification"
    expected = [
        str(n)
        for n, family in enumerate(found, start=1)
        if Ruling.OUTSIDE in family.rulings and family.vouched_by == "operator"
    ]
    text = settled(client, chosen).text
    assert _numbers(text) == expected
    assert expected
    assert 'value="outside" selected' in text
    assert "No way in is of this kind" in settled(client, f"{PATH}&practice=driving").text


def test_many_ways_in_are_several_pages(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(client, PATH)
    monkeypatch.setattr(module, "A_PAGE", 8)
    assert _numbers(client.get(f"{PATH}&page=2").text) == [str(n) for n in range(9, 17)]
    assert _numbers(client.get(f"{PATH}&page=99").text)[0] == "17"
    assert 'aria-current="page">1<' in client.get(f"{PATH}&page=x").text


def test_another_reading_is_another_question(client: TestClient, found: Loopholes) -> None:
    text = unescape(settled(client, PATH).text)
    other = re.search(r'href="([^"]*reading=[^"]*effect\+of\+refusal[^"]*)"', text)
    assert other is not None
    read = settled(client, other[1])
    assert read.status_code == 200
    assert found.envelope["id"] not in read.text


def test_a_witness_opens_as_a_case(client: TestClient, found: Loopholes) -> None:
    text = settled(client, PATH).text
    form = re.search(r'<form id="witness" method="post" action="([^"]*)"', text)
    assert form is not None
    sent = {"token": token_of(text), "way": "4"}
    answer = client.post(unescape(form[1]), data=sent, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/case/")
    draft = client.app.state.store.drafts.get(answer.headers["location"].split("/")[2].split("?")[0])  # type: ignore[attr-defined]
    desk = Desk()
    case = desk.read_case(draft.case)
    day = date.fromisoformat(ON)
    assert desk.rule(desk.law(LAW, day), case, day).possible == (found.families[3].loopholes[0].ruling,)
    assert desk.rule(desk.law(AGAINST, day), case, day).ruling is Ruling.FORBIDDEN
    assert client.post(unescape(form[1]), data={**sent, "way": "999"}).status_code == 404
    assert client.post(unescape(form[1]), data={"way": "4"}).status_code == 403


def test_what_is_asked_wrongly_stays_on_the_page(client: TestClient) -> None:
    answer = client.get(f"/loopholes?law=no-such-law&against={AGAINST}")
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert "there is no law" in answer.text
    assert '<option value="no-such-law" selected>' in answer.text
    answer = client.get(f"/loopholes?law={LAW}&on=tomorrow")
    assert answer.status_code == 422
    assert 'href="#on"' in answer.text
    assert 'value="tomorrow"' in answer.text
    twin = client.get(f"/loopholes.json?law={LAW}&on=tomorrow")
    assert (twin.status_code, twin.headers["content-type"]) == (422, "application/problem+json")
    assert client.get("/loopholes.csv").status_code == 422


def test_without_a_law_there_is_something_to_choose(client: TestClient) -> None:
    text = client.get("/loopholes").text
    assert "Ready pairs" in text
    for address in re.findall(r'href="(/loopholes\?law=[^"]*)"', text):
        assert client.get(unescape(address)).status_code == 200


# --- jobs -----------------------------------------------------------------------------------------------------------


def test_a_long_search_can_be_left_cancelled_and_begun_again(client: TestClient) -> None:
    path = f"/loopholes?law=eu-ai-act&against={AGAINST}&on=2027-01-03"
    page = client.get(path)
    key = re.search(r'data-job="([0-9a-f]+)"', page.text)
    assert key is not None
    assert "Being worked out" in page.text
    twin = client.get(path.replace("?", ".json?"))
    assert (twin.status_code, twin.headers["location"]) == (202, f"/jobs/{key[1]}")
    assert "An analysis under way" in client.get(f"/jobs/{key[1]}").text
    sent = {"token": token_of(page.text), "to": path}
    answer = client.post(f"/jobs/{key[1]}/cancel", data=sent, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert "event: end" in client.get(f"/jobs/{key[1]}/events").text
    again = client.get(path)
    assert "It was cancelled" in again.text
    assert "data-job" not in again.text
    assert client.get(path.replace("?", ".json?")).status_code == 503
    begun = client.post(f"/jobs/{key[1]}/again", data=sent)
    assert f'data-job="{key[1]}"' in begun.text
    elsewhere = {**sent, "to": "//elsewhere.example/"}
    answer = client.post(f"/jobs/{key[1]}/cancel", data=elsewhere, follow_redirects=False)
    assert answer.headers["location"] == f"/jobs/{key[1]}"
    assert client.post(f"/jobs/{key[1]}/cancel", data={"to": path}).status_code == 403


def test_a_job_that_there_is_not(client: TestClient) -> None:
    assert client.get("/jobs/0123").status_code == 404
    assert client.get("/jobs/0123/events").status_code == 404


@pytest.mark.parametrize("address", ["//a.example", "/\\a.example", "https://a.example", "", "a", "/a\nb", "/å", None])
def test_only_own_addresses_are_gone_to(address: str | None) -> None:
    assert own(address) is None


# --- in a browser -------------------------------------------------------------------------------------------------


def test_loopholes_in_a_browser(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answered(page, PATH)
    expect(page.get_by_role("heading", level=1)).to_contain_text("What the law lets through")
    picture(page, "loopholes")
    way = page.locator("#way-4")
    way.get_by_role("button", name="Copy as quote").click()
    expect(page.get_by_role("status")).to_have_text("Copied, with its source.")
    quote = page.evaluate("navigator.clipboard.readText()")
    for part in ("Art. 5(1)(d) forbids only where", "When are people identified?", "COM(2021) 206 final", "2026", PATH):
        assert part in quote
    page.get_by_label("Ruling", exact=True).select_option("excepted")
    page.get_by_role("button", name="Apply").press("Enter")
    expect(page.get_by_text("6 ways in match.")).to_be_visible()
    nothing_serious(page)
    page.get_by_role("link", name="searching for victims: urgent start", exact=True).press("Enter")
    page.keyboard.press("Tab")
    page.locator("#way-10").get_by_role("button", name="Open as case").press("Enter")
    page.wait_for_url("**/case/**")


def test_loopholes_on_a_phone(phone: Page) -> None:
    answered(phone, f"{PATH}&ruling=outside")
    nothing_serious(phone)
    picture(phone, "loopholes-phone")


def test_loopholes_in_swedish_and_dark(swedish: Page) -> None:
    answered(swedish, f"{PATH}&ruling=unregulated")
    expect(swedish.get_by_role("heading", level=1)).to_contain_text("Vad lagen släpper igenom")
    expect(swedish.get_by_text("Fullständigt: varje öppet fall")).to_be_visible()
    nothing_serious(swedish)
    picture(swedish, "loopholes-swedish")


def test_without_script_one_looks_again(plain: Page) -> None:
    path = PATH.replace(ON, "2026-11-19")
    plain.goto(path)
    for _ in range(60):
        again = plain.get_by_role("link", name="Check again")
        if again.count() == 0:
            break
        plain.wait_for_timeout(500)
        again.click()
    expect(plain.get_by_role("table")).to_be_visible()
    plain.get_by_label("Rests on the word of").select_option("authority")
    plain.get_by_role("button", name="Apply").click()
    assert "vouched=authority" in plain.url
    plain.get_by_role("button", name="Open as case").first.click()
    plain.wait_for_url("**/case/**")


def test_a_search_under_way_is_seen_and_ended(page: Page) -> None:
    page.goto(f"/loopholes?law=eu-ai-act&against={AGAINST}&on=2027-02-03")
    expect(page.get_by_text("Being worked out.")).to_be_visible()
    expect(page.locator("[data-progress]")).to_contain_text(re.compile("read|search|waits"))
    nothing_serious(page)
    picture(page, "loopholes-waiting")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("It was cancelled.")).to_be_visible()
    expect(page.get_by_role("button", name="Start again")).to_be_visible()
    nothing_serious(page)
