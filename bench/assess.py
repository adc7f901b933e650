"""How long a ruling takes, and a ruling with its reasons, on the cases under `laws/` and on made ones: `make bench`.

Beside it the plain reference, which reads one complete case at a time, and so for a partly known case every completion
of it. Exits with an error where the two do not agree.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.brute import every_case
from bench.measure import Times, forget, machine, processes, spoken, table

from lagrum.library import Library, built_in_laws, open_library
from lagrum.model.cases import Case, Complete, Given
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.facts import questions_of, size_of
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.reasoning.assess import assess
from lagrum.reasoning.bench import bench_of
from lagrum.reasoning.condition import here_for, know
from lagrum.semantics.estimate import as_case, possible_answers, possible_cases
from lagrum.semantics.evaluator import Evaluator
from lagrum.semantics.order import relevant_questions
from lagrum.semantics.reference import Reference, possible

LAWS = ("eu-ai-act-2021-proposal", "eu-ai-act", "ban-biometric-surveillance-2021")
DAY = date(2026, 11, 22)
DEPLOYMENT = "laws/eu/ai-act/cases/deployments/us-cbp-mobile-fortify.yaml"
COMPLETIONS = 3_000


@dataclass(frozen=True)
class Row:
    """One kind of case of one law."""

    law: str
    kind: str
    cases: int
    ruling: Times
    whole: Times
    reference: Times | None


def main() -> None:
    """Measure, compare, and print Markdown."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=8, help="at most so many cases of each kind and law")
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--law", action="append", help="measure these instead of three built-in ones")
    options = asked.parse_args()
    print(f"## Assessments\n\n{machine()}\n")
    library = open_library()
    rows = [row for name in options.law or LAWS for row in _rows(library, name, options.cases)]
    print(
        table(
            ("law, kind of case", "cases", "ruling", "p95", "with reasons", "p95", "reference", "reference/ruling"),
            [
                (
                    f"{row.law}, {row.kind}",
                    row.cases,
                    spoken(row.ruling.median),
                    spoken(row.ruling.p95),
                    spoken(row.whole.median),
                    spoken(row.whole.p95),
                    spoken(row.reference.median) if row.reference else "out of reach",
                    f"{row.reference.median / row.ruling.median:.3g}" if row.reference else "",
                )
                for row in rows
            ],
        ),
        flush=True,
    )
    print("\nComplete cases, by the function that the law is written out as:\n")
    print(
        table(
            ("law", "cases", "gates", "written in", "ruling", "and each norm", "reference/ruling"),
            [_function(library, name, options.cases, rows) for name in options.law or LAWS],
        ),
        flush=True,
    )
    _processes(rows, options.runs)
    print(f"\nAt the end: {machine()}")


def _function(library: Library, name: str, cases: int, rows: Sequence[Row]) -> tuple[object, ...]:
    """How long a complete case takes by a function, which must rule as the reference does."""
    law = library.law(name)
    bench = bench_of(law)
    drawn = list(possible_answers(law, {}, cases, seed=1))
    rulings, norms = list(bench.rulings.values()), [bench.compiled.applies(key) for key in law.norms]
    moment = bench.compiled.moment(DAY, law.readings)
    started = time.process_time()
    function = Evaluator(bench.circuit, rulings, moment)
    written = time.process_time() - started
    told = Evaluator(bench.circuit, [*rulings, *norms], moment)
    lists = [[answers.get(question, 0) for question in function.over] for answers in drawn]
    reference = Reference(law, DAY)
    for answers, case in zip(lists, drawn, strict=True):
        if [r for r, held in zip(bench.rulings, function(answers), strict=True) if held] != [
            reference.ruling(as_case(case))
        ]:
            raise SystemExit(f"the function of {name} does not agree with the reference")
    ruling, whole = (_each(each, lists) for each in (function, told))
    slow = next(r.reference.median for r in rows if r.law == name and r.reference)
    gates = len(bench.circuit.gates)
    return name, len(lists), gates, spoken(written), spoken(ruling), spoken(whole), f"{slow / ruling:.0f}"


def _each(function: Evaluator, cases: Sequence[Sequence[int]]) -> float:
    """Seconds of CPU a case, of a thousand calls or more."""
    rounds = max(1, 1000 // len(cases))
    started = time.process_time()
    for _ in range(rounds):
        for answers in cases:
            function(answers)
    return (time.process_time() - started) / (rounds * len(cases))


def _rows(library: Library, law_id: str, most: int) -> Iterator[Row]:
    law = library.law(law_id)
    print(f"measuring {law_id}", file=sys.stderr, flush=True)
    bench_of(law)
    worked = list(_evenly(list(_worked(library, law)), most))
    yield _measured(law, "worked cases, partly known", worked, None)
    drawn = list(possible_cases(law, {}, most, seed=1))
    yield _measured(law, "drawn, complete", [_case(law, case) for case in drawn], lambda case: _completions(law, case))
    nearly = [_forget(law, _case(law, case), Random(i)) for i, case in enumerate(drawn[: max(1, most // 4)])]
    yield _measured(law, "drawn, a few facts forgotten", nearly, lambda case: _completions(law, case))


def _measured(law: Law, kind: str, cases: Sequence[Case], reference: Callable[[Case], set[Ruling]] | None) -> Row:
    ruling, whole, brute = [], [], []
    for case in cases:
        started = time.process_time()
        found = here_for(law, DAY, case)[0].possible_rulings()
        ruling.append(time.process_time() - started)
        started = time.process_time()
        assessment = assess(law, case, DAY)
        whole.append(time.process_time() - started)
        if assessment.possible != found:
            raise SystemExit(f"two answers to {case.name}")
        if reference is not None:
            started = time.process_time()
            slow = reference(case)
            brute.append(time.process_time() - started)
            if slow != set(found):
                raise SystemExit(f"the reference does not agree on {case.name}")
    return Row(law.id, kind, len(cases), _cpu(ruling), _cpu(whole), _cpu(brute) if brute else None)


def _cpu(seconds: Sequence[float]) -> Times:
    return Times(tuple(seconds), ())


def _worked(library: Library, law: Law) -> Iterator[Case]:
    for file in sorted(built_in_laws().rglob("cases/**/*.yaml")):
        case, _, _ = library.read_case(file)
        if case is not None and law.id in case.laws:
            try:
                know(bench_of(law), DAY, case)
            except InvalidInput:
                continue
            yield case


def _evenly(cases: Sequence[Case], most: int) -> Sequence[Case]:
    step = max(1, -(-len(cases) // most))
    return cases[::step]


def _case(law: Law, complete: Complete) -> Case:
    """A complete case as a case file would give it."""
    given = {}
    for name, answer in complete.items():
        fact = law.facts[name]
        open_answers = tuple(
            (q, frozenset([answer if isinstance(answer, int) else int(q.member in answer)])) for q in questions_of(fact)
        )
        given[name] = Given(name, open_answers, name)
    return Case("drawn", given, (law.id,))


def _forget(law: Law, case: Case, random: Random) -> Case:
    """The case without as many facts as leave no more than so many completions."""
    kept = dict(case.facts)
    completions = 1
    for name in random.sample(sorted(kept), len(kept)):
        completions *= prod(size_of(law.facts[name]) for _ in questions_of(law.facts[name]))
        if completions > COMPLETIONS:
            break
        del kept[name]
    return Case(case.name, kept, case.laws)


def _completions(law: Law, case: Case) -> set[Ruling]:
    """The rulings of all possible completions, one after another."""
    reference = Reference(law, DAY)
    questions = relevant_questions([law])
    complete = (as_case(answers) for answers in every_case(law.facts, questions, case.box))
    return {reference.ruling(each) for each in complete if possible(law, each)}


def _processes(rows: Sequence[Row], runs: int) -> None:
    with TemporaryDirectory() as folder:
        empty = [Path(folder) / str(i) for i in range(runs)]
        command = ("assess", DEPLOYMENT)
        cold = processes(command, empty)
        warm = processes(command, [empty[0]] * runs)
        forget("assess", empty)
        worked = processes(command, empty)
        idle = processes(("--version",), [empty[0]] * runs)
    base = rows[0].whole.median
    print(f"\nFresh processes, `lagrum assess {DEPLOYMENT}`, median of {runs}, against the first row with reasons:\n")
    print(
        table(
            ("", "CPU and clock", "ratio"),
            [
                (name, str(times), f"{times.median / base:.1f}")
                for name, times in (
                    ("nothing kept on disk", cold),
                    ("laws kept on disk, the answer worked out", worked),
                    ("answer kept on disk", warm),
                    ("`lagrum --version`, for what Python itself takes", idle),
                )
            ],
        )
    )


if __name__ == "__main__":
    main()
