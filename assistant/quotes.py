"""Who said what, as a table: statements by speaker and topic, each with its place in the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answer import BrokenPromise
from assistant.question import names_in, stems
from assistant.spreadsheet import MARK, to_csv
from index import Archive, Article, Attribution, Hit, Mention, Passage, SearchFilter, has_forms

COLUMNS = "published source title url path article_id start end quote speaker as_written speaks_for kind cue".split()
AROUND = 200
"""Characters before and after a statement that tell what it is about, too."""
BESIDE = 0.6
"""What a name or word there is worth, against one in the statement itself."""
ENOUGH = 0.6
"""The share of the topic's words, its names apart, that have to be met; of its names all have to be."""
RANKED = 100
"""Passages of a search for speaker and topic, whose ranks help to order the statements."""
RANK_WEIGHT = 0.5
"""What it is worth to stand in the first of these passages, against a statement that holds the whole topic."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One statement: `quote == article.text[start:end]`, checked when it is made.

    speaker: the fullest name that the article gives. as_written: what stands at the words, such as "he". speaks_for:
    the organisation or country behind the speaker; None where the article does not say. kind: direct, indirect or
    mixed. cue: the word that tells of the speech, such as "warned".
    """

    article: Article
    start: int
    end: int
    quote: str
    speaker: str
    as_written: str
    speaks_for: str | None
    kind: str
    cue: str

    def __post_init__(self) -> None:
        if not self.quote or self.article.text[self.start : self.end] != self.quote:
            raise BrokenPromise(
                f"the quote at {self.start}:{self.end} is not what article {self.article.id} says there"
            )

    @classmethod
    def of(cls, article: Article, said: Attribution) -> Quote:
        """The statement `said` of `article`."""
        words = article.text[said.start : said.end]
        named = (said.speaker, said.as_written, said.speaks_for)
        return cls(article, said.start, said.end, words, *named, said.kind, said.cue)

    def to_dict(self) -> dict[str, object]:
        """The statement as JSON and CSV have it."""
        return {
            **self.article.reference(),
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "speaker": self.speaker,
            "as_written": self.as_written,
            "speaks_for": self.speaks_for,
            "kind": self.kind,
            "cue": self.cue,
        }


def find_quotes(
    archive: Archive,
    *,
    speaker: str | None = None,
    about: str | None = None,
    on_behalf_of: str | None = None,
    only: SearchFilter | None = None,
    limit: int | None = None,
) -> list[Quote]:
    """Statements by speaker and topic, see `Assistant.quotes`."""
    if limit is not None and limit < 1:
        raise ValueError(f"limit is {limit}: ask for at least one statement")
    found = archive.statements(speaker=speaker, on_behalf_of=on_behalf_of, only=only, limit=None if about else limit)
    if about is None:
        return [Quote.of(article, said) for article, said in found]
    topic = Topic(about)
    asked = " ".join(filter(None, (speaker, on_behalf_of, about)))
    near = Nearness(archive.search(asked, RANKED, only))
    fitting: list[tuple[float, Article, Attribution]] = []
    for article, group in groupby(found, key=lambda pair: pair[0]):
        all_said = [said for _, said in group]
        fits = zip(topic.fits(article, all_said), all_said, strict=True)
        fitting += [(fit + near.worth(article, said), article, said) for fit, said in fits if fit]
    fitting.sort(key=lambda row: -row[0])  # stable: of equals, the newest first
    return [Quote.of(article, said) for _, article, said in fitting[:limit]]


def quotes_csv(found: Iterable[Quote]) -> str:
    """The statements as CSV that is safe to open in a spreadsheet, see `assistant.spreadsheet`."""
    return MARK + to_csv(COLUMNS, (quote.to_dict() for quote in found))


class Topic:
    """What statements are to be about: names, all of which have to be met, and words, most of which have to be.

    A name is met in any of its forms, a word by its stem; in the statement itself, or for less beside it.

    Raises:
        ValueError: there is no name and no word in it.
    """

    def __init__(self, about: str) -> None:
        names = [about] if has_forms(about) else names_in(about)
        in_names = {stem for name in names for stem in stems(name)}
        self._names = [Mention(name) for name in names]
        self._words = [stem for stem in dict.fromkeys(stems(about)) if stem not in in_names]
        if not self._names and not self._words:
            raise ValueError(f"'{about}' has no word to look for: name a topic, such as 'Iran' or 'interest rates'")

    def fits(self, article: Article, said: Sequence[Attribution | Passage]) -> list[float]:
        """How well each of an article's statements or passages fits, up to 1; 0 when it is about something else."""
        names = [name.places(article.text) for name in self._names]
        if not all(names):
            return [0.0] * len(said)
        words = [_places(article.text, stem) for stem in self._words]
        return [_fit([_met(p, one) for p in names], [_met(p, one) for p in words]) for one in said]


class Nearness:
    """What standing in a passage that a search found is worth, by the passage's rank."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._ranks: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for rank, hit in enumerate(hits):
            self._ranks[hit.article.id].append((rank, hit.passage.start, hit.passage.end))

    def worth(self, article: Article, said: Attribution) -> float:
        """0 to RANK_WEIGHT; 0 outside of all passages found."""
        ranks = [rank for rank, start, end in self._ranks.get(article.id, ()) if start <= said.start < end]
        return RANK_WEIGHT / (1 + min(ranks) / 10) if ranks else 0.0


def _places(text: str, stem: str) -> list[int]:
    """Where the words of this stem begin."""
    beginning = stem[:-1] if len(stem) > 4 else stem  # "policies" has the stem "policy"
    if beginning not in text.lower():
        return []
    found = re.finditer(rf"(?<!\w){re.escape(beginning)}[\w'’.-]*", text, re.IGNORECASE)
    return [m.start() for m in found if stem in stems(m[0])]


def _met(places: Sequence[int], said: Attribution | Passage) -> float:
    """1 when one of the places is in the statement, less when it is beside it, 0 when none is."""
    inside, beside = ((said.start, said.end), (said.start - AROUND, said.end + AROUND))
    for value, (start, end) in ((1.0, inside), (BESIDE, beside)):
        at = bisect_left(places, start)
        if at < len(places) and places[at] < end:
            return value
    return 0.0


def _fit(names: Sequence[float], words: Sequence[float]) -> float:
    if not all(names) or sum(value > 0 for value in words) < ENOUGH * len(words):
        return 0.0
    return (sum(names) + sum(words)) / (len(names) + len(words))
