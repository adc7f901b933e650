"""A small local cluster for tests. Without Java they are skipped; under continuous integration that is a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from lagrum.screening.sparksession import session

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def local_session() -> Iterator[SparkSession]:
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        message = "Spark needs a Java runtime"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with session("local[2]") as running:
        yield running
