"""The start page, and the help."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from lagrum.library import Library, open_library
from lagrum.service.analyses import AGAINST, OF, Inquiry, prepare
from lagrum.web.app import create_app
from lagrum.web.pages import start as starting
from lagrum.web.settings import Settings
from tests.web.conftest import nothing_serious, picture

MOST = 30 * 1024  # bytes of a page


@pytest.fixture(scope="module")
def found() -> None:
    """The finding of the day is worked out, so that the page can show it."""
    prepare(open_library(), Inquiry("loopholes", laws=(OF,), against=AGAINST, on=date.today())).get()


@pytest.mark.usefixtures("found")
def test_the_start_says_what_this_is_for(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("What does the law on AI let through?")
    finding = page.locator(".finding")
    expect(finding.locator(".quote")).to_contain_text("Art. ")
    expect(finding).to_contain_text("COM(2021) 206")
    expect(finding).to_contain_text("What would close it")
    nothing_serious(page)
    picture(page, "start")
    finding.get_by_role("button", name="Open the witness as a case").click()
    page.wait_for_url("**/case/*")
    page.goto("/")
    finding.get_by_role("link", name="ways in").click()
    assert OF in page.url


def test_a_worked_case_can_be_opened(page: Page) -> None:
    page.goto("/")
    cases = page.locator(".ready button")
    assert cases.count() == 3
    cases.first.click()
    page.wait_for_url("**/case/*")
    expect(page.locator(".verdict").first).to_be_visible()


def test_the_start_on_a_phone(phone: Page) -> None:
    phone.goto("/")
    nothing_serious(phone)
    picture(phone, "start-phone")


def test_the_start_in_swedish_and_dark(swedish: Page) -> None:
    swedish.goto("/")
    expect(swedish.get_by_role("link", name="Fråga om ett system")).to_be_visible()
    nothing_serious(swedish)
    picture(swedish, "start-swedish")


def test_the_help_says_what_each_ruling_means(page: Page) -> None:
    page.goto("/help")
    for word in ("Forbidden", "Excepted", "Regulated", "Unregulated", "Outside", "Undetermined"):
        expect(page.locator(".words .tag").filter(has_text=word)).to_have_count(2 if word == "Regulated" else 1)
    for link in page.get_by_role("navigation", name="On this page").get_by_role("link").all():
        assert page.locator(str(link.get_attribute("href"))).count() == 1
    nothing_serious(page)
    picture(page, "help")


def test_the_help_in_swedish(swedish: Page) -> None:
    swedish.goto("/help")
    expect(swedish.get_by_role("heading", level=1)).to_have_text("Hjälp och begränsningar")
    nothing_serious(swedish)


# --- without a browser -----------------------------------------------------------------------------------------------


def test_nobody_waits_for_the_finding_and_then_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(f"sqlite:///{tmp_path / 'register.db'}", tmp_path / "uploads", hosts=("testserver",))
    with TestClient(create_app(settings)) as client:
        monkeypatch.setenv("LAGRUM_CACHE_DIR", str(tmp_path / "cache"))
        page = client.get("/").text
        assert "being worked out" in page
        assert "Ask about a system" in page
        until = time.monotonic() + 60
        while 'class="quote"' not in page:
            assert time.monotonic() < until
            time.sleep(0.3)
            page = client.get("/").text
        assert "being worked out" not in page
        assert len(page.encode()) <= MOST
        began = time.monotonic()
        client.get("/")
        assert time.monotonic() - began < 0.5


def test_the_start_stands_without_laws_and_without_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(f"sqlite:///{tmp_path / 'register.db'}", tmp_path / "uploads", hosts=("testserver",))
    with TestClient(create_app(settings)) as client:
        desk = client.app.state.desk  # type: ignore[attr-defined]
        whole: Library = desk.library
        desk.library = open_library(built_in=False)
        empty = client.get("/")
        assert (empty.status_code, "No laws are loaded." in empty.text) == (200, True)
        desk.library = whole
        monkeypatch.setattr(starting, "finding_of", lambda *_: None)
        assert "What is loaded" in client.get("/").text
