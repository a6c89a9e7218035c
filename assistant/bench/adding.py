"""Dateline beside the LangChain tutorial pipeline, on the same articles and model, in one run."""

from __future__ import annotations

import logging
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from assistant.assistant import Assistant
from assistant.bench.asking import Latency, ask_latency
from assistant.bench.machine import disk_size, embedding_speed, matrix_bound, peak_memory, start_seconds
from assistant.bench.tutorial import Tutorial
from assistant.settings import Settings
from index import Archive, Article, Embedder, share_processors
from index.sources import read

ROUNDS = 3
EMBEDDED = 400
"""Texts whose embedding is timed."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; kB are thousands of characters of article text, latencies are in seconds, sizes in MB.

    dateline_kb_per_s, tutorial_kb_per_s: medians of rounds that took turns, model loaded beforehand. ratio: the median
    of the rounds' ratios. words_per_s: articles a second from the first to all being found by their words.
    bound_tokens_per_s: if embedding were matrix products alone. memory_mb: the most that the process held while it
    added and asked, before the tutorial's pipeline was loaded. start_seconds: `dateline ask` from nothing.
    """

    articles: int
    kilobytes: float
    dateline_kb_per_s: float
    tutorial_kb_per_s: float
    ratio: float
    words_per_s: float
    embedding_tokens_per_s: float
    bound_tokens_per_s: float
    ask: Latency
    start_seconds: float
    memory_mb: float
    disk_mb: float


def compare(
    place: str | Path, questions: Sequence[str], *, articles: int, settings: Settings, rounds: int = ROUNDS
) -> Figures:
    """Add the first `articles` of `place` with both, in turns, and ask `questions` of Dateline's archive.

    Raises:
        ValueError: nothing to add or to ask.
        ModuleNotFoundError: the tutorial's packages are missing: pip install 'dateline[bench]'.
    """
    chosen = list(islice((one for one in read(place) if isinstance(one, Article)), articles))
    if not chosen or not questions:
        raise ValueError(
            f"{place} gives {len(chosen)} articles and there are {len(questions)} questions: both are needed"
        )
    size = sum(len(a.text) for a in chosen) / 1000
    embedder = Embedder()
    embedder.embed(["warm up"])
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "first.dateline"
        _seconds_to_add(first, chosen, embedder, settings)
        with Assistant.open(first, settings) as assistant:
            asking = ask_latency(assistant, questions)
            texts = [p.text for a in chosen for p in assistant.archive.passages_of(a)][:EMBEDDED]
        memory, tokens, bound = peak_memory(), embedding_speed(embedder, texts), matrix_bound()
        start = start_seconds(first, questions[0])
        tutorial = Tutorial()
        ours, theirs, words = [], [], []
        for number in range(rounds):
            seconds, found = _seconds_to_add(Path(folder) / f"{number}.dateline", chosen, embedder, settings)
            ours.append(size / seconds)
            words.append(len(chosen) / found)
            theirs.append(size / tutorial.seconds_to_add(Path(folder) / f"{number}.tutorial", chosen))
            logger.info("round %d: %.1f kB/s, tutorial %.1f kB/s", number + 1, ours[-1], theirs[-1])
        return Figures(
            articles=len(chosen),
            kilobytes=size,
            dateline_kb_per_s=statistics.median(ours),
            tutorial_kb_per_s=statistics.median(theirs),
            ratio=statistics.median(a / b for a, b in zip(ours, theirs, strict=True)),
            words_per_s=statistics.median(words),
            embedding_tokens_per_s=tokens,
            bound_tokens_per_s=bound,
            ask=asking,
            start_seconds=start,
            memory_mb=memory,
            disk_mb=disk_size(first),
        )


def _seconds_to_add(
    folder: Path, articles: Sequence[Article], embedder: Embedder, settings: Settings
) -> tuple[float, float]:
    """How long it takes until all is done, and until all can be found by their words."""
    found = 0.0

    def look(stage: str, done: int, total: int | None) -> None:
        nonlocal found
        if stage == "reading":
            found = time.perf_counter()

    with Archive.open(folder, settings.index) as archive:
        archive.embedder = embedder
        share_processors(1)  # as the embedder sets it when it loads its model
        start = time.perf_counter()
        archive.add_articles(articles, progress=look)
        return time.perf_counter() - start, found - start
