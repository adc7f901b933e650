"""A team's server: signing in, roles, sessions that end, and who saw what."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from lagrum.register import Role
from lagrum.web.app import create_app
from lagrum.web.pages.account import inside
from lagrum.web.settings import Settings
from tests.web.conftest import Served, nothing_serious, picture

PASSWORDS = {"Ada": "correct horse battery", "Bo": "staple staple staple", "Cy": "reader reader reader"}
ROLES = {"Ada": Role.ADMIN, "Bo": Role.EDITOR, "Cy": Role.READER}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("team")
    settings = Settings(f"sqlite:///{folder / 'register.db'}", folder, team=True, hosts=("testserver",))
    with TestClient(create_app(settings), follow_redirects=False) as client:
        store = client.app.state.store  # type: ignore[attr-defined]
        for name, password in PASSWORDS.items():
            store.accounts.add(name, password, ROLES[name])
        yield client


@pytest.fixture(autouse=True)
def nobody(client: TestClient) -> None:
    client.cookies.clear()
    client.app.state.tries.__init__(10)  # type: ignore[attr-defined]


def token_of(client: TestClient, path: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', client.get(path).text)
    assert found is not None
    return found[1]


def sign_in(client: TestClient, name: str, password: str = "", to: str = "") -> int:
    token = token_of(client, "/sign-in")
    data = {"name": name, "password": password or PASSWORDS[name], "to": to, "token": token}
    answer = client.post("/sign-in", data=data)
    if answer.status_code == 303:
        assert answer.headers["location"] == (to or "/")
    return answer.status_code


@pytest.mark.parametrize("path", ["/", "/register", "/screen", "/case", "/account", "/accounts"])
def test_nobody_gets_in_without_signing_in(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["location"][:8]) == (303, "/sign-in")


def test_programs_are_told_to_sign_in(client: TestClient) -> None:
    answer = client.get("/api/v1/laws")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"


def test_signing_in_leads_to_where_one_wanted_to_go_and_signing_out_ends_it(client: TestClient) -> None:
    assert sign_in(client, "Bo", to="/help") == 303
    assert client.get("/account").status_code == 200
    client.post("/sign-out", data={"token": token_of(client, "/account")})
    assert client.get("/account").status_code == 303


def test_a_session_cookie_cannot_be_read_by_script_or_sent_from_elsewhere(client: TestClient) -> None:
    token = token_of(client, "/sign-in")
    answer = client.post("/sign-in", data={"name": "Bo", "password": PASSWORDS["Bo"], "token": token})
    cookie = next(each for each in answer.headers.get_list("set-cookie") if each.startswith("session="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_a_wrong_password_and_a_wrong_name_get_the_same_answer(client: TestClient) -> None:
    words = []
    for name in ("Ada", "Nobody"):
        token = token_of(client, "/sign-in")
        answer = client.post("/sign-in", data={"name": name, "password": "wrong wrong wrong", "token": token})
        assert answer.status_code == 422
        words.append(re.sub(r'value="[^"]*"', "", answer.text))
    assert words[0] == words[1]


def test_who_tries_too_often_waits(client: TestClient) -> None:
    answers = [sign_in(client, "Ada", "wrong wrong wrong") for _ in range(12)]
    assert answers[:10] == [422] * 10
    assert answers[10:] == [429] * 2
    assert sign_in(client, "Ada") == 429


def test_roles_bound_what_one_may_do(client: TestClient) -> None:
    assert sign_in(client, "Cy") == 303
    assert client.get("/accounts").status_code == 403
    assert client.get("/audit-log").status_code == 403
    client.cookies.clear()
    assert sign_in(client, "Bo") == 303
    assert client.get("/accounts").status_code == 403
    client.cookies.clear()
    assert sign_in(client, "Ada") == 303
    assert client.get("/accounts").status_code == 200


def test_an_administrator_adds_an_account_and_locks_it(client: TestClient) -> None:
    sign_in(client, "Ada")
    token = token_of(client, "/accounts")
    new = {"what": "add", "name": "Dee", "password": "a long first word", "role": "reader", "token": token}
    assert client.post("/accounts", data=new).status_code == 303
    assert client.post("/accounts", data=new).status_code == 422
    assert client.post("/accounts", data={**new, "name": "Eve", "password": "short"}).status_code == 422
    assert client.post("/accounts", data={**new, "name": "Eve", "role": "king"}).status_code == 400
    client.cookies.clear()
    assert sign_in(client, "Dee", "a long first word") == 303
    theirs = dict(client.cookies)
    client.cookies.clear()
    sign_in(client, "Ada")
    token = token_of(client, "/accounts")
    client.post("/accounts", data={"what": "disable", "name": "Dee", "token": token})
    client.cookies.clear()
    client.cookies.update(theirs)
    assert client.get("/account").status_code == 303


def test_a_new_password_ends_the_other_sessions(client: TestClient) -> None:
    sign_in(client, "Cy")
    elsewhere = dict(client.cookies)
    token = token_of(client, "/account")
    wrong = {"old": "not mine at all", "new": "another one now", "token": token}
    assert client.post("/account/password", data=wrong).status_code == 422
    right = {**wrong, "old": PASSWORDS["Cy"]}
    assert client.post("/account/password", data=right).status_code == 303
    assert client.get("/account").status_code == 200
    client.cookies.clear()
    client.cookies.update(elsewhere)
    assert client.get("/account").status_code == 303


def test_a_token_lets_a_program_in(client: TestClient) -> None:
    sign_in(client, "Bo")
    made = client.post("/account/token", data={"token": token_of(client, "/account")})
    token = re.findall(r"<code>([\w-]{40,})</code>", made.text)[0]
    client.cookies.clear()
    assert client.get("/api/v1/laws", headers={"authorization": f"Bearer {token}"}).status_code == 200
    assert client.get("/api/v1/laws", headers={"authorization": "Bearer nonsense"}).status_code == 401


def test_the_audit_says_who_saw_what(client: TestClient) -> None:
    sign_in(client, "Bo")
    client.get("/register")
    client.cookies.clear()
    sign_in(client, "Ada")
    assert re.search(r"<td>Bo</td><td[^>]*>saw</td><td>/register", client.get("/audit-log").text)


@pytest.mark.parametrize("to", ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "/a\nb"])
def test_signing_in_never_leads_elsewhere(to: str) -> None:
    assert inside(to) == "/"


def test_signing_in_by_keyboard(chromium: Browser, team: Served) -> None:
    team.app.state.store.accounts.add("Ada", PASSWORDS["Ada"], Role.ADMIN)
    page: Page = chromium.new_page(base_url=team.url)
    page.goto("/register")
    nothing_serious(page)
    picture(page, "sign-in")
    page.get_by_label("Name").focus()
    page.keyboard.type("Ada")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORDS["Ada"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Ada")).to_be_visible()
    for path in ("/account", "/accounts", "/audit-log"):
        page.goto(path)
        nothing_serious(page)
        picture(page, path[1:])
    page.close()
