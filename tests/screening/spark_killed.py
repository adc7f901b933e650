"""A program that screens a made register on Spark and says when the first part is there, to be killed.

intent: some parts are finished and others only in codes when it dies.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from lagrum.library import open_library
from lagrum.screening.run import Options
from lagrum.screening.spark import Spark
from lagrum.screening.sparksession import session
from tests.screening.register_made import DAYS, LAW, Made


def main(folder: Path) -> None:
    law = open_library().law(LAW)

    def tell(_rows: int, _share: float) -> None:
        if any(folder.glob("part-*.parquet")):
            sys.stdout.write("a part is there\n")
            sys.stdout.flush()
            time.sleep(60)  # the run waits for whoever is told

    with session("local[1]") as running:
        Spark(running).screen(Made(law, 8, 150), law, Options(DAYS, detail=False), folder, tell)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
