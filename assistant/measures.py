"""How a sentence is judged, and how good it has to be, for each of three kinds of questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.question import Question

KINDS = ("speech", "list", "fact")
"""Somebody's words are asked for, or several things, or one."""
WEIGHTS: Mapping[str, Sequence[float]] = {
    "logit": (0.249, 0.377, 0.278),
    "similarity": (1.075, 1.924, 0.781),
    "cover": (0.302, -1.614, 0.069),
    "context_cover": (1.032, 0.285, 0.525),
    "names": (-0.207, 1.951, -0.131),
    "own_names": (-0.143, -0.428, 0.156),
    "voice": (1.325, 0.004, -1.328),
    "named": (0.964, -0.214, 0.078),
    "kind": (1.56, -1.058, 0.478),
    "length": (-1.264, 1.68, 0.379),
    "rank": (1.028, 1.094, 1.722),
}
"""Of `Candidate`: what is weighed, and how much in a question of each kind."""
BARS: Mapping[str, Sequence[float]] = {
    "bias": (-3.706, -4.258, -2.86),
    "least": (-1.0, -3.0, -3.0),
    "more": (-1.25, -2.5, -2.0),
    "below": (2.5, 2.0, 0.5),
    "most": (3, 3, 2),
}
"""See `Measure`. Both tables are as `python -m assistant.training weigh` prints them."""
FEATURES = tuple(WEIGHTS)


@dataclass(frozen=True, slots=True)
class Measure:
    """How a sentence is judged, and how good it has to be. Fitted, see `assistant/training/weighing.py`.

    weights, bias: of the logistic regression whose log-odds are a candidate's score.
    least: the score below which nothing is an answer; more: that of each further sentence; below: how far it may lie
    below the best; most: how many sentences.
    """

    weights: Mapping[str, float]
    bias: float
    least: float
    more: float
    below: float
    most: int


def kind_of(question: Question) -> str:
    """Which of KINDS a question is."""
    return "speech" if question.speakers else "list" if question.listed else "fact"


def measure_of(question: Question) -> Measure:
    """The measure of a question's kind."""
    return MEASURES[kind_of(question)]


def _measure(column: int) -> Measure:
    bias, least, more, below, most = (row[column] for row in BARS.values())
    return Measure({name: row[column] for name, row in WEIGHTS.items()}, bias, least, more, below, int(most))


MEASURES: Mapping[str, Measure] = {kind: _measure(column) for column, kind in enumerate(KINDS)}
