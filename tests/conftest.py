"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("lagrum", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lagrum")

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the official texts, digests and examples, beside the repository or at `LAGRUM_SHARED`.

    Absent it skips the test, except under continuous integration, where it must be there.
    """
    folder = Path(os.environ.get("LAGRUM_SHARED") or REPOSITORY.parent / "shared")
    if not folder.is_dir():
        message = "the shared folder is not beside the repository; set LAGRUM_SHARED to its path"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return folder
