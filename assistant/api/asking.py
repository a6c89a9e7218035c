"""Asking over HTTP: answers, whole or ever fuller, passages, and who said what."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from assistant.answer import Answer
from assistant.api.events import EVENTS, event, streamed
from assistant.api.problems import Problem, broken_off
from assistant.api.results import Answered, Found, Quoted
from assistant.api.shapes import AskRequest, QuotesRequest, SearchRequest
from assistant.api.turns import Turns
from assistant.assistant import Assistant

STREAM = "A stream of events: each `answer` has a fuller answer, the last one the whole. One `problem` when it failed."


def asking(assistant: Assistant, turns: Turns) -> APIRouter:
    """The routes that ask."""
    router = APIRouter(tags=["asking"])

    @router.post(
        "/ask",
        response_model=Answered,
        summary="Ask a question",
        responses={200: {"content": {EVENTS: {"schema": {"type": "string", "description": STREAM}}}}},
    )
    async def ask(given: AskRequest, request: Request) -> Response:
        """The answer as JSON; with `Accept: text/event-stream`, the same as /ask/stream."""
        if EVENTS in request.headers.get("accept", ""):
            return await ask_stream(given, request)
        answer = await turns.ask(
            lambda: assistant.ask(given.question, given.history, only=given.only(), written=given.written),
            written=assistant.writes(given.written),
        )
        return JSONResponse(answer.to_dict())

    @router.post(
        "/ask/stream",
        summary="Ask, and get ever-fuller answers",
        response_class=StreamingResponse,
        responses={200: {"content": {EVENTS: {"schema": {"type": "string", "description": STREAM}}}}},
    )
    async def ask_stream(given: AskRequest, request: Request) -> Response:
        """Server-sent events, each `answer` with the JSON of /ask; the last one is whole."""
        answers = turns.stream(
            lambda: assistant.stream(given.question, given.history, only=given.only(), written=given.written),
            written=assistant.writes(given.written),
        )
        return streamed(_events(answers, request.url.path))

    @router.post("/search", response_model=Found, summary="Find passages")
    async def search(given: SearchRequest) -> Response:
        """The passages that fit best, by meaning and by words, best first."""
        hits = await turns.ask(lambda: assistant.archive.search(given.question, given.limit, given.only()))
        return JSONResponse({"hits": [hit.to_dict() for hit in hits]})

    @router.post("/quotes", response_model=Quoted, summary="Who said what")
    async def quotes(given: QuotesRequest) -> Response:
        """Statements with their places, the newest first or, about a topic, the most fitting first."""
        try:
            found = await turns.ask(
                lambda: assistant.quotes(
                    given.speaker,
                    given.about,
                    on_behalf_of=given.on_behalf_of,
                    only=given.only(),
                    limit=given.limit,
                )
            )
        except ValueError as error:  # a topic without a word to look for
            raise Problem(422, str(error)) from error
        return JSONResponse({"quotes": [quote.to_dict() for quote in found]})

    return router


async def _events(answers: AsyncIterator[Answer], path: str) -> AsyncGenerator[str]:
    """The answers as events; a failure is one too, since the status was sent long before."""
    try:
        async for answer in answers:
            yield event(answer.to_dict(), "answer")
    except Exception as error:  # noqa: BLE001 (the edge: what was not foreseen goes to the log)
        found = broken_off(error)
        yield event({"status": found.status_code, "detail": found.detail, "instance": path}, "problem")
