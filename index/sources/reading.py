"""The one way in: a place on disk or on the web -> its Articles, one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from index.errors import SourceError
from index.records import Article, Failure
from index.sources.collection import COLLECTIONS, is_collection, read_collection
from index.sources.folder import walk
from index.sources.limits import Limits
from index.sources.markdown import read_markdown
from index.sources.page import read_page
from index.sources.pdf import read_pdf
from index.sources.plain import read_plain
from index.sources.word import read_word


def _saved_page(data: bytes, path: Path, where: str) -> Article:
    return read_page(data, where, path=str(path))


_TEXTS: dict[str, Callable[[bytes, Path, str], Article]] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": _saved_page,
    ".htm": _saved_page,
    ".xhtml": _saved_page,
}
_PRINTED: dict[str, tuple[Callable[[Path, str, Limits], Article], tuple[bytes, ...]]] = {
    ".pdf": (read_pdf, (b"%PDF-",)),
    ".docx": (read_word, (b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"))),
}

SUPPORTED: tuple[str, ...] = (*_TEXTS, *_PRINTED, *COLLECTIONS, *(f"{suffix}.gz" for suffix in COLLECTIONS))
"""The endings of the files that can be read, in lower case."""


def read(
    place: str | Path,
    *,
    max_document_mb: float = 50,
    max_record_mb: float = 20,
    max_seconds: float = 60,
    allow_private: bool = False,
) -> Iterator[Article | Failure]:
    """The articles at `place`: a file, a folder and all below it, or the http(s) address of a page or a feed.

    They come one by one as they are read; what cannot be read comes as a Failure and never stops the others. The
    limits are those of `Limits`.
    """
    limits = Limits(max_document_mb, max_record_mb, max_seconds=max_seconds, allow_private=allow_private)
    if isinstance(place, str) and re.match(r"\w+://", place):
        from index.sources.links import read_link  # httpx takes longer to import than most folders to read

        yield from read_link(place, limits)
        return
    try:
        path = Path(place).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        yield Failure(str(place), "is not there", "check the name; a web address begins with http:// or https://")
        return
    if not path.is_dir():
        yield from _read_file(path, str(place), limits)
        return
    yield from _read_folder(path, str(place), limits)


def count(place: str | Path) -> int | None:
    """How many files `read` will go through, for a bar of progress; None where only reading would tell."""
    if isinstance(place, str) and re.match(r"\w+://", place):
        return None
    path = Path(place)
    if path.is_dir():
        return sum(1 for found in walk(path.resolve(), str(place)) if not isinstance(found, Failure))
    return None if is_collection(path.name) else 1


def _read_folder(path: Path, where: str, limits: Limits) -> Iterator[Article | Failure]:
    empty = True
    for found in walk(path, where):
        empty = False
        if isinstance(found, Failure):
            yield found
        else:
            yield from _read_file(*found, limits)
    if empty:
        yield Failure(where, "is an empty folder", f"put articles in it: {', '.join(SUPPORTED)}")


def _read_file(path: Path, where: str, limits: Limits) -> Iterator[Article | Failure]:
    try:
        if where != _printable(where) or str(path) != _printable(str(path)):
            raise SourceError(_printable(where), "has a name that is not UTF-8", "rename it")
        if not path.is_file():
            raise SourceError(where, "is not a regular file", "add a file or a folder")
        if is_collection(path.name):
            yield from read_collection(path, where, limits)
        else:
            yield _read_document(path, where, limits)
    except SourceError as error:
        yield error.failure
    except OSError as error:
        yield Failure(where, f"cannot be read ({error.strerror or error})", "check the file and its permissions")


def _printable(name: str) -> str:
    """A file's name as it can be shown and stored: Unix allows any bytes in it."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _read_document(path: Path, where: str, limits: Limits) -> Article:
    suffix = path.suffix.lower()
    if suffix not in _TEXTS and suffix not in _PRINTED:
        kind = f"is a {suffix} file" if suffix else "has no ending that tells its kind"
        raise SourceError(where, f"{kind}, which Dateline does not read", "save it as .txt, .md, .html, .pdf or .docx")
    size = path.stat().st_size
    if size == 0:
        raise SourceError(where, "is empty", "add a file that holds the article's words")
    if size > limits.document_bytes:
        raise SourceError(where, f"is larger than {limits.max_document_mb:g} MB", "split it, or raise max_document_mb")
    if reader := _TEXTS.get(suffix):
        return reader(path.read_bytes(), path, where)
    printed, beginnings = _PRINTED[suffix]
    with path.open("rb") as stream:
        beginning = stream.read(1024)
    if not any(mark in beginning for mark in beginnings):
        raise SourceError(
            where, f"is not a {suffix} file, whatever its name says", "give it the ending of its real kind"
        )
    return printed(path, where, limits)
