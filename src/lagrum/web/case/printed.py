"""A ruling as a document: numbered paragraphs that can be cited, from one source for the page, PDF and Word."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from lagrum.model.cases import Given
from lagrum.model.rulings import Ruling
from lagrum.reasoning.assessment import Assessment, Duty
from lagrum.reasoning.document import head
from lagrum.report.document import Block, Desk, Document, Labels, Lines, Section, code, strong, term
from lagrum.web.case.reasons import Reasons
from lagrum.web.case.sentence import sentence
from lagrum.web.case.sitting import Sitting

ASKED = 20  # missing facts that are printed


def printed(sitting: Sitting, a: Assessment) -> Document:
    """The document of a ruling."""
    return _Printer(sitting, a).document()


def command_line(sitting: Sitting) -> str:
    """The command that gives the same ruling from the case file."""
    parts = ["lagrum", "assess", "case.yaml", "--law", sitting.law.id, "--on", sitting.on.isoformat()]
    if sitting.text_of != sitting.on:
        parts += ["--text-of", sitting.text_of.isoformat()]
    plain = sitting.view.desk.law(sitting.law.id, sitting.text_of).readings
    chosen = [f"{name}={value}" for name, value in sitting.law.readings.items() if plain.get(name) != value]
    return shlex.join([*parts, *(part for each in chosen for part in ("--reading", each))])


class _Printer:
    def __init__(self, sitting: Sitting, a: Assessment) -> None:
        self.sitting, self.a, self.told, self.view = sitting, a, sitting.told, sitting.view
        self.desk = Desk(self.view.lang)
        self.gettext = self.view.gettext
        self.id = str(head(a)["id"])

    def document(self) -> Document:
        text, gettext = self.desk.text, self.gettext
        about = [
            (gettext("Law"), text(term(f"{i.title}, {i.citation}") + f" ({code(i.id)})"))
            for i in self.a.law.instruments
        ]
        about += [(gettext("On"), text(self.view.day(self.a.on)))]
        if self.a.text_of != self.a.on:
            about += [(gettext("Text of"), text(self.view.day(self.a.text_of)))]
        about += [(gettext("Review"), text(term(i.review))) for i in self.a.law.instruments if i.review]
        about += [(gettext("Number"), text(code(self.id)))]
        lead = str(sentence(self.sitting, self.a).striptags())
        words = self.view.words
        names = (words.say(f"report {name}") for name in ("para", "table", "figure", "contents"))
        para, table, figure, contents = names
        labels = Labels(para, table, figure, contents, words.say("report page", page="{page}", pages="{pages}"))
        return Document(
            lang=self.view.lang,
            title=text(self.sitting.title),
            lead=text(strong(f"{words.say(self.a.ruling).capitalize()}.") + f" {lead}"),
            about=tuple(about),
            sections=tuple(self.sections()),
            short=self.sitting.title[:60],
            id=self.id,
            day=self.a.on.isoformat(),
            labels=labels,
        )

    def sections(self) -> Iterator[Section]:
        gettext = self.gettext
        parts = (
            ("answer", gettext("Answer"), self.answer),
            ("facts", gettext("Facts"), self.facts),
            ("reasons", gettext("Reasons"), self.reasons),
            ("unless", gettext("What would change it"), self.unless),
            ("missing", gettext("What is missing"), self.missing),
            ("duties", gettext("Duties by role and date"), self.duties),
            ("rests", gettext("Judgements, readings, assumptions"), self.rests),
            ("again", gettext("How to reproduce this"), self.again),
        )
        for name, title, blocks in parts:
            yield Section(name, self.desk.text(title), tuple(blocks()))

    def para(self, words: str) -> Block:
        return self.desk.para(words)

    def answer(self) -> Iterator[Block]:
        gettext, a = self.gettext, self.a
        yield self.para(str(sentence(self.sitting, a).striptags()))
        if a.without_assumptions is not None:
            yield self.para(
                gettext(
                    "This rests on what was assumed. Without that it is: %(rulings)s.",
                    rulings=self.rulings(a.without_assumptions),
                )
            )
        reasons = Reasons(self.sitting, a)
        for tier, places in reasons.tiers:
            words = {"tier": strong(self.gettext(reasons.tier(tier.tier))), "places": term(", ".join(places))}
            if tier.since:
                words["day"] = self.view.day(tier.since)
                yield self.para(gettext("Class: %(tier)s, from %(day)s (%(places)s).", **words))
            else:
                yield self.para(gettext("Class: %(tier)s (%(places)s).", **words))

    def facts(self) -> Iterator[Block]:
        given = list(self.a.case.facts.values())
        if not given:
            yield self.para(self.gettext("Nothing is known."))
            return
        heads = (self.gettext("Fact"), self.gettext("Answer"), self.gettext("How it is known"))
        rows = ((self.question(g.fact), self.told.given(g), self.known(g)) for g in given)
        yield self.desk.table(self.gettext("What is known of the case"), heads, rows, (5, 5, 3))

    def reasons(self) -> Iterator[Block]:
        for b in self.a.because_facts:
            answer = strong(self.told.answer(b.fact, b.text))
            place = f" ({term(b.citation)})" if b.citation else ""
            yield self.para(f"{self.question(b.fact)} {answer}{place}")
        reasons = Reasons(self.sitting, self.a)
        for norm in reasons.norms:
            does = self.gettext(norm.does)
            yield self.para(f"{strong(norm.because.citation)} {does}: {term(norm.because.label)}.")

    def unless(self) -> Iterator[Block]:
        for holder, group in Reasons(self.sitting, self.a).unless:
            for each in group[:ASKED]:
                changes = "; ".join(
                    f"{self.question(c.fact)} {self.told.answer(c.fact, c.instead)}" for c in each.changes
                )
                hands = self.gettext(Reasons(self.sitting, self.a).hands(holder))
                yield self.para(f"{changes} → {strong(self.rulings(each.possible))} ({hands}).")

    def missing(self) -> Iterator[Block]:
        if not self.a.missing:
            yield self.para(self.gettext("Nothing that is missing can change this."))
        for each in self.a.missing[:ASKED]:
            yield self.para(self.question(each.fact) + (f" ({term(each.citation)})" if each.citation else ""))
        more = len(self.a.missing) - ASKED
        if more > 0:
            yield self.para(self.view.ngettext("and %(num)s more", "and %(num)s more", more))

    def duties(self) -> Iterator[Block]:
        reasons = Reasons(self.sitting, self.a)
        for role in reasons.roles:
            name = self.gettext(reasons.role(role.name))
            if role.none:
                yield self.para(self.gettext("%(role)s: no duty was found for this role.", role=name.capitalize()))
            elif role.now or role.later:
                told = "; ".join(self.duty(duty) for duty in (*role.now, *role.later))
                yield self.para(f"{strong(name.capitalize())}: {told}.")
            if role.perhaps:
                yield self.para(
                    self.view.ngettext(
                        "%(role)s: %(num)s duty may bind this role; that is open.",
                        "%(role)s: %(num)s duties may bind this role; that is open.",
                        len(role.perhaps),
                        role=name.capitalize(),
                    )
                )

    def duty(self, duty: Duty) -> str:
        told = f"{term(duty.citation)} {term(duty.what)}"
        if duty.since:
            told += f", {self.gettext('from')} {self.view.day(duty.since)}"
        return told + (f", {self.gettext('not met')}" if duty.met == "no" else "")

    def rests(self) -> Iterator[Block]:
        for each in self.a.leans_on:
            answer = self.told.answer(each.fact, each.answer) if each.answer else self.gettext("open")
            judge = self.view.words.say(f"judge {each.decided_by or 'nobody'}")
            yield self.para(f"{self.question(each.fact)} {strong(answer)} ({judge}, {term(each.citation)}).")
        for o in self.a.other_readings:
            words = {"question": term(o.question), "now": term(o.chosen), "instead": term(o.instead)}
            said = self.gettext(
                "%(question)s Read as %(now)s; read as %(instead)s it is: %(rulings)s.",
                rulings=self.rulings(o.possible),
                **words,
            )
            yield self.para(said)
        if self.a.assumed:
            told = "; ".join(self.told.statement(each) for each in self.a.assumed)
            yield self.para(self.gettext("Assumed: %(facts)s.", facts=told))
        for governed in self.a.also_governed_by:
            yield self.para(self.gettext("Also governed by, and not encoded: %(law)s.", law=term(governed.text)))

    def again(self) -> Iterator[Block]:
        yield self.para(self.gettext("Save the case file and give this command; it gives the same number."))
        yield Lines((command_line(self.sitting),))
        laws = "; ".join(f"{code(i.id)} {code(self.a.law.hash[:16])}" for i in self.a.law.instruments)
        yield self.para(self.gettext("Law: %(laws)s. Ruling: %(number)s.", laws=laws, number=code(self.id)))
        yield self.para(
            self.gettext("This is not legal advice. The encoding of the law has not been reviewed by counsel.")
        )

    # --- words -----------------------------------------------------------------------------------------------

    def question(self, name: str) -> str:
        words = self.told.question(name)
        return term(words) if self.told.lang(name) else words

    def known(self, given: Given) -> str:
        said = {
            "stated": self.gettext("stated"),
            "assumed": self.gettext("assumed"),
            "judged": self.gettext("judged"),
            "indicated": self.gettext("indicated by words"),
        }
        parts = [said[given.basis], given.by, self.view.day(given.on) if given.on else ""]
        return ", ".join(filter(None, parts))

    def rulings(self, possible: Sequence[Ruling]) -> str:
        between = f" {self.view.words.say('or')} "
        return between.join(self.view.words.say(each) for each in possible)
