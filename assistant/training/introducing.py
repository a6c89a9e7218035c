"""Annotated questions that ask for somebody by a role -> the weights of `assistant/introductions.py`.

All who speak in the article of a question are looked at; who speaks in the sentences that answer holds the role.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.assistant import Assistant
from assistant.introductions import FEATURES, Signs, signs_of
from assistant.training.examples import Annotated
from assistant.voice import voice_of
from index import Sentence


@dataclass(frozen=True, slots=True)
class Introduced:
    """A question, the speakers of its article by what tells of each, and which of them it means."""

    split: str
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
        meant = {s.speaker for s in sentences if _answers(s, asked.spans)}
        if meant:
            (names,) = question.voices
            given = [(asked.article, s, voice_of(names, s)) for s in speakers.values()]
            signs = signs_of(question.roles[0], given, assistant.reader.read)
            yield Introduced(asked.split, signs, [name in meant for name in speakers])


def fitted(found: Sequence[Introduced]) -> tuple[dict[str, float], float]:
    """The weights and the bias of a logistic regression over the speakers of all questions, as log-odds."""
    from sklearn.linear_model import LogisticRegression

    rows = np.concatenate([_rows(one) for one in found])
    model = LogisticRegression(max_iter=5000).fit(rows, [meant for one in found for meant in one.meant])
    weights = {name: round(float(w), 3) for name, w in zip(FEATURES, model.coef_[0], strict=True)}
    return weights, round(float(model.intercept_[0]), 3)


def first_is_meant(found: Sequence[Introduced], weights: dict[str, float]) -> float:
    """The share of the questions of which the likeliest speaker is meant."""
    return float(np.mean([one.meant[int(np.argmax(_rows(one) @ list(weights.values())))] for one in found]))


def _answers(s: Sentence, spans: Sequence[tuple[int, int]]) -> bool:
    return any(2 * (min(end, s.end) - max(start, s.start)) >= min(end - start, s.end - s.start) for start, end in spans)


def _rows(one: Introduced) -> NDArray[np.float64]:
    return np.array([[getattr(signs, name) for name in FEATURES] for signs in one.signs])
