"""The assistant asked all questions of a set -> what each answer is worth, and the figures of the whole."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from assistant.answer import Answer
from assistant.evaluation import ranking, scoring
from assistant.evaluation.questions import Gold, Question, Quiz
from assistant.evaluation.ranking import DEPTH, Ranking
from assistant.evaluation.scoring import Figures, QuizScore, Score, holds, places_of, plain
from index import Archive, Passage, Progress, SearchFilter

if TYPE_CHECKING:
    from assistant.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Result:
    """One question, its answer, what that is worth, where retrieval had the passages that answer, and how long it took.

    ranking: of the passages that are found and read for the question made to stand alone; None for an unanswerable
        question.
    seconds: from question to answer.
    """

    question: Question
    answer: Answer
    score: Score | QuizScore
    ranking: Ranking | None
    seconds: float

    @property
    def worth(self) -> float:
        """0 to 1: the desk score, or whether the quiz answer is right."""
        return self.score.desk if isinstance(self.score, Score) else float(self.score.right)

    def faults(self) -> list[str]:
        """What is wrong with the answer, in words; nothing when it is as good as can be."""
        return list(_faults(self))

    def to_dict(self) -> dict[str, object]:
        """The result as JSON has it."""
        return {
            "id": self.question.id,
            "type": self.question.type,
            "split": self.question.split,
            "question": self.question.question,
            "standalone_question": self.answer.standalone_question,
            "worth": self.worth,
            "answered": self.answer.answered,
            "text": self.answer.text,
            "faults": self.faults(),
            "ranks": list(self.ranking.ranks) if self.ranking else None,
            "seconds": self.seconds,
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The results of a set of questions, in its order.

    absent: the ids of the questions all of whose evidence is in articles that the archive does not have.
    misquoted: the ids of those with a gold quote that its article does not hold. Both count in all figures.
    """

    results: tuple[Result, ...]
    absent: tuple[str, ...] = ()
    misquoted: tuple[str, ...] = ()

    def figures(self) -> Figures:
        """The figures of all questions; see `figures`."""
        return figures(self.results)

    def by_type(self) -> dict[str, Figures]:
        """The figures of each type of question, in the set's order, and in the end those of "all"."""
        kinds = dict.fromkeys(r.question.type for r in self.results)
        each = {kind: figures([r for r in self.results if r.question.type == kind]) for kind in kinds}
        return {**(each if len(each) > 1 else {}), "all": self.figures()}

    def by_split(self) -> dict[str, Figures]:
        """The figures of each part of the set, in its order; empty where no question names its part."""
        parts = dict.fromkeys(r.question.split for r in self.results if r.question.split)
        return {part: figures([r for r in self.results if r.question.split == part]) for part in parts}

    def worst(self, number: int) -> list[Result]:
        """The `number` results that are worth least, those that came first in the set first; perfect ones left out."""
        return sorted((r for r in self.results if r.worth < 1), key=lambda r: r.worth)[:number]

    def to_dict(self, *, worst: int) -> dict[str, object]:
        """The evaluation as JSON has it, with the `worst` results."""
        return {
            "figures": self.figures(),
            "by_type": self.by_type(),
            "by_split": self.by_split(),
            "absent": list(self.absent),
            "misquoted": list(self.misquoted),
            "worst": [r.to_dict() for r in self.worst(worst)],
        }


def evaluate(assistant: Assistant, questions: Sequence[Question], *, progress: Progress | None = None) -> Evaluation:
    """Ask all `questions`, the model loaded beforehand, and score the answers."""
    book = Book(assistant.archive)
    assistant.ask(questions[0].question, questions[0].history)
    results, absent, misquoted = [], [], []
    for number, question in enumerate(questions, 1):
        start = time.perf_counter()
        answer = assistant.ask(question.question, question.history, today=question.asked_on)
        seconds = time.perf_counter() - start
        if isinstance(question, Gold):
            relevant, known, whole = book.passages_with(question)
            if question.answerable and not known:
                absent.append(question.id)
            elif not whole:
                misquoted.append(question.id)
            ranked = _ranking(assistant, question, answer, relevant) if question.answerable else None
            results.append(Result(question, answer, scoring.score(question, answer), ranked, seconds))
        else:
            ranked = _quiz_ranking(assistant, answer, question)
            results.append(Result(question, answer, scoring.score_quiz(question, answer), ranked, seconds))
        if progress:
            progress("asking", number, len(questions))
    return Evaluation(tuple(results), tuple(absent), tuple(misquoted))


def figures(results: Sequence[Result]) -> Figures:
    """The figures of `results`: `questions` counts them, `ask_median` and `ask_p95` are the seconds to an answer.

    Gold questions bring `scoring.figures` and `ranking.figures`, quiz questions their `quiz_figures`.
    """
    gold = [(r.question, r.score) for r in results if isinstance(r.question, Gold) and isinstance(r.score, Score)]
    quiz = [r.score for r in results if isinstance(r.score, QuizScore)]
    found = [r.ranking for r in results if r.ranking and isinstance(r.question, Gold)]
    hits = [r.ranking for r in results if r.ranking and isinstance(r.question, Quiz)]
    seconds = [r.seconds for r in results]
    return {
        "questions": len(results),
        **(scoring.figures(gold) | ranking.figures(found) if gold else {}),
        **(scoring.quiz_figures(quiz) | ranking.quiz_figures(hits) if quiz else {}),
        "ask_median": median(seconds) if seconds else None,
        "ask_p95": float(np.percentile(seconds, 95)) if seconds else None,
    }


class Book:
    """Which passages of an archive hold the evidence of a question."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._ids = {place: article.id for article in archive.listing() for place in places_of(article)}

    def passages_with(self, gold: Gold) -> tuple[set[str], bool, bool]:
        """The ids of the passages that hold a gold quote whole or, where none does, a part of it.

        With that: whether any of the articles is in the archive, and whether those that are hold all their quotes.
        """
        relevant: set[str] = set()
        known, whole = False, True
        for place in dict.fromkeys(place for place, _ in gold.evidence):
            if place not in self._ids:
                continue
            known = True
            article = self._archive.article(self._ids[place])
            passages = self._archive.passages_of(article)
            for quote in (q for p, q in gold.evidence if p == place):
                start = article.text.find(quote)
                whole = whole and start >= 0
                holding = {p.id for p in passages if quote in p.text}
                if not holding and start >= 0:
                    holding = {p.id for p in passages if p.start < start + len(quote) and start < p.end}
                relevant |= holding
        return relevant, known, whole


def _ranking(assistant: Assistant, gold: Gold, answer: Answer, relevant: set[str]) -> Ranking:
    return Ranking.of([passage.id for passage in _passages(assistant, gold, answer)], relevant)


def _quiz_ranking(assistant: Assistant, answer: Answer, quiz: Quiz) -> Ranking:
    found = _passages(assistant, quiz, answer)
    return Ranking.of([p.id for p in found], {p.id for p in found if holds(p.text, quiz.answer)})


def _passages(assistant: Assistant, question: Question, answer: Answer) -> list[Passage]:
    asked = assistant.understand(answer.standalone_question, today=question.asked_on)
    return assistant.ranked(asked, SearchFilter(), most=DEPTH)


def _faults(result: Result) -> Iterator[str]:
    question, score = result.question, result.score
    if isinstance(score, QuizScore):
        if not score.right and isinstance(question, Quiz):
            yield f"not in the answer: {question.answer}"
    elif isinstance(question, Gold) and not question.answerable:
        if not score.declined:
            yield "answered, and the articles do not say"
    elif isinstance(question, Gold):
        yield from _shortfalls(question, score, result.answer)
    if result.ranking and result.worth < 1:
        ranks = result.ranking.ranks
        yield f"an answering passage at rank {ranks[0]}" if ranks else f"no answering passage in the first {DEPTH}"


def _shortfalls(gold: Gold, score: Score, answer: Answer) -> Iterator[str]:
    text = plain(answer.text)
    if score.declined:
        yield "declined"
    yield from ("not in the answer: " + " / ".join(g) for g in gold.must if not any(plain(s) in text for s in g))
    if score.wrong:
        yield from (f"wrong: {s}" for s in gold.must_not if plain(s) in text)
    if score.quoted > score.matched:
        yield f"{score.quoted - score.matched} of {score.quoted} quoted words are not evidence"
