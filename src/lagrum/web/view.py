"""A view: one request and everything a page needs to answer it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from babel.dates import format_date
from babel.numbers import format_decimal
from babel.support import NullTranslations
from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.law import Law
from lagrum.register import Account, Role, Store
from lagrum.report.phrases import Phrases
from lagrum.service.amended import Amendment, Amendments
from lagrum.service.desk import Desk
from lagrum.service.jobs import Jobs
from lagrum.service.outlooks import Outlooks
from lagrum.service.screenings import Screenings
from lagrum.service.tending import Tending
from lagrum.service.uploads import Uploads
from lagrum.web import static, templating, tokens
from lagrum.web.language import LANGUAGES, N_, language_of, translations
from lagrum.web.security import Tries
from lagrum.web.settings import Settings
from lagrum.wording import Wording, wording

R = TypeVar("R", bound=Response)
YEAR = 365 * 24 * 3600
SESSION = "session"
AUDITED = ("/register", "/case", "/account", "/api/v1/register", "/api/v1/systems")
"""Where a team's own systems are told of: the audit keeps who saw them."""
THEMES = ("light", "dark")
BASES = {
    "stated": N_("stated"),
    "indicated": N_("only indicated"),
    "assumed": N_("assumed"),
    "judged": N_("judged"),
}
ROLES = {
    Role.READER: N_("may read"),
    Role.EDITOR: N_("may read and write"),
    Role.ADMIN: N_("looks after accounts too"),
}
STATES = {
    "not started": N_("Not started"),
    "waiting": N_("Waiting"),
    "running": N_("Under way"),
    "broken off": N_("Broken off"),
    "failed": N_("There is a problem"),
    "done": N_("Done"),
}
LAW, POSITION = "eu-ai-act", "ban-biometric-surveillance-2021"
"""What pages speak of until somebody chooses otherwise."""


@dataclass(frozen=True)
class View:
    """What a page works with: the law, the register, whoever asks, and in which language."""

    request: Request

    # --- the server ------------------------------------------------------------------------------------------

    @property
    def settings(self) -> Settings:
        return self.request.app.state.settings  # type: ignore[no-any-return]

    @property
    def desk(self) -> Desk:
        """The law; as amended, where the address says so. Raises `InvalidInput` for an amendment that is not kept."""
        amended = self.query.get("amended")
        return self.amendments.desk(amended) if amended else self.request.app.state.desk

    @property
    def amendments(self) -> Amendments:
        return self.request.app.state.amendments  # type: ignore[no-any-return]

    @cached_property
    def amendment(self) -> Amendment | None:
        """The amendment that is tried out on this page; None for none, and for one that is not kept."""
        return self.amendments.get(self.query.get("amended", ""))

    @property
    def jobs(self) -> Jobs:
        return self.request.app.state.jobs  # type: ignore[no-any-return]

    @property
    def store(self) -> Store:
        return self.request.app.state.store  # type: ignore[no-any-return]

    @property
    def uploads(self) -> Uploads:
        return self.request.app.state.uploads  # type: ignore[no-any-return]

    @property
    def screenings(self) -> Screenings:
        return self.request.app.state.screenings  # type: ignore[no-any-return]

    @property
    def outlooks(self) -> Outlooks:
        return self.request.app.state.outlooks  # type: ignore[no-any-return]

    @property
    def tending(self) -> Tending:
        return self.request.app.state.tending  # type: ignore[no-any-return]

    # --- whoever asks ----------------------------------------------------------------------------------------

    @cached_property
    def account(self) -> Account | None:
        """Who is signed in; on one's own machine nobody needs to be."""
        return self.store.sessions.of(self.session) if self.settings.team and self.session else None

    @property
    def session(self) -> str:
        """The token of the session: a browser's cookie, or what a program sends along."""
        scheme, _, token = self.request.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else self.request.cookies.get(SESSION, "")

    @property
    def session_ends(self) -> str:
        """When the session ends if nothing is asked any more; empty where nobody is signed in."""
        ends = self.store.sessions.ends(self.session) if self.account else None
        return ends.isoformat() if ends else ""

    @property
    def who(self) -> str:
        """The name that goes into the history."""
        return self.account.name if self.account else "you"

    @property
    def tries(self) -> Tries:
        return self.request.app.state.tries  # type: ignore[no-any-return]

    def may(self, role: Role) -> bool:
        """Whether whoever asks may do what this role may."""
        return not self.settings.team or (self.account is not None and self.account.role.may(role))

    # --- language --------------------------------------------------------------------------------------------

    @cached_property
    def lang(self) -> str:
        return language_of(self.request)

    @cached_property
    def catalogue(self) -> NullTranslations:
        return translations(self.lang)

    def gettext(self, message: str, /, **words: object) -> str:
        """The sentence in the language of the page; `%(name)s` stands for a word."""
        said = str(self.catalogue.gettext(message))
        return said % words if words else said

    def ngettext(self, one: str, many: str, number: int, /, **words: object) -> str:
        """The sentence for one or for several."""
        return str(self.catalogue.ngettext(one, many, number)) % {"num": self.number(number), **words}

    @cached_property
    def words(self) -> Wording:
        """The program's words: rulings, answers, charts."""
        return wording(self.lang)

    @cached_property
    def phrases(self) -> Phrases:
        """Questions and answers in the language of the page."""
        return Phrases(self.words, self.desk.translations(self.lang))

    def basis_words(self, basis: str) -> str:
        """How an answer is known: stated, indicated, assumed or judged."""
        return self.gettext(BASES.get(basis, basis))

    def role_words(self, role: Role) -> str:
        """What somebody may do."""
        return self.gettext(ROLES[role])

    def state_words(self, state: str) -> str:
        """How a long piece of work stands."""
        return self.gettext(STATES.get(state, state))

    def day(self, value: date | str) -> str:
        """`22 November 2026`, with no-break spaces."""
        found = date.fromisoformat(value) if isinstance(value, str) else value
        return format_date(found, "d MMMM y", locale=self.lang).replace(" ", "\N{NO-BREAK SPACE}")

    def number(self, value: float) -> str:
        """`1,530` or `1 530`."""
        return str(format_decimal(value, locale=self.lang))

    # --- the address -----------------------------------------------------------------------------------------

    @property
    def query(self) -> Mapping[str, str]:
        return self.request.query_params

    def day_asked(self, name: str = "on") -> date | None:
        """A date in the address. Raises `InvalidInput` for what is no date."""
        text = self.query.get(name, "").strip()
        if not text or text == "today":
            return None
        try:
            return date.fromisoformat(text if len(text) == 10 else "")
        except ValueError:
            message = self.gettext("`%(text)s` is not a date", text=text[:40])
            help_ = self.gettext("Write year, month and day: 2026-11-22.")
            raise InvalidInput([Diagnostic("LG0723", message, help=help_)]) from None

    @cached_property
    def on(self) -> date:
        """The day that the page speaks of: that of the address, else today."""
        return self.day_asked() or date.today()

    @cached_property
    def text_of(self) -> date:
        """The day whose text counts."""
        return self.day_asked("text_of") or self.on

    @property
    def readings(self) -> dict[str, str]:
        """Readings that the address chooses: `reading=name=value`, as often as needed."""
        pairs = (text.partition("=") for text in self.request.query_params.getlist("reading"))
        return {name.strip(): value.strip() for name, _, value in pairs if name.strip() and value.strip()}

    def law(self, law_id: str | None = None) -> Law:
        """The law of the address (`law=`), as its text stood. Raises `InvalidInput` for one that there is not."""
        return self.desk.law(law_id or self.query.get("law") or LAW, self.text_of, self.readings)

    def here(self, **changes: object) -> str:
        """This address with other values in the query; None takes one out."""
        return self.to(self.request.url.path, **{**dict(self.query), **changes})

    def to(self, path: str, **query: object) -> str:
        """An address of ours; what is None or empty is left out. An amendment that is tried out goes with it."""
        carried = {"amended": self.amendment.key} if self.amendment else {}
        told = {name: value for name, value in {**carried, **query}.items() if value not in (None, "")}
        return f"{path}?{urlencode(told)}" if told else path

    # --- answers ---------------------------------------------------------------------------------------------

    def render(self, template: str, /, *, status: int = 200, **context: Any) -> HTMLResponse:
        """A page from a template, which also sees this view as `view`."""
        text = templating.render(template, self, context)
        return self.dress(HTMLResponse(text, status, headers={"vary": "cookie, accept-language"}))

    def go(self, path: str, status: int = 303) -> RedirectResponse:
        """Send the browser to another page of ours."""
        return self.dress(RedirectResponse(path, status))

    def dress(self, response: R) -> R:
        """Set what the browser is to keep: its name for forms, and what it chose in the address."""
        if tokens.COOKIE not in self.request.cookies:
            self.keep(response, tokens.COOKIE, tokens.browser_of(self.request), script=False)
        for name, known in (("lang", LANGUAGES), ("theme", (*THEMES, "auto"))):
            chosen = self.query.get(name)
            if chosen is not None and chosen in known and self.request.cookies.get(name) != chosen:
                self.keep(response, name, chosen)
        return response

    def keep(self, response: Response, name: str, value: str, *, script: bool = True, age: int = YEAR) -> None:
        """Set a cookie of ours."""
        response.set_cookie(
            name, value, max_age=age, httponly=not script, secure=self.settings.https, samesite="lax", path="/"
        )

    @property
    def theme(self) -> str:
        chosen = self.query.get("theme") or self.request.cookies.get("theme", "")
        return chosen if chosen in THEMES else "auto"

    @cached_property
    def token(self) -> str:
        """The token that forms of this page carry; each page has another."""
        return tokens.token_for(self.settings.secret, tokens.browser_of(self.request))

    def file(self, name: str) -> str:
        """The address of a style sheet or script."""
        return static.address(name)


def view(request: Request) -> View:
    """The view of a request; on a team's server only for those who are signed in."""
    found = View(request)
    if found.settings.team and found.account is None:
        raise HTTPException(401, headers={"www-authenticate": "Bearer"})
    if found.settings.team and request.url.path.startswith(AUDITED):
        found.store.audit.record(found.who, "saw" if request.method == "GET" else "sent", request.url.path[:300])
    return found


def open_view(request: Request) -> View:
    """The view of a request, for everybody: signing in, help."""
    return View(request)


async def posted(request: Request) -> AsyncIterator[FormData]:
    """The fields of a form that came from a page of ours. At most 5,000 of them, and 8 files."""
    async with request.form(max_files=8, max_fields=5000) as form:
        token = request.headers.get(tokens.HEADER) or form.get(tokens.FIELD)
        if not isinstance(token, str) or not tokens.fits(request.app.state.settings.secret, request, token):
            message = N_("The form was not this browser's, or is too old. Load the page again.")
            raise HTTPException(403, message)
        yield form


def editor(request: Request) -> View:
    """The view of somebody who may change the register."""
    return _for_role(request, Role.EDITOR)


def admin(request: Request) -> View:
    """The view of somebody who may change accounts."""
    return _for_role(request, Role.ADMIN)


def _for_role(request: Request, role: Role) -> View:
    found = view(request)
    if not found.may(role):
        raise HTTPException(403, _who_may(found, role))
    return found


def _who_may(view: View, role: Role) -> str:
    """What whoever may not is told: who can."""
    able = [each.name for each in view.store.accounts.all() if each.active and each.role.may(role)]
    said = view.gettext("You may read here, but not change anything.") if role is Role.EDITOR else ""
    who = view.gettext("Who can: %(names)s.", names=", ".join(able[:12]) or "–")
    return f"{said} {who}".strip()


Viewed = Annotated[View, Depends(view)]
Open = Annotated[View, Depends(open_view)]
Editing = Annotated[View, Depends(editor)]
Admin = Annotated[View, Depends(admin)]
Posted = Annotated[FormData, Depends(posted)]
FromOurForm = Depends(posted)
"""For a form that has nothing to read but its token: `dependencies=[FromOurForm]`."""
