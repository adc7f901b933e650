"""Running text put together from pieces, in time that grows with its length and no faster."""

from __future__ import annotations

from lagrum.texts.outline import Block, Words, normal


class Running:
    """Pieces of text of one paragraph."""

    def __init__(self, start: str | None = None) -> None:
        self._pieces = [start or ""]

    def add(self, text: str | None) -> None:
        """Put a piece at the end."""
        if text:
            self._pieces.append(text)

    def close_up(self) -> None:
        """Take the blanks off the end: before the mark of a note there is none."""
        while self._pieces:
            last = self._pieces.pop().rstrip()
            if last:
                self._pieces.append(last)
                return

    def __str__(self) -> str:
        return "".join(self._pieces)

    def flush(self, found: list[Block]) -> None:
        """End the paragraph: its words, if it has any, go to the blocks found."""
        if text := normal(str(self)):
            found.append(Words(text))
        self._pieces.clear()
