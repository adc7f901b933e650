"""The interview: one question a page, then the ruling."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from lagrum.model.cases import Given
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.facts import Fact
from lagrum.web.ask.asking import Asking, Since, resume
from lagrum.web.case.sentence import law_name
from lagrum.web.controls import answered, control
from lagrum.web.forms import FieldError, Filled, filled_from, read, slug_of
from lagrum.web.spoken import in_english
from lagrum.web.view import Posted, Viewed

router = APIRouter(include_in_schema=False)
TOGETHER = "LG0650"  # answers that cannot all be so


@router.get("/ask/{draft_id}/{slug}")
def question(view: Viewed, draft_id: str, slug: str) -> Response:
    """One question; any fact of the law can be answered or changed."""
    asking = resume(view, draft_id)
    fact = asking.fact(slug)
    try:
        return _question(asking, fact)
    except InvalidInput as error:
        return contradiction(asking, error)


@router.post("/ask/{draft_id}/{slug}")
def answer(view: Viewed, draft_id: str, slug: str, form: Posted) -> Response:
    """Take an answer and go on to the next question."""
    asking = resume(view, draft_id)
    fact = asking.fact(slug)
    filled = filled_from(fact, form)
    try:
        given = read(fact, filled, view.gettext, required=True)
    except FieldError as error:
        return _question(asking, fact, filled, error)
    try:
        after = asking.answer(fact, given, _text(form, "seen"), _text(form, "without"))
        return view.go(_onward(asking, after, fact, _text(form, "to")))
    except Since as since:
        return _since(since, given, form)
    except InvalidInput as error:
        if error.diagnostics[0].code != TOGETHER:
            raise
        return contradiction(asking, error, fact, given, form)


def _onward(before: Asking, after: Asking, fact: Fact, to: str) -> str:
    """The next question; back to the list of answers where the answer was changed from there and asks nothing new."""
    changed = before.is_answered(fact)
    if to != "answers":
        grown = changed and after.state.most > before.state.most
        return f"{after.next}?new=1" if grown and after.asked else after.next
    if after.asked is not None and before.asked is None:
        return f"{after.next}?new=1"
    return after.to("answers")


def _question(
    asking: Asking, fact: Fact, filled: Filled | None = None, error: FieldError | None = None
) -> HTMLResponse:
    view, slug = asking.view, slug_of(fact.name)
    errors = {error.field: error.sentence} if error else {}
    shown = control(fact, asking.given(fact), view.phrases, filled, errors)
    if filled is None and fact.name in asking.left_out:
        shown = control(fact, None, view.phrases, Filled(chosen=("unknown",), how=("unknown",)))
    citation, why, more = asking.why(fact)
    to = view.query.get("to", "") if view.query.get("to") == "answers" else ""
    return page(
        asking,
        "ask/question.html",
        status=422 if error else 200,
        c=shown,
        slug=slug,
        to=to,
        errors=list(errors.items()),
        back=asking.to("answers") if to else asking.before(fact),
        citation=citation,
        words_at=asking.sitting.place(asking.sitting.law.instruments[0].id, citation),
        why=why,
        more=more,
        grown="new" in view.query,
        changing=asking.is_answered(fact),
    )


def contradiction(
    asking: Asking,
    error: InvalidInput,
    fact: Fact | None = None,
    given: Given | None = None,
    form: FormData | None = None,
) -> HTMLResponse:
    """Answers that cannot all be so: each is shown, each can be changed."""
    view, s = asking.view, asking.sitting
    with_it = s.with_answers({fact.name: given}) if fact else s
    names = [name for name in with_it.disputed if not fact or name != fact.name]
    facts = view.desk.library.pack.facts
    reason = error.diagnostics[0].message.partition(": ")[2]
    return view.render(
        "ask/contradiction.html",
        status=422,
        asking=asking,
        fact=fact,
        said=answered(fact, given, view.phrases) if fact else "",
        others=[asking.line(name, answered(facts[name], with_it.case.facts[name], view.phrases)) for name in names],
        reason=reason.strip("`"),
        sent=_sent(form),
    )


def _since(since: Since, given: Given | None, form: FormData) -> HTMLResponse:
    """The question was answered elsewhere in the meantime: both answers, and either can stay."""
    view, asking, fact = since.asking.view, since.asking, since.fact
    return view.render(
        "ask/since.html",
        status=409,
        asking=asking,
        fact=fact,
        theirs=answered(fact, asking.given(fact), view.phrases),
        yours=answered(fact, given, view.phrases),
        current=asking.value(fact),
        sent=[pair for pair in _sent(form) if pair[0] != "seen"],
    )


def page(asking: Asking, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page of an interview, with the running ruling beside it."""
    s = asking.sitting
    place = Markup(asking.view.gettext("%(law)s, on %(day)s")) % {
        "law": in_english(asking.view, law_name(s.law)),
        "day": asking.view.day(s.on),
    }
    shown = {"state": asking.state, "asking": asking, "s": s, "place": place, **context}
    return asking.view.render(template, status=status, **shown)


def _sent(form: FormData | None) -> list[tuple[str, str]]:
    """The fields of a form, to be sent once more."""
    items = form.multi_items() if form is not None else []
    return [(name, value) for name, value in items if isinstance(value, str) and name not in ("token", "without")]


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
