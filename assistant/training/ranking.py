"""Annotated questions and an archive -> the weights of `assistant/relevance.py`, and how well they put in order."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from assistant.question import understand
from assistant.relevance import Signs, signs_of
from assistant.searching import CANDIDATES
from assistant.training.examples import Annotated
from index import Archive

NAMES = tuple(field.name for field in fields(Signs))
FOLDS = 5
SEED = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A question's candidates as the search gave them: the signs of each, shape (hits, signs), and which answer."""

    signs: NDArray[np.float64]
    answers: NDArray[np.bool_]


def drawn(asked: Sequence[Annotated], limit: int) -> list[Annotated]:
    """At most `limit` questions that have an answer, as many of each kind as there are."""
    chance = random.Random(SEED)  # noqa: S311 (a draw that can be repeated)
    kinds: dict[str, list[Annotated]] = {}
    for one in chance.sample(asked, len(asked)):
        if one.spans:
            kinds.setdefault(one.kind, []).append(one)
    return [one for kind in sorted(kinds) for one in kinds[kind][: limit // len(kinds)]]


def pose(
    archive: Archive, asked: Sequence[Annotated], progress: Callable[[int], None] = lambda done: None
) -> list[Found]:
    """Search for each question; a passage answers when it holds evidence, or a part of it."""
    found = []
    for number, one in enumerate(asked, 1):
        hits = archive.search(one.question, CANDIDATES)
        answers = [
            hit.article.id == one.article.id
            and any(hit.passage.start < end and start < hit.passage.end for start, end in one.spans)
            for hit in hits
        ]
        signs = [astuple(signs) for signs in signs_of(understand(one.question), hits)]
        found.append(Found(np.array(signs).reshape(len(hits), len(NAMES)), np.array(answers, bool)))
        progress(number)
    return found


def fitted(found: Sequence[Found]) -> dict[str, float]:
    """The weights of the logistic regression over the candidates of all questions."""
    from sklearn.linear_model import LogisticRegression

    signs, answers = np.concatenate([f.signs for f in found]), np.concatenate([f.answers for f in found])
    scale = signs.std(0) + 1e-9
    model = LogisticRegression(max_iter=5000).fit(signs / scale, answers)
    return {name: round(float(w), 2) for name, w in zip(NAMES, model.coef_[0] / scale, strict=True)}


def crossed(found: Sequence[Found]) -> Iterator[tuple[str, dict[str, float]]]:
    """The figures of the search's own order, and of that by weights fitted without the questions of the same fold."""
    yield "as found", recalls(found, {"found": 1.0})
    folds = [(found[n::FOLDS], [f for m in range(FOLDS) if m != n for f in found[m::FOLDS]]) for n in range(FOLDS)]
    of_folds = [(len(held), recalls(held, fitted(rest))) for held, rest in folds]
    yield "by weights", {k: sum(n * f[k] for n, f in of_folds) / len(found) for k in of_folds[0][1]}


def recalls(found: Sequence[Found], weights: Mapping[str, float]) -> dict[str, float]:
    """The share of questions with a passage that answers among the first 1, 5, 10, 20."""
    scale = np.array([weights.get(name, 0.0) for name in NAMES])
    ranks = [np.flatnonzero(f.answers[np.argsort(-(f.signs @ scale), kind="stable")])[:1] for f in found]
    return {f"recall@{k}": sum(bool(len(r)) and bool(r[0] < k) for r in ranks) / len(found) for k in (1, 5, 10, 20)}
