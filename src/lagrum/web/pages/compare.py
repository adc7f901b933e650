"""Two laws, or one law on two days: which is stricter, and the cases that tell them apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from lagrum.analysis.compare import Comparison
from lagrum.language.casewrite import write_case
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.law import Law
from lagrum.web import choosing
from lagrum.web.address import address_of
from lagrum.web.laws.comparing import MOST_WORDS, Told
from lagrum.web.pages.loopholes_ways import complete
from lagrum.web.spoken import in_english
from lagrum.web.view import LAW, Posted, View, Viewed
from lagrum.web.work import Work, csv_twin, json_twin, work_on

router = APIRouter(include_in_schema=False)
PAIRS = (
    ("eu-ai-act-2021-proposal", LAW, "", ""),
    (LAW, LAW, "2026-07-26", "2026-12-02"),
    ("eu-ai-act-2021-proposal", "ban-biometric-surveillance-2021", "", ""),
)
FIRST, FEW = 6, 3  # cases of each side and pairs of wordings, until somebody wants to see all
WHOLE = ("a", "b", "words", "facts")
UNREACHED = "LG0737"  # the two laws have no case in common
HEADS = ("only", "facts", "practices", "ruling of a", "decided in a by", "ruling of b", "decided in b by", "unless")


@dataclass(frozen=True)
class Asked:
    """What the address asks: two laws, each on a day of its own where one is said."""

    a: str
    b: str
    a_on: date | None = None
    b_on: date | None = None
    as_is: bool = False
    errors: tuple[tuple[str, str], ...] = ()

    @property
    def laws(self) -> tuple[str, str]:
        """The laws as the analysis takes them, with `@DAY` behind."""
        sides = ((self.a, self.a_on), (self.b, self.b_on))
        first, second = (f"{law}@{day}" if day else law for law, day in sides)
        return first, second


@router.get("/compare")
def compare(view: Viewed) -> HTMLResponse:
    """The relation, the table, the cases; with one law or none, what can be asked."""
    asked = _asked(view)
    if asked.errors:
        return _page(view, asked, Work(), status=422)
    if not (asked.a and asked.b):
        return _page(view, asked, Work())
    work = _work(view, asked)
    return _page(view, asked, work, status=work.status)


@router.get("/compare.json")
def as_json(view: Viewed) -> Response:
    """The answer as `lagrum compare --format json` gives it."""
    return json_twin(view, _work(view, _asked(view)))


@router.get("/compare.csv")
def as_csv(view: Viewed) -> Response:
    """The cases that tell the laws apart, as a table."""
    asked = _asked(view)
    work = _work(view, asked)
    rows = _rows(work.answer) if work.answer is not None else ()
    return csv_twin(view, work, f"compare-{asked.a}-{asked.b}", HEADS, rows)


@router.post("/compare/case")
def open_as_case(view: Viewed, form: Posted) -> RedirectResponse:
    """Make one of the cases a draft under the law that forbids it, and go there."""
    asked = _asked(view)
    result = _work(view, asked).answer
    side, _, number = str(form.get("case", "")).partition("-")
    witnesses = {"a": result.witnesses_a, "b": result.witnesses_b}.get(side, ()) if result is not None else ()
    if not number.isascii() or not number.isdigit() or not 0 < int(number[:4]) <= len(witnesses):
        raise HTTPException(404, view.gettext("This answer is not kept any more. Ask for it again."))
    witness = witnesses[int(number[:4]) - 1]
    law, day = (asked.a, asked.a_on) if side == "a" else (asked.b, asked.b_on)
    with view.desk.alone():
        facts = {**_law(view, asked, "a").facts, **_law(view, asked, "b").facts}
    name = "; ".join(witness.facts)[:200] or view.gettext("the ordinary case")
    draft = view.store.drafts.create(
        law,
        write_case(complete(dict(witness.case), facts), facts, name),
        on=day or view.day_asked(),
        lang=view.lang,
        owner=view.account.name if view.account else None,
        readings=view.readings,
    )
    return view.go(f"/case/{draft.id}")


def _asked(view: View) -> Asked:
    """What the address says; `a` and `b` may have their days behind an `@`, as on the command line."""
    laws = {"a": "", "b": ""}
    days: dict[str, date | None] = {}
    errors: list[tuple[str, str]] = []
    for side in laws:
        law, _, text = view.query.get(side, "").strip().partition("@")
        laws[side] = law
        try:
            days[side] = date.fromisoformat(text) if len(text) == 10 else view.day_asked(f"{side}_on")
        except (InvalidInput, ValueError):
            said = view.gettext("Write year, month and day: 2026-11-22.")
            errors.append((f"{side}_on", said))
    return Asked(laws["a"], laws["b"], days.get("a"), days.get("b"), bool(view.query.get("as_is")), tuple(errors))


def _work(view: View, asked: Asked) -> Work:
    return work_on(
        view,
        "compare",
        laws=asked.laws if asked.a and asked.b else tuple(filter(None, asked.laws)),
        on=view.day_asked(),
        text_of=view.day_asked("text_of"),
        readings=view.readings,
        as_is=asked.as_is,
    )


def _law(view: View, asked: Asked, side: str) -> Law:
    """A side as the analysis read it: in the text of its day."""
    law, day = (asked.a, asked.a_on) if side == "a" else (asked.b, asked.b_on)
    return view.desk.law(law, view.day_asked("text_of") or day or view.on, _readings_of(view, law))


def _readings_of(view: View, law: str) -> dict[str, str]:
    """Of the readings that the address chooses those that the law has."""
    known = view.desk.library.pack.instruments
    parts = [known[part.strip()] for part in law.split("+") if part.strip() in known]
    own = {name for i in parts for r in i.readings for name in (r.name, f"{i.id}:{r.name}")}
    return {name: value for name, value in view.readings.items() if name in own}


def _page(view: View, asked: Asked, work: Work, status: int = 200) -> HTMLResponse:
    every = [*choosing.laws(view), *choosing.positions(view)]
    told = None
    if isinstance(work.answer, Comparison):
        with view.desk.alone():
            told = Told(view, work.answer, _law(view, asked, "a"), _law(view, asked, "b"))
    swapped = view.here(a=asked.b, b=asked.a, a_on=asked.b_on, b_on=asked.a_on)
    pairs = [
        (choosing.titled(view, a)[0], choosing.titled(view, b)[0], on_a, on_b, _pair_address(view, a, b, on_a, on_b))
        for a, b, on_a, on_b in PAIRS
        if {a, b} <= set(view.desk.library.pack.instruments)
    ]
    titles = [choosing.titled(view, law)[0] for law in (asked.a, asked.b)]
    unreached = work.job is not None and any(error.code == UNREACHED for error in work.job.error)
    whole = view.query.get("all", "")
    more: dict[str, Any] = {
        "whole": whole if whole in WHOLE else "",
        "first": FIRST,
        "few": FEW,
        "unreached": unreached,
        "told": told,
        "swapped": swapped,
        "pairs": pairs,
        "most": MOST_WORDS,
        "every": every,
    }
    return view.render(
        "compare.html",
        status=status,
        asked=asked,
        work=work,
        titles=titles,
        address_of=address_of,
        english=partial(in_english, view),
        **more,
    )


def _pair_address(view: View, a: str, b: str, on_a: str, on_b: str) -> str:
    return view.to("/compare", a=a, b=b, a_on=on_a, b_on=on_b)


def _rows(result: Comparison) -> list[tuple[str, ...]]:
    told: list[tuple[str, ...]] = []
    for side, witnesses in (("a", result.witnesses_a), ("b", result.witnesses_b)):
        for each in witnesses:
            by = ["; ".join(f"{d.citation or d.instrument} {d.does}" for d in d_) for d_ in (each.by_a, each.by_b)]
            practices = "; ".join(" + ".join(practice) for practice in each.practices)
            rulings = each.ruling_a.value, each.ruling_b.value
            told.append(
                (side, "; ".join(each.facts), practices, rulings[0], by[0], rulings[1], by[1], "; ".join(each.unless))
            )
    return told
