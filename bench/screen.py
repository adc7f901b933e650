"""How fast rows of a register are ruled on, beside what the machine can read and what others make of the same law.

`python -m bench.screen`: made rows of a small and a big law, every fact of the law a column, side by side in one run.
DuckDB and Polars get the expression that lagrum itself works out (complete rows, the rulings alone), gate by gate: they
are measured as engines. The scan sums the codes as they lie, two bytes each. All answers are held against each other; a
difference ends the run with an error. DuckDB and pyarrow are not among what lagrum needs: install them beside it, in an
environment of their own.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date

import duckdb
import numpy as np
import polars as pl
from bench.measure import machine, table

from lagrum.library import open_library
from lagrum.model.law import Law
from lagrum.model.rulings import SETTLED
from lagrum.reasoning.bench import Bench, bench_of
from lagrum.screening.bits import Codes
from lagrum.screening.coded import Book, meaning
from lagrum.screening.columnar import Columns
from lagrum.screening.patterns import Patterns
from lagrum.screening.rails import Rails
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.evaluator import Evaluator
from lagrum.semantics.logic import FALSE, TRUE, Node

LAWS = ("eu-ai-act-2021-proposal", "eu-ai-act")
DAY = date(2027, 12, 3)
CHANGED, UNKNOWN = 0.03, 0.3


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--unknown-rows", type=int, default=2_000, help="rows with unknown answers")
    asked.add_argument("--runs", type=int, default=3)
    options = asked.parse_args()
    print(f"## Screening\n\n{machine()}\n")
    library = open_library()
    for name in LAWS:
        measure(library.law(name), options.rows, options.unknown_rows, options.runs)


def measure(law: Law, rows: int, unknown_rows: int, runs: int) -> None:
    bench = bench_of(law)
    books, columns = made(bench, rows)
    whole = rows // 4 * 4
    words = [codes[:whole].view(np.uint64) for codes in columns.values()]  # summed as they lie, nothing converted
    limit = best(lambda: [each.sum() for each in words], runs)
    patterns = Patterns(law, list(books), books, {}, detail=False)
    engine = Columns(patterns)
    started = time.perf_counter()
    places = engine.by_column(columns, rows, DAY)
    first = time.perf_counter() - started
    lines = [["memory scan: the same bytes summed", "", spoken(rows / limit), "100 %"]]
    took = best(lambda: engine.by_column(columns, rows, DAY), runs)

    def add(name: str, number: int, seconds: float, note: str) -> None:
        rate = number / seconds
        lines.append([name, note, spoken(rate), f"{100 * rate * limit / rows:.2g} %"])

    add("lagrum, complete rows", rows, took, f"first time {first:.2f} s")
    told = [tuple(r in engine.outcomes[place].possible for r in SETTLED) for place in places[:20_000]]

    circuit, roots = expression(bench, patterns, columns)
    for title, run in (("Polars, same expression", polars_run), ("DuckDB, same expression", duckdb_run)):
        number = min(rows, 200_000)
        found, seconds = run(circuit, roots, {fact: codes[:number] for fact, codes in columns.items()})
        check(title, [tuple(map(bool, each)) for each in found[: len(told)]], told)
        add(title, number, seconds, f"{number:,} rows, {len(circuit.gates):,} gates")

    moment = bench.compiled.moment(DAY, law.readings)
    evaluator = Evaluator(bench.circuit, [*bench.rulings.values(), *(each.node for each in bench.impossible)], moment)
    few = min(rows, 20_000)
    cases = listed(evaluator, books, columns, few)
    started = time.perf_counter()
    by_loop = [evaluator(case) for case in cases]
    seconds = time.perf_counter() - started
    check("a Python loop", [tuple(h and all(e[5:]) for h in e[:5]) for e in by_loop], told[:few])
    add("a loop in Python, the law as one function", few, seconds, f"{few:,} rows")

    random = np.random.default_rng(1)
    hidden = {
        fact: np.where(random.random(unknown_rows) < UNKNOWN, 0, codes[:unknown_rows]).astype(np.uint16)
        for fact, codes in columns.items()
    }
    again = Columns(Patterns(law, list(books), books, {}, detail=False))
    started = time.perf_counter()
    again.by_column(hidden, unknown_rows, DAY)
    seconds = time.perf_counter() - started
    add(
        "lagrum, 30 % unknown", unknown_rows, seconds, f"{100 * again.through_patterns / unknown_rows:.0f} % by pattern"
    )
    print(f"**{law.id}**: {len(books)} columns, {rows:,} rows\n")
    print(table(["", "", "rows a second", "of the scan"], lines), "\n")


def made(bench: Bench, rows: int) -> tuple[dict[str, Book], dict[str, Codes]]:
    """Rows that are each some ruling's case with a few answers changed."""
    cases = [case for node in bench.rulings.values() if (case := bench.here(DAY).find(node)) is not None]
    random = np.random.default_rng(0)
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
    moment = bench.compiled.moment(DAY, patterns.law.readings)
    present = {fact: list(range(1, int(codes.max()) + 1)) for fact, codes in columns.items()}
    said = {fact: [dict(each.open) for each in book] for fact, book in patterns.books.items()}
    rails = Rails(bench, moment, said, present)
    possible = rails.circuit.both(*(rails.of(each.node)[1] for each in bench.impossible))
    return rails.circuit, [rails.circuit.both(possible, rails.of(bench.rulings[ruling])[1]) for ruling in SETTLED]


def stages(circuit: Circuit, roots: list[Node]) -> list[list[int]]:
    """The gates that the roots rest on, those first that rest on none."""
    depth: dict[int, int] = {}
    needed: set[int] = set()
    waiting = [node >> 1 for node in roots if node not in (FALSE, TRUE)]
    while waiting:
        gate = waiting.pop()
        if gate not in needed:
            needed.add(gate)
            waiting += [node >> 1 for node in circuit.gates[gate]]
    found: list[list[int]] = []
    for gate in sorted(needed):
        depth[gate] = 1 + max((depth[node >> 1] for node in circuit.gates[gate]), default=-1)
        found += [[] for _ in range(depth[gate] + 1 - len(found))]
        found[depth[gate]].append(gate)
    return found


def inputs_of(circuit: Circuit) -> dict[int, tuple[str, int]]:
    return {n >> 1: (q.fact, a) for q, nodes in circuit.inputs.items() for a, n in enumerate(nodes) if not n & 1}


def polars_run(
    circuit: Circuit, roots: list[Node], columns: dict[str, Codes]
) -> tuple[list[tuple[object, ...]], float]:
    asked = inputs_of(circuit)
    frame = pl.DataFrame(columns)
    started = time.perf_counter()
    lazy = frame.lazy()

    def word(node: Node) -> pl.Expr:
        if node in (FALSE, TRUE):
            return pl.repeat(node == TRUE, pl.len())
        return ~pl.col(f"g{node >> 1}") if node & 1 else pl.col(f"g{node >> 1}")

    for stage in stages(circuit, roots):
        made = []
        for gate in stage:
            joined = circuit.gates[gate]
            one = pl.all_horizontal(*map(word, joined)) if joined else pl.col(asked[gate][0]) == asked[gate][1]
            made.append(one.alias(f"g{gate}"))
        lazy = lazy.with_columns(made)
    found = lazy.select(*(word(root).alias(f"r{i}") for i, root in enumerate(roots))).collect()
    return found.rows()[:20_000], time.perf_counter() - started


def duckdb_run(
    circuit: Circuit, roots: list[Node], columns: dict[str, Codes]
) -> tuple[list[tuple[object, ...]], float]:
    asked = inputs_of(circuit)
    names = {fact: f"c{i}" for i, fact in enumerate(columns)}
    connection = duckdb.connect()
    rows = pl.DataFrame({names[fact]: codes for fact, codes in columns.items()}).with_row_index("place")

    def word(node: Node) -> str:
        if node in (FALSE, TRUE):
            return str(node == TRUE)
        return f"NOT g{node >> 1}" if node & 1 else f"g{node >> 1}"

    connection.register("coded", rows.to_arrow())
    connection.execute("CREATE TABLE register AS SELECT * FROM coded")
    query = "SELECT * FROM register"
    for stage in stages(circuit, roots):
        said = []
        for gate in stage:
            joined = circuit.gates[gate]
            text = " AND ".join(map(word, joined)) if joined else f"{names[asked[gate][0]]} = {asked[gate][1]}"
            said.append(f"({text}) AS g{gate}")
        query = f"SELECT *, {', '.join(said)} FROM ({query})"
    told = ", ".join(f"{word(root)} AS r{i}" for i, root in enumerate(roots))
    query = f"CREATE TABLE found AS SELECT place, {told} FROM ({query})"
    started = time.perf_counter()
    connection.execute(query)
    seconds = time.perf_counter() - started
    return [each[1:] for each in connection.execute("FROM found ORDER BY place LIMIT 20000").fetchall()], seconds


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


def check(name: str, found: list[tuple[bool, ...]], told: list[tuple[bool, ...]]) -> None:
    if found != told[: len(found)]:
        at = next(i for i, (a, b) in enumerate(zip(found, told, strict=False)) if a != b)
        raise SystemExit(f"{name} and lagrum differ on row {at}: {found[at]} and {told[at]}")


def best(function: Callable[[], object], runs: int) -> float:
    """The shortest time of several."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        function()
        times.append(time.perf_counter() - started)
    return min(times)


def spoken(rate: float) -> str:
    return f"{rate / 1e6:.1f} M" if rate >= 1e6 else f"{rate / 1e3:.1f} k" if rate >= 1e3 else f"{rate:.0f}"


if __name__ == "__main__":
    main()
