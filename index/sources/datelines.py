"""The dateline that opens wire copy, "PARIS, March 3, 2024 (AFP) -": its agency, and its date when it is whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from index.sources.dates import DAY_MONTH_YEAR, MONTH_DAY_YEAR, parse_date

# Well enough known that they are believed without the dash that otherwise marks a dateline.
_AGENCIES = frozenset(
    [
        "aa",
        "afp",
        "agence france-presse",
        "agencies",
        "al jazeera",
        "anadolu",
        "ani",
        "ansa",
        "ap",
        "associated press",
        "bbc",
        "bbc news",
        "bloomberg",
        "cnbc",
        "cnn",
        "cnn business",
        "dpa",
        "efe",
        "ians",
        "interfax",
        "kyodo",
        "npr",
        "pti",
        "reuters",
        "tass",
        "the associated press",
        "upi",
        "xinhua",
        "yonhap",
    ]
)
_NO_AGENCIES = frozenset(
    ["analysis", "exclusive", "file", "opinion", "photo", "photos", "update", "updated", "video", "watch"]
)

_IN_BRACKETS = re.compile(
    r"\s*(?P<place>[^\W\d_][^()\n:;!?“”\"]{0,70}?)?\s*\(\s*(?P<agency>[^\W\d_][^()\n]{1,40}?)\s*\)"
    r"(?P<mark>\s*[-–—:]+\s*|\s*)(?=\S)"
)
_BARE = re.compile(
    r"\s*(?P<place>[^\W\d_][^()\n:;!?“”\"]{0,60}?)?(?:^|(?<=\s))(?P<agency>CNN(?: Business)?|AP|AFP|Reuters)\s+"
    r"(?P<mark>[–—]|--?)\s*(?=\S)"
)
_DATED = re.compile(
    r"\s*(?P<place>[^\W\d_][^()\n:;!?“”\"\d]{1,50}?),\s+(?P<date>[\w. ]{3,20}?,?\s*\d{4})\s*[-–—:]+\s+(?=\S)"
)
_DATES = tuple(re.compile(form, re.I) for form in (DAY_MONTH_YEAR, MONTH_DAY_YEAR, r"\d{4}-\d\d-\d\d"))


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of a line: `line[:length]` is the dateline, the report begins after it."""

    length: int
    agency: str | None
    published: date | None


def find_dateline(line: str) -> Dateline | None:
    """The dateline at the start of `line`, if there is one.

    A date without its year is not taken: the year would be a guess.
    """
    opening = line[:160]
    for pattern in (_IN_BRACKETS, _BARE):
        if (match := pattern.match(opening)) and _is_dateline(match):
            agency = re.split(r",\s*(?=[^,]*\d)", match["agency"])[0].strip()
            return Dateline(match.end(), agency, _date_in(match[0]))
    if (match := _DATED.match(opening)) and _is_capitals(match["place"]) and (published := parse_date(match["date"])):
        return Dateline(match.end(), None, published)
    return None


def is_agency(line: str) -> bool:
    """Whether `line` is nothing but the name of a well-known agency: a credit line."""
    return line.strip().lower() in _AGENCIES


def _is_dateline(match: re.Match[str]) -> bool:
    place, agency = (match["place"] or "").strip(" ,"), match["agency"].split(",")[0].strip()
    if is_agency(agency) and all(word[:1].isupper() or word[:1].isdigit() for word in re.findall(r"[^\s,/]+", place)):
        return True
    if not match["mark"].strip() or agency.lower() in _NO_AGENCIES or not agency[0].isupper():
        return False
    return not place or _is_capitals(place)


def _is_capitals(place: str) -> bool:
    return re.split(r"[,/]", place)[0].isupper()


def _date_in(head: str) -> date | None:
    for pattern in _DATES:
        if match := pattern.search(head):
            return parse_date(match[0])
    return None
