"""What a source says of an article besides its text, each with where it says so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from urllib.parse import urlsplit

from index.errors import SourceError
from index.records import Article

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Particulars:
    """Title, outlet, dates and so on, as far as they are known; `origins` has one entry for each known field."""

    title: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    url: str | None = None
    language: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def found(
        cls,
        origin: str,
        *,
        title: str | None = None,
        source: str | None = None,
        authors: Sequence[str] = (),
        published: date | None = None,
        updated: date | None = None,
        url: str | None = None,
        language: str | None = None,
    ) -> Particulars:
        """What was found in one place, `origin`. White space is evened out; what is empty then counts as unknown."""
        known: dict[str, object] = {
            "title": one_line(title),
            "source": one_line(source),
            "authors": tuple(dict.fromkeys(name for name in map(one_line, authors) if name)),
            "published": published,
            "updated": updated,
            "url": web_address(url),
            "language": one_line(language),
        }
        known = {name: value for name, value in known.items() if value}
        return cls(**known, origins=dict.fromkeys(known, origin))  # type: ignore[arg-type]

    def or_else(self, other: Particulars) -> Particulars:
        """These particulars, and those of `other` where these are silent."""
        if not other.origins:
            return self
        if not self.origins:
            return other
        known = {name: getattr(self if name in self.origins else other, name) for name in _NAMES}
        return Particulars(**known, origins={**other.origins, **self.origins})

    def article(self, text: str, *, where: str, path: str | None = None, key: str | None = None) -> Article:
        """The article of this text; see `Article.create` for `path` and `key`.

        Raises:
            SourceError: there is no text, or it holds what neither UTF-8 nor a database can store.
        """
        if not text or text.isspace():
            raise SourceError(where, "has no text in it", "add a file that holds the article's words")
        if fault := _UNSTORABLE.search(text):
            code = f"U+{ord(fault[0]):04X}"
            name = "NUL" if fault[0] == "\0" else "half a surrogate pair"
            raise SourceError(where, f"its text holds {code} ({name}) at character {fault.start()}", "export it again")
        return Article.create(
            text,
            self.title or "",
            url=self.url,
            path=path,
            key=key,
            source=self.source,
            authors=self.authors,
            published=self.published,
            updated=self.updated,
            language=self.language,
            origins=self.origins,
        )


_NAMES = tuple(f.name for f in fields(Particulars) if f.name != "origins")


def one_line(value: str | None) -> str | None:
    """`value` on one line, without what cannot be stored; None when nothing is left."""
    return " ".join(_UNSTORABLE.sub("", value).split()) or None if value else None


def web_address(value: str | None) -> str | None:
    """`value` when it is the address of a web page (http and https alone), and one that can be taken apart."""
    address = one_line(value)
    if not address or " " in address or not re.match(r"https?://[^/?#]", address, re.I):
        return None
    try:
        urlsplit(address)
    except ValueError:
        return None
    return address


def host_as_outlet(url: str | None) -> Particulars:
    """The outlet by its host name, for an article of which only the address tells where it appeared."""
    match = re.match(r"https?://(?:[^/@]*@)?(?:www\.)?([^/:?#]+)", url or "", re.I)
    return Particulars.found("host of the URL", source=match[1].lower()) if match else Particulars()
