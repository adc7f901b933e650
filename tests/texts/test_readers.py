"""Both readers find the same provisions with the same words: of an invented act, and of the real one."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lagrum.model.citations import Citation, parse_citation
from lagrum.texts import Act, read_acts

DATA = Path(__file__).parent / "data"
FORMEX = DATA / "formex"
HTML = DATA / "dragons.html"


def read(*paths: Path) -> Act:
    (act,) = read_acts(paths)
    return act


def words(act: Act, citation: str) -> str:
    provision = act.provision(parse_citation(citation))
    assert provision is not None, citation
    return provision.words


@pytest.fixture(scope="module", params=["formex", "html"])
def dragons(request: pytest.FixtureRequest) -> Act:
    return read(FORMEX if request.param == "formex" else HTML)


@pytest.mark.parametrize(
    ("citation", "said"),
    [
        ("Recital 1", "Dragons are kept in more and more towns, and not all of them are tame."),
        ("Recital 2", "A keeper should know what a ‘dragon’ is."),
        ("Art. 1(1)(a)", "in a house of straw;"),
        ("Art. 1(1)(b)(ii)", "the children were asked.\nAsking their parents is not enough."),
        ("Art. 1(1)(b)(ii) subpara. 2", "Asking their parents is not enough."),
        (
            "Art. 1(1) subpara. 2",
            "Point (a) of the first subparagraph is without prejudice to the three little pigs.",
        ),
        ("Art. 1(2)", "A keeper pays EUR 35 000 000 for each 10^25 sparks."),
        (
            "Art. 2",
            """In this Regulation:
  (1) ‘dragon’ means what breathes fire;
  (2) ‘keeper’ means whoever the dragon obeys.
whatever their size.""",
        ),
        ("Art. 3 subpara. 2", "Second:\n  (a) silver:\n    (i) polished."),
        ("Art. 3(a)", "gold;"),
        ("Art. 3a subpara. 2", "Article 9 1. Wyverns are dragons."),
        ("Annex I", "Dragons kept in towns:\n  — green ones,\n  — small ones."),
        ("Annex I indent 2", "small ones."),
        ("Annex II(A)(1)", "Coal."),
        ("Annex II(B)(1)", "Peat."),
        ("Annex II(2)", "Tar."),
        ("Annex II(7)(1)", "Never."),
    ],
)
def test_words_at_a_citation(dragons: Act, citation: str, said: str) -> None:
    assert words(dragons, citation) == said


@pytest.mark.parametrize(
    "citation",
    [
        "Art. 3(a)(i)",  # belongs to the second point (a), which the citation does not mean
        "Annex II(1)",  # of section A or of section B
        "Art. 9",  # the wording of another act
        "Art. 99",  # written by a script
        "Art. 1(3)",
    ],
)
def test_what_is_not_there_or_not_meant_has_no_words(dragons: Act, citation: str) -> None:
    assert dragons.provision(parse_citation(citation)) is None


def test_a_sentence_is_given_with_the_place_around_it(dragons: Act) -> None:
    found = dragons.provision(parse_citation("Art. 1(2) sentence 1"))
    assert found is not None
    assert found.citation == parse_citation("Art. 1(2)")


def test_an_only_paragraph_is_the_first_subparagraph(dragons: Act) -> None:
    assert words(dragons, "Art. 1(2) subpara. 1") == words(dragons, "Art. 1(2)")


def test_identity(dragons: Act) -> None:
    assert (dragons.celex, dragons.eli) == ("32097R0042", "http://data.europa.eu/eli/reg/2097/42/oj")
    assert dragons.language == "en"
    assert dragons.title.lower() == "regulation (eu) 2097/42 on the keeping of dragons"


def test_both_readers_agree_on_every_provision_of_the_invented_act() -> None:
    assert read(FORMEX).spans == read(HTML).spans


def test_every_citation_can_be_written_in_the_language(dragons: Act) -> None:
    assert all(str(parse_citation(name)) == name for name in dragons.spans)


def test_an_archive_holds_the_same_act(tmp_path: Path) -> None:
    archive = tmp_path / "act.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for file in FORMEX.iterdir():
            out.write(file, f"deep/{file.name}")
    assert read(archive).spans == read(FORMEX).spans


def test_the_order_of_files_does_not_matter() -> None:
    files = sorted(FORMEX.iterdir())
    assert read(*files) == read(*reversed(files))


def test_white_space_does_not_change_a_hash_and_a_word_does(tmp_path: Path) -> None:
    page = HTML.read_text(encoding="utf-8")
    copy = tmp_path / "page.html"
    copy.write_text(page.replace("a house of straw", "a  house\u00a0of\n straw"), encoding="utf-8")
    assert {k: s.sha256 for k, s in read(copy).spans.items()} == {k: s.sha256 for k, s in read(HTML).spans.items()}
    copy.write_text(page.replace("a house of straw", "a house of sticks"), encoding="utf-8")
    old, new = read(HTML), read(copy)
    moved = {name for name, span in old.spans.items() if new.spans[name].sha256 != span.sha256}
    assert moved == {"Art. 1", "Art. 1(1)", "Art. 1(1) subpara. 1", "Art. 1(1)(a)"}


def test_a_consolidated_act_says_its_own_number(tmp_path: Path) -> None:
    act = (FORMEX / "L_209700042EN.000101.fmx.xml").read_text(encoding="utf-8")
    info = '<INFO.CONSLEG CONSLEG.REF="2097R0042" START.DATE="20980101"/>'
    text = act.replace("<ACT>", f"<CONS.ACT>{info}<CONS.DOC>").replace("</ACT>", "</CONS.DOC></CONS.ACT>")
    file = tmp_path / "consolidated.xml"
    file.write_text(text, encoding="utf-8")
    found = read(file)
    assert found.celex == "02097R0042-20980101"
    assert words(found, "Art. 1(1)(a)") == "in a house of straw;"


# --- the real act, which lies beside the repository and not in it -------------------------------------------------


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "law" / "eu-ai-act-2024-1689"


@pytest.fixture(scope="module")
def formex(folder: Path) -> Act:
    return read(folder / "formex")


@pytest.fixture(scope="module")
def html(folder: Path) -> Act:
    return read(folder / "32024R1689.en.eurlex.html")


def test_identity_of_the_real_act(formex: Act, html: Act) -> None:
    assert formex.celex == html.celex == "32024R1689"
    assert formex.eli == html.eli == "http://data.europa.eu/eli/reg/2024/1689/oj"


@pytest.mark.parametrize("place", ["Art. 5", "Art. 6", "Annex II", "Annex III"])
def test_both_readers_agree_on_places_that_matter(formex: Act, html: Act, place: str) -> None:
    def below(act: Act) -> dict[str, str]:
        inside = parse_citation(place)
        return {name: span.sha256 for name, span in act.spans.items() if inside.covers(parse_citation(name))}

    assert below(formex) == below(html)
    assert len(below(formex)) > 10


def test_both_readers_agree_on_the_whole_act(formex: Act, html: Act) -> None:
    """One quoted point of Art. 110 is broken into lines in another way; the words of the article are the same."""
    only = set(formex.spans) ^ set(html.spans)
    assert only == {"Art. 110 subpara. 1", "Art. 110 subpara. 2"}
    both = set(formex.spans) & set(html.spans)
    assert [name for name in both if formex.spans[name].sha256 != html.spans[name].sha256] == []


def test_the_words_are_those_of_the_copy_in_json(folder: Path, formex: Act) -> None:
    """The JSON was derived by others from the same files. It writes numbers without gaps."""
    told = json.loads((folder / "32024R1689.en.json").read_text(encoding="utf-8"))
    seen = 0
    for name, text in _points(told):
        provision = formex.provision(name)
        assert provision is not None, str(name)
        own = " ".join(line for line in provision.words.split("\n") if not re.match(r" *(\(\w+\)|—) ", line))
        assert _solid(own).startswith(_solid(text)), str(name)
        seen += 1
    assert seen > 700


def _points(told: Any) -> Iterator[tuple[Citation, str]]:
    """Recitals, points and first paragraphs with the citations that their ids say. Art. 110(68) is of another act."""
    if isinstance(told, list):
        for each in told:
            yield from _points(each)
    elif isinstance(told, dict):
        match = re.fullmatch(r"(rec|art|annex)_([0-9IVX]+)((?:\.[0-9a-z]+)*)", told.get("id", ""))
        plain = match is not None and "sub" not in match[3] and not re.search(r"\.s[0-9]", match[3])
        if match and plain and told.get("text") and match[0] != "art_110.68" and not match[0].startswith("annex_II."):
            unit = {"rec": "Recital", "art": "Art.", "annex": "Annex"}[match[1]]
            yield (
                parse_citation(f"{unit} {match[2]}" + "".join(f"({s})" for s in match[3].split(".")[1:])),
                told["text"],
            )
        for value in told.values():
            yield from _points(value)


def _solid(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_copy_of_the_real_act_without_one_annex_is_refused(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "formex"
    shutil.copytree(folder / "formex", copy, copy_function=shutil.copyfile)
    copy.chmod(0o755)
    (copy / "L_202401689EN.012701.fmx.xml").unlink()
    with pytest.raises(ValueError, match="LG0716"):
        read(copy)
