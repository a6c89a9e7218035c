"""Which shard of the vector index holds a passage, as the ledger knows it.

A row here says that the passage is in that shard, with its vector; it is written when the shard has it on disk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, func, insert, literal, select

from index.database import Database, portions
from index.outbox import enqueue
from index.schema import outbox, passages, shards


class Shards:
    """Reads and writes where passages are; shards are numbered from 0."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sizes(self) -> dict[int, int]:
        """How many passages each shard holds; one that holds none is left out."""
        query = select(shards.c.shard, func.count()).group_by(shards.c.shard)
        with self._database.reading() as db:
            return {row[0]: row[1] for row in db.execute(query)}

    def size(self, shard: int) -> int:
        """How many passages a shard holds."""
        return self._database.count(shards, shards.c.shard == shard)

    def newest(self) -> int:
        """The highest number of a shard that holds anything; 0 where none does."""
        with self._database.reading() as db:
            return db.execute(select(func.max(shards.c.shard))).scalar() or 0

    def holding(self, ids: Iterable[str]) -> dict[int, list[str]]:
        """By shard, those of these passages that it holds."""
        found: dict[int, list[str]] = defaultdict(list)
        for row in self._database.rows(select(shards), shards.c.passage_id, ids):
            found[row.shard].append(row.passage_id)
        return found

    def move(self, tx: Connection, gone: Iterable[str], shard: int, added: Sequence[str]) -> None:
        """Say that the passages `gone` are in no shard any more, and then that those `added` are in this one."""
        for some in portions(gone):
            tx.execute(delete(shards).where(shards.c.passage_id.in_(some)))
        if added:
            tx.execute(insert(shards), [{"passage_id": i, "shard": shard} for i in added])

    def start_over(self, tx: Connection, shard: int | None = None) -> None:
        """Have what a shard holds added anew, to whichever has room; without a shard every passage there is."""
        every = select(passages.c.id).order_by(passages.c.id)
        if shard is None:
            lost, emptied = every, delete(shards)
            tx.execute(delete(outbox).where(outbox.c.index_name == "vectors"))
        else:
            lost = every.join(shards, shards.c.passage_id == passages.c.id).where(shards.c.shard == shard)
            emptied = delete(shards).where(shards.c.shard == shard)
        enqueue(tx, "add", tx.execute(lost).scalars().all(), indexes=("vectors",))
        tx.execute(emptied)

    def take_over(self, tx: Connection) -> None:
        """Of an archive whose vector index was all one: what does not wait for it is in the first shard."""
        waiting = select(outbox.c.passage_id).where(outbox.c.index_name == "vectors")
        there = select(passages.c.id, literal(0)).where(passages.c.id.not_in(waiting))
        tx.execute(insert(shards).from_select(["passage_id", "shard"], there))
