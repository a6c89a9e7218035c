"""What the ledger holds -> the word index and the vector index, a round at a time, as its outbox says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Event
from types import TracebackType

import numpy as np

from index.embedder import Embedder
from index.keywords import Keywords
from index.ledger import Ledger
from index.outbox import Task
from index.records import Article, Passage, digest
from index.vector_index import VectorIndex
from index.vectors import Vectors

PASSAGES_A_ROUND = 512
"""Embedded, written and indexed together."""
WORDS_A_ROUND = 20_000
HEAD_START = 20.0
"""Seconds, at most, in which reading has the machine to itself, so that all can be found by their words soon."""
TITLE = 0.7
"""What the title of its article counts in the vector of a passage, beside its own text."""

Changes = tuple[Sequence[str], Mapping[str, Vectors]]
"""The ids of passages that are gone, and those that are there with their vectors."""
MAKING = "2"
"""How a passage's vector is made of what is embedded; raised with every change, so that archives are embedded anew."""


def vector_key(article: Article, passage: Passage) -> str:
    """Under what the ledger keeps the vector of a passage: equal texts under equal titles share one."""
    return digest(f"{article.title}\n{passage.text}")


def made_otherwise(ledger: Ledger) -> bool:
    """Whether the vectors that there are were made by an older Dateline, in another way."""
    return bool(ledger.meta("embedding_model")) and ledger.meta("vector_making") != MAKING


def index_words(ledger: Ledger, words: Keywords) -> None:
    """Bring the word index up to date."""
    while tasks := ledger.outbox.tasks("words", limit=WORDS_A_ROUND):
        ids = list(dict.fromkeys(task.passage_id for task in tasks))
        there = ledger.passages(ids, speech=False)
        gone = set(ids) - {passage.id for passage, _ in there}
        words.apply(sorted(gone), there)
        with ledger.transaction() as tx:
            ledger.outbox.done(tx, tasks)


class VectorIndexing:
    """Embeds and brings the vector index up to date in a thread of its own, while more articles are being read.

    The ledger's outbox is the queue between the two: the reader never waits for the embedding, and what is not done
    when the process ends is done by the next. Use it as a context manager; left by an exception, it stops after the
    round that it is in. It begins when all is read, or after `HEAD_START`.
    """

    def __init__(self, ledger: Ledger, embedder: Embedder, index: VectorIndex) -> None:
        self._ledger = ledger
        self._embedder = embedder
        self._index = index
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="index")
        self._rounds: SimpleQueue[int | None] = SimpleQueue()
        self._news, self._complete, self._stop = Event(), Event(), Event()

    def __enter__(self) -> VectorIndexing:
        self._work = self._thread.submit(self._run)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        self._complete.set()
        self._news.set()
        self._thread.shutdown()

    def look(self) -> None:
        """Say that the outbox has more; raises what has gone wrong meanwhile."""
        self._news.set()
        if self._work.done():
            self._work.result()

    def rest(self) -> Iterator[tuple[int, int]]:
        """Say that nothing more comes, and wait for the end; after each round, how much is done, and of how much."""
        self._complete.set()
        self._news.set()
        while (done := self._rounds.get()) is not None:
            yield done, done + self._ledger.outbox.count("vectors")
        self._work.result()

    def _run(self) -> None:
        try:
            self._complete.wait(HEAD_START)
            if self._stop.is_set():
                return
            self._index.open()
            # While a round is being written to the index, the next is being embedded.
            with ThreadPoolExecutor(1, thread_name_prefix="write") as writer:
                self._rounds_to(writer)
            self._index.finish()
        finally:
            self._rounds.put(None)

    def _rounds_to(self, writer: Executor) -> None:
        done, taken, written, writing = 0, 0, 0, None
        while not self._stop.is_set():
            complete = self._complete.is_set()  # asked before looking, so that what came last is not missed
            tasks = self._ledger.outbox.tasks("vectors", limit=PASSAGES_A_ROUND, after=taken)
            changes = self._changes(tasks) if tasks else None
            if writing:
                writing.result()
                done += written
                self._rounds.put(done)
                writing = None
            if changes:
                writing = writer.submit(self._index.write, *changes, tasks)
                written = len(tasks)
                taken = tasks[-1].number
            elif taken:  # numbers begin anew where none is left
                taken = 0
            elif not complete:
                self._news.wait()
                self._news.clear()
            elif self._index.finish():
                return

    def _changes(self, tasks: Sequence[Task]) -> Changes:
        """What the tasks change in the index; vectors that the ledger has not are made."""
        ids = list(dict.fromkeys(task.passage_id for task in tasks))
        there = self._ledger.passages(ids, speech=False)
        keys = [vector_key(article, passage) for passage, article in there]
        texts = {key: (article.title, passage.text) for key, (passage, article) in zip(keys, there, strict=True)}
        known = self._ledger.vectors(list(texts))
        if missing := {key: pair for key, pair in texts.items() if key not in known}:
            self._embed(missing)
            known.update(self._ledger.vectors(list(missing)))
        gone = set(ids) - {passage.id for passage, _ in there}
        # A vector may have gone meanwhile, with its passage: then the outbox says so, after these tasks.
        added = {passage.id: known[key] for key, (passage, _) in zip(keys, there, strict=True) if key in known}
        return sorted(gone), added

    def _embed(self, missing: Mapping[str, tuple[str, str]]) -> None:
        """Write the vectors of passages, each of a title and a text; each title and each text is embedded once.

        The title, for what the passage takes as known, is not embedded with each passage: that would be a tenth more.
        """
        parts = list(dict.fromkeys(part for pair in missing.values() for part in pair))
        found = dict(zip(parts, self._embedder.embed(parts), strict=True))
        vectors = np.stack([found[text] + TITLE * found[title] for title, text in missing.values()])
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)  # not 0: the title counts less than the text
        if not self._ledger.meta("embedding_model"):
            self._ledger.remember("embedding_model", self._embedder.name)
            self._ledger.remember("vector_making", MAKING)
            self._ledger.remember("embedding_dimension", str(vectors.shape[1]))
        with self._ledger.transaction() as tx:
            self._ledger.put_vectors(tx, list(missing), vectors)
