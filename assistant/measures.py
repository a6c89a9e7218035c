"""How a sentence is judged, and how good it has to be, for each of four kinds of questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.question import Question

KINDS = ("speech", "list", "value", "fact")
"""Somebody's words are asked for; or several things; or a number, a day or somebody's name; or anything else."""
VALUES = ("number", "when", "who")
"""Of `Question.kind`."""
WEIGHTS: Mapping[str, Sequence[float]] = {
    "logit": (0.397, 0.469, 0.42, 0.42),
    "cover": (0.447, -1.195, 0.243, 0.243),
    "context_cover": (0.918, -0.423, 0.357, 0.357),
    "names": (-0.428, 1.251, -0.338, -0.338),
    "own_names": (0.053, -0.739, 0.154, 0.154),
    "voice": (1.298, 0.003, -1.247, -1.247),
    "named": (0.65, -0.37, 0.077, 0.077),
    "kind": (1.413, -0.348, 0.976, 0.976),
    "length": (-1.056, 1.015, -0.159, -0.159),
    "rank": (1.339, 1.275, 1.514, 1.514),
}
"""Of `Candidate`: what is weighed, and how much in a question of each kind."""
BARS: Mapping[str, Sequence[float]] = {
    "bias": (-3.486, -2.66, -2.543, -2.543),
    "least": (-3.0, -3.0, -3.0, -3.0),
    "more": (-1.75, -2.0, -1.75, -1.75),
    "below": (2, 0.75, 0.5, 0.75),
    "gain": (0.02, 1.0, 1.0, 0.03),
    "most": (5, 5, 5, 5),
}
"""See `Measure`. Both tables are as `python -m assistant.training weigh` prints them, but for four numbers by which
answers leave less out: `below` (0.25 is printed) and `most` (3) of speech, `more` of lists (-1.5), and `gain` of facts
(1.0); and for `below` of values (0.75): a second number or day beside the one that was asked for is another answer, and
most often a wrong one. Facts and values were fitted together, as there are few of either. All but lists were fitted
with the similarity of question and sentence besides, whose mean is in the bias now: it weighed 0.618 in speech, 0.333
elsewhere, changed next to no answer and took a fifth of the time. Of lists, where it weighed 2.424, the weights are the
mean of those fitted with it and of those fitted without."""
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
    if question.speakers:
        return "speech"
    return "list" if question.listed else "value" if question.kind in VALUES else "fact"


def measure_of(question: Question) -> Measure:
    """The measure of a question's kind."""
    return MEASURES[kind_of(question)]


def _measure(column: int) -> Measure:
    weights = {name: row[column] for name, row in WEIGHTS.items()}
    bias, least, more, below, gain, most = (row[column] for row in BARS.values())
    return Measure(weights, bias, least, more, below, gain, int(most))


MEASURES: Mapping[str, Measure] = {kind: _measure(column) for column, kind in enumerate(KINDS)}
