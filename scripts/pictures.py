"""Draw the pictures of the pages anew, into docs/pictures: `make pictures`, after a change of the law or of a chart.

No test holds them fresh: the numbers in them are of the day on which they were drawn, and each says which.
"""

from __future__ import annotations

import sys
from pathlib import Path

from lagrum.cli.main import run

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
DAY = "2026-11-22"
PROPOSAL = ("eu-ai-act-2021-proposal", "--against", "ban-biometric-surveillance-2021")
PICTURES = {
    "cover": ("cover", *PROPOSAL),
    "timeline": ("timeline", "eu-ai-act"),
    "article": ("article", "eu-ai-act", "Art. 5(1)(h)"),
}


def main() -> None:
    """Draw all of them; the first that fails ends it."""
    FOLDER.mkdir(exist_ok=True)
    for name, asked in PICTURES.items():
        failed = run(["chart", *asked, "--on", DAY, "-o", str(FOLDER / f"{name}.svg")])
        if failed:
            sys.exit(failed)


if __name__ == "__main__":
    main()
