"""A circuit over columns of codes in the words of Polars and of SQL, a column for each gate."""

from __future__ import annotations

import time

import polars as pl

from lagrum.screening.bits import Codes
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.logic import FALSE, TRUE, Node


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


def polars_gates(
    circuit: Circuit, roots: list[Node], columns: dict[str, Codes], most: int
) -> tuple[list[tuple[bool, ...]], float]:
    """The expression in Polars, a column for each gate."""
    asked = inputs_of(circuit)
    frame = pl.DataFrame(columns)
    started = time.process_time()
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
    return found.rows()[:most], time.process_time() - started


def sql(circuit: Circuit, roots: list[Node], names: dict[str, str]) -> str:
    """The expression in SQL, a column for each gate."""
    asked = inputs_of(circuit)

    def word(node: Node) -> str:
        if node in (FALSE, TRUE):
            return str(node == TRUE)
        return f"NOT g{node >> 1}" if node & 1 else f"g{node >> 1}"

    query = "SELECT * FROM register"
    for stage in stages(circuit, roots):
        said = []
        for gate in stage:
            joined = circuit.gates[gate]
            text = " AND ".join(map(word, joined)) if joined else f"{names[asked[gate][0]]} = {asked[gate][1]}"
            said.append(f"({text}) AS g{gate}")
        query = f"SELECT *, {', '.join(said)} FROM ({query})"
    return f"SELECT {', '.join(f'{word(root)} AS r{i}' for i, root in enumerate(roots))} FROM ({query})"
