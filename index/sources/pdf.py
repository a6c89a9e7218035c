"""PDF files."""

from __future__ import annotations

from pathlib import Path

from index.errors import SourceError
from index.records import Article
from index.sources import pdf_worker
from index.sources.firstlines import read_first_lines, title_of
from index.sources.isolated import run_isolated
from index.sources.limits import Limits
from index.sources.paragraphs import join_paragraphs
from index.sources.particulars import Particulars
from index.sources.word import plausible_authors, plausible_title


def read_pdf(path: Path, where: str, limits: Limits) -> Article:
    """The article of a PDF file.

    Its CreationDate says when the file was made, not when the article was published, and is not used.

    Raises:
        SourceError: it is locked, damaged, no PDF, or has no text.
    """
    content = run_isolated(Path(pdf_worker.__file__), path, where, limits)
    text = join_paragraphs(content["pages"])
    if not text:
        raise SourceError(where, "has no text in it", "it may be scanned pages: run OCR on it, then add the result")
    known: Particulars = plausible_title(content.get("title")).or_else(read_first_lines(text))
    known = known.or_else(plausible_authors(content.get("author")))
    return known.or_else(title_of(text)).article(text, where=where, path=str(path))
