"""Pictures of every page for a person to look at, as people with each kind of colour vision see it.

    python scripts/screenshots.py [WORDS OF A NAME ...] [--width 320] [--dark] [--lang sv] [--only none,protanopia]

The pages and their states are those that `tests/web/test_checks.py` checks. Pictures go to `build/screenshots/eyes/`,
with a page `index.html` that shows those of one page side by side.
"""

from __future__ import annotations

import argparse
import html
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lagrum.web.settings import Settings  # noqa: E402
from tests.web.conftest import CHROMIUM, Served  # noqa: E402
from tests.web.everywhere import Place, places  # noqa: E402

EYES = ("none", "achromatopsia", "protanopia", "deuteranopia", "tritanopia")
FOLDER = ROOT / "build" / "screenshots" / "eyes"


def main() -> None:
    """Serve something on every page, and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="words of the names of pages; all pages without")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--lang", choices=("en", "sv"), default="en")
    parser.add_argument("--only", default=",".join(EYES), help=f"of {', '.join(EYES)}")
    told = parser.parse_args()
    eyes = [each for each in EYES if each in told.only.split(",")]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        settings = Settings(f"sqlite:///{folder}/register.db", Path(folder) / "uploads", requests_a_minute=10**6)
        with Served(settings) as served:
            wanted = [
                p for p in places(served.app, served.url) if not told.names or any(n in p.name for n in told.names)
            ]
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            context = browser.new_context(
                base_url=served.url,
                viewport={"width": told.width, "height": 900},
                locale={"en": "en-GB", "sv": "sv-SE"}[told.lang],
                color_scheme="dark" if told.dark else "light",
            )
            page = context.new_page()
            suffix = f"{told.width}-{'dark' if told.dark else 'light'}-{told.lang}"
            for place in wanted:
                _take(page, place, eyes, suffix)
            browser.close()
    _index(wanted, eyes, suffix)
    print(FOLDER / "index.html")


def _take(page: Page, place: Place, eyes: list[str], suffix: str) -> None:
    page.goto(place.path)
    page.locator("[data-job]").first.wait_for(state="detached")
    devtools = page.context.new_cdp_session(page)
    for each in eyes:
        devtools.send("Emulation.setEmulatedVisionDeficiency", {"type": each})
        page.screenshot(path=FOLDER / _name(place, each, suffix), full_page=True)
    devtools.detach()


def _name(place: Place, eyes: str, suffix: str) -> str:
    return f"{place.name.replace(' ', '-')}-{suffix}-{eyes}.png"


def _index(shown: list[Place], eyes: list[str], suffix: str) -> None:
    rows = [
        f"<h2>{html.escape(place.name)}</h2><p>"
        + "".join(f'<img src="{_name(place, each, suffix)}" alt="{each}" title="{each}" width="380"> ' for each in eyes)
        for place in shown
    ]
    text = f"<!doctype html><title>Pictures</title><h1>As seen with: {', '.join(eyes)}</h1>{''.join(rows)}"
    (FOLDER / "index.html").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
