"""Questions with known answers and a trained reader -> the weights and bars of `assistant/measures.py`.

The weights are those of a logistic regression over the candidates of all questions; the bars are then moved one at a
time to where the mean score is highest. Each set of questions counts the same, however many it has. One measure is
fitted for each of `measures.KINDS`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.assistant import Assistant
from assistant.candidates import Candidate, candidates
from assistant.composing import compose
from assistant.evaluation import scoring
from assistant.evaluation.questions import Gold
from assistant.evaluation.scoring import holds
from assistant.evidence import choose, missing_names
from assistant.finding import Finding
from assistant.measures import BARS, FEATURES, KINDS, Measure, kind_of
from assistant.question import Question
from assistant.searching import narrowed
from assistant.training.examples import Annotated
from assistant.training.quizzes import KIND, Quizzed, may_answer
from index import SearchFilter

TRIED: Mapping[str, Sequence[float]] = {
    "least": np.arange(-3, 1.1, 0.25).tolist(),
    "more": np.arange(-3, 1.1, 0.25).tolist(),
    "below": (0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 2.5),
    "gain": (1, 0.15, 0.12, 0.1, 0.08, 0.06, 0.04, 0.02),
    "most": (1, 2, 3, 4, 5),
}
WRONG = -0.5
"""What a wrong answer is worth here, and one to a question that has none: worse than saying nothing."""
COMPLETE = 0.3
"""What the share of the facts that an answer holds counts beside its score, which weighs them against brevity."""
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Posed:
    """A question of a set posed against an archive: its candidates, and which of them answer."""

    set: str
    gold: Gold
    question: Question
    found: list[Candidate]
    answers: list[bool]
    missing: tuple[str, ...]


def gold_of(asked: Annotated) -> Gold:
    """An annotated question as one with known evidence; it has no strings to look for."""
    place = asked.article.url or asked.article.path or ""
    return Gold(
        id=asked.id,
        question=asked.question,
        history=(),
        type=asked.kind,
        split=asked.split,
        asked_on=None,
        answerable=bool(asked.spans),
        evidence=tuple((place, quote) for quote in asked.quotes),
        must=(),
        must_not=(),
    )


def pose(assistant: Assistant, name: str, gold: Gold) -> Posed:
    """Search and read as the assistant does; an answer is a sentence of the evidence, in whichever article."""
    question = assistant.understand(gold.question, gold.history, today=gold.asked_on)
    within = narrowed(SearchFilter(), question.when) if question.when and question.when.strict else None
    hits = (within and assistant.hits(question, within)) or assistant.hits(question, SearchFilter())
    found = list(candidates(question, hits, assistant.reader.read))
    evidence = [_words(quote) for _, quote in gold.evidence]
    answers = [any(_words(c.text) in e or e in _words(c.text) for e in evidence) for c in found]
    return Posed(name, gold, question, found, answers, missing_names(question, hits))


def pose_quiz(assistant: Assistant, quiz: Quizzed) -> Posed | None:
    """As `pose`; an answer is a sentence that may give the quiz's. None when no candidate does, so none is known."""
    gold = Gold(
        id=quiz.id,
        question=quiz.question,
        history=(),
        type=KIND,
        split=quiz.split,
        asked_on=quiz.asked_on,
        answerable=True,
        evidence=(),
        must=((quiz.answer,),),
        must_not=(),
    )
    posed = pose(assistant, KIND, gold)
    answers = [may_answer(c.context_cover, c.logit) and holds(c.text, quiz.answer) for c in posed.found]
    named = tuple((c.article.url or "", c.text) for c, a in zip(posed.found, answers, strict=True) if a)
    return replace(posed, gold=replace(gold, evidence=named), answers=answers) if named else None


def fitted(posed: Sequence[Posed]) -> Measure:
    """Weights first, then bars."""
    return raise_bars(posed, Measure(*weigh(posed), least=-1.0, more=-1.5, below=1.5, gain=1.0, most=3))


def weigh(posed: Sequence[Posed]) -> tuple[dict[str, float], float]:
    """The weights and the bias of the logistic regression, as log-odds."""
    from sklearn.linear_model import LogisticRegression

    sizes = Counter(p.set for p in posed)
    rows = [[getattr(c, name) for name in FEATURES] for p in posed for c in p.found]
    weight = [len(posed) / sizes[p.set] for p in posed for _ in p.found]
    model = LogisticRegression(max_iter=5000).fit(np.array(rows), [a for p in posed for a in p.answers], weight)
    weights = {name: round(float(w), 3) for name, w in zip(FEATURES, model.coef_[0], strict=True)}
    return weights, round(float(model.intercept_[0]), 3)


def raise_bars(posed: Sequence[Posed], start: Measure) -> Measure:
    """The measure with the bars at which the mean score is highest (coordinate ascent, two rounds)."""
    best, most = start, mean(posed, start)
    for _ in range(2):
        for name, values in TRIED.items():
            for value in values:
                tried = replace(best, **{name: value})  # type: ignore[arg-type]
                if (now := mean(posed, tried)) > most:
                    best, most = tried, now
    return best


def mean(posed: Sequence[Posed], measure: Measure) -> float:
    """The mean over the sets of the mean worth of their questions."""
    worths: dict[str, list[float]] = {}
    for p in posed:
        got = scored(p, measure)
        wrong = got.wrong or (not p.gold.answerable and not got.declined)
        worth = (1 - COMPLETE) * got.desk + COMPLETE * got.facts if p.gold.answerable else got.desk
        worths.setdefault(p.set, []).append(WRONG if wrong else worth)
    return float(np.mean([np.mean(values) for values in worths.values()]))


def scored(p: Posed, measure: Measure) -> scoring.Score:
    """What the answer by this measure is worth."""
    finding = Finding((), ()) if p.missing else choose(p.question, p.found, most=measure.most, measure=measure)
    return scoring.score(p.gold, compose(p.gold.question, p.question, finding, near_misses=0))


def crossed(posed: Sequence[Posed]) -> dict[str, scoring.Figures]:
    """The figures of each set when every second question is answered by the measures fitted on the others."""
    scores: dict[str, list[tuple[Gold, scoring.Score]]] = {}
    for at in (0, 1):
        others = by_kind(posed[1 - at :: 2])
        for kind, part in by_kind(posed[at::2]).items():
            measure = fitted(others[kind])
            for p in part:
                scores.setdefault(p.set, []).append((p.gold, scored(p, measure)))
    return {name: scoring.figures(values) for name, values in scores.items()}


def reader_first(posed: Sequence[Posed]) -> dict[str, tuple[float, int]]:
    """Of each set the share of questions, and of how many, for which the sentence of the highest logit answers.

    Questions of which no candidate answers are left out: the search has lost them, not the reader.
    """
    first: dict[str, list[bool]] = {}
    for p in posed:
        if any(p.answers):
            best = max(range(len(p.found)), key=lambda i: p.found[i].logit)
            first.setdefault(p.set, []).append(p.answers[best])
    return {name: (float(np.mean(right)), len(right)) for name, right in first.items()}


def by_kind(posed: Sequence[Posed]) -> dict[str, list[Posed]]:
    """The questions by the measure that they have, see `measures.kind_of`.

    Quiz questions that ask for somebody's words are left out: the few of them would weigh as much as a whole set.
    """
    kinds: dict[str, list[Posed]] = {kind: [] for kind in KINDS}
    for p in posed:
        if not (p.question.speakers and p.set == KIND):
            kinds[kind_of(p.question)].append(p)
    return kinds


def tables(measures: Sequence[Measure]) -> str:
    """The measures of all KINDS as `assistant/measures.py` has them."""
    weights = [f'    "{name}": {tuple(m.weights[name] for m in measures)},' for name in FEATURES]
    bars = [f'    "{name}": {tuple(getattr(m, name) for m in measures)},' for name in BARS]
    return "\n".join(["WEIGHTS = {", *weights, "}", "BARS = {", *bars, "}"])


def _words(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))
