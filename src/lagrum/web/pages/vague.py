"""How much of a law hangs on what somebody must judge."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response

from lagrum.analysis.vague import Vague
from lagrum.analysis.vague.result import Judged, Measure
from lagrum.analysis.vague.words import HEADS, rows
from lagrum.model.facts import Fact
from lagrum.report.figures import number, percent
from lagrum.web import choosing
from lagrum.web.choosing import Chosen
from lagrum.web.spoken import cited
from lagrum.web.view import View, Viewed
from lagrum.web.work import Work, csv_twin, json_twin, work_on

router = APIRouter(include_in_schema=False)
MANY = 10**12


@router.get("/vague")
def vague(view: Viewed) -> HTMLResponse:
    """Each judgement with its influence, and a case that it switches."""
    asked = choosing.chosen(view)
    work = Work(status=422) if asked.errors else _work(view, asked) if asked.law else Work()
    result: Vague | None = work.answer
    title, citation = choosing.titled(view, asked.law) if asked.law else ("", "")
    facts: Mapping[str, Fact] = {}
    if result is not None:
        with view.desk.alone():
            facts = view.law(asked.law).facts
    return view.render(
        "vague.html",
        status=work.status,
        asked=asked,
        against=view.query.get("against", ""),
        work=work,
        result=result,
        title=title,
        citation=citation,
        laws=choosing.laws(view, asked.law),
        cases=_cases(view, result.cases) if result is not None and result.cases is not None else "",
        share=lambda measure: _share(view, measure),
        question=lambda judged: _question(view, judged, facts),
        cited=cited,
    )


@router.get("/vague.json")
def as_json(view: Viewed) -> Response:
    """The answer as `lagrum vague --format json` gives it."""
    return json_twin(view, _work(view, choosing.whole(view)))


@router.get("/vague.csv")
def as_csv(view: Viewed) -> Response:
    """The judgements as a table."""
    asked = choosing.whole(view)
    work = _work(view, asked)
    told = rows(work.answer) if work.answer is not None else ()
    return csv_twin(view, work, f"vague-{asked.law}-{asked.on}", HEADS, told)


def _work(view: View, asked: Chosen) -> Work:
    return work_on(
        view,
        "vague",
        laws=(asked.law,),
        against=view.query.get("against", "").strip(),
        on=asked.on,
        text_of=asked.text_of,
        readings=view.readings,
    )


def _share(view: View, measure: Measure) -> str:
    """A share; with what it lies between where it is that of a sample."""
    if measure.method == "exact":
        return percent(measure.share, view.lang)
    low, high = percent(measure.low, view.lang), percent(measure.high, view.lang)
    return view.gettext(
        "%(share)s (estimate, %(low)s to %(high)s)", share=percent(measure.share, view.lang), low=low, high=high
    )


def _cases(view: View, cases: int) -> Markup:
    """How many cases, grouped by threes; of very many only how many digits."""
    if cases < MANY:
        return escape(number(cases, view.lang))
    power = len(str(cases)) - 1
    return Markup("{} · 10<sup>{}</sup>").format(view.number(round(cases / 10**power, 1)), power)


def _question(view: View, judged: Judged, facts: Mapping[str, Fact]) -> str:
    return view.phrases.question(facts[judged.fact]) if judged.fact in facts else judged.question
