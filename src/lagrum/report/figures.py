"""Numbers and days as each language writes them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

HARD = "\N{NO-BREAK SPACE}"
_MONTHS = {
    "en": "January,February,March,April,May,June,July,August,September,October,November,December",
    "sv": "januari,februari,mars,april,maj,juni,juli,augusti,september,oktober,november,december",
}
SMALLEST = 0.0001
"""Shares below are told as such."""


def number(value: int, lang: str) -> str:
    """`1,530`, or `1 530` with a no-break space.

    >>> number(1530, "en")
    '1,530'
    """
    return f"{value:,}".replace(",", "," if lang == "en" else HARD)


def percent(share: float, lang: str) -> str:
    """A share in percent with two significant digits.

    >>> [percent(share, "en").replace(HARD, " ") for share in (1.0, 0.4714, 0.00309, 0.00001, 0.0, 0.999)]
    ['100 %', '47 %', '0.31 %', 'under 0.01 %', '0 %', '99.9 %']
    """
    if 0 < share < SMALLEST:
        under, smallest = ("under", "0.01") if lang == "en" else ("under", "0,01")
        return f"{under} {smallest}{HARD}%"
    said = f"{share * 100:.0f}" if share >= 0.1 or share == 0 else f"{share * 100:.2g}"
    if said == "100" and share < 1:
        said = f"{Decimal(share * 100).quantize(Decimal('0.1'), ROUND_HALF_EVEN)}"
    return f"{said if lang == 'en' else said.replace('.', ',')}{HARD}%"


def day(value: date | str, lang: str) -> str:
    """`22 November 2026`, `22 november 2026`.

    >>> day("2026-11-22", "sv").replace(HARD, " ")
    '22 november 2026'
    """
    found = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{found.day}{HARD}{_MONTHS[lang].split(',')[found.month - 1]}{HARD}{found.year}"


def plain(text: str) -> str:
    """The text with ordinary blanks."""
    return text.replace(HARD, " ")
