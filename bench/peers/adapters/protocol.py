"""What every adapter hands back: one answer a scenario, in the same few words, and how long it took.

An adapter is run by the Python of the tool that it asks, and prints one JSON object.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field

PROHIBITED, HIGH, TRANSPARENCY, MINIMAL = "prohibited", "high-risk", "transparency", "minimal"
OUTSIDE, UNDETERMINED = "outside", "undetermined"
ARTICLE_5 = [f"Art. 5(1)({letter})" for letter in ("a", "b", "ba", "bb", "c", "d", "e", "f", "g", "h")]


@dataclass(frozen=True)
class Answer:
    """What a tool made of a scenario.

    `verdict` is the class in common words; `says` the provisions that it holds to apply; `given` how many answers it
    was given; `supplied` the provisions of which one of these answers told it whether they apply; `review` whether it
    leaves the outcome to a person; `asks` what it says is missing; `norms` where it has single provisions stand.
    """

    verdict: str
    says: list[str]
    given: int
    supplied: list[str] = field(default_factory=list)
    review: bool = False
    asks: list[str] = field(default_factory=list)
    norms: dict[str, str] = field(default_factory=dict)


def report(
    version: str,
    size: str,
    scenarios: Iterable[int],
    answer: Callable[[int], Answer],
    ways: Mapping[str, tuple[Callable[[int], object], int]],
) -> None:
    """Ask by every way that the tool has, each scenario as often as stands with the way, then print everything. The
    times come first: a tool may learn from having been asked."""
    numbers = list(scenarios)
    seconds = {name: [_seconds(ask, number, often) for number in numbers] for name, (ask, often) in ways.items()}
    answers = {number: asdict(answer(number)) for number in numbers}
    print(json.dumps({"version": version, "size": size, "seconds": seconds, "answers": answers}))


def _seconds(ask: Callable[[int], object], number: int, often: int) -> float:
    """Seconds of CPU that one answer takes."""
    started = time.process_time()
    for _ in range(often):
        ask(number)
    return (time.process_time() - started) / often
