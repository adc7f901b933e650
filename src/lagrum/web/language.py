"""The language of a page: gettext catalogues, and which one a request wants.

English stands in the templates and the code. Each area of the application has its own Swedish file in `locale/sv/`;
they are read when the server starts, so nothing has to be compiled.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from starlette.requests import Request

LANGUAGES = {"en": "English", "sv": "Svenska"}
LOCALES = Path(__file__).parent / "locale"


def N_(message: str) -> str:  # noqa: N802  (the name that gettext's tools look for)
    """Marks a sentence that is translated where it is shown."""
    return message


@cache
def translations(lang: str) -> NullTranslations:
    """The words of a language; English needs none."""
    found: NullTranslations = NullTranslations()
    merged: Translations | None = None
    for path in sorted((LOCALES / lang).glob("*.po")):
        with path.open("rb") as file, BytesIO() as compiled:
            write_mo(compiled, read_po(file, locale=lang))
            compiled.seek(0)
            one = Translations(compiled)
        merged = one if merged is None else merged.add(one)
    return merged or found


def language_of(request: Request) -> str:
    """What the address says, else what was chosen before, else the first that the browser wants and we speak."""
    for chosen in (request.query_params.get("lang"), request.cookies.get("lang")):
        if chosen in LANGUAGES:
            return chosen
    for wanted in request.headers.get("accept-language", "").split(",")[:10]:
        lang = wanted.partition(";")[0].strip()[:2].lower()
        if lang in LANGUAGES:
            return lang
    return "en"
