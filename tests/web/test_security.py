"""What is refused, and what every answer carries. These run against the application itself, without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from lagrum.web.app import create_app
from lagrum.web.security import HEADERS
from lagrum.web.settings import Settings
from lagrum.web.tokens import SIZE, token_for


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("guarded")
    settings = Settings(f"sqlite:///{folder / 'register.db'}", folder, hosts=("testserver",), body=10_000)
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/nothing-here", "/static/0/lagrum.css", "/api/v1/nothing"])
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_a_name_that_is_not_ours_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_another_site_sends_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/case", headers=headers).status_code == 403
    assert client.get("/", headers=headers).status_code == 200


def test_a_form_without_its_token_is_refused(client: TestClient) -> None:
    client.get("/")
    answer = client.post("/ask", data={"law": "eu-ai-act-2021-proposal"})
    assert answer.status_code == 403
    answer = client.post("/ask", data={"law": "eu-ai-act-2021-proposal", "token": "0" * 64})
    assert answer.status_code == 403


def test_the_token_of_each_answer_is_another_and_fits(client: TestClient) -> None:
    found = [re.findall(r'name="token" value="([0-9a-f]{64})"', client.get("/ask").text) for _ in range(2)]
    first, second = (set(each) for each in found)
    assert len(first) == len(second) == 1, "one mask a page, so that pages with many forms stay small"
    assert not first & second
    for token in first | second:
        answer = client.post("/ask", data={"law": "eu-ai-act-2021-proposal", "token": token}, follow_redirects=False)
        assert answer.status_code == 303
    (token,) = first
    for wrong in (token[:-2], token[32:], token[:32], token[32:] + token[:31] + "x", "00" * 32, token + "00"):
        assert client.post("/ask", data={"law": "eu-ai-act-2021-proposal", "token": wrong}).status_code == 403


def test_the_tokens_share_nothing_that_their_compressed_length_could_tell() -> None:
    tokens = [bytes.fromhex(token_for(b"secret", "browser")) for _ in range(64)]
    for place in range(2 * SIZE):
        assert len({token[place] for token in tokens}) > 32, "each byte is as good as random"


def test_pages_are_compressed_and_files_that_are_dense_are_not(client: TestClient) -> None:
    page = client.get("/help", headers={"accept-encoding": "gzip"})
    assert page.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in page.headers["vary"].lower()
    assert page.headers["content-security-policy"] == HEADERS["content-security-policy"]
    assert "content-encoding" not in client.get("/help", headers={"accept-encoding": "identity"}).headers
    assert "content-encoding" not in client.get("/favicon.ico", headers={"accept-encoding": "gzip"}).headers


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: TestClient) -> None:
    assert client.post("/ask", content=b"x" * 10_001).status_code == 413
    form = {"content-type": "application/x-www-form-urlencoded"}
    pieces = (b"x" * 1000 for _ in range(20))  # no length is said
    assert client.post("/ask", content=pieces, headers=form).status_code == 413
    assert client.post("/ask", content=b"", headers={"content-length": "-5"}).status_code == 413


def test_a_long_address_is_refused(client: TestClient) -> None:
    assert client.get("/?law=" + "x" * 9000).status_code == 414


def test_words_of_the_address_are_never_markup(client: TestClient) -> None:
    answer = client.get("/loopholes", params={"law": "<script>alert(1)</script>"})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("path", ["/static/x/../../app.py", "/static/..%2f..%2fapp.py", "/static/%00/lagrum.css"])
def test_no_path_leads_out(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_mistake_of_ours_shows_a_number_and_no_trace(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object) -> None:
        raise RuntimeError("the secret reason")

    monkeypatch.setattr("lagrum.web.pages.law.laws_document", wrong)
    answer = client.get("/law.json")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]


def test_too_many_requests_are_put_off(tmp_path: Path) -> None:
    settings = Settings(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, hosts=("testserver",), requests_a_minute=5)
    with TestClient(create_app(settings)) as client:
        answers = [client.get("/static/0/none").status_code for _ in range(7)]
    assert answers == [404] * 5 + [429] * 2
