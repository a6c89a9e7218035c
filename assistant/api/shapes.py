"""What programs send under /api, with examples: from these and `results.py` the OpenAPI description is made."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from assistant.assistant import MAX_QUESTION, MOST_HISTORY
from index import Article, SearchFilter, web_address

MOST_ARTICLES = 1000
"""Pasted at a time."""
IRAN = "What did NATO say about Iran?"


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("it is empty: write something")
    return text


def _web(url: str) -> str:
    address = web_address(url)
    if address is None:
        raise ValueError("it is no web address: begin with https://")
    return address


Words = Annotated[str, AfterValidator(_not_blank)]
Name = Annotated[str, Field(max_length=200)]
"""Where a text has a limit, pydantic refuses half a surrogate pair too, which could not be searched for."""
Named = Annotated[str, Field(max_length=200), AfterValidator(_not_blank)]
Link = Annotated[str, Field(max_length=2000), AfterValidator(_web)]


class Within(BaseModel):
    """Which articles count; all of them unless something is given. Days are inclusive."""

    model_config = ConfigDict(extra="forbid")

    published_from: date | None = Field(None, description="Only articles published from this day on.")
    published_to: date | None = Field(None, description="Only articles published by this day.")
    outlets: list[Name] = Field([], description="Only these outlets.", max_length=200)
    article_ids: list[Name] = Field([], description="Only these articles.", max_length=200)

    @model_validator(mode="after")
    def _in_order(self) -> Within:
        self.only()
        return self

    def only(self) -> SearchFilter:
        """The same as the archive has it."""
        return SearchFilter(self.published_from, self.published_to, tuple(self.outlets), tuple(self.article_ids))


class AskRequest(Within):
    """A question, and those asked before it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "And about China?", "history": [IRAN], "outlets": []}]},
    )

    question: Words = Field(max_length=MAX_QUESTION)
    history: list[Annotated[str, Field(max_length=MAX_QUESTION)]] = Field(
        [], description="The questions asked before, the oldest first.", max_length=MOST_HISTORY
    )
    written: bool | None = Field(
        None, description="By the chat model, or in the articles' own words; unless given, by the model if one is set."
    )


class SearchRequest(Within):
    """Words to find passages by."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"question": IRAN, "limit": 5}]})

    question: Words = Field(max_length=MAX_QUESTION)
    limit: int = Field(10, ge=1, le=100)


class QuotesRequest(Within):
    """Who said what: by speaker, topic, or on whose behalf."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"speaker": "NATO", "about": "Iran"}]})

    speaker: Named | None = Field(None, description="This person or organisation.")
    about: Named | None = Field(None, description="Statements about this topic.")
    on_behalf_of: Named | None = Field(None, description="Said for this organisation or country.")
    limit: int = Field(100, ge=1, le=1000)


class Pasted(BaseModel):
    """An article to add. The same URL again replaces what was there."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "title": "Bridge closed",
                    "text": "Engineers found cracks in the bridge over the river. It stays closed.",
                    "url": "https://example.com/bridge",
                    "source": "Harbour Post",
                    "published": "2024-07-12",
                }
            ]
        },
    )

    title: Words = Field(max_length=1000)
    text: Words
    url: Link | None = None
    source: str | None = Field(None, max_length=200)
    authors: list[Name] = Field([], max_length=100)
    published: date | None = None
    updated: date | None = None
    language: str | None = Field(None, max_length=35)

    def article(self) -> Article:
        """The same as the archive has it; all of it was stated by who sent it."""
        known = self.model_dump(exclude={"text", "title"})
        origins = {name: "sent with it" for name, value in {"title": self.title, **known}.items() if value}
        return Article.create(self.text, self.title, origins=origins, **known)
