"""How many questions `lagrum ask` needs, by letting worked cases answer them.

    python bench/questions.py eu-ai-act-2021-proposal [--cases DIR] [--most N] [--json] [--fixed]

A simulated person answers each question as the case file says, and "I don't know" where it says nothing. One question
is one fact on one screen. Two ways to the end are counted:

- *alone*: until the answers alone settle the ruling and the classes;
- *as usual*: as soon as the interview suggests to take the rest as usual, the person reads the list of assumed answers
  that decide. What is wrong in their case they correct, one at a time, each correction being one more question; when
  nothing on the list is wrong they confirm. The confirmation is one more screen and not counted among the questions.

`--fixed` asks in the order of the law's text instead, as a form does: always the first fact that something which is
still open reads, until the answers alone settle the ruling and the classes.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import mean

from lagrum.language import parse_given
from lagrum.library import Library, open_library
from lagrum.model.cases import Case, Given
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.reasoning.asking import Interview, Outcome, begin
from lagrum.reasoning.condition import know

KINDS = ("prohibited", "high-risk", "nothing further", "outside")
SETTLING = 60  # questions after which a run is given up


@dataclass(frozen=True)
class Run:
    case: str
    kind: str
    alone: int
    usual: int
    listed: int
    right: bool
    seconds: float
    slowest: float


def cases_of(library: Library, law: Law, folders: list[Path]) -> Iterator[Case]:
    for folder in folders:
        for file in sorted(folder.rglob("*.yaml")):
            case, _, _ = library.read_case(file)
            if case is not None and case.laws == (law.id,) and not case.readings and not case.assume:
                yield case


def outcome_of(law: Law, case: Case, on: date) -> Outcome | None:
    """What all that the case says settles; None where it settles nothing."""
    return begin(law, on, parse_given, case).outcome


def kind_of(outcome: Outcome) -> str | None:
    if "high-risk" in outcome.classes:
        return "high-risk"
    names = {Ruling.FORBIDDEN: "prohibited", Ruling.UNREGULATED: "nothing further", Ruling.OUTSIDE: "outside"}
    return names.get(outcome.ruling)


def known_of(start: Interview, case: Case) -> dict[str, Given]:
    """What the person knows: what the case says, and what follows from it because nothing else can be."""
    bench = start.engine.bench
    here = bench.here(start.on, know(bench, start.on, case).box)
    found = dict(case.facts)
    for name in {question.fact for question in bench.over} - set(found):
        open_ = []
        for question in (q for q in bench.over if q.fact == name):
            answers = range(bench.sizes[question])
            left = [a for a in answers if here.with_answer(question, [a]).possible]
            if len(left) < len(answers):
                open_.append((question, frozenset(left)))
        if open_:
            found[name] = Given(name, tuple(open_), "")
    return found


def answered(state: Interview, known: Mapping[str, Given], fact: str) -> Interview:
    return state.tell(fact, known.get(fact))


def run(law: Law, case: Case, on: date, truth: Outcome, kind: str) -> Run:
    began = time.perf_counter()
    start = begin(law, on, parse_given)
    known = known_of(start, case)
    alone, asked, slowest = by_answers(start, known)
    confirmed, needed = by_the_usual(start, known)
    right = (confirmed.outcome or confirmed.usual.outcome) == truth == alone.outcome
    listed = 0 if confirmed.settled else sum(each.decides for each in confirmed.usual.assumed)
    return Run(case.name, kind, asked, needed, listed, right, time.perf_counter() - began, slowest)


def by_answers(state: Interview, known: Mapping[str, Given]) -> tuple[Interview, int, float]:
    """Answer until nothing is asked any more: the last state, how many questions, the longest wait for one."""
    asked, slowest = 0, 0.0
    while asked < SETTLING:
        at = time.perf_counter()
        question = state.question
        slowest = max(slowest, time.perf_counter() - at)
        if question is None:
            break
        asked += 1
        state = answered(state, known, question.fact.name)
    return state, asked, slowest


def in_order(state: Interview, known: Mapping[str, Given], truth: Outcome) -> int:
    """How many questions it takes to settle the outcome, asked in the order of the text, none that nothing reads."""
    bench, case, asked = state.engine.bench, state.case, set[str]()
    outcomes = state.engine.outcomes
    otherwise = bench.circuit.negate(outcomes.node(truth, bench))
    read = (*bench.rulings.values(), *outcomes.class_nodes(bench).values())
    while True:
        here = bench.here(state.on, know(bench, state.on, case).box)
        open_ = [name for name in here.asked_by(*read) if name not in asked]
        if not open_ or not here.can(otherwise):
            return len(asked)
        asked.add(open_[0])
        if open_[0] in known:
            case = replace(case, facts={**case.facts, open_[0]: known[open_[0]]})


def by_the_usual(state: Interview, known: Mapping[str, Given]) -> tuple[Interview, int]:
    """Where it is suggested, read what would be assumed and correct the first thing that is wrong; else answer what is
    asked. The state in which nothing on the list is wrong, and how many questions that took."""
    asked = 0
    while (question := state.question) is not None and asked < SETTLING:
        fact = question.fact.name
        if state.suggests_usual:
            deciding = [each.fact for each in state.usual.assumed if each.decides]
            wrong = next((name for name in deciding if is_wrong(state, known, name)), None)
            if wrong is None:
                break
            fact = wrong
        state = answered(state, known, fact)
        asked += 1
    return state, asked


def is_wrong(state: Interview, known: Mapping[str, Given], fact: str) -> bool:
    box = state.usual_box
    return fact in known and any(not answers & box.get(question, answers) for question, answers in known[fact].open)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("law")
    parser.add_argument("--cases", type=Path, action="append")
    parser.add_argument("--on", type=date.fromisoformat)
    parser.add_argument("--most", type=int, default=60, help="how many cases at most, spread over all there are")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--fixed", action="store_true", help="ask in the order of the text, and nothing else")
    chosen = parser.parse_args()
    library = open_library()
    law = library.law(chosen.law)
    by_day: dict[date, Law] = {}
    folders = chosen.cases or list(library.folders)
    runs: list[Run] = []
    fixed: dict[str, list[int]] = {}
    cases = list(cases_of(library, law, folders))
    for case in cases[:: max(1, -(-len(cases) // chosen.most))]:
        on = chosen.on or (case.dates[0] if case.dates else date(2026, 11, 22))
        that = by_day.setdefault(on, library.law(chosen.law, None, on))  # the text known on the day
        outcome = outcome_of(that, case, on)
        if outcome is None or (kind := kind_of(outcome)) is None:
            continue
        if chosen.fixed:
            start = begin(that, on, parse_given)
            fixed.setdefault(kind, []).append(in_order(start, known_of(start, case), outcome))
            continue
        runs.append(run(that, case, on, outcome, kind))
        if chosen.json:
            print(json.dumps(runs[-1].__dict__), flush=True)
    if chosen.fixed:
        print(f"{'to':<16} {'cases':>5} {'in the order of the text':>24}")
        for kind in KINDS:
            if kind in fixed:
                print(f"{kind:<16} {len(fixed[kind]):>5} {mean(fixed[kind]):>24.1f}")
        return 0
    print(f"{'to':<16} {'cases':>5} {'alone':>6} {'as usual':>8} {'listed':>6} {'wrong':>5} {'slowest s':>9}")
    for kind in KINDS:
        some = [each for each in runs if each.kind == kind]
        if some:
            wrong = sum(not each.right for each in some)
            print(
                f"{kind:<16} {len(some):>5} {mean(e.alone for e in some):>6.1f} {mean(e.usual for e in some):>8.1f} "
                f"{mean(e.listed for e in some):>6.1f} {wrong:>5} {max(e.slowest for e in some):>9.2f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
