"""The register: systems, what was made of them, what changes for them and when, and the history of it all."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from typing import Annotated, Any, cast

from fastapi import Depends, HTTPException, Query
from pydantic import Field, StringConstraints
from starlette.responses import JSONResponse, Response

from lagrum.reasoning.envelope import envelope
from lagrum.register import Conflict, DecisionKind, Filters, Status, StoreError, System, to_ics
from lagrum.register.systems import SystemFields
from lagrum.report.registered import assessed_to_dict, decision_to_dict, system_to_dict
from lagrum.service.models import MOST_LAWS, CaseObject, Day, Id, Model
from lagrum.web.api.answering import Described, answer
from lagrum.web.api.calling import Caller, Calling, Writing
from lagrum.web.api.strict import api_router
from lagrum.web.register.looking import look
from lagrum.web.register.told import Teller, known_laws
from lagrum.web.register.told import answer as ahead_document

router = api_router("register")
PATIENCE = 20.0  # seconds that an outlook is waited for
Line = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Words = Annotated[str, StringConstraints(max_length=20_000)]
CaseText = Annotated[str, StringConstraints(min_length=1, max_length=256 * 1024)]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]


class NewSystem(Model):
    """A system to register."""

    name: Line
    owner: Line
    role: Line = Field(description="what the owner is to it: provider, deployer …")
    laws: list[Id] = Field(min_length=1, max_length=MOST_LAWS)
    case: CaseObject | CaseText = Field(description="what is known of it: a case file, as text or as its object")
    description: Words = ""
    review_due: Day | None = None


class ChangedSystem(Model):
    """What is to be changed of a system; what is left out stays. `seen` is the version that was read: another one's
    changes are never overwritten."""

    seen: Number
    name: Line | None = None
    owner: Line | None = None
    role: Line | None = None
    laws: list[Id] | None = Field(default=None, min_length=1, max_length=MOST_LAWS)
    case: CaseObject | CaseText | None = None
    description: Words | None = None
    review_due: Day | None = None


class Retirement(Model):
    """Why a system is not looked after any more."""

    seen: Number
    reason: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]


class NewDecision(Model):
    """What was decided about a system, or found when it was reviewed."""

    kind: DecisionKind = Field(strict=False)
    text: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
    on: Day | None = None
    next_review: Day | None = None


_SYSTEMS = answer("register", "systems")
_MADE: Described = {
    201: _SYSTEMS[200] | {"headers": {"location": {"required": True, "schema": {"type": "string"}}}},
}
_LIST: Described = {200: {"content": {"application/json": {"schema": {"type": "object"}}}}}
_CALENDAR: Described = {200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}}


def _text(case: dict[str, Any] | str) -> str:
    return case if isinstance(case, str) else json.dumps(case, ensure_ascii=False, indent=2)


def _answer(caller: Caller, systems: list[System]) -> dict[str, Any]:
    latest = caller.store.assessments.latest([each.id for each in systems])
    told = [system_to_dict(each, latest.get(each.id, {}).values()) | {"case": each.case_text} for each in systems]
    laws = known_laws(caller, dict.fromkeys(law for each in systems for law in each.laws))
    return envelope("register", laws) | {"systems": told, "bad": []}


def _system(caller: Caller, number: int) -> System:
    found = caller.store.systems.get(number)
    if found is None:
        raise HTTPException(404, "there is no system with that number")
    return found


@router.get("/systems", responses=_SYSTEMS)
async def systems(
    caller: Calling,
    words: Annotated[str, Query(max_length=300)] = "",
    owner: Annotated[str, Query(max_length=300)] = "",
    law: Annotated[str, Query(max_length=200)] = "",
    status: Status = Status.ACTIVE,
    after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> JSONResponse:
    """List the systems, those with numbers above `after`."""
    wanted = Filters(words=words, owner=owner, law=law, status=status)
    return JSONResponse(await caller.call(lambda: _answer(caller, caller.store.systems.list(wanted, after, limit))))


@router.post("/systems", status_code=201, responses=_MADE)
async def add(caller: Writing, asked: NewSystem) -> JSONResponse:
    """Register a system."""

    def work() -> System:
        text = _text(asked.case)
        caller.desk.read_case(text)
        for law_id in asked.laws:
            caller.desk.law(law_id)
        return caller.store.systems.add(
            asked.name,
            asked.owner,
            asked.role,
            text,
            by=caller.who,
            law=asked.laws,
            description=asked.description,
            review_due=asked.review_due,
        )

    made = await caller.call(work)
    told = await caller.call(lambda: _answer(caller, [made]))
    return JSONResponse(told, 201, {"location": f"/api/v1/systems/{made.id}"})


@router.get("/systems/{number}", responses=_SYSTEMS)
async def system(caller: Calling, number: Number) -> JSONResponse:
    """Tell of one system: its facts, and the newest assessment by each law."""
    return JSONResponse(await caller.call(lambda: _answer(caller, [_system(caller, number)])))


@router.patch("/systems/{number}", responses=_SYSTEMS)
async def change(caller: Writing, number: Number, asked: ChangedSystem) -> JSONResponse:
    """Change a system. 409 where somebody else has changed it since it was read: read it again."""

    def work() -> dict[str, Any]:
        given = {name: getattr(asked, name) for name in asked.model_fields_set - {"seen", "case"}}
        wrong = [name for name, value in given.items() if value is None and name != "review_due"]
        if wrong:
            raise StoreError(wrong[0], "this cannot be nothing; leave it out to keep it")
        fields = cast("SystemFields", given)
        if asked.case is not None:
            fields["case_text"] = _text(asked.case)
            caller.desk.read_case(fields["case_text"])
        for law_id in asked.laws or ():
            caller.desk.law(law_id)
        return _answer(caller, [caller.store.systems.update(number, seen=asked.seen, by=caller.who, **fields)])

    return JSONResponse(await caller.call(partial(_unless_changed, work)))


@router.post("/systems/{number}/retire", responses=_SYSTEMS)
async def retire(caller: Writing, number: Number, asked: Retirement) -> JSONResponse:
    """Take a system out of the list; everything about it stays."""

    def work() -> dict[str, Any]:
        store = caller.store.systems
        return _answer(caller, [store.retire(number, seen=asked.seen, by=caller.who, reason=asked.reason)])

    return JSONResponse(await caller.call(partial(_unless_changed, work)))


def _unless_changed(work: Any) -> dict[str, Any]:
    try:
        found: dict[str, Any] = work()
    except Conflict as error:
        current = error.current.version
        raise HTTPException(409, f"{error.sentence}; the version is now {current}") from None
    return found


@router.get("/systems/{number}/assessments", responses=_LIST)
async def assessments(caller: Calling, number: Number) -> JSONResponse:
    """List the assessments of a system, the newest first."""

    def work() -> dict[str, Any]:
        _system(caller, number)
        return {"assessments": [assessed_to_dict(each) for each in caller.store.assessments.of(number, 500)]}

    return JSONResponse(await caller.call(work))


@router.post("/systems/{number}/assessments", responses=_LIST)
async def assess(caller: Writing, number: Number) -> JSONResponse:
    """Assess a system by each of its laws whose text, or the system's facts, are not those last assessed."""

    def work() -> dict[str, Any]:
        added = caller.tending.reassessing.one(_system(caller, number), caller.who)
        return {"assessments": [assessed_to_dict(each) for each in added]}

    return JSONResponse(await caller.call(work))


@router.get("/systems/{number}/assessments/{assessment}", responses=answer("assess", "the assessment as it was made"))
async def assessment(caller: Calling, number: Number, assessment: Number) -> JSONResponse:
    """Give one assessment, as it was made."""

    def work() -> dict[str, Any] | None:
        mine = any(each.id == assessment for each in caller.store.assessments.of(number, 500))
        return caller.store.assessments.document(assessment) if mine else None

    found = await caller.call(work)
    if found is None:
        raise HTTPException(404, "the system has no such assessment")
    return JSONResponse(found)


@router.get("/systems/{number}/decisions", responses=_LIST)
async def decisions(caller: Calling, number: Number) -> JSONResponse:
    """List what was decided about a system, the newest first."""

    def work() -> dict[str, Any]:
        _system(caller, number)
        return {"decisions": [decision_to_dict(each) for each in caller.store.decisions.of(number)]}

    return JSONResponse(await caller.call(work))


@router.post("/systems/{number}/decisions", status_code=201, responses={201: _LIST[200]})
async def decide(caller: Writing, number: Number, asked: NewDecision) -> JSONResponse:
    """Write down what was decided about a system."""

    def work() -> dict[str, Any]:
        on = asked.on or date.today()
        made = caller.store.decisions.add(
            number, asked.kind, asked.text, by=caller.who, on=on, next_review=asked.next_review
        )
        return decision_to_dict(made)

    return JSONResponse(await caller.call(work), 201)


@router.get("/systems/{number}/history", responses=_LIST)
async def history_of(
    caller: Calling, number: Number, after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0
) -> JSONResponse:
    """Tell everything that was done to a system, the oldest first."""

    def work() -> dict[str, Any]:
        _system(caller, number)
        return {"entries": [each.to_dict() for each in caller.store.systems.history(number, after)]}

    return JSONResponse(await caller.call(work))


@router.get("/register/history", responses=_LIST)
async def history(caller: Calling, after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0) -> JSONResponse:
    """Tell every change of the register, the oldest first, each sealed with the one before it."""
    return JSONResponse(
        await caller.call(lambda: {"entries": [each.to_dict() for each in caller.store.history.page(after, 500)]})
    )


def days(
    since: Annotated[Day | None, Query(alias="from")] = None,
    to: Day | None = None,
    owner: Annotated[str, Query(max_length=300)] = "",
) -> tuple[date | None, date | None, str]:
    """Declares and checks what `look` reads from the address."""
    return since, to, owner


@router.get(
    "/register/changes", dependencies=[Depends(days)], responses=answer("ahead", "what changes for whom, and when")
)
async def changes(caller: Calling) -> JSONResponse:
    """Tell what changes for the systems from one day to another; from today two years ahead if none is named."""
    found = await caller.call(partial(_ahead, caller))
    return JSONResponse(ahead_document(found.found, found.laws))


@router.get("/register/changes.ics", dependencies=[Depends(days)], responses=_CALENDAR, response_class=Response)
async def calendar(caller: Calling) -> Response:
    """The changes as a calendar that programs subscribe to."""
    found = await caller.call(partial(_ahead, caller))
    content = to_ics(found.found.changes, tell=Teller(caller).event)
    return Response(content, media_type="text/calendar; charset=utf-8")


def _ahead(caller: Caller) -> Any:
    found = look(caller, patience=PATIENCE)
    if found.errors:
        raise HTTPException(422, "; ".join(said for _, said in found.errors))
    if found.found.waiting:
        waiting = f"{found.found.waiting} of {found.found.systems} systems are still being looked at"
        raise HTTPException(503, waiting, {"retry-after": "30"})
    return found
