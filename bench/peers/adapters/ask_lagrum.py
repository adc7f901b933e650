"""Asks lagrum about the cases in `cases/`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from protocol import HIGH, MINIMAL, OUTSIDE, PROHIBITED, TRANSPARENCY, UNDETERMINED, Answer, report

import lagrum
from lagrum.library import open_library
from lagrum.model.cases import Case
from lagrum.reasoning.assess import assess
from lagrum.reasoning.assessment import Assessment
from lagrum.reasoning.bench import bench_of
from lagrum.reasoning.condition import here_for, know
from lagrum.semantics.estimate import possible_answers
from lagrum.semantics.evaluator import Evaluator

LAW = "eu-ai-act"
CASES = Path(__file__).parent.parent / "cases"
CLASSES = {"forbidden": PROHIBITED, "outside": OUTSIDE, "undetermined": UNDETERMINED}
NO_RULE = ("define", "except")  # of which nothing is said but how they bear on the others


def read(case: Case, found: Assessment) -> Answer:
    document: dict[str, Any] = found.to_dict()
    tiers = {tier["tier"] for tier in document["tiers"] if tier["applies"] == "yes"}
    by_tier = HIGH if HIGH in tiers else TRANSPARENCY if TRANSPARENCY in tiers else MINIMAL
    norms = document["norms"]
    return Answer(
        CLASSES.get(document["ruling"], by_tier),
        [norm["citation"] for norm in norms if norm["status"] == "applies" and norm["kind"] not in NO_RULE],
        len(case.facts),
        asks=[missing["fact"] for missing in document["missing"]],
        norms={f"{norm['kind']} {norm['citation']}": norm["status"] for norm in norms},
    )


def main() -> None:
    library = open_library()
    law = library.law(LAW)
    bench = bench_of(law)
    cases: dict[int, Case] = {}
    for file in sorted(CASES.glob("*.yaml")):
        case, problems, _ = library.read_case(file)
        if case is None:
            raise SystemExit(f"{file}: {problems}")
        cases[int(file.name[:2])] = case
    days = {number: case.dates[0] for number, case in cases.items()}
    rulings = list(bench.rulings.values())
    functions = {
        n: Evaluator(bench.circuit, rulings, bench.compiled.moment(day, law.readings)) for n, day in days.items()
    }
    complete: dict[int, list[int]] = {}
    for number, case in cases.items():
        drawn = next(iter(possible_answers(law, know(bench, days[number], case).box, 1, seed=1)))
        complete[number] = [drawn.get(question, 0) for question in functions[number].over]
    assess(law, Case("of which nothing is known", {}, (law.id,)), days[1])  # the law is written out for the first case
    found: dict[int, Assessment] = {}

    def with_reasons(number: int) -> None:
        found[number] = assess(law, cases[number], days[number])

    # Each case is asked about once: a solver that is asked again has learned.
    ways = {
        "ruling": (lambda n: here_for(law, days[n], cases[n])[0].possible_rulings(), 1),
        "with all reasons": (with_reasons, 1),
        "complete case, by the function": (lambda n: functions[n](complete[n]), 1000),
    }
    report(lagrum.__version__, f"{len(law.norms)} norms", cases, lambda n: read(cases[n], found[n]), ways)


if __name__ == "__main__":
    main()
