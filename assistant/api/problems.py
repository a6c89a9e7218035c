"""What goes wrong, told to a program: problem details (RFC 9457) under /api, OpenAI's own shape under /v1."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.settings import NoChatModel
from index import ArchiveBusy, ArchiveError, ArticleNotFound, SourceError

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
OPENAI = "/v1"
BROKEN = "something went wrong here: the server's log says what"
CLOSING = "the server is being closed: send the same again later"
RETRY = {"Retry-After": "10"}
SHOWN = 100
"""Characters of a wrong value that are shown again."""
FAULTS = 20
"""Told of one request."""
TITLES = {413: "Content Too Large", 422: "Unprocessable Content"}
"""As RFC 9110 has them; Python 3.11 has older ones."""
KINDS = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
}
"""OpenAI's names for what went wrong; for the rest `invalid_request_error` below 500 and `server_error` above."""


class Problem(HTTPException):
    """Something that the caller is told: a status, and the fault with its remedy."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, detail, headers)


def refusal(scope: Scope, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """The answer in the shape of the place that was asked."""
    path = str(scope["path"])
    if path == OPENAI or path.startswith(f"{OPENAI}/"):
        return openai_error(status, detail, headers=headers)
    return problem(path, status, detail, headers=headers)


def problem(
    path: str,
    status: int,
    detail: str,
    *,
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Problem details. `errors`: what is wrong with each field, by its place."""
    title = TITLES.get(status) or HTTPStatus(status).phrase
    told: dict[str, object] = {
        "type": f"urn:dateline:problem:{title.lower().replace(' ', '-')}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": path,
    }
    if errors:
        told["errors"] = errors
    return JSONResponse(told, status, headers, MEDIA_TYPE)


def openai_error(
    status: int,
    message: str,
    *,
    code: str | None = None,
    param: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An error as OpenAI's clients read it."""
    return JSONResponse(openai_shape(status, message, code=code, param=param), status, headers)


def openai_shape(
    status: int, message: str, *, code: str | None = None, param: str | None = None
) -> dict[str, dict[str, object]]:
    """The JSON of such an error."""
    kind = KINDS.get(status, "server_error" if status >= 500 else "invalid_request_error")
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def faults(error: RequestValidationError) -> list[dict[str, str]]:
    """What is wrong with each field, the first 20: its place, and the fault with the value that is wrong."""
    found = []
    for fault in error.errors()[:FAULTS]:
        where = ".".join(str(part) for part in fault["loc"] if part not in ("body", "query", "path")) or "the request"
        message = str(fault["msg"]).removeprefix("Value error, ")
        value = fault.get("input")
        if isinstance(value, bytes):  # nothing said that it is JSON
            message = "send it as JSON, with the header 'Content-Type: application/json'"
        elif isinstance(value, str | int | float) and fault["type"] != "json_invalid":
            message += f" (it is {_short(value)})"
        found.append({"field": where if len(where) <= SHOWN else f"{where[:SHOWN]}…", "fault": message})
    return found


def known_problem(error: Exception) -> Problem | None:
    """What to tell of an error of the archive that its caller can do something about."""
    if isinstance(error, ArticleNotFound):
        return Problem(404, "there is no such article: GET /api/articles lists those that are there")
    if isinstance(error, ArchiveBusy):
        return Problem(503, "another process is writing to the archive: try again later", RETRY)
    if isinstance(error, SourceError | NoChatModel):
        return Problem(422, str(error))
    return None


def broken_off(error: Exception) -> Problem:
    """What to tell of an error in the middle of a stream; what was not foreseen goes to the log."""
    found = error if isinstance(error, Problem) else known_problem(error)
    if found is None:
        logger.error("an answer broke off", exc_info=error)
    return found or Problem(500, BROKEN)


class Unforeseen:
    """Answers what was not foreseen, and writes it to the log; to be put around an application.

    Also what the server cuts off when it closes: else its caller would be told that it is broken.
    A handler for Exception would raise it again, at which the server cuts the connection that others may be using.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer it when that fails."""
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except asyncio.CancelledError:  # the server alone does this to a whole request
            if started or scope["type"] != "http":
                raise
            await refusal(scope, 503, CLOSING, RETRY)(scope, receive, send)
        except Exception:  # the edge: nothing else answers what was not foreseen, and the log has it
            if started or scope["type"] != "http":
                raise
            logger.exception("%s %s failed", scope["method"], scope["path"])
            await refusal(scope, 500, BROKEN)(scope, receive, send)


def tell_problems(app: FastAPI, *, openai: bool = False) -> None:
    """Answer all that goes wrong in `app` in one shape; what was not foreseen goes to the log, not to the caller."""

    def answer(request: Request, given: HTTPException, errors: list[dict[str, str]] | None = None) -> Response:
        if openai:
            return openai_error(given.status_code, given.detail, headers=given.headers)
        return problem(request.url.path, given.status_code, given.detail, errors=errors, headers=given.headers)

    async def told(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 404 and not isinstance(error, Problem):
            error = Problem(404, f"there is nothing at {_short(request.url.path)}: see /api/openapi.json")
        return answer(request, error)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        errors = faults(error)
        detail = "; ".join(f"{one['field']}: {one['fault']}" for one in errors)
        return answer(request, Problem(400 if openai else 422, detail), errors)

    async def of_the_archive(request: Request, error: Exception) -> Response:
        if found := known_problem(error):
            return answer(request, found)
        raise error

    app.add_exception_handler(HTTPException, told)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(ArchiveError, of_the_archive)
    app.add_exception_handler(NoChatModel, of_the_archive)


def _short(value: str | float) -> str:
    text = str(value)
    return repr(value) if len(text) <= SHOWN else f"{text[:SHOWN]!r}… of {len(text)} characters"
