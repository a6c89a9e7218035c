"""CSV files: a line of column names, then one article a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from index.errors import SourceError
from index.records import Article, Failure
from index.sources.fields import RecordReader, has_text_field
from index.sources.limits import Limits
from index.sources.lines import read_lines


def read_table(path: Path, where: str, limits: Limits) -> Iterator[Article | Failure]:
    """The articles of a table, row by row.

    Raises:
        SourceError: it has no column that holds texts.
    """
    # The csv module has one bound for the whole process; its own, 128 kB, is less than a long article.
    csv.field_size_limit(max(csv.field_size_limit(), limits.record_bytes))
    lines = _Lines(path, where, limits)
    header = next(lines, "")
    rows = csv.reader(lines, delimiter=_separator(header))
    names = _names(header, where)
    if not has_text_field(names):
        columns = ", ".join(repr(name[:40]) for name in names[:12]) or "none"
        raise SourceError(where, f"has no column of texts; its columns: {columns}", "name that column 'text'")
    reader = RecordReader(str(path))
    while True:
        place = f"{where}:{lines.number + 1}"
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Failure(place, f"is not a row of a table ({error})", "export the table again, with quotes")
            continue
        yield from lines.faults
        lines.faults.clear()
        if row is None:
            return
        if row:
            yield _read_row(reader, names, row, place)


def _names(header: str, where: str) -> list[str]:
    try:
        return next(csv.reader([header], delimiter=_separator(header)), [])
    except csv.Error as error:
        reason = f"begins with a line that is no row of a table ({error})"
        raise SourceError(where, reason, "export it again as CSV in UTF-8") from error


class _Lines(Iterator[str]):
    """The lines of a table as its parser wants them; those that cannot be read are kept in `faults`."""

    def __init__(self, path: Path, where: str, limits: Limits) -> None:
        self._lines = read_lines(path, where, limits)
        self.number = 0
        self.faults: list[Failure] = []

    def __next__(self) -> str:
        while True:
            self.number, line = next(self._lines)
            if isinstance(line, str):
                return line
            self.faults.append(line)


def _separator(header: str) -> str:
    """The mark that the header line has most of. Quotes are doubled in every dialect that programs write today."""
    return max(",;\t|", key=header.count)


def _read_row(reader: RecordReader, names: list[str], row: list[str], where: str) -> Article | Failure:
    if len(row) > len(names):
        reason = f"has {len(row)} values for {len(names)} columns"
        return Failure(where, reason, "put values that hold the separator between quotes")
    try:
        return reader.read(dict(zip(names, row, strict=False)), where)
    except SourceError as error:
        return error.failure
