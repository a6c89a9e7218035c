"""Answers as conversations keep them: still true when their articles have been changed or removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assistant.answer import Answer, AsOf, BrokenPromise, Citation
from index import Article

Fate = Literal["", "changed", "removed"]
"""What has become of a cited article: it is as it was quoted, reads otherwise now, or is not there any more."""
Find = Callable[[str], Article | None]
"""The article with an id as the archive has it now; None when it has none."""


@dataclass(frozen=True, slots=True)
class KeptCitation:
    """A quoted place: `quote == article.text[start:end]`, checked when it is made, while the article is what it was.

    Of an article that was changed or removed, `article` has what was known of it and no text: `quote` is then what it
    said when it was cited, and is shown alone.
    """

    number: int
    article: Article
    start: int
    end: int
    quote: str
    speaker: str | None = None
    speaks_for: str | None = None
    fate: Fate = ""

    def __post_init__(self) -> None:
        if not self.quote or (not self.fate and self.article.text[self.start : self.end] != self.quote):
            raise BrokenPromise(
                f"the quote at {self.start}:{self.end} is not what article {self.article.id} says there"
            )

    @classmethod
    def of(cls, cited: Citation) -> KeptCitation:
        """The citation of a fresh answer."""
        place = (cited.number, cited.article, cited.start, cited.end, cited.quote)
        return cls(*place, cited.speaker, cited.speaks_for)

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it: what an answer's JSON has, and what tells the article's version."""
        article = self.article
        return {
            "number": self.number,
            "article_id": article.id,
            "url": article.url,
            "path": article.path,
            "title": article.title,
            "source": article.source,
            "authors": list(article.authors),
            "published": article.published.isoformat() if article.published else None,
            "content_hash": article.content_hash,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "speaker": self.speaker,
            "speaks_for": self.speaks_for,
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any], find: Find) -> KeptCitation:
        """The citation of `to_dict`, with its article's text where `find` gives the very version that was quoted."""
        now = find(kept["article_id"])
        place = (kept["start"], kept["end"], kept["quote"], kept["speaker"], kept["speaks_for"])
        if now and now.content_hash == kept["content_hash"]:
            return cls(kept["number"], now, *place)
        then = Article(
            id=kept["article_id"],
            text="",
            title=kept["title"],
            url=kept["url"],
            path=kept["path"],
            source=kept["source"],
            authors=tuple(kept["authors"]),
            published=date.fromisoformat(kept["published"]) if kept["published"] else None,
            content_hash=kept["content_hash"],
        )
        return cls(kept["number"], then, *place, fate="changed" if now else "removed")


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it is kept and shown; see `Answer`. `statements` are as in its JSON."""

    standalone_question: str
    answered: bool
    text: str
    statements: tuple[Mapping[str, Any], ...] = ()
    citations: tuple[KeptCitation, ...] = ()
    near_misses: tuple[KeptCitation, ...] = ()
    notes: tuple[str, ...] = ()
    written_by: str | None = None

    @classmethod
    def of(cls, answer: Answer) -> KeptAnswer:
        """A fresh answer. All that its JSON tells of statements is kept, also what later versions will tell."""
        said: Any = answer.to_dict()["statements"]
        return cls(
            answer.standalone_question,
            answer.answered,
            answer.text,
            tuple(said),
            tuple(map(KeptCitation.of, answer.citations)),
            tuple(map(KeptCitation.of, answer.near_misses)),
            answer.notes,
            answer.written_by,
        )

    @property
    def shown(self) -> tuple[KeptCitation, ...]:
        """The passages that are shown beside it: those it stands on, or the nearest of a declined one."""
        return self.citations if self.answered else self.near_misses

    @property
    def as_of(self) -> AsOf:
        """Between which dates the cited articles were published."""
        days = [c.article.published for c in self.citations if c.article.published]
        return AsOf(min(days), max(days)) if days else AsOf()

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it, from which `read` makes it again."""
        return {
            "standalone_question": self.standalone_question,
            "answered": self.answered,
            "text": self.text,
            "statements": [dict(s) for s in self.statements],
            "citations": [c.to_dict() for c in self.citations],
            "near_misses": [c.to_dict() for c in self.near_misses],
            "notes": list(self.notes),
            "written_by": self.written_by,
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any], find: Find) -> KeptAnswer:
        """The answer of `to_dict`.

        Raises:
            BrokenPromise: a quote is not in the article that it was taken from.
        """

        def cited(rows: Sequence[Mapping[str, Any]]) -> tuple[KeptCitation, ...]:
            return tuple(KeptCitation.read(row, find) for row in rows)

        return cls(
            kept["standalone_question"],
            kept["answered"],
            kept["text"],
            tuple(kept["statements"]),
            cited(kept["citations"]),
            cited(kept["near_misses"]),
            tuple(kept["notes"]),
            kept.get("written_by"),
        )
