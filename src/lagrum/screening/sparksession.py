"""A Spark session: the one that is running, or one of our own for as long as it is needed."""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

from lagrum.language.problems import quote
from lagrum.model.diagnostics import Diagnostic, InvalidInput

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local[*]"
HERE = "127.0.0.1"
_MASTER = re.compile(r"local(-cluster)?(\[.+\])?$|spark://.|yarn$|k8s://.")
_LOGS = Path(__file__).with_name("spark-log4j2.properties")


def need_spark() -> None:
    """Raises `InvalidInput` where Spark's Python package is not installed."""
    try:
        import pyspark
    except ImportError:
        raise cannot("PySpark is not installed", "install it with: pip install 'lagrum[spark]'") from None
    del pyspark


def need_java() -> None:
    """Raises `InvalidInput` where there is no Java to run Spark on this machine."""
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=str(Path(home) / "bin") if home else None) is None:
        where = f"in JAVA_HOME ({home})" if home else "on this machine"
        raise cannot(f"there is no Java {where}", "install a Java runtime, version 17 or later, such as openjdk-17-jre")


def cannot(why: str, help_: str) -> InvalidInput:
    return InvalidInput([Diagnostic("LG0828", f"the engine cannot be used: {why}", help=help_)])


@contextmanager
def session(master: str = "") -> Iterator[SparkSession]:
    """The session that is running in this process, left as it is; else one of our own on `master`, stopped at the end.
    Raises `InvalidInput` where there can be none."""
    need_spark()
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    if SparkContext._active_spark_context is not None:  # a session may be active in another thread alone
        running = classic(SparkSession.builder.getOrCreate())
        here = str(running.sparkContext.master)
        if master and master != here:
            raise cannot(f"a session on {quote(here)} is running", "stop it, or name no master")
        yield running
        return
    need_java()
    with _quiet_when_interrupted() as put_back:
        ours = _start(master or LOCAL)
        put_back()
        try:
            yield ours
        finally:
            ours.stop()


def classic(running: SparkSession) -> SparkSession:
    """A session with a context of its own, as tasks need it."""
    if type(running).__module__.startswith("pyspark.sql.connect"):
        raise cannot("it needs more than a Spark Connect session offers", "pass rows of a session with a SparkContext")
    return running


def cause(error: Exception) -> str:
    """What an error is about, without the trace that Java puts behind it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip() and not line.strip().startswith("at ")]
    of_java = (line.removeprefix(": ") for line in lines if line.startswith(": "))
    return next(of_java, lines[0] if lines else type(error).__name__)[:200]


def _start(master: str) -> SparkSession:
    if not _MASTER.match(master):
        raise cannot(f"{quote(master)} is no master", "write `local[2]`, `spark://HOST:7077`, `yarn` or `k8s://...`")
    from pyspark.sql import SparkSession

    local = master.startswith("local")
    builder = SparkSession.builder.master(master).appName("lagrum screen")
    for key, value in _settings(local).items():
        builder = builder.config(key, value)
    variables = {"PYSPARK_PYTHON": sys.executable} | ({"SPARK_LOCAL_IP": HERE} if local else {})
    with _environment({name: value for name, value in variables.items() if name not in os.environ}):
        try:
            return builder.getOrCreate()
        except Exception as error:  # of the Java side, of the gateway to it, or of the settings: there is no session
            help_ = "is the master's address right, and Java 17 or later?"
            raise cannot(f"no session on {quote(master)} could be started: {cause(error)}", help_) from None


def _settings(local: bool) -> Mapping[str, str]:
    """Nothing listens to other machines unless the cluster is on them; workers are one thread each."""
    here = {"spark.driver.bindAddress": HERE, "spark.driver.host": HERE} if local else {}
    return {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOGS.as_uri()}",
        "spark.executorEnv.POLARS_MAX_THREADS": "1",
        "spark.sql.shuffle.partitions": "8",
        **here,
    }


@contextmanager
def _quiet_when_interrupted() -> Iterator[Callable[[], None]]:
    """An interruption is no error to be logged. What is yielded puts back who hears of it, once PySpark has put itself
    there: the engine ends its jobs itself."""
    root, handler = logging.getLogger(), signal.getsignal(signal.SIGINT)

    def put_back() -> None:
        if current_thread() is main_thread():
            signal.signal(signal.SIGINT, handler)

    def elsewhere(record: logging.LogRecord) -> bool:
        return "py4j" not in record.pathname

    root.addFilter(elsewhere)
    try:
        yield put_back
    finally:
        root.removeFilter(elsewhere)


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Variables for what is started meanwhile."""
    os.environ.update(variables)
    try:
        yield
    finally:
        for name in variables:
            os.environ.pop(name, None)
