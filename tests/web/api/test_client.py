"""The typed client against a real server; signing in on a team's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from lagrum.client import Client, Problem
from lagrum.library import open_library
from lagrum.register import Role
from lagrum.service.models import JobAnswer
from tests.web.conftest import Served

CASE = {
    "lagrum": 1,
    "case": "live face recognition at a railway station",
    "law": ["eu-ai-act-2021-proposal"],
    "on": "2022-01-01",
    "facts": {"practice": {"including": "identification"}, "timing": "real-time"},
}


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[Client]:
    with Client(served.url) as made:
        yield made


def test_what_there_is(client: Client) -> None:
    assert {each["id"] for each in client.laws()["instruments"]} == set(open_library().pack.instruments)
    assert client.law("us-il-bipa", on=date(2026, 1, 1))["on"] == "2026-01-01"
    assert client.norms("5(1)(d)", ["eu-ai-act-2021-proposal"])["citation"] == "Art. 5(1)(d)"
    assert client.search("face", most=3)["found"]


def test_cases(client: Client) -> None:
    (brief,) = client.rulings(CASE)
    assert brief.ruling == "undetermined"
    assert brief.on == date(2022, 1, 1)
    (whole,) = client.assess(CASE, on=date(2022, 1, 1))
    assert (whole["ruling"], whole["possible"]) == (brief.ruling, brief.possible)
    other = {**CASE, "facts": {**CASE["facts"], "timing": "later"}}  # type: ignore[dict-item]
    assert client.versus(CASE, other)[0]["schema"] == "lagrum/versus/1"
    assert client.lawful(CASE)[0]["schema"] == "lagrum/lawful/1"
    assert client.timeline(CASE)[0]["stretches"]
    assert client.ask(CASE, until="ruling")["question"]["fact"]


def test_long_analyses(client: Client) -> None:
    found = client.loopholes("eu-ai-act-2021-proposal", "ban-biometric-surveillance-2021", on=date(2022, 1, 2))
    assert found["complete"] is True
    again = client.start(
        "loopholes", law="eu-ai-act-2021-proposal", against="ban-biometric-surveillance-2021", on=date(2022, 1, 2)
    )
    assert again == found  # at once
    assert client.compare("eu-ai-act-2021-proposal", "ban-biometric-surveillance-2021")["witnesses"]


def test_a_job_is_followed_and_ended(
    client: Client, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAGRUM_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    job = client.start("loopholes", law="eu-ai-act", against="ban-biometric-surveillance-2021")
    assert isinstance(job, JobAnswer)
    seen: list[str] = []
    for each in client.events(job.key):
        if not seen:
            client.cancel(job.key)
        seen.append(each.state)
    assert seen[-1] == "cancelled"


def test_the_register(client: Client) -> None:
    made = client.add_system(name="gate", owner="shop", role="deployer", laws=["us-il-bipa"], case=CASE)
    assert client.assess_system(made["id"])
    changed = client.change_system(made["id"], made["version"], owner="another")
    assert client.system(made["id"])["owner"] == changed["owner"] == "another"
    with pytest.raises(Problem) as raised:
        client.change_system(made["id"], made["version"], owner="third")
    assert raised.value.status == 409
    assert made["id"] in [each["id"] for each in client.systems(owner="another")["systems"]]
    assert client.changes_ahead(date(2020, 1, 1), date(2030, 1, 1))["schema"] == "lagrum/ahead/1"


def test_what_is_wrong_is_raised_with_its_place(client: Client) -> None:
    with pytest.raises(Problem, match="no answer to `timing`") as raised:
        client.assess({**CASE, "facts": {"timing": "soon"}})
    (error,) = raised.value.errors
    assert (error.code, error.place.file if error.place else "") == ("LG0610", "#/case/facts/timing")


def test_on_a_team_s_server_everybody_signs_in(team: Served) -> None:
    store = team.app.state.store
    store.accounts.add("reader of the api", "a long enough pass phrase", Role.READER)
    with Client(team.url) as client:
        with pytest.raises(Problem) as raised:
            client.laws()
        assert raised.value.status == 401
        with pytest.raises(Problem) as raised:
            client.sign_in("reader of the api", "a wrong pass phrase")
        assert raised.value.status == 401
        client.sign_in("reader of the api", "a long enough pass phrase")
        assert client.laws()["instruments"]
        with pytest.raises(Problem) as raised:
            client.add_system(name="gate", owner="shop", role="deployer", laws=["us-il-bipa"], case=CASE)
        assert raised.value.status == 403
    with Client(team.url, "no such token") as client:
        with pytest.raises(Problem) as raised:
            client.systems()
        assert raised.value.status == 401
