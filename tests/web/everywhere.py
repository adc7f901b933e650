"""Every page of the application in each of its states, and how to get there: for checks that all pages must stand."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import httpx2
from fastapi import FastAPI

from lagrum.register import DecisionKind, Store
from lagrum.web.case.ready import READY, text_of

LAW, AGAINST, ON = "eu-ai-act-2021-proposal", "ban-biometric-surveillance-2021", "2026-11-22"
AT = f"law={LAW}&against={AGAINST}&on={ON}"
NOTHING = "lagrum: 1\ncase: a camera of which nothing is known\nfacts: {}\n"
ASKED = "lagrum: 1\ncase: your use\nfacts:\n  practice: {including: identification}\n  timing: real-time\n"
REGISTER = b"number,mode,street\nC1,live,High Street\nC2,recorded,Mill Lane\nC3,unclear,Quay\n"
MAPPING = """lagrum: 1
mapping: cameras
review: for a test
id: number
labels: {street: street}
columns:
  mode:
    timing: {values: {live: real-time, recorded: later}, other: unknown}
"""
_JOB = re.compile(r'data-job="([0-9a-f]+)"')


@dataclass(frozen=True)
class Place:
    """A page in one of its states: a name of our own, and where it is."""

    name: str
    path: str
    status: int = 200


STANDING = (
    Place("start", "/"),
    Place("help", "/help"),
    Place("no such page", "/nothing-here", 404),
    Place("ask", "/ask"),
    Place("case", "/case"),
    Place("laws", "/law"),
    Place("a law", f"/law/{LAW}"),
    Place("a part of a law", "/law/eu-ai-act/part/prohibited"),
    Place("a provision", "/law/eu-ai-act/art/5/1/h"),
    Place("a provision on an early day", "/law/eu-ai-act/art/5/1/h?on=2023-01-01"),
    Place("no rule for a provision", "/law/eu-ai-act/art/113"),
    Place("search", "/search"),
    Place("search found", "/search?q=face"),
    Place("search found nothing", "/search?q=xyzzy"),
    Place("changes", "/changes"),
    Place("changes found", "/changes?law=us-vt-act166&from=2020-01-01&to=2023-01-01"),
    Place("changes asked wrongly", "/changes?law=us-vt-act166&from=soon&to=2023-01-01", 422),
    Place("loopholes", "/loopholes"),
    Place("loopholes found", f"/loopholes?{AT}"),
    Place("loopholes asked wrongly", "/loopholes?law=none&on=soon", 422),
    Place("compare", "/compare"),
    Place("compare found", "/compare?a=us-vt-act166&b=us-vt-act166&a_on=2021-01-01&b_on=2022-01-01"),
    Place("compare equivalent", "/compare?a=us-vt-act166&b=us-vt-act166"),
    Place("compare asked wrongly", "/compare?a=us-vt-act166&b=none", 422),
    Place("balance", "/balance"),
    Place("balance found", f"/balance?{AT}&keep=benefits"),
    Place("balance of one choice", f"/balance?{AT}&keep=benefits&point=2"),
    Place("world", f"/world?of=us-tx-cubi&against=moderate-ban-live-identification-2021&on={ON}"),
    Place("vague", "/vague"),
    Place("vague found", f"/vague?law={LAW}&on={ON}"),
    Place("audit", "/audit"),
    Place("audit found", f"/audit?law={LAW}"),
    Place("screen", "/screen"),
    Place("register", "/register"),
    Place("a new system", "/register/new"),
    Place("systems from files", "/register/import"),
    Place("what changes for me", "/register/changes"),
    Place("history", "/register/history"),
)


def places(app: FastAPI, url: str) -> list[Place]:
    """Each page of a running server, made ready: drafts are there, analyses are done."""
    with httpx2.Client(base_url=url, timeout=120) as client:
        made = [*STANDING, *_drafts(app.state.store), *_screened(app, client), *_systems(app, client)]
        for each in made:
            _settle(client, each)
    return made


def _settle(client: httpx2.Client, place: Place) -> None:
    """Wait until the page has its answer."""
    for _ in range(60):
        text = client.get(place.path).text
        job = _JOB.search(text)
        if job is not None:
            client.get(f"/jobs/{job[1]}/events")
        elif "data-later" in text:
            time.sleep(0.5)
        else:
            return
    raise AssertionError(f"{place.name} does not come to an answer")


def _drafts(store: Store) -> Iterator[Place]:
    ready = {each.name: each for each in READY}
    border, victim = (store.drafts.create(ready[n].law, text_of(ready[n])).id for n in ("border", "victim"))
    empty = store.drafts.create(LAW, NOTHING, on=date.fromisoformat(ON)).id
    asked = store.drafts.create(LAW, ASKED, on=date.fromisoformat(ON)).id
    yield Place("a case undetermined", f"/case/{border}")
    yield Place("a case forbidden", f"/case/{victim}")
    yield Place("a case of nothing", f"/case/{empty}")
    yield Place("facts", f"/case/{border}/facts")
    yield Place("facts that are not known", f"/case/{border}/facts?show=unknown")
    yield Place("facts of which none fits", f"/case/{border}/facts?show=judged&find=xyzzy")
    for below in ("timeline", "versus", "lawful", "norms", "print"):
        yield Place(f"{below} of a case", f"/case/{border}/{below}")
    yield Place("a question", f"/ask/{asked}/purpose")
    yield Place("a question of several answers", f"/ask/{asked}/practice")
    yield Place("a question of judgement", f"/ask/{asked}/strictly-necessary")
    yield Place("answers", f"/ask/{asked}/answers")
    yield Place("usual answers", f"/ask/{asked}/usual")
    yield Place("saved", f"/ask/{asked}/saved")
    yield Place("a ruling", f"/ask/{asked}/ruling")


def _screened(app: FastAPI, client: httpx2.Client) -> Iterator[Place]:
    fresh = app.state.uploads.add(io.BytesIO(REGISTER), "new.csv", "you")
    done = app.state.uploads.add(io.BytesIO(REGISTER), "cameras.csv", "you")
    done.write_mapping(MAPPING)
    given = ("practice=identification",)
    done.save(replace(done.plan, law=LAW, days=(date.fromisoformat(ON),), given=given, mapping="own"))
    app.state.screenings.start(done)
    while app.state.screenings.standing(done).state == "running":
        time.sleep(0.2)
    yield Place("tasks", f"/screen/{fresh.id}")
    yield Place("columns", f"/screen/{fresh.id}/columns")
    yield Place("tasks done", f"/screen/{done.id}")
    yield Place("columns chosen", f"/screen/{done.id}/columns")
    yield Place("preview", f"/screen/{done.id}/preview")
    yield Place("results", f"/screen/{done.id}/results")
    row = re.search(rf"/screen/{done.id}/rows/\d+", client.get(f"/screen/{done.id}/results").text)
    assert row is not None
    yield Place("a row", row[0])


def _systems(app: FastAPI, client: httpx2.Client) -> Iterator[Place]:
    store, day = app.state.store, date.fromisoformat(ON)
    ready = {each.name: each for each in READY}
    door = store.systems.add("Door camera", "Shop", "deployer", text_of(ready["border"]), law=LAW, by="you")
    old = store.systems.add("Old camera", "Shop", "deployer", NOTHING, law=LAW, by="you")
    store.evidence.add_link(door.id, "timing", "https://example.org/manual", title="Manual", by="you")
    store.decisions.add(door.id, DecisionKind.REVIEW, "Stays as it is", by="you", on=day)
    app.state.tending.reassessing.one(store.systems.get(door.id), "you")
    yield Place("a system", f"/register/{door.id}")
    yield Place("a system not assessed", f"/register/{old.id}")
    yield Place("edit a system", f"/register/{door.id}/edit")
    yield Place("retire a system", f"/register/{door.id}/retire")
    yield Place("systems", "/register?owner=Shop")
    yield Place("history of a system", f"/register/history?system={door.id}")
