"""Files of one JSON value a line (.jsonl)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def read_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Each line's number, from 1, and its value; blank lines are left out.

    Raises:
        ValueError: a line is not JSON, or the file is not UTF-8; the message names file and line.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8 ({error.reason} at byte {error.start}): save it as UTF-8") from error
    # Not splitlines(): JSON may hold U+2028 and its like inside a string.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except ValueError as error:
            raise ValueError(f"{path}:{number} is not JSON ({error}): give one JSON object a line") from error
