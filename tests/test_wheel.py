"""What a person gets who installs lagrum from a wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.conftest import REPOSITORY

MIGRATION = "lagrum/register/migrations/versions/0001_first.py"


def test_the_wheel_holds_the_law_the_grammar_and_the_schemas(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=REPOSITORY, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    laws = {f"lagrum/{path.relative_to(REPOSITORY).as_posix()}" for path in (REPOSITORY / "laws").rglob("*.md")}
    assert laws
    assert laws - inside == set()
    for name in (
        "lagrum/language/law.lark",
        "lagrum/schemas/envelope.json",
        "lagrum/py.typed",
        "lagrum/laws/LICENSE",
        MIGRATION,
    ):
        assert name in inside
    assert not [name for name in inside if name.startswith("tests")]
