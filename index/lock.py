"""One process at a time owns an archive: it writes, and has Chroma open. A crash lets go of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

from index.errors import ArchiveBusy


class Ownership:
    """The lock file of an archive, and beside it who holds it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / "owner.lock", thread_local=False)
        self._owner = folder / "owner"
        self._taking = Lock()  # the file's lock counts how often it was taken

    @property
    def held(self) -> bool:
        """Whether this process owns the archive."""
        return self._lock.is_locked

    def take(self, *, wait: float) -> bool:
        """Own the archive, waiting up to `wait` seconds; False when another process does."""
        with self._taking:
            if self.held:
                return True
            try:
                self._lock.acquire(timeout=wait)
            except Timeout:
                return False
            command = " ".join(Path(part).name for part in sys.argv[:2])
            self._owner.write_text(f"process {os.getpid()} ({command.strip() or 'python'})", "utf-8")
            return True

    def demand(self, *, wait: float) -> None:
        """Own the archive.

        Raises:
            ArchiveBusy: another process still owned it after `wait` seconds.
        """
        if not self.take(wait=wait):
            owner = self._owner.read_text("utf-8") if self._owner.exists() else "another process"
            raise ArchiveBusy(str(self._folder), owner)

    def release(self) -> None:
        """Let others own it."""
        if self.held:
            self._lock.release()
