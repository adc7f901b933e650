"""The application: puts the parts together, and says in a page or a problem whatever goes wrong."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.responses import RedirectResponse, Response

from lagrum import __version__
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.register import Conflict, NotFound, Store, StoreError
from lagrum.service.amended import Amendments
from lagrum.service.desk import Desk
from lagrum.service.jobs import Jobs
from lagrum.service.outlooks import Outlooks
from lagrum.service.screenings import Screenings
from lagrum.service.tending import Tending
from lagrum.service.uploads import Uploads
from lagrum.web import api, static
from lagrum.web.pages import routers
from lagrum.web.problems import problem_response, wants_json
from lagrum.web.security import HEADERS, Guard, Tries
from lagrum.web.settings import Settings
from lagrum.web.view import View

log = logging.getLogger("lagrum.web")
DENSE = (
    "application/octet-stream",
    "application/pdf",
    "application/vnd.apache.parquet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    *DEFAULT_EXCLUDED_CONTENT_TYPES,
)
"""What gains nothing by being compressed, or must not wait for it."""


def create_app(settings: Settings) -> FastAPI:
    """The application as ASGI. Opens the register and reads the law when it starts, and closes both."""

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        app.state.settings = settings
        app.state.desk = Desk(settings.folders)
        app.state.amendments = Amendments(app.state.desk)
        app.state.store = Store.open(settings.database)
        app.state.jobs = Jobs(app.state.desk, seconds=settings.seconds)
        app.state.uploads = Uploads(settings.uploads)
        app.state.screenings = Screenings()
        app.state.tries = Tries(settings.tries_a_minute)
        app.state.outlooks = Outlooks(app.state.desk)
        app.state.tending = Tending(app.state.desk, app.state.store)
        try:
            yield
        finally:
            app.state.outlooks.close()
            app.state.tending.close()
            app.state.screenings.close()
            app.state.jobs.close()
            app.state.store.close()

    app = FastAPI(
        title="lagrum",
        version=__version__,
        lifespan=living,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.include_router(static.router)
    for router in (*api.routers(), *routers()):
        app.include_router(router)
    app.add_exception_handler(InvalidInput, _invalid)
    app.add_exception_handler(StoreError, _unstored)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misread)
    app.add_exception_handler(Exception, _failed)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5, exclude_content_types=DENSE)
    app.add_middleware(Guard, settings=settings)
    return app


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, InvalidInput)
    located = request.app.state.desk.library.located(error)
    return _told(request, 422, "", located.diagnostics)


def _unstored(request: Request, error: Exception) -> Response:
    assert isinstance(error, StoreError)
    status = 404 if isinstance(error, NotFound) else 409 if isinstance(error, Conflict) else 422
    return _told(request, status, error.sentence)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 401 and not wants_json(request.url.path):
        return RedirectResponse(View(request).to("/sign-in", to=request.url.path), 303)
    detail = "" if error.detail == HTTPStatus(error.status_code).phrase else str(error.detail)
    response = _told(request, error.status_code, detail)
    response.headers.update(error.headers or {})
    return response


def _misread(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    told = [
        Diagnostic("LG0901", f"{'.'.join(str(part) for part in each['loc'])}: {str(each['msg']).lower()}")
        for each in error.errors()
    ]
    return _told(request, 422, "", told)


def _failed(request: Request, error: Exception) -> Response:
    """Something that is our mistake: the log has it under a number that the page shows."""
    number = secrets.token_hex(4)
    log.error("%s: %s %s", number, request.method, request.url.path, exc_info=error)
    response = _told(request, 500, number)
    response.headers.update(HEADERS)  # the guard has given up by now
    return response


def _told(
    request: Request, status: int, detail: str, errors: list[Diagnostic] | tuple[Diagnostic, ...] = ()
) -> Response:
    if wants_json(request.url.path):
        said = "; ".join(each.message for each in errors)
        return problem_response(request.scope, status, detail or said, errors)
    return View(request).render("error.html", status=status, code=status, detail=detail, errors=errors)
