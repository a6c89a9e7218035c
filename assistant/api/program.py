"""The two applications for programs, each with its own way to tell what went wrong."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI
from starlette.middleware import Middleware

from assistant.api.articles import articles
from assistant.api.asking import asking
from assistant.api.openai import chat
from assistant.api.problems import MEDIA_TYPE, Unforeseen, tell_problems
from assistant.api.results import Health, ProblemDetails
from assistant.api.turns import Turns
from assistant.assistant import Assistant

TOLD = "Questions about news articles, every sentence of an answer with the passage that it came from, word for word."
PROBLEMS = {
    status: {"description": words, "content": {MEDIA_TYPE: {"schema": ProblemDetails.model_json_schema()}}}
    for status, words in (
        (400, "Not readable"),
        (401, "Not known here"),
        (403, "Sent by a page of another site"),
        (404, "Not there"),
        (413, "Too large"),
        (422, "Not understood"),
        (429, "Too often"),
        (500, "Broken"),
        (503, "Too many wait already, or another process writes: try again later"),
    )
}


def dateline_api(assistant: Assistant, turns: Turns) -> FastAPI:
    """Everything under /api; described at /api/openapi.json, without a page that would load from elsewhere."""
    app = FastAPI(
        title="Dateline",
        description=TOLD,
        version=version("dateline"),
        docs_url=None,
        redoc_url=None,
        responses=PROBLEMS,  # type: ignore[arg-type]
        middleware=[Middleware(Unforeseen)],
        redirect_slashes=False,
    )
    tell_problems(app)
    app.include_router(asking(assistant, turns))
    app.include_router(articles(assistant, turns))

    @app.get("/health", tags=["health"], summary="Whether the server answers")
    async def health() -> Health:
        """Open to everybody, and tells nothing else."""
        return Health()

    return app


def openai_api(assistant: Assistant, turns: Turns) -> FastAPI:
    """Everything under /v1."""
    app = FastAPI(
        title="Dateline",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        middleware=[Middleware(Unforeseen)],
        redirect_slashes=False,
    )
    tell_problems(app, openai=True)
    app.include_router(chat(assistant, turns))
    return app
