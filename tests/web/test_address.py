"""Every citation has one address, and every address at most one citation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagrum.library import open_library
from lagrum.model.citations import UNITS, Citation, parse_citation
from lagrum.web.address import address_of, citation_at, parts_of


@pytest.mark.parametrize(
    ("law", "citation", "address"),
    [
        ("eu-ai-act", "", "/law/eu-ai-act"),
        ("eu-ai-act", "Art. 5", "/law/eu-ai-act/art/5"),
        ("eu-ai-act", "Art. 5(1)(h)(iii)", "/law/eu-ai-act/art/5/1/h/iii"),
        ("eu-ai-act", "Art. 5(2) subpara. 1", "/law/eu-ai-act/art/5/2/subpara-1"),
        ("eu-ai-act", "Art. 5(3) subpara. 2 sentence 1", "/law/eu-ai-act/art/5/3/subpara-2/sentence-1"),
        ("eu-ai-act", "Annex III(1)(a)", "/law/eu-ai-act/annex/III/1/a"),
        ("eu-ai-act", "Recital 19", "/law/eu-ai-act/recital/19"),
        ("us-il-bipa", "§ 15(b)", "/law/us-il-bipa/section/15/b"),
        ("us-co-24-205", "Sec. 6-1-1703(4)(a)", "/law/us-co-24-205/sec/6-1-1703/4/a"),
        ("us-va-15-2-1723-2", "§ 15.2-1723.2", "/law/us-va-15-2-1723-2/section/15.2-1723.2"),
        ("x", "§ 14/15(b)", "/law/x/section/14~s15/b"),
        ("x", "§ 5.json", "/law/x/section/5~djson"),
        ("nz-bppc-2025", "Rule 3", "/law/nz-bppc-2025/rule/3"),
        ("letter", "Demand 1", "/law/letter/demand/1"),
        ("a+b", "Title II", "/law/a+b/title/II"),
        ("x", "Ch. 2", "/law/x/chapter/2"),
        ("x", "Point 3", "/law/x/point/3"),
        ("x", "Para. 4 indent 2", "/law/x/para/4/indent-2"),
    ],
)
def test_the_citation_is_the_address(law: str, citation: str, address: str) -> None:
    assert address_of(law, citation) == address
    if citation:
        assert str(citation_at(address.split("/")[3:])) == citation


STEPS = st.from_regex(r"[0-9A-Za-z]+", fullmatch=True)
TAILS = st.builds("{} {}".format, st.sampled_from(["subpara.", "sentence", "indent"]), st.integers(0, 99))
NUMBERS = st.from_regex(r"[0-9A-Za-z][0-9A-Za-z.:/\-]*(\.json|\.csv)?", fullmatch=True)
CITATIONS = st.builds(
    lambda unit, number, steps, tails: Citation((f"{unit} {number}", *steps, *tails)),
    st.sampled_from(UNITS),
    NUMBERS,
    st.lists(STEPS, max_size=4),
    st.lists(TAILS, max_size=2),
)


@given(CITATIONS)
def test_any_citation_comes_back_from_its_address(citation: Citation) -> None:
    assert parse_citation(str(citation)) == citation
    parts = parts_of(citation)
    assert citation_at(parts) == citation
    assert not any("/" in part for part in parts)
    assert not address_of("x", citation).endswith((".json", ".csv"))


@given(st.lists(st.text(st.characters(codec="utf-8")) | st.sampled_from(["art", "5", "1", "~s", "~d"]), max_size=5))
def test_what_is_no_address_has_no_citation(parts: list[str]) -> None:
    found = citation_at(parts)
    assert found is None or list(parts_of(found)) == parts


def test_all_that_is_encoded_has_an_address() -> None:
    library = open_library()
    every = {norm.citation for i in library.pack.instruments.values() for norm in i.norms}
    assert len(every) > 500
    assert len({parts_of(citation) for citation in every}) == len(every)


def test_the_query_stands_behind() -> None:
    assert address_of("eu-ai-act", "Art. 5", on="2026-11-22", text_of=None, q="") == (
        "/law/eu-ai-act/art/5?on=2026-11-22"
    )
    with pytest.raises(ValueError, match="not a citation"):
        address_of("eu-ai-act", "<script>")
