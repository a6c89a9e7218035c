"""What programs get under /api, with examples: from these and `shapes.py` the OpenAPI description is made."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue

from assistant.api.shapes import IRAN

Example = dict[str, JsonValue]
PLACE: Example = {
    "article_id": "9f0c51ab8e2d7c44",
    "url": "https://example.com/summit",
    "path": None,
    "title": "NATO summit in Washington",
    "source": "Northern Wire",
    "published": "2024-07-10",
    "start": 0,
    "end": 72,
}
WORDS = "NATO leaders urged Iran on Wednesday to stop sending missiles to Russia."
CITED: Example = {**PLACE, "number": 1, "quote": WORDS, "speaker": "NATO leaders", "speaks_for": "NATO"}
ARTICLE: Example = {
    "id": "9f0c51ab8e2d7c44",
    "title": "NATO summit in Washington",
    "source": "Northern Wire",
    "authors": ["Ida Brandt"],
    "published": "2024-07-10",
    "updated": None,
    "added": "2024-07-11T08:00:00+00:00",
    "url": "https://example.com/summit",
    "path": None,
    "language": "en",
    "content_hash": "0b8f1c6d2e3a49578c1d7e6f5a4b3c2d",
    "origins": {"published": "sent with it"},
}


def _example(given: Example) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [given]})


class Place(BaseModel):
    """A place in an article: what is given as its words is the article's `text[start:end]`, character for character."""

    article_id: str
    url: str | None
    path: str | None
    title: str
    source: str | None
    published: date | None
    start: int
    end: int


class Cited(Place):
    """A cited passage: `quote` is `text[start:end]` of its article, character for character."""

    model_config = _example(CITED)

    number: int
    quote: str
    speaker: str | None
    speaks_for: str | None


class FoundPassage(Place):
    """A passage that was found. `score` orders those of one search; `similarity` is a cosine, null for words alone."""

    text: str
    score: float
    similarity: float | None


class Found(BaseModel):
    """The passages that fit best, best first."""

    model_config = _example({"hits": [{**PLACE, "text": WORDS, "score": 0.0325, "similarity": 0.71}]})

    hits: list[FoundPassage]


class Statement(Place):
    """What somebody said: who, by the fullest name and as it is written there, for whom, and how it is told."""

    quote: str
    speaker: str
    as_written: str
    speaks_for: str | None
    kind: Literal["direct", "indirect", "mixed"]
    cue: str


class Quoted(BaseModel):
    """Who said what."""

    model_config = _example(
        {
            "quotes": [
                {
                    **PLACE,
                    "quote": WORDS,
                    "speaker": "NATO leaders",
                    "as_written": "NATO leaders",
                    "speaks_for": "NATO",
                    "kind": "indirect",
                    "cue": "urged",
                }
            ]
        }
    )

    quotes: list[Statement]


class Known(BaseModel):
    """What is known of an article; `origins` says of each field where it was found."""

    model_config = _example(ARTICLE)

    id: str
    title: str
    source: str | None
    authors: list[str]
    published: date | None
    updated: date | None
    added: datetime | None
    url: str | None
    path: str | None
    language: str | None
    content_hash: str
    origins: dict[str, str]


class Whole(Known):
    """An article with its text, into which the offsets of citations point."""

    model_config = _example({**ARTICLE, "text": WORDS})

    text: str


class Listed(BaseModel):
    """A page of the list of articles; `next_offset` is null on the last one."""

    model_config = _example({"articles": [ARTICLE], "next_offset": None})

    articles: list[Known]
    next_offset: int | None


class Unread(BaseModel):
    """What could not be read, why, and what to do about it."""

    where: str
    reason: str
    remedy: str


class Added(BaseModel):
    """How many articles were added, replaced, found unchanged or failed, and the ids of those that are there now."""

    model_config = _example(
        {
            "added": 1,
            "updated": 0,
            "unchanged": 0,
            "failed": 0,
            "failures": [],
            "article_ids": ["9f0c51ab8e2d7c44"],
        }
    )

    added: int
    updated: int
    unchanged: int
    failed: int
    failures: list[Unread]
    article_ids: list[str]


class Said(BaseModel):
    """One thing that an answer says, the numbers of the citations that say it, and what it was held against."""

    text: str
    citations: list[int]
    support: list[str]


class AsOfDays(BaseModel):
    """Between which days the cited articles were published."""

    oldest: date | None
    newest: date | None


class Answered(BaseModel):
    """An answer. `answered` is false when the articles do not say; then `near_misses` has the closest passages."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "question": IRAN,
                    "standalone_question": IRAN,
                    "answered": True,
                    "text": f"{WORDS} [1]",
                    "statements": [{"text": WORDS, "citations": [1], "support": ["verbatim"]}],
                    "citations": [CITED],
                    "as_of": {"oldest": "2024-07-10", "newest": "2024-07-10"},
                    "near_misses": [],
                    "notes": [],
                    "written_by": None,
                }
            ]
        }
    )

    question: str
    standalone_question: str
    answered: bool
    text: str
    statements: list[Said]
    citations: list[Cited]
    as_of: AsOfDays
    near_misses: list[Cited]
    notes: list[str]
    written_by: str | None


class Fault(BaseModel):
    """What is wrong with one field."""

    field: str
    fault: str


class ProblemDetails(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:dateline:problem:not-found",
                    "title": "Not Found",
                    "status": 404,
                    "detail": "there is no such article: GET /api/articles lists those that are there",
                    "instance": "/api/articles/0000000000000000",
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Fault] | None = None


class Health(BaseModel):
    """Whether the server answers."""

    model_config = _example({"status": "ok"})

    status: Literal["ok"] = "ok"
