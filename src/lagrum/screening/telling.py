"""A summary in lines, each with its heading, for a terminal and its plain twin."""

from __future__ import annotations

from collections.abc import Iterator

from lagrum.screening.summary import Day, Summary, possible_words, share

BAR = 20
_BY = 2
_VALUES = 3

NO_REASONS = "`--no-reasons`"


def told(summary: Summary) -> Iterator[tuple[str, str]]:
    """Heading and words. The most telling comes first; the rest is on the page and in JSON."""
    day = summary.days[0]
    yield "Law", f"{summary.law}, on {', '.join(each.on.isoformat() for each in summary.days)}"
    for given in summary.given:
        yield "Given", f"{given.text} (for every row, by whoever ran this)"
    if summary.assumed:
        yield "Assumed", f"{'; '.join(given.text for given in summary.assumed)} (by the mapping)"
    if not summary.ruled:
        yield "Rows", "none got a ruling"
    if day.open == summary.ruled and day.open:
        yield "Open", f"every row is undetermined: {why_all_open(summary, day)}"
    for ruling, n in day.rulings.items():
        bar = "#" * max(1, round(BAR * n / max(summary.ruled, 1)))
        yield "Rows", f"{ruling:<13} {n:>9,}  {share(n, summary.ruled):>9}  {bar}"
    for why, n in summary.left_out.items():
        yield "Left out", f"{n:,}: {why}"
    if day.perhaps_forbidden:
        yield "Perhaps", f"{day.perhaps_forbidden:,} of {day.open:,} undetermined rows may be forbidden"
    for key, n in list(day.possible.items())[:2]:
        if "+" in key and len(day.possible) > 1:
            yield "Open", f"{_rows(n)}: {possible_words(key)}"
    yield from _settles(day)
    if not summary.reasons:
        yield "Reasons", f"not asked for ({NO_REASONS})"
    for bites in [each for each in day.norms if each.decides][:3]:
        rulings = ", ".join(f"{n:,} {ruling}" for ruling, n in bites.rows.items() if ruling != "undetermined")
        yield "Bites", f"{bites.citation}: {rulings}"
    for change in summary.changes:
        moved = "; ".join(f"{n:,} from {was} to {became}" for was, became, n in change.moves[:1])
        more = f" and {len(change.moves) - 1} more ways" if len(change.moves) > 1 else ""
        other = f"; {change.otherwise:,} keep theirs by other norms or classes" if change.otherwise else ""
        yield "Changes", f"{change.on}: {_rows(change.rows)}{': ' if moved else ''}{moved}{more}{other}"
    for label, values in [each for each in day.labels.items() if len(each[1]) > 1][:_BY]:
        names = "; ".join(f"{v.value or 'not said'} {v.rows:,}{_forbidden(v.rulings)}" for v in values[:_VALUES])
        yield "By", f"{label}: " + names + (f"; {len(values) - _VALUES} more" if len(values) > _VALUES else "")
    if leaning := {basis: n for basis, n in day.provenance.items() if basis != "stated"}:
        yield "Leans on", ", ".join(f"what is {basis}: {_rows(n)}" for basis, n in leaning.items())
    if summary.problems:
        codes = ", ".join(f"{code} {n:,}" for code, n in list(summary.problems.items())[:4])
        yield "Problems", f"{_rows(summary.with_problems)}, all kept ({codes})"


def why_all_open(summary: Summary, day: Day) -> str:
    """Why no row is settled."""
    if not set(summary.spoken) - set(summary.not_asked):
        return "no column speaks of a fact that this law asks for"
    if not summary.reasons:
        return f"it was not asked why ({NO_REASONS})"
    if day.settling:
        return "the register does not say what the law turns on"
    return "each hangs on several answers that the register does not give"


def _settles(day: Day) -> Iterator[tuple[str, str]]:
    if day.settling:
        best = day.settling[0]
        answers = ", ".join(f"{answer}: {n:,}" for answer, n in best.answers[:2])
        yield "Settles", f"one fact can settle {best.rows:,} of {day.open:,} undetermined rows: {best.fact} ({answers})"
        if len(day.settling) > 1:
            others = ", ".join(f"{each.fact} ({each.rows:,})" for each in day.settling[1:4])
            yield "Settles", f"next: {others}"
    elif day.narrowing:
        for each in day.narrowing[:2]:
            said = (
                f"one answer leaves {each.leaves} rulings possible in {each.rows:,} of {day.open:,} undetermined rows"
            )
            yield "Narrows", f"{said}: {each.fact}"


def _forbidden(rulings: dict[str, int] | object) -> str:
    assert isinstance(rulings, dict)
    return f" ({rulings['forbidden']:,} forbidden)" if rulings.get("forbidden") else ""


def _rows(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"
