"""Accounts of one matter that differ, in a number or a day: the newest is told first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, product
from typing import NamedTuple

from assistant.candidates import Candidate, mentions
from assistant.finding import Evidence
from assistant.question import Question
from assistant.spans import CALENDAR, MONTH, WEEKDAYS, YEAR, calendar_span
from assistant.support.quantities import quantities
from assistant.totals import totals_differ
from index.speech.verbs import VERBS

WEEKDAY = rf"(?i:{'|'.join(WEEKDAYS)})\b"
NAMED_DAY = re.compile(rf"\b(?:{CALENDAR}|{WEEKDAY})(?![\w’'-])")
IN = re.compile(
    r"\b(?:in|of|since|after|before|by|until|till|during|for|early|late|mid|this|last|next)[ -]\Z", re.IGNORECASE
)
"""What stands before a month that is named alone: Jan Holt and Theresa May are none."""
SAID_ON = re.compile(
    rf"\b(?:{'|'.join(VERBS)}) (?:late |early |in a statement )?(?:on )?{WEEKDAY}",
    re.IGNORECASE,
)
"""That something was said on a day; the day of what is told is another."""
SINCE = re.compile(rf"\bsince (?:\w+ )?{YEAR}", re.IGNORECASE)
"""Since when something is the largest, or is counted: not when it happened."""
PLACE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Aa]round) (?:the )?([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)")
"""Where something happened."""
OF_THE_TOPIC = 0.5
"""The share of the topic's words in and around a sentence with one, from which the day that it names is the topic's."""
WHILE = 365
"""Days between two accounts of one matter at most; older ones are of another."""
LEAP_YEAR = date(2024, 12, 31)
"""A day from which any day of a year lies less than a year back."""


class Day(NamedTuple):
    """A day, a month or a year as a text names it; 0 is what it leaves open."""

    year: int
    month: int
    day: int


def newest_first(question: Question, evidence: Sequence[Evidence]) -> tuple[tuple[Evidence, ...], bool]:
    """The evidence, best first, but sources whose accounts differ together, the newest first; and whether any do.

    Things that are set side by side or listed differ anyway. Where the days of what happened are asked for, accounts of
    later days are of something else.
    """
    of_its_days = question.when and question.when.before and not question.when.strict
    several = (
        question.kind == "compare" or len(question.speakers) > 1 or (question.listed and question.kind != "number")
    )
    if of_its_days or several:
        return tuple(evidence), False
    pairs = [(a, b) for a, b in combinations(evidence, 2) if _of_other_days(a, b) and differ(question, a, b)]
    told = {one.source: one.published or date.min for one in evidence}
    place = {source: i for i, source in enumerate(told)}
    for a, b in pairs:
        first, second = sorted((place[a.source], place[b.source]))
        place = {source: first if at == second else at for source, at in place.items()}
    order = sorted(told, key=lambda source: (place[source], -told[source].toordinal()))
    return tuple(sorted(evidence, key=lambda one: order.index(one.source))), bool(pairs)


def _of_other_days(one: Evidence, other: Evidence) -> bool:
    """Whether the two were first told on different days, and no more than a while apart."""
    if not (one.published and other.published):
        return False
    return 0 < abs((one.published - other.published).days) <= WHILE


def differ(question: Question, a: Evidence, b: Evidence) -> bool:
    """Whether two sentences that answer a question give another number of the same, or, asked when, another day."""
    one, other = a.places[0], b.places[0]
    if question.kind == "when":
        of_it = all(c.cover and c.context_cover >= OF_THE_TOPIC for c in (one, other))
        return of_it and other_days(one, other)
    if any(_of_another_year(c) for c in (one, other)) or _elsewhere(one, other):
        return False
    return totals_differ(NAMED_DAY.sub(" ", one.text), NAMED_DAY.sub(" ", other.text), question.names)


def _of_another_year(c: Candidate) -> bool:
    """Whether it names years, and not that of its article."""
    named = {int(match[0]) for match in re.finditer(rf"\b{YEAR}", SINCE.sub(" ", c.text))}
    return bool(named) and c.article.published is not None and c.article.published.year not in named


def _elsewhere(one: Candidate, other: Candidate) -> bool:
    """Whether each says where something happened, and that is not where the other, or its article, has it."""

    def apart(here: Candidate, there: Candidate) -> bool:
        places = {match[1] for match in PLACE.finditer(NAMED_DAY.sub(" ", here.text))}
        told = f"{there.article.title} {there.article.text}"
        return bool(places) and not any(mentions(told, place) for place in places)

    return apart(one, other) and apart(other, one)


def other_values(one: Candidate, other: Candidate) -> bool:
    """Whether each of two sentences that share their words has a number or a day that the other has not."""
    a, b = ({(q.value, q.unit) for q in quantities(c.text)} for c in (one, other))
    return bool(a - b and b - a) or other_days(one, other)


def other_days(one: Candidate, other: Candidate) -> bool:
    """Whether both name days, beside those that stand in both, and none of those is the same.

    One word for a day is one day, for copies bear a later date.
    """
    ours, theirs = (dict(days(c.text, c.article.published)) for c in (one, other))
    a, b = (
        [day for words, named in x.items() if words not in y for day in named]
        for x, y in ((ours, theirs), (theirs, ours))
    )
    compared = [(x, y) for x, y in product(a, b) if (x.month and y.month) or (x.year and y.year)]
    return bool(compared) and not any(_same_day(x, y) for x, y in compared)


def days(text: str, published: date | None) -> Iterator[tuple[str, Sequence[Day]]]:
    """The days that a text names, in small letters, and which they are; those on which something was said left out.

    A weekday is the last and the next one from its publication.
    """
    for match in NAMED_DAY.finditer(SAID_ON.sub(" ", text)):
        words = match[0].lower()
        if words in WEEKDAYS:
            if published:
                last = published - timedelta(days=(published.weekday() - WEEKDAYS.index(words)) % 7)
                yield words, [Day(d.year, d.month, d.day) for d in (last, last + timedelta(days=7))]
        elif not re.fullmatch(MONTH, match[0]) or IN.search(match.string[: match.start()]):
            yield from ((words, [day]) for day in _calendar_day(match[0]))


def _calendar_day(words: str) -> Iterator[Day]:
    """What an expression of `CALENDAR` names; nothing where that is a season."""
    stated = re.search(rf"\b{YEAR}", words)
    year = int(stated[0]) if stated else 0
    if stated and stated[0] == words:
        yield Day(year, 0, 0)
    elif (span := calendar_span(words, LEAP_YEAR)) and span.days < 31:
        yield Day(year, span.first.month, 0 if span.days else span.first.day)


def _same_day(one: Day, other: Day) -> bool:
    return all(a == b or 0 in (a, b) for a, b in zip(one, other, strict=True))


def of_the_days(question: Question, able: list[Candidate], least: float) -> list[Candidate]:
    """Of those that may answer, where one of the days asked for is good enough: without what is of others.

    What names their year, and what is of no known day, stays.
    """
    when = question.when
    if not when or not any(when.covers(c.article.published) and c.score >= least for c in able):
        return able
    years = {str(day.year) for day in (when.after, when.before) if day}

    def may_be(c: Candidate) -> bool:
        day = c.article.published
        return day is None or when.covers(day) or any(year in c.text for year in years)

    return [c for c in able if may_be(c)]
