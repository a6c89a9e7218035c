"""Files that somebody sends, to the page or to the API, read one at a time."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from index import Article, Failure
from index.sources import read

FOLDER = "uploaded"
"""In the archive's own: where a file lies while it is read."""
NAME_LENGTH = 200
"""Bytes of a file's name, at most."""


class Uploads:
    """The folder of an archive where uploaded files lie while they are read, one at a time.

    It is always the same one: where an article has no address, its file's place is what it is known by, so that the
    same file again is unchanged, and a new one of that name replaces it.
    """

    def __init__(self, archive: Path) -> None:
        self._folder = archive.resolve() / FOLDER

    def read(self, files: Iterable[tuple[str, BinaryIO]]) -> Iterator[Article | Failure]:
        """The articles of files, each given with its `file_name`; their paths are `uploaded/` and that name.

        Give it to `Archive.add_articles`, which reads from one iterator at a time: two of them would meet in the folder
        where they read files of one name.
        """
        for name, content in files:
            place = self._folder / name
            place.parent.mkdir(mode=0o700, exist_ok=True)
            try:
                with content, place.open("wb") as out:
                    shutil.copyfileobj(content, out)
                for one in read(place):
                    yield _as_its_owner_knows(one, place)
            finally:
                place.unlink(missing_ok=True)


def file_name(sent: str) -> str:
    """The last part of the name under which a file was sent.

    Raises:
        ValueError: there is none.
    """
    name = re.split(r"[/\\]", sent)[-1].strip()
    if name in ("", ".", "..") or "\0" in name or len(name.encode("utf-8", "replace")) > NAME_LENGTH:
        raise ValueError(f"a file has the name {sent[:50]!r}: give it one such as 'ferry.txt'")
    return name


def _as_its_owner_knows(one: Article | Failure, place: Path) -> Article | Failure:
    if isinstance(one, Failure):
        return replace(one, where=one.where.replace(str(place), place.name))
    return replace(one, path=f"{FOLDER}/{place.name}") if one.path else one
