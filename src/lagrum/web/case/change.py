"""Changing the answers of a case: what a form says, what somebody else has said in between, what cannot be together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import FormData

from lagrum.model.cases import Given
from lagrum.register import Conflict
from lagrum.web.case.sitting import Sitting
from lagrum.web.forms import Filled, by_slug, read_all, same, slug_of


@dataclass(frozen=True, slots=True)
class Clash:
    """An answer that two people have given at once: what is saved, and what the form says. `fields` are those of a form
    that would save it after all."""

    fact: str
    saved: Given | None
    yours: Given | None
    fields: tuple[tuple[str, str], ...]

    @property
    def slug(self) -> str:
        return slug_of(self.fact)


@dataclass(frozen=True)
class Change:
    """What became of a form. `sitting` is the case afterwards: changed and saved, or, where there are `errors`,
    `clashes` or contradictions, as it was. `tried` is the case that contradicts itself."""

    sitting: Sitting
    answers: Mapping[str, Given | None] = field(default_factory=dict)
    wrong: Mapping[str, Filled] = field(default_factory=dict)
    errors: tuple[tuple[str, str], ...] = ()
    clashes: tuple[Clash, ...] = ()
    tried: Sitting | None = None

    @property
    def done(self) -> bool:
        return not (self.errors or self.clashes or self.tried)

    @property
    def status(self) -> int:
        """The status of a page that shows it."""
        return 200 if self.done else 409 if self.clashes else 422


def change(sitting: Sitting, form: FormData) -> Change:
    """Take the answers of a form into the case and save it, unless something is wrong with them. An answer that was
    changed by somebody else since the form was shown is not overwritten."""
    view = sitting.view
    facts = by_slug(view.desk.library.pack.facts)
    if not form.getlist("fact"):  # buttons, each with the answer to one question
        form = FormData([*form.multi_items(), *(("fact", slug) for slug in facts if slug in form)])
    answers, wrong, errors = read_all(form, [facts[s] for s in form.getlist("fact") if s in facts], view.gettext)
    changed = {name: given for name, given in answers.items() if not same(given, sitting.case.facts.get(name))}
    if errors:
        return Change(sitting, changed, wrong, tuple(errors))
    clashes = _clashes(sitting, changed, form)
    if clashes:
        return Change(sitting, changed, clashes=clashes)
    if not changed:
        return Change(sitting)
    tried = sitting.with_answers(changed)
    if tried.ruled is None and sitting.ruled is not None:
        return Change(sitting, changed, tried=tried)
    try:
        return Change(tried.saved(sitting.draft.version), changed)
    except Conflict as conflict:
        now = Sitting(view, conflict.current, view.desk.read_case(conflict.current.case))
        return Change(now, changed, clashes=tuple(_clash(now, name, given, form) for name, given in changed.items()))


def shown(given: Given | None) -> str:
    """What a form keeps of the answer that it showed, to tell whether that was changed since."""
    return "|".join((given.text, given.basis, given.by, str(given.on or ""))) if given is not None else ""


def _clashes(sitting: Sitting, changed: Mapping[str, Given | None], form: FormData) -> tuple[Clash, ...]:
    """The answers that would overwrite what the form has not shown."""
    if form.get("seen") == str(sitting.draft.version):
        return ()
    found: list[Clash] = []
    for name, given in changed.items():
        was = form.get(f"{slug_of(name)}.was", "" if form.get("unsaid") else None)
        if was != shown(sitting.case.facts.get(name)):
            found.append(_clash(sitting, name, given, form))
    return tuple(found)


def _clash(sitting: Sitting, name: str, yours: Given | None, form: FormData) -> Clash:
    saved, slug = sitting.case.facts.get(name), slug_of(name)
    mine = [(key, value) for key, value in form.multi_items() if key == slug or key.startswith(f"{slug}.")]
    fields = [(key, value) for key, value in mine if isinstance(value, str) and key != f"{slug}.was"]
    return Clash(name, saved, yours, (*fields, (f"{slug}.was", shown(saved))))
