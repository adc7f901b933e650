"""What a screening comes to: rows by ruling, what stays open, what would settle it, by label, from day to day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from lagrum.model.cases import Given
from lagrum.model.facts import Fact
from lagrum.model.law import Law
from lagrum.model.rulings import SETTLED
from lagrum.reasoning.envelope import envelope, given_to_dict
from lagrum.screening.results import LEFT_OUT, Seen
from lagrum.screening.tally import CONTRADICTORY, OTHERS, Tally

T = TypeVar("T", str, tuple[str, str])
ORDER = ("forbidden", "excepted", "regulated", "unregulated", "outside", "undetermined", CONTRADICTORY)
MOST_VALUES = 50
"""Values of a label that are told, those with most rows first."""

MOST_NORMS = 40
MOST_SETTLING = 8


@dataclass(frozen=True, slots=True)
class Settling:
    """A fact one answer to which would settle `rows` of the open rows; each answer with the rows that it settles."""

    fact: str
    question: str
    rows: int
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A fact one answer to which would leave only `leaves` rulings possible in `rows` of the open rows."""

    fact: str
    question: str
    leaves: int
    rows: int


@dataclass(frozen=True, slots=True)
class Bites:
    """A norm and the rows whose ruling it decides, by ruling; on undetermined rows it may decide."""

    citation: str
    label: str
    rows: Mapping[str, int]

    @property
    def decides(self) -> int:
        return sum(n for ruling, n in self.rows.items() if ruling not in ("undetermined", CONTRADICTORY))


@dataclass(frozen=True, slots=True)
class Value:
    """The rows with one value of a label, by ruling."""

    value: str
    rows: int
    rulings: Mapping[str, int]


@dataclass(frozen=True)
class Day:
    """What the rows come to on one day, under the text of `text_of`."""

    on: date
    rulings: Mapping[str, int]
    possible: Mapping[str, int]
    provenance: Mapping[str, int]
    contradicted: Mapping[str, int]
    settling: tuple[Settling, ...]
    narrowing: tuple[Narrowing, ...]
    norms: tuple[Bites, ...]
    labels: Mapping[str, tuple[Value, ...]]

    @property
    def open(self) -> int:
        return self.rulings.get("undetermined", 0)

    @property
    def perhaps_forbidden(self) -> int:
        """Open rows of which it is not ruled out that they are forbidden."""
        return sum(n for key, n in self.possible.items() if "+" in key and "forbidden" in key.split("+"))


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of rows between two of the days: from what to what, and in how many the ruling stays while the
    norms or classes change."""

    since: date
    on: date
    moves: tuple[tuple[str, str, int], ...]
    otherwise: int

    @property
    def rows(self) -> int:
        return sum(n for _, _, n in self.moves)


@dataclass(frozen=True)
class Summary:
    """A screening in numbers. `rows` are those of the register; `left_out` of them got no ruling. `given` is what the
    user gave for all rows, `assumed` what the mapping assumes of them. Without `reasons` nobody asked what decides rows
    and what would settle them."""

    law: str
    register: str
    rows: int
    left_out: Mapping[str, int]
    with_problems: int
    problems: Mapping[str, int]
    indicated: int
    given: tuple[Given, ...]
    assumed: tuple[Given, ...]
    mapping: Mapping[str, str]
    spoken: tuple[str, ...]
    not_asked: tuple[str, ...]
    days: tuple[Day, ...]
    changes: tuple[Change, ...]
    hashes: Mapping[str, str]
    reasons: bool = True
    envelope: Mapping[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        days = ", ".join(day.on.isoformat() for day in self.days)
        return f"Summary({self.ruled:,} rows of {self.register} under {self.law} on {days})"

    def __str__(self) -> str:
        from lagrum.screening.telling import told

        return "\n".join(f"{label:<12}{text}" if label else text for label, text in told(self))

    def _repr_html_(self) -> str:
        from lagrum.screening.page import tables

        return tables(self)

    @property
    def ruled(self) -> int:
        """The rows that got a ruling."""
        return self.rows - sum(self.left_out.values())

    def to_dict(self) -> dict[str, object]:
        return {
            **self.envelope,
            "law": self.law,
            "register": self.register,
            "rows": self.rows,
            "ruled": self.ruled,
            "left_out": dict(self.left_out),
            "with_problems": self.with_problems,
            "problems": dict(self.problems),
            "indicated": self.indicated,
            "assumed": [given_to_dict(each) for each in self.assumed],
            "mapping": dict(self.mapping),
            "facts": {"spoken_of": list(self.spoken), "not_asked": list(self.not_asked)},
            "hashes": dict(self.hashes),
            "days": [_day(day) for day in self.days],
            "changes": [
                {
                    "since": each.since.isoformat(),
                    "on": each.on.isoformat(),
                    "rows": each.rows,
                    "moves": [{"was": was, "becomes": becomes, "rows": n} for was, becomes, n in each.moves],
                    "same_ruling_by_other_norms": each.otherwise,
                }
                for each in self.changes
            ],
        }


def _day(day: Day) -> dict[str, object]:
    return {
        "on": day.on.isoformat(),
        "rulings": dict(day.rulings),
        "possible": [{"rulings": key.split("+") if key else [], "rows": n} for key, n in day.possible.items()],
        "perhaps_forbidden": day.perhaps_forbidden,
        "provenance": dict(day.provenance),
        "contradicted": dict(day.contradicted),
        "settling": [
            {
                "fact": each.fact,
                "question": each.question,
                "rows": each.rows,
                "answers": [{"answer": answer, "rows": n} for answer, n in each.answers],
            }
            for each in day.settling
        ],
        "narrowing": [
            {"fact": each.fact, "question": each.question, "leaves": each.leaves, "rows": each.rows}
            for each in day.narrowing
        ],
        "norms": [{"citation": n.citation, "label": n.label, "rows": dict(n.rows)} for n in day.norms],
        "labels": {
            label: [{"value": v.value, "rows": v.rows, "rulings": dict(v.rulings)} for v in values]
            for label, values in day.labels.items()
        },
    }


def day_of(on: date, tally: Tally, law: Law, narrowed: Mapping[tuple[str, int], int]) -> Day:
    """The tally of a day with the law's own words; `narrowed` as in `Seen`."""
    best = sorted(narrowed.items(), key=lambda each: (-each[1], each[0]))
    return Day(
        on,
        {ruling: tally.rulings[ruling] for ruling in ORDER if tally.rulings.get(ruling)},
        tally.possible,
        tally.provenance,
        tally.contradicted,
        tuple(_settling(tally, law.facts)),
        tuple(Narrowing(f, law.facts[f].question, m, n) for (f, m), n in best if m > 1)[:MOST_SETTLING],
        _norms(tally, law),
        {label: values for label in dict.fromkeys(key[0] for key in tally.labels) if (values := _values(tally, label))},
    )


def _settling(tally: Tally, facts: Mapping[str, Fact]) -> list[Settling]:
    found: list[Settling] = []
    for name, rows in list(tally.settled_by.items())[:MOST_SETTLING]:
        fact = facts[name]
        answers = [(key, n) for key, n in tally.settled_by_answer.items() if key[0] == name][:MOST_SETTLING]
        said = tuple((_answer(fact, member, answer), n) for (_, member, answer), n in answers)
        found.append(Settling(name, fact.question, rows, said))
    return found


def _answer(fact: Fact, member: int | None, answer: int) -> str:
    if member is None:
        return fact.answers[answer].name
    return f"{'has' if answer else 'has not'} {fact.answers[member].name}"


def _norms(tally: Tally, law: Law) -> tuple[Bites, ...]:
    by_citation: dict[str, Counter[str]] = {}
    for (ruling, citation), n in tally.norms.items():
        by_citation.setdefault(citation, Counter())[ruling] += n
    words = {str(norm.citation): norm.label or norm.name for norm in reversed(list(law.norms.values()))}
    found = [Bites(each, words.get(each, ""), dict(rows)) for each, rows in by_citation.items()]
    found.sort(key=lambda each: (-each.decides, -sum(each.rows.values())))  # stable: then in order of the text
    return tuple(found[:MOST_NORMS])


def _values(tally: Tally, label: str) -> tuple[Value, ...]:
    """The values of a label; none where hardly any two rows share one, as with names."""
    by_value: dict[str, Counter[str]] = {}
    for (name, value, ruling), n in tally.labels.items():
        if name == label:
            by_value.setdefault(value, Counter())[ruling] += n
    others = by_value.pop(OTHERS, Counter[str]())
    alone = not any(rulings.total() > 2 for rulings in by_value.values())
    if len(by_value) > 10 and (2 * len(by_value) > tally.rows or (others and alone)):
        return ()
    found = [Value(value, sum(rulings.values()), dict(rulings)) for value, rulings in by_value.items()]
    return tuple(sorted(found, key=lambda each: (-each.rows, each.value))[:MOST_VALUES])


def changes_of(seen: Seen) -> tuple[Change, ...]:
    """From each day to the next."""
    return tuple(
        Change(a, b, tuple((was, became, n) for (was, became), n in ranked(moves).items()), seen.otherwise[a, b])
        for (a, b), moves in sorted(seen.moves.items())
    )


def ranked(counts: Mapping[T, int]) -> dict[T, int]:
    """Most first; as many of two, the lesser first: whatever order they were counted in, they are told in one."""
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def head(
    laws: Sequence[Law],
    days: Sequence[date],
    text_of: date | None,
    given: Sequence[Given],
    inputs: Mapping[str, object],
) -> dict[str, object]:
    """The common fields; `on` is the first day."""
    judgements = dict.fromkeys(name for law in laws for name, fact in law.facts.items() if fact.judgement)
    return envelope(
        "screen",
        laws,
        on=days[0],
        text_of=text_of,
        given=given,
        judgements=[name for name in judgements if any(each.fact == name for each in given)],
        inputs={**inputs, "days": [day.isoformat() for day in days]},
    )


def share(part: int, whole: int) -> str:
    """A share in whole percent, without telling few as none or most as all.

    >>> [share(*each) for each in ((0, 9), (1, 1000), (1, 3), (999, 1000), (9, 9))]
    ['0 %', 'under 1 %', '33 %', 'over 99 %', '100 %']
    """
    if not whole or not part or part == whole:
        return f"{100 if part and part == whole else 0} %"
    percent = 100 * part / whole
    return "under 1 %" if percent < 1 else "over 99 %" if percent > 99 else f"{percent:.0f} %"


def possible_words(key: str) -> str:
    """`forbidden+regulated` as `forbidden or regulated`."""
    parts = [ruling.value for ruling in SETTLED if ruling.value in key.split("+")]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}" if parts else "nothing"


__all__ = ["LEFT_OUT", "Bites", "Change", "Day", "Settling", "Summary", "Value"]
