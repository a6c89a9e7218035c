"""The lines of a collection's file, decoded, one at a time; the file may be packed with gzip."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from index.errors import SourceError
from index.records import Failure
from index.sources.encoding import binary, decode, detect, encoding_by_mark
from index.sources.limits import Limits

_SAMPLE = 1_000_000


def open_packed(path: Path) -> io.BufferedReader | gzip.GzipFile:
    """The file's bytes, unpacked if its name ends in .gz."""
    return gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb")


def find_encoding(path: Path, where: str) -> str:
    """The encoding of the file, by its byte order mark or a sample of its beginning.

    Raises:
        SourceError: the file is not text.
    """
    sample = _sample(path)
    if marked := encoding_by_mark(sample):
        return marked
    if b"\0" in sample:
        raise binary(where)
    try:
        # The sample may end within a character, which takes four bytes at most.
        (sample[:-4] if len(sample) >= _SAMPLE else sample).decode("utf-8")
    except UnicodeDecodeError:
        return detect(sample) or "utf-8"
    return "utf-8"


def _sample(path: Path) -> bytes:
    """The beginning of the file; of a packed one that is damaged, what comes before the damage."""
    sample = bytearray()
    with open_packed(path) as stream, suppress(EOFError, zlib.error):
        while len(sample) < _SAMPLE and (piece := stream.read1(65_536)):
            sample += piece
    return bytes(sample)


def read_lines(path: Path, where: str, limits: Limits) -> Iterator[tuple[int, str | Failure]]:
    """Each line with its number, from 1, and its line end. One that is too long or is no text is a Failure.

    Lines are decoded one by one, as UTF-8 where their bytes allow it: files put together from several sources mix
    encodings.
    """
    encoding = find_encoding(path, where)
    with open_packed(path) as stream:
        source: io.BufferedIOBase | io.TextIOWrapper = stream
        if encoding == "utf-8-sig":
            stream.read(3)
        elif encoding in ("utf-16", "utf-32"):
            source = io.TextIOWrapper(stream, encoding=encoding, newline="\n")
        number = 0
        while line := source.readline(limits.record_bytes + 1):
            number += 1
            place = f"{where}:{number}"
            if len(line) > limits.record_bytes:
                _skip_line(source, line, limits)
                reason = f"is longer than {limits.max_record_mb:g} MB"
                yield number, Failure(place, reason, "split the article, or raise max_record_mb")
            else:
                yield number, line if isinstance(line, str) else _decoded(line, encoding, place)


def _skip_line(source: io.BufferedIOBase | io.TextIOWrapper, line: bytes | str, limits: Limits) -> None:
    while line and line[-1:] not in (b"\n", "\n"):
        line = source.readline(limits.record_bytes)


def _decoded(line: bytes, encoding: str, where: str) -> str | Failure:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return decode(line, where, declared=encoding)
    except SourceError as error:
        return error.failure
