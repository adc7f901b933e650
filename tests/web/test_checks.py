"""What every page must stand, in each of its states: section 7 of the design page, and the sizes of section 8.

Sizes are those on the wire, as the design page measures them; pages of long lists may be twice as large. A walk from
the start to a ruling by the keyboard alone and without script is in `pages/test_ask.py`, to a loophole and its case in
`pages/test_loopholes.py`, one status message for one changed answer in `pages/test_case.py`, contrast in
`test_dress.py`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from lagrum.model.rulings import Ruling
from lagrum.web.settings import Settings
from lagrum.wording import wording
from tests.web.conftest import RULES, Served
from tests.web.everywhere import AT, Place, places

CHECKS = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8")
LONG = {"loopholes found", "world", "results"}
TABBED = ("start", "a case undetermined", "facts", "loopholes found", "world", "a question", "columns", "a system")
SHEETS = ("a case forbidden", "print of a case", "a ruling", "loopholes found", "a system")
MOVING = ("start", "a case undetermined", "facts", "loopholes found", "a question")
KB = 1024
STEP = """() => {
  const it = document.activeElement, before = window.before;
  if (!it || it === document.body) return null;
  window.before = it;
  const { outlineStyle, outlineWidth } = getComputedStyle(it);
  const { left, top, right, bottom } = it.getClientRects()[0] ?? it.getBoundingClientRect();
  const part = ".sticky, header.site, aside, thead, th";
  const bare = [[left + 2, top + 2], [right - 2, bottom - 2]].some(([x, y]) => {
    const on = document.elementFromPoint(x, y);
    const behind = on && (on.contains(it) || on.tagName === "LABEL") && on.closest(part) === it.closest(part);
    return on && (it.contains(on) || behind);
  });
  const after = !before || before.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING;
  const outline = outlineStyle === "none" ? 0 : parseFloat(outlineWidth);
  return { told: it.outerHTML.slice(0, 120), outline, bare, after };
}"""
SIZES = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const files = performance.getEntriesByType("resource").filter((each) => each.initiatorType !== "other");
  const nodes = document.querySelectorAll("*").length;
  const all = files.reduce((sum, each) => sum + each.encodedBodySize, page.encodedBodySize);
  return { page: page.encodedBodySize, text: page.decodedBodySize, all, requests: files.length + 1, nodes };
}"""
FAILING: tuple[tuple[str, str, dict[str, str], set[str]], ...] = (
    ("/case", 'form[action="/case"]', {"on": "2026-11-22"}, {"name"}),
    ("/register/new", "main form", {"owner": "Shop"}, {"name"}),
    ("/screen", "main form", {}, {"file"}),
    (f"/loopholes?{AT[:-10]}soon", "", {}, {"on"}),
    ("/changes?law=us-vt-act166&from=2022-01-01&to=2021-01-01", "", {"from": "2022-01-01"}, {"to"}),
    ("a question", "main form", {}, {"purpose"}),
)


@dataclass
class Reader:
    """A browser on one device, and what its console said."""

    page: Page
    lang: str
    errors: list[str] = field(default_factory=list)

    def looks_at(self, place: Place, *, axe: bool = True) -> list[str]:
        """Everything that is wrong with a page."""
        answer = self.page.goto(place.path)
        assert answer is not None
        said = self.sees()
        said += [] if answer.status == place.status else [f"answers {answer.status}"]
        said += self.errors + _too_large(place.name in LONG, self.page.evaluate(SIZES))
        if axe:
            found = Axe().run(self.page, options=RULES).response["violations"]
            said += [f"axe, {e['id']}: {[node['html'][:160] for node in e['nodes'][:2]]}" for e in found]
        self.errors.clear()
        return said

    def sees(self) -> list[str]:
        """What is wrong with the page that is open, as far as axe does not say it."""
        rulings = {each.value: wording(self.lang).say(each.value) for each in Ruling}
        said: list[str] = self.page.evaluate(CHECKS, {"lang": self.lang, "rulings": rulings})
        return said

    def at_all(self, some: Iterable[Place], axe_at: Container[int] = (0, 1)) -> dict[str, list[str]]:
        """What is wrong with which page; axe looks at all, or at every second: the even or the odd."""
        found = {each.name: self.looks_at(each, axe=i % 2 in axe_at) for i, each in enumerate(some)}
        return {name: said for name, said in found.items() if said}


def _too_large(long: bool, sizes: dict[str, float]) -> list[str]:
    twice = 2 if long else 1
    most = {"page": 30 * KB * twice, "text": 48 * KB * twice, "all": 75 * KB, "requests": 6, "nodes": 1500 * twice}
    return [f"{sizes[name]} {name}, at most {limit}" for name, limit in most.items() if sizes[name] > limit]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with something on every page."""
    folder = tmp_path_factory.mktemp("full")
    settings = Settings(f"sqlite:///{folder / 'register.db'}", folder / "uploads", requests_a_minute=10**6)
    with Served(settings) as running:
        yield running


@pytest.fixture(scope="module")
def everywhere(full: Served) -> dict[str, Place]:
    return {each.name: each for each in places(full.app, full.url)}


@pytest.fixture(scope="module")
def desk(chromium: Browser, full: Served) -> Iterator[Reader]:
    yield from _reader(chromium, full, 1280, "en", locale="en-GB")


@pytest.fixture(scope="module")
def phone(chromium: Browser, full: Served) -> Iterator[Reader]:
    yield from _reader(chromium, full, 320, "sv", locale="sv-SE", color_scheme="dark")


def _reader(chromium: Browser, full: Served, width: int, lang: str, **options: Any) -> Iterator[Reader]:
    context = chromium.new_context(base_url=full.url, viewport={"width": width, "height": 800}, **options)
    context.set_default_timeout(20_000)
    reader = Reader(context.new_page(), lang)
    reader.page.on("pageerror", lambda error: reader.errors.append(f"script: {error}"))
    yield reader
    context.close()


def test_every_page_on_a_phone_in_swedish_and_dark(phone: Reader, everywhere: dict[str, Place]) -> None:
    assert not phone.at_all(everywhere.values(), axe_at=(0,))


def test_every_page_on_a_desk_in_english_and_light(desk: Reader, everywhere: dict[str, Place]) -> None:
    assert not desk.at_all(everywhere.values(), axe_at=(1,))


def test_some_pages_on_a_tablet(chromium: Browser, full: Served, everywhere: dict[str, Place]) -> None:
    for reader in _reader(chromium, full, 768, "sv", locale="sv-SE"):
        assert not reader.at_all([everywhere[name] for name in ("start", "facts", "world")])


def test_each_page_has_a_title_of_its_own(desk: Reader, everywhere: dict[str, Place]) -> None:
    titles: dict[str, str] = {}
    for place in everywhere.values():
        text = desk.page.request.get(place.path).text()
        title = text[text.index("<title>") : text.index("</title>")]
        assert titles.setdefault(title, place.path.partition("?")[0]) == place.path.partition("?")[0], title


@pytest.mark.parametrize("device", ["desk", "phone"])
def test_the_focus_is_seen_and_goes_down_the_page(
    device: str, everywhere: dict[str, Place], request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue(device).page
    wrong = []
    for name in TABBED if device == "desk" else TABBED[1:4]:
        page.goto(everywhere[name].path)
        for number in range(40):
            page.keyboard.press("Tab")
            step = page.evaluate(STEP)
            if step is None:
                assert number > 12, f"{name} has {number} stops"
                break
            if step["outline"] < 2 or not step["bare"] or not step["after"]:
                wrong.append((name, step))
    assert not wrong


@pytest.mark.parametrize(("at", "form", "filled", "named"), FAILING, ids=lambda each: str(each)[:20])
def test_a_form_that_fails_says_so(
    desk: Reader, everywhere: dict[str, Place], at: str, form: str, filled: dict[str, str], named: set[str]
) -> None:
    page = desk.page
    page.goto(everywhere[at].path if at in everywhere else at)
    if form:
        for name, value in filled.items():
            page.locator(f"{form} [name={name}]").fill(value)
        with page.expect_navigation():
            page.locator(form).first.evaluate("form => { form.noValidate = true; form.requestSubmit(); }")
    assert page.title().startswith("Error: ")
    expect(page.locator("#problems")).to_be_focused()
    assert desk.sees() == []
    links = page.locator("#problems a")
    assert {link.get_attribute("href") for link in links.all()} == {f"#{name}" for name in named}
    for name in named:
        target = page.locator(f"#{name}")
        described = (target.get_attribute("aria-describedby") or "").split()
        assert any(page.locator(f"[id='{each}']").count() for each in described), f"{name} is described by {described}"
    for name, value in filled.items():
        expect(page.locator(f"main [name={name}]").first).to_have_value(value)
    links.first.click()
    assert page.evaluate("document.activeElement.id") in named


@pytest.mark.parametrize("name", SHEETS)
def test_paper_has_no_navigation_is_light_and_keeps_the_number(
    phone: Reader, everywhere: dict[str, Place], name: str
) -> None:
    page = phone.page
    page.emulate_media(media="print")
    page.goto(f"{everywhere[name].path}{'&' if '?' in everywhere[name].path else '?'}theme=dark")
    for gone in ("header.site", ".skip", ".tools", "footer.site ul", "button"):
        assert not [each for each in page.locator(gone).all() if each.is_visible()], gone
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    for tag in page.locator(".tag").all()[:1]:
        assert max(map(int, tag.evaluate("e => getComputedStyle(e).color").strip("rgb()").split(","))) < 0xE0
    number = page.locator(".basis code, main > p.small").last
    expect(number).to_be_visible()
    page.emulate_media(media="screen")
    page.goto("/?theme=auto")


def test_forced_colours_keep_borders_and_signs(desk: Reader, everywhere: dict[str, Place]) -> None:
    desk.page.emulate_media(forced_colors="active")
    for name in ("a case undetermined", "loopholes found", "a question"):
        desk.page.goto(everywhere[name].path)
        bare = desk.page.evaluate(
            """() => [...document.querySelectorAll(".tag, .box, main button:not(.link), main select")]
            .filter((e) => e.checkVisibility() && !(parseFloat(getComputedStyle(e).borderTopWidth) >= 1))
            .map((e) => e.outerHTML)"""
        )
        assert not bare
        signs = desk.page.locator(".tag .sign")
        assert signs.count() == desk.page.locator(".tag").count()
    desk.page.emulate_media(forced_colors="none")


def test_nothing_moves_for_those_who_want_that(desk: Reader, everywhere: dict[str, Place]) -> None:
    desk.page.emulate_media(reduced_motion="reduce")
    for name in MOVING:
        desk.page.goto(everywhere[name].path)
        desk.page.evaluate("document.querySelectorAll('main *').forEach((e) => e.setAttribute('aria-busy', 'true'))")
        assert desk.page.evaluate("document.getAnimations().length") == 0
        moving = """[...document.querySelectorAll("*")].filter((e) => { const c = getComputedStyle(e);
            return c.transitionDuration.split(", ").some((d) => parseFloat(d) > 0) || c.animationName !== "none"
              || c.scrollBehavior === "smooth"; }).map((e) => e.outerHTML.slice(0, 90))"""
        assert desk.page.evaluate(moving) == []
    desk.page.emulate_media(reduced_motion="no-preference")
