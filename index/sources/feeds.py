"""RSS and Atom feeds -> their entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from index.errors import SourceError
from index.sources.dates import parse_date
from index.sources.firstlines import split_names
from index.sources.markup import text_of_html
from index.sources.particulars import Particulars

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FULL = ("encoded", "content")
_SUMMARY = ("description", "summary")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: what it states, its key in the feed, and its text; `whole` when the feed means it as the article."""

    known: Particulars
    key: str
    text: str
    whole: bool


def is_feed(content: bytes) -> bool:
    """Whether `content` begins as RSS or Atom does."""
    opening = re.sub(
        rb"^\xef\xbb\xbf|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", b"", content[:3000], flags=re.S | re.I
    ).lstrip()
    return re.match(rb"<(?:\w+:)?(?:rss|feed|rdf)\b", opening, re.I) is not None


def read_feed(content: bytes, address: str, where: str) -> list[Entry]:
    """The entries of a feed in its order.

    Raises:
        SourceError: it is no XML, or XML of a kind that a feed has no need of (entities, external parts).
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        return _entries(fromstring(content), address)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise SourceError(where, f"is not a valid feed ({error})", "add the pages it links to") from error


def _entries(root: Element, address: str) -> list[Entry]:
    outlet = next((_words(e) for e in root.iter() if _tag(e) == "title"), None)
    language = next((_words(e) for e in root.iter() if _tag(e) == "language"), None) or root.get(f"{{{_XML}}}lang")
    feed = Particulars.found("title of the feed", source=outlet)
    feed = feed.or_else(Particulars.found("language of the feed", language=language))
    return [_entry(e, feed, address) for e in root.iter() if _tag(e) in ("item", "entry")]


_XML = "http://www.w3.org/XML/1998/namespace"


def _tag(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1].lower()


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _entry(item: Element, feed: Particulars, address: str) -> Entry:
    known = Particulars()
    for name, words in _named(item):
        origin = f"feed {name}"
        known = known.or_else(_stated(name, words, origin))
    known = known.or_else(Particulars.found("feed link", url=_link(item, address))).or_else(feed)
    key = next((words for name, words in _named(item) if name in ("guid", "id")), "")
    full, summary = _content(item, _FULL), _content(item, _SUMMARY)
    return Entry(known, key, full if len(full) >= len(summary) else summary, whole=bool(full))


def _named(item: Element) -> Iterator[tuple[str, str]]:
    for child in item:
        name = _tag(child)
        people = [_words(e) for e in child if _tag(e) == "name"]
        yield name, people[0] if people else _words(child)


def _stated(name: str, words: str, origin: str) -> Particulars:
    if name == "title":
        return Particulars.found(origin, title=text_of_html(words) if re.search("[<&]", words) else words)
    if name in ("pubdate", "published", "issued", "date"):
        return Particulars.found(origin, published=parse_date(words))
    if name in ("updated", "modified"):
        return Particulars.found(origin, updated=parse_date(words))
    if name in ("creator", "author"):
        return Particulars.found(origin, authors=split_names(_without_mailbox(words)))
    return Particulars()


def _without_mailbox(words: str) -> str:
    """RSS writes authors as "jane@example.com (Jane Roe)"."""
    named = re.fullmatch(r"\S+@\S+\s*\((.+)\)", words)
    return named[1] if named else re.sub(r"\S+@\S+", "", words)


def _link(item: Element, address: str) -> str | None:
    """The page of an entry: an Atom link without rel or with rel="alternate", or the text of an RSS link."""
    for child in item:
        if _tag(child) == "link" and child.get("rel", "alternate") == "alternate":
            target = child.get("href") or _words(child)
            if target:
                return urljoin(address, target.strip())
    guid = next((e for e in item if _tag(e) == "guid" and e.get("isPermaLink", "true") == "true"), None)
    return _words(guid) if guid is not None else None


def _content(item: Element, names: tuple[str, ...]) -> str:
    for child in item:
        if _tag(child) in names and not child.get("url"):
            return text_of_html("".join(child.itertext()) if not len(child) else _markup(child))
    return ""


def _markup(element: Element) -> str:
    """Atom's type="xhtml" holds elements, not text."""
    from xml.etree.ElementTree import tostring

    return re.sub(r"(</?)\w+:", r"\1", tostring(element, encoding="unicode"))
