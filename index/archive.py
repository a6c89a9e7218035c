"""The archive: articles in, passages out. It joins the ledger (the truth) with two indexes over it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from index.embedder import Embedder
from index.errors import ArchiveDamaged, ArchiveError, ModelMismatch
from index.keywords import Keywords
from index.ledger import INDEXES, Ledger
from index.lock import Ownership
from index.records import (
    AddReport,
    Article,
    Attribution,
    Failure,
    Hit,
    Passage,
    Problem,
    SearchFilter,
    Sentence,
    digest,
)
from index.retriever import fuse
from index.settings import PACKAGED_MODEL, IndexSettings
from index.sources import count, read
from index.speakers import attribute
from index.splitter import make_passages, split_sentences
from index.vectors import ChromaVectors, ExactVectors, VectorSearch, probe

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

Progress = Callable[[str, int, int | None], None]
"""Called with what is being done, how much of it is done, and of how much (None: not known)."""

ARTICLES_A_TRANSACTION = 100
PASSAGES_A_ROUND = 2048
"""Embedded, written and indexed together; sorted by length within, so that batches hold little padding."""
WORDS_A_ROUND = 20_000
OWNER_WAIT = 10.0
"""Seconds to wait for another process that writes before giving up."""

T = TypeVar("T")
logger = logging.getLogger(__name__)


class Archive:
    """A folder with a ledger, a vector index and a word index. Safe to use from several threads.

    One process writes at a time; others may search meanwhile. Nothing is loaded before it is needed.
    """

    def __init__(self, folder: Path, ledger: Ledger, embedder: Embedder, settings: IndexSettings) -> None:
        self.folder = folder
        self.settings = settings
        self.embedder = embedder
        self._ledger = ledger
        self._owner = Ownership(folder)
        self._words = Keywords(folder / "words")
        self._chroma: ChromaVectors | None = None
        self._exact = ExactVectors(ledger)
        self._writing = RLock()
        self._opening = RLock()

    @classmethod
    def open(cls, folder: str | Path, settings: IndexSettings | None = None, *, new_model: bool = False) -> Archive:
        """Open the archive in `folder`, made when absent.

        With `new_model` it opens although the settings name another model, for `repair(embed=True)` with that one.

        Raises:
            ModelMismatch: the settings name another embedding model than the archive has.
            ArchiveError: `folder` is not an archive, or was written by another version.
        """
        settings = settings or IndexSettings()
        path = Path(folder)
        if path.exists() and not path.is_dir():
            raise ArchiveError(f"{path} is a file: name the folder of an archive, or a new one")
        if (
            path.is_dir()
            and any(path.iterdir())
            and not (path / "ledger.sqlite").exists()
            and not (path / "owner.lock").exists()
        ):
            raise ArchiveError(f"{path} holds other things than an archive: name another folder")
        path.mkdir(parents=True, exist_ok=True)
        ledger = Ledger(path / "ledger.sqlite")
        stored = ledger.meta("embedding_model")
        asked = settings.embedding_model
        if stored and asked and stored != asked and not new_model:
            ledger.close()
            raise ModelMismatch(stored, asked)
        return cls(path, ledger, Embedder(asked or stored or PACKAGED_MODEL), settings)

    def close(self) -> None:
        """Let go of the files; other processes may then write."""
        if self._chroma:
            self._chroma.close()
            self._chroma = None
        self._owner.release()
        self._ledger.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- articles in and out

    def add(self, place: str | Path, *, progress: Progress | None = None) -> AddReport:
        """Add the articles of a file, folder, collection, web page or feed; see `add_articles`."""
        limits = self.settings
        found = read(
            place,
            max_document_mb=limits.max_document_mb,
            max_record_mb=limits.max_record_mb,
            allow_private=limits.allow_private_addresses,
        )
        return self.add_articles(found, total=count(place), progress=progress)

    def add_articles(
        self, found: Iterable[Article | Failure], *, total: int | None = None, progress: Progress | None = None
    ) -> AddReport:
        """Add articles. The same article again is unchanged; a changed one replaces its earlier version.

        First all are read and can be found by their words, then they are embedded. Cut short at any moment, the same
        call goes on where it stopped.

        Raises:
            ArchiveBusy: another process is writing.
        """
        tell = progress or _silent
        with self._writing:
            self._owner.demand(wait=OWNER_WAIT)
            report = AddReport()
            done = 0
            for batch in _portions(found, ARTICLES_A_TRANSACTION):
                report = self._take_in(batch, report)
                done += len(batch)
                self._index_words()
                tell("reading", done, max(total, done) if total else None)
            self._embed(tell)
            return report

    def remove(self, asked: Sequence[str]) -> list[Article]:
        """Remove articles, each named by id, URL or path, everywhere; the removed ones.

        Raises:
            ArticleNotFound: one of them is not there; then none is removed.
        """
        with self._writing:
            self._owner.demand(wait=OWNER_WAIT)
            gone = [self._ledger.find(one) for one in asked]
            with self._ledger.transaction() as tx:
                for article in gone:
                    self._ledger.remove(tx, article.id)
            self._index_words()
            self._embed(_silent)
            return gone

    # -- looking

    def article(self, asked: str) -> Article:
        """The article with this id, URL or path; raises ArticleNotFound."""
        return self._ledger.find(asked)

    def listing(self, only: SearchFilter | None = None, *, limit: int | None = None, offset: int = 0) -> list[Article]:
        """Articles without their text, the newest first."""
        return self._ledger.listing(only or SearchFilter(), limit=limit, offset=offset)

    def history(self, article_id: str) -> list[dict[str, Any]]:
        """Hash and dates of the earlier versions of an article, the oldest first."""
        return self._ledger.history(article_id)

    def sources(self) -> list[tuple[str, int]]:
        """Each outlet with its number of articles, the largest first."""
        return self._ledger.sources()

    def counts(self) -> dict[str, int]:
        """How many `articles`, `passages`, `vectors` and `attributions` there are, and what is `waiting()`."""
        return {**self._ledger.counts(), "waiting": self.waiting()}

    def waiting(self) -> int:
        """How many passages are not in the vector index yet."""
        return self._ledger.task_count("vectors")

    def passages_of(self, article: Article) -> list[Passage]:
        """The passages of an article, in order, with who speaks in their sentences."""
        return self._ledger.passages_of(article)

    # -- search

    def search(self, question: str, k: int = 10, only: SearchFilter | None = None) -> list[Hit]:
        """The `k` passages that fit the question best, by meaning and by words, fused by reciprocal ranks.

        The order is stable: ties go by passage id.
        """
        if k < 1:
            raise ValueError(f"k is {k}: ask for at least one passage")
        only = only or SearchFilter()
        wide = max(k, self.settings.candidates)
        by_words = [i for i, _ in self._words.search(question, wide, only)]
        near: dict[str, float] = {}
        if self._ledger.meta("embedding_model"):
            near = dict(self._vectors().search(self.embedder.embed([question])[0], wide, only))
        ranked = fuse(list(near), by_words)[:k]
        scores = dict(ranked)
        return [
            Hit(passage, article, scores[passage.id], near.get(passage.id))
            for passage, article in self._ledger.passages([i for i, _ in ranked])
        ]

    def as_retriever(self, *, k: int = 10, only: SearchFilter | None = None) -> BaseRetriever:
        """A LangChain retriever; its Documents carry id, title, url, source, published, start and end."""
        from index.langchain import ArchiveRetriever

        return ArchiveRetriever(archive=self, k=k, only=only or SearchFilter())

    # -- health

    def verify(self) -> list[Problem]:
        """What is wrong between the ledger and its indexes; nothing when all is well."""
        remedy = "run 'dateline repair'"
        problems = [Problem(what, "restore the ledger from a copy") for what in self._ledger.check()]
        expected = self._ledger.passage_ids()
        with self._writing:
            owned = self._owner.take(wait=0)
            waiting = {name: self._ledger.task_count(name) for name in INDEXES}
            if any(waiting.values()):
                problems.append(
                    Problem(
                        f"{max(waiting.values())} passages wait to be indexed",
                        "run 'dateline add' again, or 'dateline repair'",
                    )
                )
            try:
                problems += [Problem(what, remedy) for what in _differences("word index", expected, self._words.ids())]
            except ArchiveDamaged:
                problems.append(Problem("the word index cannot be read", remedy))
            if not owned:
                problems.append(
                    Problem(
                        "another process is using the archive: its vector index was not looked at",
                        "verify again when it has ended",
                    )
                )
                return problems
            if self._chroma is None and (damage := probe(self.folder / "vectors")):
                return [*problems, Problem(damage, remedy)]
            problems += [
                Problem(what, remedy) for what in _differences("vector index", expected, self._chroma_index().ids())
            ]
        return problems

    def repair(self, *, embed: bool = False, progress: Progress | None = None) -> None:
        """Build both indexes anew from the ledger, without reading or embedding an article again.

        With `embed` all passages are embedded anew too, with the model of the settings.
        """
        with self._writing:
            self._owner.demand(wait=OWNER_WAIT)
            if embed:
                self._ledger.forget_vectors()
            with self._opening:
                if self._chroma:
                    self._chroma.close()
                self._chroma = ChromaVectors(self.folder / "vectors", fresh=True)
            self._words.clear()
            for name in INDEXES:
                self._ledger.start_over(name)
            self._index_words()
            self._embed(progress or _silent)

    # -- how it is done

    def _take_in(self, batch: Sequence[Article | Failure], report: AddReport) -> AddReport:
        checked = [one if isinstance(one, Failure) or _storable(one) else _unstorable(one) for one in batch]
        failures = [one for one in checked if isinstance(one, Failure)]
        articles = {one.id: one for one in checked if isinstance(one, Article)}
        known = self._ledger.hashes(list(articles))
        fresh = [a for a in articles.values() if known.get(a.id) != a.content_hash]
        cut = [(a, *self._cut(a)) for a in fresh]
        with self._ledger.transaction() as tx:
            for article, passages, said in cut:
                keys = [digest(embedded_text(article, p)) for p in passages]
                self._ledger.put(tx, article, passages, keys, said)
        updated = sum(a.id in known for a in fresh)
        return AddReport(
            added=report.added + len(fresh) - updated,
            updated=report.updated + updated,
            unchanged=report.unchanged + len(batch) - len(failures) - len(fresh),
            failures=(*report.failures, *failures),
            article_ids=(*report.article_ids, *articles),
        )

    def _cut(self, article: Article) -> tuple[list[Passage], list[Attribution]]:
        spans = split_sentences(article.text)
        said = attribute(article.text, spans, title=article.title)
        sentences = [Sentence(start, end) for start, end in spans]
        return make_passages(article, sentences, size=self.settings.passage_chars), said

    def _index_words(self) -> None:
        while tasks := self._ledger.tasks("words", limit=WORDS_A_ROUND):
            ids = list(dict.fromkeys(task.passage_id for task in tasks))
            there = self._ledger.passages(ids)
            gone = set(ids) - {passage.id for passage, _ in there}
            self._words.apply(sorted(gone), there)
            self._ledger.done(tasks)

    def _embed(self, tell: Progress) -> None:
        """Embed what has no vector yet and bring the vector index up to date, a round at a time."""
        # Opened first: after a crash this finds the index cut short, and everything is to be done again.
        index = self._chroma_index()
        total, done = self._ledger.task_count("vectors"), 0
        if not total:
            return
        index.begin()
        while tasks := self._ledger.tasks("vectors", limit=PASSAGES_A_ROUND):
            ids = list(dict.fromkeys(task.passage_id for task in tasks))
            there = self._ledger.passages(ids)
            keys = [digest(embedded_text(article, passage)) for passage, article in there]
            texts = {key: embedded_text(article, passage) for key, (passage, article) in zip(keys, there, strict=True)}
            known = self._ledger.vectors(list(texts))
            missing = [key for key in texts if key not in known]
            if missing:
                self._write_vectors(missing, [texts[key] for key in missing])
                known.update(self._ledger.vectors(missing))
            gone = set(ids) - {passage.id for passage, _ in there}
            index.apply(sorted(gone), [(located, known[key]) for key, located in zip(keys, there, strict=True)])
            self._ledger.done(tasks)
            done += len(tasks)
            tell("embedding", done, max(total, done))
        index.finish()

    def _write_vectors(self, keys: Sequence[str], texts: Sequence[str]) -> None:
        vectors = self.embedder.embed(texts)
        if not self._ledger.meta("embedding_model"):
            self._ledger.remember("embedding_model", self.embedder.name)
            self._ledger.remember("embedding_dimension", str(vectors.shape[1]))
        with self._ledger.transaction() as tx:
            self._ledger.put_vectors(tx, keys, vectors)

    def _vectors(self) -> VectorSearch:
        """Chroma where this process may open it and it holds all passages, else the ledger's own vectors."""
        if self._chroma or self._owner.take(wait=0):
            index = self._chroma_index()
            return self._exact if self._ledger.tasks("vectors", limit=1) else index
        return self._exact

    def _chroma_index(self) -> ChromaVectors:
        with self._opening:
            if self._chroma is None:
                self._chroma = ChromaVectors(self.folder / "vectors")
                if self._chroma.was_cleared:
                    self._ledger.start_over("vectors")
            return self._chroma


def _storable(article: Article) -> bool:
    try:
        article.text.encode()
        article.title.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in article.text


def _unstorable(article: Article) -> Failure:
    reason = "its text or title holds half a surrogate pair or a NUL, which cannot be stored"
    return Failure(article.url or article.path or article.id, reason, "take the character out")


def embedded_text(article: Article, passage: Passage) -> str:
    """What is embedded for a passage: the article's title, for what the passage takes as known, and its text."""
    return f"{article.title}\n{passage.text}"


def _differences(name: str, expected: set[str], found: set[str]) -> Iterator[str]:
    if missing := len(expected - found):
        yield f"{missing} passages are missing from the {name}"
    if extra := len(found - expected):
        yield f"{extra} passages in the {name} belong to no article"


def _portions(values: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(values)
    while portion := list(islice(rest, size)):
        yield portion


def _silent(stage: str, done: int, total: int | None) -> None:
    """Tell nobody."""
