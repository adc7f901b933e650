"""The picture of one rule as questions, from above: a box for each, and beside it where each answer leads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lagrum.model.law import Law
from lagrum.model.norms import Norm
from lagrum.model.translations import Translation
from lagrum.report.charts.chart import Chart
from lagrum.report.charts.frame import Frame, folded, framed, label, text_width
from lagrum.report.charts.questions import LIFTED, MET, UNMET, Exit, Speech, Step, steps
from lagrum.report.charts.vega import made
from lagrum.report.charts.words import checked
from lagrum.report.facts import Facts
from lagrum.report.figures import day
from lagrum.report.tokens import LINK, MUTED, PAGE, RULING_INKS, SURFACE
from lagrum.wording import Wording

KIND = "article"
WIDTH, BOX, ASIDE, BETWEEN, LINE = 880, 420, 452, 22, 18
PILL = 24
ENDS = {MET: RULING_INKS["forbidden"], LIFTED: RULING_INKS["excepted"], UNMET: MUTED}


def article(law: Law, norm: Norm, on: date, words: Wording, translations: Mapping[str, Translation]) -> Chart:
    """The rule as questions. Raises `InvalidInput` as `steps` does."""
    found = steps(law, norm, on, Speech(Facts(words, translations)))
    ends = {end: words.say(f"chart article {end} {norm.kind.value}") for end in (MET, UNMET)}
    ends[LIFTED] = words.say("chart article lifted")
    heads = tuple(words.say(f"chart article head {n}") for n in ("number", "question", "answers"))
    rows = [(str(s.number), s.question, "; ".join(_said(e, ends, words) for e in s.exits)) for s in found]
    frame = Frame(
        KIND,
        words.lang,
        checked(words.say("chart article title", citation=_short(norm), number=len(found))),
        words.say("chart article reading"),
        words.say("chart article description", citation=str(norm.citation), law=norm.instrument, number=len(found)),
        notes=(words.say("chart article note"),),
        source=(
            words.say(
                "chart article source", law=norm.instrument, citation=str(norm.citation), day=day(on, words.lang)
            ),
            f"{norm.instrument}: {law.instrument_of(norm).review}",
        ),
    )
    marks, height = _drawn(found, ends)
    svg, width, tall = framed(frame, WIDTH, height, marks)
    return made(frame, heads, rows, svg, width, tall)


def _short(norm: Norm) -> str:
    """The citation without blanks, so that it is one word of a title."""
    return str(norm.citation).replace(" ", "\N{NO-BREAK SPACE}")


def _said(exit_: Exit, ends: Mapping[str, str], words: Wording) -> str:
    if isinstance(exit_.to, int):
        return words.say("chart article go", answers=exit_.answers, number=exit_.to)
    return words.say("chart article end", answers=exit_.answers, end=ends[exit_.to])


def _drawn(found: tuple[Step, ...], ends: Mapping[str, str]) -> tuple[str, int]:
    drawn: list[str] = []
    y = 0.0
    for i, step in enumerate(found):
        lines = folded(step.question, 14, BOX - 64)
        beside = [folded(e.answers, 13, WIDTH - ASIDE - _room(e, ends) - 24) for e in step.exits]
        high = max(len(lines) * LINE + 20, sum(len(b) * LINE + 10 for b in beside) + 4)
        drawn.append(
            f'<rect x="0.5" y="{y + 0.5:.1f}" width="{BOX}" height="{high:.1f}" rx="2" fill="{SURFACE}" '
            f'stroke="{MUTED}"/>'
        )
        drawn.append(f'<circle cx="22" cy="{y + 22:.1f}" r="13" fill="{LINK}"/>')
        drawn.append(label(22, y + 26.5, str(step.number), 13, fill=PAGE, text_anchor="middle", font_weight="600"))
        for n, line in enumerate(lines):
            drawn.append(label(46, y + 27 + n * LINE, line, 14))
        down = y + 4
        for exit_, said in zip(step.exits, beside, strict=True):
            drawn += _exit(exit_, said, down, ends)
            down += len(said) * LINE + 10
        bottom = y + high
        if i + 1 < len(found) and any(e.to == step.number + 1 for e in step.exits):
            drawn.append(f'<path d="M22,{bottom:.1f} v{BETWEEN - 6}" stroke="{LINK}" stroke-width="2"/>')
            drawn.append(f'<path d="M16,{bottom + BETWEEN - 8:.1f} h12 l-6,8 z" fill="{LINK}"/>')
        y = bottom + BETWEEN
    return "".join(drawn), round(y - BETWEEN + 2)


def _room(exit_: Exit, ends: Mapping[str, str]) -> float:
    """How wide the mark is that says where an answer leads."""
    return 34 if isinstance(exit_.to, int) else text_width(ends[exit_.to], 13) + 24


def _exit(exit_: Exit, said: list[str], y: float, ends: Mapping[str, str]) -> list[str]:
    """An arrow, the answers, and where they lead: the number of a question, or an end in its own shape."""
    drawn = [
        f'<path d="M{BOX + 1},{y + 13:.1f} h{ASIDE - BOX - 12}" stroke="{MUTED}" stroke-width="1.5"/>',
        f'<path d="M{ASIDE - 12},{y + 8.5:.1f} v9 l7,-4.5 z" fill="{MUTED}"/>',
    ]
    width = 0.0
    for n, line in enumerate(said):
        drawn.append(label(ASIDE, y + 17.5 + n * LINE, line, 13))
        width = max(width, text_width(line, 13))
    x = ASIDE + width + 12
    if isinstance(exit_.to, int):
        drawn.append(
            f'<circle cx="{x + 13:.1f}" cy="{y + 13:.1f}" r="12" fill="{PAGE}" stroke="{LINK}" stroke-width="2"/>'
        )
        drawn.append(
            label(x + 13, y + 17.5, str(exit_.to), 13, fill=LINK, text_anchor="middle", font_weight="600"),
        )
        return drawn
    ink, text = ENDS[exit_.to], ends[exit_.to]
    wide = text_width(text, 13) + 18
    solid = exit_.to == MET
    dashed = "" if exit_.to != UNMET else ' stroke-dasharray="4 3"'
    drawn.append(
        f'<rect x="{x:.1f}" y="{y + 1:.1f}" width="{wide:.1f}" height="{PILL}" rx="2" fill="{ink if solid else PAGE}" '
        f'stroke="{ink}" stroke-width="1.5"{dashed}/>'
    )
    drawn.append(label(x + 9, y + 17.5, text, 13, fill=PAGE if solid else ink))
    return drawn
