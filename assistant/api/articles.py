"""Articles over HTTP: added as JSON or as files, listed, shown, removed."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, File, Path, Query, UploadFile
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from assistant.api.problems import Problem
from assistant.api.results import Added, Listed, Whole
from assistant.api.shapes import MOST_ARTICLES, Pasted
from assistant.api.turns import Turns
from assistant.assistant import Assistant
from assistant.uploads import Uploads, file_name
from index import SUPPORTED, AddReport, SearchFilter

MOST_FILES = 200
KINDS = f"Up to {MOST_FILES} files of these kinds: {' '.join(SUPPORTED)}"
ArticleId = Annotated[str, Path(pattern="^[0-9a-f]{16}$", description="As citations and the list have it.")]


def articles(assistant: Assistant, turns: Turns) -> APIRouter:
    """The routes of articles."""
    router = APIRouter(tags=["articles"])
    archive = assistant.archive
    uploads = Uploads(archive.folder)

    @router.post("/articles", response_model=Added, summary="Add articles", status_code=201)
    async def add(
        given: Annotated[
            Pasted | Annotated[list[Pasted], Field(min_length=1, max_length=MOST_ARTICLES)],
            Body(description=f"One article, or a list of up to {MOST_ARTICLES}."),
        ],
    ) -> Response:
        """Add one article or several; the answer comes when all of them can be asked."""
        made = (one.article() for one in (given if isinstance(given, list) else [given]))  # where they are added
        return _report(await turns.add(lambda: archive.add_articles(made, progress=turns.give_way)))

    @router.post("/articles/files", response_model=Added, summary="Add files", status_code=201)
    async def add_files(
        files: Annotated[list[UploadFile], File(description=KINDS, max_length=MOST_FILES)],
    ) -> Response:
        """Add the articles of files. A file again under the same name replaces what it held."""
        try:
            named = [(file_name(file.filename or ""), file.file) for file in files]
        except ValueError as error:
            raise Problem(422, str(error)) from error
        return _report(await turns.add(lambda: archive.add_articles(uploads.read(named), progress=turns.give_way)))

    @router.get("/articles", response_model=Listed, summary="List articles")
    async def listing(
        published_from: date | None = None,
        published_to: date | None = None,
        outlet: Annotated[list[str] | None, Query(description="May be given again.")] = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 50,
        offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    ) -> Response:
        """Articles without their text, the newest first. `next_offset` is null on the last page."""
        try:
            only = SearchFilter(published_from, published_to, tuple(outlet or ()))
        except ValueError as error:  # no day between them
            raise Problem(422, str(error)) from error
        found = await turns.ask(lambda: archive.listing(only, limit=limit + 1, offset=offset))
        more = len(found) > limit
        listed = [article.to_dict() for article in found[:limit]]
        return JSONResponse({"articles": listed, "next_offset": offset + limit if more else None})

    @router.get("/articles/{article_id}", response_model=Whole, summary="Show an article")
    async def show(article_id: ArticleId) -> Response:
        """What is known of the article, and its text, into which the offsets of citations point."""
        found = await turns.ask(lambda: archive.article(article_id))
        return JSONResponse({**found.to_dict(), "text": found.text})

    @router.delete("/articles/{article_id}", summary="Remove an article", status_code=204)
    async def remove(article_id: ArticleId) -> Response:
        """Remove the article from everywhere."""
        await turns.add(lambda: archive.remove([article_id]))
        return Response(status_code=204)

    return router


def _report(report: AddReport) -> Response:
    return JSONResponse({**report.to_dict(), "article_ids": list(report.article_ids)}, 201)
