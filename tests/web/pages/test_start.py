"""The start page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.web.conftest import nothing_serious, picture


def test_the_start_says_what_this_is_for(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("What does the law on AI let through?")
    nothing_serious(page)
    picture(page, "start")


def test_the_start_on_a_phone(phone: Page) -> None:
    phone.goto("/")
    nothing_serious(phone)
    picture(phone, "start-phone")


def test_the_start_in_swedish_and_dark(swedish: Page) -> None:
    swedish.goto("/")
    nothing_serious(swedish)
    picture(swedish, "start-swedish")
