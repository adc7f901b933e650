"""Facts: from a `fact` sentence to the question with its finite set of answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from lagrum.language import syntax
from lagrum.language.problems import Problems, listing, quote
from lagrum.language.stretches import LARGEST, OPERATORS, cut_of, cut_text, holding, number, read_day, stretch_names
from lagrum.model.facts import Answer, Cut, Fact, FactKind, Party
from lagrum.model.places import Place

MOST_ANSWERS = 200
_PARTIES = ("decided by", "vouched by", "controlled by")


def words_of(entry: syntax.Entry) -> tuple[str, ...]:
    """The values of a key line as they were written."""
    return tuple(
        (value.value if isinstance(value.value, str) else value.value.isoformat())
        if isinstance(value, syntax.Day)
        else value.text
        for value in entry.values
    )


def resolve_fact(sentence: syntax.FactS, vocabulary: str, problems: Problems) -> Fact | None:
    """The fact that a sentence declares, or None where something in it is wrong (and then noted)."""
    own = _Declaration(sentence, problems)
    kind = FactKind(sentence.kind)
    cuts: tuple[Cut, ...] = ()
    if kind in (FactKind.NUMBER, FactKind.DATE):
        cuts = own.cuts()
        names = stretch_names(cuts, sentence.unit, kind is FactKind.DATE)
        answers = tuple(Answer(name) for name in names)
    elif kind is FactKind.YES_NO:
        answers = (Answer("no"), Answer("yes"))
    else:
        answers = own.answers()
    own.check_count(answers)
    entries = own.entries()
    parties = {key: own.party(entries, key) for key in _PARTIES}
    if own.failed:
        return None
    fact = Fact(
        name=sentence.name.text,
        question=sentence.question,
        kind=kind,
        answers=answers,
        vocabulary=vocabulary,
        unit=sentence.unit,
        cuts=cuts,
        help=" ".join(words_of(entries["help"])) if "help" in entries else "",
        defined_in=" ".join(words_of(entries["defined in"])) if "defined in" in entries else "",
        judgement="judgement" in entries,
        decided_by=parties["decided by"],
        vouched_by=parties["vouched by"],
        controlled_by=parties["controlled by"],
        practice="practice" in entries,
        usual=None,
        place=sentence.name.place,
    )
    if "usual" in entries:
        usual = own.usual(fact, entries["usual"])
        return None if usual is None else replace(fact, usual=usual)
    return fact


class _Declaration:
    """One `fact` sentence while it is read."""

    def __init__(self, sentence: syntax.FactS, problems: Problems) -> None:
        self.sentence = sentence
        self.problems = problems
        self.failed = False

    def error(
        self,
        code: str,
        message: str,
        place: Place,
        mend: str = "",
        related: Iterable[tuple[Place | None, str]] = (),
    ) -> None:
        self.failed = True
        self.problems.error(code, message, place, mend=mend, related=related)

    def answers(self) -> tuple[Answer, ...]:
        if len(self.sentence.answers) > MOST_ANSWERS:
            return tuple(Answer(line.name.text) for line in self.sentence.answers)  # refused as a whole by check_count
        first: dict[str, syntax.AnswerLine] = {}
        for line in self.sentence.answers:
            name = line.name.text
            if name == "unknown" or (name == "none" and self.sentence.kind == FactKind.SOME_OF.value):
                self.error(
                    "LG0303",
                    f"{quote(name)} cannot be an answer",
                    line.place,
                    "in case files it says that nothing is known"
                    if name == "unknown"
                    else "in case files it says that no answer of the list is so",
                )
            if name in first:
                self.error(
                    "LG0303",
                    f"the answer {quote(name)} is listed twice",
                    line.place,
                    "take one out",
                    [(first[name].place, "first here")],
                )
            first.setdefault(name, line)
        return tuple(Answer(line.name.text, line.text) for line in first.values())

    def check_count(self, answers: tuple[Answer, ...]) -> None:
        name = quote(self.sentence.name.text)
        if len(answers) < 2 and not self.failed:
            dated = self.sentence.kind in (FactKind.NUMBER.value, FactKind.DATE.value)
            self.error(
                "LG0301",
                f"{name} has {len(answers) or 'no'} answer{'s' if not answers else ''}, so there is nothing to ask",
                self.sentence.name.place,
                "declare at least one cut" if dated else "list at least two answers",
            )
        if len(answers) > MOST_ANSWERS:
            self.error(
                "LG0302",
                f"{name} has {len(answers)} answers; at most {MOST_ANSWERS} can be reasoned about",
                self.sentence.name.place,
                "put together answers that no rule tells apart",
            )

    def cuts(self) -> tuple[Cut, ...]:
        found: list[Cut] = []
        for mark in self.sentence.cuts:
            cut = self._cut(mark)
            if cut is not None and found and cut <= found[-1]:
                again = cut in found
                self.error(
                    "LG0306",
                    "this cut is declared twice" if again else "cuts must rise from one to the next",
                    mark.place,
                    "take one out" if again else "put the lowest first",
                )
            if cut is not None:
                found.append(cut)
        return tuple(sorted(set(found)))

    def _cut(self, mark: syntax.CutMark) -> Cut | None:
        value = mark.value
        if isinstance(value, syntax.Day):
            if isinstance(value.value, str):
                mend = "write it as 2026-08-02: vocabularies have no named dates"
                self.error("LG0306", f"{quote(value.value)} is no day", mark.place, mend)
                return None
            return Cut(Decimal(value.value.toordinal()))
        if value > LARGEST:
            self.error("LG0306", "a cut must be a number up to 10^15", mark.place, "no law draws a line above it")
            return None
        if value == 0 and mark.operator == "at least":
            self.error("LG0306", "nothing lies below `at least 0`", mark.place, "numbers are never negative")
            return None
        return cut_of(mark.operator, value)

    def entries(self) -> dict[str, syntax.Entry]:
        found = {entry.key: entry for entry in self.sentence.entries}
        if "practice" in found and self.sentence.kind != FactKind.SOME_OF.value:
            self.error(
                "LG0305",
                "the `practice` fact must be `some of`",
                found["practice"].place,
                "a system can do several things at once",
            )
        return found

    def party(self, entries: dict[str, syntax.Entry], key: str) -> Party | None:
        entry = entries.get(key)
        if entry is None:
            return None
        allowed = [party.value for party in Party]
        words = " ".join(words_of(entry))
        if words not in allowed:
            mend = self.problems.meant(words, allowed) or f"one of {listing(allowed, 6)}"
            self.error("LG0308", f"{quote(key)} cannot be {quote(words)}", entry.place, mend)
            return None
        return Party(words)

    def usual(self, fact: Fact, entry: syntax.Entry) -> frozenset[int] | None:
        """The indices of the ordinary answers: one, or, of a `some of` fact, any number."""
        words = words_of(entry)
        if fact.several and words == ("none",):
            return frozenset()
        names = {answer.name: i for i, answer in enumerate(fact.answers)}
        found: set[int] = set()
        for word in words:
            index = _stretch(fact, word) if fact.cuts else names.get(word)
            if index is None:
                known = [cut_text(cut, fact) for cut in fact.cuts] or [answer.name for answer in fact.answers]
                mend = self.problems.meant(word, known) or f"there are {listing(known)}"
                self.error("LG0304", f"{quote(word)} is no answer to {quote(fact.name)}", entry.place, mend)
                return None
            found.add(index)
        if not found or (len(found) > 1 and not fact.several):
            self.error("LG0304", f"{quote(fact.name)} has one usual answer", entry.place, "name the most ordinary one")
        return frozenset(found)


def _stretch(fact: Fact, words: str) -> int | None:
    """The stretch that a usual value names: the one its border begins or ends, or the one that holds it."""
    for i, answer in enumerate(fact.answers):
        if answer.name == words:
            return i
    bare = words.removesuffix(fact.unit).strip() if fact.unit else words
    operator = next((o for o in (*OPERATORS, "from", "before") if bare.startswith(o + " ")), "")
    rest = bare.removeprefix(operator).strip()
    if fact.kind is FactKind.DATE:
        day = read_day(rest)
        value = None if day is None or operator in OPERATORS else Decimal(day.toordinal())
    else:
        value = number(rest) if operator not in ("from", "before") else None
    if value is None:
        return None
    if not operator:
        return holding(fact, value)
    cut = cut_of(operator, value)
    if cut not in fact.cuts:
        return None
    below = fact.cuts.index(cut)
    return below + 1 if operator in ("at least", "more than", "from") else below
