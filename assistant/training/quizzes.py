"""Quiz questions and an archive -> examples by distant supervision (Mintz et al. 2009).

Of a quiz question only the answer's words are known. Sentences that hold them may answer; one of them does, which one
the training finds out (`Example.sure`). A sentence without them does not answer.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.candidates import MIN_SENTENCE, Read, covered_share
from assistant.evaluation.scoring import holds, plain
from assistant.jsonlines import read_lines
from assistant.layout import Layout
from assistant.question import Question, stems, understand
from assistant.training.examples import FOUND, Example, Examples, Place
from index import Archive, Article, Hit, Passage

KIND = "quiz"
HELD = 4
"""One question in so many is held out, by a checksum of its words."""
LIKELY = 3
"""At most so many passages of a question count as ones that may answer; others that hold the answer are left out."""
TOPIC, SURE = 0.4, 0.0
"""A sentence that holds the answer may answer when with its neighbours it holds this share of the question's words, or
when the reader gives it this logit: else it names the answer for another reason."""
COVERED = 4.0
"""What all of the question's words are worth beside the logit."""
TAG = re.compile(r"<[^>]+>")
QUOTES = "“”\"‘’' ."


@dataclass(frozen=True, slots=True)
class Quizzed:
    """A quiz question; `answer`: the words that an answer has to hold; `asked_on`: where known, the day of "today"."""

    id: str
    split: str
    question: str
    answer: str
    asked_on: date | None = None


def quizzes(file: Path, without: Iterable[Path] = ()) -> Iterator[Quizzed]:
    """The questions of a file of lines with id, question and answer, each once; `split` is "train" or "held".

    A line may have the `date` on which it was asked. Left out are questions that have the id or the words of one in the
    files of `without`, and questions that give the answer away or that ask for what is not so.
    """
    kept_out = [row for other in without for _, row in read_lines(other)]
    ids, seen = {row["id"] for row in kept_out}, {_same(row["question"]) for row in kept_out}
    for _, row in read_lines(file):
        question, answer, words = _clean(row["question"]), _clean(row["answer"]).strip(QUOTES), _same(row["question"])
        if row["id"] in ids or words in seen:
            continue
        seen.add(words)
        if answer and not holds(question, answer) and not re.search(r"\b(?:except|not|never)\b", question, re.I):
            split = "train" if zlib.crc32(words.encode()) % HELD else "held"
            day = date.fromisoformat(row["date"]) if row.get("date") else None
            yield Quizzed(row["id"], split, question, answer, day)


def make_quiz_examples(
    archive: Archive,
    layout: Layout,
    asked: Iterable[Quizzed],
    read: Read,
    progress: Callable[[int], None] = lambda done: None,
) -> Examples:
    """Pose each question against the archive; those of which nothing found may hold the answer are left out."""
    there: dict[str, tuple[Article, Passage]] = {}
    found = []
    for number, quiz in enumerate(asked, 1):
        hits = archive.search(quiz.question, FOUND)
        places = tuple(_places(quiz, hits, read))
        progress(number)
        if not any(any(p.answers) for p in places):
            continue
        there.update({h.passage.id: (h.article, h.passage) for h in hits})
        (tokens,) = layout.tokens([quiz.question])
        found.append(Example(quiz.id, quiz.split, KIND, tokens, places, sure=False))
    keys = list(there)
    return Examples(found, dict(zip(keys, layout.parts([there[k] for k in keys]), strict=True)))


def may_answer(share: float, logit: float) -> bool:
    """Whether a sentence that holds the answer may give it, by the share of the question's words around it."""
    return share >= TOPIC or logit >= SURE


def _places(quiz: Quizzed, hits: Sequence[Hit], read: Read) -> Iterator[Place]:
    """The passages that do not hold the answer, and the few that most likely answer."""
    question = understand(quiz.question)
    holding = [[_holds(quiz.answer, hit, i) for i in range(len(hit.passage.sentences))] for hit in hits]
    able = [rank for rank, held in enumerate(holding) if any(held)]
    likely: dict[int, float] = {}
    for rank, logits in zip(able, read(quiz.question, [hits[rank] for rank in able]), strict=True):
        worth = [_worth(question, hits[rank], i, logits[i]) for i, held in enumerate(holding[rank]) if held]
        if fit := [w for w in worth if w is not None]:
            likely[rank] = max(fit)
    best = sorted(likely, key=likely.__getitem__, reverse=True)[:LIKELY]
    for rank, hit in enumerate(hits):
        if rank in best or not any(_near(quiz.answer, hit)):
            yield Place(hit.passage.id, False, rank, tuple(holding[rank]))


def _holds(answer: str, hit: Hit, i: int) -> bool:
    s = hit.passage.sentences[i]
    return s.end - s.start >= MIN_SENTENCE and holds(hit.article.text[s.start : s.end], answer)


def _near(answer: str, hit: Hit) -> Iterator[bool]:
    """Of each sentence, whether it holds half of the answer's words: it may give the answer in another form."""
    words = set(stems(answer)) or {plain(answer)}
    for s in hit.passage.sentences:
        text = hit.article.text[s.start : s.end]
        yield holds(text, answer) or 2 * len(words & set(stems(text))) >= len(words)


def _worth(question: Question, hit: Hit, i: int, logit: float) -> float | None:
    """How likely the sentence answers, in logits; None when it hardly does."""
    sentences = hit.passage.sentences[max(0, i - 2) : i + 2]
    around = " ".join([hit.article.title, *(hit.article.text[s.start : s.end] for s in sentences)])
    share = covered_share(question, around)
    return logit + COVERED * share if may_answer(share, logit) else None


def _clean(text: str) -> str:
    return " ".join(TAG.sub("", html.unescape(text)).split())


def _same(text: str) -> str:
    return plain(_clean(text))
