"""The law to read: the list, a law as a document, a provision at its citation."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from lagrum.library import open_library
from lagrum.model.citations import parse_citation
from lagrum.texts import folder, read_acts, save
from lagrum.web.address import address_of
from lagrum.web.app import create_app
from lagrum.web.settings import Settings
from tests.web.conftest import nothing_serious, picture

ACT, H = "/law/eu-ai-act", "/law/eu-ai-act/art/5/1/h"
ON = "?on=2026-11-22"
PAGE, MOST = 30 * 1024, 60 * 1024  # bytes of a usual page, and of the longest


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    where = tmp_path_factory.mktemp("law")
    settings = Settings(f"sqlite:///{where / 'register.db'}", where / "uploads", hosts=("testserver",))
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield client


@pytest.fixture(autouse=True)
def no_texts(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody imported on this machine is not in the pages of the tests."""
    monkeypatch.setenv("LAGRUM_TEXTS", str(tmp_path_factory.mktemp("texts")))


def words(client: TestClient, address: str, status: int = 200) -> str:
    """The words of a page, without its tags."""
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:400]
    text = re.sub(r"<(?:style|script).*?</(?:style|script)>", "", answer.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).replace("\xa0", " ").split())


# --- the list ------------------------------------------------------------------------------------------------------


def test_every_law_is_listed_with_its_rules(client: TestClient) -> None:
    page = client.get("/law").text
    for instrument in open_library().pack.instruments.values():
        assert f'href="{address_of(instrument.id)}"' in page
    assert len(page.encode()) < PAGE


def test_filters_choose(client: TestClient) -> None:
    found = list(csv.reader(io.StringIO(client.get("/law.csv?kind=ordinance").text.removeprefix("\ufeff"))))
    assert {row[0] for row in found[1:]} == {"us-ca-sf-19b", "us-or-portland-190113", "us-or-portland-34-10"}
    assert "3 texts" in words(client, "/law?kind=ordinance")
    assert "Nothing is all of that" in words(client, "/law?kind=ordinance&region=European+Union")


def test_what_is_in_force_goes_by_the_day(client: TestClient) -> None:
    def listed(day: str) -> bool:
        return "/law/eu-ai-act<" in client.get(f"/law?standing=now&on={day}").text.replace('">', "<")

    assert not listed("2024-07-31")
    assert listed("2024-08-01")


def test_the_list_for_programs(client: TestClient) -> None:
    told = client.get("/law.json").json()
    assert {each["id"] for each in told["instruments"]} == set(open_library().pack.instruments)


# --- a law as a document -------------------------------------------------------------------------------------------


def test_a_short_law_is_one_page(client: TestClient) -> None:
    told = words(client, "/law/us-il-bipa")
    assert "740 ILCS 14 is in force" in told
    assert "§ 15(b)" in told


def test_every_rule_of_a_long_law_stands_on_one_of_its_pages(client: TestClient) -> None:
    contents = client.get(ACT + ON).text
    parts = dict.fromkeys(re.findall(r'href="(/law/eu-ai-act/part/[a-z0-9-]+)\?', contents))
    assert len(parts) > 8
    pages = {part: client.get(part + ON) for part in parts}
    assert all(page.status_code == 200 and len(page.content) < MOST for page in pages.values())
    there = set(re.findall(r'href="(/law/eu-ai-act/[^"?]+)\?', "".join(page.text for page in pages.values())))
    instrument = open_library().law("eu-ai-act").instruments[0]
    assert {address_of("eu-ai-act", norm.citation) for norm in instrument.norms} <= there


def test_prose_cannot_bring_html(client: TestClient, tmp_path: Path) -> None:
    law = """# A law <script>alert(1)</script>

Some <b onclick="x">prose</b> and a [link](javascript:alert(1)) and [another](other.md).

```law
instrument trial
  title        "Trial <i>law</i>"
  citation     "Trial Act"
  source       https://example.org
  jurisdiction EU
  kind         regulation
  published    2024-01-01
  in force     2024-01-01
  uses         ai-use
  review       ours

forbid Art. 1 "all <u>use</u>"
  when act has use
```
"""
    (tmp_path / "trial.md").write_text(law, encoding="utf-8")
    settings = Settings(
        f"sqlite:///{tmp_path / 'r.db'}", tmp_path / "uploads", hosts=("testserver",), folders=(tmp_path,)
    )
    with TestClient(create_app(settings)) as own:
        for address in ("/law", "/law/trial", "/law/trial/art/1"):
            page = own.get(address)
            assert page.status_code == 200
            assert not re.search(r"<script>|<b onclick|<i>law|<u>use|javascript:alert\(1\)\"", page.text)
        assert 'href="other.md"' not in own.get("/law/trial").text


def test_a_law_that_there_is_not(client: TestClient) -> None:
    assert "eu-ai-act" in words(client, "/law/eu-ai-akt", 404)
    problem = client.get("/law/nothing.json")
    assert problem.status_code == 404
    assert problem.headers["content-type"] == "application/problem+json"


# --- a provision ---------------------------------------------------------------------------------------------------


def test_a_provision_says_what_it_forbids_since_when_and_what_lifts_it(client: TestClient) -> None:
    told = words(client, H + ON)
    first = "Article 5(1), point (h), of Regulation (EU) 2024/1689 forbids: live identification in public places"
    assert first in told
    assert "In force since 2 February 2025." in told
    for expected in (
        "Art. 5(1)(h)(iii) finding the suspect",
        "Art. 2(3) subpara. 2",
        "timing in real-time",
        "Art. 3(42)",
    ):
        assert expected in told
    assert re.search(r"\d+ worked cases say what must come out here", told)
    assert "as amended by Regulation (EU) 2026/1744, on 22 November 2026" in told


def test_the_question_behind_a_condition_is_there(client: TestClient) -> None:
    from lagrum.model.facts import Fact

    timing: Fact = open_library().pack.facts["timing"]
    assert timing.question in words(client, H + ON)


def test_what_is_not_in_force_yet_is_said_in_words(client: TestClient) -> None:
    assert "Not in force yet: from 2 December 2026" in words(client, "/law/eu-ai-act/art/5/1/ba" + ON)
    assert "In force since 2 December 2026" in words(client, "/law/eu-ai-act/art/5/1/ba?on=2026-12-02")
    assert "Something here changes on one later day: 2 December 2026" in words(client, "/law/eu-ai-act/art/5" + ON)


def test_history_names_the_act_and_marks_the_words(client: TestClient) -> None:
    page = client.get("/law/eu-ai-act/art/2/2" + ON).text
    assert "by eu-ai-omnibus-2026 Art. 1(2)" in page
    assert "<ins>" in page and "<del>" in page


def test_two_readings_stand_beside_each_other_and_can_be_chosen(client: TestClient) -> None:
    page = client.get(H + ON).text
    others = [unescape(each) for each in re.findall(r'href="([^"]+reading=[^"]+)"', page)]
    assert others
    chosen = words(client, others[0])
    assert words(client, H + ON).count("The page is read so.") == chosen.count("The page is read so.")
    assert client.get(others[0]).text != page


def test_the_json_twin_is_that_of_the_command(client: TestClient) -> None:
    told = client.get(H + ".json" + ON).json()
    assert told["schema"] == "lagrum/show/1"
    assert {norm["citation"] for norm in told["norms"]} >= {"Art. 5(1)(h)", "Art. 5(1)(h)(iii)"}
    assert "/work" not in json.dumps(told), "no path of this machine"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/law/eu-ai-act?cite=5.1+h", H),
        ("/law/eu-ai-act?cite=Article+5(1),+point+(h)(iii)", H + "/iii"),
        ("/law/eu-ai-act?cite=Article+5(1),+first+subparagraph,+point+(h)(iii)", H + "/iii"),
        ("/law/eu-ai-act/artikel 5.1 h", H),
        ("/law/eu-ai-act/5(1)(h)", H),
        ("/law/eu-ai-act/annex/iii/1/a", "/law/eu-ai-act/annex/III/1/a"),
        ("/law/eu-ai-act?cite=bilaga+III+punkt+1+a", "/law/eu-ai-act/annex/III/1/a"),
        ("/law/us-il-bipa?cite=740+ILCS+14/15(b)", "/law/us-il-bipa/section/15/b"),
        ("/law/us-co-24-205?cite=section+6-1-1703(2)", "/law/us-co-24-205/sec/6-1-1703/2"),
    ],
)
def test_a_citation_in_another_form_leads_to_its_address(client: TestClient, typed: str, address: str) -> None:
    answer = client.get(typed)
    assert answer.status_code == 303
    assert answer.headers["location"] == address


def test_a_place_without_a_rule_says_so_and_what_is_near(client: TestClient) -> None:
    told = words(client, "/law/eu-ai-act/art/5/1/z" + ON, 404)
    assert "No rule is encoded for Article 5(1), point (z)" in told
    assert "Art. 5(1)(a)" in told
    assert "A later text has it: that of 24 July 2026" in words(client, "/law/eu-ai-act/art/4a?on=2025-01-01", 404)
    assert client.get("/law/eu-ai-act/art").status_code == 404
    assert client.get("/law/eu-ai-act/nonsense/1").status_code == 404
    assert client.get(ACT + "?cite=nonsense").status_code == 422
    assert client.get(H + "?on=2026-13-01").status_code == 422


def test_every_provision_has_a_page(client: TestClient) -> None:
    """One of each kind of unit and depth in every law: the page stands, small enough."""
    seen: set[tuple[str, str, int]] = set()
    for instrument in open_library().pack.instruments.values():
        for norm in instrument.norms:
            kind = (instrument.id, norm.kind.value, len(norm.citation.path))
            if kind not in seen and len(seen) < 400:
                seen.add(kind)
                answer = client.get(address_of(instrument.id, norm.citation))
                assert answer.status_code == 200, norm.key
                assert len(answer.content) < MOST, norm.key


def test_official_words_stand_beside_when_they_were_imported(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAGRUM_TEXTS", str(tmp_path))
    assert "Official words" not in words(client, "/law/eu-ai-act/art/5" + ON)
    (act,) = read_acts([OFFICIAL])
    from dataclasses import replace

    save(replace(act, instruments=("eu-ai-act",)), folder())
    citation = next(iter(act.spans))
    told = words(client, address_of("eu-ai-act", parse_citation(citation)))
    assert "Official words" in told
    provision = act.provision(parse_citation(citation))
    assert provision is not None
    assert " ".join(provision.words.split("\n")[0].split())[:60] in told


OFFICIAL = Path(__file__).parent.parent.parent / "texts" / "data" / "formex"


# --- in a browser ----------------------------------------------------------------------------------------------------


def test_from_the_list_to_a_provision(page: Page) -> None:
    page.goto("/law")
    nothing_serious(page)
    picture(page, "laws")
    page.get_by_role("link", name="Artificial Intelligence Act", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Artificial Intelligence Act")
    nothing_serious(page)
    picture(page, "law")
    page.get_by_label("Go to a provision").fill("artikel 5.1 h")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Art. 5(1)(h)")
    page.get_by_text("real-time", exact=True).first.click()
    page.get_by_text("timing in real-time").click()
    nothing_serious(page)
    picture(page, "provision")


def test_a_part_by_keyboard_alone(page: Page) -> None:
    page.goto("/law/eu-ai-act/part/prohibited")
    nothing_serious(page)
    picture(page, "law-part")
    link = page.get_by_role("link", name="Art. 5(1)(e)").first
    for _ in range(120):
        page.keyboard.press("Tab")
        if link.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/law/eu-ai-act/art/5/1/e"))


def test_a_provision_on_a_phone(phone: Page) -> None:
    phone.goto(H)
    nothing_serious(phone)
    picture(phone, "provision-phone")


def test_a_provision_without_script(plain: Page) -> None:
    plain.goto(H)
    expect(plain.get_by_role("button", name="Copy")).to_have_count(0)
    plain.get_by_label("Day").fill("2024-09-01")
    plain.get_by_role("button", name="Show").click()
    expect(plain.locator(".lead")).to_contain_text("Not in force yet: from 2 February 2025")


def test_a_provision_in_swedish_and_dark(swedish: Page) -> None:
    swedish.goto(H)
    expect(swedish.locator(".lead")).to_contain_text("Artikel 5.1 h i förordning (EU) 2024/1689 förbjuder")
    nothing_serious(swedish)
    picture(swedish, "provision-swedish")
