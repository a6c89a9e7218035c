"""The ledger: articles, passages, who speaks in them, vectors. The one source of truth, in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, delete, exists, func, insert, select, update
from sqlalchemy.exc import DatabaseError

from index.database import Database, portions
from index.errors import ArchiveError, ArticleNotFound, SchemaMismatch
from index.outbox import Outbox, enqueue
from index.records import Article, Attribution, Passage, SearchFilter, canonical_url, digest
from index.schema import (
    SCHEMA_VERSION,
    article_record,
    article_row,
    articles,
    attributions,
    conditions,
    create_tables,
    fact,
    filtered,
    meta,
    passage_record,
    passage_row,
    passages,
    put_fact,
    vectors,
    versions,
)
from index.shards import Shards
from index.voices import Voices

Vectors = NDArray[np.float32]
Located = tuple[Passage, Article]
Entry = tuple[Article, Sequence[Passage], Sequence[str]]
"""An article, its passages, and for each of them the key under which its vector is or will be."""
KEPT = ("content_hash", "published", "updated", "added")
"""What is kept of an earlier version of an article."""


class Ledger:
    """Reads and writes the ledger.

    Its `outbox` has what the indexes have still to do, its `shards` where the vector index has what, its `voices` who
    speaks.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = Database(path)
        self.outbox = Outbox(self._database)
        self.shards = Shards(self._database)
        self.voices = Voices(self._database)
        try:
            create_tables(self._database.engine)
        except DatabaseError as error:
            raise ArchiveError(
                f"{path} is not a ledger ({error.orig}): restore it from a copy, or add the articles to a new archive"
            ) from error
        stored = self.meta("schema_version")
        if stored is None:
            self.remember("schema_version", SCHEMA_VERSION)
        elif stored == "1":
            with self.transaction() as tx:
                older = (meta.c.key == "schema_version") & (meta.c.value == stored)
                if tx.execute(update(meta).where(older).values(value=SCHEMA_VERSION)).rowcount:  # else another has just
                    self.shards.take_over(tx)
        elif stored != SCHEMA_VERSION:
            raise SchemaMismatch(str(path), stored, SCHEMA_VERSION)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def transaction(self) -> AbstractContextManager[Connection]:
        """All or nothing, and on disk when it ends. The methods with a `tx` take part in it."""
        return self._database.transaction()

    def reading(self) -> Connection:
        """A connection to read with: a context manager that waits for no writer."""
        return self._database.reading()

    # -- facts about the whole

    def meta(self, key: str) -> str | None:
        """A remembered fact, such as the name of the embedding model."""
        with self.reading() as db:
            return fact(db, key)

    def remember(self, key: str, value: str) -> None:
        """Write down a fact about the archive."""
        with self.transaction() as tx:
            put_fact(tx, key, value)

    def counts(self) -> dict[str, int]:
        """How many rows the tables `articles`, `passages`, `vectors`, `attributions` have."""
        return {table.name: self._database.count(table) for table in (articles, passages, vectors, attributions)}

    def count_articles(self, only: SearchFilter) -> int:
        """How many articles pass a filter."""
        return self._database.count(articles, *conditions(only))

    def count_vectors(self) -> int:
        """How many different vectors there are."""
        return self._database.count(vectors)

    def check(self) -> list[str]:
        """What the database itself finds wrong with its file; nothing when it is whole."""
        with self.reading() as db:
            found = [str(row[0]) for row in db.exec_driver_sql("PRAGMA quick_check(10)")]
        return [] if found == ["ok"] else [f"the ledger is damaged ({what})" for what in found]

    # -- articles

    def hashes(self, ids: Sequence[str]) -> dict[str, str]:
        """The content hash of those of these articles that are known."""
        query = select(articles.c.id, articles.c.content_hash)
        return {row.id: row.content_hash for row in self._database.rows(query, articles.c.id, ids)}

    def put(self, tx: Connection, entries: Sequence[Entry]) -> None:
        """Write articles, each once, with their passages; of an earlier version hash and dates are kept.

        Who speaks in them is read later.
        """
        now = datetime.now(UTC)
        rows = {article.id: article_row(article, now) for article, _, _ in entries}
        found = tx.execute(select(articles).where(articles.c.id.in_(rows))).mappings()
        earlier = {old["id"]: {key: old[key] for key in KEPT} for old in found}
        unused: list[str] = []
        for article_id, kept in earlier.items():
            unused += self._drop_passages(tx, article_id)
            row = rows.pop(article_id)
            tx.execute(insert(versions).values(article_id=article_id, replaced=row["added"], **kept))
            tx.execute(update(articles).where(articles.c.id == article_id).values(**row))
        added = [passage_row(part, key) for _, parts, keys in entries for part, key in zip(parts, keys, strict=True)]
        _insert(tx, articles, list(rows.values()))
        _insert(tx, passages, added)
        enqueue(tx, "add", [row["id"] for row in added])
        self.voices.wait(tx, [article.id for article, _, _ in entries])
        _drop_unused_vectors(tx, unused)

    def remove(self, tx: Connection, article_id: str) -> None:
        """Take out an article with its passages, its vectors and what is kept of its earlier versions."""
        unused = self._drop_passages(tx, article_id)
        tx.execute(delete(versions).where(versions.c.article_id == article_id))
        tx.execute(delete(articles).where(articles.c.id == article_id))
        _drop_unused_vectors(tx, unused)

    def find(self, asked: str) -> Article:
        """The article with this id, URL or path.

        Raises:
            ArticleNotFound: when there is none.
        """
        ids = [asked, digest("url", canonical_url(asked))[:16]]
        paths = [asked, str(Path(asked).resolve())]
        query = select(articles).where(articles.c.id.in_(ids) | articles.c.path.in_(paths)).order_by(articles.c.id)
        with self.reading() as db:
            rows = db.execute(query.limit(2)).mappings().all()
        if not rows:
            raise ArticleNotFound(asked)
        if len(rows) > 1:
            raise ArchiveError(f"'{asked}' holds several articles: name one by its id ('dateline list' shows them)")
        return article_record(dict(rows[0]))

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """These articles by id; unknown ids are left out."""
        return {
            row.id: article_record(row._mapping) for row in self._database.rows(select(articles), articles.c.id, ids)
        }

    def listing(self, only: SearchFilter, *, limit: int | None = None, offset: int = 0) -> list[Article]:
        """Articles without their text, the newest first and those of unknown date last."""
        columns = [c for c in articles.c if c.name != "text"]
        order = (articles.c.published.is_(None), articles.c.published.desc(), articles.c.title, articles.c.id)
        query = filtered(select(*columns), only).order_by(*order).limit(limit).offset(offset)
        with self.reading() as db:
            return [article_record({**row, "text": ""}) for row in db.execute(query).mappings()]

    def sources(self) -> list[tuple[str, int]]:
        """Each outlet with its number of articles, the largest first."""
        count = func.count().label("count")
        query = select(articles.c.source, count).where(articles.c.source.is_not(None)).group_by(articles.c.source)
        with self.reading() as db:
            return [(row[0], row[1]) for row in db.execute(query.order_by(count.desc(), articles.c.source))]

    def history(self, article_id: str) -> list[dict[str, Any]]:
        """Earlier versions of an article, the oldest first: content_hash, published, updated, added, replaced."""
        query = select(versions).where(versions.c.article_id == article_id).order_by(versions.c.number)
        with self.reading() as db:
            return [dict(row) for row in db.execute(query).mappings()]

    # -- passages

    def passages(self, ids: Sequence[str], *, speech: bool = True) -> list[Located]:
        """These passages with their articles, in the order of `ids`; unknown ids are left out.

        Without `speech` nothing is looked up of who speaks in their sentences: the indexes need it not.
        """
        rows = {row.id: row._mapping for row in self._database.rows(select(passages), passages.c.id, ids)}
        article_ids = sorted({row["article_id"] for row in rows.values()})
        known, said = self.articles(article_ids), self._said(rows.values()) if speech else {}
        found: list[Located] = []
        for i in ids:
            row = rows.get(i)
            # An article may have been removed between the two reads.
            article = known.get(row["article_id"]) if row else None
            if row and article:
                found.append((passage_record(row, article.text, said.get(article.id, {})), article))
        return found

    def passages_of(self, article: Article) -> list[Passage]:
        """All passages of an article, in order."""
        query = select(passages).where(passages.c.article_id == article.id).order_by(passages.c.number)
        with self.reading() as db:
            rows = db.execute(query).mappings().all()
        said = self._said(rows)[article.id]
        return [passage_record(dict(row), article.text, said) for row in rows]

    def _said(self, rows: Iterable[Mapping[Any, Any]]) -> dict[str, dict[tuple[int, int], Attribution]]:
        """By article and sentence, who speaks in these passages."""
        return self.voices.said((row["article_id"], start, end) for row in rows for start, end in row["sentences"])

    def passage_ids(self) -> set[str]:
        """The ids of all passages."""
        with self.reading() as db:
            return set(db.execute(select(passages.c.id)).scalars())

    def passing(self, ids: Sequence[str], only: SearchFilter) -> set[str]:
        """Those of these passages whose articles pass a filter."""
        query = filtered(select(passages.c.id).join(articles, articles.c.id == passages.c.article_id), only)
        return {row.id for row in self._database.rows(query, passages.c.id, ids)}

    # -- vectors

    def put_vectors(self, tx: Connection, keys: Sequence[str], found: Vectors) -> None:
        """Write vectors under their keys, in half precision: its rounding is below the embedding's own."""
        for chunk in portions(keys):
            tx.execute(delete(vectors).where(vectors.c.key.in_(chunk)))
        rows = [{"key": key, "vector": v.astype("<f2").tobytes()} for key, v in zip(keys, found, strict=True)]
        _insert(tx, vectors, rows)

    def vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """The vectors under these keys, shape (dimension,); keys without one are left out."""
        rows = self._database.rows(select(vectors), vectors.c.key, keys)
        return {row.key: np.frombuffer(row.vector, "<f2").astype(np.float32) for row in rows}

    def all_vectors(self, only: SearchFilter) -> Iterator[tuple[list[str], Vectors]]:
        """Keys with their vectors, shape (len(keys), dimension), in blocks: those of passages that pass the filter."""
        query = select(vectors.c.key, vectors.c.vector)  # as they lie on disk: by key it would take four times as long
        if only:
            passing = select(passages.c.vector_key).join(articles, articles.c.id == passages.c.article_id)
            query = query.where(vectors.c.key.in_(filtered(passing, only)))
        with self.reading() as db:
            for block in db.execute(query).partitions(4096):
                keys, data = zip(*block, strict=True)
                found = np.frombuffer(b"".join(data), "<f2").reshape(len(keys), -1)
                yield list(keys), found.astype(np.float32)

    def sharing(self, keys: Iterable[str], only: SearchFilter) -> list[tuple[str, str]]:
        """The passages, by id, whose vectors have these keys, each with its key; those that pass the filter."""
        query = select(passages.c.id, passages.c.vector_key)
        if only:
            query = filtered(query.join(articles, articles.c.id == passages.c.article_id), only)
        return [(row.id, row.vector_key) for row in self._database.rows(query, passages.c.vector_key, keys)]

    def forget_vectors(self) -> None:
        """Drop all vectors and the name of their model, so that everything is embedded anew."""
        with self.transaction() as tx:
            tx.execute(delete(vectors))
            tx.execute(delete(meta).where(meta.c.key.in_(["embedding_model", "embedding_dimension", "vector_making"])))
            self.shards.start_over_all(tx)

    def _drop_passages(self, tx: Connection, article_id: str) -> list[str]:
        """Delete an article's passages, and have the indexes do so; the keys of their vectors."""
        rows = tx.execute(select(passages.c.id, passages.c.vector_key).where(passages.c.article_id == article_id)).all()
        self.voices.drop(tx, article_id)
        tx.execute(delete(passages).where(passages.c.article_id == article_id))
        enqueue(tx, "delete", [row.id for row in rows])
        return [row.vector_key for row in rows]


def _insert(tx: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        tx.execute(insert(table), rows)


def _drop_unused_vectors(tx: Connection, keys: Sequence[str]) -> None:
    used = exists().where(passages.c.vector_key == vectors.c.key)
    for chunk in portions(keys):
        tx.execute(delete(vectors).where(vectors.c.key.in_(chunk), ~used))
