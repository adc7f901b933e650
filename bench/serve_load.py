"""What Locust runs, in an environment that holds nothing of lagrum: each line of `BODIES` is sent once, at random
moments, by each user one a second on average. What is measured while it warms up is thrown away."""

import json
import os
import random
from pathlib import Path

from locust import FastHttpUser, events, task

LINES = iter(Path(os.environ["BODIES"]).read_text(encoding="utf-8").splitlines())
WARM = float(os.environ["WARM"])


@events.init.add_listener
def _(environment, **_kwargs):
    import gevent

    def forget():
        gevent.sleep(WARM)
        environment.stats.reset_all()

    gevent.spawn(forget)


class Asking(FastHttpUser):
    def wait_time(self):
        return random.expovariate(1.0)  # as people come: users in step would all come at once

    @task
    def rule(self):
        line = next(LINES, None)
        if line is None:
            return
        asked = json.loads(line)
        with self.client.post("/api/v1/rulings", json=asked["body"], name=asked["kind"], catch_response=True) as answer:
            if answer.status_code != 200 or not answer.json()["answers"][0]["possible"]:
                answer.failure(f"{answer.status_code} {answer.text[:200]}")
