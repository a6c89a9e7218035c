"""Word files (.docx)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from index.errors import SourceError
from index.records import Article
from index.sources import word_worker
from index.sources.firstlines import read_first_lines, split_names, title_of
from index.sources.isolated import run_isolated
from index.sources.limits import Limits
from index.sources.particulars import Particulars

# What programs and offices fill in where nobody gave a name.
_NO_AUTHOR = re.compile(
    r".*\b(?:python|docx|microsoft|office|word|windows|libreoffice|openoffice|google|apache|adobe|admin\w*|user|owner"
    r"|default|unknown|anonymous|root|hewlett|dell|lenovo)\b.*",
    re.I,
)
_NO_TITLE = re.compile(
    r"(?:untitled|(?:word )?document|microsoft word - |slide|powerpoint|title).{0,12}|.*\.\w{2,5}", re.I
)


def read_word(path: Path, where: str, limits: Limits) -> Article:
    """The article of a Word file: its paragraphs between blank lines, a table's row as one line.

    The day on which the document was made is no publication date and is not taken for one.

    Raises:
        SourceError: it is locked, damaged, empty, or no Word file.
    """
    content = run_isolated(Path(word_worker.__file__), path, where, limits)
    paragraphs = [(words.strip(), style) for words, style in content["paragraphs"] if words.strip()]
    text = "\n\n".join(words for words, _ in paragraphs)
    if not text:
        raise SourceError(where, "has no text in it", "if it holds pictures of pages, run OCR on them first")
    known = plausible_title(content.get("title"))
    known = known.or_else(_heading(paragraphs)).or_else(read_first_lines(text))
    known = known.or_else(plausible_authors(content.get("author")))
    known = known.or_else(Particulars.found("document property 'language'", language=content.get("language")))
    return known.or_else(title_of(text)).article(text, where=where, path=str(path))


def plausible_authors(value: Any) -> Particulars:
    """The authors that a document's properties name, when they are names of people: two words at least."""
    stated = isinstance(value, str) and not _NO_AUTHOR.fullmatch(value)
    names = [name for name in split_names(value) if " " in name] if stated else []
    return Particulars.found("document property 'author'", authors=names)


def plausible_title(value: Any) -> Particulars:
    """The title that a document's properties name, when it is neither a file's name nor a program's default."""
    title = value if isinstance(value, str) and not _NO_TITLE.fullmatch(value.strip()) else None
    return Particulars.found("document property 'title'", title=title)


def _heading(paragraphs: list[tuple[str, str]]) -> Particulars:
    heading = next((words for words, style in paragraphs[:6] if style in ("Title", "Heading 1")), None)
    return Particulars.found("heading of the document", title=heading)
