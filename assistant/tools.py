"""The assistant as tools for language models (Model Context Protocol): ask, search, quotes, article."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from importlib.metadata import version
from typing import Annotated, Any, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import ToolAnnotations
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute

from assistant.assistant import Assistant
from index import ArchiveError, SearchFilter

T = TypeVar("T")
Run = Callable[[Callable[[], T]], Awaitable[T]]
"""Runs what takes long elsewhere than in the event loop."""

INSTRUCTIONS = (
    "Answers questions about the news articles of one archive. Every citation and quote is the article's text from "
    "`start` to `end`, word for word: repeat it unchanged, with its source and date. Where `answered` is false, the "
    "articles do not say: say so, and do not answer from elsewhere."
)
READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
PATH = "/mcp"

Question = Annotated[str, Field(description="The question, in whole words.", max_length=2000)]
Name = Annotated[str, Field(max_length=200)]
History = Annotated[
    list[Annotated[str, Field(max_length=2000)]] | None,
    Field(description="Questions asked before this one, the oldest first."),
]
First = Annotated[date | None, Field(description="Only articles published from this day on (2024-07-10).")]
Last = Annotated[date | None, Field(description="Only articles published by this day.")]
Outlets = Annotated[list[Name] | None, Field(description="Only these outlets.")]


def tool_server(assistant: Assistant, run: Run[Any]) -> MCPServer[Any]:
    """The server with its four tools."""
    server: MCPServer[Any] = MCPServer(
        "dateline", instructions=INSTRUCTIONS, version=version("dateline"), log_level="WARNING"
    )

    async def told(work: Callable[[], T]) -> T:
        try:
            found: T = await run(work)
        except (ArchiveError, ValueError) as error:  # what a caller can mend; all else stays here
            raise ToolError(str(error)) from error
        except HTTPException as error:  # too many wait already
            raise ToolError(error.detail) from error
        return found

    @server.tool(annotations=READS)
    async def ask(
        question: Question,
        history: History = None,
        published_from: First = None,
        published_to: Last = None,
        outlets: Outlets = None,
    ) -> dict[str, Any]:
        """Answer a question from the articles, each statement with citations, or say that they do not tell."""
        only = SearchFilter(published_from, published_to, tuple(outlets or ()))
        return (await told(lambda: assistant.ask(question, history or [], only=only))).to_dict()

    @server.tool(annotations=READS)
    async def search(
        question: Question,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
        published_from: First = None,
        published_to: Last = None,
        outlets: Outlets = None,
    ) -> dict[str, Any]:
        """Find the passages that fit a question best, best first, each with its article and place."""
        only = SearchFilter(published_from, published_to, tuple(outlets or ()))
        hits = await told(lambda: assistant.archive.search(question, limit, only))
        return {"passages": [hit.to_dict() for hit in hits]}

    @server.tool(annotations=READS)
    async def quotes(
        speaker: Annotated[Name | None, Field(description="This person or organisation.")] = None,
        about: Annotated[Name | None, Field(description="Statements about this topic.")] = None,
        on_behalf_of: Annotated[Name | None, Field(description="Said for this organisation or country.")] = None,
        limit: Annotated[int, Field(ge=1, le=200)] = 20,
    ) -> dict[str, Any]:
        """Who said what: statements with speaker and place, the newest or, about a topic, the most fitting first."""
        found = await told(lambda: assistant.quotes(speaker, about, on_behalf_of=on_behalf_of, limit=limit))
        return {"quotes": [quote.to_dict() for quote in found]}

    @server.tool(annotations=READS)
    async def article(
        article: Annotated[str, Field(description="The article_id, URL or path another tool gave.", max_length=4000)],
    ) -> dict[str, Any]:
        """An article's whole text and what is known of it."""
        found = await told(lambda: assistant.archive.article(article))
        return {**found.to_dict(), "text": found.text}

    return server


def serve_pipe(assistant: Assistant) -> None:
    """Serve the tools over standard input and output until the other side closes them."""
    tool_server(assistant, asyncio.to_thread).run("stdio")


def tool_routes(server: MCPServer[Any]) -> list[BaseRoute]:
    """The streamable HTTP transport, to be run with `server.session_manager.run()`.

    Hosts and origins are checked before it, for all that the server has, see `assistant.serving`.
    """
    open_to_the_gate = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    app = server.streamable_http_app(
        streamable_http_path=PATH, stateless_http=True, json_response=True, transport_security=open_to_the_gate
    )
    return list(app.routes)
