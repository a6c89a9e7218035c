"""OpenAI's chat protocol: any client of theirs asks the archive, and finds the citations beside the answer.

The last message of the user is the question, the earlier ones are its history; what others said does not count.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from assistant.answer import Answer, Citation
from assistant.api.events import event, streamed
from assistant.api.problems import Problem, broken_off, openai_error, openai_shape
from assistant.api.turns import Turns
from assistant.assistant import MAX_QUESTION, Assistant
from index import web_address

MODEL = "dateline"
MOST_MESSAGES = 200
LONGEST_MESSAGE = 1_000_000
"""Characters; of a question there may be fewer."""
MADE = 1_720_569_600
"""When the model was made, as the protocol has it: a fixed moment."""
MARKER = re.compile(r"\[(\d+)\]")
NO_TOKENS = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
"""Nothing is counted: there is nothing to be paid."""


class Part(BaseModel):
    """A part of a message; only text is read."""

    type: str
    text: str = Field("", max_length=LONGEST_MESSAGE)


class Message(BaseModel):
    """One message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str, Field(max_length=LONGEST_MESSAGE)] | list[Part] | None = None

    def words(self) -> str:
        """What it says."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(BaseModel):
    """What else is wanted of a stream."""

    include_usage: bool = False


class Completion(BaseModel):
    """What is asked. What else the protocol knows, such as temperature, changes nothing here."""

    model: str = Field(max_length=200)
    messages: list[Message] = Field(min_length=1, max_length=MOST_MESSAGES)
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: int | None = Field(None, ge=1, le=1, description="There is one answer.")
    written: bool | None = Field(None, description="As in /api/ask; the protocol does not have it.")

    def asked(self) -> tuple[str, list[str]]:
        """The question and its history.

        Raises:
            Problem: the user asks nothing, or too much.
        """
        *history, question = [one.words() for one in self.messages if one.role == "user"] or [""]
        if not question.strip():
            raise Problem(400, "the last message of the user is empty: ask something")
        if len(question) > MAX_QUESTION:
            raise Problem(400, f"the question has {len(question)} characters: ask in {MAX_QUESTION} or fewer")
        return question, history


def chat(assistant: Assistant, turns: Turns) -> APIRouter:
    """The routes of the protocol."""
    router = APIRouter(tags=["openai"])
    model = {"id": MODEL, "object": "model", "created": MADE, "owned_by": MODEL}

    @router.get("/models")
    async def models() -> dict[str, Any]:
        """The one model that there is."""
        return {"object": "list", "data": [model]}

    @router.get("/models/{name:path}")
    async def one_model(name: str) -> Response:
        """What is known of it."""
        return JSONResponse(model) if name == MODEL else _no_model(name)

    @router.post("/chat/completions")
    async def completions(given: Completion) -> Response:
        """The answer as the protocol has it, whole or in pieces."""
        if given.model != MODEL:
            return _no_model(given.model)
        question, history = given.asked()
        writes = assistant.writes(given.written)

        def answering() -> Awaitable[Answer]:
            return turns.ask(lambda: assistant.ask(question, history, written=writes), written=writes)

        if given.stream:
            usage = bool(given.stream_options and given.stream_options.include_usage)
            return streamed(_pieces(answering, usage=usage))
        answer = await answering()
        message = {"role": "assistant", "content": answer.text, "refusal": None, **beside(answer)}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return JSONResponse({**_head("chat.completion"), "choices": [choice], "usage": NO_TOKENS})

    return router


def beside(answer: Answer) -> dict[str, Any]:
    """What stands beside the text: a link for each marker of an article that has an address, and the whole answer.

    `dateline` is the answer as /api/ask gives it, each citation with its exact quote, article and place.
    """
    by_number = {str(c.number): c for c in answer.citations}
    links = [
        link(by_number[found[1]], *found.span()) for found in MARKER.finditer(answer.text) if found[1] in by_number
    ]
    return {"annotations": [one for one in links if one], "dateline": answer.to_dict()}


def link(citation: Citation, start: int, end: int) -> dict[str, Any] | None:
    """A citation as the protocol has it, for the marker at `start` to `end`; None where no page can be opened."""
    address = web_address(citation.article.url)
    if address is None:
        return None
    where = {"url": address, "title": citation.article.title, "start_index": start, "end_index": end}
    return {"type": "url_citation", "url_citation": where}


async def _pieces(answering: Callable[[], Awaitable[Answer]], *, usage: bool) -> AsyncGenerator[str]:
    """The answer in pieces. What was sent cannot be taken back, so they are of the last answer, the whole one."""
    head = _head("chat.completion.chunk")

    def piece(delta: dict[str, Any], finish: str | None = None) -> str:
        return event({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}]})

    yield piece({"role": "assistant", "content": ""})
    try:
        answer = await answering()
    except Exception as error:  # noqa: BLE001 (the edge: what was not foreseen goes to the log)
        found = broken_off(error)
        yield event(openai_shape(found.status_code, found.detail))
        return
    for part in re.findall(r"\S+\s*|\s+", answer.text):
        yield piece({"content": part})
    yield piece(beside(answer), "stop")
    if usage:
        yield event({**head, "choices": [], "usage": NO_TOKENS})
    yield "data: [DONE]\n\n"


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": MODEL}


def _no_model(name: str) -> Response:
    message = f"there is no model {name[:100]!r}: ask '{MODEL}'"
    return openai_error(404, message, code="model_not_found", param="model")
