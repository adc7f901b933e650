"""Cases in a browser: the ruling, why, what would change it, and every way to change it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.web.conftest import nothing_serious, picture


def open_ready(page: Page, name: str) -> str:
    """Open a ready case; its address."""
    page.goto("/case")
    page.locator(f'form[action="/case/ready/{name}"] button').click()
    page.wait_for_url(re.compile(r"/case/[\w-]{20,}$"))
    return page.url


def test_an_answer_changes_the_ruling_on_the_spot(page: Page) -> None:
    page.goto("/case")
    nothing_serious(page)
    picture(page, "case-start")
    open_ready(page, "border")
    expect(page.locator("#answer")).to_contain_text("Undetermined")
    nothing_serious(page)
    picture(page, "case-open")
    page.evaluate("""() => {
        window.told = [];
        new MutationObserver(() => window.told.push(document.getElementById('status').textContent))
            .observe(document.getElementById('status'), {childList: true});
    }""")
    military = page.get_by_role("listitem").filter(has_text="developed for military purposes")
    military.get_by_role("button", name="yes").click()
    expect(page.locator("#answer .verdict")).to_have_text("Outside")
    expect(page.get_by_role("status")).to_have_text("Ruling: outside (was undetermined)")
    assert page.evaluate("window.told.length") == 1
    assert page.evaluate("document.activeElement.id") == "because-title"
    expect(page.locator("li.changed")).to_contain_text("military purposes")
    page.reload()
    expect(page.locator("#answer .verdict")).to_have_text("Outside")


def test_a_reason_opens_its_norm_in_place(page: Page) -> None:
    open_ready(page, "victim")
    expect(page.locator("#answer")).to_contain_text("forbids this use on 22 November 2025: Art. 5(1)(h)")
    page.locator("details.norm > summary").first.click()
    norm = page.locator("details.norm").first
    expect(norm).to_contain_text("live police identification")
    expect(norm.get_by_role("link", name="Art. 5(1)(h)", exact=True)).to_have_attribute(
        "href", "/law/eu-ai-act/art/5/1/h?on=2025-11-22"
    )
    expect(page.get_by_text("No duty was found for:")).to_be_visible()
    nothing_serious(page)
    picture(page, "case-forbidden")


def test_a_fact_is_changed_by_keyboard_alone(page: Page) -> None:
    address = open_ready(page, "victim")
    page.goto(f"{address}/facts?fact=timing")
    select = page.get_by_label("When are people identified?")
    select.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"Ruling: regulated"))
    expect(page.locator("#answer .verdict")).to_have_text("Regulated")
    expect(page.locator(".fact-row.changed .mark")).to_have_count(1)
    expect(select).to_be_focused()
    nothing_serious(page)
    picture(page, "case-facts-changed")
    page.get_by_label("Show", exact=True).select_option("assumed")
    expect(page.locator("#facts-count")).to_contain_text("No fact fits")
    assert "show=assumed" in page.url


def test_what_is_wrong_takes_the_focus_and_leads_to_its_field(page: Page) -> None:
    address = open_ready(page, "victim")
    page.goto(f"{address}/facts?fact=maximum sentence")
    field = page.locator("[name='maximum-sentence.exact']")
    field.fill("many")
    field.press("Tab")
    problems = page.locator("#problems")
    expect(problems).to_be_focused()
    assert page.title().startswith("Error: ")
    expect(field).to_have_value("many")
    problems.get_by_role("link").first.click()
    nothing_serious(page)
    field.fill("12")
    page.locator("#maximum-sentence").select_option("")
    expect(page.locator("#answer")).to_have_attribute("data-version", "2")


def test_on_a_phone(phone: Page) -> None:
    address = open_ready(phone, "border")
    for below in ("", "/facts", "/timeline", "/norms?kind=forbid", "/print"):
        phone.goto(address + below)
        nothing_serious(phone)
        picture(phone, f"case{below.partition('?')[0].replace('/', '-')}-phone")


def test_without_script(plain: Page) -> None:
    address = open_ready(plain, "victim")
    plain.goto(f"{address}/facts?fact=timing")
    plain.get_by_label("When are people identified?").select_option(value="later")
    plain.get_by_role("button", name="Update ruling").click()
    expect(plain.locator("#answer .verdict")).to_have_text("Regulated")
    expect(plain.locator(".mark")).to_have_text("changed")
    plain.goto("/case")
    plain.get_by_label("What is it about?").fill("doors of a school")
    plain.get_by_label("Law", exact=True).select_option("eu-ai-act-2021-proposal")
    plain.get_by_role("button", name="Begin").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Doors of a school")
    plain.get_by_role("listitem").filter(has_text="military").get_by_role("button", name="yes").click()
    expect(plain.locator("#answer .verdict")).to_have_text("Outside")


def test_in_swedish_and_dark(swedish: Page) -> None:
    address = open_ready(swedish, "suspect")
    expect(swedish.locator("#answer")).to_contain_text("skulle förbjuda denna användning den 22 november 2025")
    expect(swedish.locator(".pairs")).to_contain_text("Är användningen absolut nödvändig för sitt syfte?")
    for below in ("", "/facts?show=deciding", "/print"):
        swedish.goto(address + below)
        nothing_serious(swedish)
    picture(swedish, "case-print-swedish")
    expect(swedish.locator("main")).to_contain_text("Så återskapas detta")


def test_two_versions_of_the_facts(page: Page) -> None:
    open_ready(page, "victim")
    page.get_by_role("link", name="What can be done").click()
    nothing_serious(page)
    recordings = page.locator(".ways > li").filter(has_text="from recordings")
    recordings.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Two versions")
    row = page.get_by_role("row").filter(has_text="When are people identified?")
    expect(row).to_contain_text("matters")
    expect(page.locator(".sides")).to_contain_text("Forbidden")
    expect(page.locator(".sides")).to_contain_text("Regulated")
    nothing_serious(page)
    picture(page, "case-versus")
