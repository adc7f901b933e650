"""The report on the loopholes of a law: findings first, each with its place, its witness and what would close it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lagrum.analysis.loopholes import Family, Loopholes
from lagrum.analysis.loopholes.result import APART, KINDS
from lagrum.model.law import Law
from lagrum.model.translations import Translation
from lagrum.report.annexes import Annexes
from lagrum.report.charts import Chart, cover
from lagrum.report.charts.words import opener_places, opener_words, rulings
from lagrum.report.document import Block, Desk, Document, Labels, Section, Table, code, strong, term
from lagrum.report.facts import Facts
from lagrum.report.figures import day, percent
from lagrum.report.speech import Speech, loophole_count, shown, usual_of
from lagrum.wording import Wording

WAYS = (6, 23, 14, 26, 13, 9, 9)
BALANCE = (8, 10, 10, 12, 60)
"""How wide the columns of a table are, one against another."""

MOST_DRAWN = 26
"""Ways in that one picture of a page holds; more are drawn in several of about the same size."""

MOST_TOLD = 3
"""Differences told in the table of ways in; the paragraphs tell all."""


@dataclass(frozen=True)
class Asked:
    """What a report is made from: the two texts, what was found between them (with the envelope of the answer), the
    charts beside it, and the command that makes it again."""

    law: Law
    position: Law
    result: Loopholes
    command: str
    translations: Mapping[str, Translation]
    timeline: Chart
    spread: Chart | None = None
    letters: Sequence[tuple[str, ...]] = ()  # the spread as letters: the law, then one for each way in
    balance: Chart | None = None
    balance_command: str = ""


def loopholes_report(asked: Asked, words: Wording) -> Document:
    """The document. Nothing in it was not in the answers it is made from."""
    desk = Desk(words.lang)
    result = asked.result
    usual = dict(usual_of(asked.law.facts, _names(result)))
    report = _Report(asked, words, desk, Speech(asked.law, Facts(words, asked.translations)), usual)
    annexes = Annexes(asked.law, asked.position, result, asked.command, words, desk, report.speech)
    sections = [report.answer(), *report.ways(), *report.beside()]
    sections += annexes.sections(usual)
    ways, holes = loophole_count(result, words)
    lead = words.say("report lead", ways=ways, holes=holes, day=day(result.on, words.lang))
    state = words.say("report complete" if result.complete else "report not complete")
    if not result.families and result.complete:
        lead, state = words.say("report none"), ""
    envelope = result.envelope
    about = {
        "law": _named(asked.law, words),
        "position": _named(asked.position, words),
        "day": day(result.on, words.lang),
        "text": day(str(envelope["text_of"]), words.lang),
        "id": code(envelope["id"]),
        "review": words.say("report not advice", reviewed=words.say("report review")),
    }
    return Document(
        words.lang,
        desk.text(words.say("report title", law=term(asked.law.instruments[0].title))),
        desk.text(f"{strong(lead)} {state}".strip()),
        tuple((words.say(f"report label {name}"), desk.text(said)) for name, said in about.items()),
        tuple(sections),
        words.say("report short", law=result.law, position=result.position),
        str(envelope["id"]),
        result.on,
        _labels(words),
    )


def _labels(words: Wording) -> Labels:
    para, table, figure, contents = (words.say(f"report {name}") for name in ("para", "table", "figure", "contents"))
    return Labels(para, table, figure, contents, words.say("report page", page="{page}", pages="{pages}"))


def _named(law: Law, words: Wording) -> str:
    """The title with the citation and the id."""
    instrument = law.instruments[0]
    return words.say("report named", title=term(f"{instrument.title}, {instrument.citation}"), id=code(law.id))


def _names(result: Loopholes) -> list[str]:
    """The facts that the witnesses answer, in their order."""
    return list(dict.fromkeys(name for family in result for hole in family.loopholes for name in hole.witness))


@dataclass(frozen=True)
class _Report:
    asked: Asked
    words: Wording
    desk: Desk
    speech: Speech
    usual: Mapping[str, str | tuple[str, ...]]

    def answer(self) -> Section:
        """The answer: how much there is, of which kinds, the picture, and all of it in a table."""
        words, desk, result = self.words, self.desk, self.asked.result
        ways, holes = loophole_count(result, words)
        blocks: list[Block] = []
        if result.families:
            said = words.say(
                "report answer",
                law=code(result.law),
                position=code(result.position),
                ways=strong(ways),
                holes=strong(holes),
                day=day(result.on, words.lang),
            )
            blocks.append(desk.para(said))
            for kind in KINDS:
                count = sum(family.kind == kind for family in result)
                if count:
                    many = words.several("report ways", count)
                    blocks.append(desk.para(words.say(f"report answer kind {kind}", ways=many)))
        blocks.append(desk.para(words.say("report complete" if result.complete else "report not complete")))
        blocks += [desk.para(words.say("report unfinished", reason=term(reason))) for reason in result.unfinished]
        if result.families:
            caption = words.say("report caption cover", table=desk.tables + 1)
            parts = -(-len(result) // MOST_DRAWN)
            each = -(-len(result) // parts)
            for first in range(1, len(result) + 1, each):
                blocks.append(desk.figure(caption, cover(result, words, first, first + each - 1)))
            blocks.append(self._table())
        return Section("answer", desk.text(words.say("report section answer")), tuple(blocks))

    def _table(self) -> Table:
        words, result = self.words, self.asked.result
        names = ("number", "opened", "place", "except", "ruling", "holes", "share")
        rows = [
            (
                str(number),
                term(opener_words(family)),
                term(opener_places(family)),
                self._except(family),
                rulings(family, words),
                str(len(family.loopholes)),
                percent(family.share, words.lang),
            )
            for number, family in enumerate(result, start=1)
        ]
        heads = [words.say(f"report head {name}") for name in names]
        return self.desk.table(words.say("report caption ways"), heads, rows, WAYS, (0, 5, 6))

    def _except(self, family: Family) -> str:
        hole = family.loopholes[0]
        more = len(hole.except_that) - MOST_TOLD
        told = "; ".join(term(each) for each in hole.except_that[:MOST_TOLD])
        return f"{told}; … (+{more})" if more > 0 else told

    def ways(self) -> Iterator[Section]:
        """Each way in; those about where and when the law applies stand apart."""
        words, desk = self.words, self.desk
        numbered = list(enumerate(self.asked.result, start=1))
        for id_, apart in (("ways", False), ("apart", True)):
            chosen = [(number, family) for number, family in numbered if (family.kind in APART) is apart]
            if not chosen:
                continue
            intro = (desk.para(words.say("report apart")),) if apart else ()
            below = tuple(self._way(number, family) for number, family in chosen)
            yield Section(id_, desk.text(words.say(f"report section {id_}")), intro, below)

    def _way(self, number: int, family: Family) -> Section:
        words, desk, speech = self.words, self.desk, self.speech
        law = self.asked.law.id
        norms = [str(self.asked.law.norms[o.norm].citation) for o in family.openers if o.norm in self.asked.law.norms]
        places = [o.citation for o in family.openers]
        hole = family.loopholes[0]
        usual = {name: shown(said) for name, said in self.usual.items()}
        practices = words.say("report practices", practices=speech.practices(family.practices))
        opened = speech.opened(family)
        blocks: list[Block] = [
            desk.para(opened if family.kind == "no norm" else f"{opened} {practices}", law, [*norms, *places]),
            desk.para(speech.witness(family)),
            desk.para(f"{speech.gets(family)} {speech.rests(family)}", law, family.duties),
            desk.para(speech.closes(family), law, [*norms, *places]),
        ]
        conditions = [c.citation for h in family.loopholes for c in h.conditions]
        blocks.append(desk.para(f"{speech.holes(family)} {speech.share(family)}", law, conditions))
        answers = speech.answers(hole, usual)
        if answers:
            section = words.say("report section usual")
            blocks.append(desk.para(words.say("report witness", answers=answers, section=section)))
        place = opener_places(family)
        title = f"{number}. {term(opener_words(family))}" + (f", {term(place)}" if place else "")
        return Section(f"way-{number}", desk.text(title), tuple(blocks))

    def beside(self) -> Iterator[Section]:
        """The charts beside the findings: where else, at what cost, and the days of the law."""
        words, desk, asked = self.words, self.desk, self.asked
        if asked.spread is not None:
            chart = asked.spread
            blocks: list[Block] = [desk.para(words.say("report spread", title=_lower(chart.title)))]
            blocks.append(desk.figure(self._caption("spread"), chart))
            width = len(asked.letters[0]) - 1 if asked.letters else 0
            heads = [words.say("report label law"), *(row[0] for row in chart.rows)]
            shares = [40, *([3] * width)]
            caption = words.say("report caption spread table")
            letters = [[term(law), *cells] for law, *cells in asked.letters]
            blocks.append(desk.table(caption, heads, letters, shares))
            yield Section("spread", desk.text(words.say("report section spread")), tuple(blocks))
        if asked.balance is not None:
            chart = asked.balance
            said = words.say("report balance", command=code(asked.balance_command))
            rows = [[*row[:4], term(row[4])] for row in chart.rows]
            yield Section(
                "balance",
                desk.text(words.say("report section balance")),
                (
                    desk.para(said),
                    desk.figure(self._caption("balance"), chart),
                    desk.table(
                        words.say("report caption balance table"), chart.heads, rows, (8, 9, 9, 9, 65), range(4)
                    ),
                ),
            )
        chart = asked.timeline
        rows = [[*row[:4], term(row[4])] for row in chart.rows]
        yield Section(
            "days",
            desk.text(words.say("report section days")),
            (
                desk.figure(self._caption("days"), chart),
                desk.table(words.say("report caption days table"), chart.heads, rows, (19, 15, 8, 25, 33), (2,)),
            ),
        )

    def _caption(self, name: str) -> str:
        """The caption of a picture whose table comes next."""
        return self.words.say(f"report caption {name}", table=self.desk.tables + 1)


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]
