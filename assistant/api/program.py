"""The two applications for programs, each with its own way to tell what went wrong."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.constants import REF_TEMPLATE
from pydantic.json_schema import models_json_schema
from starlette.middleware import Middleware

from assistant.api.articles import articles
from assistant.api.asking import asking
from assistant.api.openai import chat
from assistant.api.problems import MEDIA_TYPE, Unforeseen, tell_problems
from assistant.api.results import Health, ProblemDetails
from assistant.api.turns import Turns
from assistant.assistant import Assistant

TOLD = "Questions about news articles, every sentence of an answer with the passage that it came from, word for word."
SHAPE = {"$ref": REF_TEMPLATE.format(model=ProblemDetails.__name__)}
PROBLEMS = {
    status: {"description": words, "content": {MEDIA_TYPE: {"schema": SHAPE}}}
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


class Described(FastAPI):
    """An application whose description has the shape of problems, to which every route's refusals point."""

    def openapi(self) -> dict[str, Any]:
        """The description; FastAPI's own way to name a shape would call problems plain JSON."""
        _, shapes = models_json_schema([(ProblemDetails, "serialization")], ref_template=REF_TEMPLATE)
        described = super().openapi()
        described["components"]["schemas"].update(shapes["$defs"])
        return described


def dateline_api(assistant: Assistant, turns: Turns) -> FastAPI:
    """Everything under /api; described at /api/openapi.json, without a page that would load from elsewhere."""
    app = Described(
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
