"""A real server, a real browser, and the checks that every page must stand."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from lagrum.web.app import create_app
from lagrum.web.settings import Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},
}


class Served:
    """A running server."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.app = create_app(settings)
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(self.app, log_level="error", ws="none"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)

    def __enter__(self) -> Served:
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("the server did not start")
            self._thread.join(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One person's own server, with an empty register."""
    folder = tmp_path_factory.mktemp("served")
    with Served(Settings(f"sqlite:///{folder / 'register.db'}", folder / "uploads")) as running:
        yield running


@pytest.fixture(scope="session")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A team's server, on which everybody signs in."""
    folder = tmp_path_factory.mktemp("team")
    with Served(Settings(f"sqlite:///{folder / 'register.db'}", folder / "uploads", team=True)) as running:
        yield running


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(_playwright: Playwright) -> Iterator[Browser]:
    """A real Chromium, as Debian has it."""
    if CHROMIUM is None:
        pytest.fail("the tests of the pages need chromium: apt-get install chromium")
    with _playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]) as browser:
        yield browser


def _context(
    chromium: Browser, served: Served, width: int, height: int, locale: str = "en-GB", **options: object
) -> BrowserContext:
    context = chromium.new_context(
        base_url=served.url,
        viewport={"width": width, "height": height},
        locale=locale,
        **options,  # type: ignore[arg-type]
    )
    context.set_default_timeout(15_000)
    return context


@pytest.fixture
def page(chromium: Browser, served: Served) -> Iterator[Page]:
    """A page of 1,280 pixels with script. Fails on what the page's own script gets wrong or the policy forbids."""
    yield from _page(_context(chromium, served, 1280, 900))


@pytest.fixture
def phone(chromium: Browser, served: Served) -> Iterator[Page]:
    """A page of 320 pixels, the narrowest that must do."""
    yield from _page(_context(chromium, served, 320, 700, has_touch=True))


@pytest.fixture
def plain(chromium: Browser, served: Served) -> Iterator[Page]:
    """A page without script."""
    yield from _page(_context(chromium, served, 1280, 900, java_script_enabled=False))


@pytest.fixture
def swedish(chromium: Browser, served: Served) -> Iterator[Page]:
    """A page in Swedish, dark."""
    yield from _page(_context(chromium, served, 768, 900, "sv-SE", color_scheme="dark"))


def _page(context: BrowserContext) -> Iterator[Page]:
    wrong: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if _is_ours(said.type, said.text) else None)
    yield page
    context.close()
    assert not wrong, wrong


def _is_ours(kind: str, text: str) -> bool:
    """Errors of the console that are ours; a page that answers with an error status is tested for that elsewhere."""
    return kind == "error" and "the server responded with a status of" not in text


def nothing_serious(page: Page) -> None:
    """axe finds nothing; there is one h1, a title, and no sideways scroll."""
    found = Axe().run(page, options=RULES)
    said = [
        f"{each['id']} ({each['impact']}): {each['help']}: {[node['html'][:160] for node in each['nodes']][:3]}"
        for each in found.response["violations"]
    ]
    assert not said, "\n".join(said)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


SCREENSHOTS = Path(__file__).parent.parent.parent / "build" / "screenshots"


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page for a person to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
