"""Runs a reader in a process of its own, with bounds on time and memory: a hostile document ends that process only."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from index.errors import SourceError
from index.sources import bounded
from index.sources.limits import Limits

WORKER_MEMORY = 2_000_000_000
_FAULTS = {
    "locked": ("is protected by a password", "open it, save a copy without the password, and add the copy"),
    "damaged": ("is damaged, or is not what its name says", "open it in its program and save it again"),
    "large": ("grows too large when unpacked", "save the article's words as a .txt file"),
    "crypto": ("is encrypted in a way that needs a package", "run 'pip install cryptography', then add it again"),
    "memory": ("needs too much memory to be read", "save the article's words as a .txt file"),
}


def run_isolated(worker: Path, path: Path, where: str, limits: Limits) -> dict[str, Any]:
    """What the worker's script prints as one JSON object.

    Raises:
        SourceError: the document has a fault, or reading it took too long.
    """
    bounds = (str(WORKER_MEMORY), str(int(limits.max_seconds) + 1))
    # -P keeps the folder of the script out of its imports; run as files, the two need no package around them.
    command = [sys.executable, "-P", bounded.__file__, *bounds, str(worker), str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=limits.max_seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        reason = f"took longer than {limits.max_seconds:g} seconds to read"
        raise SourceError(where, reason, "save the article's words as a .txt file") from error
    try:
        content = json.loads(done.stdout)
    except ValueError:
        content = {"fault": "memory" if b"MemoryError" in done.stderr else "damaged"}
    if fault := content.get("fault"):
        raise SourceError(where, *_FAULTS[fault])
    return dict(content)
