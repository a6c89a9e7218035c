"""The date words of a question -> the days of publication that they mean, or the order that they ask for.

A small grammar of our own: dateparser 1.5, parsedatetime 2.6 and timefhuman 0.1.5 give one day where a span is meant
("in September 2022"), or none, and take "Theresa May", "5 year olds" or a "747" for dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from assistant.spans import CALENDAR, DAY, MONTH, SEASON, YEAR, Span, calendar_span, relative_spans

MARGIN = timedelta(days=14)
"""What is said on a day is still reported after it: of 278 questions with "in" a month and a year, 86 % are answered by
an article of that month, 93 % by one of that month or the next."""
NEAR_MARGIN = timedelta(days=2)
"""The same for days named by their distance from today."""
LONG = 62
"""Days. A longer span, a season or a year, is as often that of the event: of 94 questions for somebody's words with
"in" a year, 58 are answered by an article of that year."""

NEWEST = re.compile(r"\b(?:latest|most recent(?:ly)?|newest|at last (?:report|count))\b", re.IGNORECASE)
OLDEST = re.compile(r"\b(?:earliest|first (?:say|said|report(?:ed)?|announced?|mention(?:ed)?|warn(?:ed)?))\b")
BETWEEN = re.compile(rf"\b(?:[Bb]etween|[Ff]rom) ({CALENDAR}|{DAY}) (?:and|to|until) ({CALENDAR})")
DATED = re.compile(
    r"\b((?i:in|on|of|since|after|before|by|until|till|during|over)) "
    rf"(?:the (?={SEASON})|(?:the )?(?:early|late|mid)[ -])?({CALENDAR})(?![\w’'-])"
)
BEFORE_A_NOUN = re.compile(rf"\b{MONTH}(?: {DAY},?)? {YEAR}")
"""A month and its year, wherever they stand: "the March 2022 launch"."""


@dataclass(frozen=True, slots=True)
class When:
    """What a question's date words ask of the articles.

    words: as they stand in the question.
    after, before: the first and the last day of publication, both inclusive; None leaves that side open.
    order: which of several accounts is asked for.
    strict: the words say when something was said or published: articles of other days are left out. Else they may be
        about the event, and articles of these days are only preferred.
    """

    words: str
    after: date | None = None
    before: date | None = None
    order: Literal["newest", "oldest"] | None = None
    strict: bool = False

    def covers(self, day: date | None) -> bool:
        """Whether a day of publication is one of these; one that is not known is none."""
        return day is not None and (self.after or date.min) <= day <= (self.before or date.max)

    @property
    def span(self) -> str:
        """The days as a reader reads them; empty where the words give none."""
        if self.after and self.before:
            return f"from {_read(self.after)} to {_read(self.before)}"
        if self.after:
            return f"from {_read(self.after)} on"
        return f"up to {_read(self.before)}" if self.before else ""


def when_of(text: str, today: date, *, speech: bool) -> When | None:
    """The date words of a question; None when it has none that bear on the articles.

    `speech`: somebody's words are asked for, so that a date says when they were said. A year before a noun ("the 2020
    election"), a day before one ("the September 11 attacks") and days to come belong to the event: the question's words
    find it.
    """
    newest, oldest = NEWEST.search(text), OLDEST.search(text)
    found = next(_windows(text, today, speech=speech), None)
    if not (newest or oldest):
        return found
    order: Literal["newest", "oldest"] = "newest" if newest else "oldest"
    word = (newest or oldest or [""])[0]
    return replace(found, words=f"{word}, {found.words}", order=order) if found else When(word, order=order)


def _windows(text: str, today: date, *, speech: bool) -> Iterator[When]:
    """The readings of the date words in `text`, the plainest first."""
    for words, span in relative_spans(text, today):
        strict = span.days < LONG or (speech and not _about(text, words))
        yield When(words, span.first, span.last + NEAR_MARGIN, strict=strict)
    if (match := BETWEEN.search(text)) and (ends := _between(match[1], match[2], today)):
        yield When(match[0], ends[0].first, ends[1].last + MARGIN, strict=speech)
    dated = [(match, calendar_span(match[2], today)) for match in DATED.finditer(text)]
    for match, named in dated:
        if named and named.first <= today:
            alone = len(dated) == 1 and named.days < LONG
            strict = speech and alone and (named.dated or not _about(text, match[0]))
            yield _bounded(match[0], match[1].lower(), named, strict=strict)
    for match in BEFORE_A_NOUN.finditer(text):
        named = calendar_span(match[0], today)
        if named and named.first <= today:
            yield When(match[0], named.first, named.last + MARGIN)


def _bounded(words: str, preposition: str, span: Span, *, strict: bool) -> When:
    match preposition:
        case "since":
            return When(words, span.first, None, strict=strict)
        case "after":
            return When(words, span.last, None, strict=strict)
        case "before":
            return When(words, None, span.first, strict=strict)
        case "by" | "until" | "till":  # the count "by" a day is often published after it
            return When(words, None, span.last + MARGIN)
        case _:
            return When(words, span.first, span.last + MARGIN, strict=strict)


def _between(one: str, other: str, today: date) -> tuple[Span, Span] | None:
    """Both ends; the first takes from the second what it has not: the year, or the month and the year."""
    last = calendar_span(other, today)
    if last is None or last.first > today:
        return None
    if re.fullmatch(DAY, one):
        one = f"{one} {last.first:%B %Y}"
    first = calendar_span(one, last.last)
    return (first, last) if first and first.first <= last.last else None


def _about(text: str, words: str) -> bool:
    """Whether the words stand in what the question is about: "about his conduct on January 6"."""
    return bool(re.search(r"\babout\b", text[: text.find(words)], re.IGNORECASE))


def _read(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
