"""`lagrum test`: worked cases, run against the law, with coverage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from lagrum.analysis.casetest import Coverage, EdgeCoverage, NormCoverage, Tested, Trial, run_cases
from lagrum.cli import status
from lagrum.cli.check import library_with
from lagrum.cli.diagnostics import shown_path
from lagrum.cli.files import case_files, inside, require
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.library import Library
from lagrum.model.cases import Case
from lagrum.model.diagnostics import Diagnostic, InvalidInput, Severity
from lagrum.model.law import Law
from lagrum.reasoning.envelope import envelope


@click.command(cls=Command, examples=["lagrum test", "lagrum test my-laws/ station.yaml --all"])
@click.argument("paths", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="List the cases that pass too.")
@shared_options(law=True)
def command(paths: tuple[str, ...], everything: bool, options: Options) -> int:
    """Run worked cases against the law, with coverage."""
    wanted = require(paths)
    library = library_with(wanted, options.folders)
    cases = list(_read(wanted or library.folders, library, options))
    tested = run_cases(cases)
    if not tested.trials:
        help_ = "give cases an `expect`, and put them in a folder called `cases`"
        raise InvalidInput([Diagnostic("LG0734", "no case with an expectation was found", help=help_)])
    if options.json:
        options.out.json(_to_dict(tested, cases))
    else:
        for trial in tested.trials:
            if everything or not trial.passed:
                _print(trial, options)
        for coverage in tested.coverage:
            _print_coverage(coverage, options)
        failed, passed = len(tested.failed), len(tested.trials) - len(tested.failed)
        options.out.line(f"{passed} passed, {failed} failed")
    return status.FINDINGS if tested.failed else status.CLEAN


def _read(paths: Sequence[Path], library: Library, options: Options) -> list[tuple[Case, Sequence[Law]]]:
    """All cases with their laws. Raises `InvalidInput` with everything that is wrong with any of them."""
    found: list[tuple[Case, Sequence[Law]]] = []
    wrong: list[Diagnostic] = []
    sources: dict[str, str] = {}
    for inner in _in_law_files(paths, library):
        found.append((inner, library.laws(inner.laws, inner.readings)))
    others = [path for path in paths if path.is_dir() or path.suffix != ".md"]
    for file in dict.fromkeys(file for path in others for file in case_files(path)):
        case, diagnostics, text = library.read_case(file)
        sources[str(file)] = text
        wrong += [d for d in diagnostics if d.severity is Severity.ERROR]
        if case is None or case.expect is None:
            continue
        law_ids = case.laws or options.law_ids
        if not law_ids:
            message = f"`{shown_path(str(file))}` names no law"
            wrong.append(Diagnostic("LG0732", message, help="add `law: [ID]` to it, or choose one with `--law`"))
            continue
        found.append((case, library.laws(law_ids, case.readings)))
    if wrong:
        raise InvalidInput(wrong, sources)
    return found


def _in_law_files(paths: Sequence[Path], library: Library) -> Iterator[Case]:
    """The cases inside the law files at or below the paths."""
    for instrument in library.pack.instruments.values():
        for case in instrument.cases:
            file = Path(library.path_of(case.file))
            if inside(file, paths):
                yield replace(case, file=str(file))


def _print(trial: Trial, options: Options) -> None:
    word = "passed" if trial.passed else "failed"
    name = f"{trial.case.name}, {trial.law} on {trial.on.isoformat()}"
    options.out.headline(word, name, [(word, name)])
    for failure in trial.failures:
        options.out.row("But", failure)
    if not trial.passed:
        for reason in trial.reasons:
            options.out.row("Because", reason)
        for given in trial.case.facts.values():
            options.out.row("Given", given.text)
        options.out.row("File", shown_path(trial.case.file))


def _print_coverage(coverage: Coverage, options: Options) -> None:
    norms, edges = list(coverage.norms.values()), coverage.edges
    out = options.out
    reached, held = sum(n.reached for n in norms), sum(bool(e.held) for e in edges)
    said = f"{reached} of {len(norms)} rules reached"
    out.entry(coverage.law.id, f"{said}, {held} of {len(edges)} exceptions and exclusions used")
    for norm in norms:
        if not norm.reached:
            out.row("Never", f"{norm.norm.kind.value} {norm.norm.label or norm.norm.name}", str(norm.norm.citation))
    for edge in edges:
        if not edge.held:
            out.row("Unused", f"{edge.source.label} against {edge.target.citation}", str(edge.source.citation))


def _to_dict(tested: Tested, cases: Sequence[tuple[Case, Sequence[Law]]]) -> dict[str, object]:
    laws = {law.id: law for _, each in cases for law in each}
    return envelope("test", list(laws.values())) | {
        "passed": len(tested.trials) - len(tested.failed),
        "failed": len(tested.failed),
        "trials": [_trial_to_dict(trial) for trial in tested.trials],
        "coverage": [
            {
                "law": coverage.law.id,
                "norms": [_norm_to_dict(norm) for norm in coverage.norms.values()],
                "exceptions": [_edge_to_dict(edge) for edge in coverage.edges],
            }
            for coverage in tested.coverage
        ],
    }


def _trial_to_dict(trial: Trial) -> dict[str, object]:
    return {
        "case": trial.case.name,
        "file": shown_path(trial.case.file),
        "law": trial.law,
        "on": trial.on.isoformat(),
        "passed": trial.passed,
        "ruling": trial.ruling.value,
        "possible": [ruling.value for ruling in trial.possible],
        "failures": list(trial.failures),
        "reasons": list(trial.reasons),
    }


def _norm_to_dict(coverage: NormCoverage) -> dict[str, object]:
    norm = coverage.norm
    return {
        "key": norm.key,
        "kind": norm.kind.value,
        "citation": str(norm.citation),
        "label": norm.label or norm.name,
        "applied": coverage.applied,
        "stopped": coverage.stopped,
    }


def _edge_to_dict(edge: EdgeCoverage) -> dict[str, object]:
    return {"from": edge.source.key, "to": edge.target.key, "held": edge.held}
