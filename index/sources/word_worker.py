"""The paragraphs of a Word file, printed as JSON. `isolated.py` runs it as a process; it imports nothing of ours."""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MOST_BYTES = 200_000_000


def read_paragraphs(path: str) -> dict[str, Any]:
    """The paragraphs and table rows in their order, each with its style, and what the document names."""
    # A Word file with a password is not a zip archive but an OLE container, as is a file of Word 2003 and before.
    with Path(path).open("rb") as stream:
        if stream.read(8) == bytes.fromhex("d0cf11e0a1b11ae1"):
            return {"fault": "locked"}
    with zipfile.ZipFile(path) as archive:
        # Reading stops at the size that an entry declares, so the sum is a true bound.
        if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
            return {"fault": "large"}
    import docx

    document = docx.Document(path)
    named = document.core_properties
    known = {"title": named.title, "author": named.author, "language": named.language}
    return {"paragraphs": list(_paragraphs(document)), **known}


def _paragraphs(document: Any) -> Iterator[tuple[str, str]]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)
                yield " | ".join(cell for cell in cells if cell), "Table"
        else:
            yield block.text, str(block.style.name) if block.style is not None else ""


if __name__ == "__main__":
    sys.stdout.write(json.dumps(read_paragraphs(sys.argv[1])))
