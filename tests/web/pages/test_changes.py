"""When a law changes, and which rulings turn."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from lagrum.service.analyses import Inquiry, prepare
from lagrum.service.desk import Desk
from lagrum.web.app import create_app
from lagrum.web.settings import Settings
from tests.web.conftest import nothing_serious, picture
from tests.web.pages.asked import answered, settled

QUERY = "law=us-vt-act166&from=2020-01-01&to=2023-01-01"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    where = tmp_path_factory.mktemp("changes")
    settings = Settings(f"sqlite:///{where / 'register.db'}", where / "uploads", hosts=("testserver",))
    with TestClient(create_app(settings)) as client:
        yield client


def test_each_day_has_what_begins_and_which_rulings_turn(client: TestClient) -> None:
    page = settled(client, f"/changes?{QUERY}").text.replace("\xa0", " ")
    assert "changes on 2 days; rulings turn on 2 of them" in page
    assert 'href="/law/us-vt-act166/sec/14/c?on=2021-07-01"' in page
    asked = Inquiry("changes", ("us-vt-act166",), since=date(2020, 1, 1), until=date(2023, 1, 1))
    found = prepare(Desk().library, asked).get()
    told = client.get(f"/changes.json?{QUERY}").json()
    assert told["days"] == found.to_dict()["days"]
    rows = list(csv.reader(io.StringIO(client.get(f"/changes.csv?{QUERY}").text.removeprefix("\ufeff"))))
    assert len(rows) == 1 + sum(len(day["turns"]) for day in told["days"])


def test_no_change_is_said(client: TestClient) -> None:
    page = settled(client, "/changes?law=us-il-bipa&from=2025-01-01&to=2026-01-01").text
    assert "that is known here" in page


def test_what_cannot_be_asked(client: TestClient) -> None:
    swapped = client.get("/changes?law=us-il-bipa&from=2023-01-01&to=2020-01-01")
    assert swapped.status_code == 422
    assert "<title>Error:" in swapped.text and 'href="#to"' in swapped.text and 'value="2023-01-01"' in swapped.text
    assert client.get("/changes?law=us-il-bipa&from=soon").status_code == 422
    assert client.get("/changes?law=nothing").status_code == 422
    assert client.get("/changes.json?law=nothing").json()["status"] == 422
    assert client.get("/changes").status_code == 200


def test_a_person_asks_and_waits(page: Page) -> None:
    page.goto("/changes")
    page.get_by_label("Law", exact=True).select_option("us-vt-act166")
    page.get_by_label("After").fill("2020-01-01")
    page.get_by_label("Up to").fill("2023-01-01")
    page.get_by_role("button", name="See what changes").click()
    expect(page.locator(".lead")).to_contain_text("changes on 2 days", timeout=60_000)
    nothing_serious(page)
    picture(page, "changes")


def test_changes_in_swedish_on_a_narrow_screen(swedish: Page) -> None:
    swedish.set_viewport_size({"width": 320, "height": 700})
    answered(swedish, f"/changes?{QUERY}")
    expect(swedish.locator(".lead")).to_contain_text("utfall vänder 2 av dem")
    nothing_serious(swedish)
    picture(swedish, "changes-swedish")
