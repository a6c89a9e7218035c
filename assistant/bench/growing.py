"""How adding and asking change as an archive grows: figures at each step, each measured in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.assistant import Assistant
from assistant.bench.apart import apart
from assistant.bench.asking import Latency, ask_latency, demand
from assistant.bench.machine import disk_size
from assistant.settings import Settings
from index import Archive, Article, Progress
from index.settings import IndexSettings
from index.sources import read

FIRST = 250
"""Articles in the first step; each further one doubles the archive."""


@dataclass(frozen=True, slots=True)
class Step:
    """An archive of so many articles and passages; see `Figures` for the units.

    kb_per_s: of the articles that were added in this step. adding_mb, asking_mb: the most that the process held that
    added this step to what there was, and the one that asked of it all.
    """

    articles: int
    passages: int
    kb_per_s: float
    ask: Latency
    adding_mb: float
    asking_mb: float
    disk_mb: float


@dataclass(frozen=True, slots=True)
class _Added:
    given: int
    articles: int
    passages: int
    kb_per_s: float


def grow(
    place: str | Path,
    questions: Sequence[str],
    *,
    articles: int | None,
    settings: Settings,
    first: int = FIRST,
    progress: Progress | None = None,
) -> Iterator[Step]:
    """Add the articles of `place`, at most so many, in steps that double the archive; ask the questions after each.

    Raises:
        ValueError: nothing to add or to ask.
    """
    demand(questions)
    with TemporaryDirectory() as above:
        folder, given, step = Path(above) / "a.dateline", 0, first
        while articles is None or given < articles:
            step = step if articles is None else min(step, articles - given)
            added, adding = apart(_add, place, given, given + step, folder, settings.index, progress=progress)
            if not added.given:
                return
            latency, asking = apart(_ask, folder, questions, settings)
            given += added.given
            yield Step(
                articles=added.articles,
                passages=added.passages,
                kb_per_s=added.kb_per_s,
                ask=latency,
                adding_mb=adding,
                asking_mb=asking,
                disk_mb=disk_size(folder),
            )
            if added.given < step:
                return
            step = given


def _add(place: str | Path, start: int, stop: int, folder: Path, settings: IndexSettings, tell: Progress) -> _Added:
    """Add the articles from number `start` to `stop`, read one by one as `dateline add` does."""
    found = (one for one in read(place) if isinstance(one, Article))
    for _ in islice(found, start):
        pass
    given = letters = 0

    def counted() -> Iterator[Article]:
        nonlocal given, letters
        for article in islice(found, stop - start):
            given, letters = given + 1, letters + len(article.text)
            yield article

    with Archive.open(folder, settings) as archive:
        archive.embedder.embed(["warm up"])
        began = time.perf_counter()
        archive.add_articles(counted(), total=stop - start, progress=tell)
        seconds = time.perf_counter() - began
        counts = archive.counts()
    return _Added(given, counts["articles"], counts["passages"], letters / 1000 / seconds)


def _ask(folder: Path, questions: Sequence[str], settings: Settings, _: Progress) -> Latency:
    with Assistant.open(folder, settings) as assistant:
        assistant.archive.prepare()
        return ask_latency(assistant, questions)
