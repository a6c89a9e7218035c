"""What an answer is: statements, each with the citations that it stands on. All of it is frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from index import Article


class BrokenPromise(Exception):
    """A quote that is not, character for character, in its article where it is said to be."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One quoted place: `quote == article.text[start:end]`, checked when it is made; `number` is its [marker]."""

    number: int
    article: Article
    start: int
    end: int
    quote: str
    speaker: str | None = None
    speaks_for: str | None = None

    def __post_init__(self) -> None:
        if not self.quote or self.article.text[self.start : self.end] != self.quote:
            raise BrokenPromise(
                f"the quote at {self.start}:{self.end} is not what article {self.article.id} says there"
            )

    def to_dict(self) -> dict[str, object]:
        """The citation as JSON has it."""
        return {
            "number": self.number,
            **self.article.reference(),
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "speaker": self.speaker,
            "speaks_for": self.speaks_for,
        }


VERBATIM = "verbatim"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that the answer says, without its markers, and the numbers of the citations that say it.

    support: what it was held against. ("verbatim",): it is the first citation's quote, word for word; else a chat model
    wrote it, and these are the checks that it passed ("quotations", "numbers", "negation", "speaker", ...).
    """

    text: str
    citations: tuple[int, ...]
    support: tuple[str, ...] = (VERBATIM,)


@dataclass(frozen=True, slots=True)
class AsOf:
    """The dates of the oldest and the newest article that the answer stands on; None where no date is known."""

    oldest: date | None = None
    newest: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    `answered` is False when the articles do not say; then there are no statements, and `near_misses` holds the closest
    passages. `text` is prose with [1] markers, each of which is the number of one of `citations`. `notes` says what a
    reader should know beside it (a restriction that was set aside, passages that are not embedded yet). `written_by` is
    the chat model that wrote it; None when it is in the articles' own words.
    """

    question: str
    standalone_question: str
    answered: bool
    text: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    near_misses: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    written_by: str | None = None

    @property
    def as_of(self) -> AsOf:
        """Between which dates the cited articles were published."""
        days = [c.article.published for c in self.citations if c.article.published]
        return AsOf(min(days), max(days)) if days else AsOf()

    def to_dict(self) -> dict[str, object]:
        """The answer as JSON has it."""
        return {
            "question": self.question,
            "standalone_question": self.standalone_question,
            "answered": self.answered,
            "text": self.text,
            "statements": [
                {"text": s.text, "citations": list(s.citations), "support": list(s.support)} for s in self.statements
            ],
            "citations": [c.to_dict() for c in self.citations],
            "as_of": {"oldest": _iso(self.as_of.oldest), "newest": _iso(self.as_of.newest)},
            "near_misses": [c.to_dict() for c in self.near_misses],
            "notes": list(self.notes),
            "written_by": self.written_by,
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
