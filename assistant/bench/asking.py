"""How long an answer takes, and its parts."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant

if TYPE_CHECKING:
    from assistant.bench.adding import Figures
    from assistant.bench.growing import Step


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds, the model loaded beforehand. retrieval, reading: the medians of those parts of the whole."""

    median: float
    p95: float
    retrieval: float
    reading: float


def ask_latency(assistant: Assistant, questions: Sequence[str]) -> Latency:
    """Ask each question once.

    Raises:
        ValueError: there is no question.
    """
    demand(questions)
    assistant.ask(questions[0])
    whole: list[float] = []
    with _timed(assistant.archive, "search") as searches, _timed(assistant.reader, "read") as readings:
        parts: list[tuple[float, float]] = []
        for question in questions:
            searches.clear()
            readings.clear()
            start = time.perf_counter()
            assistant.ask(question)
            whole.append(time.perf_counter() - start)
            parts.append((sum(searches), sum(readings)))
    return Latency(
        median=statistics.median(whole),
        p95=sorted(whole)[round(0.95 * (len(whole) - 1))],
        retrieval=statistics.median(search for search, _ in parts),
        reading=statistics.median(reading for _, reading in parts),
    )


def demand(questions: Sequence[str]) -> None:
    """Raise ValueError where there is no question."""
    if not questions:
        raise ValueError("there are no questions: name a file with some")


def flat(figures: Figures | Step) -> dict[str, float]:
    """Figures as JSON has them, those of asking under `ask_median` and so on."""
    values = asdict(figures)
    return {**{f"ask_{name}": value for name, value in values.pop("ask").items()}, **values}


@contextmanager
def _timed(owner: Any, name: str) -> Iterator[list[float]]:
    """The seconds of each call of a method, while the context lasts."""
    called, seconds = getattr(owner, name), list[float]()

    def timed(*args: Any, **options: Any) -> Any:
        start = time.perf_counter()
        try:
            return called(*args, **options)
        finally:
            seconds.append(time.perf_counter() - start)

    setattr(owner, name, timed)
    try:
        yield seconds
    finally:
        delattr(owner, name)
