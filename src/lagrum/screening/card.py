"""The card that goes with results: what was asked, of what, and what the numbers do and do not mean."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from lagrum.screening.summary import Summary

Section = tuple[str, tuple[str, ...]]

MEAN = (
    "A ruling is what the law says of every use that fits what the row says; it is worked out, not guessed.",
    "Undetermined means that the row fits uses which the law treats differently. It is no finding about the use.",
    "Forbidden means that every possible use that fits the row is forbidden, if the row is right.",
    "Where the provenance is indicated the ruling leans on words in a text: somebody has to read the row.",
    "Missing names the facts one answer to which leaves the fewest rulings possible.",
)
MEAN_NOT = (
    "They are no legal advice and no decision about anybody. The encoding of the law is not a text of law.",
    "A register says what its keeper wrote. What it leaves out is not known to be absent.",
    "Few forbidden rows do not show that a register is lawful: rows differ in how much they say, and so do keepers.",
    "What is unregulated by this law may be regulated or forbidden by another.",
)


def sections(summary: Summary) -> Iterator[Section]:
    """Headings, each with its statements."""
    head = summary.envelope
    days = ", ".join(day.on.isoformat() for day in summary.days)
    given = tuple(f"Given by whoever ran this, for every row: {each.text}." for each in summary.given)
    given += tuple(f"Assumed by the mapping, for every row: {each.text}." for each in summary.assumed)
    yield (
        "What was asked",
        (
            f"Register: {summary.register}, {summary.rows:,} rows, of which {summary.ruled:,} got a ruling.",
            f"Law: {summary.law}, on {days}.",
            *(given or ("Nothing was given or assumed.",)),
        ),
    )
    yield "What the numbers mean", MEAN
    supposed = "The register is judged as if what was given were so. Of one kept elsewhere that is a supposition."
    yield "What they do not mean", (*MEAN_NOT, *((supposed,) if summary.given else ()))
    yield "How it was read", tuple(_read(summary))
    laws = head.get("laws", [])
    assert isinstance(laws, list)
    review, readings = head.get("review", {}), head.get("readings", {})
    assert isinstance(review, dict)
    assert isinstance(readings, dict)
    yield (
        "How to get the same",
        (
            f"lagrum {head.get('lagrum')}; method: {head.get('method')}; id of the question: {head.get('id')}.",
            *(f"Law {each['id']}, text of {each['version']}, content {each['hash']}." for each in laws),
            *(f"Review of {name}: {said}" for name, said in review.items()),
            *(f"Reading {name}: {value}." for name, value in readings.items()),
            *(f"SHA-256 of the {name}: {value}." for name, value in summary.hashes.items() if value),
        ),
    )


def _read(summary: Summary) -> Iterator[str]:
    mapping = summary.mapping
    yield f"Mapping: {mapping.get('name', '')}. Source: {mapping.get('source') or 'not said'}."
    yield f"Review of the mapping: {mapping.get('review') or 'none'}."
    if mapping.get("note"):
        yield f"Note of the mapping: {mapping['note']}"
    yield f"Facts that columns or words speak of: {', '.join(summary.spoken) or 'none'}."
    if summary.not_asked:
        yield f"Of these the law does not ask: {', '.join(summary.not_asked)}."
    yield f"Rows with words that indicate something: {summary.indicated:,}."
    yield f"Rows left out: {sum(summary.left_out.values()):,}."
    yield from (f"Left out, {n:,}: {why}." for why, n in summary.left_out.items())
    yield f"Rows with problems, all kept: {summary.with_problems:,}."
    yield from (f"Problem {code}, {n:,} times." for code, n in summary.problems.items())


def markdown(summary: Summary) -> str:
    """The card as Markdown."""
    lines = [f"# {_plain(summary.register)} under {summary.law}"]
    for heading, statements in sections(summary):
        lines += ["", f"## {heading}", "", *(f"- {_plain(each)}" for each in statements)]
    for day in summary.days:
        lines += ["", f"## Rows on {day.on}", "", "| ruling | rows |", "|---|---|"]
        lines += [f"| {ruling} | {n} |" for ruling, n in day.rulings.items()]
    return "\n".join(lines) + "\n"


def html(summary: Summary) -> str:
    """The card as paragraphs under small headings."""
    return "\n".join(
        f"<h3>{escape(heading)}</h3>\n<ul>{''.join(f'<li>{escape(each)}</li>' for each in statements)}</ul>"
        for heading, statements in sections(summary)
    )


def _plain(text: str) -> str:
    """Text from a register that starts no markup."""
    return " ".join(text.split()).replace("<", "&lt;").replace("[", "\\[").replace("|", "\\|")
