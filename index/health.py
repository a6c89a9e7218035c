"""Whether a folder is an archive, its ledger whole, and whether its indexes hold what that holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from index.errors import ArchiveDamaged, ArchiveError
from index.indexing import made_otherwise
from index.ledger import Ledger
from index.outbox import INDEXES
from index.records import Problem

REPAIR = "run 'dateline repair'"
AGAIN = "run 'dateline add' again, or 'dateline repair'"
BUSY = Problem(
    "another process is using the archive: its vector index was not looked at", "verify again when it has ended"
)


def check_folder(path: Path) -> None:
    """Say before anything is made whether an archive can be, or is, in a folder.

    Raises:
        ArchiveError: it is a file, or holds other things.
    """
    if path.exists() and not path.is_dir():
        raise ArchiveError(f"{path} is a file: name the folder of an archive, or a new one")
    ours = (path / "ledger.sqlite").exists() or (path / "owner.lock").exists()
    if path.is_dir() and any(path.iterdir()) and not ours:
        raise ArchiveError(f"{path} holds other things than an archive: name another folder")


def ledger_problems(ledger: Ledger) -> Iterator[Problem]:
    """What is wrong with the ledger itself, and whether the indexes have anything left to do."""
    yield from (Problem(what, "restore the ledger from a copy") for what in ledger.check())
    if waiting := max(ledger.outbox.count(name) for name in INDEXES):
        yield Problem(f"{waiting} passages wait to be indexed", AGAIN)
    if made_otherwise(ledger):
        yield Problem("an older Dateline made the vectors, in another way: searches find less with them", REPAIR)
    if unheard := ledger.voices.count_waiting():
        yield Problem(f"in {unheard} articles who speaks was not read yet", AGAIN)


def index_problems(name: str, expected: set[str], held: Callable[[], set[str]]) -> Iterator[Problem]:
    """What the index has too little or too much, against the passages that are expected in it."""
    try:
        found = held()
    except ArchiveDamaged:
        yield Problem(f"the {name} cannot be read", REPAIR)
        return
    if missing := len(expected - found):
        yield Problem(f"{missing} passages are missing from the {name}", REPAIR)
    if extra := len(found - expected):
        yield Problem(f"{extra} passages in the {name} belong to no article", REPAIR)
