"""Plain text files, kept character for character."""

from __future__ import annotations

from pathlib import Path

from index.records import Article
from index.sources.encoding import decode
from index.sources.firstlines import read_first_lines, title_of


def read_plain(data: bytes, path: Path, where: str) -> Article:
    """The article of a text file; what the file says of itself in its first lines is taken from there.

    Raises:
        SourceError: the file is empty or is not text.
    """
    text = decode(data, where)
    return read_first_lines(text).or_else(title_of(text)).article(text, where=where, path=str(path))
