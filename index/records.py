"""What the archive holds and gives: articles, their sentences and passages, hits, reports. All of it is frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

TRACKING_PARAMETERS = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "ocid")


def digest(*parts: str) -> str:
    """The first 128 bits of the SHA-256 of `parts`, as 32 hexadecimal digits; the parts' boundaries count."""
    state = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "big") + data)
    return state.hexdigest()[:32]


def canonical_url(url: str) -> str:
    """`url` without what does not change the page: fragment, tracking parameters, scheme, upper case in the host."""
    parts = urlsplit(url.strip())
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not k.startswith(TRACKING_PARAMETERS)]
    return urlunsplit(("https", parts.netloc.lower(), parts.path, urlencode(query), ""))


@dataclass(frozen=True, slots=True)
class Article:
    """One article, as it was read: `text` is never changed afterwards, so offsets into it stay true.

    `published` and `updated` come from the source alone and are None when it does not say; `added` is the moment the
    archive took the article in, and None before. `origins` says for each known field where it was found, for example
    `{"published": "dateline in the text", "title": "html meta og:title"}`.
    """

    id: str
    text: str
    title: str
    url: str | None = None
    path: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    added: datetime | None = None
    language: str | None = None
    content_hash: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def create(
        cls,
        text: str,
        title: str,
        *,
        url: str | None = None,
        path: str | None = None,
        key: str | None = None,
        source: str | None = None,
        authors: Sequence[str] = (),
        published: date | None = None,
        updated: date | None = None,
        language: str | None = None,
        origins: Mapping[str, str] | None = None,
    ) -> Article:
        """An article whose id and hash follow from what is given, so that adding it twice is harmless.

        The id stands for the place the article comes from and survives a change of its text: its URL; else `path`,
        with `key` where one file holds many articles (an id of the collection's own). An article of a collection with
        neither URL nor id (`key=""`) is known by its title and text alone.
        """
        content = digest(title, text, source or "", "\x1f".join(authors), str(published or ""), str(updated or ""))
        if url:
            identity = digest("url", canonical_url(url))
        elif path and key != "":
            identity = digest("path", path, key or "")
        else:
            identity = digest("content", title, text)
        return cls(
            id=identity[:16],
            text=text,
            title=title,
            url=url,
            path=path,
            source=source,
            authors=tuple(authors),
            published=published,
            updated=updated,
            language=language,
            content_hash=content,
            origins=dict(origins or {}),
        )

    def reference(self) -> dict[str, object]:
        """What stands beside a place in the article, so that both are found again, as JSON has it."""
        return {
            "article_id": self.id,
            "url": self.url,
            "path": self.path,
            "title": self.title,
            "source": self.source,
            "published": self.published.isoformat() if self.published else None,
        }

    def to_dict(self) -> dict[str, object]:
        """What is known of the article, without its text, as JSON has it."""
        return {
            "id": self.id,
            "title": self.title,
            "source": self.source,
            "authors": list(self.authors),
            "published": self.published.isoformat() if self.published else None,
            "updated": self.updated.isoformat() if self.updated else None,
            "added": self.added.isoformat() if self.added else None,
            "url": self.url,
            "path": self.path,
            "language": self.language,
            "content_hash": self.content_hash,
            "origins": dict(self.origins),
        }


@dataclass(frozen=True, slots=True)
class Attribution:
    """One sentence of speech: the words at `article.text[start:end]` are, or report, what `speaker` said.

    `speaker` is the fullest name the article gives ("Jens Stoltenberg"), `as_written` what stands at the words ("he"),
    `speaks_for` the organisation or country behind the speaker ("NATO"), None where the article does not say.
    """

    start: int
    end: int
    speaker: str
    as_written: str
    speaks_for: str | None
    kind: Literal["direct", "indirect", "mixed"]
    cue: str


@dataclass(frozen=True, slots=True)
class Affiliation:
    """One article says that `name` speaks for `organisation`; `roles` are the words of the role ("general")."""

    name: str
    organisation: str
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `article.text[start:end]`, without surrounding white space; `speaker` when it is speech."""

    start: int
    end: int
    speaker: str | None = None
    speaks_for: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A few whole sentences of one article: `article.text[start:end] == text`. `number` is its place, from 0."""

    id: str
    article_id: str
    number: int
    start: int
    end: int
    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Which passages may be found. Dates are inclusive; an article of unknown date is outside every date range.

    Raises:
        ValueError: the dates leave no day between them.
    """

    published_from: date | None = None
    published_to: date | None = None
    sources: tuple[str, ...] = ()
    article_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.published_from and self.published_to and self.published_from > self.published_to:
            raise ValueError(
                f"published_from {self.published_from} is after published_to {self.published_to}: swap them"
            )

    def __bool__(self) -> bool:
        return bool(self.published_from or self.published_to or self.sources or self.article_ids)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found. `score` orders hits of one search only; `similarity` is a cosine, -1 to 1."""

    passage: Passage
    article: Article
    score: float
    similarity: float | None

    def to_dict(self) -> dict[str, object]:
        """The passage as JSON has it, and the article that it is from: `text` is the article's `[start:end]`."""
        return {
            **self.article.reference(),
            "start": self.passage.start,
            "end": self.passage.end,
            "text": self.passage.text,
            "score": self.score,
            "similarity": self.similarity,
        }


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read: where it is, why, and what to do about it."""

    where: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}: {self.remedy}"


@dataclass(frozen=True, slots=True)
class AddReport:
    """How many articles were added, updated, found unchanged, or failed; each failure with its reason and remedy."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failures: tuple[Failure, ...] = ()
    article_ids: tuple[str, ...] = ()

    def __add__(self, other: AddReport) -> AddReport:
        """Both as one."""
        return AddReport(
            added=self.added + other.added,
            updated=self.updated + other.updated,
            unchanged=self.unchanged + other.unchanged,
            failures=self.failures + other.failures,
            article_ids=self.article_ids + other.article_ids,
        )

    @property
    def failed(self) -> int:
        """How many articles could not be read."""
        return len(self.failures)

    def to_dict(self) -> dict[str, object]:
        """The report as JSON has it."""
        return {
            "added": self.added,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "failed": self.failed,
            "failures": [{"where": f.where, "reason": f.reason, "remedy": f.remedy} for f in self.failures],
        }


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that `Archive.verify` found wrong, and what mends it."""

    what: str
    remedy: str
