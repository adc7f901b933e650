"""The program's own words in the languages it speaks: of the interview, of charts and of reports. Questions are
translated beside the vocabularies.

Each language says every sentence in its own order: nothing is glued together from parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lagrum.wording.charts_en import CHARTS_ENGLISH
from lagrum.wording.charts_sv import CHARTS_SWEDISH
from lagrum.wording.en import ENGLISH
from lagrum.wording.report_en import REPORT_ENGLISH
from lagrum.wording.report_sv import REPORT_SWEDISH
from lagrum.wording.sv import SWEDISH

__all__ = ["SENTENCES", "Wording", "wording"]

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "en": {**ENGLISH, **CHARTS_ENGLISH, **REPORT_ENGLISH},
    "sv": {**SWEDISH, **CHARTS_SWEDISH, **REPORT_SWEDISH},
}


@dataclass(frozen=True)
class Wording:
    """The sentences of one language.

    >>> wording("sv").say("still possible", rulings="förbjuden")
    'fortfarande möjligt: förbjuden'
    """

    lang: str

    def say(self, sentence: str, /, **words: object) -> str:
        """A sentence with its words filled in; `KeyError` for one that there is not."""
        return SENTENCES[self.lang][sentence].format(**words)

    def several(self, sentence: str, number: int, /, **words: object) -> str:
        """The form of a sentence for one (`sentence one`) or for more (`sentence many`)."""
        return self.say(f"{sentence} {'one' if number == 1 else 'many'}", number=number, **words)


def wording(lang: str) -> Wording:
    """The words of a language; `KeyError` for one that is not spoken."""
    SENTENCES[lang]
    return Wording(lang)
