"""Two laws, or one law on two days: the relation, the numbers, the cases, the words."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from lagrum.analysis.compare import Comparison
from lagrum.service.analyses import Inquiry, prepare
from lagrum.service.desk import Desk
from lagrum.web.app import create_app
from lagrum.web.settings import Settings
from tests.web.conftest import nothing_serious, picture
from tests.web.pages.asked import answered, settled, token_of

DAYS = "a=us-vt-act166&b=us-vt-act166&a_on=2021-01-01&b_on=2022-01-01"
LAWS = "a=us-ma-220&b=us-vt-act166"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    where = tmp_path_factory.mktemp("compare")
    settings = Settings(f"sqlite:///{where / 'register.db'}", where / "uploads", hosts=("testserver",))
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def found() -> Comparison:
    """The same answer, asked of the analysis itself."""
    laws = ("us-vt-act166@2021-01-01", "us-vt-act166@2022-01-01")
    answer = prepare(Desk().library, Inquiry("compare", laws)).get()
    assert isinstance(answer, Comparison)
    return answer


def plain(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).replace("\xa0", " ").split())


def test_one_law_on_two_days(client: TestClient, found: Comparison) -> None:
    page = settled(client, f"/compare?{DAYS}").text
    told = plain(page)
    assert "The law of 1 January 2021 is stricter: it forbids all that the law of 1 January 2022 forbids" in told
    assert found.counts is not None
    digits = re.sub(r"\D", "", page.replace("<wbr>", ""))
    for number in (found.counts.both, found.counts.only_a, found.counts.neither, found.counts.outside):
        assert str(number) in digits, "every number is there in full"
    assert "Sec. 14(c)" in told and "would forbid it, but is lifted" in told
    assert "has no such rule" in told


def test_the_twins(client: TestClient, found: Comparison) -> None:
    settled(client, f"/compare?{DAYS}")
    told = client.get(f"/compare.json?{DAYS}").json()
    assert told["relation"] == "stricter"
    assert told["witnesses"] == found.to_dict()["witnesses"]
    rows = list(csv.reader(io.StringIO(client.get(f"/compare.csv?{DAYS}").text.removeprefix("\ufeff"))))
    assert len(rows) == 1 + len(found.witnesses_a) + len(found.witnesses_b)


def test_swapping_swaps_the_sentence(client: TestClient) -> None:
    page = settled(client, f"/compare?{DAYS}").text
    (swap,) = re.findall(r'href="(/compare[^"]+)">Swap the two', page)
    assert "The law of 1 January 2022 is looser" in plain(settled(client, unescape(swap)).text)


def test_a_day_behind_the_law_is_read_too(client: TestClient) -> None:
    page = settled(client, "/compare?a=us-vt-act166@2021-01-01&b=us-vt-act166@2022-01-01").text
    assert "The law of 1 January 2021 is stricter" in plain(page)


def test_the_same_law_twice_is_equivalent(client: TestClient) -> None:
    page = settled(client, "/compare?a=us-vt-act166&b=us-vt-act166").text
    assert "No possible case tells" in plain(page)
    assert "Only the first forbids" not in page


def test_laws_of_different_places_can_be_held_against_all_cases(client: TestClient) -> None:
    page = settled(client, f"/compare?{LAWS}").text
    assert "is reached by both" in page
    (address,) = re.findall(r'class="button" href="(/compare[^"]+)"', page)
    page = settled(client, unescape(address)).text
    assert "Compared over all cases" in page
    assert "checked> Over all cases" in page
    assert "What only one of them asks" in page
    assert re.search(r"\d+ questions?[<,]", page)


def test_a_case_can_be_opened(client: TestClient, found: Comparison) -> None:
    page = settled(client, f"/compare?{DAYS}").text
    answer = client.post(f"/compare/case?{DAYS}", data={"token": token_of(page), "case": "a-1"})
    assert answer.status_code == 303
    draft = answer.headers["location"].removeprefix("/case/")
    text = client.app.state.store.drafts.get(draft).case  # type: ignore[attr-defined]
    witness = found.witnesses_a[0].case
    assert all(name in text for name in witness)
    for wrong in ("a-0", "a-99", "b-1", "x", "a-"):
        refused = client.post(f"/compare/case?{DAYS}", data={"token": token_of(page), "case": wrong})
        assert refused.status_code == 404


def test_what_cannot_be_asked(client: TestClient) -> None:
    assert client.get("/compare").status_code == 200
    assert client.get("/compare?a=us-me-6001").status_code == 200
    wrong = client.get("/compare?a=us-me-6001&b=us-vt-act166&a_on=2021")
    assert wrong.status_code == 422 and 'href="#a_on"' in wrong.text and "<title>Error:" in wrong.text
    assert client.get("/compare?a=nothing&b=us-vt-act166").status_code == 422
    assert client.get("/compare.json?a=us-me-6001").json()["status"] == 422


def test_a_person_compares(page: Page) -> None:
    page.goto("/compare")
    nothing_serious(page)
    page.get_by_label("First").select_option("us-vt-act166")
    page.get_by_label("Second").select_option("us-vt-act166")
    page.get_by_label("on (if not today)").first.fill("2021-01-01")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".lead")).to_contain_text("is stricter", timeout=60_000)
    nothing_serious(page)
    picture(page, "compare")


def test_comparing_in_swedish_on_a_narrow_screen(swedish: Page) -> None:
    swedish.set_viewport_size({"width": 320, "height": 700})
    answered(swedish, f"/compare?{DAYS}")
    expect(swedish.locator(".lead")).to_contain_text("är strängare")
    nothing_serious(swedish)
    picture(swedish, "compare-swedish")
