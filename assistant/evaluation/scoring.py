"""An answer held against what is known of its question -> a score; scores -> figures."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.answer import Answer
from assistant.evaluation.questions import Gold, Quiz
from index import Article

Figures = dict[str, float | None]
"""Figures by name, 0 to 1 unless said; None where there was no question to take them from."""

WORD = re.compile(r"\w+")
STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})
ENOUGH = 0.7
"""The share of the words of the evidence that is all of it, where a question has no strings to look for: annotators
mark near-repetitions too."""
RUN = 5
"""Words. A shorter run that a quote and a gold sentence have in common is chance, unless it is all of one of them."""


@dataclass(frozen=True, slots=True)
class Score:
    """What an answer to a gold question is worth; the counts are in words.

    facts: share of the groups of strings of which one stands in the answer; of a question without such strings, the
    share of its evidence's words that was quoted, of which ENOUGH is all. quoted: words in its quotes, matched: those
    of them that stand in gold sentences of the same article. gold: words in the gold sentences, found: those of them
    that were quoted. wrong: a string that must not be there is. desk: see `desk`.
    """

    declined: bool
    words: int
    facts: float = 0.0
    quoted: int = 0
    matched: int = 0
    gold: int = 0
    found: int = 0
    wrong: bool = False
    desk: float = 0.0

    @property
    def precision(self) -> float:
        """Share of the quoted words that stand in gold sentences."""
        return self.matched / self.quoted if self.quoted else 0.0

    @property
    def recall(self) -> float:
        """Share of the words of the gold sentences that were quoted; near-duplicates count, so 1 is not needed."""
        return self.found / self.gold if self.gold else 0.0


@dataclass(frozen=True, slots=True)
class QuizScore:
    """Whether the answer's words stand in the text of an answer to a quiz question."""

    declined: bool
    words: int
    right: bool


def places_of(article: Article) -> set[str]:
    """The names that a gold question may give an article: its URL or, where it has none, its path or file name."""
    if article.url:
        return {article.url}
    return {article.path, re.split(r"[/\\]", article.path)[-1]} if article.path else set()


def score(gold: Gold, answer: Answer) -> Score:
    """Score the answer to a gold question.

    A quoted word is matched when it is part of a run of at least five words that the quote has in common with a gold
    sentence of the same article (or all of the shorter one).
    """
    declined, length = not answer.answered, len(words(answer.text))
    if not gold.answerable:
        return Score(declined, length, desk=float(declined))
    text = plain(answer.text)
    sentences = [(place, words(quote)) for place, quote in gold.evidence]
    found = [[False] * len(sentence) for _, sentence in sentences]
    quoted = matched = 0
    for citation in answer.citations:
        quote, places = words(citation.quote), places_of(citation.article)
        hit = [False] * len(quote)
        for number, (place, sentence) in enumerate(sentences):
            if place in places:
                hit = _either(hit, covered(quote, sentence))
                found[number] = _either(found[number], covered(sentence, quote))
        quoted += len(quote)
        matched += sum(hit)
    gold_words, found_words = sum(map(len, found)), sum(map(sum, found))
    if gold.must:
        facts = sum(any(plain(s) in text for s in group) for group in gold.must) / len(gold.must)
    else:
        facts = min(1.0, found_words / (ENOUGH * gold_words))
    wrong = not declined and any(plain(s) in text for s in gold.must_not)
    precision = matched / quoted if quoted else 0.0
    return Score(
        declined=declined,
        words=length,
        facts=0.0 if declined else facts,  # what is named as not found answers nothing
        quoted=quoted,
        matched=matched,
        gold=gold_words,
        found=found_words,
        wrong=wrong,
        desk=0.0 if declined or wrong else harmonic(facts, precision),
    )


def score_quiz(quiz: Quiz, answer: Answer) -> QuizScore:
    """Score the answer to a quiz question: right when it holds the known answer as whole words, in either case."""
    right = answer.answered and holds(answer.text, quiz.answer)
    return QuizScore(not answer.answered, len(words(answer.text)), right)


def figures(scored: Iterable[tuple[Gold, Score]]) -> Figures:
    """The figures of answers to gold questions.

    desk, the headline, is the mean over all questions: for an answerable one the harmonic mean of facts and precision,
    0 when it was declined or a wrong string stood in the answer; for an unanswerable one 1 when it was declined.
    Of the answerable ones: facts, recall and word_f1 over all of them, precision over those that were answered (word_f1
    is the micro F1 of quoted and gold words, as extractive question answering has it: Rajpurkar et al., EMNLP 2016),
    wrong and declined as shares; of the unanswerable ones: refused. words is the median length of an answer.
    """
    rows = list(scored)
    can = [s for gold, s in rows if gold.answerable]
    cannot = [s for gold, s in rows if not gold.answerable]
    given = [s for s in can if not s.declined]
    quoted, matched, found = (sum(getattr(s, key) for s in given) for key in ("quoted", "matched", "found"))
    wanted = sum(s.gold for s in can)
    precision, recall = (matched / quoted if quoted else 0.0), (found / wanted if wanted else 0.0)
    return {
        "desk": mean([s.desk for _, s in rows]),
        "facts": mean([s.facts for s in can]),
        "precision": mean([s.precision for s in given]),
        "recall": mean([0.0 if s.declined else s.recall for s in can]),
        "word_f1": harmonic(precision, recall),
        "wrong": mean([s.wrong for s in can]),
        "refused": mean([s.declined for s in cannot]),
        "declined": mean([s.declined for s in can]),
        "words": statistics.median([s.words for _, s in rows if not s.declined] or [0]),
    }


def quiz_figures(scores: Sequence[QuizScore]) -> Figures:
    """Of answers to quiz questions: the share that is right, the share that was declined, the median length."""
    return {
        "quiz": mean([s.right for s in scores]),
        "quiz_declined": mean([s.declined for s in scores]),
        "quiz_words": statistics.median([s.words for s in scores if not s.declined] or [0]),
    }


def words(text: str) -> list[str]:
    """Lower-case words."""
    return WORD.findall(text.translate(STRAIGHT).lower())


def plain(text: str) -> str:
    """Lower-case text with straight quotation marks and single spaces."""
    return " ".join(text.translate(STRAIGHT).lower().split())


def holds(text: str, answer: str) -> bool:
    """Whether `answer` stands in `text` as whole words, in either case."""
    return re.search(rf"(?<!\w){re.escape(plain(answer))}(?!\w)", plain(text)) is not None


def covered(words: Sequence[str], other: Sequence[str]) -> list[bool]:
    """Which of `words` belong to a run of at least five (or all of the shorter side) that `other` has too."""
    marks = [False] * len(words)
    need = min(RUN, len(words), len(other))
    for start, _, size in SequenceMatcher(None, words, other, autojunk=False).get_matching_blocks():
        if size >= need > 0:
            marks[start : start + size] = [True] * size
    return marks


def mean(values: Sequence[float]) -> float | None:
    """The mean, or None of nothing."""
    return sum(values) / len(values) if values else None


def harmonic(a: float, b: float) -> float:
    """The harmonic mean of two shares; 0 when both are."""
    return 2 * a * b / (a + b) if a + b else 0.0


def _either(a: Sequence[bool], b: Sequence[bool]) -> list[bool]:
    return [x or y for x, y in zip(a, b, strict=True)]
