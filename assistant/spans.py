"""Words for days -> the days: "3 May", "September 2022", "last week", "over the summer", "two days ago"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month in which each begins, in the north."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}

MONTH = (
    r"(?:[Jj]anuary|[Ff]ebruary|March|[Aa]pril|May|[Jj]une|[Jj]uly|[Aa]ugust|[Ss]eptember|[Oo]ctober|[Nn]ovember|"
    r"[Dd]ecember|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
"""Small "may" and "march" are verbs."""
YEAR = r"(?:19|20)\d\d\b"
DAY = r"[0-3]?\d(?:st|nd|rd|th)?\b"
SEASON = rf"(?:{'|'.join(SEASONS)})"
CALENDAR = (
    rf"(?:\d{{4}}-\d\d-\d\d\b|{DAY} (?:of )?{MONTH}(?:,? {YEAR})?|{MONTH} {DAY}(?:,? {YEAR})?|{MONTH}(?:,? {YEAR})?|"
    rf"{SEASON}(?: of)? {YEAR}|{YEAR})"
)
"""Days of the calendar, as `calendar_span` reads them."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`; `dated` when the words name the year."""

    first: date
    last: date
    dated: bool = False

    @property
    def days(self) -> int:
        """How many days there are between its ends."""
        return (self.last - self.first).days


def calendar_span(words: str, today: date) -> Span | None:
    """The days that a `CALENDAR` expression names; without a year, the last such days that have begun by `today`.

    None for a day that does not exist.
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        year, month, day = (int(part) for part in words.split("-"))
        return _days(year, month, day)
    found = re.search(YEAR, words)
    year = int(found[0]) if found else 0
    rest = re.sub(YEAR, "", words)
    if season := re.search(SEASON, rest):
        return _season(season[0], year)
    if not (named := re.search(MONTH, rest)):
        return Span(date(year, 1, 1), date(year, 12, 31), dated=True) if year else None
    month = 1 + MONTHS.index(named[0][:3].lower())
    number = re.search(r"\d+", rest)
    day = int(number[0]) if number else 0
    if year:
        return _days(year, month, day)
    for back in range(9):  # 29 February may lie eight years back
        span = _days(today.year - back, month, day)
        if span and span.first <= today:
            return Span(span.first, span.last)
    return None


def relative_spans(text: str, today: date) -> Iterator[tuple[str, Span]]:
    """The expressions in `text` that name days by their distance from `today`, each with its days."""
    for pattern, read in RELATIVE:
        for match in pattern.finditer(text):
            span = read(match, today)
            if span:
                yield match[0], span


def _days(year: int, month: int, day: int) -> Span | None:
    """One day, or with `day` 0 the month."""
    if not (1900 <= year < 2100 and 1 <= month <= 12 and day <= monthrange(year, month)[1]):
        return None
    last = day or monthrange(year, month)[1]
    return Span(date(year, month, day or 1), date(year, month, last), dated=True)


def _season(name: str, year: int) -> Span:
    begin = date(year, SEASONS[name], 1)
    return Span(begin, _month(begin, 3) - timedelta(days=1), dated=True)


def _month(day: date, ahead: int) -> date:
    """The first day of the month that many months after that of `day`."""
    months = day.year * 12 + day.month - 1 + ahead
    return date(months // 12, months % 12 + 1, 1)


def _day_near(match: re.Match[str], today: date) -> Span:
    day = today - timedelta(days=match["near"].lower() in ("yesterday", "last night"))
    return Span(day, day)


def _unit(match: re.Match[str], today: date) -> Span:
    """Whole weeks from Monday, months and years of the calendar; but "the past week" is seven days."""
    unit, back = match["unit"], int(match["which"].lower() != "this")
    if match["which"].lower() == "past":
        return Span(today - timedelta(days=UNIT_DAYS[unit]), today)
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return Span(monday, monday + timedelta(days=6))
    if unit == "month":
        return Span(_month(today, -back), _month(today, 1 - back) - timedelta(days=1))
    return Span(date(today.year - back, 1, 1), date(today.year - back, 12, 31))


def _weekend(match: re.Match[str], today: date) -> Span:
    back = (today.weekday() - 5) % 7 or (7 if match["which"].lower() == "last" else 0)
    if match["which"].lower() == "last" and today.weekday() == 6:
        back = 8
    saturday = today - timedelta(days=back)
    return Span(saturday, saturday + timedelta(days=1))


def _count(match: re.Match[str], today: date) -> Span | None:
    unit = UNIT_DAYS[match["unit"]]
    words = match["count"].lower()
    days = unit * (int(words) if words.isdecimal() else NUMBERS[words])
    if not 0 < days < 366 * 50:
        return None
    if "ago" not in match[0]:
        return Span(today - timedelta(days=days), today)
    return Span(today - timedelta(days=days + unit // 2), today - timedelta(days=days - unit // 2))


def _weekday(match: re.Match[str], today: date) -> Span:
    back = (today.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7
    day = today - timedelta(days=back or (7 if "last" in match[0].lower() else 0))
    return Span(day, day)


def _season_near(match: re.Match[str], today: date) -> Span:
    """The latest season of that name that has begun; "last summer" is over, too."""
    for year in (today.year, today.year - 1, today.year - 2):
        span = _season(match["season"], year)
        if (span.last if match["which"].lower() == "last" else span.first) <= today:
            break
    return Span(span.first, span.last)


COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(NUMBERS)})"
ALONE = r"\b(?!['’-])"
"""Not the first half of "last week's" or "this year-end": those stand before a noun."""
Reading = Callable[[re.Match[str], date], Span | None]
RELATIVE: tuple[tuple[re.Pattern[str], Reading], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"\b(?P<near>[Yy]esterday|[Ll]ast night|[Tt]oday|[Tt]onight|[Tt]his morning){ALONE}", _day_near),
        (rf"\b(?P<which>[Ll]ast|[Tt]his|[Pp]ast) (?P<unit>week|month|year){ALONE}", _unit),
        (rf"\b(?P<which>[Ll]ast|[Tt]his|[Pp]ast|the) weekend{ALONE}", _weekend),
        (rf"\bthe (?:last|past) {COUNT} (?P<unit>day|week|month|year)s{ALONE}", _count),
        (rf"\b{COUNT} (?P<unit>day|week|month|year)s? ago\b", _count),
        (rf"\b(?:[Oo]n|[Ll]ast|[Oo]n last) (?P<weekday>(?i:{'|'.join(WEEKDAYS)})){ALONE}(?! \w+day)", _weekday),
        (rf"\b(?:[Oo]ver|[Ii]n|[Dd]uring) (?P<which>the) (?P<season>{SEASON}){ALONE}(?=\W*$| about)", _season_near),
        (rf"\b(?P<which>[Ll]ast|[Tt]his) (?P<season>{SEASON}){ALONE}", _season_near),
    )
)
