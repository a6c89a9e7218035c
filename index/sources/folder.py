"""The files of a folder: in order, below it, regular files only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from index.records import Failure

_JUNK = frozenset({"thumbs.db", "desktop.ini", "__macosx", "__pycache__", "node_modules", "icon\r"})


def walk(folder: Path, where: str) -> Iterator[tuple[Path, str] | Failure]:
    """Each file below `folder`, a resolved path, with the name it goes by; sorted by name, folder by folder.

    Passed over in silence: hidden files, what operating systems and Word leave behind, and links to what is in the
    folder anyway. A link that leads out of the folder is a Failure and is not followed.
    """
    yield from _walk(folder, folder, where)


def _walk(folder: Path, root: Path, where: str) -> Iterator[tuple[Path, str] | Failure]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(where, f"cannot be opened ({error.strerror})", "check the folder's permissions")
        return
    for entry in entries:
        if is_junk(entry.name):
            continue
        name = str(Path(where) / entry.name)
        if entry.is_symlink():
            yield from _leading_out(entry, root, name)
        elif entry.is_dir():
            yield from _walk(Path(entry.path), root, name)
        elif entry.is_file():
            yield Path(entry.path), name
        else:
            yield Failure(name, "is not a regular file", "take it out of the folder")


def is_junk(name: str) -> bool:
    """Whether a file of this name is hidden, or is left behind by a program."""
    return name.startswith((".", "~$")) or name.lower() in _JUNK


def _leading_out(link: os.DirEntry[str], root: Path, where: str) -> Iterator[Failure]:
    try:
        inside = Path(link.path).resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        yield Failure(where, "is a link that leads nowhere", "take it out of the folder")
        return
    if not inside:
        yield Failure(where, "is a link that leads out of the folder", "add the file or folder it leads to")
