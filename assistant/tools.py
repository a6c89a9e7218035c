"""The assistant as tools for language models (Model Context Protocol): ask, search, quotes, article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Annotated, Any, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import ToolAnnotations
from pydantic import Field
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from assistant.api.problems import Problem
from assistant.api.shapes import Name
from assistant.api.turns import Turns
from assistant.assistant import MAX_QUESTION, MOST_HISTORY, Assistant
from index import ArticleNotFound, SearchFilter

T = TypeVar("T")

INSTRUCTIONS = (
    "Answers questions about the news articles of one archive. Every citation and quote is the article's text from "
    "`start` to `end`, word for word: repeat it unchanged, with its source and date. Where `answered` is false, the "
    "articles do not say: say so, and do not answer from elsewhere."
)
READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
PATH = "/mcp"

Question = Annotated[str, Field(description="The question, in whole words.", max_length=MAX_QUESTION)]
History = Annotated[
    list[Annotated[str, Field(max_length=MAX_QUESTION)]] | None,
    Field(description="Questions asked before this one, the oldest first.", max_length=MOST_HISTORY),
]
Written = Annotated[
    bool | None,
    Field(description="Written by a chat model, or in the articles' own words; by the model if one is set, by default"),
]
First = Annotated[date | None, Field(description="Only articles published from this day on (2024-07-10).")]
Last = Annotated[date | None, Field(description="Only articles published by this day.")]
Outlets = Annotated[list[Name] | None, Field(description="Only these outlets.")]


@dataclass(frozen=True, slots=True)
class Tools:
    """What a language model may call. The docstrings are what it is told of them."""

    assistant: Assistant
    turns: Turns

    async def ask(
        self,
        question: Question,
        history: History = None,
        published_from: First = None,
        published_to: Last = None,
        outlets: Outlets = None,
        written: Written = None,
    ) -> dict[str, Any]:
        """Answer a question from the articles, each statement with citations, or say that they do not tell."""

        def answer() -> dict[str, Any]:
            only = _within(published_from, published_to, outlets)
            return self.assistant.ask(question, history or [], only=only, written=written).to_dict()

        return await self._told(answer, written=written)

    async def search(
        self,
        question: Question,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
        published_from: First = None,
        published_to: Last = None,
        outlets: Outlets = None,
    ) -> dict[str, Any]:
        """Find the passages that fit a question best, best first, each with its article and place."""

        def passages() -> dict[str, Any]:
            if not question.strip():
                raise ValueError("the question is empty: ask something")
            only = _within(published_from, published_to, outlets)
            return {"passages": [hit.to_dict() for hit in self.assistant.archive.search(question, limit, only)]}

        return await self._told(passages)

    async def quotes(
        self,
        speaker: Annotated[Name | None, Field(description="This person or organisation.")] = None,
        about: Annotated[Name | None, Field(description="Statements about this topic.")] = None,
        on_behalf_of: Annotated[Name | None, Field(description="Said for this organisation or country.")] = None,
        published_from: First = None,
        published_to: Last = None,
        outlets: Outlets = None,
        limit: Annotated[int, Field(ge=1, le=200)] = 20,
    ) -> dict[str, Any]:
        """Who said what: statements with speaker and place, the newest or, about a topic, the most fitting first."""

        def said() -> dict[str, Any]:
            only = _within(published_from, published_to, outlets)
            found = self.assistant.quotes(speaker, about, on_behalf_of=on_behalf_of, only=only, limit=limit)
            return {"quotes": [quote.to_dict() for quote in found]}

        return await self._told(said)

    async def article(
        self,
        article: Annotated[str, Field(description="The article_id, URL or path another tool gave.", max_length=4000)],
    ) -> dict[str, Any]:
        """An article's whole text and what is known of it."""

        def whole() -> dict[str, Any]:
            found = self.assistant.archive.article(article)
            return {**found.to_dict(), "text": found.text}

        return await self._told(whole)

    async def _told(self, work: Callable[[], T], *, written: bool | None = False) -> T:
        """What `work` gives.

        Raises:
            ToolError: what the caller can mend, in words for it. Of all else the protocol says no more than that it
                failed, and the log the rest.
        """
        try:
            return await self.turns.ask(work, written=self.assistant.writes(written))
        except (ArticleNotFound, ValueError) as error:
            raise ToolError(str(error)) from error
        except Problem as error:  # too many wait already
            raise ToolError(error.detail) from error


def _within(published_from: date | None, published_to: date | None, outlets: list[str] | None) -> SearchFilter:
    return SearchFilter(published_from, published_to, tuple(outlets or ()))


def tool_server(assistant: Assistant, turns: Turns) -> MCPServer[Any]:
    """The server with its four tools."""
    server: MCPServer[Any] = MCPServer(
        "dateline", instructions=INSTRUCTIONS, version=version("dateline"), log_level="WARNING"
    )
    tools = Tools(assistant, turns)
    for tool in (tools.ask, tools.search, tools.quotes, tools.article):
        server.add_tool(tool, annotations=READS)
    return server


def serve_pipe(assistant: Assistant) -> None:
    """Serve the tools over standard input and output until the other side closes them."""
    turns = Turns()
    try:
        tool_server(assistant, turns).run("stdio")
    finally:
        turns.close()


class OnlyPost(Route):
    """A route that answers every method, those that it has not with 405: no later route, as the page's, is asked."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As any route, but that the path alone decides."""
        match, child = super().matches(scope)
        return Match.FULL if match is Match.PARTIAL else match, child


def tool_routes(server: MCPServer[Any]) -> list[BaseRoute]:
    """The streamable HTTP transport, to be run with `server.session_manager.run()`.

    Hosts and origins are checked before it, for all that the server has, see `assistant.serving`. Nothing is kept
    between two requests, so there is no stream to be opened (GET) and no session to be ended (DELETE).
    """
    open_to_the_gate = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    app = server.streamable_http_app(
        streamable_http_path=PATH, stateless_http=True, json_response=True, transport_security=open_to_the_gate
    )
    return [OnlyPost(PATH, route.endpoint, methods=["POST"]) for route in app.routes if isinstance(route, Route)]
