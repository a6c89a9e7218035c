"""Annotated questions and a trained reader -> the weights and bars of `assistant/evidence.py`.

The weights are those of a logistic regression over the candidates of all questions; the bars are then moved one at a
time to where the mean score of the questions is highest. Two measures are fitted: where somebody's words are asked for,
and where they are not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.candidates import Candidate, Embed, Read, candidates
from assistant.evidence import Finding, Measure, choose, missing_names
from assistant.question import understand
from assistant.searching import find_hits
from assistant.training.examples import Annotated
from index import Archive, SearchFilter

FEATURES = ("logit", "similarity", "cover", "context_cover", "names", "own_names", "voice", "named", "kind", "rank")
PASSAGES = 12
ENOUGH = 0.7
"""Of the words of all evidence; annotators marked near-repetitions too, so that not all are needed."""
BARS: Mapping[str, Sequence[float]] = {
    "least": np.arange(-3, 1.6, 0.25).tolist(),
    "more": np.arange(-3.5, 1.1, 0.25).tolist(),
    "below": (0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3),
    "most": (1, 2, 3, 4),
}
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Posed:
    """A question posed against an archive: its candidates, and which of them answer."""

    asked: Annotated
    found: list[Candidate]
    answers: list[bool]
    missing: bool


def pose(archive: Archive, asked: Annotated, read: Read, embed: Embed) -> Posed:
    """Search, read, and look up what answers: a sentence of the evidence, or the same words in another article."""
    question = understand(asked.question)
    hits = find_hits(archive.search, question, SearchFilter(), most=PASSAGES)
    found = list(candidates(question, hits, read, embed))
    evidence = [_words(quote) for quote in asked.evidence]
    answers = [any(_words(c.text) in e or e in _words(c.text) for e in evidence) for c in found]
    return Posed(asked, found, answers, bool(missing_names(question, hits)))


def weigh(posed: Sequence[Posed]) -> tuple[dict[str, float], float]:
    """The weights and the bias of the logistic regression, as log-odds."""
    from sklearn.linear_model import LogisticRegression

    rows = [[getattr(c, name) for name in FEATURES] for p in posed for c in p.found]
    model = LogisticRegression(max_iter=2000).fit(np.array(rows), [a for p in posed for a in p.answers])
    weights = {name: round(float(w), 3) for name, w in zip(FEATURES, model.coef_[0], strict=True)}
    return weights, round(float(model.intercept_[0]), 3)


def raise_bars(posed: Sequence[Posed], start: Measure) -> Measure:
    """The measure with the bars at which the mean score of the questions is highest (coordinate ascent, two rounds)."""
    best, score = start, mean(posed, start)
    for _ in range(2):
        for name, values in BARS.items():
            for value in values:
                tried = replace(best, **{name: value})  # type: ignore[arg-type]
                if (new := mean(posed, tried)) > score:
                    best, score = tried, new
    return best


def fitted(posed: Sequence[Posed]) -> Measure:
    """Weights first, then bars."""
    return raise_bars(posed, Measure(*weigh(posed), least=-1.0, more=-1.5, below=2.0, most=3))


def mean(posed: Sequence[Posed], measure: Measure) -> float:
    """The mean score of the questions."""
    return float(np.mean([score(p, measure) for p in posed]))


def score(posed: Posed, measure: Measure) -> float:
    """The harmonic mean of recall and precision of what is chosen, in words; 1 for a question rightly declined."""
    finding = choose(understand(posed.asked.question), posed.found, most=9, measure=measure)
    if posed.missing:
        return float(not posed.asked.evidence)
    if not posed.asked.evidence:
        return float(not finding.evidence)
    quoted, right, held = _counted(posed, finding)
    if not right:
        return 0.0
    recall, precision = min(1.0, right / (ENOUGH * held)), right / quoted
    return 2 * recall * precision / (recall + precision)


def _counted(posed: Posed, finding: Finding) -> tuple[int, int, int]:
    """How many words were quoted, how many of them answer, and how many the evidence has."""
    right = {c.text for c, answers in zip(posed.found, posed.answers, strict=True) if answers}
    texts = [e.places[0].text for e in finding.evidence]
    held = sum(len(WORD.findall(quote)) for quote in posed.asked.evidence)
    quoted = sum(len(WORD.findall(text)) for text in texts)
    return quoted, sum(len(WORD.findall(t)) for t in texts if any(r in t for r in right)), held


def _words(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))
