"""What law there is: `GET laws`, `laws/{id}`, `norms`, `search`."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from starlette.responses import JSONResponse

from lagrum.service.documents import below, law_document, laws_document, norms_document, search_document
from lagrum.service.laws import Terms
from lagrum.service.models import MOST_LAWS, Day, Id, Lang, Text
from lagrum.service.official import Words
from lagrum.texts import open_texts
from lagrum.web.api.answering import answer
from lagrum.web.api.calling import Calling
from lagrum.web.api.strict import api_router

router = api_router("laws")


@router.get("/laws", responses=answer("laws", "every instrument there is"))
async def laws(caller: Calling) -> JSONResponse:
    """List the laws there are."""
    desk = caller.desk

    def work() -> dict[str, Any]:
        with desk.alone():
            return laws_document(desk.library)

    return JSONResponse(await caller.call(work))


@router.get("/laws/{law}", responses=answer("law", "the law, with the index of its rules"))
async def law(caller: Calling, law: Id, on: Day | None = None, text_of: Day | None = None) -> JSONResponse:
    """Tell of one law, as its text stood on a day."""
    desk, terms = caller.desk, Terms(on, text_of)

    def work() -> dict[str, Any]:
        with desk.alone():
            (found,) = terms.laws(desk.library, [law])
            return law_document(found, terms)

    return JSONResponse(await caller.call(work))


@router.get("/norms", responses=answer("show", "the rules there"))
async def norms(
    caller: Calling,
    citation: Annotated[Text, Query(description="as people type it: `Art. 5(1)(d)`, `article 5`, `eu-ai-act 5(1)`")],
    law: Annotated[list[Id], Query(max_length=MOST_LAWS, description="ids of laws; all that have such a rule")] = [],  # noqa: B006
    on: Day | None = None,
    text_of: Day | None = None,
    lang: Lang = "en",
) -> JSONResponse:
    """Show the rules at a citation: conditions, exceptions, dates, history, and official words where imported."""
    desk = caller.desk

    def work() -> dict[str, Any]:
        with desk.alone():
            library = desk.library
            return norms_document(
                library, citation, law, Terms(on, text_of), lambda: Words(library, open_texts()), lang
            )

    return JSONResponse(await caller.call(work))


@router.get("/search", responses=answer("search", "what was found, the best first"))
async def search(
    caller: Calling,
    q: Annotated[Text, Query(description="words, or a citation")],
    most: Annotated[int, Query(ge=1, le=100)] = 12,
) -> JSONResponse:
    """Search rules, prose, questions and notes."""
    desk = caller.desk

    def work() -> dict[str, Any]:
        with desk.alone():
            return search_document(desk.index, q, most, (), below(desk.library))[0]

    return JSONResponse(await caller.call(work))
