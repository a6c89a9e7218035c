"""The ledger's tables, and how a row becomes a record and back. The SQL is portable: SQLite now, PostgreSQL later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    insert,
    select,
)
from sqlalchemy.schema import CreateIndex, CreateTable

from index.records import Affiliation, Article, Attribution, Passage, SearchFilter, Sentence

SCHEMA_VERSION = "2"
"""2: the vector index has shards."""

metadata = MetaData()
meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))
articles = Table(
    "articles",
    metadata,
    Column("id", String, primary_key=True),
    Column("url", String),
    Column("path", String, index=True),
    Column("title", String, nullable=False),
    Column("source", String, index=True),
    Column("authors", JSON, nullable=False),
    Column("published", Date, index=True),
    Column("updated", Date),
    Column("added", DateTime, nullable=False),
    Column("language", String),
    Column("content_hash", String, nullable=False),
    Column("origins", JSON, nullable=False),
    Column("text", Text, nullable=False),
)
versions = Table(
    "versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("article_id", String, nullable=False, index=True),
    Column("content_hash", String, nullable=False),
    Column("published", Date),
    Column("updated", Date),
    Column("added", DateTime, nullable=False),
    Column("replaced", DateTime, nullable=False),
)
passages = Table(
    "passages",
    metadata,
    Column("id", String, primary_key=True),
    Column("article_id", String, ForeignKey("articles.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentences", JSON, nullable=False),
    Column("vector_key", String, nullable=False, index=True),
    Index("passages_of_article", "article_id", "number"),
)
attributions = Table(
    "attributions",
    metadata,
    Column("article_id", String, ForeignKey("articles.id"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("speaker", String, nullable=False, index=True),
    Column("as_written", String, nullable=False),
    Column("speaks_for", String, index=True),
    Column("kind", String, nullable=False),
    Column("cue", String, nullable=False),
)
affiliations = Table(
    "affiliations",
    metadata,
    Column("article_id", String, ForeignKey("articles.id"), nullable=False, index=True),
    Column("name", String, nullable=False, index=True),
    Column("organisation", String, nullable=False, index=True),
    Column("roles", String, nullable=False),
)
unheard = Table("unheard", metadata, Column("article_id", String, ForeignKey("articles.id"), primary_key=True))
vectors = Table(
    "vectors", metadata, Column("key", String, primary_key=True), Column("vector", LargeBinary, nullable=False)
)
shards = Table(
    "shards",
    metadata,
    Column("passage_id", String, primary_key=True),
    Column("shard", Integer, nullable=False, index=True),
)
outbox = Table(
    "outbox",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("index_name", String, nullable=False),
    Column("passage_id", String, nullable=False),
    Column("action", String, nullable=False),
    Index("outbox_of_index", "index_name", "number"),
)


CACHE = 16_000
"""KiB of the file that a connection keeps. As fast as mapping the file, which each connection does once more."""


def sqlite(path: Path) -> Engine:
    """An engine on the SQLite file `path`: readers and one writer side by side, every commit on disk."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _: object) -> None:
        cache = f"cache_size=-{CACHE}"  # below 0: in KiB
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "mmap_size=0", cache):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def create_tables(engine: Engine) -> None:
    """Make the tables that are not there; safe where two processes open an archive at once."""
    with engine.begin() as tx:
        for table in metadata.sorted_tables:
            tx.execute(CreateTable(table, if_not_exists=True))
            for index in sorted(table.indexes, key=lambda index: str(index.name)):
                tx.execute(CreateIndex(index, if_not_exists=True))


def fact(db: Connection, key: str) -> str | None:
    """What the archive remembers of itself under a key."""
    return db.execute(select(meta.c.value).where(meta.c.key == key)).scalar()


def put_fact(tx: Connection, key: str, value: str) -> None:
    """Have the archive remember this of itself, in place of what it had under the key."""
    tx.execute(delete(meta).where(meta.c.key == key))
    tx.execute(insert(meta).values(key=key, value=value))


def article_row(article: Article, now: datetime) -> dict[str, Any]:
    """The row of an article that is added at `now` (UTC)."""
    return {
        "id": article.id,
        "url": article.url,
        "path": article.path,
        "title": article.title,
        "source": article.source,
        "authors": list(article.authors),
        "published": article.published,
        "updated": article.updated,
        "added": now.astimezone(UTC).replace(tzinfo=None),
        "language": article.language,
        "content_hash": article.content_hash,
        "origins": dict(article.origins),
        "text": article.text,
    }


def article_record(row: Mapping[str, Any]) -> Article:
    """The article of a row."""
    return Article(**{**row, "authors": tuple(row["authors"]), "added": row["added"].replace(tzinfo=UTC)})


def passage_row(passage: Passage, vector_key: str) -> dict[str, Any]:
    """The row of a passage; its text is the article's and is not stored again."""
    return {
        "id": passage.id,
        "article_id": passage.article_id,
        "number": passage.number,
        "start": passage.start,
        "end": passage.end,
        "sentences": [[s.start, s.end] for s in passage.sentences],
        "vector_key": vector_key,
    }


def passage_record(row: Mapping[str, Any], text: str, said: Mapping[tuple[int, int], Attribution]) -> Passage:
    """The passage of a row, with the speakers of its sentences; `text` is the article's."""
    sentences = []
    for start, end in row["sentences"]:
        by = said.get((start, end))
        sentences.append(Sentence(start, end, by.speaker if by else None, by.speaks_for if by else None))
    return Passage(
        id=row["id"],
        article_id=row["article_id"],
        number=row["number"],
        start=row["start"],
        end=row["end"],
        text=text[row["start"] : row["end"]],
        sentences=tuple(sentences),
    )


def attribution_rows(article_id: str, said: Sequence[Attribution]) -> list[dict[str, Any]]:
    """The rows of what is said in one article."""
    return [
        {
            "article_id": article_id,
            "start": a.start,
            "end": a.end,
            "speaker": a.speaker,
            "as_written": a.as_written,
            "speaks_for": a.speaks_for,
            "kind": a.kind,
            "cue": a.cue,
        }
        for a in said
    ]


def affiliation_rows(article_id: str, found: Sequence[Affiliation]) -> list[dict[str, Any]]:
    """The rows of whom people speak for, as one article has it."""
    return [
        {"article_id": article_id, "name": a.name, "organisation": a.organisation, "roles": " ".join(sorted(a.roles))}
        for a in found
    ]


def affiliation_record(row: Any) -> Affiliation:
    """The affiliation of a row."""
    return Affiliation(row.name, row.organisation, frozenset(row.roles.split()))


def conditions(only: SearchFilter) -> Iterator[ColumnElement[bool]]:
    """What the table of articles has to hold of an article that passes a filter."""
    if only.published_from:
        yield articles.c.published >= only.published_from
    if only.published_to:
        yield articles.c.published <= only.published_to
    if only.sources:
        yield articles.c.source.in_(only.sources)
    if only.article_ids:
        yield articles.c.id.in_(only.article_ids)


def filtered(query: Select[Any], only: SearchFilter) -> Select[Any]:
    """`query`, in which the table of articles takes part, restricted to the articles of a filter."""
    return query.where(*conditions(only))
