"""A web address -> the article of a page, or the articles of a feed."""

from __future__ import annotations

from collections.abc import Iterator

from index.errors import SourceError
from index.records import Article, Failure
from index.sources.feeds import Entry, is_feed, read_feed
from index.sources.firstlines import title_of
from index.sources.limits import Limits
from index.sources.page import read_page
from index.sources.particulars import Particulars, host_as_outlet
from index.sources.web import Response, fetch

# Shorter, an entry's text is a teaser, even where the feed calls it the content.
SHORTEST_ARTICLE = 400
_PAGES = ("", "text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")


def read_link(url: str, limits: Limits) -> Iterator[Article | Failure]:
    """The article at `url`, or each one of the feed there; the pages that a feed links to are fetched in turn."""
    try:
        response = fetch(url, limits)
        if is_feed(response.content):
            entries = read_feed(response.content, response.url, url)
            if not entries:
                yield Failure(url, "is a feed without entries", "try again later")
            for number, entry in enumerate(entries, 1):
                yield _read_entry(entry, f"{entry.known.url or f'{url}, entry {number}'}", response.url, limits)
        else:
            yield _page(response, url)
    except SourceError as error:
        yield error.failure


def _page(response: Response, where: str, feed: Particulars | None = None) -> Article:
    if response.media_type not in _PAGES:
        reason = f"is {response.media_type}, not a web page or a feed"
        raise SourceError(where, reason, "download it and add the file")
    return read_page(response.content, where, url=response.url, charset=response.charset, feed=feed)


def _read_entry(entry: Entry, where: str, feed: str, limits: Limits) -> Article | Failure:
    long_enough = len(entry.text) >= SHORTEST_ARTICLE
    try:
        if entry.whole and long_enough:
            return _of_entry(entry, where, feed)
        if not entry.known.url:
            raise SourceError(where, "has neither the article's text nor a link to it", "add the page itself")
        return _page(fetch(entry.known.url, limits), where, entry.known)
    except SourceError as error:
        return _of_entry(entry, where, feed) if long_enough else error.failure


def _of_entry(entry: Entry, where: str, feed: str) -> Article:
    known = entry.known.or_else(host_as_outlet(entry.known.url)).or_else(title_of(entry.text))
    if known.url:
        return known.article(entry.text, where=where)
    return known.article(entry.text, where=where, path=feed, key=entry.key)
