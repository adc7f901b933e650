"""What the rows of a run come to, counted; tallies of parts add up to that of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lagrum.model.facts import Question
from lagrum.screening.patterns import Outcome

CONTRADICTORY = "contradictory"
"""Stands for a ruling where nothing that a row says can be so together."""

OTHERS = "(other values)"
"""Stands for all values of a label that are not counted by name."""

MOST_NAMED = 10_000
"""Values of a label that are counted by name; they are those with the most rows, beside `OTHERS`."""

Counts = Mapping[str, int]
Labels = Mapping[tuple[str, str, str], int]
"""How many rows there are by label, value and ruling."""


def verdict(outcome: Outcome) -> str:
    """The ruling of a row in one word."""
    return outcome.ruling.value if outcome.possible else CONTRADICTORY


@dataclass(frozen=True)
class Tally:
    """Rows on one day, all counted once unless said otherwise.

    `possible` counts by the set of rulings still possible, joined by `+`. `settled_by` counts for each fact the open
    rows that one answer to it would settle, `settled_by_answer` the same for each single answer (`fact`, `member`,
    answer). `norms` counts for each ruling and citation the rows that the norm decides or may decide (a row counts for
    each of its norms). `labels` counts by the value of each label and ruling, at most `MOST_NAMED` values of a label by
    name. `contradicted` counts by facts at odds.
    """

    rows: int
    rulings: Counts
    possible: Counts
    provenance: Counts
    settled_by: Counts
    settled_by_answer: Mapping[tuple[str, int | None, int], int]
    norms: Mapping[tuple[str, str], int]
    labels: Labels
    contradicted: Counts

    @property
    def open(self) -> int:
        """Rows with more than one ruling still possible."""
        return self.rulings.get("undetermined", 0)

    def to_dict(self) -> dict[str, object]:
        return {
            "rows": self.rows,
            "rulings": dict(self.rulings),
            "possible": dict(self.possible),
            "provenance": dict(self.provenance),
            "settled_by": dict(self.settled_by),
            "settled_by_answer": [[*key, n] for key, n in self.settled_by_answer.items()],
            "norms": [[*key, n] for key, n in self.norms.items()],
            "labels": [[*key, n] for key, n in self.labels.items()],
            "contradicted": dict(self.contradicted),
        }

    @staticmethod
    def from_dict(kept: Mapping[str, object]) -> Tally:
        def pairs(name: str) -> dict[str, int]:
            found = kept[name]
            assert isinstance(found, dict)
            return {str(key): int(n) for key, n in found.items()}

        def lists(name: str) -> list[list[object]]:
            found = kept[name]
            assert isinstance(found, list)
            return found

        return Tally(
            int(str(kept["rows"])),
            pairs("rulings"),
            pairs("possible"),
            pairs("provenance"),
            pairs("settled_by"),
            {
                (str(f), None if m is None else int(str(m)), int(str(a))): int(str(n))
                for f, m, a, n in lists("settled_by_answer")
            },
            {(str(r), str(c)): int(str(n)) for r, c, n in lists("norms")},
            {(str(label), str(value), str(r)): int(str(n)) for label, value, r, n in lists("labels")},
            pairs("contradicted"),
        )


def tally(outcomes: Sequence[tuple[Outcome, int]], rows: int, labels: Labels | None = None) -> Tally:
    """Outcomes, each with the number of rows that have it."""
    rulings, possible, provenance, contradicted = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    facts, answers = Counter[str](), Counter[tuple[str, int | None, int]]()
    norms = Counter[tuple[str, str]]()
    for outcome, n in outcomes:
        name = verdict(outcome)
        rulings[name] += n
        possible["+".join(outcome.possible)] += n
        provenance[outcome.provenance] += n
        norms.update({(name, citation): n for citation in outcome.because})
        if outcome.contradiction:
            contradicted[", ".join(outcome.contradiction)] += n
        for settler in outcome.missing:
            if settler.leaves == 1:
                facts[settler.fact] += n
                answers.update({_key(question, answer): n for question, answer in settler.answers})
    return Tally(
        rows,
        _sorted(rulings),
        _sorted(possible),
        _sorted(provenance),
        _sorted(facts),
        dict(sorted(answers.items(), key=lambda each: (-each[1], str(each[0])))),
        dict(sorted(norms.items(), key=lambda each: (each[0][0], -each[1], each[0][1]))),
        dict(sorted(named(labels or {}).items())),
        _sorted(contradicted),
    )


def named(labels: Labels, most: int = MOST_NAMED) -> Labels:
    """The counts with no more than so many values of each label by name, the others as one."""
    if len(labels) <= most:
        return labels
    sizes: dict[str, Counter[str]] = {}
    for (label, value, _), n in labels.items():
        sizes.setdefault(label, Counter())[value] += n
    kept = {label: _largest(values, most) for label, values in sizes.items() if len(values) > most}
    found: Counter[tuple[str, str, str]] = Counter()
    for (label, value, ruling), n in labels.items():
        found[label, value if label not in kept or value in kept[label] else OTHERS, ruling] += n
    return found


def _largest(values: Counter[str], most: int) -> set[str]:
    """Those with the most rows, of equals the first by name; `OTHERS` is no value and always stays."""
    best = sorted(values, key=lambda value: (value != OTHERS, -values[value], value))
    return set(best[: most + (OTHERS in values)])


def _key(question: Question, answer: int) -> tuple[str, int | None, int]:
    return question.fact, question.member, answer


def _sorted(counts: Counter[str]) -> Counts:
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def together(tallies: Iterable[Tally]) -> Tally:
    """The tallies of several parts as one."""
    rows = 0
    counts = [Counter[str]() for _ in range(5)]
    answers, norms = Counter[tuple[str, int | None, int]](), Counter[tuple[str, str]]()
    labels = Counter[tuple[str, str, str]]()
    for each in tallies:
        rows += each.rows
        parts = (each.rulings, each.possible, each.provenance, each.settled_by, each.contradicted)
        for count, part in zip(counts, parts, strict=True):
            count.update(part)
        answers.update(each.settled_by_answer)
        norms.update(each.norms)
        labels.update(each.labels)
        labels = Counter(named(labels))
    rulings, possible, provenance, facts, contradicted = map(_sorted, counts)
    return Tally(
        rows,
        rulings,
        possible,
        provenance,
        facts,
        dict(sorted(answers.items(), key=lambda each: (-each[1], str(each[0])))),
        dict(sorted(norms.items(), key=lambda each: (each[0][0], -each[1], each[0][1]))),
        dict(sorted(labels.items())),
        contradicted,
    )
