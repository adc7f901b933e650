"""The register in a browser: what changes, systems with facts and evidence, two editors, the sealed history."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import icalendar
import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from lagrum.register import Role, Status, Store, System, Verified, verify_export
from lagrum.service.tending import Checked
from lagrum.web.app import create_app
from lagrum.web.settings import Settings
from tests.web.conftest import Served, _context, nothing_serious, picture

LAW, SMALL = "eu-ai-act", "eu-ai-act-2021-proposal"
MILITARY = "lagrum: 1\ncase: a drone\nfacts:\n  military origin: yes\n"
STATION = """lagrum: 1
case: cameras at a station
facts:
  practice: {including: identification}
  timing: {value: real-time, basis: assumed}
  place: {value: public street, basis: judged, by: the court, on: 2026-01-02}
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("register")
    settings = Settings(f"sqlite:///{folder / 'register.db'}", folder, hosts=("testserver",))
    with TestClient(create_app(settings)) as client:
        client.headers["accept-language"] = "en"
        yield client


def store_of(client: TestClient) -> Store:
    found: Store = client.app.state.store  # type: ignore[attr-defined]
    return found


def token(client: TestClient, path: str = "/register/new") -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get(path).text)
    assert found is not None
    return found[1]


def added(store: Store, name: str = "Cameras", case: str = STATION, law: str = SMALL, **more: object) -> System:
    return store.systems.add(name, "Traffic office", "deployer", case, by="Ada", law=law, **more)  # type: ignore[arg-type]


# --- what changes ------------------------------------------------------------------------------------------------


def test_what_changes_is_the_same_on_the_page_in_the_data_and_in_the_calendar(client: TestClient) -> None:
    system = added(store_of(client), "Station", law=LAW)
    told = client.get("/register/changes.json?from=2025-01-01&to=2028-12-31").json()
    assert told["schema"] == "lagrum/ahead/1"
    mine = [each for each in told["changes"] if each["system"] == system.id]
    assert [each["day"] for each in mine][:1] == ["2025-02-02"]
    events = icalendar.Calendar.from_ical(client.get("/register/changes.ics?from=2025-01-01&to=2028-12-31").content)
    days = [str(event.decoded("dtstart")) for event in events.walk("VEVENT")]
    assert days == [each["day"] for each in told["changes"]]
    page = client.get("/register/changes?from=2025-01-01&to=2028-12-31").text
    assert "2\N{NO-BREAK SPACE}February\N{NO-BREAK SPACE}2025" in page
    lines = client.get("/register/changes.csv?from=2025-01-01&to=2028-12-31").text.splitlines()
    assert len(lines) == len(told["changes"]) + 1


def test_the_calendar_speaks_the_readers_language(client: TestClient) -> None:
    added(store_of(client), "Stationen", law=LAW)
    feed = client.get("/register/changes.ics?from=2025-01-01&lang=sv").content
    client.cookies.delete("lang")
    first = icalendar.Calendar.from_ical(feed).walk("VEVENT")[0]
    assert "Ansvarig: Traffic office (tillhandahållare)" in str(first["description"])


@pytest.mark.parametrize("days", ["from=soon", "from=2027-01-01&to=2026-01-01", "to=2026-13-01"])
def test_days_that_are_none_are_refused(client: TestClient, days: str) -> None:
    answer = client.get(f"/register/changes?{days}")
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert client.get(f"/register/changes.json?{days}").status_code == 422


# --- the list ----------------------------------------------------------------------------------------------------


def test_the_undetermined_stand_first_and_filters_stand_in_the_address(client: TestClient) -> None:
    store = store_of(client)
    drone, cameras = added(store, "Drone", MILITARY), added(store, "Platform cameras")
    for each in (drone, cameras):
        client.post(f"/register/{each.id}/assess", data={"token": token(client)})
    page = client.get("/register?words=o").text
    assert page.index("Platform cameras") < page.index("Drone")
    only = client.get("/register?ruling=outside").text
    assert "Drone" in only
    assert "Platform cameras" not in only
    told = client.get("/register.json?words=drone").json()
    assert [each["name"] for each in told["systems"]] == ["Drone"]
    assert told["systems"][0]["assessments"][0]["ruling"] == "outside"
    assert "Drone" in client.get("/register.csv").text
    assert "No system fits." in client.get("/register?words=nothing-like-it").text


def test_a_system_whose_law_is_gone_hides_no_other(client: TestClient) -> None:
    store = store_of(client)
    lost = added(store, "Lost law", law="no-such-law")
    broken = added(store, "Broken facts", "lagrum: 1\ncase: x\nfacts: {nothing like it: yes}\n")
    page = client.get("/register?words=o")
    assert page.status_code == 200
    assert "Nothing can be said of these" in client.get("/register").text
    assert "This law cannot be read" in client.get(f"/register/{lost.id}").text
    assert "Its facts cannot be read" in client.get(f"/register/{broken.id}").text
    for each in (lost, broken):
        store.systems.retire(each.id, seen=each.version, by="Ada", reason="a test")


def test_files_are_taken_in_and_bad_ones_named(client: TestClient) -> None:
    files = [
        ("files", ("drone.yaml", MILITARY.encode())),
        ("files", ("<b>bad</b>.yaml", b"lagrum: 1\ncase: x\nfacts: {no such fact: yes}\n")),
        ("files", ("picture.yaml", b"\x89PNG\r\n")),
    ]
    data = {"token": token(client), "owner": "Bo", "role": "provider", "law": SMALL}
    answer = client.post("/register/import", data=data, files=files)
    assert answer.status_code == 200
    assert "1 system was added; 2 files were not taken in." in answer.text
    assert "&lt;b&gt;bad&lt;/b&gt;.yaml" in answer.text
    everything = client.get("/register/export.zip")
    with ZipFile(BytesIO(everything.content)) as archive:
        assert "history.jsonl" in archive.namelist()
    again = client.post(
        "/register/import", data={"token": token(client)}, files=[("files", ("all.zip", everything.content))]
    )
    assert "systems were added" in again.text
    nothing = client.post("/register/import", data={"token": token(client), "law": SMALL})
    assert nothing.status_code == 422


# --- one system --------------------------------------------------------------------------------------------------


def test_a_ruling_of_an_older_text_or_other_facts_is_stale(client: TestClient) -> None:
    store = store_of(client)
    system = added(store, "Stale")
    assert "Never assessed" in client.get(f"/register/{system.id}").text
    old = client.app.state.desk  # type: ignore[attr-defined]
    document = old.assess(old.law(SMALL), old.read_case(STATION), date(2026, 11, 1)).to_dict()
    document["laws"][0]["hash"] = "0" * 64
    store.assessments.add(system.id, document, "Ada")
    page = client.get(f"/register/{system.id}").text
    assert "the law has changed: re-assess" in page
    assert "the law has changed" in client.get("/register?words=stale").text
    client.post(f"/register/{system.id}/assess", data={"token": token(client)})
    assert "data-stale" not in client.get(f"/register/{system.id}").text
    store.systems.update(system.id, seen=1, by="Bo", case_text=MILITARY)
    assert "its facts have changed since: re-assess" in client.get(f"/register/{system.id}").text
    assert [each.ruling for each in store.assessments.of(system.id)] == ["undetermined", "undetermined"]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        'a"; filename="b.html',
        "<script>alert(1)</script>.html",
        "r\u00e9sum\u00e9 \U0001f600.pdf",
        "C:\\x\\y.txt",
    ],
)
def test_evidence_is_kept_whatever_it_is_called_and_never_shown_as_a_page(client: TestClient, name: str) -> None:
    system = added(store_of(client), "Evidence")
    content = b"<script>alert('hello')</script>"
    data = {"token": token(client), "fact": "practice", "title": "<img src=x onerror=alert(1)>"}
    answer = client.post(f"/register/{system.id}/evidence", data=data, files={"file": (name, content, "text/html")})
    assert answer.status_code == 200, answer.text[:500]
    assert "&lt;img src=x onerror=alert(1)&gt;" in answer.text
    (kept,) = store_of(client).evidence.of(system.id)
    assert "/" not in str(kept.file_name)
    assert "\\" not in str(kept.file_name)
    file = client.get(f"/register/{system.id}/evidence/{kept.id}")
    assert file.content == content
    assert file.headers["content-type"] == "application/octet-stream"
    assert file.headers["x-content-type-options"] == "nosniff"
    assert re.fullmatch(r"attachment; filename\*=UTF-8''[\w.~%-]+", file.headers["content-disposition"], re.ASCII)
    assert client.get(f"/register/{system.id + 1}/evidence/{kept.id}").status_code == 404


@pytest.mark.parametrize(
    ("data", "file", "field"),
    [
        ({"url": "javascript:alert(1)"}, None, "url"),
        ({}, None, "url"),
        ({"url": "https://example.org"}, b"both", "url"),
        ({}, b"", "url"),
        ({}, b"x" * (10 * 1024 * 1024 + 1), "file"),
    ],
    ids=["script", "neither", "both", "empty", "large"],
)
def test_evidence_that_is_none_is_refused_at_its_field(
    client: TestClient, data: dict[str, str], file: bytes | None, field: str
) -> None:
    system = added(store_of(client), "No evidence")
    form = {"token": token(client), "fact": "practice", **data}
    files = {"file": ("a.txt" if file else "", file)} if file is not None else None
    answer = client.post(f"/register/{system.id}/evidence", data=form, files=files)
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    assert f'id="{field}"' in answer.text
    assert store_of(client).evidence.of(system.id) == ()


def test_decisions_and_reviews_are_written_down_once_and_for_all(client: TestClient) -> None:
    system = added(store_of(client), "Decided")
    form = {
        "token": token(client),
        "kind": "review",
        "text": "Looked\r\nat it",
        "on": "2026-11-20",
        "next": "2027-01-01",
    }
    page = client.post(f"/register/{system.id}/decisions", data=form).text
    assert "next review on 1\N{NO-BREAK SPACE}January\N{NO-BREAK SPACE}2027" in page
    (kept,) = store_of(client).decisions.of(system.id)
    assert (kept.kind, kept.text, kept.by) == ("review", "Looked\nat it", "you")
    for wrong, field in (({"text": " "}, "text"), ({"on": "soon"}, "on"), ({"next": "2026-11-01"}, "next")):
        answer = client.post(f"/register/{system.id}/decisions", data={**form, "text": "kept text", **wrong})
        assert answer.status_code == 422
        assert f'<a href="#{field}">' in answer.text
        assert "kept text" in answer.text or wrong.get("text")
    assert len(store_of(client).decisions.of(system.id)) == 1


def test_retiring_asks_why_and_deletes_nothing(client: TestClient) -> None:
    store = store_of(client)
    system = added(store, "Old one")
    form = {"token": token(client), "seen": "1", "reason": " "}
    assert client.post(f"/register/{system.id}/retire", data=form).status_code == 422
    page = client.post(f"/register/{system.id}/retire", data={**form, "reason": "replaced"}).text
    assert "Retired." in page
    assert "retired the system: replaced" in page
    assert "Old one" not in client.get("/register").text
    assert "Old one" in client.get("/register?status=retired").text
    stale = client.post(f"/register/{system.id}/retire", data={**form, "reason": "my reason"})
    assert stale.status_code == 409
    assert "my reason" in stale.text
    client.post(f"/register/{system.id}/retire", data={**form, "seen": "2", "reason": "needed"})
    again = store.systems.get(system.id)
    assert again is not None
    assert again.status is Status.ACTIVE


def test_two_editors_of_the_fields_lose_nothing(client: TestClient) -> None:
    store = store_of(client)
    system = added(store, "Shared")
    store.systems.update(system.id, seen=1, by="Bo", owner="Bo's office", description="by Bo")
    form = {"token": token(client), "seen": "1", "name": "Shared by Ada", "owner": "Traffic office", "role": "deployer"}
    answer = client.post(f"/register/{system.id}/edit", data={**form, "description": "by Ada", "law": SMALL})
    assert answer.status_code == 409
    assert "Nothing of yours was saved yet." in answer.text
    assert 'value="Bo&#39;s office"' in answer.text  # only Bo has changed it
    assert 'value="Shared by Ada"' in answer.text
    assert ">by Ada</textarea>" in answer.text
    assert "both changed it: choose below" in answer.text
    now = store.systems.get(system.id)
    assert now is not None
    assert (now.name, now.version) == ("Shared", 2)
    merged = {**form, "seen": "2", "owner": "Bo's office", "description": "by both", "law": SMALL}
    assert client.post(f"/register/{system.id}/edit", data=merged).status_code == 200
    now = store.systems.get(system.id)
    assert now is not None
    assert (now.name, now.owner, now.description) == ("Shared by Ada", "Bo's office", "by both")


def test_two_editors_of_the_facts_lose_nothing(client: TestClient) -> None:
    store = store_of(client)
    system = added(store, "Shared facts")
    draft = store.drafts.create(SMALL, STATION.replace("assumed", "stated") + "  military origin: no\n")
    theirs = (
        STATION.replace("value: real-time, basis: assumed", "value: later") + "  developed for research alone: no\n"
    )
    store.systems.update(system.id, seen=1, by="Bo", case_text=theirs)
    form = {"token": token(client), "draft": draft.id, "seen": "1"}
    answer = client.post(f"/register/{system.id}/take", data=form)
    assert answer.status_code == 409
    assert answer.text.count("<fieldset") == 1  # only the timing clashes
    chosen = {**form, "current": "2", "pick.timing": "yours"}
    assert client.post(f"/register/{system.id}/take", data=chosen).status_code == 200
    now = store.systems.get(system.id)
    assert now is not None
    facts = client.app.state.desk.read_case(now.case_text).facts  # type: ignore[attr-defined]
    assert facts["timing"].text == "timing is real-time"
    assert {"military origin", "developed for research alone"} <= facts.keys()


def test_a_draft_becomes_a_system_and_is_assessed(client: TestClient) -> None:
    draft = store_of(client).drafts.create(SMALL, MILITARY)
    page = client.get(f"/register/new?draft={draft.id}").text
    assert "With 1 fact of the case" in page
    form = {
        "token": token(client),
        "draft": draft.id,
        "name": "Drone",
        "owner": "Army",
        "role": "deployer",
        "law": SMALL,
    }
    page = client.post("/register/new", data=form).text
    assert "Outside" in page
    assert "data-stale" not in page
    refused = client.post("/register/new", data={**form, "owner": " ", "law": ""})
    assert refused.status_code == 422
    assert {'<a href="#owner">', '<a href="#law">'} <= set(re.findall(r'<a href="#\w+">', refused.text))


@pytest.mark.parametrize(
    "path", ["/register/999999", "/register/0", "/register/99999999999999999999", "/register/999999/edit"]
)
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


# --- the history -------------------------------------------------------------------------------------------------


def test_the_history_goes_along_and_is_checked(client: TestClient) -> None:
    added(store_of(client), "In the history")
    verified = verify_export(BytesIO(client.get("/register/history.jsonl").content))
    assert verified.good
    told = client.get("/register/history.json").json()
    assert (told["schema"], told["entries"], told["head"]) == ("lagrum/history/1", verified.entries, verified.head)
    page = client.post("/register/history", data={"token": token(client)}).text
    assert f"{verified.entries} entries, checked just now" in page
    earlier = client.get("/register/history?before=3").text
    assert earlier.count("<tr>") == 3  # the head and two entries


def test_tampering_is_shown(tmp_path: Path) -> None:
    settings = Settings(f"sqlite:///{tmp_path / 'register.db'}", tmp_path, hosts=("testserver",))
    with TestClient(create_app(settings)) as client:
        system = added(store_of(client))
        added(store_of(client), "Another")
        assert "<strong>Sealed</strong>, 2 entries" in client.get("/register/history").text
        with sqlite3.connect(tmp_path / "register.db") as database:
            triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for (name,) in triggers:
                database.execute(f"DROP TRIGGER {name}")
            database.execute("UPDATE history SET who = 'Mallory' WHERE seq = 1")
            database.execute("UPDATE systems SET owner = 'Mallory' WHERE id = 1")
        database.close()
        page = client.post("/register/history", data={"token": token(client)}).text
        assert "The history is not as it was written" in page
        assert "Entry 1, or its place in the chain, was changed." in page
        assert "system/1 is not what the history says of it." in page
        assert "The history is not as it was written" in client.get(f"/register/{system.id}").text


def test_how_long_ago_a_check_was() -> None:
    assert Checked(Verified(1, "0" * 64, None), datetime.now(UTC)).minutes == 0


# --- a team ------------------------------------------------------------------------------------------------------


def test_roles_on_a_teams_server(tmp_path: Path) -> None:
    settings = Settings(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, team=True, hosts=("testserver",))
    with TestClient(create_app(settings)) as client:
        store = store_of(client)
        people = [store.accounts.add(n, "a long password", r) for n, r in (("Cy", Role.READER), ("Bo", Role.EDITOR))]
        system = added(store)
        reader, editor = (store.sessions.start(each) for each in people)
        assert client.get("/register", follow_redirects=False).headers["location"].startswith("/sign-in")
        client.cookies.set("session", reader)
        page = client.get(f"/register/{system.id}")
        assert page.status_code == 200
        assert "Edit the facts" not in page.text
        assert "Add a system" not in client.get("/register").text
        refused = client.get(f"/register/{system.id}/edit")
        assert refused.status_code == 403
        assert "Who can: Bo." in refused.text
        form = {"token": token(client, "/help" if 'name="token"' in client.get("/help").text else "/account")}
        assert client.post(f"/register/{system.id}/assess", data=form).status_code == 403
        client.cookies.delete("session")
        feed = client.get("/register/changes.ics", headers={"authorization": f"Bearer {reader}"})
        assert feed.headers["content-type"].startswith("text/calendar")
        client.cookies.set("session", editor)
        client.post(f"/register/{system.id}/assess", data={"token": token(client)})
        assert [each.who for each in store.assessments.of(system.id)] == ["Bo"]
        assert any(each.subject == f"/register/{system.id}" and each.who == "Cy" for each in store.audit.page())


# --- in a browser ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with a register of a few systems."""
    folder = tmp_path_factory.mktemp("full")
    with Served(Settings(f"sqlite:///{folder / 'register.db'}", folder / "uploads")) as running:
        store = running.app.state.store
        due = date(2026, 11, 1)
        for name, case, laws in (("Cameras", STATION, LAW), ("Drone", MILITARY, SMALL)):
            system = added(store, name, case, laws, description="Over the main hall.", review_due=due)
            running.app.state.tending.reassessing.one(system, "Ada")
        store.evidence.add_link(1, "practice", "https://example.org/contract", title="The contract", by="Ada")
        store.evidence.add_file(1, "timing", "plan.pdf", b"x" * 2000, by="Ada")
        store.decisions.add(1, "decision", "Not before the court has said so.", by="Ada", on=date(2026, 11, 20))
        added(store, "Never looked at")
        running.app.state.outlooks.of(store.systems.every(), date.min, date.max, patience=30)
        yield running


@pytest.mark.parametrize(
    ("width", "locale", "scheme"), [(1280, "en-GB", "light"), (320, "en-GB", "light"), (768, "sv-SE", "dark")]
)
def test_every_page_is_sound(chromium: Browser, full: Served, width: int, locale: str, scheme: str) -> None:
    context = _context(chromium, full, width, 900, locale, color_scheme=scheme)
    page = context.new_page()
    for path in ("", "/1", "/changes", "/new", "/1/edit", "/history", "/import", "/1/retire"):
        page.goto(f"/register{path}")
        nothing_serious(page)
        picture(page, f"register{path.replace('/', '-')}-{width}-{scheme}")
    context.close()


def test_the_empty_register_says_how_to_begin(tmp_path: Path, chromium: Browser) -> None:
    with Served(Settings(f"sqlite:///{tmp_path / 'register.db'}", tmp_path)) as empty:
        context = _context(chromium, empty, 1280, 900)
        page = context.new_page()
        page.goto("/register")
        expect(page.get_by_role("heading", name="Three ways to add the first one")).to_be_visible()
        nothing_serious(page)
        picture(page, "register-empty")
        context.close()


def test_the_whole_story_by_keyboard(page: Page) -> None:
    """Add a system, change its facts, keep them, back them, decide, retire: no mouse."""

    def press(name: str, role: str = "button") -> None:
        page.get_by_role(role, name=name, exact=True).first.focus()  # type: ignore[arg-type]
        page.keyboard.press("Enter")

    page.goto("/register/new")
    page.get_by_label("Name of the system").focus()
    for words in ("Doors", "A. Berg"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.get_by_label("Law 1").select_option(SMALL)
    press("Add it and assess it")
    expect(page.get_by_role("heading", level=1)).to_have_text("Doors")
    expect(page.locator(".verdict")).to_contain_text("Undetermined")
    press("Edit the facts")
    expect(page.locator("form.note")).to_contain_text("Doors")
    page.get_by_label("Words", exact=True).focus()
    page.keyboard.type("military")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("find=military"))
    page.locator("#military-origin").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("status")).to_contain_text("Ruling: outside")
    press("Keep them in the register")
    page.wait_for_url(re.compile(r"/register/\d+$"))
    expect(page.locator(".verdict")).to_have_text("Outside")
    expect(page.locator("[data-stale]")).to_contain_text("its facts have changed since")
    press("Assess now")
    expect(page.locator("[data-stale]")).to_have_count(0)
    page.locator("summary", has_text="Add evidence").focus()
    page.keyboard.press("Enter")
    page.get_by_label("A link").focus()
    page.keyboard.type("example.org")
    press("Add evidence")
    expect(page.locator("#problems")).to_be_focused()
    assert page.title().startswith("Error: ")
    expect(page.get_by_label("A link")).to_have_value("example.org")
    page.get_by_label("A link").focus()
    page.keyboard.press("Home")
    page.keyboard.type("https://")
    press("Add evidence")
    expect(page.get_by_role("link", name="https://example.org")).to_be_visible()
    press("Retire", "link")
    page.get_by_label("Why").focus()
    page.keyboard.type("replaced")
    press("Retire")
    expect(page.get_by_text("Retired.")).to_be_visible()
    nothing_serious(page)


def test_two_people_edit_at_once(chromium: Browser, full: Served) -> None:
    pages = []
    for _ in range(2):
        context = _context(chromium, full, 1280, 900)
        page = context.new_page()
        page.goto("/register/3/edit")
        pages.append(page)
    first, second = pages
    first.get_by_label("Who answers for it").fill("First")
    first.get_by_role("button", name="Save").click()
    expect(first.get_by_text("Who answers for it: First")).to_be_visible()
    second.get_by_label("Who answers for it").fill("Second")
    second.get_by_role("button", name="Save").click()
    expect(second.locator("#problems")).to_be_focused()
    expect(second.get_by_role("row").filter(has_text="First")).to_contain_text("Second")
    expect(second.get_by_label("Who answers for it")).to_have_value("Second")
    nothing_serious(second)
    picture(second, "register-conflict")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_text("Who answers for it: Second")).to_be_visible()
    for page in pages:
        page.context.close()


def test_without_script(chromium: Browser, full: Served) -> None:
    context = _context(chromium, full, 1280, 900, java_script_enabled=False)
    page = context.new_page()
    page.goto("/register")
    page.get_by_label("Ruling", exact=True).select_option("outside")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".systems tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Drone").click()
    page.locator("summary", has_text="Add a decision").click()
    page.get_by_label("What was decided or found, and why").fill("It may fly.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("It may fly.")).to_be_visible()
    context.close()
