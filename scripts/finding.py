"""Write the finding into README.md and docs/finding.svg: every loophole of the 2021 proposal against the open letter.

Run it after a change of the law: `make finding`. A test holds both against what the program finds now.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path

from lagrum.analysis.loopholes import Family, Loopholes, loopholes
from lagrum.library import open_library

LAW, POSITION, DAY = "eu-ai-act-2021-proposal", "ban-biometric-surveillance-2021", date(2026, 11, 23)
REPOSITORY = Path(__file__).parent.parent
README, PICTURE = REPOSITORY / "README.md", REPOSITORY / "docs" / "finding.svg"
BEGIN, END = "<!-- finding: written by scripts/finding.py -->", "<!-- end of finding -->"

INKS = {
    "forbidden": "#7f1102",
    "excepted": "#976510",
    "regulated": "#1767d7",
    "unregulated": "#266046",
    "outside": "#676d78",
}
TITLES = {
    "no norm": "No prohibition speaks of it",
    "element": "A word of the prohibition is missing",
    "exception": "An exception lifts it",
    "exclusion": "An exclusion takes it out",
    "scope": "The law does not reach it",
    "date": "The law does not apply yet",
}
WIDTH, LINE, TOP = 940, 26, 84
MOST_TOLD = 3  # differences told in the table
LEGEND = "Left: the words that let it through, and where they stand. Right: what the law then says of it."
STYLE = """<style>
text { font: 14px system-ui, sans-serif; fill: #16191d }
.h { font-weight: 600 } .t { font-size: 19px; font-weight: 600 }
.s { fill: #525a64; font-size: 13px } .m { font-size: 13px }
</style>"""


def find() -> Loopholes:
    """The loopholes, found now."""
    library = open_library()
    law, position = library.laws([LAW, POSITION])
    return loopholes(law, position, DAY)


def table(result: Loopholes) -> str:
    """The families as a Markdown table, between the marks."""
    rows = [
        f"| {number} | {_opener(family)} | {_place(family)} | {_except_that(family)} | {' or '.join(family.rulings)} |"
        for number, family in enumerate(result, start=1)
    ]
    summary = (
        f"**{len(result.families)} ways in, {result.count} loopholes**, "
        f"{'complete' if result.complete else 'NOT complete'}: checked exactly, not sampled."
    )
    head = "| | opened by | place | the ordinary forbidden case, except that | ruling |\n|--:|---|---|---|---|"
    return "\n".join([BEGIN, "", summary, "", head, *rows, "", END])


def picture(result: Loopholes) -> str:
    """The same as a picture: one row a family, under what kind of words opens it, its ruling at the right."""
    lines: list[str] = []
    y, kind = TOP, ""
    for number, family in enumerate(result, start=1):
        if family.kind != kind:
            kind = family.kind
            y += 14
            lines.append(f'<text x="24" y="{y}" class="h">{escape(TITLES[kind])}</text>')
            y += LINE
        lines += _row(number, family, y)
        y += LINE
    title = f"{len(result.families)} ways to do, within the 2021 proposal, what the open letter wanted banned"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 20}" role="img" aria-labelledby="t d">',
            f'<title id="t">{escape(title)}</title>',
            '<desc id="d">The same rows stand as a table in README.md.</desc>',
            STYLE,
            f'<rect width="{WIDTH}" height="{y + 20}" fill="#ffffff"/>',
            f'<text x="24" y="36" class="t">{escape(title)}</text>',
            f'<text x="24" y="60" class="s">{LEGEND}</text>',
            *lines,
            "</svg>",
            "",
        ]
    )


def _row(number: int, family: Family, y: int) -> Iterator[str]:
    ruling = " or ".join(family.rulings)
    ink = INKS[family.rulings[0]]
    yield f'<text x="24" y="{y}" class="s" text-anchor="start">{number}</text>'
    yield f'<text x="52" y="{y}">{escape(_short(_opener(family), 66))}</text>'
    yield f'<text x="530" y="{y}" class="s">{escape(_place(family))}</text>'
    yield f'<line x1="670" x2="726" y1="{y - 5}" y2="{y - 5}" stroke="{ink}" stroke-width="2"/>'
    yield f'<path d="M726 {y - 10} l8 5 l-8 5 z" fill="{ink}"/>'
    yield f'<text x="744" y="{y}" class="m" style="fill:{ink}">{escape(ruling)}</text>'


def _opener(family: Family) -> str:
    if family.kind == "no norm":
        return _practices(family)
    if family.kind == "scope":
        return "neither supplier, user nor output in the Union"
    return "; ".join(f"{o.condition}: {o.way}" if o.way else o.condition for o in family.openers)


def _place(family: Family) -> str:
    return "; ".join(o.citation for o in family.openers)


def _practices(family: Family) -> str:
    return ", ".join(" + ".join(practice) for practice in family.practices)


def _except_that(family: Family) -> str:
    differences = family.loopholes[0].except_that
    if len(differences) > MOST_TOLD:
        return f"{len(differences)} conditions of the exception hold"
    return "; ".join(differences) or "nothing: it is open as it stands"


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def readme_with(block: str) -> str:
    """README.md with the finding in its place."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + block + after


def main() -> None:
    """Write both files; `--check` only says whether they are as they should be."""
    result = find()
    wanted = {README: readme_with(table(result)), PICTURE: picture(result)}
    if "--check" in sys.argv:
        stale = [path.name for path, text in wanted.items() if path.read_text(encoding="utf-8") != text]
        sys.exit(f"stale: {', '.join(stale)}; run `make finding`" if stale else 0)
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
