"""The vector index of an archive: Chroma, or the ledger's own vectors compared one by one, whichever is sooner."""

from __future__ import annotations

from pathlib import Path
from threading import RLock

from index.ledger import Ledger
from index.lock import Ownership
from index.records import SearchFilter
from index.vectors import ChromaVectors, ExactVectors, Found, Vectors, probe

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
        self._opening = RLock()

    def search(self, vector: Vectors, k: int, only: SearchFilter) -> Found:
        """See `VectorSearch`."""
        few = only and self._ledger.count_articles(only) <= FEW_ARTICLES
        serving = self._exact if few or not self._pays() else self.chroma()
        return (self._exact if self._lacking else serving).search(vector, k, only)

    def _pays(self) -> bool:
        """Whether Chroma is open, or may and should be opened for this search."""
        if self._chroma:
            return True
        there = self._ledger.count_vectors()
        if self._compared + there > OPENING and self._owner.take(wait=0):
            return True
        self._compared += there
        return False

    def chroma(self) -> ChromaVectors:
        """Chroma, to be written; what it lacks of the ledger is put into the outbox."""
        with self._opening:
            if self._chroma is None:
                self._chroma = chroma = ChromaVectors(self._folder)
                outbox = self._ledger.outbox
                if chroma.was_cleared or chroma.count() < self._ledger.counts()["passages"] - outbox.count("vectors"):
                    outbox.start_over("vectors")
                    self._lacking = True
            return self._chroma

    def renew(self) -> None:
        """An empty Chroma in place of this one; say when it is `filled`."""
        with self._opening:
            self.close()
            self._chroma, self._lacking = ChromaVectors(self._folder, fresh=True), True

    def filled(self) -> None:
        """Say that Chroma has all vectors that the ledger has."""
        self._lacking = False

    def damage(self) -> str | None:
        """What is wrong with Chroma's folder; one that is open here was read without harm."""
        return probe(self._folder) if self._chroma is None else None

    def close(self) -> None:
        """Let go of the folder."""
        with self._opening:
            if self._chroma:
                self._chroma.close()
                self._chroma = None
