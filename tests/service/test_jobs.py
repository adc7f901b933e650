"""Jobs: one for each question, in a process of their own that ends when nobody waits or its time is up."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lagrum.analysis.loopholes import Loopholes
from lagrum.library import open_library
from lagrum.model.diagnostics import InvalidInput
from lagrum.service.analyses import Inquiry, prepare
from lagrum.service.desk import Desk
from lagrum.service.jobs import Busy, Job, Jobs, State

LETTER = "ban-biometric-surveillance-2021"
QUICK: dict[str, Any] = {"laws": ("eu-ai-act-2021-proposal",), "against": LETTER}  # a second
LONG: dict[str, Any] = {"laws": ("eu-ai-act",), "against": LETTER}  # half a minute
PATIENCE = 60.0


@pytest.fixture(scope="module")
def law_read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that holds the law, and no answer."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAGRUM_CACHE_DIR", str(folder))
        open_library()
    return folder


@pytest.fixture(scope="module")
def desk(law_read: Path) -> Desk:
    return Desk()


@pytest.fixture(autouse=True)
def _nothing_kept(law_read: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(law_read, tmp_path / "cache")
    monkeypatch.setenv("LAGRUM_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def jobs(desk: Desk) -> Iterator[Jobs]:
    made = Jobs(desk)
    yield made
    made.close()


def workers() -> list[int]:
    """The processes that this one has started for jobs."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            words = (folder / "cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            continue
        if parent == os.getpid() and b"lagrum.service.working" in words:
            found.append(int(folder.name))
    return found


def until(job: Job, jobs: Jobs, state: State) -> Job:
    end = time.monotonic() + PATIENCE
    while (seen := jobs.get(job.key)) is not None and seen.state is not state and time.monotonic() < end:
        assert not seen.over, seen
        time.sleep(0.02)
    assert seen is not None
    return seen


def started(job: Job, jobs: Jobs) -> int:
    """The process of a job, once it has told how far it is."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if (found := workers()) and jobs.get(job.key).progress.words:  # type: ignore[union-attr]
            return found[0]
        time.sleep(0.02)
    raise AssertionError("the job did not start")


def test_the_answer_is_that_of_the_library_and_is_kept(jobs: Jobs, desk: Desk) -> None:
    job = jobs.start("loopholes", **QUICK)
    assert job.state is State.RUNNING
    done = jobs.wait(job.key, PATIENCE)
    assert done is not None
    assert (done.state, done.error) == (State.DONE, ())
    assert 0 < done.progress.done < done.progress.of
    assert isinstance(done.result, Loopholes)
    here = prepare(desk.library, Inquiry("loopholes", **QUICK)).get()
    assert done.result.to_dict() == here.to_dict()
    again = Jobs(desk)
    at_once = again.start("loopholes", **QUICK)
    assert (at_once.state, workers()) == (State.DONE, [])
    assert at_once.result == done.result
    again.close()


def test_the_same_question_is_the_same_job_and_another_waits(jobs: Jobs) -> None:
    one = jobs.start("loopholes", owner="ada", **LONG)
    two = jobs.start("loopholes", owner="bo", **LONG)
    other = jobs.start("loopholes", owner="bo", **QUICK)
    assert one.key == two.key != other.key
    assert other.state is State.WAITING
    started(one, jobs)
    assert len(workers()) == 1
    assert jobs.cancel(one.key, "ada").state is State.RUNNING  # type: ignore[union-attr]  # bo still waits
    jobs.cancel(one.key, "bo")
    until(one, jobs, State.CANCELLED)
    assert jobs.wait(other.key, PATIENCE).state is State.DONE  # type: ignore[union-attr]


def test_who_does_not_own_a_job_cannot_end_it(jobs: Jobs) -> None:
    job = jobs.start("loopholes", owner="ada", **LONG)
    started(job, jobs)
    assert jobs.cancel(job.key, "eve").state is State.RUNNING  # type: ignore[union-attr]
    assert workers() != []


def test_a_cancelled_job_leaves_no_process(jobs: Jobs) -> None:
    job = jobs.start("loopholes", **LONG)
    started(job, jobs)
    jobs.cancel(job.key)
    until(job, jobs, State.CANCELLED)
    assert workers() == []
    assert jobs.start("loopholes", **LONG).state is State.RUNNING  # it may be asked anew


def test_a_job_is_stopped_at_the_limit(desk: Desk) -> None:
    jobs = Jobs(desk, seconds=1)
    done = jobs.wait(jobs.start("loopholes", **LONG).key, PATIENCE)
    assert done is not None
    assert done.state is State.STOPPED
    assert [each.code for each in done.error] == ["LG0902"]
    assert workers() == []
    jobs.close()


def test_a_process_that_breaks_off_is_told(jobs: Jobs) -> None:
    job = jobs.start("loopholes", **LONG)
    os.kill(started(job, jobs), signal.SIGKILL)
    done = jobs.wait(job.key, PATIENCE)
    assert done is not None
    assert done.state is State.FAILED
    assert "exit status -9" in done.error[0].message


def test_memory_is_bounded(desk: Desk) -> None:
    jobs = Jobs(desk, memory=300 * 1024 * 1024)
    done = jobs.wait(jobs.start("loopholes", **LONG).key, PATIENCE)
    assert done is not None
    assert done.state is State.FAILED
    assert [each.code for each in done.error] == ["LG0902"]
    jobs.close()


def test_nobody_has_too_many_and_the_queue_ends(desk: Desk) -> None:
    jobs = Jobs(desk, limit_waiting=3, limit_owner=2)
    laws = ["eu-ai-act", "eu-ai-act-2021-proposal", "us-il-bipa", "us-tx-cubi"]
    ask: list[dict[str, Any]] = [{"laws": (law,), "against": LETTER} for law in laws]
    jobs.start("loopholes", owner="ada", **ask[0])
    jobs.start("loopholes", owner="ada", **ask[1])
    with pytest.raises(Busy, match="2 analyses are under way for you"):
        jobs.start("loopholes", owner="ada", **ask[2])
    jobs.start("loopholes", owner="bo", **ask[2])
    jobs.start("loopholes", owner="bo", **ask[3])
    with pytest.raises(Busy, match="3 analyses are waiting"):
        jobs.start("vague", owner="cy", laws=("us-il-bipa",))
    jobs.close()
    assert workers() == []
    assert [jobs.get(jobs_key).state for jobs_key in list(jobs._jobs)] == [State.CANCELLED] * 4  # type: ignore[union-attr]


def test_what_cannot_be_asked_is_refused_at_once(jobs: Jobs) -> None:
    with pytest.raises(InvalidInput, match="LG0720"):
        jobs.start("loopholes", laws=("no-such-law",), against=LETTER)
    with pytest.raises(InvalidInput, match="LG0725"):
        jobs.start("compare", laws=("eu-ai-act",))
    with pytest.raises(InvalidInput, match="LG0726"):
        jobs.start("balance", **QUICK, keep=("../../etc",))
    assert workers() == []


def test_starting_never_waits_for_a_job(jobs: Jobs) -> None:
    jobs.start("loopholes", **LONG)
    began = time.monotonic()
    for _ in range(20):
        jobs.start("loopholes", **LONG)
    assert time.monotonic() - began < 2


def test_many_threads_may_ask(jobs: Jobs) -> None:
    keys: list[str] = []
    threads = [
        threading.Thread(target=lambda: keys.append(jobs.start("loopholes", owner="ada", **QUICK).key))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(keys) == 8
    assert len(set(keys)) == 1
    assert jobs.wait(keys[0], PATIENCE).state is State.DONE  # type: ignore[union-attr]


def test_jobs_that_are_over_are_forgotten_in_time(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lagrum.service.jobs.REMEMBERED", 2)
    first = jobs.start("loopholes", **LONG)
    jobs.cancel(first.key)
    until(first, jobs, State.CANCELLED)
    for law in ("us-il-bipa", "us-tx-cubi", "eu-ai-act-2021-proposal"):
        job = jobs.start("loopholes", laws=(law,), against=LETTER)
        jobs.cancel(job.key)
        until(job, jobs, State.CANCELLED)
    assert jobs.get(first.key) is None
