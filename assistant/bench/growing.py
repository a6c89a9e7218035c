"""How adding and asking change as an archive grows: figures at each step, and a picture of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.assistant import Assistant
from assistant.bench.asking import Latency, ask_latency
from assistant.bench.machine import disk_size, peak_memory
from assistant.settings import Settings
from index import Article
from index.sources import read

FIRST = 250
"""Articles in the first step; each further one doubles the archive."""


@dataclass(frozen=True, slots=True)
class Step:
    """An archive of so many articles and passages; see `Figures` for the units.

    kb_per_s: of the articles that were added in this step. memory_mb: the most that the process has held so far.
    """

    articles: int
    passages: int
    kb_per_s: float
    ask: Latency
    memory_mb: float
    disk_mb: float


def grow(
    place: str | Path,
    questions: Sequence[str],
    *,
    articles: int | None,
    settings: Settings,
    first: int = FIRST,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> Iterator[Step]:
    """Add the articles of `place`, at most so many, in steps that double the archive; ask the questions after each.

    Raises:
        ValueError: nothing to add or to ask.
    """
    found = islice((one for one in read(place) if isinstance(one, Article)), articles)
    with TemporaryDirectory() as folder, Assistant.open(Path(folder) / "a.dateline", settings) as assistant:
        assistant.archive.embedder.embed(["warm up"])
        step = first
        while portion := list(islice(found, step)):
            start = time.perf_counter()
            assistant.archive.add_articles(portion, total=len(portion), progress=progress)
            seconds = time.perf_counter() - start
            counts = assistant.archive.counts()
            yield Step(
                articles=counts["articles"],
                passages=counts["passages"],
                kb_per_s=sum(len(a.text) for a in portion) / 1000 / seconds,
                ask=ask_latency(assistant, questions),
                memory_mb=peak_memory(),
                disk_mb=disk_size(assistant.archive.folder),
            )
            step = counts["articles"]
