"""What the first lines of a text say of the article: headline, byline, labelled lines, dateline."""

from __future__ import annotations

import re

from index.sources.datelines import find_dateline, is_agency
from index.sources.dates import parse_date, parse_whole_date
from index.sources.particulars import Particulars

LONGEST_HEADLINE = 140
_SHORTENED = 110
_LINES, _CHARACTERS = 8, 4000

_LABELLED = re.compile(
    r"(?P<label>title|headline|published|posted|date|updated|last updated|source|outlet|publication|authors?|byline|by"
    r"|url|link)(?:\s+(?:on|at))?\s*:\s*(?P<value>\S.*)",
    re.I,
)
_DATED = re.compile(r"(?P<label>published|posted|updated|last updated)(?:\s+on)?\s+(?P<value>.*\d{4}.*)", re.I)
_PARTICLES = r"(?:(?:al|bin|da|de|del|der|di|dos|du|el|la|le|ten|van|von)\s+)*"
_NAME_WORD = r"[^\W\d_a-z][\w.'’-]*"
_NAME = rf"{_NAME_WORD}(?:\s+{_PARTICLES}{_NAME_WORD}){{1,3}}"
_BYLINE = re.compile(rf"by\s+(?P<names>(?-i:{_NAME})(?:(?:,\s+|,?\s+and\s+|\s*&\s*|\s*\|\s*|\s*/\s*)\S.*)?)", re.I)
_OUTLET_WORDS = re.compile(
    r"\b(?:AP|AFP|CNN|BBC|Reuters|Agency|Chronicle|Courier|Gazette|Globe|Guardian|Herald|Journal|Mail|News|Observer|Post"
    r"|Press|Radio|Service|Star|Sun|Telegraph|Times|Today|Tribune|Wire|Week)\b",
)
_OFFICES = re.compile(
    r"\b(?:Authority|Bureau|Correspondent|Department|Desk|Editor|Ministry|Office|Reporter|Staff|Team|Writer)s?\b", re.I
)
_SENTENCE_END = re.compile(r"(?P<word>\w+)[.!?][\"”’')]*(?=\s+[\"“‘']?[^\W\d_a-z])")
_ABBREVIATED = re.compile(r"\w|St|Dr|Mrs?|Ms|Gov|Sen|Rep|Gen|Col|Lt|Sgt|[JS]r|No|vs|Inc|Ltd|Co|Corp|[A-Z][a-z]{2}")


def read_first_lines(text: str) -> Particulars:
    """Outlet, authors and dates that the first lines of `text` state. The title is `title_of`'s business."""
    found = Particulars()
    for number, line in enumerate(_first_lines(text)):
        for part in re.split(r"\s+[|·•]\s+", line):
            found = found.or_else(_stated(part, first=number == 0))
    return found


def title_of(text: str) -> Particulars:
    """A title for `text`: its headline if the first line is one, else its first sentence, shortened."""
    lines = _first_lines(text)
    for line in lines:
        if (match := _LABELLED.fullmatch(line)) and match["label"].lower() in ("title", "headline"):
            return Particulars.found(f"line '{match['label']}:' in the text", title=match["value"])
    for number, line in enumerate(lines):
        if _stated(line, first=number == 0).origins and not find_dateline(line):
            continue
        if _is_headline(line) and number + 1 < len(lines):
            return Particulars.found("first line of the text", title=line)
        return Particulars.found("first sentence of the text", title=_first_sentence(line))
    return Particulars.found("first sentence of the text", title=_shortened(" ".join(text[:_CHARACTERS].split())))


def _first_lines(text: str) -> list[str]:
    lines = (line.strip() for line in text[:_CHARACTERS].splitlines())
    return [line for line in lines if line][:_LINES]


def _is_headline(line: str) -> bool:
    ends_as_prose = line[-1] in ".,;:" and not line.endswith("...")
    return len(line) <= LONGEST_HEADLINE and not ends_as_prose and find_dateline(line) is None


def _first_sentence(line: str) -> str:
    if dateline := find_dateline(line):
        line = line[dateline.length :]
    ends = (end.end() for end in _SENTENCE_END.finditer(line) if not _ABBREVIATED.fullmatch(end["word"]))
    sentence = line[: next(ends, len(line))]
    return _shortened(sentence.removesuffix(".") or sentence)


def _shortened(words: str) -> str:
    if len(words) <= _SHORTENED:
        return words
    return words[:_SHORTENED].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"


def _stated(line: str, *, first: bool) -> Particulars:
    """What one line states. A first line "By ..." is more often a headline than a byline."""
    if match := _LABELLED.fullmatch(line) or _DATED.fullmatch(line):
        return _of_label(match["label"].lower(), match["value"], f"line '{match['label']}' in the text")
    if not first and len(line) <= LONGEST_HEADLINE and (match := _BYLINE.fullmatch(line)):
        return _of_byline(match["names"])
    if is_agency(line):
        return Particulars.found("credit line in the text", source=line)
    if written := parse_whole_date(line):
        return Particulars.found("date line in the text", published=written)
    if dateline := find_dateline(line):
        return Particulars.found("dateline in the text", source=dateline.agency, published=dateline.published)
    return Particulars()


def _of_label(label: str, value: str, origin: str) -> Particulars:
    if len(value) > LONGEST_HEADLINE:
        return Particulars()
    if label in ("published", "posted", "date"):
        return Particulars.found(origin, published=parse_date(value))
    if label in ("updated", "last updated"):
        return Particulars.found(origin, updated=parse_date(value))
    if label in ("source", "outlet", "publication"):
        return Particulars.found(origin, source=value)
    if label in ("url", "link"):
        return Particulars.found(origin, url=value)
    if label in ("title", "headline"):
        return Particulars.found(origin, title=value)
    return Particulars.found(origin, authors=split_names(value))


def _of_byline(names: str) -> Particulars:
    outlet = next((part for part in re.split(r"\s*[,|/]\s*", names) if _OUTLET_WORDS.search(part)), None)
    return Particulars.found("byline in the text", authors=split_names(names), source=outlet)


def split_names(value: str) -> list[str]:
    """The names in "By Jane Roe, John Doe and Ann Poe"; outlets and offices beside people are left out.

    "Roe, Jane" stays one name, and so does "Press Office, City of Roe".
    """
    value = re.sub(r"^\s*by\s+", "", value, flags=re.I).strip()
    pieces = [piece.strip() for piece in re.split(r"[;,|/]|\s&\s|\sand\s", value) if piece.strip()]
    people = [piece for piece in pieces if " " in piece and not _is_office(piece)]
    if people and pieces[0] in people and all(piece in people or _is_office(piece) for piece in pieces):
        return people
    return [part.strip() for part in re.split(r";", value) if part.strip()]


def _is_office(name: str) -> bool:
    return bool(_OUTLET_WORDS.search(name) or _OFFICES.search(name))
