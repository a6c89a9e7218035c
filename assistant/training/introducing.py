"""Annotated questions that ask for somebody by a role -> the weights of `assistant/introductions.py`.

All who speak in the article of a question are looked at; who speaks in the sentences that answer holds the role.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.assistant import Assistant
from assistant.introductions import FEATURES, Signs, signs_of
from assistant.training.examples import Annotated
from assistant.voice import voice_of


@dataclass(frozen=True, slots=True)
class Introduced:
    """A question and the speakers of its article: `voice_of` each, what tells of him, and whether he is meant."""

    split: str
    voices: list[float]
    signs: list[Signs]
    meant: list[bool]


def introduced(assistant: Assistant, questions: Iterable[Annotated]) -> Iterator[Introduced]:
    """The questions that ask for one speaker by a role, where somebody's words answer."""
    for asked in questions:
        question = assistant.understand(asked.question)
        if len(question.speakers) != 1 or not question.roles or not asked.spans:
            continue
        sentences = [s for p in assistant.archive.passages_of(asked.article) for s in p.sentences if s.speaker]
        speakers = {s.speaker: s for s in reversed(sentences)}
        meant = {s.speaker for s in sentences if asked.marks(s)}
        if meant:
            (names,) = question.voices
            voices = [voice_of(names, s) for s in speakers.values()]
            given = [(asked.article, s, voice) for s, voice in zip(speakers.values(), voices, strict=True)]
            signs = signs_of(question.roles[0], given, assistant.reader.read)
            yield Introduced(asked.split, voices, signs, [name in meant for name in speakers])


def fitted(found: Sequence[Introduced]) -> tuple[dict[str, float], float]:
    """The weights and the bias of a logistic regression over all speakers not known to be meant, as log-odds."""
    from sklearn.linear_model import LogisticRegression

    rows = [
        (_row(signs), meant)
        for one in found
        for voice, signs, meant in zip(one.voices, one.signs, one.meant, strict=True)
        if voice < 1
    ]
    model = LogisticRegression(max_iter=5000).fit([row for row, _ in rows], [meant for _, meant in rows])
    weights = {name: round(float(w), 3) for name, w in zip(FEATURES, model.coef_[0], strict=True)}
    return weights, round(float(model.intercept_[0]), 3)


def first_is_meant(found: Sequence[Introduced], weights: Mapping[str, float] | None = None) -> float:
    """The share of the questions of which the likeliest speaker is meant; by `voice_of` alone, without weights."""
    return float(np.mean([one.meant[_likeliest(one, weights)] for one in found]))


def _likeliest(one: Introduced, weights: Mapping[str, float] | None) -> int:
    def surety(i: int) -> tuple[bool, float]:
        told = np.dot(_row(one.signs[i]), list(weights.values())) if weights else one.voices[i]
        return one.voices[i] == 1, float(told)

    return max(range(len(one.voices)), key=surety)


def _row(signs: Signs) -> list[float]:
    return [getattr(signs, name) for name in FEATURES]
