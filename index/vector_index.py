"""The vector index of an archive: shards of Chroma, or all vectors in the ledger compared, whichever is sooner.

Chroma holds in memory what it is to search or to change, about 2 kB a passage. So the index is parted into shards: each
is a Chroma of its own, to which `SHARD` passages are added, and from then on it is only deleted from. Whoever adds
holds one shard at a time, and takes no more memory with a large archive than with a small one; whoever asks holds all.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from itertools import chain
from math import inf
from pathlib import Path
from threading import RLock

from index.database import portions
from index.errors import ArchiveDamaged
from index.ledger import Ledger
from index.lock import Ownership
from index.outbox import Task
from index.records import SearchFilter
from index.shard_files import ShardFiles
from index.vectors import ChromaVectors, ExactVectors, Found, Vectors, nearest_first, probe

logger = logging.getLogger(__name__)

SHARD = 50_000
"""Passages that are added to a shard: 100 MB in memory, some 2,700 articles. Each shard takes 2 ms of a search."""
SPARSE = SHARD // 4
"""A shard that holds fewer, because most were deleted, is dissolved when something is added."""
FEW_ARTICLES = 500
"""Where a filter lets so few through, their vectors are compared: few of the nearest would be among them."""
WIDE = 800
"""So many of the nearest of each shard are looked through for those that pass a filter."""
OPENING = 200_000
"""Importing and opening Chroma takes about as long as comparing so many vectors."""


class VectorIndex:
    """Opens Chroma when that pays, in the process that owns the archive. Safe to use from several threads.

    It is opened to be written, and to be searched once comparing vectors has taken as long as opening it does (as who
    rents skis until that has cost what they do: Karlin et al., Competitive snoopy caching, 1988): whoever asks one
    question has the answer sooner. The ledger's vectors are compared too where another process owns the archive, and
    while Chroma lacks some of them because it is built again. What is being added comes into Chroma a moment after it
    is embedded.

    The ledger says which passages each shard holds. A mark (a file `unfinished`) stands beside a shard's folder from
    before it is written until all of it is on disk: found later, it means that writing was cut short, and Chroma may be
    damaged in ways that it does not tell. Such a shard, and one that holds another number of passages than the ledger
    says, is thrown away, and what it held is added anew. Its mark stands until that is done, so that who opens the
    archive meanwhile knows that Chroma lacks something.
    """

    def __init__(self, folder: Path, ledger: Ledger, owner: Ownership) -> None:
        self._files = ShardFiles(folder)
        self._ledger = ledger
        self._owner = owner
        self._exact = ExactVectors(ledger)
        self._open: dict[int, ChromaVectors] = {}
        self._searched = False  # then all shards are open, and stay so
        self._looked = False  # whether what is on disk was held against the ledger
        self._lacking = False  # whether Chroma has less than what does not wait
        self._begun: set[int] = set()  # shards that were written, and are not known to be on disk
        self._compared = 0
        self._damaged = self._closed = False
        self._opening = RLock()

    # -- looking

    def search(self, vector: Vectors, k: int, only: SearchFilter) -> Found:
        """See `VectorSearch`."""
        few = only and self._ledger.count_articles(only) <= FEW_ARTICLES
        held = {} if few or not (self._searched or (self._pays() and self.prepare())) else self._open
        shards = list(held.values())
        if not shards or self._lacking or self._damaged:
            return self._exact.search(vector, k, only)
        try:
            if not only:
                return _merged(shard.nearest(vector, k) for shard in shards)[:k]
            found = self._passing(shards, vector, k, only)
            return self._exact.search(vector, k, only) if found is None else found
        except ArchiveDamaged as damage:
            if held is self._open:  # else they were let go of meanwhile
                self._distrust(damage)
            return self._exact.search(vector, k, only)

    def _passing(self, shards: Sequence[ChromaVectors], vector: Vectors, k: int, only: SearchFilter) -> Found | None:
        """The nearest that pass a filter, by what the ledger says; none where the first `WIDE` of each do not tell."""
        wide = [shard.nearest(vector, WIDE) for shard in shards]
        # A shard may have more that is as near as the last that it gave, and none that is nearer.
        told = max((found[-1][1] for found in wide if len(found) == WIDE), default=-inf)
        passing: Found = []
        for some in portions(pair for pair in _merged(wide) if pair[1] >= told):
            pass_it = self._ledger.passing([i for i, _ in some], only)
            passing += [pair for pair in some if pair[0] in pass_it]
            if len(passing) >= k:
                return passing[:k]
        return passing if told == -inf else None

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
        """The ids of all passages in the index, whether it holds what it should or not; raises ArchiveDamaged."""
        found: set[str] = set()
        with self._opening:
            for number in self._ledger.shards.sizes():
                if number in self._open:
                    found |= self._open[number].ids()
                elif (place := self._files.place(number)).exists():
                    with closing(ChromaVectors(place)) as shard:
                        found |= shard.ids()
        return found

    def damage(self) -> str | None:
        """What is wrong with the shards' folders; those that are open here and trusted were read without harm."""
        trusted = () if self._damaged else self._open
        closed = {self._files.place(number) for number in self._ledger.shards.sizes() if number not in trusted}
        there = sorted(place for place in closed if place.exists())
        return probe(there) if there else None

    # -- writing

    def open(self) -> None:
        """Find out, before writing, what is to be added anew; the ledger's outbox then says so."""
        with self._opening:
            self._look()
            sizes = self._ledger.shards.sizes()
            for number in sorted(n for n, size in sizes.items() if size < SPARSE and n != self._room()):
                self._throw_away(number)

    def write(self, deleted: Sequence[str], added: Mapping[str, Vectors], done: Sequence[Task]) -> None:
        """Delete passages, then add passages with their vectors; and strike the tasks that this does off the outbox.

        Raises:
            ArchiveDamaged: a shard cannot be opened or written.
        """
        new = list(added)
        changed = [*deleted, *new]
        with self._opening:
            room = self._room()
            try:
                for number, ids in self._ledger.shards.holding(changed).items():
                    self._begin(number).apply(ids, {})
                if added:
                    self._begin(room).apply([], added)
                with self._ledger.transaction() as tx:
                    self._ledger.shards.move(tx, changed, room, new)
                    self._ledger.outbox.done(tx, done)
            except BaseException:  # Chroma may now have what the ledger does not know of: found out as after a crash
                self._let_go()
                raise
            self._end(self._begun - {self._room()})

    def finish(self) -> bool:
        """Say that writing ends, or pauses; whether Chroma now has all that the ledger has."""
        with self._opening:
            self._end(self._begun)
            if self._ledger.outbox.count("vectors"):
                return False
            self._lacking = False
            self._end({number for number in self._files.numbers() if self._files.is_marked(number)})
            return True

    def renew(self) -> None:
        """Throw all shards away, and have every passage added anew."""
        with self._opening:
            searched = self._searched
            self._lacking = True
            self._let_go()
            self._files.mark(0)  # cut short here, it is still known that all is to be built again
            with self._ledger.transaction() as tx:
                self._ledger.shards.start_over_all(tx)
            for number in self._files.numbers():
                self._files.remove(number)
            self._looked, self._damaged, self._searched = True, False, searched

    def close(self) -> None:
        """Let go of the folders; whoever still searches compares."""
        with self._opening:
            self._closed = True
            self._let_go()

    def _let_go(self) -> None:
        """Close all shards; what is on disk is looked at again before any is used."""
        self._searched = self._looked = False
        self._begun = set()
        held, self._open = self._open, {}
        for shard in held.values():
            shard.close()

    # -- shards

    def _look(self) -> None:
        """Have added anew what was cut short or is gone; take away folders that hold nothing."""
        if self._looked:
            return
        passages = self._ledger.counts()["passages"]  # before what waits: more may be coming
        known, waiting = self._ledger.shards.sizes(), self._ledger.outbox.count("vectors")
        there = self._files.numbers()
        for number in sorted(there | known.keys()):
            if self._files.is_marked(number):
                self._lost(number, "was being written when the last process ended")
            elif number not in known:
                self._files.remove(number)
            elif number not in there:
                self._lost(number, "is gone")
        if sum(known.values()) < passages - waiting:
            logger.warning("the vector index lacks passages that do not wait for it: it is built again")
            self.renew()
        self._looked = True

    def _lost(self, number: int, why: str) -> None:
        logger.warning("a part of the vector index %s: it is built again", why)
        self._throw_away(number)

    def _throw_away(self, number: int) -> None:
        """Have what a shard holds added anew, to the one that has room."""
        self._lacking = True
        self._files.mark(number)
        if shard := self._open.pop(number, None):
            shard.close()
        self._files.remove(number)
        with self._ledger.transaction() as tx:
            self._ledger.shards.start_over(tx, number)

    def _room(self) -> int:
        """The number of the shard that is added to."""
        return self._ledger.shards.written() // SHARD

    def _shard(self, number: int, *, alone: bool = True) -> ChromaVectors:
        """A shard, opened when it is not; `alone`: while the index is not searched, no other stays open."""
        if self._closed:
            raise ArchiveDamaged("the vector index was let go of")
        if number not in self._open:
            while alone and not self._searched and self._open:
                self._open.popitem()[1].close()
            shard = ChromaVectors(self._files.place(number))
            with ExitStack() as undo:
                undo.callback(shard.close)
                whole = shard.count() == self._ledger.shards.size(number)
                if whole:
                    undo.pop_all()
            if not whole:
                self._lost(number, "holds another number of passages than the ledger says")
                shard = ChromaVectors(self._files.place(number))
            self._open[number] = shard
        return self._open[number]

    def _begin(self, number: int) -> ChromaVectors:
        """A shard that is now written: until `_end`, a crash has it thrown away."""
        shard = self._shard(number)
        self._files.mark(number)
        self._begun.add(number)
        return shard

    def _end(self, numbers: set[int]) -> None:
        """What was written to these shards is on disk; while Chroma is `_lacking`, their marks stay all the same."""
        for number in numbers:
            self._files.write_through(number)
            if not self._lacking:
                self._files.unmark(number)
        self._begun = self._begun - numbers


def _merged(found: Iterable[Found]) -> Found:
    """What several shards found, each once: a passage that is being replaced may for a moment be in two."""
    return nearest_first(dict(chain(*found)).items())
