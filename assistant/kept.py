"""Answers as conversations keep them: still true when their articles have been changed or removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from assistant.answer import VERBATIM, Answer, Citation, Statement
from index import Article

Fate = Literal["", "changed", "removed"]
"""What has become of a cited article: it is as it was quoted, reads otherwise now, or is not there any more."""
Find = Callable[[str], Article | None]
"""The article with an id as the archive has it now; None when it has none."""


@dataclass(frozen=True, slots=True)
class KeptCitation(Citation):
    """A citation that outlives its article.

    Of an article that was changed or removed, `article` has what was known of it and no text: `quote` is then what it
    said when it was cited, and is shown alone.
    """

    fate: Fate = ""

    def __post_init__(self) -> None:
        if not self.fate:
            Citation.__post_init__(self)

    @classmethod
    def of(cls, cited: Citation) -> KeptCitation:
        """The citation of a fresh answer."""
        return cls(**_fields(cited))

    def to_dict(self) -> dict[str, object]:
        """As JSON has it: what an answer's JSON has, and what tells the article's version."""
        more = {"authors": list(self.article.authors), "content_hash": self.article.content_hash}
        return Citation.to_dict(self) | more

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
class KeptAnswer(Answer):
    """An answer as it is kept and shown: its citations outlive their articles."""

    citations: tuple[KeptCitation, ...] = ()
    near_misses: tuple[KeptCitation, ...] = ()

    @classmethod
    def of(cls, answer: Answer) -> KeptAnswer:
        """A fresh answer."""
        lists = {name: tuple(map(KeptCitation.of, getattr(answer, name))) for name in ("citations", "near_misses")}
        return cls(**(_fields(answer) | lists))

    @property
    def shown(self) -> tuple[KeptCitation, ...]:
        """The passages that are shown beside it: those it stands on, or the nearest of a declined one."""
        return self.citations if self.answered else self.near_misses

    @classmethod
    def read(cls, kept: Mapping[str, Any], find: Find) -> KeptAnswer:
        """The answer of `to_dict`, and of what earlier versions kept, which had not all of it.

        Raises:
            BrokenPromise: a quote is not in the article that it was taken from.
        """

        def cited(rows: Sequence[Mapping[str, Any]]) -> tuple[KeptCitation, ...]:
            return tuple(KeptCitation.read(row, find) for row in rows)

        return cls(
            question=kept.get("question", kept["standalone_question"]),
            standalone_question=kept["standalone_question"],
            answered=kept["answered"],
            text=kept["text"],
            statements=tuple(
                Statement(s["text"], tuple(s["citations"]), tuple(s.get("support", (VERBATIM,))))
                for s in kept["statements"]
            ),
            citations=cited(kept["citations"]),
            near_misses=cited(kept["near_misses"]),
            notes=tuple(kept["notes"]),
            written_by=kept.get("written_by"),
        )


def _fields(one: Answer | Citation) -> dict[str, Any]:
    return {known.name: getattr(one, known.name) for known in fields(one)}
