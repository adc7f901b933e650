"""How fast rows of a register are ruled on, beside what the machine can read and what others make of the same law.

`python -m bench.screen`: made rows of a small and a big law, every fact of the law a column, side by side in one run.
First the whole law: lagrum with every answer known and with 30 % unknown (each rate of rows it has not seen before), a
Python loop over the law as one function, and DuckDB and Polars with the expression that lagrum itself works out. Then
three prohibitions of the small law alone, by other rule engines and by hand (`registers/engines.py`), which ask far
less than a ruling. All answers are held against each other; a difference ends the run with an error. The scan sums the
codes as they lie, two bytes each. Others are held to one core, as lagrum is, and
seconds are those of the CPU, since the machine has other work, too.

The engines are installed into a virtual environment of their own (`--folder`, thrown away without it) and are no part
of what lagrum needs. With `--grown FILE`, what `bench.grow` measured is told, too, and drawn into docs/pictures.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import numpy as np
import numpy.typing as npt
import polars as pl
from bench.measure import REPOSITORY, machine, table
from bench.registers import chart
from bench.registers.gates import polars_gates, sql

from lagrum.library import open_library
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.model.norms import NormKind
from lagrum.model.rulings import SETTLED
from lagrum.reasoning.bench import Bench, bench_of
from lagrum.screening.bits import Codes, Program, rows_of
from lagrum.screening.coded import Book, meaning
from lagrum.screening.columnar import Columns
from lagrum.screening.patterns import Patterns
from lagrum.screening.rails import Rails
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.evaluator import Evaluator
from lagrum.semantics.logic import TRUE, Node

LAWS = ("eu-ai-act-2021-proposal", "eu-ai-act")
DAY = date(2027, 12, 3)
CHANGED, UNKNOWN = 0.03, 0.3
FEW = 20_000
PINNED = ("zen-engine==2.1.3", "cedarpy==4.12.2", "regopy==1.5.2", "openfisca-core==46.0.1", "duckdb==2.0.0", "pyarrow")
ENGINES = REPOSITORY / "bench" / "registers" / "engines.py"
THREE = tuple(f"Art. 5(1)({point})" for point in "abc")

Lines = list[list[str]]
Answers = list[tuple[bool, ...]]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--batches", type=int, default=6, help="of rows with unknown answers")
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--folder", type=Path, help="where the engines are, or are to be installed")
    asked.add_argument("--grown", type=Path, help="what bench.grow left")
    options = asked.parse_args()
    print(f"{machine()}\n")
    library = open_library()
    with tempfile.TemporaryDirectory() as other:
        folder = options.folder or Path(other)
        python = installed(folder)
        for name in LAWS:
            whole_law(library.law(name), options.rows, options.batches, options.runs, folder, python)
        three_alone(library.law(LAWS[0]), options.rows, options.runs, folder, python)
    if options.grown:
        grown = [json.loads(line) for line in options.grown.read_text().splitlines()]
        print(chart.told(grown))
        chart.draw(grown, REPOSITORY / "docs" / "pictures" / "screening.svg")
    print(f"At the end: {machine()}")


def installed(folder: Path) -> Path:
    """The Python that has the engines."""
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        quiet = ("--quiet", "--quiet", "--disable-pip-version-check")
        subprocess.run([python, "-m", "pip", *quiet, "install", *PINNED], check=True)
    return python


def whole_law(law: Law, rows: int, batches: int, runs: int, folder: Path, python: Path) -> None:
    bench = bench_of(law)
    books, columns = made(bench, rows)
    limit = scan(columns, rows, runs)
    lines: Lines = []

    def add(name: str, what: str, number: int, seconds: float) -> None:
        lines.append([name, what, spoken(number / seconds), share(number / seconds * limit / rows)])

    add("memory scan", f"{len(books)} columns of codes summed", rows, limit)
    engine = Columns(Patterns(law, list(books), books, {}, detail=False))
    first = best(lambda: engine.by_column(columns, rows, DAY), 1)
    add("lagrum, all answers known", f"the first time {spoken(rows / first)} a second", rows,
        best(lambda: engine.by_column(columns, rows, DAY), runs))  # fmt: skip
    places = engine.by_column(columns, rows, DAY)[:FEW]
    told = [tuple(ruling in engine.outcomes[place].possible for ruling in SETTLED) for place in places]
    for name, what, number, seconds in unknown(law, books, bench, rows, batches):
        add(name, what, number, seconds)

    circuit, roots = expression(bench, engine.patterns, columns)
    gates = f"{len(circuit.gates):,} gates, the rulings alone"
    some = {fact: codes[:200_000] for fact, codes in columns.items()}
    found, seconds = polars_gates(circuit, roots, some, FEW)
    check("Polars", found, told)
    add("Polars, the expression of lagrum", gates, len(next(iter(some.values()))), seconds)
    names = {fact: f"c{i}" for i, fact in enumerate(columns)}
    pl.DataFrame({names[fact]: codes for fact, codes in some.items()}).write_parquet(folder / "codes.parquet")
    (folder / "gates.sql").write_text(sql(circuit, roots, names))
    (folder / "rows.jsonl").write_text("")
    (folder / "authorities.json").write_text("[]")
    found, seconds = other("duckdb_gates", folder, python, 0)
    check("DuckDB", found, told)
    add("DuckDB, the expression of lagrum", gates, len(next(iter(some.values()))), seconds)

    moment = bench.compiled.moment(DAY, law.readings)
    evaluator = Evaluator(bench.circuit, [*bench.rulings.values(), *(each.node for each in bench.impossible)], moment)
    cases = listed(evaluator, books, columns, FEW)
    started = time.process_time()
    by_loop = [evaluator(case) for case in cases]
    seconds = time.process_time() - started
    check("a Python loop", [tuple(h and all(e[5:]) for h in e[:5]) for e in by_loop], told)
    add("Python, the law as one function", "a loop over lists of answers", FEW, seconds)
    print(f"**{law.id}**, the whole law: which ruling, {rows:,} rows\n")
    print(table(["", "", "rows a second", "of the scan"], lines), "\n")


def unknown(
    law: Law, books: dict[str, Book], bench: Bench, rows: int, batches: int
) -> Iterator[tuple[str, str, int, float]]:
    """Batch after batch of rows with unknown answers, none seen before; the first and the last are told."""
    engine = Columns(Patterns(law, list(books), books, {}, detail=False))
    random = np.random.default_rng(1)
    for number in range(batches):
        _, columns = made(bench, rows, number + 1)
        hidden = {
            fact: np.where(random.random(rows, dtype=np.float32) < UNKNOWN, np.uint16(0), codes)
            for fact, codes in columns.items()
        }
        seconds = best(lambda hidden=hidden: engine.by_column(hidden, rows, DAY), 1)  # type: ignore[misc]
        if number in (0, batches - 1):
            way = "read off diagrams" if engine.read_off else "learned from the solver"
            yield f"lagrum, 30 % unknown, batch {number + 1}", f"exact, {way}", rows, seconds
    some = slice(0, 200)
    places = engine.by_column({fact: codes[some] for fact, codes in hidden.items()}, 200, DAY)
    alone = Columns(Patterns(law, list(books), books, {}, detail=False))
    again = alone.by_pattern({fact: codes[some] for fact, codes in hidden.items()}, 200, DAY)
    if [engine.outcomes[place] for place in places] != [alone.outcomes[place] for place in again]:
        raise SystemExit("columns and patterns differ")


def three_alone(law: Law, rows: int, runs: int, folder: Path, python: Path) -> None:
    bench = bench_of(law)
    three = tuple(
        key for key, norm in law.norms.items() if norm.kind is NormKind.FORBID and str(norm.citation) in THREE
    )
    books, columns = made(bench, rows, 0, three)
    patterns = Patterns(law, list(books), books, {}, detail=False)
    rails = rails_of(bench, patterns, columns)
    program = Program(rails.circuit, [rails.of(bench.compiled.elements(key))[1] for key in three])
    limit = scan(columns, rows, runs)
    lines: Lines = []

    def add(name: str, what: str, number: int, seconds: float) -> None:
        lines.append([name, what, spoken(number / seconds), share(number / seconds * limit / rows)])

    packed = program.run(columns, rows)
    told = [tuple(map(bool, each)) for each in zip(*(rows_of(each, rows)[:FEW] for each in packed), strict=True)]
    if not all(any(each[i] for each in told) for i in range(3)):
        raise SystemExit("the rows do not show the prohibitions")
    add("lagrum", "columns of codes", rows, best(lambda: program.run(columns, rows), runs))
    compiled = bench.compiled
    public = next(
        key for key, norm in law.known.items() if norm.label == "public authority" or norm.name == "public authority"
    )
    names = [answer.name for answer in law.facts["actor"].answers]
    with_ = (bench.circuit.settled({Question("actor"): i})(compiled.elements(public)) for i in range(len(names)))
    authorities = [name for name, node in zip(names, with_, strict=True) if node == TRUE]
    (folder / "authorities.json").write_text(json.dumps(authorities))
    flags = flags_of(bench, books, columns, authorities)
    flags.write_parquet(folder / "flags.parquet")
    asked = [pl.sql_expr(text).alias(point) for point, text in BY_HAND.items()]
    seconds = best(lambda: flags.select(asked), runs)
    check("Polars by hand", flags[:FEW].select(asked).rows(), told)
    add("Polars, by hand", "columns of truths", rows, seconds)
    (folder / "by_hand.sql").write_text(
        f"SELECT {', '.join(f'{text} AS {point}' for point, text in BY_HAND.items())} FROM register"
    )
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, mappings(bench, books, columns))))
    for name, what, number in (
        ("duckdb", "DuckDB, by hand: columns of truths", rows),
        ("openfisca", "OpenFisca: columns of truths", rows),
        ("loop", "Python, by hand: rows as mappings", FEW),
        ("cedar", "Cedar (cedarpy): rows as mappings, one batch", FEW),
        ("zen", "Zen (zen-engine): rows as mappings", FEW),
        ("rego", "Rego (regopy): rows as mappings", 2_000),
    ):
        found, seconds = other(name, folder, python, number)
        check(name, found, told)
        title, _, what = what.partition(": ")
        add(title, what, number, seconds)
    print(f"**{law.id}**, Article 5(1)(a), (b) and (c) alone: {rows:,} rows; {FEW:,} as mappings (Rego 2,000)\n")
    print(table(["", "takes", "rows a second", "of the scan"], lines), "\n")


FLAGS = {
    "act_place": ("act", "place on the market"),
    "act_service": ("act", "put into service"),
    "act_use": ("act", "use"),
    "practice_manipulation": ("practice", "manipulation"),
    "practice_weakness": ("practice", "exploiting weakness"),
    "practice_scoring": ("practice", "social scoring"),
    "means_subliminal": ("means of influence", "subliminal"),
    "distortion_intended": ("distortion", "intended"),
    "harm_physical": ("likely harm", "physical harm"),
    "harm_psychological": ("likely harm", "psychological harm"),
    "weakness_age": ("weakness", "age"),
    "weakness_disability": ("weakness", "disability"),
    "behalf": ("on behalf of a public authority", "yes"),
    "period": ("scored over a period", "yes"),
    "basis_behaviour": ("score basis", "social behaviour"),
    "basis_traits": ("score basis", "personal traits"),
    "effects_elsewhere": ("score effects", "treatment elsewhere"),
    "effects_disproportionate": ("score effects", "disproportionate treatment"),
}
SUPPLY = "(act_place OR act_service OR act_use)"
BENT = "(distortion_intended AND (harm_physical OR harm_psychological))"
BY_HAND = {
    "a": f"{SUPPLY} AND practice_manipulation AND means_subliminal AND {BENT}",
    "b": f"{SUPPLY} AND practice_weakness AND (weakness_age OR weakness_disability) AND {BENT}",
    "c": f"{SUPPLY} AND practice_scoring AND period AND (actor_public OR behalf) AND (basis_behaviour OR basis_traits)"
    " AND (effects_elsewhere OR effects_disproportionate)",
}


def other(name: str, folder: Path, python: Path, rows: int) -> tuple[Answers, float]:
    """What another engine answers, and how long it took, in a process of its own; of so many of the mappings."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
    subprocess.run([python, ENGINES, name, folder, str(rows)], check=True, env=environment)
    told = json.loads((folder / f"{name}.json").read_text())
    return [tuple(each) for each in told["answers"]], told["seconds"]


def scan(columns: dict[str, Codes], rows: int, runs: int) -> float:
    """The shortest time in which the codes are summed as they lie, nothing converted."""
    words = [codes[: rows // 4 * 4].view(np.uint64) for codes in columns.values()]
    return best(lambda: [each.sum() for each in words], runs)


def said(bench: Bench, books: dict[str, Book], fact: str, code: int) -> object:
    """What a code says of a fact: an answer, or the list of those that it has."""
    names = [answer.name for answer in bench.law.facts[fact].answers]
    opened = dict(books[fact][code].open)
    if Question(fact) in bench.sizes:
        return names[min(opened[Question(fact)])]
    return [name for i, name in enumerate(names) if opened.get(Question(fact, i)) == frozenset([1])]


def mappings(bench: Bench, books: dict[str, Book], columns: dict[str, Codes]) -> Iterator[dict[str, object]]:
    """The first rows as mappings of what the three prohibitions ask."""
    asked = dict.fromkeys([*(fact for fact, _ in FLAGS.values()), "actor"])
    words = {fact: [None, *(said(bench, books, fact, code) for code in range(1, len(books[fact])))] for fact in asked}
    for row in range(FEW):
        yield {fact: words[fact][columns[fact][row]] for fact in asked}


def flags_of(bench: Bench, books: dict[str, Book], columns: dict[str, Codes], authorities: list[str]) -> pl.DataFrame:
    """The same of all rows as columns of truths."""

    def flag(fact: str, names: list[str]) -> npt.NDArray[np.bool_]:
        words = [said(bench, books, fact, code) for code in range(1, len(books[fact]))]
        holds = [any(name in (each if isinstance(each, list) else [each]) for name in names) for each in words]
        return np.array([False, *holds])[columns[fact]]

    found = {name: flag(fact, [answer]) for name, (fact, answer) in FLAGS.items()}
    return pl.DataFrame({**found, "actor_public": flag("actor", authorities)})


def rails_of(bench: Bench, patterns: Patterns, columns: dict[str, Codes]) -> Rails:
    """The law over the codes that occur."""
    moment = bench.compiled.moment(DAY, patterns.law.readings)
    present = {fact: list(range(1, int(codes.max()) + 1)) for fact, codes in columns.items()}
    return Rails(bench, moment, {f: [dict(each.open) for each in book] for f, book in patterns.books.items()}, present)


@lru_cache
def cases_of(bench: Bench, keys: tuple[str, ...]) -> list[dict[Question, int]]:
    """A case of each ruling, and of each of some norms."""
    roots = [*bench.rulings.values(), *(bench.compiled.elements(key) for key in keys)]
    return [case for node in roots if (case := bench.here(DAY).find(node)) is not None]


def made(
    bench: Bench, rows: int, seed: int = 0, keys: tuple[str, ...] = ()
) -> tuple[dict[str, Book], dict[str, Codes]]:
    """Rows that are each some ruling's, or norm's, case with a few answers changed."""
    cases = cases_of(bench, keys)
    random = np.random.default_rng(seed)
    near = random.integers(0, len(cases), rows)
    books: dict[str, Book] = {}
    columns: dict[str, Codes] = {}
    for fact in dict.fromkeys(question.fact for question in bench.over):
        questions = [question for question in bench.over if question.fact == fact]
        book = books[fact] = Book()
        said = (meaning({q: frozenset([case[q]]) for q in questions}) for case in cases)
        codes = np.array([book.code(each) for each in said], dtype=np.uint16)
        for answer in range(bench.sizes[questions[0]]) if len(questions) == 1 else ():
            book.code(meaning({questions[0]: frozenset([answer])}))
        column = codes[near]
        changed = random.random(rows) < CHANGED
        column[changed] = random.integers(1, len(book), int(changed.sum()), dtype=np.uint16)
        columns[fact] = column
    return books, columns


def expression(bench: Bench, patterns: Patterns, columns: dict[str, Codes]) -> tuple[Circuit, list[Node]]:
    """For each ruling where a complete, possible row gets it, as a circuit over codes."""
    rails = rails_of(bench, patterns, columns)
    possible = rails.circuit.both(*(rails.of(each.node)[1] for each in bench.impossible))
    return rails.circuit, [rails.circuit.both(possible, rails.of(bench.rulings[ruling])[1]) for ruling in SETTLED]


def listed(evaluator: Evaluator, books: dict[str, Book], columns: dict[str, Codes], rows: int) -> list[list[int]]:
    """Complete rows as a case answers the questions of the evaluator; what the law does not ask gets any answer."""
    answers = {
        fact: [{question: min(allowed) for question, allowed in each.open} for each in book]
        for fact, book in books.items()
    }
    return [
        [answers[q.fact][columns[q.fact][row]].get(q, 0) if q.fact in answers else 0 for q in evaluator.over]
        for row in range(rows)
    ]


def check(name: str, found: Answers, told: Answers) -> None:
    found = [tuple(map(bool, each)) for each in found]
    if not found or found != told[: len(found)]:
        at = next(i for i, (a, b) in enumerate(zip(found, told, strict=False)) if a != b)
        raise SystemExit(f"{name} and lagrum differ on row {at}: {found[at]} and {told[at]}")


def best(function: Callable[[], object], runs: int) -> float:
    """The shortest time of several."""
    times = []
    for _ in range(runs):
        started = time.process_time()
        function()
        times.append(time.process_time() - started)
    return min(times)


def share(part: float) -> str:
    return "100 %" if part == 1 else f"{100 * part:.2g} %"


def spoken(rate: float) -> str:
    return f"{rate / 1e6:.1f} M" if rate >= 1e6 else f"{rate / 1e3:.1f} k" if rate >= 1e3 else f"{rate:.0f}"


if __name__ == "__main__":
    main()
