"""Citations in every style, held to a table."""

from __future__ import annotations

from datetime import date

import pytest

from lagrum.library import open_library
from lagrum.model.citations import parse_citation
from lagrum.report.citing import cite, official, swedish, version

PACK = open_library().pack
DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("law", "citation", "english", "in_swedish"),
    [
        (
            "eu-ai-act",
            "Art. 5(1)(h)(iii)",
            "Article 5(1), point (h)(iii), of Regulation (EU) 2024/1689",
            "artikel 5.1 h iii i förordning (EU) 2024/1689",
        ),
        (
            "eu-ai-act",
            "Art. 5(2) subpara. 2",
            "Article 5(2), second subparagraph, of Regulation (EU) 2024/1689",
            "artikel 5.2 andra stycket i förordning (EU) 2024/1689",
        ),
        (
            "eu-ai-act",
            "Art. 3(41)",
            "Article 3, point (41), of Regulation (EU) 2024/1689",
            "artikel 3.41 i förordning (EU) 2024/1689",
        ),
        ("eu-ai-act", "Art. 5", "Article 5 of Regulation (EU) 2024/1689", "artikel 5 i förordning (EU) 2024/1689"),
        (
            "eu-ai-act",
            "Annex III(1)(a)",
            "Annex III, point 1(a), of Regulation (EU) 2024/1689",
            "bilaga III punkt 1 a till förordning (EU) 2024/1689",
        ),
        ("eu-ai-act", "Recital 19", "recital 19 of Regulation (EU) 2024/1689", "skäl 19 i förordning (EU) 2024/1689"),
        (
            "eu-ai-act-2021-proposal",
            "Art. 5(1)(d)(i)",
            "Article 5(1), point (d)(i), of COM(2021) 206 final",
            "artikel 5.1 d i i COM(2021) 206 final",
        ),
        ("us-il-bipa", "§ 15(b)", "740 ILCS 14/15(b)", ""),
        (
            "us-tx-cubi",
            "§ 503.001(b)",
            "Tex. Bus. & Com. Code § 503.001(b)",
            "",
        ),
        ("us-me-6001", "§ 6001(2)", "25 M.R.S. § 6001(2)", ""),
        (
            "kr-ai-basic-act",
            "Art. 31",
            "Article 31 of AI Basic Act (South Korea), in force since 22 January 2026",
            "",
        ),
    ],
)
def test_the_table_of_citations(law: str, citation: str, english: str, in_swedish: str) -> None:
    instrument = PACK.instruments[law]
    assert official(instrument, parse_citation(citation)) == english
    assert swedish(instrument, parse_citation(citation)) == in_swedish


def test_all_styles_of_one_place() -> None:
    instrument, place = PACK.instruments["eu-ai-act"], parse_citation("Art. 5(1)(h)(iii)")
    told = cite(instrument, place, DAY, amending=["Regulation (EU) 2026/1744"], hash_="9f2c41ab77")
    official_ = "Article 5(1), point (h)(iii), of Regulation (EU) 2024/1689"
    assert {each.style: each.text for each in told} == {
        "short": "Art. 5(1)(h)(iii)",
        "official": official_,
        "swedish": "artikel 5.1 h iii i förordning (EU) 2024/1689",
        "oscola": "Regulation (EU) 2024/1689 Artificial Intelligence Act [2024] OJ L, 2024/1689, art 5(1)(h)(iii)",
        "version": f"{official_}, as amended by Regulation (EU) 2026/1744, on 22 November 2026",
        "lagrum": "lagrum, eu-ai-act Art. 5(1)(h)(iii) as amended 24 July 2026, on 22 November 2026, encoding 9f2c41ab",
    }


def test_national_law_has_no_form_of_the_oxford_standard() -> None:
    told = cite(PACK.instruments["us-il-bipa"], parse_citation("§ 15(b)"), DAY)
    assert [each.style for each in told] == ["short", "official", "version", "lagrum"]


def test_the_version_says_the_text_where_it_is_another_day() -> None:
    assert version(DAY, date(2024, 8, 1)) == "on 22 November 2026, text of 1 August 2024"


def test_every_rule_can_be_cited() -> None:
    for instrument in PACK.instruments.values():
        for norm in instrument.norms:
            assert all(each.text for each in cite(instrument, norm.citation, DAY))
