"""A small invented law and letter, and a way to change their words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lagrum.library import Library, open_library

PACK = Path(__file__).parent / "pack"
Town = Callable[..., Library]


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """The pack, with words of `town.md` replaced: `town(("user is police", "user is army"))`."""

    def read(*changes: tuple[str, str]) -> Library:
        for file in PACK.glob("*.md"):
            text = file.read_text()
            if file.name == "town.md":
                for old, new in changes:
                    assert old in text, f"{old!r} does not stand in the law any more"
                    text = text.replace(old, new)
            (tmp_path / file.name).write_text(text)
        return open_library([tmp_path], built_in=False)

    return read
