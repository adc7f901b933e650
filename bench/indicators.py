"""How far indications can be relied on: precision and recall on rows of real registers that were labelled by hand.

`python -m bench.indicators` prints the table and the speed; `--errors` names the rows of the development part that come
out wrong; `--write` puts the tables into docs/reference/indicators.md. It needs the registers in the folder `shared`.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lagrum.library import open_library
from lagrum.model.facts import Fact
from lagrum.screening.builtin import mapping_for
from lagrum.screening.indicators import indicate
from lagrum.screening.indicators.reader import LANGUAGES, read_indicators
from lagrum.screening.register import open_register

REPOSITORY = Path(__file__).parent.parent
PAGE = REPOSITORY / "docs/reference/indicators.md"
LABELS = REPOSITORY / "tests/screening/labels"
PARTS = ("development", "held-out", "fresh")
FILES = {
    "us-federal-2025": "us_federal_ai_inventory/2025_individual.csv",
    "nl-algoritmeregister": "nl_algoritmeregister/algoritmes.json",
    "uk-atrs": "uk_atrs/atrs_records.json",
}
Saying = str
"""A fact with one answer to it, as labels write it: `biometric trait=face`."""


@dataclass(frozen=True, slots=True)
class Label:
    """What the words of a row carry, in our eyes. `unsure` may be indicated or not: neither counts."""

    register: str
    row: int
    id: str
    sure: frozenset[Saying]
    unsure: frozenset[Saying]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a register: its id and the texts that indicators read."""

    id: str
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one saying was rightly indicated, wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        return self.right / (self.right + self.missed) if self.right + self.missed else None


def sayings(written: str) -> tuple[frozenset[Saying], frozenset[Saying]]:
    """What a cell of labels holds: what is sure, and what stands behind a question mark."""
    parts = [part.strip() for part in written.split(";") if part.strip()]
    unsure = frozenset(part[1:].strip() for part in parts if part.startswith("?"))
    return frozenset(part for part in parts if not part.startswith("?")), unsure


def read_labels(part: str) -> list[Label]:
    """The labelled rows of one part."""
    with (LABELS / f"{part}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Label(row["register"], int(row["row"]), row["id"], *sayings(row["facts"])) for row in csv.DictReader(file)
        ]


def read_rows(data: Path, register: str, facts: Mapping[str, Fact]) -> dict[int, Row]:
    """The rows of a register by their place, each text with its language."""
    path = data / FILES[register]
    mapping = mapping_for(open_register(path).columns, facts)
    opened = open_register(path, mapping)
    found: dict[int, Row] = {}
    for raw in opened.batches(mapping.columns):
        for place, cells in enumerate(raw.frame.iter_rows(named=True), raw.first):
            texts = tuple((cells[column] or "", each.language) for each in mapping.texts for column in each.columns)
            found[place] = Row(cells[mapping.id] or "", texts)
    return found


def indicated(row: Row) -> frozenset[Saying]:
    """Everything that the texts of a row indicate."""
    return frozenset(
        f"{each.fact}={answer}"
        for text, language in row.texts
        for each in indicate(text, language)
        for answer in each.answers
    )


def tallies(labels: Iterable[Label], found: Mapping[tuple[str, int], frozenset[Saying]]) -> dict[Saying, Tally]:
    """For each saying that was labelled or indicated, how often it came out right."""
    right: Counter[Saying] = Counter()
    wrong: Counter[Saying] = Counter()
    missed: Counter[Saying] = Counter()
    for label in labels:
        said = found[label.register, label.row]
        right.update(said & label.sure)
        wrong.update(said - label.sure - label.unsure)
        missed.update(label.sure - said)
    return {saying: Tally(right[saying], wrong[saying], missed[saying]) for saying in sorted({*right, *wrong, *missed})}


def together(several: Iterable[Tally]) -> Tally:
    """The sum of tallies."""
    listed = list(several)
    return Tally(sum(t.right for t in listed), sum(t.wrong for t in listed), sum(t.missed for t in listed))


def table(parts: Mapping[str, Mapping[Saying, Tally]]) -> list[str]:
    """Precision and recall of each saying in both parts, as a table in Markdown."""
    lines = [
        "| indicated | " + " | ".join(f"{part}: precision | recall" for part in parts) + " |",
        "|---|" + "---:|---:|" * len(parts),
    ]
    for saying in sorted({saying for tally in parts.values() for saying in tally}):
        cells = [text for tally in parts.values() for text in _cells(tally.get(saying, Tally(0, 0, 0)))]
        lines.append(f"| {saying.replace('=', ': ')} | " + " | ".join(cells) + " |")
    cells = [f"**{text}**" for tally in parts.values() for text in _cells(together(tally.values()))]
    return [*lines, "| **all** | " + " | ".join(cells) + " |"]


def _cells(tally: Tally) -> tuple[str, str]:
    def share(value: float | None, of: int) -> str:
        return "–" if value is None else f"{value:.0%} of {of}"

    return share(tally.precision, tally.right + tally.wrong), share(tally.recall, tally.right + tally.missed)


def shared() -> Path:
    return Path(os.environ.get("LAGRUM_SHARED") or REPOSITORY.parent / "shared")


def every_row(data: Path) -> dict[tuple[str, int], Row]:
    """The rows of all registers, by register and place."""
    facts = open_library().pack.facts
    return {(name, place): row for name in FILES for place, row in read_rows(data, name, facts).items()}


def measure(data: Path) -> tuple[dict[str, list[Label]], dict[tuple[str, int], frozenset[Saying]], float]:
    """Labels by part, what every row of the registers indicates, and how many rows were read in a second."""
    rows = every_row(data)
    began = time.perf_counter()
    found = {key: indicated(row) for key, row in rows.items()}
    rate = len(rows) / (time.perf_counter() - began)
    labels = {part: read_labels(part) for part in PARTS}
    for part in PARTS:
        for label in labels[part]:
            # the place is what counts; the id shows that it is still the same file
            assert rows[label.register, label.row].id.endswith(label.id), label
    return labels, found, rate


def listing() -> list[str]:
    """Every indicator with what it indicates, a text in which it finds something, and one that looks alike."""
    lines: list[str] = []
    for language, title in LANGUAGES.items():
        lines += [
            "",
            f"### {title}",
            "",
            "| indicator | indicates | finds something in | not in |",
            "|---|---|---|---|",
        ]
        for each in read_indicators(language).indicators:
            says = "; ".join(f"{fact}: {', '.join(answers)}" for fact, answers in each.says)
            lines.append(f"| {each.name} | {says} | {each.example} | {each.counter} |")
    return lines[1:]


def filled(page: str, labels: Mapping[str, Sequence[Label]], found: Mapping[tuple[str, int], frozenset[Saying]]) -> str:
    """The page with its two tables written anew, between their marks."""
    measured = table({f"{part} ({len(labels[part])} rows)": tallies(labels[part], found) for part in PARTS})
    for name, lines in {"measured": measured, "indicators": listing()}.items():
        head, mark, rest = page.partition(f"<!-- {name}: written by bench/indicators.py -->\n")
        _, end, tail = rest.partition(f"<!-- end of {name} -->\n")
        if not mark or not end:
            raise ValueError(f"the page has no place for {name}")
        page = "\n".join([head + mark, *lines, "", end + tail])
    return page


def short_texts(rows: Iterable[Row]) -> list[tuple[str, str]]:
    """The texts of up to 120 letters, as titles are."""
    return [(text, language) for row in rows for text, language in row.texts if 0 < len(text) <= 120]


def pace(texts: Sequence[tuple[str, str]]) -> float:
    """How many texts are read in a second."""
    began = time.perf_counter()
    for text, language in texts:
        indicate(text, language)
    return len(texts) / (time.perf_counter() - began)


def main(arguments: Sequence[str]) -> None:
    labels, found, rate = measure(shared() / "data")
    if "--write" in arguments:
        PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), labels, found), encoding="utf-8")
        return
    if "--errors" in arguments:
        for label in labels["development"]:
            said = found[label.register, label.row]
            wrong, missed = sorted(said - label.sure - label.unsure), sorted(label.sure - said)
            if wrong or missed:
                print(label.register, label.row, "wrong:", "; ".join(wrong) or "–", "missed:", "; ".join(missed) or "–")
        return
    print("\n".join(table({part: tallies(labels[part], found) for part in PARTS})))
    texts = short_texts(every_row(shared() / "data").values())
    letters = sum(len(text) for text, _ in texts) / len(texts)
    print(f"\n{rate:,.0f} rows of the registers a second")
    print(f"{max(pace(texts) for _ in range(5)):,.0f} short texts a second ({len(texts):,} of {letters:.0f} letters)")


if __name__ == "__main__":
    main(sys.argv[1:])
