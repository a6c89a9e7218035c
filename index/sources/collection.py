"""Collections, many articles in one file: JSON Lines, JSON and CSV, packed with gzip or not."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from index.errors import SourceError
from index.records import Article, Failure
from index.sources.encoding import decode
from index.sources.fields import RecordReader
from index.sources.limits import Limits
from index.sources.lines import open_packed, read_lines
from index.sources.table import read_table

_LINES = (".jsonl", ".ndjson")
_OBJECTS = (".json",)
_TABLES = (".csv", ".tsv")
COLLECTIONS = (*_LINES, *_OBJECTS, *_TABLES)

# Where an object that is not itself an article holds its articles.
_LISTS = ("articles", "items", "documents", "docs", "data", "results", "news", "entries", "records")


def is_collection(name: str) -> bool:
    """Whether a file of this name holds many articles."""
    return name.lower().removesuffix(".gz").endswith(COLLECTIONS)


def read_collection(path: Path, where: str, limits: Limits) -> Iterator[Article | Failure]:
    """The articles of a collection in its order; a record that is none becomes a Failure that names its line.

    JSON Lines and CSV are read line by line, so a file of any size will do; a .json file is held in memory whole.
    """
    name = path.name.lower().removesuffix(".gz")
    read = _read_lines if name.endswith(_LINES) else _read_objects if name.endswith(_OBJECTS) else read_table
    try:
        yield from read(path, where, limits)
    except (gzip.BadGzipFile, EOFError, zlib.error, UnicodeDecodeError) as error:
        yield Failure(where, f"is damaged ({error})", "make the file anew; what came before the damage was read")
    except SourceError as error:
        yield error.failure


def _read_lines(path: Path, where: str, limits: Limits) -> Iterator[Article | Failure]:
    reader = RecordReader(str(path))
    empty = True
    for number, line in read_lines(path, where, limits):
        if isinstance(line, str) and line.isspace():
            continue
        empty = False
        yield line if isinstance(line, Failure) else _read_record(reader, line, f"{where}:{number}")
    if empty:
        raise _empty(where)


def _read_record(reader: RecordReader, line: str, where: str) -> Article | Failure:
    try:
        return reader.read(json.loads(line), where)
    except SourceError as error:
        return error.failure
    except (ValueError, RecursionError) as error:
        return Failure(
            where, f"is not valid JSON ({_fault(error)})", "write each article as one JSON object on one line"
        )


def _fault(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        line = f"line {error.lineno}, " if error.lineno > 1 else ""
        return f"{error.msg} at {line}column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"


def _empty(where: str) -> SourceError:
    return SourceError(where, "is empty", "add a file that holds at least one article")


def _read_objects(path: Path, where: str, limits: Limits) -> Iterator[Article | Failure]:
    with open_packed(path) as stream:
        data = stream.read(limits.json_bytes + 1)
    if len(data) > limits.json_bytes:
        raise SourceError(
            where,
            f"is larger than {limits.max_json_mb:g} MB",
            "write it as JSON Lines (.jsonl, one article a line), which is read line by line at any size",
        )
    text = decode(data, where)
    if not text.strip():
        raise _empty(where)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError) and error.msg == "Extra data":  # JSON Lines under another name
            yield from _read_lines(path, where, limits)
            return
        raise SourceError(where, f"is not valid JSON ({_fault(error)})", "mend it, or export it again") from error
    yield from _read_list(content, str(path), where)


def _read_list(content: object, path: str, where: str) -> Iterator[Article | Failure]:
    records = _records(content)
    reader = RecordReader(path)
    if not records:
        yield Failure(where, "holds no article", 'write a list of {"title": ..., "text": ...} objects')
    for number, record in enumerate(records, 1):
        try:
            yield reader.read(record, where if record is content else f"{where}, article {number}")
        except SourceError as error:
            yield error.failure


def _records(content: object) -> list[object]:
    if isinstance(content, list):
        return content
    if isinstance(content, dict):
        for name in _LISTS:
            if isinstance(content.get(name), list):
                return list(content[name])
    return [content]
