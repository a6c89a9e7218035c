"""HTML as a tree, and a piece of HTML as plain text."""

from __future__ import annotations

import re
from typing import Any

_BLOCKS = re.compile(
    r"address|article|aside|blockquote|body|d[dlt]|div|fig(?:ure|caption)|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre"
    r"|section|table|t[dhr]|ul"
)
_WITHOUT_WORDS = ("script", "style", "template", "noscript", "iframe", "svg", "math", "head", "title")


def parse_html(html: str) -> Any | None:
    """The root element of a page or of a piece of one; None when there is no element in it."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(html.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        return None


def words_of(element: Any) -> str:
    """All the words in an element, on one line."""
    return " ".join("".join(element.itertext()).split())


def text_of_html(html: str) -> str:
    """The words of a piece of HTML: its blocks as paragraphs between blank lines, `<br>` as a line end."""
    from lxml import etree

    root = parse_html(html)
    if root is None:
        return ""
    pieces: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        start = event == "start"
        if element.tag in _WITHOUT_WORDS:
            silent += 1 if start else -1
        elif _BLOCKS.fullmatch(element.tag):
            pieces.append("\0")
        elif element.tag == "br" and start:
            pieces.append("\n")
        if not silent:
            pieces.append(_even(element.text if start else element.tail))
    return "\n\n".join(text for block in re.split("\0+", "".join(pieces)) if (text := _trimmed(block)))


def _even(words: str | None) -> str:
    return re.sub(r"[\s\0]+", " ", words or "")


def _trimmed(block: str) -> str:
    return re.sub(r" *\n *", "\n", re.sub(r"[^\S\n]+", " ", block)).strip()
