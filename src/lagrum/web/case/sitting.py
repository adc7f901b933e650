"""A case at a law: the draft of the address, read and put to the law and the day of the address."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from fastapi import HTTPException

from lagrum.language import write_case
from lagrum.model.cases import Case, Given
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.law import Law
from lagrum.reasoning.assessment import Assessment
from lagrum.register import Draft, System
from lagrum.service.desk import Ruled
from lagrum.web.address import address_of
from lagrum.web.case.told import Told
from lagrum.web.view import View

CARRIED = ("law", "on", "text_of", "reading", "system")  # what every address of a case takes along
PATIENCE = 1.0  # seconds that a page waits for the reasons
_reasoning = ThreadPoolExecutor(2, thread_name_prefix="reasons")


@dataclass(frozen=True)
class Sitting:
    """One request about one case."""

    view: View
    draft: Draft
    case: Case

    @cached_property
    def on(self) -> date:
        dates = self.case.dates
        return self.view.day_asked() or self.draft.on or (dates[0] if dates else date.today())

    @cached_property
    def text_of(self) -> date:
        return self.view.day_asked("text_of") or self.on

    @cached_property
    def law(self) -> Law:
        """The law of the address, else the draft's. Readings that the case or draft chose and this law does not have
        are passed over; one that the address chooses must be there."""
        law_id = self.view.query.get("law") or self.draft.law
        plain = self.view.desk.law(law_id, self.text_of)
        known = {name for key in plain.all_readings() for name in (key, key.split(":", 1)[1])}
        kept = {n: v for n, v in {**self.case.readings, **self.draft.readings}.items() if n in known}
        readings = {**kept, **self.view.readings}
        return self.view.desk.law(law_id, self.text_of, readings) if readings else plain

    @property
    def title(self) -> str:
        """What the case is about, as a heading."""
        return self.case.name[:1].upper() + self.case.name[1:]

    @cached_property
    def keeps(self) -> tuple[System, int] | None:
        """The system of the register whose facts these are to become, and its version when they were taken."""
        number, _, version = self.view.query.get("system", "").partition(".")
        if not all(each.isdecimal() and len(each) < 10 for each in (number, version)):
            return None
        system = self.view.store.systems.get(int(number))
        return (system, int(version)) if system else None

    @cached_property
    def told(self) -> Told:
        return Told(self.view.desk.library.pack.facts, self.view.phrases)

    # --- what the law says -----------------------------------------------------------------------------------

    @cached_property
    def _ruled(self) -> Ruled | tuple[Diagnostic, ...]:
        try:
            return self.view.desk.rule(self.law, self.case, self.on)
        except InvalidInput as error:
            return tuple(error.diagnostics)

    @property
    def ruled(self) -> Ruled | None:
        """The rulings that are possible; None where the facts contradict each other."""
        return self._ruled if isinstance(self._ruled, Ruled) else None

    @property
    def against(self) -> tuple[Diagnostic, ...]:
        """What contradicts what."""
        return () if isinstance(self._ruled, Ruled) else self._ruled

    @cached_property
    def disputed(self) -> tuple[str, ...]:
        """The facts whose answers contradict each other."""
        said = (part for each in self.against for part in each.message.partition(": ")[0].split("`")[1::2])
        named = (self.told.named(part) for part in said)
        return tuple(dict.fromkeys(name for name in named if name in self.case.facts))

    def assessment(self) -> Assessment:
        """The ruling with its reasons, however long that takes."""
        text_of = self.view.day_asked("text_of")
        return self.view.desk.assess(self.law, self.case, self.on, text_of)

    @cached_property
    def reasons(self) -> Assessment | None:
        """The ruling with its reasons; None where the facts contradict each other, or where that takes more than a
        moment. It is then worked out, and there when it is asked for again."""
        if self.ruled is None:
            return None
        law = self.law  # read here, so that the other thread does not touch the request
        working = _reasoning.submit(self.view.desk.assess, law, self.case, self.on, self.view.day_asked("text_of"))
        try:
            return working.result(PATIENCE)
        except TimeoutError:
            return None

    # --- addresses -------------------------------------------------------------------------------------------

    def to(self, below: str = "", **query: object) -> str:
        """An address of this case, with the law, day and readings of this one; None takes one of these out. A reading
        stands beside those there are."""
        left_out = query.keys() - {"reading"}
        items = [(n, v) for n, v in self.view.request.query_params.multi_items() if n in CARRIED and n not in left_out]
        items += [(name, str(value)) for name, value in query.items() if value not in (None, "")]
        path = f"/case/{self.draft.id}{below}"
        return f"{path}?{urlencode(items)}" if items else path

    def place(self, instrument: str, citation: str) -> str:
        """Where a provision can be read; empty for what is no provision."""
        try:
            return address_of(instrument, citation, on=self.on.isoformat())
        except ValueError:
            return ""

    # --- changes ---------------------------------------------------------------------------------------------

    def with_answers(self, answers: Mapping[str, Given | None]) -> Sitting:
        """The case with other answers; None takes one out. Nothing is saved."""
        facts = {**self.case.facts, **answers}
        kept = {name: given for name, given in facts.items() if given is not None and given.open}
        return Sitting(self.view, self.draft, replace(self.case, facts=kept))

    def saved(self, seen: int) -> Sitting:
        """Save the case in its draft. Raises `Conflict` where somebody else has in between."""
        text = write_case(self.case, self.view.desk.library.pack.facts)
        known = tuple(name for name in self.draft.not_known if name not in self.case.facts)
        draft = self.view.store.drafts.save(self.draft.id, seen=seen, case=text, not_known=known)
        return Sitting(self.view, draft, self.case)


def sitting(view: View, draft_id: str) -> Sitting:
    """The case of an address. Raises `HTTPException` where there is none."""
    draft = view.store.drafts.get(draft_id)
    if draft is None:
        raise HTTPException(404, view.gettext("This case is no longer there."))
    return Sitting(view, draft, view.desk.read_case(draft.case))
