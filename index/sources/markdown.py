"""Markdown files: front matter is read and taken off, the body becomes plain text once."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.records import Article
from index.sources.encoding import decode
from index.sources.firstlines import read_first_lines, title_of
from index.sources.frontmatter import split_front_matter
from index.sources.markup import text_of_html
from index.sources.particulars import Particulars, host_as_outlet

if TYPE_CHECKING:
    from markdown_it.token import Token


def read_markdown(data: bytes, path: Path, where: str) -> Article:
    """The article of a Markdown file.

    Raises:
        SourceError: the file is empty or is not text.
    """
    known, body = split_front_matter(decode(data, where))
    heading, text = render(body)
    known = known.or_else(Particulars.found("first heading", title=heading)).or_else(host_as_outlet(known.url))
    known = known.or_else(read_first_lines(text))
    return known.or_else(title_of(text)).article(text, where=where, path=str(path))


def render(markdown: str) -> tuple[str | None, str]:
    """The first heading of the first level, and the plain text: paragraphs between blank lines, without markup."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    heading = None
    for opening, content in itertools.pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h1":
            heading = _words(content.children or ())
            break
    return heading, "\n\n".join(paragraph for paragraph in _paragraphs(tokens) if paragraph.strip())


def _paragraphs(tokens: Iterable[Token]) -> Iterator[str]:
    """Each block's text. A list without blank lines between its items, and a row of a table, is one block."""
    tight: list[str] | None = None
    depth = 0
    row: list[str] | None = None
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth, tight = depth + 1, [] if depth == 0 else tight
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
            if depth == 0:
                yield "\n".join(tight or [])
                tight = None
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield " | ".join(row or [])
            row = None
        elif words := _block(token):
            if row is not None:
                row.append(words)
            elif tight is not None:
                tight.append(words)
            else:
                yield words


def _block(token: Token) -> str:
    if token.type == "inline":
        return _words(token.children or ())
    if token.type in ("fence", "code_block"):
        return token.content.rstrip("\n")
    return text_of_html(token.content) if token.type == "html_block" else ""


def _words(tokens: Iterable[Token]) -> str:
    """The words of a paragraph; pictures and HTML tags have none."""
    written = {"softbreak": " ", "hardbreak": "\n"}
    kept = ("text", "code_inline")
    return "".join(written.get(t.type, t.content if t.type in kept else "") for t in tokens).strip()
