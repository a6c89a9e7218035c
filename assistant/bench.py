"""Dateline beside the LangChain tutorial pipeline, on the same articles and model, in one run."""

from __future__ import annotations

import logging
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from assistant.assistant import Assistant
from assistant.settings import Settings
from index import Archive, Article
from index.embedder import Embedder, packaged_model, share_processors
from index.settings import PACKAGED_MODEL
from index.sources import read

ROUNDS = 3
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; kB are thousands of characters of article text, latencies are in seconds.

    `dateline` and `tutorial` are medians of rounds that took turns, model loaded beforehand; `ratio` is the median of
    the rounds' ratios.
    """

    articles: int
    kilobytes: float
    dateline_kb_per_s: float
    tutorial_kb_per_s: float
    ratio: float
    ask_median: float
    ask_p95: float

    def to_dict(self) -> dict[str, float]:
        """The figures as JSON has them."""
        return asdict(self)


def compare(
    place: str | Path, questions: Sequence[str], *, articles: int, settings: Settings, rounds: int = ROUNDS
) -> Figures:
    """Add the first `articles` of `place` with both, in turns, then ask `questions` of Dateline's archive.

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
    embedder, tutorial = Embedder(PACKAGED_MODEL), Tutorial()
    embedder.embed(["warm up"])
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            ours.append(size / _seconds_to_add(Path(folder) / f"{number}.dateline", chosen, embedder, settings))
            theirs.append(size / tutorial.seconds_to_add(Path(folder) / f"{number}.tutorial", chosen))
            logger.info("round %d: %.1f kB/s, tutorial %.1f kB/s", number + 1, ours[-1], theirs[-1])
        with Assistant.open(Path(folder) / "0.dateline", settings) as assistant:
            share_processors(1)
            latencies = ask_latencies(assistant, questions)
    return Figures(
        articles=len(chosen),
        kilobytes=size,
        dateline_kb_per_s=statistics.median(ours),
        tutorial_kb_per_s=statistics.median(theirs),
        ratio=statistics.median(a / b for a, b in zip(ours, theirs, strict=True)),
        ask_median=statistics.median(latencies),
        ask_p95=sorted(latencies)[int(0.95 * (len(latencies) - 1))],
    )


def ask_latencies(assistant: Assistant, questions: Sequence[str]) -> list[float]:
    """Seconds that each question took, the model loaded beforehand."""
    assistant.ask(questions[0])
    latencies = []
    for question in questions:
        start = time.perf_counter()
        assistant.ask(question)
        latencies.append(time.perf_counter() - start)
    return latencies


class Tutorial:
    """What LangChain's own tutorial on retrieval does: RecursiveCharacterTextSplitter(1000, 200), MiniLM, Chroma."""

    def __init__(self) -> None:
        from langchain_huggingface import HuggingFaceEmbeddings

        self._embeddings = HuggingFaceEmbeddings(model_name=str(packaged_model()))
        self._embeddings.embed_query("warm up")

    def seconds_to_add(self, folder: Path, articles: Sequence[Article]) -> float:
        """How long it takes until all are in Chroma."""
        from langchain_chroma import Chroma
        from langchain_core.documents import Document
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        share_processors(os.cpu_count() or 1)  # as torch has it by itself
        start = time.perf_counter()
        documents = [Document(a.text, metadata={"title": a.title, "url": a.url or ""}) for a in articles]
        parts = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(documents)
        Chroma.from_documents(parts, self._embeddings, persist_directory=str(folder))
        return time.perf_counter() - start


def _seconds_to_add(folder: Path, articles: Sequence[Article], embedder: Embedder, settings: Settings) -> float:
    with Archive.open(folder, settings.index) as archive:
        archive.embedder = embedder
        share_processors(1)  # as the embedder sets it when it loads its model
        start = time.perf_counter()
        archive.add_articles(articles)
        return time.perf_counter() - start
