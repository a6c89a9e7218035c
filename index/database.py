"""How the ledger's database is read and written, whichever database it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select

from index.schema import sqlite

V = TypeVar("V")

PORTION = 500
"""Values to one IN list."""


class Database:
    """An engine, with one writer at a time within the process."""

    def __init__(self, path: Path) -> None:
        self.engine = sqlite(path)
        self._watch: Connection | None = None
        self._watches, self._watching = 0, Lock()
        self._writing = Lock()  # SQLite takes one writer; its own waiting is by sleeping and looking again

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing, and on disk when it ends."""
        with self._writing, self.engine.begin() as tx:
            yield tx

    def reading(self) -> Connection:
        """A connection to read with: a context manager that waits for no writer."""
        return self.engine.connect()

    def version(self) -> tuple[int, int]:
        """Another pair after every commit, whichever thread or process made it."""
        with self._watching:
            if self._watch is None:  # a connection of its own, for what it tells is what others have done
                self._watch = self.engine.connect()
                self._watches += 1
            return self._watches, int(self._watch.exec_driver_sql("PRAGMA data_version").scalar_one())

    def close(self) -> None:
        """Let go of the file."""
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self.engine.dispose()

    def count(self, table: Table, *where: ColumnElement[bool]) -> int:
        """How many rows `table` has of which all of `where` holds."""
        with self.reading() as db:
            return int(db.execute(select(func.count()).select_from(table).where(*where)).scalar_one())

    def rows(self, query: Select[Any], column: Any, values: Iterable[str]) -> list[Any]:
        """The rows of `query` whose `column` is one of `values`, asked for in portions a database takes well."""
        with self.reading() as db:
            return [row for some in portions(values) for row in db.execute(query.where(column.in_(some)))]


def portions(values: Iterable[V], size: int = PORTION) -> Iterator[list[V]]:
    """The values, `size` at a time: as many as one IN list takes well, unless told."""
    rest = iter(values)
    while portion := list(islice(rest, size)):
        yield portion
