"""One process at a time owns an archive: it writes, and has Chroma open. A crash lets go of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

from index.errors import ArchiveBusy

MOMENT = 0.05
"""Seconds in which another thread has taken the archive, unless it waits for another process."""


class Ownership:
    """The lock file of an archive, and beside it who holds it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / "owner.lock", thread_local=False)
        self._owner = folder / "owner"
        self._taking = Lock()

    @property
    def held(self) -> bool:
        """Whether this process owns the archive."""
        return self._lock.is_locked

    def take(self, *, wait: float) -> bool:
        """Own the archive, waiting up to `wait` seconds; False when another process does, or is being waited for.

        How often it was taken is counted: whoever finds that it is not needed may `give_back` that one time.
        """
        if not self._taking.acquire(timeout=max(wait, MOMENT)):
            return False
        try:
            self._lock.acquire(timeout=wait)
            command = " ".join(Path(part).name for part in sys.argv[:2])
            self._owner.write_text(f"process {os.getpid()} ({command.strip() or 'python'})", "utf-8")
            return True
        except Timeout:
            return False
        finally:
            self._taking.release()

    def demand(self, *, wait: float) -> None:
        """Own the archive.

        Raises:
            ArchiveBusy: another process still owned it after `wait` seconds.
        """
        if not self.take(wait=wait):
            owner = self._owner.read_text("utf-8") if self._owner.exists() else "another process"
            raise ArchiveBusy(str(self._folder), owner)

    def give_back(self) -> None:
        """Undo one taking; the archive is let go of when that was the only one."""
        with self._taking:
            self._lock.release()

    def release(self) -> None:
        """Let others own it, however often it was taken."""
        with self._taking:
            self._lock.release(force=True)
