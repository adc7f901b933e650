"""Screening a register in the browser."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import nothing_serious, picture

MODES = ["live", "live", "recorded", "unclear", "live"]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five cameras, of which a column says when they identify people."""
    file = tmp_path_factory.mktemp("register") / "cameras.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["number", "mode", "street"])
        writer.writerows([f"C{i}", mode, "=High Street"] for i, mode in enumerate(MODES, 1))
    return file


def _upload(page: Page, register: Path) -> None:
    page.goto("/screen")
    page.get_by_label("The file of the register").set_input_files(register)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Screen {register.name}")


def test_from_a_file_to_the_ruling_of_each_row(page: Page, register: Path) -> None:
    _upload(page, register)
    page.get_by_label("Under which law").select_option("eu-ai-act-2021-proposal")
    page.get_by_label("Suppose of every row").fill("practice=identification")
    page.get_by_role("button", name="Keep this").click()
    nothing_serious(page)
    page.get_by_role("link", name="Say what the columns mean").click()
    page.get_by_label("What number is").select_option("id")
    page.get_by_label("A fact of which mode speaks").first.fill("timing")
    page.get_by_role("button", name="Keep, and choose for the cells").click()
    page.get_by_label("What live says").select_option("real-time")
    page.get_by_label("What recorded says").select_option("later")
    nothing_serious(page)
    picture(page, "screen-columns")
    page.get_by_role("button", name="Keep and go on").click()
    page.get_by_role("link", name="See how the first rows are read").click()
    expect(page.get_by_role("row", name=re.compile("C1"))).to_contain_text("timing is real-time")
    expect(page.get_by_role("row", name=re.compile("C4"))).to_contain_text("nothing")
    nothing_serious(page)
    picture(page, "screen-preview")
    page.get_by_role("button", name="Screen it").click()
    page.get_by_role("link", name="See the results").click(timeout=60_000)
    expect(page.locator("#main")).to_contain_text("practice")
    expect(page.locator("#rows ~ p").first).to_contain_text("5 rows")
    nothing_serious(page)
    picture(page, "screen-results")
    page.get_by_role("row", name=re.compile("C3")).get_by_role("link").click()
    expect(page.locator("#main")).to_contain_text("timing is later")
    expect(page.get_by_text("=High Street")).to_be_visible()
    nothing_serious(page)
    picture(page, "screen-row")


def test_a_file_of_no_kind_is_refused_and_says_which_are(page: Page, tmp_path: Path) -> None:
    wrong = tmp_path / "picture.png"
    wrong.write_bytes(b"\x89PNG")
    page.goto("/screen")
    page.get_by_label("The file of the register").set_input_files(wrong)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("alert")).to_contain_text("picture.png is of no kind that can be read")
    assert page.title().startswith("Error")
    nothing_serious(page)


def test_a_file_that_is_not_what_its_name_says_is_refused(plain: Page, tmp_path: Path) -> None:
    wrong = tmp_path / "register.xlsx"
    wrong.write_bytes(b"no workbook at all" * 100)
    plain.goto("/screen")
    plain.get_by_label("The file of the register").set_input_files(wrong)
    plain.get_by_role("button", name="Upload").click()
    expect(plain.get_by_role("alert")).to_contain_text("cannot be read")


def test_a_mapping_that_cannot_be_read_is_told_and_kept_in_the_form(plain: Page, register: Path) -> None:
    _upload(plain, register)
    plain.get_by_role("link", name="Say what the columns mean").click()
    plain.get_by_label("The mapping as a file").fill("lagrum: 1\nmapping: x\ncolumns: {mode: {timming: {}}}\n")
    plain.get_by_role("button", name="Keep the file").click()
    expect(plain.get_by_role("alert")).to_contain_text("timming")
    expect(plain.get_by_label("The mapping as a file")).to_have_value(re.compile("timming"))


def test_on_a_phone_and_in_swedish(phone: Page, swedish: Page) -> None:
    phone.goto("/screen")
    nothing_serious(phone)
    picture(phone, "screen-phone")
    swedish.goto("/screen")
    expect(swedish.get_by_role("heading", level=1)).to_have_text("Granska ett register")
    nothing_serious(swedish)
    picture(swedish, "screen-swedish")


def test_what_nobody_uploaded_is_not_there(page: Page) -> None:
    answer = page.goto("/screen/AAAAAAAAAAAAAAAAAAAAAA")
    assert answer is not None
    assert answer.status == 404
    nothing_serious(page)
