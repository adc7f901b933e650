"""How long the search for loopholes takes, beside SAT and brute force on the same two texts: `make bench`.

Every number is of this run; ratios are against the search in the same process. Exits with an error where two ways to
the same answer do not agree.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from bench.brute import by_loopholes, every_case, open_cases, small_world
from bench.measure import forget, machine, processes, spoken, table, timed
from bench.sat import Enumerated, Sat

from lagrum.analysis.loopholes import Loopholes, loopholes
from lagrum.library import open_library
from lagrum.model.law import Law
from lagrum.semantics.order import relevant_questions

LAW, POSITION, DAY = "eu-ai-act-2021-proposal", "ban-biometric-surveillance-2021", date(2026, 11, 23)
COMMAND = ("loopholes", LAW, "--against", POSITION, "--on", DAY.isoformat())


def main() -> None:
    """Measure, compare, and print Markdown."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--limit", type=float, default=60.0, help="seconds that SAT may enumerate one practice")
    asked.add_argument("--runs", type=int, default=5)
    options = asked.parse_args()
    started = machine()
    law, position = open_library().laws([LAW, POSITION])
    result = loopholes(law, position, DAY)
    search = timed(lambda: loopholes(law, position, DAY), options.runs).median
    print(f"## Loopholes of {LAW} against {POSITION}\n\n{started}\n")
    complete = "complete" if result.complete else "NOT complete"
    print(f"{len(result.families)} ways in, {result.count} loopholes, {complete}.\n")
    _processes(search, options.runs)
    _by_sat(law, position, result, search, options.limit)
    _by_brute_force(law, position, result)
    print(f"\nAt the end: {machine()}")


def _processes(search: float, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        empty = [Path(folder) / str(i) for i in range(runs)]
        cold = processes(COMMAND, empty)
        warm = processes(COMMAND, [empty[0]] * runs)
        forget("loopholes", empty)
        read = processes(COMMAND, empty)
        idle = processes(("--version",), [empty[0]] * runs)
    rows = [
        ("search, laws already read, in one process", spoken(search), "", "1"),
        *(
            (
                name,
                spoken(times.median),
                spoken(median(times.wall)),
                f"{times.median / search:.2f}",
            )
            for name, times in (
                ("`lagrum loopholes`, fresh process, nothing kept", cold),
                ("`lagrum loopholes`, fresh process, answer kept on disk", warm),
                ("`lagrum loopholes`, fresh process, laws kept, answer searched for", read),
                ("`lagrum --version`, fresh process", idle),
            )
        ),
    ]
    print(table((f"median of {runs}", "CPU", "clock", "CPU against the search"), rows), flush=True)


def _by_sat(law: Law, position: Law, result: Loopholes, search: float, limit: float) -> None:
    started = time.process_time()
    sat = Sat(law, position, DAY)
    built = time.process_time() - started
    started = time.process_time()
    objections = sat.objections(result)
    proof = time.process_time() - started
    print(
        f"\n**SAT** (Glucose 4, {sat.cnf.variables} variables, {len(sat.cnf.clauses)} clauses, "
        f"written in {spoken(built)}). Proof that the loopholes lagrum found are sound and complete: "
        f"{'; '.join(objections) or 'holds'}, {spoken(proof)}, {proof / search:.2f} of the search.\n"
    )
    rows = []
    total = {True: 0.0, False: 0.0}
    for practice in result.practices:
        for whole in (False, True):
            found = sat.enumerate(practice, limit, whole=whole)
            total[whole] += found.seconds
            rows.append(_row(found, whole))
    print(table(("practice", "boxes counted", "maximal boxes", "conditions in one", "CPU", "all?"), rows))
    print(
        f"\nTogether {spoken(total[False])} ({total[False] / search:.2f} of the search) beyond the position, "
        f"{spoken(total[True])} ({total[True] / search:.2f}) whole.",
        flush=True,
    )
    if objections or not result.complete:
        raise SystemExit("SAT and the search do not agree")


def _row(found: Enumerated, whole: bool) -> tuple[object, ...]:
    sizes = [len(box) for box in found.boxes] or [0]
    return (
        " + ".join(found.practice),
        "whole" if whole else "beyond the position",
        len(found.boxes),
        f"{min(sizes)} to {max(sizes)}",
        spoken(found.seconds),
        "yes" if found.done else "stopped by the clock",
    )


def _by_brute_force(law: Law, position: Law, whole: Loopholes) -> None:
    facts = {**position.facts, **law.facts}
    questions = relevant_questions((law, position))
    lifted = next(f.loopholes[0] for f in whole if f.openers[0].kind == "exception" and f.openers[0].way)
    given = small_world(facts, lifted)
    narrow = loopholes(law, position, DAY, given)
    search = timed(lambda: loopholes(law, position, DAY, given), 3).median
    started = time.process_time()
    answers = list(open_cases(law, position, DAY, every_case(facts, questions, given)))
    brute = time.process_time() - started
    verdicts = dict(answers)
    total = differing = 0
    for number, case in enumerate(every_case(facts, questions, given)):
        total += 1
        if number in verdicts and by_loopholes(narrow, position, DAY, facts, case) is not verdicts[number]:
            differing += 1
    print(
        f"\n**Brute force** over a small world (all facts given but nine): {total} cases, {len(answers)} possible, "
        f"{sum(verdicts.values())} open; {spoken(brute)}, {brute / search:.0f} times the search for the "
        f"{narrow.count} loopholes in {len(narrow.families)} families there are in it ({spoken(search)}). "
        f"Cases on which the two differ: {differing}."
    )
    if differing or not narrow.complete:
        raise SystemExit("brute force and the search do not agree")


if __name__ == "__main__":
    main()
