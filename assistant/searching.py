"""Question -> hits: searches for each speaker, within the days that the question means, put in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TypeVar

from assistant.dates import When
from assistant.question import Question
from assistant.relevance import by_relevance
from index import Hit, SearchFilter

Search = Callable[[str, int, SearchFilter], list[Hit]]
MOST_SPEAKERS = 3
"""How many speakers of one question get a search of their own."""
T = TypeVar("T")
CANDIDATES = 30
"""How many passages of each search are put in order, of which the best are read."""


def as_many_as(passages: int, asked: Question) -> int:
    """How many passages are read, where it is so many for one fact: half as many more for a list or two speakers."""
    return passages * 3 // 2 if asked.listed or len(asked.speakers) > 1 else passages


def find_hits(search: Search, asked: Question, only: SearchFilter, *, most: int) -> list[Hit]:
    """The passages to read for a question, best first.

    Each search finds more than are read, and the most relevant of them are kept (`relevance.py`). A role is searched by
    its holders' names too. Several speakers get a search each, and their passages take turns.
    Where the days that the question names are a preference (`When.strict` is false), every second hit is from within
    them. A strict restriction is the caller's, in `only` (see `narrowed`), because the caller may have to lift it.
    """
    speakers = asked.speakers[:MOST_SPEAKERS]
    if len(speakers) > 1:
        alone = [(_query(asked, who), replace(asked, speakers=(who,))) for who in speakers]
        rankings = [_best(search, text, one, only, most) for text, one in alone]
        return _interleaved(rankings)[:most]
    rankings = [_best(search, asked.text, asked, only, most)]
    preferred = narrowed(only, asked.when) if asked.when and not asked.when.strict else None
    if preferred:
        rankings.insert(0, _best(search, asked.text, asked, preferred, most))
    return _interleaved(rankings)[:most]


def _best(search: Search, text: str, asked: Question, only: SearchFilter, most: int) -> list[Hit]:
    """The best of a search, and of one more for each person who holds the role that is asked for, by his name."""
    found: dict[str, Hit] = {}
    for query in (text, *_by_name(text, asked)):
        for hit in search(query, max(most, CANDIDATES), only):
            known = found.setdefault(hit.passage.id, hit)
            if hit.score > known.score:
                found[hit.passage.id] = hit
    return by_relevance(asked, list(found.values()))[:most]


def _by_name(text: str, asked: Question) -> Iterator[str]:
    """The query with the role's holders in place of the role."""
    for role in asked.roles:
        yield from (text.replace(role, holder) for holder in asked.holders.get(role, ()))


def narrowed(only: SearchFilter, when: When | None) -> SearchFilter | None:
    """`only` within the days of `when` as well; None when it names none, or none that `only` lets through."""
    if when is None or not (when.after or when.before):
        return None
    first = max((day for day in (only.published_from, when.after) if day), default=None)
    last = min((day for day in (only.published_to, when.before) if day), default=None)
    if first and last and first > last:
        return None
    return replace(only, published_from=first, published_to=last)


def _query(asked: Question, who: str) -> str:
    whole = len(asked.topic) + len(who) > len(asked.text)  # the question says nothing but who
    return f"{who}: {asked.text}" if whole else f"What did {who} say about {asked.topic}?"


def in_turn(rankings: Sequence[Sequence[T]]) -> Iterator[T]:
    """The first of each ranking, then the second of each, and so on."""
    return (one for rank in zip_longest(*rankings) for one in rank if one is not None)


def _interleaved(rankings: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The hits of all rankings in turn, each passage once."""
    found: dict[str, Hit] = {}
    for hit in in_turn(rankings):
        found.setdefault(hit.passage.id, hit)
    return list(found.values())
