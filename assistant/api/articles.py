"""Articles over HTTP: added as JSON or as files, listed, shown, removed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Body, File, Path, Query, UploadFile
from fastapi.responses import Response
from pydantic import Field

from assistant.api.problems import Problem
from assistant.api.shapes import MOST_ARTICLES, Pasted, article_json
from assistant.api.turns import Turns
from assistant.assistant import Assistant
from index import SUPPORTED, AddReport, Article, Failure, SearchFilter
from index.sources import read

MOST_FILES = 200
NAME_LENGTH = 200
UPLOADED = "uploaded"
ArticleId = Annotated[str, Path(pattern="^[0-9a-f]{16}$", description="As citations and the list have it.")]


class Uploads:
    """The folder in the archive's own where uploaded files lie while they are read, one at a time.

    It is always the same one: where an article has no address, its file's place is what it is known by, so that the
    same file again is unchanged, and a new one of that name replaces it.
    """

    def __init__(self, archive: FilePath) -> None:
        self._folder = archive.resolve() / UPLOADED

    def read(self, files: Sequence[UploadFile]) -> Iterator[Article | Failure]:
        """The articles of the files, under `uploaded/` and each file's own name."""
        for file in files:
            place = self._folder / file_name(file)
            place.parent.mkdir(mode=0o700, exist_ok=True)
            try:
                with place.open("wb") as out:
                    shutil.copyfileobj(file.file, out)
                for one in read(place):
                    yield _as_its_owner_knows(one, place)
            finally:
                place.unlink(missing_ok=True)


def file_name(file: UploadFile) -> str:
    """The last part of the name under which a file was sent.

    Raises:
        Problem: there is none.
    """
    name = re.split(r"[/\\]", file.filename or "")[-1].strip()
    if name in ("", ".", "..") or "\0" in name or len(name.encode("utf-8", "replace")) > NAME_LENGTH:
        raise Problem(422, f"a file has the name {(file.filename or '')[:50]!r}: give it one such as 'ferry.txt'")
    return name


def articles(assistant: Assistant, turns: Turns) -> APIRouter:
    """The routes of articles."""
    router = APIRouter(tags=["articles"])
    archive = assistant.archive
    uploads = Uploads(archive.folder)

    @router.post("/articles", summary="Add articles", status_code=201)
    async def add(
        given: Annotated[
            Pasted | Annotated[list[Pasted], Field(min_length=1, max_length=MOST_ARTICLES)],
            Body(description=f"One article, or a list of up to {MOST_ARTICLES}."),
        ],
    ) -> dict[str, Any]:
        """Add one article or several; the answer comes when all of them can be asked."""
        made = [one.article() for one in (given if isinstance(given, list) else [given])]
        return _report(await turns.add(lambda: archive.add_articles(made, progress=turns.give_way)))

    @router.post("/articles/files", summary="Add files", status_code=201)
    async def add_files(
        files: Annotated[list[UploadFile], File(description=f"Files of these kinds: {' '.join(SUPPORTED)}")],
    ) -> dict[str, Any]:
        """Add the articles of files. A file again under the same name replaces what it held."""
        if len(files) > MOST_FILES:
            raise Problem(422, f"{len(files)} files are too many: send {MOST_FILES} or fewer at a time")

        for file in files:
            file_name(file)  # before the first is added
        return _report(await turns.add(lambda: archive.add_articles(uploads.read(files), progress=turns.give_way)))

    @router.get("/articles", summary="List articles")
    async def listing(
        published_from: date | None = None,
        published_to: date | None = None,
        outlet: Annotated[list[str] | None, Query(description="May be given again.")] = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 50,
        offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    ) -> dict[str, Any]:
        """Articles without their text, the newest first. `next_offset` is null on the last page."""
        if published_from and published_to and published_from > published_to:
            raise Problem(422, f"published_from {published_from} is after published_to {published_to}: swap them")
        only = SearchFilter(published_from, published_to, tuple(outlet or ()))
        found = await turns.ask(lambda: archive.listing(only, limit=limit + 1, offset=offset))
        more = len(found) > limit
        return {
            "articles": [article_json(article) for article in found[:limit]],
            "next_offset": offset + limit if more else None,
        }

    @router.get("/articles/{article_id}", summary="Show an article")
    async def show(article_id: ArticleId) -> dict[str, Any]:
        """What is known of the article, and its text, into which the offsets of citations point."""
        return article_json(await turns.ask(lambda: archive.article(article_id)), text=True)

    @router.delete("/articles/{article_id}", summary="Remove an article", status_code=204)
    async def remove(article_id: ArticleId) -> Response:
        """Remove the article from everywhere."""
        await turns.add(lambda: archive.remove([article_id]))
        return Response(status_code=204)

    return router


def _as_its_owner_knows(one: Article | Failure, place: FilePath) -> Article | Failure:
    if isinstance(one, Failure):
        return replace(one, where=one.where.replace(str(place), place.name))
    return replace(one, path=f"{UPLOADED}/{place.name}") if one.path else one


def _report(report: AddReport) -> dict[str, Any]:
    return {**report.to_dict(), "article_ids": list(report.article_ids)}
