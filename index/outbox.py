"""What each index over the ledger has still to do: a transactional outbox.

The transaction that changes a passage also writes here, for each index, what that index has to do; the row goes when
the index has done it. A crash in between only means that it is done once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from sqlalchemy import Connection, Select, delete, insert, literal, select

from index.database import Database, portions
from index.schema import outbox, passages

IndexName = Literal["vectors", "words"]
INDEXES: tuple[IndexName, ...] = ("vectors", "words")
Action = Literal["add", "delete"]


class Task(NamedTuple):
    """One thing that an index has to do."""

    number: int
    passage_id: str
    action: Action


class Outbox:
    """Reads and strikes off what the indexes have to do."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def tasks(self, index: IndexName, *, limit: int, after: int = 0) -> list[Task]:
        """The oldest things that `index` has still to do, of those that came after the one with this number."""
        query = select(outbox.c.number, outbox.c.passage_id, outbox.c.action).where(
            outbox.c.index_name == index, outbox.c.number > after
        )
        with self._database.reading() as db:
            return [Task(*row) for row in db.execute(query.order_by(outbox.c.number).limit(limit))]

    def count(self, index: IndexName) -> int:
        """How much `index` has still to do."""
        return self._database.count(outbox, outbox.c.index_name == index)

    def done(self, tx: Connection, tasks: Sequence[Task]) -> None:
        """Strike off what the index has done and has on disk."""
        for some in portions(tasks):
            tx.execute(delete(outbox).where(outbox.c.number.in_([task.number for task in some])))

    def start_over(self, index: IndexName) -> None:
        """Have `index` add every passage anew."""
        with self._database.transaction() as tx:
            enqueue_all(tx, index)


def enqueue(tx: Connection, action: Action, ids: Sequence[str], *, indexes: Sequence[IndexName] = INDEXES) -> None:
    """Have the indexes add or delete these passages, as a part of the transaction `tx`."""
    rows = [{"index_name": name, "passage_id": i, "action": action} for name in indexes for i in ids]
    if rows:
        tx.execute(insert(outbox), rows)


def enqueue_all(tx: Connection, index: IndexName) -> None:
    """Have one index add every passage anew, and nothing else, as a part of the transaction `tx`."""
    tx.execute(delete(outbox).where(outbox.c.index_name == index))
    enqueue_found(tx, select(passages.c.id), index)


def enqueue_found(tx: Connection, found: Select[tuple[str]], index: IndexName) -> None:
    """Have one index add the passages whose ids a query finds, as a part of the transaction `tx`."""
    ids = found.order_by(passages.c.id).add_columns(literal(index), literal("add"))
    tx.execute(insert(outbox).from_select(["passage_id", "index_name", "action"], ids))
