"""The words that charts share: what a family is called, and which kinds of rules there are."""

from __future__ import annotations

from lagrum.analysis.loopholes import Family, Loopholes
from lagrum.report.charts.chart import MOST_WORDS
from lagrum.report.figures import day
from lagrum.wording import Wording


def opener_words(family: Family) -> str:
    """The words that open a family, without the place."""
    if family.kind == "no norm":
        return ", ".join(" + ".join(practice) for practice in family.practices)
    return "; ".join(f"{o.condition}: {o.way}" if o.way else o.condition for o in family.openers)


def opener_places(family: Family) -> str:
    """Where these words stand; empty where no provision speaks."""
    return "; ".join(dict.fromkeys(o.citation for o in family.openers if o.citation))


def unbroken(place: str) -> str:
    """The citation, so that no line ends within it."""
    return place.replace("; ", ";\N{LINE FEED}").replace(" ", "\N{NO-BREAK SPACE}").replace("\N{LINE FEED}", " ")


def rulings(family: Family, words: Wording) -> str:
    """What such cases get, in the language."""
    return f" {words.say('or')} ".join(words.say(ruling.value) for ruling in family.rulings)


def of_loopholes(result: Loopholes, words: Wording) -> tuple[str, ...]:
    """The source of a chart that is made from loopholes."""
    how = words.say("chart complete" if result.complete else "chart not complete")
    return (
        words.say("chart source", law=result.law, position=result.position, day=day(result.on, words.lang)),
        how,
    )


def checked(title: str) -> str:
    """A title that is short enough to quote; one that is not is a mistake of ours."""
    if len(title.split()) > MOST_WORDS:
        raise ValueError(f"a title of more than ten words: {title}")
    return title
