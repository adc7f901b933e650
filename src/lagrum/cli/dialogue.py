"""The interview as a conversation in a terminal, or with answers that were typed beforehand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lagrum.cli.files import rewrite, write_new
from lagrum.cli.output import Output
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.facts import Fact, FactKind
from lagrum.model.norms import NormKind
from lagrum.reasoning.asking import Asked, Interview, Outcome
from lagrum.report.phrases import Phrases

_JUDGED = re.compile(r"(?P<answer>.*\S)\s+by\s+(?P<judge>\S.*)")
_YES = {"y", "yes", "j", "ja"}
_NO = {"n", "no", "nej"}
_MOST_WHY = 6


class Stopped(Exception):
    """The person stopped. `saved` is the file that was written, if any."""

    def __init__(self, saved: Path | None = None) -> None:
        self.saved = saved
        super().__init__(str(saved or ""))


@dataclass
class Dialogue:
    """One conversation. `read` shows a prompt and gives what was typed, None where nothing more will come; `tell`
    prints what the law makes of the answers."""

    state: Interview
    phrases: Phrases
    out: Output
    read: Callable[[str], str | None]
    tell: Callable[[Interview], None]
    shown: str = ""

    def run(self) -> Path | None:
        """Ask until it is over; the file in which the answers were saved, if they were."""
        self.out.line(f"{self.state.law.id}, {self.state.on.isoformat()}")
        self.out.line(self._say("commands"))
        self._progress(None)
        try:
            while True:
                asked = self.state.question
                if asked is None:
                    self._end()
                else:
                    self._ask(asked)
        except Stopped as stopped:
            return stopped.saved

    # --- asking ----------------------------------------------------------------------------------------------

    def _ask(self, asked: Asked) -> None:
        if self.shown != asked.fact.name:
            self._show(asked.fact)
            self.shown = asked.fact.name
        typed = self._typed(self._say("prompt", choices=self._choices(asked.fact)))
        if self._command(typed, asked):
            return
        self._take(asked.fact, typed)

    def _take(self, fact: Fact, typed: str) -> bool:
        """Answer a fact with what was typed; False, and why, where that cannot be."""
        before = self.state
        try:
            if typed in ("", "d"):
                self.state = self.state.tell(fact.name, None)
            else:
                self.state = self._answered(fact, typed)
        except InvalidInput as error:
            self._refuse(error, typed)
            return False
        self.shown = ""
        self._progress(before)
        return True

    def _answered(self, fact: Fact, typed: str) -> Interview:
        judge = ""
        if fact.judgement and (match := _JUDGED.fullmatch(typed)):
            typed, judge = match["answer"], match["judge"]
        by_sign = {sign: fact.answers[i].name for sign, i in self.phrases.options(fact)}
        if fact.several:
            parts = [part.strip() for part in typed.split(",")]
            names = [] if parts in (["0"], ["none"]) else [by_sign.get(part, part) for part in parts if part]
            state = self.state.tell(fact.name, names)
        elif fact.kind is FactKind.YES_NO:
            folded = typed.casefold()
            state = self.state.tell(
                fact.name, "yes" if folded in _YES else "no" if folded in _NO else by_sign.get(typed, typed)
            )
        else:
            state = self.state.tell(fact.name, by_sign.get(typed, typed))
        if judge:
            given = replace(state.case.facts[fact.name], basis="judged", by=judge)
            state = self.state.tell(fact.name, given)
        return state

    def _refuse(self, error: InvalidInput, typed: str) -> None:
        first = error.diagnostics[0]
        if first.code == "LG0650":
            self.out.line(self._say("contradiction", message=first.message))
            self.out.line(self._say("contradiction help"))
        else:
            self.out.line(self._say("no answer", text=typed))
            self.out.line(first.help)

    # --- what can be typed besides answers -------------------------------------------------------------------

    def _command(self, typed: str, asked: Asked | None) -> bool:
        """Do what was typed if it is a command."""
        word, _, rest = typed.partition(" ")
        rest = rest.strip()
        match word:
            case "?" | "h":
                self._help(asked)
            case "w" if asked:
                self._why(asked)
            case "t" if asked:
                self._words(asked)
            case "b":
                self._back()
            case "l":
                self._list()
            case "c":
                self._change(rest)
            case "u" if asked:
                self._usual()
            case "s":
                self._save(rest)
            case "q":
                if asked:
                    self.out.line(self._say("stopped"))
                raise Stopped
            case _:
                return self._by_name(typed)
        return True

    def _by_name(self, typed: str) -> bool:
        """`FACT=VALUE`."""
        name, equals, value = (part.strip() for part in typed.partition("="))
        fact = self.state.law.facts.get(name)
        if not equals or fact is None:
            return False
        before = self.state
        try:
            self.state = self.state.tell(name, value)
        except InvalidInput as error:
            self._refuse(error, typed)
            return True
        self.shown = ""
        self._progress(before)
        return True

    def _help(self, asked: Asked | None) -> None:
        if asked and (text := self.phrases.help(asked.fact)):
            self.out.line(text)
        for line in self._say("help").split("\n"):
            self.out.line(line)

    def _why(self, asked: Asked) -> None:
        told = [norm for norm in asked.why if norm.label][:_MOST_WHY]
        for norm in told:
            self.out.row(self._say("why"), norm.label, str(norm.citation))
        if not told:
            self.out.line(self._say("why nothing"))

    def _words(self, asked: Asked) -> None:
        fact = asked.fact
        if fact.defined_in:
            self.out.line(self._say("defined", place=fact.defined_in))
        readers = [norm for norm in self.state.law.norms.values() if norm.kind is NormKind.DEFINE]
        named = [norm for norm in readers if norm.name == fact.name or str(norm.citation) == asked.citation]
        for norm in named:
            self.out.row(norm.name, norm.note or norm.label or norm.name, str(norm.citation))
        if not fact.defined_in and not named:
            self.out.line(self._say("no definition"))

    def _back(self) -> None:
        if not self.state.steps and not self.state.case.assume:
            self.out.line(self._say("nothing back"))
            return
        before, self.state, self.shown = self.state, self.state.back(), ""
        self._progress(before)

    def _list(self) -> None:
        lines = list(self._answers())
        if not lines:
            self.out.line(self._say("list empty"))
        for number, (fact, text) in enumerate(lines, 1):
            self.out.entry(str(number), self.phrases.question(fact), [text])

    def _answers(self) -> Iterator[tuple[Fact, str]]:
        facts = self.state.law.facts
        for name, given in self.state.case.facts.items():
            if name in facts:
                yield facts[name], self.phrases.answered(facts[name], dict(given.open))
        for name in dict.fromkeys(self.state.unknown):
            yield facts[name], self._say("unknown")

    def _change(self, which: str) -> None:
        lines = [fact for fact, _ in self._answers()]
        number = int(which) if re.fullmatch(r"[0-9]{1,4}", which) else 0
        fact = lines[number - 1] if 0 < number <= len(lines) else self.state.law.facts.get(which)
        if fact is None:
            self.out.line(self._say("no such line", text=which))
            return
        self._change_to(fact)

    def _change_to(self, fact: Fact) -> None:
        self.out.line(self._say("change", question=self.phrases.question(fact)))
        self._options(fact)
        self._take(fact, self._typed(self._say("prompt", choices=self._choices(fact))))

    def _usual(self) -> None:
        """Show all that would be assumed, and take it only if the person says so."""
        while True:
            usual = self.state.usual
            if usual.outcome is None:
                self.out.line(self._say("usual nothing"))
                return
            deciding = [each for each in usual.assumed if each.decides]
            others = [each for each in usual.assumed if not each.decides]
            facts, numbered = self.state.law.facts, [*deciding, *others]
            box = self.state.usual_box
            for heading, group in (("usual deciding", deciding), ("usual others", others)):
                if group:
                    self.out.line(self._say(heading))
                for each in group:
                    of_fact = {q: answers for q, answers in box.items() if q.fact == each.fact}
                    said = self.phrases.answered(facts[each.fact], of_fact)
                    number = numbered.index(each) + 1
                    self.out.entry(str(number), f"{self.phrases.question(facts[each.fact])} {said}")
            self.out.line(self._say("usual ruling", **self._outcome(usual.outcome)))
            typed = self._typed(self._say("usual prompt")).casefold()
            if typed in _YES:
                self.state = self.state.rest_as_usual()
                self.out.line(self._say("usual recorded"))
                return
            if re.fullmatch(r"[0-9]{1,4}", typed) and 0 < int(typed) <= len(numbered):
                self._change_to(facts[numbered[int(typed) - 1].fact])
                if self.state.question is None:
                    return
                continue
            self.shown = ""
            return

    # --- the end ---------------------------------------------------------------------------------------------

    def _end(self) -> None:
        if self.shown != "end":
            if not self.state.case.assume:
                self.out.line(self._say("settled" if self.state.settled else "nothing left"))
            self.tell(self.state)
            self.shown = "end"
        typed = self._typed(self._say("end prompt"), last=True)
        if not self._command(typed or "q", None):
            self.out.line(self._say("no answer", text=typed))

    def _save(self, name: str) -> None:
        name = name or self._typed(self._say("file prompt"))
        if not name:
            self.out.line(self._say("not saved"))
            return
        from lagrum.language import write_case  # only here: it reads the whole of case files

        path = Path(name)
        path = path if path.suffix in (".yaml", ".yml", ".json") else path.with_name(path.name + ".yaml")
        path = path.with_suffix(".yaml") if path.suffix == ".json" else path
        case = self.state.case
        if not case.file:
            case = replace(case, name=path.stem.replace("-", " ").replace("_", " "))
        text = write_case(case, self.state.law.facts)
        try:
            if path.exists():
                if self._typed(self._say("overwrite", file=path)).casefold() not in _YES:
                    self.out.line(self._say("not saved"))
                    return
                rewrite(path, text)
            else:
                write_new(path, text)
        except (InvalidInput, OSError) as error:
            self.out.line(error.diagnostics[0].message if isinstance(error, InvalidInput) else str(error))
            return
        self.out.line(self._say("saved", file=path))
        raise Stopped(path)

    # --- saying ----------------------------------------------------------------------------------------------

    def _say(self, sentence: str, **words: object) -> str:
        return self.phrases.words.say(sentence, **words)

    def _typed(self, prompt: str, last: bool = False) -> str:
        line = self.read(prompt)
        if line is None:
            if not last:
                self.tell(self.state)
            raise Stopped
        return line.strip()

    def _show(self, fact: Fact) -> None:
        self.out.line()
        self.out.line(self.phrases.question(fact))
        if fact.judgement:
            judge = fact.decided_by.value if fact.decided_by else "nobody"
            self.out.line(self._say("judged", judge=self._say(f"judge {judge}")))
        self._options(fact)

    def _options(self, fact: Fact) -> None:
        for sign, i in self.phrases.options(fact):
            self.out.entry(f"  {sign}", self.phrases.answer(fact, i))
        if fact.several:
            self.out.line(self._say("choose several"))
        elif fact.kind is FactKind.NUMBER:
            self.out.line(self._say("choose number", unit=self.phrases.unit(fact) or self._say("unit none")))
        elif fact.kind is FactKind.DATE:
            self.out.line(self._say("choose day"))

    def _choices(self, fact: Fact) -> str:
        signs = [sign for sign, _ in self.phrases.options(fact)]
        return f"{signs[0]}-{signs[-1]} ?" if len(signs) > 3 else " ".join([*signs, "?"])

    def _progress(self, before: Interview | None) -> None:
        """What is still possible, and how many questions there may be."""
        state = self.state
        if state.question is None:
            return
        rulings = ", ".join(self._say(ruling.value) for ruling in state.possible)
        told = self._say("still possible", rulings=rulings)
        if state.usually is None or state.usually >= state.most:
            told += f"; {self._say('bound', most=state.most)}"
        else:
            told += f"; {self._say('bounds', most=state.most, usually=state.usually)}"
        self.out.line(told)
        if before is not None and state.most > before.most:
            self.out.line(self._say("rose"))
        if state.suggests_usual and state.usual.outcome and not (before and before.suggests_usual):
            self.out.line(self._say("suggest", ruling=self._outcome(state.usual.outcome)["ruling"]))

    def _outcome(self, outcome: Outcome) -> dict[str, str]:
        classes = self._say("classes", classes=", ".join(outcome.classes)) if outcome.classes else ""
        return {"ruling": self._say(outcome.ruling.value), "classes": classes}
