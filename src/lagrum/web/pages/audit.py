"""What can be said of the text of a law unasked: rules that never apply, duties nobody can fulfil, and the like."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from lagrum.analysis.audit import Audit
from lagrum.analysis.audit.result import Level
from lagrum.analysis.audit.words import HEADS, rows
from lagrum.web import choosing
from lagrum.web.choosing import Chosen
from lagrum.web.spoken import cited
from lagrum.web.view import View, Viewed
from lagrum.web.work import Work, csv_twin, json_twin, work_on

router = APIRouter(include_in_schema=False)


@router.get("/audit")
def audit(view: Viewed) -> HTMLResponse:
    """The findings about a law, the most telling first."""
    asked = choosing.chosen(view)
    work = Work(status=422) if asked.errors else _work(view, asked) if asked.law else Work()
    result: Audit | None = work.answer
    title, citation = choosing.titled(view, asked.law) if asked.law else ("", "")
    found = [(level, [f for f in result if f.level is level]) for level in Level] if result is not None else []
    return view.render(
        "audit.html",
        status=work.status,
        asked=asked,
        work=work,
        result=result,
        levels=[(level, findings) for level, findings in found if findings],
        kinds=_kinds(view.gettext),
        title=title,
        citation=citation,
        laws=choosing.laws(view, asked.law),
        cited=cited,
    )


@router.get("/audit.json")
def as_json(view: Viewed) -> Response:
    """The answer as `lagrum audit --format json` gives it."""
    return json_twin(view, _work(view, choosing.whole(view)))


@router.get("/audit.csv")
def as_csv(view: Viewed) -> Response:
    """The findings as a table."""
    asked = choosing.whole(view)
    work = _work(view, asked)
    return csv_twin(view, work, f"audit-{asked.law}", HEADS, rows(work.answer) if work.answer is not None else ())


def _work(view: View, asked: Chosen) -> Work:
    day = asked.on if asked.on_text else None
    return work_on(view, "audit", laws=(asked.law,), on=day, text_of=asked.text_of, readings=view.readings)


def _kinds(_: Callable[[str], str]) -> dict[str, str]:
    """What each kind of finding is, in a few words."""
    return {
        "swallowed": _("a rule that its exceptions swallow"),
        "never-applies": _("a rule that never applies"),
        "never-reached": _("an exception that never lifts anything"),
        "unmeetable": _("a duty that nobody can fulfil"),
        "overridden": _("a permission and a prohibition of the same case"),
        "date-hole": _("a day without a wording"),
        "date-overlap": _("two wordings at once"),
        "no-way-to-meet": _("a duty that does not say when it is fulfilled"),
        "stale-reference": _("a reference to what is gone"),
        "covered": _("a rule that others already say"),
        "always-met": _("a duty that is always fulfilled"),
        "dead-alternative": _("an alternative that never matters"),
        "unused-definition": _("a definition that nothing uses"),
        "silent": _("cases on which no rule speaks"),
        "unread-fact": _("a question that no law asks"),
    }
