"""What the law makes of a system as it stands: by each of its laws, on the day of the address."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from lagrum.model.cases import Case
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.reasoning.assessment import Assessment
from lagrum.register import Draft, System
from lagrum.web.case.sentence import sentence
from lagrum.web.case.sitting import Sitting
from lagrum.web.view import View

PATIENCE = 0.9  # seconds that the page waits for all reasons together
_reasoning = ThreadPoolExecutor(2, thread_name_prefix="register")


@dataclass(frozen=True)
class Now:
    """What one law makes of a system. `sitting` is None where the law or the case cannot be read, which `errors` tell;
    `assessment` is None while the reasons are being worked out."""

    law: str
    sitting: Sitting | None = None
    assessment: Assessment | None = None
    errors: tuple[Diagnostic, ...] = ()
    working: Future[Assessment] | None = field(default=None, repr=False)

    @property
    def sentence(self) -> Markup:
        """What the law makes of it, to be quoted."""
        assert self.sitting is not None
        return sentence(self.sitting, self.assessment)


def read(view: View, system: System) -> tuple[Case | None, Sequence[Diagnostic]]:
    """The facts of a system; None and what is wrong where they cannot be read."""
    try:
        return replace(view.desk.read_case(system.case_text, system.name), name=system.name), ()
    except InvalidInput as error:
        return None, error.diagnostics


def now(view: View, system: System, case: Case) -> list[Now]:
    """What each of its laws makes of the system."""
    begun = [_begin(view, system, case, law) for law in system.laws]
    ends = time.monotonic() + PATIENCE
    return [_ended(each, ends) for each in begun]


def draft_of(view: View, system: System, law: str) -> Draft:
    """The system as a draft that is nowhere kept."""
    return Draft(
        id="",
        law=law,
        case=system.case_text,
        on=view.on,
        lang=view.lang,
        readings={},
        owner=None,
        asked=(),
        not_known=(),
        version=system.version,
        created=system.created,
        changed=system.changed,
    )


def _begin(view: View, system: System, case: Case, law: str) -> Now:
    sitting = Sitting(view, draft_of(view, system, law), case)
    try:
        judged_by = sitting.law
    except InvalidInput as error:
        return Now(law, errors=tuple(error.diagnostics))
    if sitting.ruled is None:
        return Now(law, sitting)
    return Now(law, sitting, working=_reasoning.submit(view.desk.assess, judged_by, case, view.on))


def _ended(begun: Now, ends: float) -> Now:
    if begun.working is None:
        return begun
    try:
        return Now(begun.law, begun.sitting, begun.working.result(max(0.0, ends - time.monotonic())))
    except TimeoutError:
        return begun
