"""Cases without a browser: what is taken in, what is refused, what two people do at once, and the twins."""

from __future__ import annotations

import gzip
import re
import shlex
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from starlette.testclient import TestClient

from lagrum.library import built_in_laws
from lagrum.web.app import create_app
from lagrum.web.forms import slug_of
from lagrum.web.settings import Settings
from lagrum.web.static import files
from tests.web.same import opened

STATION = built_in_laws() / "eu/ai-act/cases/2021-proposal/d-01-live-watch-by-police.yaml"
LAW = "eu-ai-act-2021-proposal"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("cases")
    settings = Settings(f"sqlite:///{folder / 'register.db'}", folder, hosts=("testserver",), requests_a_minute=10_000)
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


def token(client: TestClient) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', client.get("/case").text)
    assert found
    return found[1]


@pytest.fixture
def station(client: TestClient) -> str:
    return opened(client, STATION.read_text(), LAW)


def said(client: TestClient, address: str, fact: str, **fields: str) -> dict[str, str]:
    """The form of one fact as the page shows it, with other fields."""
    page = client.get(f"{address}/facts", params={"fact": fact}).text
    slug = fact.replace(" ", "-")
    shown = dict(re.findall(r'<input type="hidden" name="(seen|token|[\w-]+\.was)" value="([^"]*)"', page))
    shown = {name: unescape(value) for name, value in shown.items() if not name.endswith(".was") or slug in name}
    return {**shown, "fact": slug, **{name.replace("_", "."): value for name, value in fields.items()}}


def ruling(client: TestClient, address: str) -> str:
    return str(client.get(f"{address}.json").json()["ruling"])


# --- taking in -------------------------------------------------------------------------------------------------------


def test_a_case_file_gives_what_the_command_gives(client: TestClient, station: str) -> None:
    desk = client.app.state.desk  # type: ignore[attr-defined]
    case = desk.read_case(STATION.read_text())
    expected = desk.assess(desk.law(LAW, case.dates[0]), case, case.dates[0]).to_dict()
    assert client.get(f"{station}.json").json() == expected
    again = desk.read_case(client.get(f"{station}/case.yaml").text)
    assert {name: given.open for name, given in again.facts.items()} == {n: g.open for n, g in case.facts.items()}


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", "Choose a case file"),
        (b"x" * (256 * 1024 + 1), "larger than 256 KiB"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"lagrum: 1\ncase: a\nfacts:\n  timing: soon\n", "is no answer to"),
        (b"lagrum: 1\ncase: a\nlaw: [no-such-law]\nfacts: {}\n", "there is no law"),
        (b"facts: &a [*a, *a]", "problem"),
    ],
)
def test_a_file_that_is_no_case_is_refused_with_the_reason(client: TestClient, content: bytes, wanted: str) -> None:
    answer = client.post("/case/open", data={"token": token(client), "law": LAW}, files={"file": ("a.yaml", content)})
    assert answer.status_code == 422
    assert wanted in answer.text
    assert "<title>Error:" in answer.text


def test_a_name_is_text_and_never_script(client: TestClient) -> None:
    address = opened(client, 'lagrum: 1\ncase: "<script>alert(1)</script>"\nfacts: {}\n', LAW)
    for below in ("", "/facts", "/print", "/timeline", "/versus"):
        page = client.get(address + below).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_there_is_no_case_under_an_address_that_nobody_was_given(client: TestClient) -> None:
    for below in ("", "/facts", "/print", ".json", "/case.yaml", "/timeline.csv"):
        assert client.get(f"/case/AAAAAAAAAAAAAAAAAAAAAA{below}").status_code == 404


# --- changing --------------------------------------------------------------------------------------------------------


def test_an_answer_of_somebody_else_is_never_overwritten_silently(client: TestClient, station: str) -> None:
    mine = said(client, station, "timing", timing="later")
    theirs = said(client, station, "timing", timing="short delay")
    assert client.post(f"{station}/facts", data=theirs).status_code == 200
    refused = client.post(f"{station}/facts", data=mine)
    assert refused.status_code == 409
    assert "Somebody else has answered this" in refused.text
    assert "timing: short delay" in client.get(f"{station}/case.yaml").text
    form = refused.text[refused.text.index('class="clash"') :]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")]))
    kept = client.post(f"{station}/facts", data={name: unescape(value) for name, value in fields.items()})
    assert kept.status_code == 200
    assert "timing: later" in client.get(f"{station}/case.yaml").text


def test_answers_to_different_questions_go_together(client: TestClient, station: str) -> None:
    one = said(client, station, "timing", timing="later")
    other = said(client, station, "military origin", **{"military-origin": "yes"})
    assert client.post(f"{station}/facts", data=one).status_code == 200
    assert client.post(f"{station}/facts", data=other).status_code == 200
    text = client.get(f"{station}/case.yaml").text
    assert "timing: later" in text
    assert "military origin: yes" in text


def test_a_change_with_script_brings_the_ruling_alone(client: TestClient, station: str) -> None:
    before = ruling(client, station)
    form = said(client, station, "timing", timing="later")
    answer = client.post(f"{station}/facts", data=form, headers={"x-part": "#answer"})
    after = ruling(client, station)
    assert (before, after) == ("forbidden", "regulated")
    assert f'data-say="Ruling: {after} (was {before})"' in answer.text
    assert "<html" not in answer.text


def test_how_an_answer_is_known_is_kept(client: TestClient, station: str) -> None:
    form = said(client, station, "timing", timing="later", timing_basis="judged", timing_by="A. Berg", timing_on="")
    client.post(f"{station}/facts", data=form)
    assert "timing: {value: later, basis: judged, by: A. Berg}" in client.get(f"{station}/case.yaml").text
    assert "judged by A. Berg" in client.get(f"{station}/facts?fact=timing").text


def test_answers_that_cannot_be_together_are_not_saved(client: TestClient, station: str) -> None:
    text = client.get(f"{station}/case.yaml").text
    refused = client.post(f"{station}/facts", data=said(client, station, "police powers", **{"police-powers": "no"}))
    assert refused.status_code == 422
    problems = refused.text[refused.text.index('id="problems"') :].partition("</div>")[0]
    assert "Who is this actor?" in problems
    assert "Does the law give it power" in problems
    assert client.get(f"{station}/case.yaml").text == text
    assert client.get(station).status_code == 200


def test_one_wrong_field_hides_nothing_else(client: TestClient, station: str) -> None:
    form = said(client, station, "timing", timing="nonsense") | {"timing.by": "A. Berg"}
    refused = client.post(f"{station}/facts", params={"fact": "timing"}, data=form)
    assert refused.status_code == 422
    assert "<title>Error:" in refused.text
    assert 'href="#timing"' in refused.text
    assert 'value="A. Berg"' in refused.text
    assert "Forbidden" in refused.text


def test_a_case_that_contradicts_itself_names_both_answers(client: TestClient) -> None:
    text = "lagrum: 1\ncase: a\nfacts:\n  actor: law enforcement agency\n  police powers: no\n  timing: later\n"
    address = opened(client, text, LAW)
    page = client.get(address)
    assert page.status_code == 200
    assert "the facts contradict each other" in page.text
    for name in ("actor", "police+powers"):
        assert f"/facts?fact={name}" in page.text
    assert "/facts?fact=timing" not in page.text
    assert client.get(f"{address}/timeline").status_code == 422
    assert 'id="timing"' in client.get(f"{address}/facts?show=known").text
    mended = client.post(f"{address}/facts", data=said(client, address, "police powers", **{"police-powers": "yes"}))
    assert mended.status_code == 200
    assert "Undetermined" in client.get(address).text


def test_another_law_and_day_stand_in_the_address(client: TestClient, station: str) -> None:
    page = client.get(station, params={"law": "eu-ai-act", "on": "2024-01-01"}).text
    assert "Regulation (EU) 2024/1689" in page
    assert "is not in force on 1\N{NO-BREAK SPACE}January\N{NO-BREAK SPACE}2024" in page
    assert f"{station}/facts?law=eu-ai-act&amp;on=2024-01-01" in page
    assert client.get(station, params={"on": "soon"}).status_code == 422


def test_the_ruling_does_not_wait_for_its_reasons(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lagrum.web.case.sitting.PATIENCE", 0)
    address = opened(client, STATION.read_text().replace("case: police", "case: the police"), LAW)
    assert client.get(address).status_code == 200
    page = client.get(f"{address}?on=2022-01-02").text
    assert "The reasons are being worked out" in page
    assert "Forbidden" in page
    monkeypatch.undo()
    assert "The smallest set of facts" in client.get(f"{address}?on=2022-01-02").text


# --- other pages and twins -------------------------------------------------------------------------------------------


def test_the_printed_ruling_can_be_reproduced(client: TestClient, station: str) -> None:
    page = client.get(f"{station}/print").text
    found = re.search(r"<pre[^>]*><code>(.*?)</code></pre>", page)
    assert found
    words = shlex.split(unescape(found[1]))
    options = dict(zip(words[3::2], words[4::2], strict=True))
    desk = client.app.state.desk  # type: ignore[attr-defined]
    day = date.fromisoformat(options["--on"])
    case = desk.read_case(client.get(f"{station}/case.yaml").text)
    again = desk.assess(desk.law(options["--law"], day), case, day)
    assert again.id in page
    numbers = [int(number) for number in re.findall(r'id="p(\d+)"', page)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 10


@pytest.mark.parametrize(
    ("below", "kind", "start"),
    [
        ("/ruling.docx", "officedocument", b"PK"),
        ("/timeline.csv", "csv", b"from"),
        ("/norms.csv", "csv", b"instrument"),
    ],
)
def test_a_case_can_be_taken_along(client: TestClient, station: str, below: str, kind: str, start: bytes) -> None:
    answer = client.get(station + below)
    assert kind in answer.headers["content-type"]
    assert answer.content.removeprefix("\ufeff".encode()).startswith(start)


def test_the_twins_say_what_the_pages_say(client: TestClient, station: str) -> None:
    told = client.get(f"{station}/timeline.json").json()
    page = client.get(f"{station}/timeline").text
    assert page.count("<tr") == len(told["stretches"]) + 1
    ways = client.get(f"{station}/lawful.json").json()["ways"]
    assert client.get(f"{station}/lawful").text.count('name="way"') == min(len(ways), 20)
    rules = client.get(f"{station}/norms.csv", params={"kind": "forbid"}).text.strip().splitlines()
    assert f">{len(rules) - 1} rules" in client.get(f"{station}/norms", params={"kind": "forbid"}).text


def test_a_second_version_comes_from_a_file_or_an_address(client: TestClient, station: str) -> None:
    text = STATION.read_text().replace("timing: real-time", "timing: later")
    form = {"token": token(client), "address": ""}
    answer = client.post(f"{station}/versus", data=form, files={"file": ("b.yaml", text)})
    assert "1 of them matters" in answer.text
    other = opened(client, text, LAW)
    answer = client.post(f"{station}/versus", data={**form, "address": f"http://testserver{other}"})
    assert "1 of them matters" in answer.text
    assert client.post(f"{station}/versus", data={**form, "address": "/case/nothing"}).status_code == 422


def test_a_case_is_kept_in_the_register(client: TestClient, station: str) -> None:
    form = {"token": token(client), "name": "cameras", "owner": "A. Berg", "role": "deployer"}
    answer = client.post(f"{station}/keep", data=form, follow_redirects=False)
    assert answer.status_code == 303
    system = client.app.state.store.systems.get(int(answer.headers["location"].rpartition("/")[2]))  # type: ignore[attr-defined]
    assert (system.name, system.owner, system.role, system.laws) == ("cameras", "A. Berg", "deployer", (LAW,))
    assert client.get(f"{station}/case.yaml").text == system.case_text
    refused = client.post(f"{station}/keep", data={**form, "owner": ""})
    assert refused.status_code == 422
    assert 'href="#keep-owner"' in refused.text


def test_the_script_stays_small() -> None:
    assert len(gzip.compress(files()["case.js"].content)) < 8 * 1024


def test_pages_stay_small(client: TestClient, station: str) -> None:
    for below in ("", "/facts", "/timeline", "/versus", "/norms", "/print"):
        assert len(client.get(station + below).text) < 50_000, below


def test_facts_are_found_by_words_and_filtered(client: TestClient, station: str) -> None:
    def shown(**filters: str) -> list[str]:
        return re.findall(r'<p id="q-([\w-]+)"', client.get(f"{station}/facts", params=filters).text)

    everything = shown(group="biometrics")
    assert "timing" in everything
    assert shown(fact="timing") == ["timing"]
    assert "timing" in shown(find="people identified")
    assert "timing" in shown(show="known", group="biometrics")
    assert "timing" not in shown(show="unknown", group="biometrics")
    assert set(shown(show="known", group="biometrics")) | set(shown(show="unknown", group="biometrics")) == set(
        everything
    )
    assert shown(show="assumed") == []
    because = {each["fact"] for each in client.get(f"{station}.json").json()["because_facts"]}
    pages = [shown(show="deciding", start=str(start)) for start in range(0, 48, 12)]
    told = [slug for page in pages for slug in page]
    assert {slug_of(name) for name in because} <= set(told)
    assert len(told) == len(set(told))
