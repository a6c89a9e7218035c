"""The vector index of an archive: Chroma, or the ledger's own vectors compared one by one, whichever is sooner."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from pathlib import Path
from threading import RLock

from index.errors import ArchiveDamaged
from index.ledger import Ledger
from index.lock import Ownership
from index.records import SearchFilter
from index.vectors import ChromaVectors, ExactVectors, Found, Vectors, probe

logger = logging.getLogger(__name__)

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
    """

    def __init__(self, folder: Path, ledger: Ledger, owner: Ownership) -> None:
        self._folder = folder
        self._ledger = ledger
        self._owner = owner
        self._exact = ExactVectors(ledger)
        self._chroma: ChromaVectors | None = None
        self._lacking = False
        self._compared = 0
        self._damaged = self._closed = False
        self._opening = RLock()

    def search(self, vector: Vectors, k: int, only: SearchFilter) -> Found:
        """See `VectorSearch`."""
        few = only and self._ledger.count_articles(only) <= FEW_ARTICLES
        chroma = None if few else self._chroma or (self.opened() if self._pays() else None)
        if chroma is None or self._lacking or self._damaged:
            return self._exact.search(vector, k, only)
        try:
            return chroma.search(vector, k, only)
        except ArchiveDamaged as damage:
            if self._chroma is chroma:  # else it was let go of meanwhile
                self._distrust(damage)
            return self._exact.search(vector, k, only)

    def _pays(self) -> bool:
        """Whether comparing all vectors has cost, with this search, as much as opening Chroma does."""
        self._compared += self._ledger.count_vectors()
        return self._compared > OPENING

    def opened(self) -> ChromaVectors | None:
        """Chroma, to be searched; none where another process owns the archive, where it is damaged or let go of."""
        with self._opening:
            if self._chroma or self._damaged or self._closed or not self._owner.take(wait=0):
                return self._chroma
            try:
                return self.chroma()
            except ArchiveDamaged as damage:
                self._distrust(damage)
                self._owner.give_back()
                return None

    def _distrust(self, damage: ArchiveDamaged) -> None:
        logger.warning("%s; all vectors are compared meanwhile", damage)
        self._damaged = True

    def chroma(self) -> ChromaVectors:
        """Chroma, to be written; what it lacks of the ledger is put into the outbox.

        Raises:
            ArchiveDamaged: it cannot be opened.
        """
        with self._opening:
            if self._chroma is None:
                with ExitStack() as undo:
                    chroma, outbox = ChromaVectors(self._folder), self._ledger.outbox
                    undo.callback(chroma.close)
                    there = self._ledger.counts()["passages"] - outbox.count("vectors")
                    if chroma.was_cleared or chroma.count() < there:
                        outbox.start_over("vectors")
                        self._lacking = True
                    undo.pop_all()
                self._chroma = chroma
            return self._chroma

    def renew(self) -> None:
        """An empty Chroma in place of this one; say when it is `filled`."""
        with self._opening:
            self._let_go()
            self._lacking, self._damaged = True, False
            self._chroma = ChromaVectors(self._folder, fresh=True)

    def filled(self) -> None:
        """Say that Chroma has all vectors that the ledger has."""
        self._lacking = False

    def damage(self) -> str | None:
        """What is wrong with Chroma's folder; one that is open here and trusted was read without harm."""
        return probe(self._folder) if self._chroma is None or self._damaged else None

    def close(self) -> None:
        """Let go of the folder; whoever still searches compares."""
        with self._opening:
            self._closed = True
            self._let_go()

    def _let_go(self) -> None:
        if self._chroma:
            self._chroma.close()
            self._chroma = None
