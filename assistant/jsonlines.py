"""Files of one JSON value a line (.jsonl), packed with gzip or not."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.sources.lines import open_packed


def read_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Each line's number, from 1, and its value; blank lines are left out.

    Raises:
        ValueError: a line is not JSON, or the file is not UTF-8 or not whole; the message names file and line.
    """
    try:
        with open_packed(path) as stream:
            text = stream.read().decode("utf-8-sig")
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ValueError(f"{path} cannot be unpacked ({error}): pack it with gzip again") from error
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
