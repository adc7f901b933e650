"""Signing in to a team's server, one's own account, and, for administrators, everybody's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from fastapi import APIRouter, HTTPException
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from lagrum.register import Role, StoreError
from lagrum.register.accounts import SHORTEST
from lagrum.web.view import SESSION, Admin, FromOurForm, Open, Posted, View, Viewed

router = APIRouter(include_in_schema=False)
HOURS = 12
FOR_PROGRAMS = timedelta(days=90)
Errors = Sequence[tuple[str, str]]


@router.get("/sign-in")
def sign_in(view: Open) -> Response:
    """The form, unless there is nothing to sign in to."""
    if not view.settings.team or view.account:
        return view.go("/")
    return _form(view, view.query.get("to", ""))


@router.post("/sign-in")
def signed_in(view: Open, form: Posted) -> Response:
    """Begin a session. Whoever tries too often has to wait."""
    name, password, to = _text(form, "name"), _text(form, "password"), _text(form, "to")
    client = view.request.client.host if view.request.client else ""
    if not view.tries.again("sign in", client) or not view.tries.again("sign in as", name.casefold()):
        seconds = view.number(view.tries.wait("sign in", client))
        words = view.gettext("There were too many tries. Wait %(seconds)s seconds.", seconds=seconds)
        return _form(view, to, name, [("name", words)], 429)
    account = view.store.accounts.verify(name, password)
    if account is None:
        view.store.audit.record(name[:300], "failed to sign in", client)
        words = view.gettext("The name or the password is wrong.")
        return _form(view, to, name, [("name", words)], 422)
    view.store.audit.record(account.name, "signed in", client)
    response = view.go(inside(to))
    view.keep(response, SESSION, view.store.sessions.start(account), script=False, age=HOURS * 3600)
    return response


@router.post("/sign-out", dependencies=[FromOurForm])
def sign_out(view: Viewed) -> Response:
    """End the session."""
    view.store.sessions.end(view.session)
    response = view.go("/sign-in")
    response.delete_cookie(SESSION, path="/")
    return response


def _form(view: View, to: str, name: str = "", errors: Errors = (), status: int = 200) -> HTMLResponse:
    return view.render("account/sign_in.html", status=status, to=inside(to), name=name, errors=errors)


def inside(address: str) -> str:
    """An address of ours to go on to; anything else becomes the start."""
    good = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if good else "/"


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


# --- one's own account ---------------------------------------------------------------------------------------------


@router.get("/account")
def account(view: Viewed) -> Response:
    """Who is signed in, another password, and a token for programs."""
    return _own(view)


@router.post("/account/password")
def password(view: Viewed, form: Posted) -> Response:
    """Another password; every session under the account ends."""
    mine = view.account
    if mine is None:
        raise HTTPException(404)
    if not view.tries.again("password", mine.name) or not view.store.accounts.verify(mine.name, _text(form, "old")):
        return _own(view, [("old", view.gettext("That is not your password."))])
    try:
        view.store.accounts.set_password(mine.name, _text(form, "new"))
    except StoreError as error:
        return _own(view, [("new", error.sentence)])
    response = view.go("/account")
    view.keep(response, SESSION, view.store.sessions.start(mine), script=False, age=HOURS * 3600)
    return response


@router.post("/account/token", dependencies=[FromOurForm])
def token(view: Viewed) -> Response:
    """A token for programs, shown this once."""
    if view.account is None:
        raise HTTPException(404)
    made = view.store.sessions.start(view.account, idle=FOR_PROGRAMS, longest=FOR_PROGRAMS)
    view.store.audit.record(view.who, "made a token", "account")
    return _own(view, token=made)


@router.post("/account/sign-out-everywhere", dependencies=[FromOurForm])
def everywhere(view: Viewed) -> Response:
    """End every session and every token of the account."""
    if view.account is None:
        raise HTTPException(404)
    view.store.sessions.end_all(view.account)
    return view.go("/sign-in")


def _own(view: View, errors: Errors = (), token: str = "") -> Response:
    if view.account is None:
        return view.go("/")
    days, status = FOR_PROGRAMS.days, 422 if errors else 200
    context = {"errors": errors, "token": token, "days": days, "shortest": SHORTEST}
    return view.render("account/own.html", status=status, **context)


# --- everybody's ---------------------------------------------------------------------------------------------------


@router.get("/accounts")
def accounts(view: Admin) -> Response:
    """All accounts."""
    return _all(view)


@router.post("/accounts")
def add(view: Admin, form: Posted) -> Response:
    """A new account, or a change of one."""
    name, what = _text(form, "name"), _text(form, "what")
    store = view.store.accounts
    try:
        if what == "add":
            store.add(name, _text(form, "password"), Role(_text(form, "role") or "reader"), by=view.who)
        elif what == "role":
            store.set_role(name, Role(_text(form, "role")), by=view.who)
        elif what == "password":
            store.set_password(name, _text(form, "password"), by=view.who)
        elif what == "disable":
            store.disable(name, by=view.who)
        elif what == "enable":
            store.enable(name, by=view.who)
    except StoreError as error:
        return _all(view, [(error.field or "name", error.sentence)], name)
    except ValueError:
        raise HTTPException(400) from None
    return view.go("/accounts")


def _all(view: View, errors: Errors = (), name: str = "") -> Response:
    if not view.settings.team:
        raise HTTPException(404)
    known = view.store.accounts.all()
    context = {"accounts": known, "roles": list(Role), "errors": errors, "name": name, "shortest": SHORTEST}
    return view.render("account/all.html", status=422 if errors else 200, **context)


@router.get("/audit-log")
def audit(view: Admin) -> HTMLResponse:
    """Who saw and changed what."""
    after = view.query.get("after", "")
    lines = view.store.audit.page(int(after) if after.isdecimal() else None, 100)
    return view.render("account/audit.html", lines=lines)
