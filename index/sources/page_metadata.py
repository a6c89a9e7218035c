"""What a web page states about its article in meta tags, JSON-LD and time elements; its words are not guessed from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from index.sources.dates import parse_date
from index.sources.firstlines import split_names
from index.sources.markup import words_of
from index.sources.particulars import Particulars, web_address

_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate"),
    *("publish-date", "publish_date", "publication_date", "article.published", "parsely-pub-date", "sailthru.date"),
    *("dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "displaydate"),
)
_UPDATED = (
    *("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "lastmod"),
    *("last-modified", "article.updated", "dcterms.modified", "dc.date.modified"),
)
_AUTHORS = ("author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "byl", "dc.creator")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher")
_TITLES = ("og:title", "headline", "twitter:title", "dc.title")
_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|Review)$")
_ASIDE = ("nav", "aside", "footer")


def read_metadata(root: Any) -> Particulars:
    """The particulars that the page states; those in meta tags come first, as they are written for other machines."""
    metas = _metas(root)
    known = Particulars()
    for stated in (
        *_meta_particulars(metas),
        *_linked_data(root),
        _time_elements(root),
        _links(root, metas),
        _headings(root, metas.get("og:site_name")),
        Particulars.found("html lang", language=root.get("lang")),
    ):
        known = known.or_else(stated)
    return known


def _metas(root: Any) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and (content := (element.get("content") or "").strip()):
            metas.setdefault(name.strip().lower(), content)
    return metas


def _meta_particulars(metas: Mapping[str, str]) -> Iterator[Particulars]:
    def stated(names: Iterable[str]) -> Iterator[tuple[str, str]]:
        return ((f"html meta {name}", metas[name]) for name in names if name in metas)

    yield from (Particulars.found(origin, title=value) for origin, value in stated(_TITLES))
    yield from (Particulars.found(origin, source=value) for origin, value in stated(_OUTLETS))
    yield from (Particulars.found(origin, authors=_people(value)) for origin, value in stated(_AUTHORS))
    yield from (Particulars.found(origin, published=parse_date(value)) for origin, value in stated(_PUBLISHED))
    yield from (Particulars.found(origin, updated=parse_date(value)) for origin, value in stated(_UPDATED))


def _people(value: Any) -> list[str]:
    """Names in a string, an object with a name, or a list of either; addresses of profiles are no names."""
    if isinstance(value, str):
        return [] if web_address(value) else split_names(value)
    people = value if isinstance(value, list) else [value]
    names = [person.get("name") if isinstance(person, Mapping) else person for person in people]
    return [name for name in names if isinstance(name, str) and not web_address(name)]


def _linked_data(root: Any) -> Iterator[Particulars]:
    """JSON-LD: first the objects that are articles, then the dates of the page itself."""
    things = [thing for script in root.iter("script") for thing in _things(script)]
    yield from (_of_article(thing) for thing in things if _has_type(thing, _ARTICLE_TYPES))
    for page in (thing for thing in things if _has_type(thing, re.compile("WebPage$"))):
        yield Particulars.found(
            "JSON-LD WebPage",
            published=parse_date(page.get("datePublished")),
            updated=parse_date(page.get("dateModified")),
        )


def _things(script: Any) -> Iterator[dict[str, Any]]:
    if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
        return
    try:
        content = json.loads(script.text or "", strict=False)
    except (ValueError, RecursionError):
        return
    for item in content if isinstance(content, list) else [content]:
        if isinstance(item, dict):
            graph = item.get("@graph")
            yield from (
                thing for thing in (item, *(graph if isinstance(graph, list) else ())) if isinstance(thing, dict)
            )


def _has_type(thing: Mapping[str, Any], pattern: re.Pattern[str]) -> bool:
    kinds = thing.get("@type")
    return any(isinstance(k, str) and pattern.search(k) for k in (kinds if isinstance(kinds, list) else [kinds]))


def _of_article(thing: Mapping[str, Any]) -> Particulars:
    def string(name: str) -> str | None:
        value = thing.get(name)
        return value if isinstance(value, str) else None

    known = Particulars()
    for name, stated in (
        ("headline", Particulars.found("JSON-LD headline", title=string("headline"))),
        ("publisher", Particulars.found("JSON-LD publisher", source=next(iter(_people(thing.get("publisher"))), None))),
        ("author", Particulars.found("JSON-LD author", authors=_people(thing.get("author")))),
        ("datePublished", Particulars.found("JSON-LD datePublished", published=parse_date(string("datePublished")))),
        ("dateModified", Particulars.found("JSON-LD dateModified", updated=parse_date(string("dateModified")))),
        ("url", Particulars.found("JSON-LD url", url=string("url"))),
        ("inLanguage", Particulars.found("JSON-LD inLanguage", language=string("inLanguage"))),
    ):
        if thing.get(name):
            known = known.or_else(stated)
    return known


def _time_elements(root: Any) -> Particulars:
    """Dates of `<time datetime>`: those that say which date they are, else the first in the article itself.

    A time in a list of other articles says nothing about this one.
    """
    known = Particulars()
    times = [t for t in root.iter("time") if t.get("datetime") and not any(_is_aside(a) for a in t.iterancestors())]
    for element in times:
        role = f"{element.get('itemprop') or ''} {element.get('class') or ''} {element.get('pubdate') or ''}".lower()
        when = parse_date(element.get("datetime"))
        if re.search("modif|updat", role):
            known = known.or_else(Particulars.found("html time element (updated)", updated=when))
        elif re.search("publi|pubdate", role):
            known = known.or_else(Particulars.found("html time element (published)", published=when))
    articles = list(root.iter("article"))
    if len(articles) == 1:
        first = next((t for t in articles[0].iter("time") if t in times), None)
        if first is not None and not re.search("modif|updat", f"{first.get('itemprop')} {first.get('class')}".lower()):
            known = known.or_else(Particulars.found("html time element", published=parse_date(first.get("datetime"))))
    return known


def _is_aside(element: Any) -> bool:
    return element.tag in _ASIDE


def _links(root: Any, metas: Mapping[str, str]) -> Particulars:
    """The address of the page by its own word; one that leads to a front page names no article."""
    canonical = next((e.get("href") for e in root.iter("link") if (e.get("rel") or "").lower() == "canonical"), None)
    for origin, address in (("html link canonical", canonical), ("html meta og:url", metas.get("og:url"))):
        if address and re.match(r"https?://[^/]+/[^?#]", address):
            return Particulars.found(origin, url=address)
    return Particulars()


def _headings(root: Any, outlet: str | None) -> Particulars:
    headings = [words_of(element) for element in root.iter("h1")]
    title = next((words_of(element) for element in root.iter("title")), None)
    if title and outlet:
        title = re.sub(rf"\s+[-–—|·:]+\s+{re.escape(outlet)}$", "", title)
    heading = headings[0] if len(headings) == 1 else None
    return Particulars.found("html h1", title=heading).or_else(Particulars.found("html title", title=title))
