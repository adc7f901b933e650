"""Dates as registers write them: a day, or only a month or a year, in a form that the mapping names."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from decimal import Decimal

from lagrum.language.stretches import holding
from lagrum.model.facts import Fact

USUAL = ("YYYY-MM-DD",)
SERIAL = "spreadsheet days"
_MONTHS = {name.casefold(): i for i, name in enumerate(calendar.month_abbr) if name}
_FIRST = date(1899, 12, 30)  # day 0 as spreadsheets count
_PARTS = {
    "YYYY": r"(?P<year>[0-9]{4})",
    "YY": r"(?P<short>[0-9]{2})",
    "MM": r"(?P<month>[0-9]{1,2})",
    "DD": r"(?P<day>[0-9]{1,2})",
    "Mon": r"(?P<name>[A-Za-z]{3})[a-z]*",
}
_PART = re.compile("|".join(_PARTS))
_TIME = r"(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"


def sound_form(form: str) -> bool:
    """Whether a form says at least the year, and each part once."""
    parts = _PART.findall(form)
    kinds = {"YY": "YYYY", "Mon": "MM"}
    named = [kinds.get(part, part) for part in parts]
    days_need = "DD" not in named or "MM" in named
    return form == SERIAL or ("YYYY" in named and len(named) == len(set(named)) and days_need)


def stretch_of_days(cell: str, forms: tuple[str, ...]) -> tuple[date, date] | None:
    """The first and last day that a cell can mean in one of the forms; None where it is written in none of them."""
    for form in forms or USUAL:
        if form == SERIAL:
            if re.fullmatch(r"[0-9]{1,6}(\.[0-9]+)?", cell):
                day = _FIRST + timedelta(days=int(cell.split(".")[0]))
                return day, day
            continue
        end = 0
        expression = ""
        for part in _PART.finditer(form):
            expression += re.escape(form[end : part.start()]) + _PARTS[part[0]]
            end = part.end()
        expression += re.escape(form[end:])
        if (found := re.fullmatch(expression + _TIME, cell.strip())) and (days := _days(found.groupdict())):
            return days
    return None


def _days(parts: dict[str, str]) -> tuple[date, date] | None:
    year = int(parts["year"]) if parts.get("year") else 2000 + int(parts["short"])
    month = int(parts["month"]) if parts.get("month") else _MONTHS.get(parts.get("name", "").casefold(), 0)
    try:
        if parts.get("day"):
            day = date(year, month, int(parts["day"]))
            return day, day
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return (date(year, 1, 1), date(year, 12, 31)) if not parts.get("name") else None
    except (ValueError, calendar.IllegalMonthError):
        return None


def stretches(fact: Fact, days: tuple[date, date]) -> frozenset[int]:
    """The answers to a date fact that a stretch of days leaves open."""
    first, last = (holding(fact, Decimal(day.toordinal())) for day in days)
    return frozenset(range(first, last + 1))
