"""The head of an instrument: its keys, its named dates and its readings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lagrum.language import syntax
from lagrum.language.problems import Problems, listing, quote
from lagrum.language.resolve_facts import words_of
from lagrum.model.instruments import Reading

KINDS = ("regulation", "directive", "proposal", "statute", "ordinance", "code", "position")
_DATES = ("published", "in force", "until")


@dataclass(frozen=True, slots=True)
class Header:
    """The keys of an `instrument` sentence, checked."""

    texts: Mapping[str, str]
    days: Mapping[str, date]
    uses: tuple[str, ...]
    tiers: tuple[str, ...]


def read_dates(sentences: list[syntax.DateS], problems: Problems) -> dict[str, date]:
    """The named dates; one may stand for another that is declared, but not in a circle."""
    written: dict[str, syntax.DateS] = {}
    for sentence in sentences:
        name = sentence.name.text
        if name in written or name == "date":
            problems.error(
                "LG0407",
                "`date` itself is the date of evaluation"
                if name == "date"
                else f"the date {quote(name)} is named twice",
                sentence.name.place,
                mend="choose another name",
                related=[(written[name].place, "first here")] if name in written else (),
            )
        else:
            written[name] = sentence
    found: dict[str, date] = {}
    circles: set[str] = set()
    for name, sentence in written.items():
        seen = [name]
        day = sentence.day
        while isinstance(day.value, str) and day.value in written and day.value not in seen:
            seen.append(day.value)
            day = written[day.value].day
        if not isinstance(day.value, str):
            found[name] = day.value
        elif day.value in circles:
            pass  # told already
        elif day.value in seen:
            circles.update(seen)
            problems.error(
                "LG0503",
                f"the date {quote(name)} stands for itself: {' → '.join(quote(n) for n in [*seen, day.value])}",
                sentence.place,
                mend="give one of them a day",
            )
        else:
            mend = problems.meant(day.value, written) or "write a day, for example 2026-08-02"
            problems.error("LG0415", f"no date is called {quote(day.value)}", day.place, mend=mend)
    return found


def read_header(sentence: syntax.InstrumentS, dates: Mapping[str, date], problems: Problems) -> Header:
    """Check the keys of an `instrument` sentence; what is wrong is noted and left out."""
    entries = {entry.key: entry for entry in sentence.entries}
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.\-]*", sentence.id.text):
        problems.error(
            "LG0509",
            f"{quote(sentence.id.text)} cannot be an instrument's id",
            sentence.id.place,
            mend="use letters, digits and hyphens, for example `eu-ai-act`",
        )
    texts = {key: " ".join(words_of(entry)) for key, entry in entries.items()}
    _check_kind(entries, texts, problems)
    days = {key: day for key in _DATES if key in entries and (day := _day(entries[key], dates, problems)) is not None}
    start = days.get("in force", days.get("published"))
    if start is not None and "until" in days and days["until"] <= start:
        problems.error(
            "LG0502",
            f"`until` {days['until']} is not after the start, {start}",
            entries["until"].place,
            mend="`until` is the first day on which the instrument no longer applies",
        )
    return Header(texts, days, _names(entries, "uses", problems), _names(entries, "tiers", problems))


def _check_kind(entries: Mapping[str, syntax.Entry], texts: Mapping[str, str], problems: Problems) -> None:
    kind = texts.get("kind", KINDS[0])
    if kind not in KINDS:
        mend = problems.meant(kind, KINDS) or f"one of {listing(KINDS, len(KINDS))}"
        problems.error("LG0509", f"{quote(kind)} is no kind of instrument", entries["kind"].place, mend=mend)


def _day(entry: syntax.Entry, dates: Mapping[str, date], problems: Problems) -> date | None:
    """The day of a key: a day, or the name of one."""
    for value in entry.values:
        if isinstance(value, syntax.Day) and not isinstance(value.value, str):
            return value.value
        name = value.value if isinstance(value, syntax.Day) else value.text
        if isinstance(name, str) and name in dates:
            return dates[name]
    written = " ".join(words_of(entry))
    problems.error("LG0510", f"{quote(written)} is no date", entry.place, mend="write it as 2026-08-02")
    return None


def _names(entries: Mapping[str, syntax.Entry], key: str, problems: Problems) -> tuple[str, ...]:
    if key not in entries:
        return ()
    names = words_of(entries[key])
    for name in {name for name in names if names.count(name) > 1}:
        problems.error("LG0509", f"{quote(name)} stands twice in `{key}`", entries[key].place, mend="keep one")
    return tuple(dict.fromkeys(names))


def read_readings(
    sentences: list[syntax.ReadingS], instrument: str, problems: Problems
) -> dict[str, tuple[str, Reading]]:
    """The readings of an instrument by name, each with the key it is chosen by."""
    found: dict[str, tuple[str, Reading]] = {}
    for sentence in sentences:
        name = sentence.name.text
        values = {line.name.text: line.text for line in sentence.values}
        if name in found:
            earlier = found[name][1].place
            problems.error(
                "LG0407",
                f"the reading {quote(name)} is declared twice",
                sentence.name.place,
                mend="choose another name",
                related=[(earlier, "first here")],
            )
            continue
        if len(values) < 2 or len(values) < len(sentence.values):
            problems.error(
                "LG0511",
                f"the reading {quote(name)} needs at least two values, each listed once",
                sentence.name.place,
                mend="list every way in which the provision can be read",
            )
        if sentence.default.text not in values:
            mend = problems.meant(sentence.default.text, values) or f"there are {listing(list(values))}"
            problems.error(
                "LG0511",
                f"the default {quote(sentence.default.text)} is none of the values of {quote(name)}",
                sentence.default.place,
                mend=mend,
            )
        reading = Reading(
            name,
            sentence.question,
            tuple(values.items()),
            sentence.default.text,
            sentence.citation,
            sentence.name.place,
        )
        found[name] = (f"{instrument}:{name}", reading)
    return found
