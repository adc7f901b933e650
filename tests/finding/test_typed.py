"""Citations in the ways people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagrum.finding import typed
from lagrum.library import open_library


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("Art. 5(1)(h)(iii)", "Art. 5(1)(h)(iii)"),
        ("5(1)(h)", "Art. 5(1)(h)"),
        ("5", "Art. 5"),
        ("art 5 (1) (h)", "Art. 5(1)(h)"),
        ("Article 5(1), point (h)(iii)", "Art. 5(1)(h)(iii)"),
        ("Article 5(1), first subparagraph, point (h)(iii)", "Art. 5(1)(h)(iii) subpara. 1"),
        ("Article 5(1)(h) of Regulation (EU) 2024/1689", "Art. 5(1)(h)"),
        ("Article 5, paragraph 1, point h", "Art. 5(1)(h)"),
        ("article 4a", "Art. 4a"),
        ("artikel 5.1 h", "Art. 5(1)(h)"),
        ("artikel 5.1 h iii", "Art. 5(1)(h)(iii)"),
        ("artikel 5.1 första stycket h iii i förordning (EU) 2024/1689", "Art. 5(1)(h)(iii) subpara. 1"),
        ("5.1 h", "Art. 5(1)(h)"),
        ("Art. 5(2) subpara. 1", "Art. 5(2) subpara. 1"),
        ("Article 5(2), second subparagraph", "Art. 5(2) subpara. 2"),
        ("artikel 5.2 andra stycket", "Art. 5(2) subpara. 2"),
        ("artikel 5.3 andra stycket första meningen", "Art. 5(3) subpara. 2 sentence 1"),
        ("Annex III(1)(a)", "Annex III(1)(a)"),
        ("annex III, point 1(a)", "Annex III(1)(a)"),
        ("bilaga III punkt 1 a", "Annex III(1)(a)"),
        ("bilaga III.1 a", "Annex III(1)(a)"),
        ("recital 19", "Recital 19"),
        ("Recital (19)", "Recital 19"),
        ("skäl 19", "Recital 19"),
        ("§ 15(b)", "§ 15(b)"),
        ("§15(b)", "§ 15(b)"),
        ("section 15(b)", "§ 15(b)"),
        ("s 15(b)", "§ 15(b)"),
        ("15 § b", "§ 15(b)"),
        ("15 a §", "§ 15a"),
        ("740 ILCS 14/15(b)", "§ 15(b)"),
        ("§ 15.2-1723.2", "§ 15.2-1723.2"),
        ("Sec. 6-1-1703(4)(a)", "Sec. 6-1-1703(4)(a)"),
        ("rule 3", "Rule 3"),
        ("krav 1", "Demand 1"),
    ],
)
def test_what_is_typed_is_read(text: str, citation: str) -> None:
    assert str(typed(text)[0]) == citation


def test_a_subparagraph_before_a_point_may_be_left_out() -> None:
    read = typed("Article 5(1), first subparagraph, point (h)(iii)")
    assert [str(each) for each in read] == ["Art. 5(1)(h)(iii) subpara. 1", "Art. 5(1)(h)(iii)"]
    assert [str(each) for each in typed("Article 5(2), second subparagraph")] == ["Art. 5(2) subpara. 2"]


@pytest.mark.parametrize(
    "text",
    ["", "face database", "police 2024 drones", "artikel", "Article five", "5(1", "§", "fifth 5 sentence", "V8 engine"],
)
def test_words_are_no_citation(text: str) -> None:
    assert typed(text) == ()


@given(st.text(max_size=80) | st.from_regex(r"(art|§|annex|5)[ .()0-9a-ivx,]{0,40}", fullmatch=True))
def test_any_text_is_read_or_is_none(text: str) -> None:
    assert all(typed(str(found)) == (found,) for found in typed(text))


def test_all_that_is_encoded_can_be_typed() -> None:
    for instrument in open_library().pack.instruments.values():
        for norm in instrument.norms:
            assert typed(str(norm.citation)) == (norm.citation,)
