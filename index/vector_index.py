"""The vector index of an archive: shards of Chroma, or all vectors in the ledger compared, whichever is sooner.

Chroma holds in memory what it is to search or to change, about 2 kB a passage. So the index is parted into shards: each
is a Chroma of its own, filled until it has `SHARD` passages and from then on only deleted from. Whoever adds holds one
shard at a time, and takes no more memory with a large archive than with a small one; whoever asks holds all.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from threading import RLock

from index.errors import ArchiveDamaged
from index.ledger import Ledger, Located
from index.lock import Ownership
from index.outbox import Task
from index.records import SearchFilter
from index.vectors import ChromaVectors, ExactVectors, Found, Vectors, nearest_first, probe

UNFINISHED = ".unfinished"
logger = logging.getLogger(__name__)

SHARD = 50_000
"""Passages to a shard: 100 MB in memory, some 2,700 articles. Each takes 2 ms of a search."""
FEW_ARTICLES = 500
"""Where a filter lets so few through, their vectors are compared: Chroma gathers all that pass, which takes longer."""
OPENING = 200_000
"""Importing and opening Chroma takes about as long as comparing so many vectors."""


class VectorIndex:
    """Opens Chroma when that pays, in the process that owns the archive. Safe to use from several threads.

    It is opened to be written, and to be searched once comparing vectors has taken as long as opening it does (as who
    rents skis until that has cost what they do: Karlin et al., Competitive snoopy caching, 1988): whoever asks one
    question has the answer sooner. The ledger's vectors are compared too where another process owns the archive, and
    while Chroma lacks some of them because it is built again. What is being added comes into Chroma a moment after it
    is embedded.

    The ledger says which passages each shard holds. A file `unfinished` stands beside a shard's folder while it is
    being written: found later, it means that a write was cut short, and Chroma may be damaged in ways that it does not
    tell. Such a shard, and one that holds another number of passages than the ledger says, is thrown away, and what it
    held is added anew.
    """

    def __init__(self, folder: Path, ledger: Ledger, owner: Ownership) -> None:
        self._folder = folder
        self._ledger = ledger
        self._owner = owner
        self._exact = ExactVectors(ledger)
        self._open: dict[int, ChromaVectors] = {}
        self._searched = False  # then all shards are open, and stay so
        self._looked = False  # whether what is on disk was held against the ledger
        self._lacking = False
        self._compared = 0
        self._damaged = self._closed = False
        self._opening = RLock()

    # -- looking

    def search(self, vector: Vectors, k: int, only: SearchFilter) -> Found:
        """See `VectorSearch`."""
        few = only and self._ledger.count_articles(only) <= FEW_ARTICLES
        held = [] if few or not (self._searched or (self._pays() and self.prepare())) else list(self._open.values())
        if not held or self._lacking or self._damaged:
            return self._exact.search(vector, k, only)
        try:
            # A passage that is being replaced may for a moment be in two.
            return nearest_first(dict(chain(*(shard.search(vector, k, only) for shard in held))).items())[:k]
        except ArchiveDamaged as damage:
            if held == list(self._open.values()):  # else they were let go of meanwhile
                self._distrust(damage)
            return self._exact.search(vector, k, only)

    def _pays(self) -> bool:
        """Whether comparing all vectors has cost, with this search, as much as opening Chroma does."""
        self._compared += self._ledger.count_vectors()
        return self._compared > OPENING

    def prepare(self) -> bool:
        """Open all shards, to be searched; false where another process owns the archive, or one shard is damaged."""
        with self._opening:
            if self._searched or self._damaged or self._closed or not self._owner.take(wait=0):
                return self._searched
            try:
                self._look()
                for number in self._ledger.shards.sizes():
                    self._shard(number, alone=False)
                self._searched = True
            except ArchiveDamaged as damage:
                self._distrust(damage)
                self._let_go()
                self._owner.give_back()
            return self._searched

    def _distrust(self, damage: ArchiveDamaged) -> None:
        logger.warning("%s; all vectors are compared meanwhile", damage)
        self._damaged = True

    def ids(self) -> set[str]:
        """The ids of all passages in the index; raises ArchiveDamaged."""
        with self._opening:
            self._look()
            return {i for number in self._ledger.shards.sizes() for i in self._shard(number).ids()}

    def damage(self) -> str | None:
        """What is wrong with the shards' folders; those that are open here and trusted were read without harm."""
        trusted = () if self._damaged else self._open
        closed = {self._place(number) for number in self._ledger.shards.sizes() if number not in trusted}
        there = sorted(place for place in closed if place.exists())
        return probe(there) if there else None

    # -- writing

    def open(self) -> None:
        """Find out, before writing, what is to be added anew; the ledger's outbox then says so."""
        with self._opening:
            self._look()

    def write(self, deleted: Sequence[str], added: Sequence[tuple[Located, Vectors]], done: Sequence[Task]) -> None:
        """Delete passages, then add passages with their vectors; and strike the tasks that this does off the outbox.

        Raises:
            ArchiveDamaged: a shard cannot be opened or written.
        """
        new = [located[0].id for located, _ in added]
        known = self._ledger.shards
        with self._opening:
            held = known.holding([*deleted, *new])
            for number, ids in held.items():
                self._begin(number).apply(ids, [])
            newest = known.newest()
            room = newest if known.size(newest) < SHARD else newest + 1
            if added:
                self._begin(room).apply([], added)
            with self._ledger.transaction() as tx:
                known.move(tx, [*deleted, *new], room, new)
                self._ledger.outbox.done(tx, done)
            if not self._lacking:
                for number in {*held, room}:
                    self._mark(number).unlink(missing_ok=True)

    def finish(self) -> None:
        """Say that Chroma has all that the ledger has."""
        with self._opening:
            for number in self._on_disk():
                self._mark(number).unlink(missing_ok=True)
            self._lacking = False

    def renew(self) -> None:
        """Throw all shards away, and have every passage added anew."""
        with self._opening:
            self._let_go()
            self._mark(0).touch()  # cut short here, it is still known that all is to be built again
            with self._ledger.transaction() as tx:
                self._ledger.shards.start_over(tx)
            for number in self._on_disk():
                shutil.rmtree(self._place(number), ignore_errors=True)
            self._looked = self._lacking = True
            self._damaged = False

    def close(self) -> None:
        """Let go of the folders; whoever still searches compares."""
        with self._opening:
            self._closed, self._searched = True, False
            self._let_go()

    def _let_go(self) -> None:
        while self._open:
            self._open.popitem()[1].close()

    # -- shards

    def _look(self) -> None:
        """Once: have added anew what was cut short or is gone; take away folders that hold nothing."""
        if self._looked:
            return
        known, there = self._ledger.shards.sizes(), self._on_disk()
        waiting = self._ledger.outbox.count("vectors")
        for number in sorted(there | known.keys()):
            if self._mark(number).exists():
                self._throw_away(number, "was being written when the last process ended")
            elif number not in known:
                shutil.rmtree(self._place(number))
            elif number not in there:
                self._throw_away(number, "is gone")
        if sum(known.values()) < self._ledger.counts()["passages"] - waiting:
            self.renew()
        self._looked = True

    def _throw_away(self, number: int, why: str) -> None:
        """Have what a shard holds added anew."""
        logger.warning("a part of the vector index %s: it is built again", why)
        self._lacking = True
        self._mark(number).touch()
        shutil.rmtree(self._place(number), ignore_errors=True)
        with self._ledger.transaction() as tx:
            self._ledger.shards.start_over(tx, number)

    def _shard(self, number: int, *, alone: bool = True) -> ChromaVectors:
        """A shard, opened when it is not; `alone`: while the index is not searched, no other stays open."""
        if number not in self._open:
            if alone and not self._searched:
                self._let_go()
            with ExitStack() as undo:
                shard = ChromaVectors(self._place(number))
                undo.callback(shard.close)
                there = shard.count()
                if there == self._ledger.shards.size(number):
                    undo.pop_all()
                    self._open[number] = shard
            if number not in self._open:
                self._throw_away(number, f"holds {there} passages and not as many as the ledger says")
                self._open[number] = ChromaVectors(self._place(number))
        return self._open[number]

    def _begin(self, number: int) -> ChromaVectors:
        """A shard that is now written: a crash before its mark is taken away has it thrown away."""
        self._mark(number).touch()
        return self._shard(number)

    def _on_disk(self) -> set[int]:
        """The numbers of all shards of which there is a folder or a mark."""
        names = (path.name.removesuffix(UNFINISHED) for path in self._folder.parent.glob(f"{self._folder.name}*"))
        numbers = (name.removeprefix(self._folder.name).removeprefix("-") or "0" for name in names)
        return {int(number) for number in numbers if number.isdecimal()}

    def _place(self, number: int) -> Path:
        return self._folder.with_name(f"{self._folder.name}-{number}") if number else self._folder

    def _mark(self, number: int) -> Path:
        place = self._place(number)
        return place.with_name(place.name + UNFINISHED)
