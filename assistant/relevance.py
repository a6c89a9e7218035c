"""Hits -> the same hits, those first that most likely hold an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.candidates import covered_share, share_met
from assistant.expected import expected
from assistant.question import Question
from assistant.voice import voice_of
from index import Hit, Sentence


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a passage, each 0 to 1.

    found: the score of the search. cover, title_cover: the share of the topic's words that the passage with its title,
    or the title alone, holds: what the title alone holds says less, for all passages of its article have it.
    title_names: the share of the topic's names in the title. voice: whether the speaker asked for speaks in it. kind:
    whether it has the kind of thing that is asked for.
    """

    found: float
    cover: float
    title_cover: float
    title_names: float
    voice: float
    kind: float


WEIGHTS: Mapping[str, float] = {
    "found": 30.78,
    "cover": 3.37,
    "title_cover": -2.3,
    "title_names": 0.44,
    "voice": 2.68,
    "kind": 0.74,
}
"""Of a logistic regression, as `python -m assistant.training rank` prints them: a linear pointwise ranker (Liu,
Learning to Rank for Information Retrieval, 2009)."""


def by_relevance(asked: Question, hits: Sequence[Hit]) -> list[Hit]:
    """The hits of one search, the most relevant first; their scores are those of this order, equals stay in theirs."""
    scored = [replace(hit, score=_score(signs)) for hit, signs in zip(hits, signs_of(asked, hits), strict=True)]
    return sorted(scored, key=lambda hit: -hit.score)


def signs_of(asked: Question, hits: Sequence[Hit]) -> list[Signs]:
    """What speaks for each of the hits of one search."""
    heard: dict[tuple[str | None, str | None], float] = {}

    def voice(sentence: Sentence) -> float:
        key = (sentence.speaker, sentence.speaks_for)
        if key not in heard:
            heard[key] = max(voice_of(who, sentence) for who in asked.voices)
        return heard[key]

    return [
        Signs(
            found=hit.score,
            cover=covered_share(asked, f"{hit.article.title} {hit.passage.text}"),
            title_cover=covered_share(asked, hit.article.title),
            title_names=share_met(asked.names, hit.article.title),
            voice=max(map(voice, hit.passage.sentences), default=0.0) if asked.speakers else 0.5,
            kind=expected(asked, hit.passage.text),
        )
        for hit in hits
    ]


def _score(signs: Signs) -> float:
    return float(sum(weight * getattr(signs, name) for name, weight in WEIGHTS.items()))
