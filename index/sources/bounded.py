"""Run as a script: bounds this process's memory and processor time, then runs another script in it.

Arguments: bytes, seconds, the script, and the script's own. Imports nothing of ours.
"""

from __future__ import annotations

import runpy
import sys
from contextlib import suppress


def bound(memory: int, seconds: int) -> None:
    """Bound this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # macOS bounds no memory
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    bound(int(sys.argv[1]), int(sys.argv[2]))
    sys.argv = sys.argv[3:]
    runpy.run_path(sys.argv[0], run_name="__main__")
