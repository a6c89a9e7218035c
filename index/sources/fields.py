"""One record of a collection -> one Article, by the field names that news collections use."""

from __future__ import annotations

import ast
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from index.errors import SourceError
from index.records import Article
from index.sources.dates import is_ambiguous, parse_date
from index.sources.firstlines import read_first_lines, split_names, title_of
from index.sources.particulars import Particulars, host_as_outlet, one_line, web_address

# Names without case, spaces and marks: "published_at", "publishedAt" and "Published at" are one name. First come, first
# taken.
TEXT = ("text", "content", "body", "articlebody", "article", "maintext", "fulltext", "articletext", "bodytext", "story")
TITLE = ("title", "headline", "heading")
ADDRESS = ("url", "link", "articleurl", "weburl", "sourceurl", "canonicalurl")
KEY = ("id", "articleid", "docid", "documentid", "uuid", "guid", "uid")
PUBLISHED = (
    *("published", "publishedat", "publishdate", "publisheddate", "publicationdate", "datepublished", "datepublish"),
    *("pubdate", "publishedon", "firstpublished", "date", "datetime"),
)
UPDATED = (
    *("updated", "updatedat", "dateupdated", "lastupdated", "modified", "modifiedat", "datemodified", "lastmodified"),
    "datemodify",
)
AUTHORS = ("authors", "author", "byline", "creator")
OUTLET = ("source", "outlet", "publisher", "publication", "sourcename", "site", "sitename", "newspaper", "sourcedomain")
LANGUAGE = ("language", "lang")

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class RecordReader:
    """Reads the records of one collection, whose file is `path`."""

    path: str
    _warned: bool = field(default=False, init=False)

    def read(self, record: object, where: str) -> Article:
        """The article of one record; its text is the field's, character for character.

        Raises:
            SourceError: it is no object, or has no text.
        """
        if not isinstance(record, Mapping):
            raise SourceError(where, "is not an object with fields", 'write one {"title": ..., "text": ...} a line')
        fields = _by_plain_name(record)
        text = next((v for name in TEXT if isinstance(v := fields.get(name, ("", None))[1], str) and v.strip()), None)
        if text is None:
            raise SourceError(
                where, f"has no text; {_names(record)}", "put the article's words in a field named 'text'"
            )
        known = _stated(fields, "field")
        self._warn_of_ambiguous_date(fields, known, where)
        known = known.or_else(host_as_outlet(known.url)).or_else(read_first_lines(text))
        return known.or_else(title_of(text)).article(text, where=where, path=self.path, key=_key(fields))

    def _warn_of_ambiguous_date(self, fields: _Fields, known: Particulars, where: str) -> None:
        if self._warned or known.published:
            return
        if value := next((v for _, v in _values(fields, PUBLISHED) if is_ambiguous(v)), None):
            self._warned = True
            logger.warning("%s: the date %s may be day or month first; write such dates as YYYY-MM-DD", where, value)


_Fields = dict[str, tuple[str, Any]]


def read_particulars(record: Mapping[Any, Any], kind: str) -> Particulars:
    """What the fields of `record` state besides the text; `kind` names them in the origins, as in "field 'date'"."""
    return _stated(_by_plain_name(record), kind)


@lru_cache(maxsize=2000)
def plain_name(name: str) -> str:
    """The field name without case, spaces and marks."""
    return re.sub(r"[\W_]+", "", name).lower()


def has_text_field(names: Iterable[str]) -> bool:
    """Whether a table with these columns holds articles' texts."""
    return any(plain_name(name) in TEXT for name in names)


def _by_plain_name(record: Mapping[Any, Any]) -> _Fields:
    fields: _Fields = {}
    for name, value in record.items():
        if isinstance(name, str):
            fields.setdefault(plain_name(name), (name, value))
    return fields


def _names(record: Mapping[Any, Any]) -> str:
    names = ", ".join(repr(str(name)[:40]) for name in list(record)[:12])
    return f"its fields are {names}" if names else "it has no fields"


def _values(fields: _Fields, names: tuple[str, ...]) -> list[tuple[str, Any]]:
    return [fields[name] for name in names if name in fields and fields[name][1] not in (None, "", [])]


def _stated(fields: _Fields, kind: str) -> Particulars:
    known = Particulars()
    for names, read in _READERS:
        for name, value in _values(fields, names):
            known = known.or_else(read(value, f"{kind} '{one_line(name)}'"))
    return known


def _outlet(value: object, origin: str) -> Particulars:
    name = _string(value)
    return Particulars.found(origin, source=host_as_outlet(name).source if web_address(name) else name)


_READERS: tuple[tuple[tuple[str, ...], Callable[[Any, str], Particulars]], ...] = (
    (TITLE, lambda value, origin: Particulars.found(origin, title=_string(value))),
    ((*ADDRESS, *KEY), lambda value, origin: Particulars.found(origin, url=_string(value))),
    (PUBLISHED, lambda value, origin: Particulars.found(origin, published=parse_date(value))),
    (UPDATED, lambda value, origin: Particulars.found(origin, updated=parse_date(value))),
    (AUTHORS, lambda value, origin: Particulars.found(origin, authors=_people(value))),
    (OUTLET, _outlet),
    (LANGUAGE, lambda value, origin: Particulars.found(origin, language=_string(value))),
)


def _string(value: object) -> str | None:
    """The string that a value is or, in an object such as {"id": ..., "name": ...}, names."""
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title")
    return value if isinstance(value, str) else None


def _people(value: object) -> list[str]:
    if isinstance(value, str):
        if value.startswith("[") and isinstance(listed := _literal(value), list):
            return _people(listed)
        return split_names(value)
    if isinstance(value, list):
        return [name for item in value if (name := _string(item))]
    return [name] if (name := _string(value)) else []


def _literal(value: str) -> object:
    """A list that was written to a table as Python shows it."""
    try:
        return ast.literal_eval(value) if len(value) < 5000 else None
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _key(fields: _Fields) -> str:
    """The collection's own name for the record; empty when it has none."""
    for _, value in _values(fields, KEY):
        if isinstance(value, str | int) and not isinstance(value, bool):
            return str(value)
    return ""
