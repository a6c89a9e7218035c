"""Lines as a printed page breaks them -> paragraphs: words are joined again, running heads and page numbers dropped."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?", re.I)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_ENDS_A_SENTENCE = re.compile(r"[.!?:…][\"”’')\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def join_paragraphs(pages: Sequence[str]) -> str:
    """The text of a document's pages, paragraphs between blank lines."""
    printed = [_lines(page) for page in pages]
    repeated = _running_heads(printed)
    lines = [line for page in printed for line in _without_heads(page, repeated)]
    words = Counter(_WORD.findall(" ".join(lines)))
    width = _usual_width(lines)
    paragraphs: list[str] = []
    last = ""
    for line in lines:
        if not line.strip():
            last = ""
            continue
        if paragraphs and last and not _begins_paragraph(last, line, width):
            paragraphs[-1] = _joined(paragraphs[-1], line.strip(), words)
        else:
            paragraphs.append(line.strip())
        last = line
    return "\n\n".join(paragraphs)


def _lines(page: str) -> list[str]:
    page = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), _UNSTORABLE.sub("", page))
    return [re.sub(r"(?<=\S)\s+", " ", line).rstrip() for line in page.splitlines()]


def _edges(page: Sequence[str]) -> list[int]:
    """Where the first and the last written line of a page are."""
    written = [i for i, line in enumerate(page) if line.strip()]
    return sorted({written[0], written[-1]}) if written else []


def _without_numbers(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def _running_heads(pages: Sequence[Sequence[str]]) -> set[str]:
    """Lines at the edge of more than half of the pages, of three at least, the same but for their numbers."""
    counts = Counter(_without_numbers(page[i]) for page in pages for i in _edges(page))
    return {line for line, count in counts.items() if count >= 3 and count > len(pages) / 2}


def _without_heads(page: Sequence[str], repeated: set[str]) -> Iterator[str]:
    edges = _edges(page)
    for i, line in enumerate(page):
        head = i in edges and len(page) > 1
        if not (head and (_without_numbers(line) in repeated or _PAGE_NUMBER.fullmatch(line.strip()))):
            yield line


def _usual_width(lines: Sequence[str]) -> int:
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return lengths[int(len(lengths) * 0.8)] if lengths else 0


def _begins_paragraph(last: str, line: str, width: int) -> bool:
    """Whether `line` begins a paragraph: after a line that ended early, or indented after one that was not."""
    written = len(last.strip())
    if line.startswith("  ") and not last.startswith("  "):
        return True
    if _ENDS_A_SENTENCE.search(last):
        return written < 0.9 * width
    return written < 0.6 * width and not line.strip()[0].islower()


def _joined(text: str, line: str, words: Counter[str]) -> str:
    """Both on one line; a word broken at a hyphen is made whole unless the document writes it with the hyphen."""
    if text.endswith("\xad"):
        return text[:-1] + line
    broken = re.search(r"([^\W\d_]+)-$", text)
    if not broken:
        return f"{text} {line}"
    rest = re.match(r"[^\W\d_]+", line)
    if not rest or not rest[0][0].islower():
        return text + line
    whole, hyphened = broken[1] + rest[0], f"{broken[1]}-{rest[0]}"
    return text + line if words[hyphened] > words[whole] else text[:-1] + line
