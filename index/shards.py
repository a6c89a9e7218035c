"""Which shard of the vector index holds a passage, as the ledger knows it.

A row says that the passage is in that shard, with its vector; it is written when the shard has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, func, insert, literal, select

from index.database import Database, portions
from index.outbox import enqueue_all, enqueue_found
from index.schema import fact, outbox, passages, put_fact, shards

WRITTEN = "passages_written_to_shards"


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

    def written(self) -> int:
        """How many passages were ever added to shards, those counted that are gone; Chroma keeps room for them."""
        with self._database.reading() as db:
            return _written(db)

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
            put_fact(tx, WRITTEN, str(_written(tx) + len(added)))

    def start_over(self, tx: Connection, shard: int) -> None:
        """Have what a shard holds added anew."""
        held = select(passages.c.id).join(shards, shards.c.passage_id == passages.c.id).where(shards.c.shard == shard)
        enqueue_found(tx, held, "vectors")
        tx.execute(delete(shards).where(shards.c.shard == shard))

    def start_over_all(self, tx: Connection) -> None:
        """Have every passage added anew, to shards numbered from 0."""
        enqueue_all(tx, "vectors")
        tx.execute(delete(shards))
        put_fact(tx, WRITTEN, "0")

    def take_over(self, tx: Connection) -> None:
        """Of an archive whose vector index was all one: what does not wait for it is in the first shard.

        If it was left while passages waited to be deleted, that shard holds more, and is built again.
        """
        waiting = select(outbox.c.passage_id).where(outbox.c.index_name == "vectors")
        there = select(passages.c.id, literal(0)).where(passages.c.id.not_in(waiting))
        put_fact(tx, WRITTEN, str(tx.execute(insert(shards).from_select(["passage_id", "shard"], there)).rowcount))


def _written(db: Connection) -> int:
    return int(fact(db, WRITTEN) or 0)
