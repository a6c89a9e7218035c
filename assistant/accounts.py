"""Accounts of one matter that differ, in a number or a day: the newest is told first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from itertools import combinations, product
from typing import NamedTuple

from assistant.candidates import Candidate
from assistant.finding import Evidence
from assistant.question import Question, stems
from assistant.spans import CALENDAR, WEEKDAYS, YEAR, calendar_span
from assistant.support.quantities import ABOUT, CLOCK, EXACT, LESS, MORE, SPELLED, Quantity, quantities

NEAR = Decimal("0.1")
"""The share by which "about 40" may miss a number and still mean it."""
SPELT = "|".join(sorted(SPELLED))
A_NUMBER = rf"(?:[$€£]?\d[\d.,]*|(?:{SPELT})(?:[ -](?:{SPELT}))*)(?: (?:hundred|thousand|million|billion))?"
NO_TOTAL = re.compile(
    rf"\b(?:from|further|another|additional) {A_NUMBER}\b|\b{A_NUMBER} (?:more|new|others|further|additional)\b"
    rf"|\bbetween {A_NUMBER} and {A_NUMBER}\b|\b{A_NUMBER}(?: to |[-–]){A_NUMBER}\b",
    re.IGNORECASE,
)
"""A number that was given earlier ("from 12 to 19") or comes on top of one ("seven more"); two that are not exact."""
NAMED_DAY = re.compile(rf"\b(?:{CALENDAR}|(?i:{'|'.join(WEEKDAYS)})\b)")
OF_THE_TOPIC = 0.5
"""The share of the topic's words in and around a sentence with one, from which the day that it names is the topic's."""
SHARED = 2
"""How many words two numbers have in common that count or measure the same."""
LARGE = 1000
"""The number from which one that is given may be rounded."""
ROUNDED = {MORE: ROUND_DOWN, LESS: ROUND_UP, EXACT: ROUND_HALF_UP}
"""How who tells a number with this bound has rounded it."""
WHILE = 365
"""Days between two accounts of one matter at most; older ones are of another."""
PEOPLE = frozenset(stems("people persons others more"))
ALIKE = {
    stem: matter
    for matter, words in {
        "dead": "kill killed kills killing dead die died dies dying death deaths toll fatalities lives",
        "injured": "injure injured injuries wound wounded hurt",
    }.items()
    for stem in stems(words)
}
"""What is counted most often as the news goes on, in whatever words: the stem of each, and its matter."""
MATTERS = frozenset(ALIKE.values())
LEAP_YEAR = date(2024, 12, 31)
"""A day from which any day of a year lies less than a year back."""


class Day(NamedTuple):
    """A day of the year as a text names it; `day` is 0 where it names the month alone."""

    month: int
    day: int


def newest_first(question: Question, evidence: Sequence[Evidence]) -> tuple[tuple[Evidence, ...], bool]:
    """The evidence, best first, but sources whose accounts differ together, the newest first; and whether any do.

    Things that are set side by side or listed differ anyway. Where the days of what happened are asked for, accounts of
    later days are of something else.
    """
    of_its_days = question.when and question.when.span and not question.when.strict
    if question.kind == "compare" or len(question.speakers) > 1 or question.listed or of_its_days:
        return tuple(evidence), False
    pairs = [(a, b) for a, b in combinations(evidence, 2) if _of_other_days(a, b) and differ(question, a, b)]
    sources = list(dict.fromkeys(one.source for one in evidence))
    place = {source: i for i, source in enumerate(sources)}
    for a, b in pairs:
        first, second = sorted((place[a.source], place[b.source]))
        place = {source: first if at == second else at for source, at in place.items()}
    told = {source: max(one.published or date.min for one in evidence if one.source == source) for source in sources}
    order = sorted(sources, key=lambda source: (place[source], -told[source].toordinal()))
    return tuple(sorted(evidence, key=lambda one: order.index(one.source))), bool(pairs)


def _of_other_days(one: Evidence, other: Evidence) -> bool:
    """Whether the two were last told on different days, and no more than a while apart."""
    if not (one.published and other.published):
        return False
    return 0 < abs((one.published - other.published).days) <= WHILE


def differ(question: Question, a: Evidence, b: Evidence) -> bool:
    """Whether two sentences that answer a question give another number of the same, or, asked when, another day."""
    one, other = a.places[0], b.places[0]
    if question.kind == "when":
        of_it = all(c.cover and c.context_cover >= OF_THE_TOPIC for c in (one, other))
        return of_it and other_days(one, other)
    if any(_of_another_year(c) for c in (one, other)):
        return False
    ours, theirs = _values(one.text), _values(other.text)
    return _without_like(question, ours, theirs) and _without_like(question, theirs, ours)


def _without_like(question: Question, ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether one of our numbers is none of theirs, and agrees with none of those that are of the same."""
    values = {(b.value, b.unit) for b in theirs}
    for a in ours:
        like = [b for b in theirs if _of_the_same(question, a, b)]
        if like and (a.value, a.unit) not in values and not any(_agree(a, b) for b in like):
            return True
    return False


def _of_another_year(c: Candidate) -> bool:
    """Whether it names years, and not that of its article."""
    named = {int(match[0]) for match in re.finditer(rf"\b{YEAR}", c.text)}
    return bool(named) and c.article.published is not None and c.article.published.year not in named


def other_values(one: Candidate, other: Candidate) -> bool:
    """Whether each of two sentences that share their words has a number or a day that the other has not."""
    a, b = ({(q.value, q.unit) for q in _values(c.text)} for c in (one, other))
    return bool(a - b and b - a) or other_days(one, other)


def other_days(one: Candidate, other: Candidate) -> bool:
    """Whether both name days and have none in common; one word for a day is one day, for copies bear a later date."""
    named = [{match[0].lower() for match in NAMED_DAY.finditer(c.text)} for c in (one, other)]
    if named[0] & named[1]:
        return False
    ours, theirs = (list(days(c.text, c.article.published)) for c in (one, other))
    return bool(ours and theirs) and not any(_same_day(a, b) for a, b in product(ours, theirs))


def days(text: str, published: date | None) -> Iterator[Day]:
    """The days that a text names, without their years; a weekday is the last and the next one from its publication."""
    for match in NAMED_DAY.finditer(text):
        words = match[0].lower()
        if words in WEEKDAYS:
            if published:
                last = published - timedelta(days=(published.weekday() - WEEKDAYS.index(words)) % 7)
                yield from (Day(d.month, d.day) for d in (last, last + timedelta(days=7)))
        elif not re.fullmatch(YEAR, words) and (span := calendar_span(match[0], LEAP_YEAR)) and span.days < 31:
            yield Day(span.first.month, 0 if span.days else span.first.day)


@lru_cache(maxsize=1_000)
def _values(text: str) -> Sequence[Quantity]:
    """The numbers of a text that count or measure something: no first and second, no times of day, no years.

    Nor those that are no total, see NO_TOTAL.
    """
    undated = NO_TOTAL.sub(" ", NAMED_DAY.sub(" ", text))
    return tuple(q for q in quantities(undated) if not q.ordinal and q.unit != CLOCK)


def _of_the_same(question: Question, one: Quantity, other: Quantity) -> bool:
    """Whether two numbers count or measure the same: in one unit, with two words in common beside the names asked of.

    Where both say whom or what they count, that has to be the same: soldiers, nurses.
    """
    if one.unit != other.unit:
        return False
    ours, theirs = (_matters(q.beside) for q in (one, other))
    counted = [_matters(q.behind[:1]) - PEOPLE - MATTERS for q in (one, other)]
    if not one.unit and all(counted) and not counted[0] & counted[1]:
        return False
    names = set(stems(" ".join(question.names)))
    shared = (ours & theirs) - names
    return len(shared) >= SHARED or bool(shared & MATTERS)


def _matters(words: Sequence[str]) -> set[str]:
    """The stems of words, those of the dead and of the injured as one word each."""
    return {ALIKE.get(stem, stem) for stem in stems(" ".join(words))}


def _agree(one: Quantity, other: Quantity) -> bool:
    """Whether both can be of one count: "more than 40" and 46; what is no number agrees with any.

    "At least 35" and "at least 41" cannot, nor can "at least 35" and 41: whoever knew of 41 would have said so.
    """
    try:
        ours, theirs = Decimal(one.value), Decimal(other.value)
    except InvalidOperation:
        return True
    if ours == theirs:
        return True
    if one.bound == other.bound in (MORE, LESS):
        return False
    return _may_mean(one.bound, ours, theirs) or _may_mean(other.bound, theirs, ours)


def _may_mean(bound: str, value: Decimal, other: Decimal) -> bool:
    """Whether `value`, told with this bound, may be what `other` is rounded to: 7 million of 6.8, "over 40" of 46."""
    if bound == ABOUT:
        return abs(other - value) <= NEAR * value
    if not bound and value < LARGE:  # 41 percent of 41.3, but not 40 dead of 41
        return other.quantize(value, ROUND_HALF_UP) == value
    return Context(len(value.normalize().as_tuple().digits), ROUNDED[bound]).plus(other) == value


def _same_day(one: Day, other: Day) -> bool:
    return one.month == other.month and (one.day == other.day or 0 in (one.day, other.day))
