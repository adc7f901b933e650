"""Facts as forms: what a control shows reads back as the same answer, drawn by the real templates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from starlette.datastructures import FormData

from lagrum.language import parse_given
from lagrum.language.casewrite import scalar
from lagrum.library import open_library
from lagrum.model.cases import Given
from lagrum.model.facts import Fact, FactKind
from lagrum.report.phrases import Phrases
from lagrum.web.controls import Control, control
from lagrum.web.forms import FieldError, Filled, by_slug, filled_from, filled_of, read, read_all, same, slug_of
from lagrum.web.templating import environment
from lagrum.wording import wording


@cache
def facts() -> dict[str, Fact]:
    return dict(open_library([]).pack.facts)


PHRASES = Phrases(wording("en"), {})
COMPACT = '{% import "facts.html" as f with context %}{{ f.compact(c, "x") }}{{ f.known(c) }}'
ROOMY = '{% import "facts.html" as f with context %}{% call f.roomy(c) %}{{ c.question }}{% endcall %}'


class Sent(HTMLParser):
    """The fields that a browser would send."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._select: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "select":
            self._select = told["name"]
            self.fields.append((self._select, ""))
        elif tag == "option" and "selected" in told and self._select:
            self.fields[-1] = (self._select, told["value"])
        elif tag == "input" and (told.get("type") not in ("radio", "checkbox") or "checked" in told):
            self.fields.append((told["name"], told.get("value", "")))


def shown(form: str, shown_as: Control) -> FormData:
    template = environment("en").from_string(form)
    return FormData([*Sent(template.render(view=SimpleNamespace(lang="en"), c=shown_as)).fields])


def back(form: str, fact: Fact, known: Given | None) -> Given | None:
    """What a form reads back that nobody touched."""
    return read(fact, filled_from(fact, shown(form, control(fact, known, PHRASES))), str)


def told(fact: Fact, value: str) -> Given:
    return parse_given(f"{fact.name}={value}", {fact.name: fact})


def _list(names: list[str]) -> str:
    return f"[{', '.join(map(scalar, names))}]"


@st.composite
def answers(draw: st.DrawFn, fact: Fact) -> Given:
    """Anything a case file can say of a fact, known in any way."""
    names = [answer.name for answer in fact.answers]
    some = st.lists(st.sampled_from(names), unique=True)
    if fact.several:
        yes = draw(some)
        no = draw(st.lists(st.sampled_from(names), unique=True).map(lambda found: [n for n in found if n not in yes]))
        parts = [f"{key}: {_list(found)}" for key, found in (("including", yes), ("not", no)) if found]
        said = [f"{{{', '.join(parts)}}}"] if parts else []
        value = draw(st.sampled_from([*said, f"{{exactly: {_list(yes) if yes else 'none'}}}"]))
    else:
        said = [_list(draw(some) or names[:1]), draw(st.sampled_from(names))]
        if fact.kind is FactKind.NUMBER:
            said.append(f"{draw(st.integers(0, 10**6))} {fact.unit}".strip())
        if fact.kind is FactKind.DATE:
            said.append(draw(st.dates(date(1990, 1, 1), date(2040, 1, 1))).isoformat())
        value = draw(st.sampled_from(said))
    basis = draw(st.sampled_from(["stated", "assumed", "judged", "indicated"]))
    by = draw(st.text("abc ÅÄÖ<>&\"'", max_size=9).map(lambda text: " ".join(text.split())))
    day = draw(st.none() | st.just(date(2026, 11, 22)))
    return replace(told(fact, value), basis=basis, by=by, on=day)


def ask(name: str) -> Fact:
    return facts()[name]


def test_every_fact_has_a_slug_of_its_own() -> None:
    assert len(by_slug(facts())) == len(facts())
    assert all(slug for slug in by_slug(facts()))


@pytest.mark.parametrize("form", [COMPACT, ROOMY], ids=["compact", "roomy"])
def test_every_fact_shows_each_of_its_answers(form: str) -> None:
    for fact in facts().values():
        if form is COMPACT:
            assert back(form, fact, None) is None
        for answer in fact.answers:
            value = f"{{exactly: {_list([answer.name])}}}" if fact.several else answer.name
            known = told(fact, value)
            found = back(form, fact, known)
            assert found is not None
            assert (found.fact, dict(found.open)) == (fact.name, dict(known.open)), value


@settings(max_examples=150, deadline=None)
@drawn(st.data())
def test_a_form_that_nobody_touched_gives_the_same_answer(data: st.DataObject) -> None:
    """In the rows of a case, for whatever a case file can say."""
    fact = data.draw(st.sampled_from(list(facts().values())))
    known = data.draw(answers(fact))
    assert same(back(COMPACT, fact, known), known)


@pytest.mark.parametrize("form", [COMPACT, ROOMY], ids=["compact", "roomy"])
def test_a_number_and_a_day_stay_what_they_were(form: str) -> None:
    for name, value in (("maximum sentence", "4 years"), ("first supplied", "2026-09-01"), ("training compute", "0.5")):
        found = back(form, ask(name), told(ask(name), value))
        assert found == told(ask(name), value)


def filled(fact: str, *fields: tuple[str, str]) -> Filled:
    slug = slug_of(fact)
    return filled_from(ask(fact), FormData([(slug + name, value) for name, value in fields]))


def test_ticks_mean_what_is_said_of_them() -> None:
    ticks = [("", "identification"), ("", "tracking")]
    for how, value in (
        ("exactly", "{exactly: [identification, tracking]}"),
        ("including", "{including: [identification, tracking]}"),
        ("not", "{not: [identification, tracking]}"),
        ("", "{including: [identification, tracking]}"),  # nothing is claimed that nobody said
    ):
        found = read(ask("practice"), filled("practice", *ticks, (".how", how)), str)
        assert found == told(ask("practice"), value)
    more = read(ask("practice"), filled("practice", *ticks, (".how", "exactly"), (".how", "open")), str)
    assert more == told(ask("practice"), "{including: [identification, tracking]}")


def test_none_of_these_cannot_stand_beside_an_answer() -> None:
    for alone in ("none", "unknown"):
        with pytest.raises(FieldError) as error:
            read(ask("practice"), filled("practice", ("", "tracking"), (".how", "exactly"), (".how", alone)), str)
        assert error.value.field == "practice"
    assert read(ask("practice"), filled("practice", (".how", "exactly"), (".how", "unknown")), str) is None
    none = read(ask("practice"), filled("practice", (".how", "exactly"), (".how", "none")), str)
    assert none == told(ask("practice"), "none")


@pytest.mark.parametrize("fact", ["practice", "timing", "maximum sentence"])
def test_a_question_wants_an_answer_or_that_nobody_knows_it(fact: str) -> None:
    with pytest.raises(FieldError):
        read(ask(fact), Filled(), str, required=True)
    assert read(ask(fact), Filled(), str) is None
    assert read(ask(fact), Filled(chosen=() if ask(fact).several else ("unknown",), how=("unknown",)), str) is None


@pytest.mark.parametrize(
    ("typed", "value"),
    [("4", "4 years"), ("4,5", "4.5 years"), ("1,530", "1530 years"), ("1 530", "1530 years"), ("at least 4", None)],
)
def test_numbers_are_read_as_people_write_them(typed: str, value: str | None) -> None:
    found = read(ask("maximum sentence"), filled("maximum sentence", (".exact", typed)), str)
    assert found == told(ask("maximum sentence"), value or "at least 4")


def test_a_number_and_another_stretch_are_not_both_taken() -> None:
    fields = [(".exact", "4"), ("", "less than 3 years")]
    with pytest.raises(FieldError) as error:
        read(ask("maximum sentence"), filled("maximum sentence", *fields), str)
    assert "not both" in error.value.sentence
    agreeing = filled("maximum sentence", (".exact", "3"), ("", "at least 3 years and less than 4 years"))
    assert read(ask("maximum sentence"), agreeing, str) == told(ask("maximum sentence"), "3 years")


@pytest.mark.parametrize(
    ("fact", "fields", "field"),
    [
        ("timing", [("", "yesterday")], "timing"),
        ("timing", [("", "[")], "timing"),
        ("practice", [("", "nonsense"), (".how", "exactly")], "practice"),
        ("practice", [(".how", "exactly")], "practice"),
        ("practice", [(".how", "kept"), (".kept", "{including: [")], "practice"),
        ("maximum sentence", [(".exact", "many")], "maximum-sentence"),
        ("first supplied", [(".exact", "2026-02-30")], "first-supplied"),
        ("timing", [("", "real-time"), (".on", "soon")], "timing.on"),
        ("timing", [("", "real-time"), (".basis", "hoped")], "timing.basis"),
        ("timing", [("", "real-time"), (".by", "x" * 201)], "timing.by"),
    ],
)
def test_what_is_wrong_is_told_of_its_field(fact: str, fields: list[tuple[str, str]], field: str) -> None:
    with pytest.raises(FieldError) as error:
        read(ask(fact), filled(fact, *fields), str)
    assert error.value.field == field


def test_who_judged_it_makes_it_judged() -> None:
    found = read(
        ask("timing"), filled("timing", ("", "real-time"), (".by", " the  court "), (".on", "2026-11-22")), str
    )
    assert found is not None
    assert (found.basis, found.by, found.on) == ("judged", "the court", date(2026, 11, 22))


def test_a_whole_form_gives_answers_and_errors_apart() -> None:
    form = FormData(
        [("fact", "timing"), ("timing", "real-time"), ("fact", "place"), ("place", "nowhere"), ("practice", "tracking")]
    )
    found, wrong, errors = read_all(form, facts().values(), str)
    assert found == {"timing": told(ask("timing"), "real-time")}  # `practice` was not asked about
    assert list(wrong) == ["place"]
    assert [field for field, _ in errors] == ["place"]


def test_a_refused_form_is_shown_as_it_was_sent() -> None:
    sent = filled("practice", ("", "tracking"), (".how", "exactly"), (".how", "none"))
    shown_again = control(ask("practice"), None, PHRASES, sent, {"practice": "not both"})
    form = shown(ROOMY, shown_again)
    assert form.getlist("practice") == ["tracking"]
    assert "none" in form.getlist("practice.how")


def test_a_judgement_says_who_decides() -> None:
    judged = next(fact for fact in facts().values() if fact.judgement and fact.decided_by)
    page = (
        environment("en").from_string(ROOMY).render(view=SimpleNamespace(lang="en"), c=control(judged, None, PHRASES))
    )
    assert "Somebody must judge this" in page
    assert control(judged, None, PHRASES).judge in page


def test_nothing_is_said_of_an_unknown_fact() -> None:
    assert filled_of(ask("timing"), None) == Filled(basis="stated")
    assert control(ask("timing"), None, PHRASES).said == ""
