"""Write the pages of docs/ that are made from the code and the law: diagnostics, vocabulary, coverage.

Run it after a change of either: `make reference`; `--check` only says which pages are stale. Tests hold them fresh.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import digest
import yaml

from lagrum.language.codes import CODES
from lagrum.library import Library, built_in_laws, open_library
from lagrum.model.citations import Citation, parse_citation
from lagrum.model.facts import Fact, FactKind
from lagrum.model.instruments import Instrument
from lagrum.model.norms import Norm

DOCS = Path(__file__).parent.parent / "docs"
MADE = "<!-- written by scripts/reference.py; do not edit: `make reference` -->"
DEEPEST = 3  # steps of a citation that have a row of their own: Art. 5(1)(d)
MOST_ANSWERS = 14

GROUPS = {
    "LG01": "Law blocks",
    "LG02": "Syntax",
    "LG03": "Facts and vocabularies",
    "LG04": "Names and citations",
    "LG05": "Norms and dates",
    "LG06": "Cases, and what is given",
    "LG07": "Packs, texts and options",
    "LG08": "Registers and mappings",
    "LG09": "Not supported yet",
}

ABOUT_COVERAGE = """For each provision the rules it was encoded in, and how many worked cases name it, or a place below
it, among the reasons that must come out or must not. `lagrum test` runs the cases and counts what they reach, which is
more.
No encoding was reviewed by counsel unless its instrument says so."""

Cases = dict[str, list[frozenset[Citation]]]
"""For each law, the places that each of its worked cases names among the reasons it expects or rules out."""


def diagnostics() -> str:
    """Every diagnostic code with what it means and what it looks like when it is mended."""
    lines = [
        "# Diagnostics",
        MADE,
        "Everything lagrum says about input that it cannot use has a code; `lagrum explain CODE` gives an example.",
    ]
    for prefix, title in GROUPS.items():
        found = [CODES[code] for code in sorted(CODES) if code.startswith(prefix)]
        rows = [
            (c.code, c.title + ("" if c.severity.value == "error" else f" ({c.severity.value})"), f"{c.what} {c.why}")
            for c in found
        ]
        lines += [f"## {prefix}xx: {title}", _table(("code", "", "what it means, and why it matters"), rows)]
    return _page(lines)


def vocabulary(library: Library) -> str:
    """Every fact of every vocabulary: the question, the answers, and on whose word they rest."""
    lines = [
        "# The vocabularies",
        MADE,
        "The facts that the laws ask for, by vocabulary. The answers in bold are the usual ones.",
    ]
    for one in sorted(library.pack.vocabularies.values(), key=lambda v: v.id):
        lines += [
            f"## {one.id}",
            f"[{one.title}](../../laws/{one.file}): {len(one.facts)} facts, {len(one.impossible)} times `impossible`.",
            _table(("fact", "question", "answers", "notes"), [_fact(fact) for fact in one.facts]),
        ]
    return _page(lines)


def _fact(fact: Fact) -> tuple[str, ...]:
    names = [f"**{a.name}**" if i in (fact.usual or ()) else a.name for i, a in enumerate(fact.answers)]
    more = [f"{len(names) - MOST_ANSWERS} more"] if len(names) > MOST_ANSWERS else []
    kind = {FactKind.ONE_OF: "one of: ", FactKind.SOME_OF: "some of: "}.get(fact.kind, "")
    notes = [
        "somebody must judge" if fact.judgement else "",
        f"decided by {fact.decided_by.value}" if fact.decided_by else "",
        f"word of {fact.vouched_by.value}" if fact.vouched_by else "",
        f"controlled by {fact.controlled_by.value}" if fact.controlled_by else "",
        fact.defined_in,
    ]
    return (fact.name, fact.question, kind + ", ".join([*names[:MOST_ANSWERS], *more]), "; ".join(filter(None, notes)))


def coverage(library: Library) -> str:
    """Every instrument, provision by provision: what is encoded, and how many worked cases hold it to its words."""
    cases = _cases()
    lines = [
        "# What is encoded",
        MADE,
        ABOUT_COVERAGE,
    ]
    found = sorted((law.instruments[0] for law in library.every()), key=lambda i: (i.jurisdiction, i.id))
    rows = [
        (
            f"[{i.id}](#{i.id})",
            i.jurisdiction,
            i.kind,
            i.published or "",
            len(i.norms),
            len(cases.get(i.id, [])),
            i.review,
        )
        for i in found
    ]
    head = ("instrument", "jurisdiction", "kind", "published", "rules", "cases", "review")
    lines.append(_table(head, rows))
    lines += digest.table(digest.read(library))
    for instrument in found:
        lines += [f"## {instrument.id}", _about(library, instrument), _provisions(instrument, cases)]
    return _page(lines)


def _about(library: Library, instrument: Instrument) -> str:
    texts = [
        f"as amended, known since {version.known}" if version.known else "as made"
        for version in library.pack.versions.get(instrument.id, ())
    ]
    amended = f" Amended by {', '.join(instrument.amended_by)}." if instrument.amended_by else ""
    since = f"In force since {instrument.in_force}. " if instrument.in_force else ""
    return (
        f"{instrument.title}, {instrument.citation}. {since}Texts: {'; '.join(texts) or 'one'}.{amended} "
        f"Review: {instrument.review}."
    )


def _provisions(instrument: Instrument, cases: Cases) -> str:
    places: dict[Citation, list[Norm]] = {}
    for norm in instrument.norms:
        places.setdefault(Citation(norm.citation.path[:DEEPEST]), []).append(norm)
    rows = [
        (
            str(place),
            _kinds(norms),
            sum(any(place.covers(c) for c in named) for named in cases.get(instrument.id, [])) or "",
        )
        for place, norms in places.items()
    ]
    return _table(("place", "rules", "cases"), rows)


def _kinds(norms: Iterable[Norm]) -> str:
    counted = Counter(norm.kind.value for norm in norms)
    return ", ".join(kind if n == 1 else f"{n} {kind}" for kind, n in counted.items())


def _cases() -> Cases:
    found: Cases = {}
    for file in sorted(built_in_laws().rglob("cases/**/*.yaml")):
        case = yaml.load(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for law in case.get("law") or ():
            for part in str(law).split("+"):
                found.setdefault(part, []).append(frozenset(_named(case.get("expect") or {}, part)))
    return found


def _named(expect: dict[str, Any], law: str) -> Iterator[Citation]:
    for text in (*(expect.get("because") or ()), *(expect.get("not because") or ())):
        try:
            yield parse_citation(str(text).removeprefix(f"{law} "))
        except ValueError:
            continue  # a reason of another law, or that a law is not in force


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    told = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in told)


def _cell(cell: object) -> str:
    return str(cell).replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def _page(blocks: Sequence[str]) -> str:
    return "\n\n".join(blocks) + "\n"


def pages() -> dict[Path, str]:
    """Every made page and what must stand in it."""
    library = open_library()
    return {
        DOCS / "reference" / "diagnostics.md": diagnostics(),
        DOCS / "reference" / "vocabulary.md": vocabulary(library),
        DOCS / "coverage.md": coverage(library),
    }


def main() -> None:
    """Write the pages; `--check` only says whether they are as they should be."""
    stale = {p: t for p, t in pages().items() if not p.exists() or p.read_text(encoding="utf-8") != t}
    if "--check" in sys.argv:
        names = ", ".join(path.name for path in stale)
        sys.exit(f"stale: {names}; run `make reference`" if stale else 0)
    for path, text in stale.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
