"""The archive: articles in, passages out. It joins the ledger (the truth) with two indexes over it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from index.database import portions
from index.embedder import Embedder
from index.errors import ModelMismatch
from index.forms import in_capitals, written_as_name
from index.health import BUSY, REPAIR, check_folder, index_problems, ledger_problems
from index.indexing import VectorIndexing, index_words, made_otherwise
from index.intake import ARTICLES_A_TRANSACTION, hear, take_in
from index.keywords import Keywords
from index.ledger import Ledger
from index.lock import Ownership
from index.records import AddReport, Article, Failure, Hit, Passage, Problem, SearchFilter
from index.retriever import fuse
from index.settings import PACKAGED_MODEL, IndexSettings
from index.sources import count, read
from index.statements import Said, statements
from index.vector_index import VectorIndex

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

Progress = Callable[[str, int, int | None], None]
"""Called with what is being done, how much of it is done, and of how much (None: not known)."""

WORDS_EVERY = 1.0
"""Seconds between two commits of the word index while articles are being read."""
OWNER_WAIT = 10.0
"""Seconds to wait for another process that writes before giving up."""
WRITTEN_IN = 10
"""Passages that tell whether a word is a name."""


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
        self._vectors = VectorIndex(folder / "vectors", ledger, self._owner)
        self._writing = RLock()

    @classmethod
    def open(cls, folder: str | Path, settings: IndexSettings | None = None, *, new_model: bool = False) -> Archive:
        """Open the archive in `folder`, made when absent.

        With `new_model` it opens although the settings name another model, for `repair(embed=True)` with that one.

        Raises:
            ModelMismatch: the settings name another embedding model than the archive has.
            ArchiveError: `folder` is not an archive, or was written by another version.
        """
        settings, path = settings or IndexSettings(), Path(folder)
        check_folder(path)
        path.mkdir(parents=True, exist_ok=True)
        ledger = Ledger(path / "ledger.sqlite")
        stored = ledger.meta("embedding_model")
        asked = settings.embedding_model
        if stored and asked and stored != asked and not new_model:
            ledger.close()
            raise ModelMismatch(stored, asked)
        return cls(path, ledger, Embedder(asked or stored or PACKAGED_MODEL), settings)

    def close(self) -> None:
        """Let go of the files, after what is being written now; other processes may then write."""
        with self._writing:
            self._vectors.close()
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

        They can be found by their words as soon as they are read; who speaks is read after that, and embedding goes on
        all the while in a thread of its own.
        Cut short at any moment, the same call goes on where it stopped.

        Raises:
            ArchiveBusy: another process is writing.
        """
        tell = progress or _silent
        with self._writing:
            self._owner.demand(wait=OWNER_WAIT)
            report, done, fresh = AddReport(), 0, time.monotonic()
            with self._vector_indexing() as indexing:
                for batch in portions(found, ARTICLES_A_TRANSACTION):
                    report += take_in(self._ledger, batch, size=self.settings.passage_chars)
                    done += len(batch)
                    if time.monotonic() - fresh > WORDS_EVERY:
                        index_words(self._ledger, self._words)
                        fresh = time.monotonic()
                    indexing.look()
                    tell("reading", done, max(total, done) if total else None)
                index_words(self._ledger, self._words)
                tell("reading", done, done or None)  # all that was read can now be found by its words
                self._complete(indexing, tell)
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
            self._index(_silent)
            return gone

    def prepare(self) -> None:
        """For a process that stays: take the archive for itself, where none has it, and open its vector index."""
        self._vectors.prepare()

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
        return self._ledger.outbox.count("vectors")

    def unheard(self) -> int:
        """In how many articles who speaks was not read yet."""
        return self._ledger.voices.count_waiting()

    def passages_of(self, article: Article) -> list[Passage]:
        """The passages of an article, in order, with who speaks in their sentences."""
        return self._ledger.passages_of(article)

    def who_is(self, description: str) -> list[str]:
        """The names that "the Teamsters chief" can mean, by what the articles say of roles; the likeliest first."""
        return self._ledger.voices.holders(description)

    def is_name(self, word: str) -> bool:
        """Whether the articles have `word`, written with a capital letter, for a name; so too where none has it."""
        if in_capitals(word):
            return True
        found = [i for i, _ in self._words.search(word, WRITTEN_IN, SearchFilter())]
        return written_as_name(word, [passage.text for passage, _ in self._ledger.passages(found, speech=False)])

    def statements(
        self,
        *,
        speaker: str | None = None,
        on_behalf_of: str | None = None,
        only: SearchFilter | None = None,
        limit: int | None = None,
    ) -> Iterator[Said]:
        """Who said what: each statement with its article, the newest first; see `index.statements`."""
        return statements(
            self._ledger, speaker=speaker, on_behalf_of=on_behalf_of, only=only or SearchFilter(), limit=limit
        )

    # -- search

    def search(self, question: str, k: int = 10, only: SearchFilter | None = None) -> list[Hit]:
        """The `k` passages that fit the question best, by meaning and by words, fused by reciprocal ranks.

        The order is stable: ties go by passage id.
        """
        if k < 1:
            raise ValueError(f"k is {k}: ask for at least one passage")
        only, wide = only or SearchFilter(), max(k, self.settings.candidates)
        by_words = [i for i, _ in self._words.search(question, wide, only)]
        near: dict[str, float] = {}
        if self._ledger.meta("embedding_model"):
            near = dict(self._vectors.search(self.embedder.embed([question])[0], wide, only))
        ranked = dict(fuse(list(near), by_words)[:k])
        found = self._ledger.passages(list(ranked))
        return [Hit(passage, article, ranked[passage.id], near.get(passage.id)) for passage, article in found]

    def as_retriever(self, *, k: int = 10, only: SearchFilter | None = None) -> BaseRetriever:
        """A LangChain retriever; its Documents carry id, title, url, source, published, start and end."""
        from index.langchain import ArchiveRetriever

        return ArchiveRetriever(archive=self, k=k, only=only or SearchFilter())

    # -- health

    def verify(self) -> list[Problem]:
        """What is wrong between the ledger and its indexes; nothing when all is well."""
        with self._writing:
            owned = self._owner.take(wait=0)
            expected = self._ledger.passage_ids()
            problems = [
                *ledger_problems(self._ledger),
                *index_problems("word index", expected, self._words.ids),
            ]
            if not owned:
                return [*problems, BUSY]
            if damage := self._vectors.damage():
                self._owner.give_back()  # another process may repair it
                return [*problems, Problem(damage, REPAIR)]
            return [*problems, *index_problems("vector index", expected, self._vectors.ids)]

    def repair(self, *, embed: bool = False, progress: Progress | None = None) -> None:
        """Build both indexes anew from the ledger, and read anew who speaks.

        Only vectors that were made otherwise are made again; with `embed` all are, with the model of the settings.
        """
        tell = progress or _silent
        with self._writing:
            self._owner.demand(wait=OWNER_WAIT)
            self._ledger.voices.start_over()
            if embed or made_otherwise(self._ledger):
                self._ledger.forget_vectors()
            self._vectors.renew()
            self._words.clear()
            self._ledger.outbox.start_over("words")
            self._index(tell)

    # -- how it is done

    def _index(self, tell: Progress) -> None:
        """Bring all that is made of the ledger's articles up to date."""
        index_words(self._ledger, self._words)
        with self._vector_indexing() as indexing:
            self._complete(indexing, tell)

    def _complete(self, indexing: VectorIndexing, tell: Progress) -> None:
        """Read who speaks while passages are being embedded, then wait for the embedding."""
        for heard, of in hear(self._ledger):
            indexing.look()
            tell("attributing", heard, of)
        for embedded, of in indexing.rest():
            tell("embedding", embedded, of)

    def _vector_indexing(self) -> VectorIndexing:
        return VectorIndexing(self._ledger, self.embedder, self._vectors)


def _silent(stage: str, done: int, total: int | None) -> None:
    """Tell nobody."""
