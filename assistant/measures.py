"""How a sentence is judged, and how good it has to be, for each of three kinds of questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.question import Question

KINDS = ("speech", "list", "fact")
"""Somebody's words are asked for, or several things, or one."""
WEIGHTS: Mapping[str, Sequence[float]] = {
    "logit": (0.244, 0.353, 0.281),
    "similarity": (0.989, 2.211, 0.366),
    "cover": (0.389, -1.586, 0.349),
    "context_cover": (0.914, -0.062, 0.225),
    "names": (-0.061, 1.507, 0.107),
    "own_names": (-0.275, -0.507, 0.171),
    "voice": (1.095, -0.019, -1.53),
    "named": (0.926, -0.253, 0.085),
    "kind": (0.148, -0.542, 1.019),
    "length": (-1.306, 1.187, 0.059),
    "rank": (1.401, 1.227, 1.952),
}
"""Of `Candidate`: what is weighed, and how much in a question of each kind."""
BARS: Mapping[str, Sequence[float]] = {
    "bias": (-3.128, -3.906, -3.248),
    "least": (-1.25, -3.0, -3.0),
    "more": (-1.75, -2.5, -2.0),
    "below": (2.5, 2, 1.0),
    "gain": (1, 1, 1),
    "most": (5, 5, 3),
}
"""See `Measure`. Both tables were printed by `python -m assistant.training weigh`, but for two numbers by which answers
leave less out: `most` of speech (3 was printed), `below` of facts (0.5). What it prints by now scores no better."""
FEATURES = tuple(WEIGHTS)


@dataclass(frozen=True, slots=True)
class Measure:
    """How a sentence is judged, and how good it has to be. Fitted, see `assistant/training/weighing.py`.

    weights, bias: of the logistic regression whose log-odds are a candidate's score.
    least: the score below which nothing is an answer; more: that of each further sentence; below: how far it may lie
    below the best; gain: or the chance, 0 to 1, that it answers and none before it does, from which it is shown all the
    same; most: how many sentences.
    """

    weights: Mapping[str, float]
    bias: float
    least: float
    more: float
    below: float
    gain: float
    most: int


def kind_of(question: Question) -> str:
    """Which of KINDS a question is."""
    return "speech" if question.speakers else "list" if question.listed else "fact"


def measure_of(question: Question) -> Measure:
    """The measure of a question's kind."""
    return MEASURES[kind_of(question)]


def _measure(column: int) -> Measure:
    weights = {name: row[column] for name, row in WEIGHTS.items()}
    bias, least, more, below, gain, most = (row[column] for row in BARS.values())
    return Measure(weights, bias, least, more, below, gain, int(most))


MEASURES: Mapping[str, Measure] = {kind: _measure(column) for column, kind in enumerate(KINDS)}
