"""The pages of a PDF file, printed as JSON. `isolated.py` runs it as a process; it imports nothing of ours."""

from __future__ import annotations

import json
import sys
from typing import Any

MOST_CHARACTERS = 20_000_000


def read_pages(path: str) -> dict[str, Any]:
    """The text of each page, and the title and author that the document names."""
    import logging

    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

    logging.disable(logging.CRITICAL)
    try:
        reader = PdfReader(path)
        # Many PDFs are encrypted with an empty password, only to forbid printing or copying.
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": "locked"}
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > MOST_CHARACTERS:
                return {"fault": "large"}
        return {"pages": pages, **_named(reader.metadata)}
    except DependencyError:
        return {"fault": "crypto"}
    except FileNotDecryptedError:
        return {"fault": "locked"}
    except LimitReachedError:
        return {"fault": "large"}


def _named(metadata: Any) -> dict[str, Any]:
    if not metadata:
        return {}
    return {name: str(value) for name in ("title", "author") if (value := getattr(metadata, name, None))}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(read_pages(sys.argv[1])))
