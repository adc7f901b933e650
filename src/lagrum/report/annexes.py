"""What stands behind the findings of a report: method, readings, review, how to make it again, provisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lagrum.analysis.loopholes import Loopholes
from lagrum.model.law import Law
from lagrum.report.document import Block, Desk, Lines, Section, code, term
from lagrum.report.figures import day
from lagrum.report.speech import Speech, paras
from lagrum.wording import Wording

METHOD = ("search", "exact", "unknown", "share", "alone", "norms")


@dataclass(frozen=True)
class Annexes:
    """The sections behind the findings, made at the same desk, so that numbers go on."""

    law: Law
    position: Law
    result: Loopholes
    command: str
    words: Wording
    desk: Desk
    speech: Speech

    def sections(self, usual: Mapping[str, str | tuple[str, ...]]) -> Iterator[Section]:
        """All of them, in order."""
        yield self._section("method", self._method())
        yield self._section("readings", self._readings())
        yield self._section("review", self._review())
        yield self._section("again", self._again())
        if usual:
            yield self._section("usual", self._usual(usual))
        if self.desk.cited:
            yield self._section("provisions", self._provisions())

    def _section(self, name: str, blocks: Iterator[Block]) -> Section:
        return Section(name, self.desk.text(self.words.say(f"report section {name}")), tuple(blocks))

    def _method(self) -> Iterator[Block]:
        named = {"law": code(self.law.id), "position": code(self.position.id)}
        for name in METHOD:
            if name == "exact" and not self.result.complete:
                continue
            yield self.desk.para(self.words.say(f"report method {name}", **named))
        if self.result.also_governed_by:
            laws = "; ".join(term(each) for each in self.result.also_governed_by)
            yield self.desk.para(self.words.say("report governed", laws=laws))

    def _readings(self) -> Iterator[Block]:
        words, desk = self.words, self.desk
        rows = []
        for law in (self.law, self.position):
            for key, reading in law.all_readings().items():
                chosen = law.readings.get(key, reading.default)
                values = dict(reading.values)
                others = "; ".join(term(f"{name}: {said}") for name, said in values.items() if name != chosen)
                asked = f"{term(reading.question)} ({code(reading.name)})"
                rows.append((code(key.split(":")[0]), asked, term(f"{chosen}: {values.get(chosen, '')}"), others))
        if rows:
            command = code("--reading NAME=VALUE")
            yield desk.para(words.say("report readings", table=desk.tables + 1, command=command))
            heads = [words.say(f"report head {name}") for name in ("instrument", "reading", "chosen", "otherwise")]
            yield desk.table(words.say("report caption readings"), heads, rows, (18, 30, 26, 26))
        else:
            yield desk.para(words.say("report no readings"))
        names = dict.fromkeys(name for family in self.result for name in family.judgements)
        if names:
            judged = ", ".join(self._judgement(name) for name in names)
            yield desk.para(words.say("report judgements", judgements=judged))
        else:
            yield desk.para(words.say("report no judgements"))
        given: list[Mapping[str, Any]] = list(self.result.envelope["given"])
        if given:
            said = "; ".join(term(f"{each['fact']} = {each['value']}") for each in given)
            yield desk.para(words.say("report given", given=said))
        else:
            yield desk.para(words.say("report nothing given"))

    def _judgement(self, name: str) -> str:
        fact = self.law.facts.get(name) or self.position.facts.get(name)
        party = fact.decided_by if fact else None
        if party is None:
            return term(name)
        return self.words.say("report judgement by", name=term(name), party=self.words.say(f"judge {party}"))

    def _review(self) -> Iterator[Block]:
        words, desk = self.words, self.desk
        yield desk.para(words.say("report review"))
        rows = [
            (
                code(instrument.id),
                term(f"{instrument.title}, {instrument.citation}"),
                day(instrument.published, words.lang) if instrument.published else "",
                term(instrument.review),
            )
            for law in (self.law, self.position)
            for instrument in law.instruments
        ]
        heads = [words.say(f"report head {name}") for name in ("id", "title", "published", "reviewed")]
        yield desk.table(words.say("report caption review"), heads, rows, (20, 30, 14, 36))

    def _again(self) -> Iterator[Block]:
        words, desk, envelope = self.words, self.desk, self.result.envelope
        yield desk.para(words.say("report again"))
        yield Lines((self.command,))
        named = {"law": self.law.id, "position": self.position.id, "day": day(self.result.on, words.lang)}
        citation = words.say("report cite", id=envelope["id"], **named)
        yield desk.para(
            words.say("report again id", id=code(envelope["id"]), version=envelope["lagrum"], citation=citation)
        )
        laws: list[Mapping[str, Any]] = list(envelope["laws"])
        rows = [
            (code(each["id"]), day(each["version"], words.lang) if each["version"] else "", code(each["hash"]))
            for each in laws
        ]
        heads = [words.say(f"report head {name}") for name in ("id", "version", "hash")]
        yield desk.table(words.say("report caption hashes"), heads, rows, (26, 16, 58))

    def _usual(self, usual: Mapping[str, str | tuple[str, ...]]) -> Iterator[Block]:
        words, desk = self.words, self.desk
        yield desk.para(words.say("report usual"))
        rows = [(self.speech.question(name), self.speech.answer(name, said)) for name, said in usual.items()]
        heads = [words.say(f"report head {name}") for name in ("fact", "usual")]
        yield desk.table(words.say("report caption usual"), heads, rows, (60, 40))

    def _provisions(self) -> Iterator[Block]:
        words, desk = self.words, self.desk
        yield desk.para(words.say("report provisions"))
        places = [str(norm.citation) for norm in self.law.norms.values()]
        said: dict[str, list[str]] = {}
        for norm in self.law.norms.values():
            said.setdefault(str(norm.citation), []).append(norm.label or norm.name)
        order = {place: i for i, place in enumerate(dict.fromkeys(places))}
        cited = sorted(desk.cited.items(), key=lambda item: order.get(item[0][1], len(order)))
        rows = [
            (term(place), term("; ".join(dict.fromkeys(filter(None, said.get(place, []))))), paras(numbers))
            for (_, place), numbers in cited
        ]
        heads = [words.say(f"report head {name}") for name in ("place", "says", "paras")]
        yield desk.table(words.say("report caption provisions"), heads, rows, (24, 48, 28))
