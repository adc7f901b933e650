"""Changes ahead in the words of a page and of a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lagrum.model.diagnostics import InvalidInput
from lagrum.model.law import Law
from lagrum.reasoning.envelope import envelope
from lagrum.reasoning.timeline import Attached
from lagrum.register import Ahead, Because, Side
from lagrum.service.outlooks import AheadOfAll
from lagrum.web.address import address_of
from lagrum.web.case.reasons import ROLES, TIERS
from lagrum.web.case.sentence import law_name
from lagrum.web.problems import diagnostic_to_dict
from lagrum.web.spoken import in_english
from lagrum.web.view import View

FEW = 4  # rules or reasons that a row names
MANY = 12  # that a calendar does


@dataclass(frozen=True)
class Teller:
    """Says what changes in the language of the page."""

    view: View

    def short(self, law_id: str) -> str:
        """How a law is named in a row: `Regulation (EU) 2024/1689`."""
        try:
            return " + ".join(each.citation for each in self.view.desk.law(law_id).instruments)
        except InvalidInput:
            return law_id

    def because(self, each: Because, day: str) -> Markup:
        """A reason: the place whose day it is, and the act that set the day."""
        view = self.view
        if not each.citation:
            name = Markup('<a href="{}">{}</a>').format(address_of(each.instrument), self.short(each.instrument))
            return Markup(view.gettext("%(law)s enters into force")) % {"law": name}
        try:
            to = address_of(each.instrument, each.citation, on=day)
            place = Markup('<a href="{}">{}</a>').format(to, each.citation)
        except ValueError:
            place = in_english(view, each.citation)
        return place

    def acts(self, change: Ahead) -> list[str]:
        """The places in amending acts that set the day, each once."""
        return list(dict.fromkeys(each.act for each in change.because if each.act))

    def turn(self, change: Ahead) -> str:
        """What happens, where the ruling stays: classes that are new, else how many rules begin and end."""
        view = self.view
        new = [self.tier(each) for each in change.after.tiers if each not in change.before.tiers]
        if new:
            return view.gettext("now %(classes)s", classes=", ".join(new))
        begin, end = ([each for each in moved if each.sure] for moved in (change.begins, change.ends))
        told = [
            view.ngettext("%(num)s rule begins", "%(num)s rules begin", len(begin)) if begin else "",
            view.ngettext("%(num)s rule ends", "%(num)s rules end", len(end)) if end else "",
        ]
        perhaps = len({str(each) for each in (*change.begins, *change.ends) if not each.sure})
        if perhaps:
            told.append(view.ngettext("%(num)s rule is perhaps touched", "%(num)s rules are perhaps touched", perhaps))
        return ", ".join(each for each in told if each)

    def tier(self, name: str) -> str:
        """A class in words."""
        return self.view.gettext(TIERS.get(name, name))

    def role(self, name: str) -> str:
        """A role in words; as it was written where it is none that we know."""
        return self.view.gettext(ROLES[name]) if name in ROLES else name

    def side(self, side: Side) -> str:
        """A ruling in words, with what is possible where it is open."""
        said = [self.view.words.say(each.value) for each in side.possible]
        if len(said) == 1:
            return said[0]
        between = f" {self.view.words.say('or')} "
        return f"{self.view.words.say('undetermined')} ({between.join(said)})"

    def event(self, change: Ahead) -> tuple[str, str]:
        """The heading and text of a change in a calendar."""
        view, now, was = self.view, self.side(change.after), self.side(change.before)
        heading = (
            view.gettext("%(name)s: %(now)s (was %(was)s)", name=change.name, now=now, was=was)
            if change.before.possible != change.after.possible
            else f"{change.name}: {self.turn(change)}"
        )
        day = view.day(change.day)
        lines = [
            view.gettext("%(law)s: %(was)s until now, %(now)s from %(day)s", law=change.law, was=was, now=now, day=day)
        ]
        told = [str(each) for each in change.because]
        parts = (
            (view.gettext("Begins:"), _listed(change.begins)),
            (view.gettext("Ends:"), _listed(change.ends)),
            (view.gettext("Because of:"), _cut(told)),
        )
        lines += [f"{words} {said}" for words, said in parts if said]
        lines += [
            view.gettext("Who answers for it: %(owner)s (%(role)s)", owner=change.owner, role=self.role(change.role))
        ]
        lines += [view.gettext("This is not legal advice.")]
        return heading, "\n".join(lines)


def answer(found: AheadOfAll, laws: Iterable[Law]) -> dict[str, object]:
    """The changes as JSON, as `lagrum register changes --format json` has them."""
    told = {
        "from": found.since.isoformat(),
        "to": found.until.isoformat(),
        "changes": [each.to_dict() for each in found.changes],
    }
    bad = [diagnostic_to_dict(each) for unread in found.unread for each in unread.diagnostics]
    return envelope("ahead", list(laws)) | told | {"bad": bad}


def known_laws(view: View, ids: Iterable[str]) -> list[Law]:
    """The laws as they are known today; those that are not there are passed over."""
    found: list[Law] = []
    for each in ids:
        try:
            found.append(view.desk.law(each))
        except InvalidInput:
            continue
    return found


def named(view: View, law_id: str) -> str:
    """A law with its citation and title; its id where it is not there."""
    try:
        return law_name(view.desk.law(law_id))
    except InvalidInput:
        return law_id


def _listed(attached: Sequence[Attached]) -> str:
    return _cut([f"{each} {each.label}".strip() for each in attached])


def _cut(told: Sequence[str]) -> str:
    more = [f"+{len(told) - MANY}"] if len(told) > MANY else []
    return "; ".join([*told[:MANY], *more])
