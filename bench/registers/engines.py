"""Three prohibitions of the small law as the users of other engines would write them, run by these engines.

`python engines.py NAME FOLDER ROWS`, in an environment that has the engine: reads the rows that `bench.screen` left in
the folder, rules on them, and leaves NAME.json there: the seconds that took and the answers. What is timed begins with
rows as the engine takes them (mappings, or columns) and ends with three truths a row: do the elements of Article
5(1)(a), (b) and (c) of the proposal hold? Scope, exclusions, exceptions and what is impossible are not asked.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

SUPPLY = ("place on the market", "put into service", "use")
HARM = ("physical harm", "psychological harm")
AUTHORITIES: tuple[str, ...] = ()  # set from the folder: what the law calls public authorities
BASIS = ("social behaviour", "personal traits")
EFFECTS = ("treatment elsewhere", "disproportionate treatment")

Row = dict[str, Any]
Answers = Sequence[Sequence[bool]]
Timed = tuple[float, Answers]


def loop(rows: list[Row], _: Path) -> Timed:
    """Plain Python, written by hand."""
    supply, harm, basis, effects = set(SUPPLY), set(HARM), set(BASIS), set(EFFECTS)
    authorities = set(AUTHORITIES)

    def rule(row: Row) -> tuple[bool, bool, bool]:
        practice = row["practice"]
        if supply.isdisjoint(row["act"]):
            return False, False, False
        bent = row["distortion"] == "intended" and not harm.isdisjoint(row["likely harm"])
        return (
            bent and "manipulation" in practice and "subliminal" in row["means of influence"],
            bent
            and "exploiting weakness" in practice
            and ("age" in row["weakness"] or "disability" in row["weakness"]),
            "social scoring" in practice
            and row["scored over a period"] == "yes"
            and (row["actor"] in authorities or row["on behalf of a public authority"] == "yes")
            and not basis.isdisjoint(row["score basis"])
            and not effects.isdisjoint(row["score effects"]),
        )

    started = time.process_time()
    found = [rule(row) for row in rows]
    return time.process_time() - started, found


def zen(rows: list[Row], _: Path) -> Timed:
    """GoRules Zen: an expression node, one evaluation a row."""
    import zen as engine

    def some(fact: str, answers: Sequence[str]) -> str:
        return f"some({fact}, # in {json.dumps(list(answers))})"

    supply, harm = some("act", SUPPLY), some("harm", HARM)
    bent = f"distortion == 'intended' and {harm}"
    expressions = {
        "a": f"{supply} and {some('practice', ['manipulation'])} and {some('means', ['subliminal'])} and {bent}",
        "b": f"{supply} and {some('practice', ['exploiting weakness'])}"
        f" and {some('weakness', ['age', 'disability'])} and {bent}",
        "c": f"{supply} and {some('practice', ['social scoring'])} and period == 'yes'"
        f" and (actor in {json.dumps(list(AUTHORITIES))} or behalf == 'yes')"
        f" and {some('basis', BASIS)} and {some('effects', EFFECTS)}",
    }
    place = {"x": 0, "y": 0}
    content = {"expressions": [{"id": key, "key": key, "value": text} for key, text in expressions.items()]}
    graph = {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": place},
            {"id": "law", "type": "expressionNode", "name": "law", "position": place, "content": content},
            {"id": "out", "type": "outputNode", "name": "out", "position": place},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "law", "type": "edge"},
            {"id": "2", "sourceId": "law", "targetId": "out", "type": "edge"},
        ],
    }
    decision = engine.ZenEngine().create_decision(json.dumps(graph))
    asked = [_short(row) for row in rows]
    started = time.process_time()
    results = [decision.evaluate(row)["result"] for row in asked]
    return time.process_time() - started, [[each["a"], each["b"], each["c"]] for each in results]


def cedar(rows: list[Row], _: Path) -> Timed:
    """Cedar: three `forbid` policies, all requests in one batch; those that decided are told."""
    import cedarpy

    def some(fact: str, answers: Sequence[str]) -> str:
        return f"context.{fact}.containsAny({json.dumps(list(answers))})"

    bent = f'context.distortion == "intended" && {some("harm", HARM)}'
    conditions = {
        "a": f"{some('practice', ['manipulation'])} && {some('means', ['subliminal'])} && {bent}",
        "b": f"{some('practice', ['exploiting weakness'])} && {some('weakness', ['age', 'disability'])} && {bent}",
        "c": f'{some("practice", ["social scoring"])} && context.period == "yes"'
        f' && ({json.dumps(list(AUTHORITIES))}.contains(context.actor) || context.behalf == "yes")'
        f" && {some('basis', BASIS)} && {some('effects', EFFECTS)}",
    }
    policies = "permit(principal, action, resource);\n" + "\n".join(
        f"forbid(principal, action, resource) when {{ {some('act', SUPPLY)} && {condition} }};"
        for condition in conditions.values()
    )
    requests = [
        {"principal": 'User::"u"', "action": 'Action::"use"', "resource": 'System::"s"', "context": _short(row)}
        for row in rows
    ]
    started = time.process_time()
    results = cedarpy.is_authorized_batch(requests, policies, [])
    seconds = time.process_time() - started
    return seconds, [[f"policy{i}" in each.diagnostics.reasons for i in (1, 2, 3)] for each in results]


def rego(rows: list[Row], _: Path) -> Timed:
    """Rego, by regopy: one query a row."""
    from regopy import Interpreter

    words: dict[str, Sequence[str]] = {"public_words": AUTHORITIES}

    def some(fact: str, answers: Sequence[str]) -> str:
        name = f"{fact}_words_{len(words)}"
        words[name] = answers
        return f"some v{len(words)} in input.{fact}; v{len(words)} in {name}"

    bent = f'input.distortion == "intended"; {some("harm", HARM)}'
    rules = f"""
default a := false
default b := false
default c := false
supply if {{ {some("act", SUPPLY)} }}
public if {{ input.actor in public_words }}
public if {{ input.behalf == "yes" }}
a if {{ supply; {some("practice", ["manipulation"])}; {some("means", ["subliminal"])}; {bent} }}
b if {{ supply; {some("practice", ["exploiting weakness"])}; {some("weakness", ["age", "disability"])}; {bent} }}
c if {{ supply; {some("practice", ["social scoring"])}; input.period == "yes"; public; {some("basis", BASIS)};
  {some("effects", EFFECTS)} }}
answer := [a, b, c]
"""
    named = "\n".join(f"{name} := {json.dumps(list(answers))}" for name, answers in words.items())
    module = f"package law\nimport rego.v1\n{named}\n{rules}"
    engine = Interpreter()
    engine.add_module("law", module)
    asked = [_short(row) for row in rows]
    found: list[str] = []
    started = time.process_time()
    for row in asked:
        engine.set_input(row)
        found.append(str(engine.query("data.law.answer")))
    seconds = time.process_time() - started
    return seconds, [json.loads(text[text.index("[") : text.rindex("]") + 1])[0] for text in found]


def openfisca(_: list[Row], folder: Path) -> Timed:
    """OpenFisca: a variable for each flag, formulas over whole columns."""
    import numpy as np
    import pyarrow.parquet as parquet
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulation_builder import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    table = parquet.read_table(folder / "flags.parquet")
    columns = {name: table[name].to_numpy() for name in table.column_names}
    system_of = build_entity(key="system", plural="systems", label="An AI system", is_person=True)
    benefits = TaxBenefitSystem([system_of])

    def variable(name: str, formula: Callable[..., Any] | None) -> None:
        body: dict[str, object] = {"value_type": bool, "entity": system_of, "definition_period": DateUnit.DAY}
        if formula is not None:
            body["formula"] = formula
        benefits.add_variable(type(name, (Variable,), body))

    for name in columns:
        variable(name, None)

    def bent(system: Any, day: Any) -> Any:
        harm = system("harm_physical", day) + system("harm_psychological", day)
        return system("distortion_intended", day) * harm

    def supply(system: Any, day: Any) -> Any:
        return system("act_place", day) + system("act_service", day) + system("act_use", day)

    def a(system: Any, day: Any) -> Any:
        flags = system("practice_manipulation", day) * system("means_subliminal", day)
        return supply(system, day) * flags * bent(system, day)

    def b(system: Any, day: Any) -> Any:
        weak = system("weakness_age", day) + system("weakness_disability", day)
        return supply(system, day) * system("practice_weakness", day) * weak * bent(system, day)

    def c(system: Any, day: Any) -> Any:
        public = system("actor_public", day) + system("behalf", day)
        basis = system("basis_behaviour", day) + system("basis_traits", day)
        effects = system("effects_elsewhere", day) + system("effects_disproportionate", day)
        scored = system("practice_scoring", day) * system("period", day)
        return supply(system, day) * public * scored * basis * effects

    for name, formula in (("a", a), ("b", b), ("c", c)):
        variable(name, formula)
    simulation = SimulationBuilder().build_default_simulation(benefits, count=len(table))
    day = "2027-12-03"
    started = time.process_time()
    for name, column in columns.items():
        simulation.set_input(name, day, column)
    found = [simulation.calculate(name, day) for name in "abc"]
    return time.process_time() - started, np.stack(found, axis=1)[:20_000].tolist()


def duckdb(_: list[Row], folder: Path) -> Timed:
    """DuckDB: the three by hand, over columns of truths."""
    return _sql(folder, "flags", (folder / "by_hand.sql").read_text())


def duckdb_gates(_: list[Row], folder: Path) -> Timed:
    """DuckDB: the whole law, gate by gate, over columns of codes."""
    return _sql(folder, "codes", (folder / "gates.sql").read_text())


def _sql(folder: Path, table: str, query: str) -> Timed:
    import duckdb as engine

    connection = engine.connect()
    connection.execute("SET threads = 1")
    connection.execute(f"CREATE TABLE register AS FROM '{folder / table}.parquet'")
    started = time.process_time()
    connection.execute(f"CREATE TABLE found AS {query}")
    seconds = time.process_time() - started
    return seconds, [list(each) for each in connection.execute("FROM found LIMIT 20000").fetchall()]


def _short(row: Row) -> Row:
    """A row under names that are words in every engine's language."""
    return {
        "act": row["act"],
        "practice": row["practice"],
        "means": row["means of influence"],
        "distortion": row["distortion"],
        "harm": row["likely harm"],
        "weakness": row["weakness"],
        "actor": row["actor"],
        "behalf": row["on behalf of a public authority"],
        "period": row["scored over a period"],
        "basis": row["score basis"],
        "effects": row["score effects"],
    }


ENGINES: dict[str, Callable[[list[Row], Path], Timed]] = {
    "loop": loop,
    "zen": zen,
    "cedar": cedar,
    "rego": rego,
    "openfisca": openfisca,
    "duckdb": duckdb,
    "duckdb_gates": duckdb_gates,
}


def main() -> None:
    global AUTHORITIES
    name, folder = sys.argv[1], Path(sys.argv[2])
    AUTHORITIES = tuple(json.loads((folder / "authorities.json").read_text()))
    rows = [json.loads(line) for line in (folder / "rows.jsonl").read_text().splitlines()][: int(sys.argv[3])]
    seconds, answers = ENGINES[name](rows, folder)
    told = {"seconds": seconds, "answers": [[bool(each) for each in row] for row in answers]}
    (folder / f"{name}.json").write_text(json.dumps(told))


if __name__ == "__main__":
    main()
