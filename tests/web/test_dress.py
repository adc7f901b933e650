"""What pages are dressed with: contrast, size, and nothing that the policy forbids."""

from __future__ import annotations

import gzip
import re
from itertools import product
from pathlib import Path

import pytest

import lagrum.web
from lagrum.web.static import address, files

WEB = Path(lagrum.web.__file__).parent
SHEET = (WEB / "static" / "css" / "00-tokens.css").read_text(encoding="utf-8")
BLOCKS = re.findall(r"([^{}]+)\{([^{}]+)\}", re.sub(r"@media[^{]*\{", "", SHEET))
RULINGS = ("forbidden", "excepted", "regulated", "unregulated", "outside", "undetermined")


def _tokens(selector: str) -> dict[str, str]:
    (body,) = (body for head, body in BLOCKS if head.strip().endswith(selector))
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", body))


LIGHT = _tokens(":root")
DARK = LIGHT | _tokens(':root[data-theme="dark"]')


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """As WCAG 2.2 has it."""
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_that_is_read_has_contrast(theme: dict[str, str]) -> None:
    words = ("text", "muted", "link", "visited", "error", *RULINGS)
    for ink, ground in product(words, ("page", "surface")):
        assert contrast(theme[ink], theme[ground]) >= 4.5, (ink, ground)
    assert contrast(theme["border"], theme["page"]) >= 3
    assert contrast(theme["focus"], theme["page"]) >= 3
    assert contrast(theme["on-link"], theme["link"]) >= 4.5


def test_the_two_ways_to_dark_are_the_same() -> None:
    assert _tokens(':root:not([data-theme="light"])') == _tokens(':root[data-theme="dark"]')


def test_the_style_sheet_and_scripts_stay_small() -> None:
    for name, file in files().items():
        most = 14_000 if name == "lagrum.css" else 8_000
        assert len(gzip.compress(file.content)) <= most, name


def test_another_content_has_another_address() -> None:
    assert re.fullmatch(r"/static/[0-9a-f]{12}/lagrum\.css", address("lagrum.css"))


@pytest.mark.parametrize("path", sorted((WEB / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_no_template_does_what_the_policy_forbids(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son\w+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text), "nothing is fetched from elsewhere"
    assert "|safe" not in text.replace(" ", "")
