"""Dates as sources write them. What is not a whole and unambiguous date is no date: nothing is guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_NOT_A_NUMBER = r"(?![\d/.-]*\d)"

DAY_MONTH_YEAR = rf"{_DAY}[\s-]+(?:of\s+)?{_MONTH},?[\s-]+{_YEAR}\b"
MONTH_DAY_YEAR = rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}\b"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"

_ISO = re.compile(rf"{_YEAR}(?P<mark>[-/.]?)(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?=$|[T\s,])", re.I)
_NUMERIC = re.compile(rf"(?P<first>\d\d?)(?P<mark>[-/.])(?P<second>\d\d?)(?P=mark){_YEAR}{_NOT_A_NUMBER}")
_WORDED = tuple(re.compile(_WEEKDAY + form, re.I) for form in (DAY_MONTH_YEAR, MONTH_DAY_YEAR))
_TIME_FIRST = re.compile(r"\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4}\b)?,?\s*(?:on\s+)?", re.I)

_EARLIEST_YEAR, _LATEST_YEAR = 1600, 2200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS_FROM = 100_000_000_000


def parse_date(value: object) -> date | None:
    """The calendar date that `value` begins with, as the source writes it: a time zone never moves it to another day.

    Understood are ISO dates, dates with an English month name, and numbers such as 25/04/2024 where only one order of
    day and month is possible. 03/04/2024 could be April or March and gives None, as does whatever lacks day, month or
    year. A number counts seconds, or milliseconds, since 1970 in UTC.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_epoch(value)
    if not isinstance(value, str) or len(value) > 200:
        return None
    text = value.strip()
    if match := _ISO.match(text):
        return _calendar_date(match["year"], match["month"], match["day"])
    if match := _NUMERIC.match(text):
        return _from_numbers(match["year"], int(match["first"]), int(match["second"]))
    return _from_words(_TIME_FIRST.sub("", text, count=1) if _TIME_FIRST.match(text) else text)


def is_ambiguous(value: object) -> bool:
    """Whether `value` is a date that could be read with day and month either way round, such as 03/04/2024."""
    match = _NUMERIC.match(value.strip()) if isinstance(value, str) else None
    return bool(match and parse_date(value) is None and max(int(match["first"]), int(match["second"])) <= 12)


def parse_whole_date(line: str) -> date | None:
    """The date in words that `line` consists of, with or without its weekday, and of nothing else."""
    for pattern in _WORDED:
        if match := pattern.fullmatch(line.strip().rstrip(".")):
            return _calendar_date(match["year"], _month_number(match["month"]), match["day"])
    return None


def _from_words(text: str) -> date | None:
    for pattern in _WORDED:
        if match := pattern.match(text):
            return _calendar_date(match["year"], _month_number(match["month"]), match["day"])
    return None


def _month_number(name: str) -> int:
    return _MONTHS[name[:3].lower()]


def _from_numbers(year: str, first: int, second: int) -> date | None:
    if first > 12 >= second or first == second:
        return _calendar_date(year, second, first)
    if second > 12 >= first:
        return _calendar_date(year, first, second)
    return None


def _from_epoch(seconds: float) -> date | None:
    # Zero and small numbers are placeholders or years, not moments. NaN fails every comparison.
    if abs(seconds) >= _MILLISECONDS_FROM:
        seconds /= 1000
    if not 100_000_000 <= seconds < _MILLISECONDS_FROM:
        return None
    try:
        return (_EPOCH + timedelta(seconds=seconds)).date()
    except OverflowError:
        return None


def _calendar_date(year: str | int, month: str | int, day: str | int) -> date | None:
    if not _EARLIEST_YEAR <= int(year) <= _LATEST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
