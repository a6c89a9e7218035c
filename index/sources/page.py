"""One web page, from a file or from the web -> one Article: the report without menus, notices and lists of others."""

from __future__ import annotations

import logging
import re

from index.errors import SourceError
from index.records import Article
from index.sources.encoding import decode
from index.sources.firstlines import read_first_lines, title_of
from index.sources.markup import parse_html
from index.sources.page_metadata import read_metadata
from index.sources.particulars import Particulars, host_as_outlet

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w-]+)", re.I
)


def read_page(
    data: bytes,
    where: str,
    *,
    path: str | None = None,
    url: str | None = None,
    charset: str | None = None,
    feed: Particulars | None = None,
) -> Article:
    """The article of a page. Its text is what trafilatura takes for the report, paragraphs between blank lines.

    `url` is where the page was fetched from, which then is its address, whatever it says of itself; `feed` what the
    feed that led to it says, which counts where the page is silent.

    Raises:
        SourceError: there is no article on the page.
    """
    declared = _DECLARED.search(data[:4000])
    named = charset or (next(name for name in declared.groups() if name).decode("ascii") if declared else None)
    html = decode(data, where, declared=named)
    root = parse_html(html)
    if root is None:
        raise SourceError(where, "holds no web page", "open it in a browser and save the page again")
    text, layout = extract(html, where)
    address = Particulars.found("address it was fetched from", url=url)
    known = address.or_else(read_metadata(root)).or_else(feed or Particulars()).or_else(layout)
    known = known.or_else(host_as_outlet(known.url)).or_else(read_first_lines(text))
    return known.or_else(title_of(text)).article(text, where=where, path=path)


def extract(html: str, where: str) -> tuple[str, Particulars]:
    """The report's text, and the authors where only the page's layout tells them.

    Trafilatura's date is not used: where no date is stated, it searches the page for anything like one.

    Raises:
        SourceError: no report was found.
    """
    from trafilatura import bare_extraction

    # What it logs as errors are pages without an article, which are reported here.
    for library in ("trafilatura", "htmldate"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(html, with_metadata=True, include_comments=False, include_tables=True)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, AssertionError) as error:
        raise SourceError(where, f"cannot be read ({type(error).__name__})", "save its text as a .txt file") from error
    text = getattr(found, "text", None)
    if not isinstance(text, str) or not text.strip():
        raise SourceError(
            where,
            "has no article text in it",
            "if the page builds itself in the browser or asks for a login, save its text as a .txt file",
        )
    author = getattr(found, "author", None)
    authors = [name.strip() for name in author.split(";")] if isinstance(author, str) else []
    return re.sub(r"\s*\n\s*", "\n\n", text.strip()), Particulars.found("byline on the page", authors=authors)
