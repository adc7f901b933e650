"""The spread of loopholes as the page tells it: columns in groups, cells, one family law by law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from lagrum.analysis.spread import Spread, Standing, State
from lagrum.analysis.spread.result import Alike, Cell, Certainty, Column, Row
from lagrum.web.spoken import cited
from lagrum.web.view import View

LETTERS = {
    State.OPEN: ("O", "open"),
    State.NARROWED: ("N", "narrowed"),
    State.CLOSED: ("C", "closed"),
    State.NOT_ITS_SUBJECT: ("·", "none"),
    State.DEPENDS: ("?", "depends"),
}
"""The letter of a state, and the name of its colours."""

CODES = {"council-of-europe": "CoE"}


@dataclass(frozen=True, slots=True)
class Group:
    """Laws of one region: its short name, its name, and how many columns it takes."""

    short: str
    name: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class One:
    """What one law does about the chosen family."""

    view: View
    column: Column
    cell: Cell
    alone: bool

    @property
    def name(self) -> str:
        """The jurisdiction; with the law where it has several here."""
        return self.column.jurisdiction if self.alone else f"{self.column.jurisdiction}: {self.column.law}"

    @property
    def letter(self) -> str:
        return LETTERS[self.cell.state][0]

    @property
    def kind(self) -> str:
        return LETTERS[self.cell.state][1]

    @property
    def state(self) -> str:
        return self.view.words.say(f"chart state {self.cell.state}")

    @property
    def standing(self) -> str:
        return standing(self.view, self.column)

    @property
    def by(self) -> Markup:
        return Markup("; ").join(cited(self.view, self.column.law, each) for each in self.cell.by)

    @property
    def notes(self) -> Iterator[str]:
        """What has to be said of the cell besides."""
        _ = self.view.gettext
        if self.cell.state is State.DEPENDS:
            states = f" {self.view.words.say('or')} ".join(
                self.view.words.say(f"chart state {each}") for each in self.cell.states
            )
            names = ", ".join(each.split(":", 1)[-1] for each in self.cell.readings)
            said = self.view.words.say(f"chart state {self.cell.as_read}")
            yield _(
                "%(states)s, by the reading of “%(names)s”; %(said)s as read here",
                states=states,
                names=names,
                said=said,
            )
        if not self.cell.reached:
            yield _("no case of it lies in its scope")
        if self.cell.alike is Alike.WORDS:
            yield _("opened by the same words")
        if self.column.certainty is not Certainty.TEXT:
            yield _("the encoding is not certain")


def standing(view: View, column: Column) -> str:
    """What stands in the way of a law's being law on the day; empty where nothing does."""
    match column.standing:
        case Standing.BILL:
            return view.words.say("chart bill")
        case Standing.NOT_YET:
            return view.words.say("chart not before", day=view.day(column.moves))
        case Standing.ENDED:
            return view.words.say("chart ended", day=view.day(column.moves))
        case _:
            return ""


def groups(view: View, result: Spread) -> list[Group]:
    """The columns by region, in their order."""
    _ = view.gettext
    names = {
        "br": _("Brazil"),
        "cn": _("China"),
        "kr": _("South Korea"),
        "nz": _("New Zealand"),
        "vn": _("Vietnam"),
        "council-of-europe": _("Council of Europe"),
        "eu": _("European Union and its members"),
        "uk": _("United Kingdom"),
        "us": _("United States"),
    }
    found = []
    for group, columns in groupby(result.columns, lambda column: column.group):
        told = tuple(columns)
        found.append(Group(CODES.get(group, group.upper()[:3]), names.get(group, told[0].jurisdiction), told))
    return found


def family(view: View, result: Spread, number: int) -> tuple[Row, list[One]] | None:
    """A family by its number, law by law; None where there is no such family."""
    for row in result.rows:
        if row.number == number:
            count = Counter(column.jurisdiction for column in result.columns)
            pairs = zip(result.columns, row.cells, strict=True)
            return row, [One(view, column, cell, count[column.jurisdiction] == 1) for column, cell in pairs]
    return None


def counted(view: View, row: Row) -> str:
    """In how many laws the family is what."""
    told = [(state, row.count(state)) for state in State]
    return "; ".join(
        f"{view.words.say(f'chart state {state}')}: {view.number(count)}" for state, count in told if count
    )
