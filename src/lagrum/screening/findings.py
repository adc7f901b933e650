"""Rows that must not be, for pipelines: SARIF and JUnit. Only the first rows are listed; the others are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from lagrum import __version__
from lagrum.screening.summary import Summary

MOST = 5000
"""Findings that are listed: as many as platforms take in."""

KINDS = ("forbidden", "perhaps forbidden", "undetermined", "contradictory")
_LEVEL = {"forbidden": "error", "undetermined": "warning", "contradictory": "error"}
_SIGNS = {code: "\ufffd" for code in (*range(9), 11, 12, *range(14, 32))}
Rows = Sequence[Mapping[str, object]]


def sarif(summary: Summary, rows: Rows, more: int) -> dict[str, object]:
    """The rows as results of SARIF 2.1.0, each under the first norm that decides it."""
    rules: dict[str, int] = {}
    words = {each.citation: each.label for day in summary.days for each in day.norms}
    results = [_result(summary, row, rules) for row in rows]
    described = [{"id": rule, "shortDescription": {"text": words.get(rule) or rule}} for rule in rules]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "lagrum",
                        "version": __version__,
                        "rules": described,
                    }
                },
                "results": results,
                "properties": {
                    "law": summary.law,
                    "given": [each.text for each in (*summary.given, *summary.assumed)],
                    "rows": summary.rows,
                    "notListed": more,
                    "id": summary.envelope.get("id"),
                },
            }
        ],
    }


def _result(summary: Summary, row: Mapping[str, object], rules: dict[str, int]) -> dict[str, object]:
    because = row["because"]
    rule = because[0] if isinstance(because, list) and because else str(row["ruling"])
    index = rules.setdefault(rule, len(rules))
    name = str(row["id"] or f"row {row['row']}")
    return {
        "ruleId": rule,
        "ruleIndex": index,
        "level": _LEVEL.get(str(row["ruling"]), "note"),
        "message": {"text": message(row)},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": _uri(summary.register)}},
                "logicalLocations": [{"name": name, "fullyQualifiedName": f"row {row['row']}", "kind": "row"}],
            }
        ],
        "partialFingerprints": {"row": f"{summary.law}/{row['on']}/{name}"},
        "properties": {"row": row["row"], "on": str(row["on"]), "provenance": row["provenance"]},
    }


def _uri(name: str) -> str:
    from urllib.parse import quote

    return quote(name)


def message(row: Mapping[str, object]) -> str:
    """A row's ruling in a sentence."""
    possible, because = row["possible"], row["because"]
    assert isinstance(possible, list)
    said = str(row["ruling"])
    if said == "undetermined":
        said += f" ({' or '.join(possible)})"
    reasons = f" by {', '.join(because[:5])}" if isinstance(because, list) and because else ""
    leans = "" if row["provenance"] in (None, "stated") else f"; leans on what is {row['provenance']}"
    name = f" ({row['id']})" if row["id"] else ""
    return f"Row {row['row']}{name}, on {row['on']}: {said}{reasons}{leans}."


def junit(summary: Summary, rows: Rows, more: int) -> str:
    """The rows as failures of JUnit's XML, a suite for each day. Rows that pass stand together as one."""
    given = "; ".join(each.text for each in (*summary.given, *summary.assumed))
    name = _quoted(f"lagrum screen {summary.register}")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites name={name}>"]
    for day in summary.days:
        mine = [row for row in rows if row["on"] == day.on]
        suite = f"{summary.law} on {day.on}"
        lines.append(f'<testsuite name={_quoted(suite)} tests="{len(mine) + 1}" failures="{len(mine)}" errors="0">')
        lines.append(f'<properties><property name="given" value={_quoted(given)}/></properties>')
        for row in mine:
            name = str(row["id"] or f"row {row['row']}")
            text = message(row)
            lines.append(f"<testcase classname={_quoted(suite)} name={_quoted(name)}>")
            lines.append(f"<failure message={_quoted(text)}>{escape(text.translate(_SIGNS))}</failure></testcase>")
        lines.append(f"<testcase classname={_quoted(suite)} name={_quoted(f'the other rows of {summary.rows}')}/>")
        lines.append("</testsuite>")
    if more:
        lines.append(f"<!-- {more} more rows are not listed -->")
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _quoted(text: str) -> str:
    return quoteattr(text.translate(_SIGNS))
