"""Rulings under load: a real `lagrum serve`, asked by Locust while it also works out a big loophole analysis.

    python -m bench.serve [--rate N] [--seconds S] [--without-analysis]

Locust is installed in a throwaway environment. Each body is sent once: half of them an official example whole, half one
with facts taken out at random, so that nothing is answered from memory.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from bench.measure import LAGRUM, REPOSITORY, machine

LOCUST = "locust==2.47.0"
EXAMPLES = sorted((REPOSITORY / "tests" / "laws" / "official").glob("*.yaml"))
LETTER = "ban-biometric-surveillance-2021"
SEED = 20261123
WARM = 10  # seconds of load that are not counted


def bodies(number: int) -> Iterator[dict[str, Any]]:
    """Requests, no two alike: whole cases and partly known ones in turn."""
    rolled = random.Random(SEED)
    cases = [yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) for path in EXAMPLES]
    for i in range(number):
        case = dict(cases[(i // 2) % len(cases)])
        case.pop("expect", None)
        facts = dict(case["facts"])
        whole = i % 2 == 0
        if not whole:
            facts = {name: value for name, value in facts.items() if rolled.random() < rolled.choice((0.3, 0.6, 0.9))}
        yield {
            "kind": "whole" if whole else "partly known",
            "body": {"case": {**case, "case": f"use {i}", "facts": facts}},
        }


@dataclass
class Watched:
    """The memory of a process over time, in MiB."""

    process: int
    seen: list[tuple[float, float]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        began = time.monotonic()
        while not self.stop.wait(1.0):
            with suppress(OSError):
                status = Path(f"/proc/{self.process}/status").read_text()
                self.seen.append((time.monotonic() - began, int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024))

    def at(self, share: float) -> float:
        """What it was when so much of the time had gone."""
        return self.seen[min(len(self.seen) - 1, round(share * (len(self.seen) - 1)))][1]


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, Watched]]:
    """A server of its own, with an empty register and nothing worked out before."""
    environment = {**os.environ, "LAGRUM_CACHE_DIR": str(folder / "cache")}
    subprocess.run([LAGRUM, "laws"], env=environment, check=True, stdout=subprocess.DEVNULL)  # reads the law once
    process = subprocess.Popen(
        [LAGRUM, "serve", "--port", "0", "--database", f"sqlite:///{folder / 'register.db'}"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    found = re.search(r"http://\S+?(?=/)", process.stdout.readline() or "")
    if found is None:
        raise SystemExit("lagrum serve did not start")
    watched = Watched(process.pid)
    thread = threading.Thread(target=watched.watch, daemon=True)
    thread.start()
    try:
        yield found[0], watched
    finally:
        watched.stop.set()
        process.terminate()
        process.wait(30)


def post(url: str, body: dict[str, Any], method: str = "POST") -> tuple[int, dict[str, Any]]:
    """An answer of the server."""
    data = json.dumps(body).encode() if method == "POST" else None
    request = urllib.request.Request(url, data, {"content-type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.status, json.load(answer)


def keep_busy(url: str, stop: threading.Event, done: list[float]) -> None:
    """One big analysis after another, each on another day, so that none is kept yet."""
    for day in range(1, 29):
        asked = {"law": "eu-ai-act", "against": LETTER, "on": f"2027-02-{day:02}"}
        _, job = post(f"{url}/api/v1/loopholes", asked)
        while "key" in job and job["state"] in ("waiting", "running"):
            if stop.wait(0.5):
                return
            _, job = post(f"{url}/api/v1/jobs/{job['key']}", {}, "GET")
        done.append(float(job.get("seconds", 0.0)))
        if stop.is_set():
            return


def locust(folder: Path) -> Path:
    """Locust in an environment of its own."""
    where = folder / "locust"
    venv.create(where, with_pip=True)
    python = where / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", LOCUST], check=True)
    return python


def load(python: Path, url: str, folder: Path, rate: int, seconds: int) -> dict[str, dict[str, str]]:
    """What Locust measured, by kind of request."""
    script = Path(__file__).with_name("serve_load.py")
    number = rate * (seconds + WARM) + 100
    file = folder / "bodies.jsonl"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(each) + "\n" for each in bodies(number))
    environment = {**os.environ, "BODIES": str(file), "WARM": str(WARM)}
    command = [python, "-m", "locust", "-f", script, "--headless", "--only-summary", "--host", url]
    command += [
        "-u",
        str(rate),
        "-r",
        str(rate),
        "-t",
        f"{seconds + WARM}s",
        "--csv",
        folder / "load",
        "--stop-timeout",
        "10",
    ]
    subprocess.run(
        list(map(str, command)), env=environment, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    with (folder / "load_stats.csv").open(encoding="utf-8") as stats:
        return {row["Name"]: row for row in csv.DictReader(stats)}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rate", type=int, default=50, help="requests a second")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--without-analysis", action="store_true", help="nothing big beside it")
    chosen = parser.parse_args(arguments)
    print(machine())
    with tempfile.TemporaryDirectory(prefix="lagrum-bench-") as name:
        folder = Path(name)
        python = locust(folder)
        with serving(folder) as (url, watched):
            stop, done = threading.Event(), list[float]()
            busy = threading.Thread(target=keep_busy, args=(url, stop, done), daemon=True)
            if not chosen.without_analysis:
                busy.start()
            found = load(python, url, folder, chosen.rate, chosen.seconds)
            spent = _server_cpu(watched.process)
            stop.set()
            if not chosen.without_analysis:
                busy.join(10)
    print(f"\n{chosen.rate} rulings a second asked for, {chosen.seconds} s after {WARM} s of warming up\n")
    print("| rulings | requests | a second | errors | p50 | p95 | p99 | most |\n|---|--:|--:|--:|--:|--:|--:|--:|")
    for kind, row in found.items():
        told = [row["50%"], row["95%"], row["99%"], row["100%"]]
        rate = float(row["Requests/s"])
        said = " | ".join(f"{each} ms" for each in told)
        print(f"| {kind.lower()} | {int(row['Request Count']):,} | {rate:.1f} | {row['Failure Count']} | {said} |")
    memory = ", ".join(f"{watched.at(share):.0f}" for share in (0.0, 0.25, 0.5, 0.75, 1.0))
    print(f"\nmemory of the server from start to end: {memory} MiB; its CPU: {spent:.0f} s")
    print(f"big analyses finished beside it: {len(done)}" + (f", in {done[0]:.0f} s" if done else ""))
    print(f"\nAt the end: {machine()}")


def _server_cpu(process: int) -> float:
    parts = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
