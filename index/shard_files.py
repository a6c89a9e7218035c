"""Where the shards of the vector index are in an archive's folder, and which of them are being written."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

UNFINISHED = ".unfinished"


class ShardFiles:
    """The first shard is in `folder`, the others beside it; each may have a mark, a file, that says it is written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = re.compile(rf"{re.escape(folder.name)}(?:\.shard-([1-9][0-9]*))?(?:{re.escape(UNFINISHED)})?")

    def place(self, number: int) -> Path:
        """The folder of a shard."""
        return self._folder.with_name(f"{self._folder.name}.shard-{number}") if number else self._folder

    def numbers(self) -> set[int]:
        """The numbers of all shards of which there is a folder or a mark."""
        found = (self._name.fullmatch(path.name) for path in self._folder.parent.iterdir())
        return {int(name[1] or 0) for name in found if name}

    def remove(self, number: int) -> None:
        """Delete a shard; its mark stays."""
        shutil.rmtree(self.place(number), ignore_errors=True)

    def mark(self, number: int) -> None:
        """Say that a shard is being written."""
        mark = self._mark(number)
        if not mark.exists():
            mark.touch()
            _to_disk(mark.parent)

    def is_marked(self, number: int) -> bool:
        """Whether a shard is being written, or was when that was cut short."""
        return self._mark(number).exists()

    def write_through(self, number: int) -> None:
        """Have a shard on disk, where a power cut leaves it: Chroma does so with its database, not with its graph."""
        for path in self.place(number).rglob("*"):
            if path.is_file():
                _to_disk(path)

    def unmark(self, number: int) -> None:
        """Say that a shard is on disk."""
        self._mark(number).unlink(missing_ok=True)

    def _mark(self, number: int) -> Path:
        place = self.place(number)
        return place.with_name(place.name + UNFINISHED)


def _to_disk(path: Path) -> None:
    with suppress(OSError):  # some systems cannot, for a folder
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
