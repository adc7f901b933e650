"""Search: a citation goes straight to its place, words find by kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from lagrum.web.app import create_app
from lagrum.web.settings import Settings
from tests.web.conftest import nothing_serious, picture


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    where = tmp_path_factory.mktemp("search")
    settings = Settings(f"sqlite:///{where / 'register.db'}", where / "uploads", hosts=("testserver",))
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("5(1)(h)", "/law/eu-ai-act/art/5/1/h"),
        ("artikel 5.1 h", "/law/eu-ai-act/art/5/1/h"),
        ("us-il-bipa § 15(b)", "/law/us-il-bipa/section/15/b"),
        ("§ 503.001(b)", "/law/us-tx-cubi/section/503.001/b"),
        ("eu-ai-act-2021-proposal 5(1)(d)", "/law/eu-ai-act-2021-proposal/art/5/1/d"),
        ("eu-ai-act", "/law/eu-ai-act"),
    ],
)
def test_a_citation_goes_straight_there(client: TestClient, words: str, address: str) -> None:
    answer = client.get("/search", params={"q": words})
    assert answer.status_code == 303
    assert answer.headers["location"] == address


def test_words_find_rules_and_mark_what_was_looked_for(client: TestClient) -> None:
    page = client.get("/search?q=face+database").text
    assert 'href="/law/eu-ai-act/art/5/1/e"' in page
    assert "<mark>" in page
    only = client.get("/search?q=face+database&kind=prose").text
    assert 'id="found-prose"' in only and 'id="found-rule"' not in only


def test_a_question_says_which_rules_ask_it(client: TestClient) -> None:
    page = client.get("/search?q=while+they+are+there&kind=question").text
    assert re.search(r"Asked by \d+ rules", page)
    assert "eu-ai-act Art. 3(42)" in page


def test_nothing_found_and_nothing_asked(client: TestClient) -> None:
    assert "Nothing was found for" in client.get("/search?q=zzqqzz").text
    assert "straight to its place" in client.get("/search").text
    hostile = client.get("/search", params={"q": '"><script>alert(1)</script> [b] AND (' * 8})
    assert hostile.status_code == 200 and "<script>alert" not in hostile.text


def test_the_twin_has_the_same_findings(client: TestClient) -> None:
    told = client.get("/search.json?q=face+database").json()
    assert told["schema"] == "lagrum/search/1"
    assert any(each["citation"] == "Art. 5(1)(e)" for each in told["found"])


def test_searching_from_the_head_of_a_page(page: Page) -> None:
    page.goto("/search")
    page.get_by_role("banner").get_by_role("searchbox").fill("untargeted scraping")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search for untargeted scraping")
    nothing_serious(page)
    picture(page, "search")
    page.get_by_label("Words or a citation").fill("5(1)(h)")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/law/eu-ai-act/art/5/1/h")


def test_search_in_swedish_on_a_narrow_screen(swedish: Page) -> None:
    swedish.set_viewport_size({"width": 320, "height": 700})
    swedish.goto("/search?q=face")
    expect(swedish.get_by_role("heading", level=1)).to_have_text("Sökning efter face")
    nothing_serious(swedish)
