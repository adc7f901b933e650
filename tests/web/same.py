"""Fifty cases of which every way in must say the same: the command line, the API, the pages.

`tests/web/api/test_same.py` compares what each shows with `assessed(path)`.
"""

from __future__ import annotations

import io
import json
import re
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from starlette.testclient import TestClient

from lagrum.cli.main import run
from tests.conftest import REPOSITORY

SLOW = ("PP-", "HR-7", "HR-28", "REC-")  # seconds each: little is stated of them
EXAMPLES = sorted(REPOSITORY.glob("tests/laws/official/*.yaml"))
OFFICIAL = [path for path in EXAMPLES if not path.stem.startswith(SLOW)][::2][:24]
"""Of the official examples of the AI Act."""
FOLDERS = (
    *("eu/ai-act/cases/2021-proposal", "eu/ai-act/cases/2022-council", "eu/ai-act/cases/2023-parliament"),
    *("eu/ai-act/cases/2024/live", "eu/ai-act/cases/2024/feelings", "eu/ai-act/cases/2024/transparency"),
    *("eu/ai-act/cases/2026", "eu/member-states/cases", "letters/cases", "us/cases/us-il-bipa", "us/cases/us-ma-220"),
    *("br/cases/br-pl2338", "cn/cases/cn-frt-2025"),
)
OTHERS = [path for folder in FOLDERS for path in sorted((REPOSITORY / "laws" / folder).glob("*.yaml"))[::9][:2]]
CASES = [*OFFICIAL, *OTHERS]


def case_object(path: Path) -> dict[str, Any]:
    """The case file as an object, every scalar as it is written."""
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return found


@cache
def assessed(path: Path) -> tuple[dict[str, Any], ...]:
    """What `lagrum assess` says of the case, one answer for each law and day."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        run(["assess", str(path), "--format", "json"])
    found = json.loads(out.getvalue())
    return tuple(found) if isinstance(found, list) else (found,)


def opened(client: TestClient, text: str, law: str = "eu-ai-act") -> str:
    """The address of the page of a case that was uploaded; `law` is taken where it names none."""
    found = re.search(r'name="token" value="([0-9a-f]+)"', client.get("/case").text)
    assert found
    data = {"token": found[1], "law": law}
    answer = client.post("/case/open", data=data, files={"file": ("a.yaml", text)})
    assert answer.status_code == 200, answer.text
    return str(answer.url.path)
