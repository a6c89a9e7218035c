"""The vector index of an archive: Chroma, or the ledger's own vectors compared one by one."""

from __future__ import annotations

from pathlib import Path
from threading import RLock

from index.ledger import Ledger
from index.lock import Ownership
from index.records import SearchFilter
from index.vectors import ChromaVectors, ExactVectors, Found, Vectors, VectorSearch, probe


class VectorIndex:
    """Opens Chroma when it is first needed, in the process that owns the archive. Safe to use from several threads.

    The ledger's vectors are compared where another process owns it, and while Chroma lacks some of them because it is
    built again. What is being added comes into Chroma a moment after it is embedded.
    """

    def __init__(self, folder: Path, ledger: Ledger, owner: Ownership) -> None:
        self._folder = folder
        self._ledger = ledger
        self._owner = owner
        self._exact = ExactVectors(ledger)
        self._chroma: ChromaVectors | None = None
        self._lacking = False
        self._opening = RLock()

    def search(self, vector: Vectors, k: int, only: SearchFilter) -> Found:
        """See `VectorSearch`."""
        serving: VectorSearch = self._exact
        if self._chroma or self._owner.take(wait=0):
            chroma = self.chroma()
            serving = self._exact if self._lacking else chroma
        return serving.search(vector, k, only)

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
