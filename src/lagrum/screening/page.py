"""A summary as one HTML page that needs nothing else: no script, no fonts, no pictures from elsewhere.

Each table is whole without its bars, which only repeat its numbers; a ruling is told by its word and by a pattern of
its own, not by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from lagrum.screening.summary import ORDER, Day, Summary, Value, possible_words, share
from lagrum.screening.telling import NO_REASONS, why_all_open

_LIGHT = {
    "forbidden": "#7f1102",
    "excepted": "#976510",
    "regulated": "#1767d7",
    "unregulated": "#266046",
    "outside": "#676d78",
    "undetermined": "#381165",
    "contradictory": "#a8141e",
}
_DARK = {
    "forbidden": "#e07a63",
    "excepted": "#fede56",
    "regulated": "#bdc2f7",
    "unregulated": "#64f6c5",
    "outside": "#8a8f96",
    "undetermined": "#b074f8",
    "contradictory": "#ff9a94",
}
_WIDTH, _HEIGHT = 240, 16

_STYLE = """
:root { color-scheme: light dark; --page: #ffffff; --surface: #f6f6f3; --text: #16191d; --muted: #525a64;
  --line: #d5d8dc; --link: #0b4f9e; LIGHT }
@media (prefers-color-scheme: dark) { :root { --page: #14181d; --surface: #1d232a; --text: #eceff2; --muted: #a9b2bc;
  --line: #3a424c; --link: #8fc2ff; DARK } }
body { margin: 0 auto; padding: 24px 16px 64px; max-width: 1120px; background: var(--page); color: var(--text);
  font: 1.125rem/1.55 system-ui, "Liberation Sans", Arial, sans-serif }
h1 { font-size: 2.125rem; line-height: 1.18 } h2 { font-size: 1.625rem; line-height: 1.23; margin: 48px 0 12px }
p, dl, li { max-width: 66ch } .lead { font-size: 1.3125rem } .muted, caption { color: var(--muted); font-size: 1rem }
.scroll { overflow-x: auto } table { border-collapse: collapse; font-size: 1rem; margin: 12px 0 24px }
caption { text-align: left; padding: 4px 0 } th, td { text-align: left; vertical-align: top; padding: 6px 16px 6px 0;
  border-bottom: 1px solid var(--line); overflow-wrap: anywhere } th { font-weight: 600 }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; overflow-wrap: normal }
svg { display: block; overflow: visible } code, .id { font-family: ui-monospace, monospace; font-size: 0.95em }
dt { font-weight: 600 } dd { margin: 0 0 8px; overflow-wrap: anywhere } a { color: var(--link) }
.note { border-left: 4px solid var(--muted); background: var(--surface); padding: 12px 16px; max-width: 66ch }
FILLS
@media print { body { max-width: none; font-size: 11pt } h2 { break-after: avoid } tr { break-inside: avoid } }
"""


def page(summary: Summary, card: str) -> str:
    """The whole page. `card` is the dataset card's text on what the numbers mean, as paragraphs."""
    days = ", ".join(day.on.isoformat() for day in summary.days)
    title = f"{summary.register} under {summary.law}, on {days}"
    body = "\n".join(_body(summary, card))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{_style()}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
        "</body>\n</html>\n"
    )


def tables(summary: Summary) -> str:
    """The rulings alone, for a notebook."""
    return "".join(_rulings(summary, day) for day in summary.days)


def _style() -> str:
    def inks(of: Mapping[str, str]) -> str:
        return "; ".join(f"--{ruling}: {ink}" for ruling, ink in of.items())

    fills = []
    for ruling in ORDER:
        ink = f"var(--{ruling})"
        how = f"fill: {ink}" if ruling in ("forbidden", "regulated") else f"fill: none; stroke: {ink}; stroke-width: 2"
        dash = "; stroke-dasharray: 4 3" if ruling in ("outside", "undetermined") else ""
        half = f"; fill: {ink}; fill-opacity: 0.4" if ruling == "excepted" else ""
        fills.append(f".{ruling} {{ {how}{dash}{half} }}")
    return _STYLE.replace("LIGHT", inks(_LIGHT)).replace("DARK", inks(_DARK)).replace("FILLS", "\n".join(fills))


def _body(summary: Summary, card: str) -> Iterator[str]:
    day = summary.days[0]
    yield f"<h1>{escape(_finding(summary))}</h1>"
    yield f'<p class="lead">{escape(_which(summary))}</p>'
    for given in summary.given:
        words = f"<strong>Given for every row:</strong> {escape(given.text)}. Nothing here holds without it."
        yield f'<p class="note">{words}</p>'
    if summary.assumed:
        words = "; ".join(given.text for given in summary.assumed)
        yield f"<p><strong>Assumed by the mapping:</strong> {escape(words)}.</p>"
    if day.open == summary.ruled and day.open:
        yield f"<p><strong>Every row is undetermined:</strong> {escape(why_all_open(summary, day))}.</p>"
    yield "<h2>Rows by ruling</h2>"
    for each in summary.days:
        yield _rulings(summary, each)
    if summary.left_out:
        rows = [[why, f"{n:,}"] for why, n in summary.left_out.items()]
        yield _table("Rows left out, and why", ("Why", "Rows"), rows, (1,))
    yield from _open(day, summary.reasons)
    yield from _changes(summary)
    norms = [
        [each.citation, each.label, f"{each.decides:,}", f"{sum(each.rows.values()) - each.decides:,}"]
        for each in day.norms
    ]
    if norms:
        yield "<h2>Rules that bite</h2>"
        heads = ("Provision", "Rule", "Rows it decides", "Open rows it may decide")
        yield _table(f"On {day.on}; a row counts for each of its rules", heads, norms, (2, 3))
    for label, values in day.labels.items():
        yield f"<h2>By {escape(label)}</h2>"
        yield _label(label, values)
    if summary.problems:
        yield "<h2>Problems</h2>"
        yield f"<p>{summary.with_problems:,} rows have a problem. All of them were kept.</p>"
        rows = [[code, f"{n:,}"] for code, n in summary.problems.items()]
        yield _table("`lagrum explain CODE` tells each", ("Code", "Times"), rows, (1,))
    yield "<h2>What the numbers mean, and what they do not</h2>"
    yield card


def _finding(summary: Summary) -> str:
    day = summary.days[0]
    forbidden = day.rulings.get("forbidden", 0)
    if forbidden:
        return f"{forbidden:,} of {summary.ruled:,} rows are forbidden, and {day.perhaps_forbidden:,} more may be"
    if day.perhaps_forbidden:
        return f"No row is surely forbidden; {day.perhaps_forbidden:,} of {summary.ruled:,} may be"
    return f"None of {summary.ruled:,} rows is forbidden" if summary.ruled else "No row got a ruling"


def _which(summary: Summary) -> str:
    days = ", ".join(day.on.isoformat() for day in summary.days)
    name = summary.mapping.get("name", "")
    return f"{name or summary.register} ({summary.register}), under {summary.law}, on {days}."


def _rulings(summary: Summary, day: Day) -> str:
    rows = [(ruling, ruling, n, f"{n:,}", share(n, summary.ruled)) for ruling, n in day.rulings.items()]
    whole = max(summary.ruled, 1)
    body = "".join(
        f'<tr><th scope="row">{escape(word)}</th><td class="n">{told}</td><td class="n">{part}</td>'
        f"<td>{_bar([(ruling, n)], whole)}</td></tr>"
        for ruling, word, n, told, part in rows
    )
    return (
        f'<div class="scroll"><table><caption>On {day.on}, of {summary.ruled:,} rows that got a ruling</caption>'
        '<thead><tr><th scope="col">Ruling</th><th scope="col" class="n">Rows</th><th scope="col" class="n">Share</th>'
        f"<td></td></tr></thead><tbody>{body}</tbody></table></div>"
    )


def _bar(parts: Sequence[tuple[str, int]], whole: int) -> str:
    """A bar that repeats numbers of the row, so it is hidden from readers."""
    at, drawn = 0.0, ""
    for ruling, n in parts:
        width = max(_WIDTH * n / whole, 2.0)
        drawn += f'<rect class="{escape(ruling)}" x="{at + 1:.1f}" y="1" width="{max(width - 2, 1):.1f}" height="14"/>'
        at += width
    return f'<svg width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}" aria-hidden="true">{drawn}</svg>'


def _open(day: Day, reasons: bool) -> Iterator[str]:
    if not day.open:
        return
    yield "<h2>What stays open</h2>"
    if day.settling:
        best = day.settling[0]
        yield (
            f'<p class="lead">One fact can settle {best.rows:,} of {day.open:,} undetermined rows: '
            f"<strong>{escape(best.fact)}</strong>. {escape(best.question)}</p>"
        )
        rows = [
            [each.fact, each.question, f"{each.rows:,}", "; ".join(f"{answer}: {n:,}" for answer, n in each.answers)]
            for each in day.settling
        ]
        heads = ("Fact", "Question to the register's keeper", "Rows it can settle", "By which answers")
        yield _table(f"On {day.on}; other answers may leave a row open", heads, rows, (2,))
    elif not reasons:
        yield f"<p>What would settle a row was not asked for ({NO_REASONS}).</p>"
    else:
        yield "<p>No single answer would settle a row: each hangs on several.</p>"
        rows = [[each.fact, each.question, str(each.leaves), f"{each.rows:,}"] for each in day.narrowing]
        heads = ("Fact", "Question to the register's keeper", "Rulings that one answer leaves", "Rows")
        yield _table(f"On {day.on}", heads, rows, (2, 3))
    rows = [[possible_words(key), f"{n:,}"] for key, n in day.possible.items() if "+" in key]
    yield _table(f"Rulings still possible, on {day.on}", ("Possible", "Rows"), rows, (1,))


def _changes(summary: Summary) -> Iterator[str]:
    if not summary.changes:
        return
    yield "<h2>What changes with time</h2>"
    for each in summary.changes:
        stay = f" {each.otherwise:,} keep their ruling by other rules or in other classes." if each.otherwise else ""
        yield f"<p>From {each.since} to {each.on}, {each.rows:,} rows change.{stay}</p>"
        if each.moves:
            rows = [[was, became, f"{n:,}"] for was, became, n in each.moves]
            yield _table(f"From {each.since} to {each.on}", ("Was", "Becomes", "Rows"), rows, (2,))


def _label(label: str, values: Sequence[Value]) -> str:
    most = max(value.rows for value in values)
    present = [ruling for ruling in ORDER if any(value.rulings.get(ruling) for value in values)]
    heads = "".join(f'<th scope="col" class="n">{escape(ruling)}</th>' for ruling in present)
    body = "".join(
        f'<tr><th scope="row">{escape(value.value or "not said")}</th><td class="n">{value.rows:,}</td>'
        + "".join(f'<td class="n">{value.rulings.get(ruling, 0):,}</td>' for ruling in present)
        + f"<td>{_bar([(r, value.rulings[r]) for r in present if value.rulings.get(r)], most)}</td></tr>"
        for value in values
    )
    return (
        f'<div class="scroll"><table><caption>The {len(values)} with most rows</caption><thead><tr>'
        f'<th scope="col">{escape(label)}</th><th scope="col" class="n">Rows</th>{heads}<td></td></tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> str:
    def kind(place: int) -> str:
        return ' class="n"' if place in numbers else ""

    top = "".join(f'<th scope="col"{kind(i)}>{escape(head)}</th>' for i, head in enumerate(heads))
    body = "".join(
        "<tr>"
        f'<th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td{kind(i)}>{escape(cell)}</td>" for i, cell in enumerate(row[1:], 1))
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll"><table><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
