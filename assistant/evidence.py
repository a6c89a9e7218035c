"""Hits -> the sentences that answer, best first, no more than needed; or none, when the articles do not say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.question import Question, stems
from index import Article, Hit, Passage, Sentence, names_match

Embed = Callable[[Sequence[str]], NDArray[np.float32]]

MIN_SENTENCE = 25
"""Characters. Shorter ones (headings, bylines, "Sign up here.") answer nothing."""
KEEP = 0.82
"""A further sentence is kept when its score is at least this share of the best one's."""
SAME = 0.75
"""Two sentences whose words overlap by this share (Jaccard) say the same thing."""
NUMBER = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|half|third|quarter|twice)s?\b", re.IGNORECASE)
TIME = re.compile(r"\b(?:\d{4}|january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow|week|month|year)s?\b", re.IGNORECASE)
CAPITAL = re.compile(r"(?<=\w\s)[A-Z]\w+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with what speaks for it (each 0 to 1) and the sum of that."""

    article: Article
    passage: Passage
    sentence: Sentence
    text: str
    similarity: float
    cover: float
    context_cover: float
    names: float
    voice: float
    kind: float
    rank: float
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that answers, and the same thing said in other articles; the earliest published first."""

    places: tuple[Candidate, ...]

    @property
    def score(self) -> float:
        """How well its best place answers."""
        return max(place.score for place in self.places)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: the evidence, or when there is none that answers, the nearest candidates and why they do not."""

    evidence: tuple[Evidence, ...]
    nearest: tuple[Candidate, ...]
    missing: tuple[str, ...] = ()
    silent: str | None = None


def find_evidence(question: Question, hits: Sequence[Hit], embed: Embed, *, most: int) -> Finding:
    """Choose the sentences of `hits` that answer `question`, at most `most` different ones.

    A sentence is scored by its similarity to the question, by the words and names of the question that it and the
    sentences around it hold, by who speaks, by whether it has the kind of thing that is asked for (a number, a day), and by
    the rank of its passage. Nothing is evidence where a name that the question is about is missing, or where the
    person whose words are asked for does not speak.
    """
    candidates = sorted(_scored(question, hits, embed), key=lambda c: (-c.score, c.article.id, c.sentence.start))
    if not candidates:
        return Finding((), ())
    missing = _missing_names(question, candidates)
    if missing:
        return Finding((), _spread(candidates), missing=missing)
    able = [c for c in candidates if c.score >= _threshold(question) and c.names >= 0.5]
    if question.speaker:
        able = [c for c in able if c.voice >= 0.5]
        if not able and not any(c.voice >= 0.5 for c in candidates):
            return Finding((), _spread(candidates), silent=question.speaker)
    if not able:
        return Finding((), _spread(candidates))
    return Finding(_distinct(able, most), _spread(candidates))


def _threshold(question: Question) -> float:
    return 0.50 if question.kind == "speech" else 0.52


def _scored(question: Question, hits: Sequence[Hit], embed: Embed) -> Iterator[Candidate]:
    rows = [
        (rank, hit, i, hit.article.text[s.start : s.end])
        for rank, hit in enumerate(hits)
        for i, s in enumerate(hit.passage.sentences)
        if s.end - s.start >= MIN_SENTENCE
    ]
    if not rows:
        return
    vectors = embed([question.text, *(text for *_, text in rows)])
    similarities = vectors[1:] @ vectors[0]
    for (rank, hit, i, text), similarity in zip(rows, similarities, strict=True):
        yield _weighed(_candidate(question, hit, i, text, rank=rank, similarity=float(similarity)))


def _candidate(question: Question, hit: Hit, i: int, text: str, *, rank: int, similarity: float) -> Candidate:
    passage, sentence = hit.passage, hit.passage.sentences[i]
    around = " ".join(hit.article.text[s.start : s.end] for s in passage.sentences[max(0, i - 2) : i + 2])
    context = f"{hit.article.title} {around} {sentence.speaker or ''}"
    return Candidate(
        article=hit.article,
        passage=passage,
        sentence=sentence,
        text=text,
        similarity=similarity,
        cover=_cover(question.terms, text),
        context_cover=_cover(question.terms, context),
        names=_names_met(question.names, f"{hit.article.title} {passage.text}"),
        voice=_voice(question, sentence),
        kind=_kind(question, text),
        rank=1 / (1 + rank / 4),
    )


def _weighed(c: Candidate) -> Candidate:
    score = 0.42 * c.similarity + 0.18 * c.cover + 0.16 * c.context_cover + 0.08 * c.names + 0.10 * c.voice
    return replace(c, score=score + 0.08 * c.kind + 0.12 * c.rank)


def _cover(terms: frozenset[str], text: str) -> float:
    return len(terms & set(stems(text))) / len(terms) if terms else 0.0


def _names_met(names: Sequence[str], text: str) -> float:
    if not names:
        return 1.0
    return sum(_mentions(text, name) for name in names) / len(names)


def _mentions(text: str, name: str) -> bool:
    """Whether `text` names what the question names, fully, by its last word, or in another form (DPRK, North Korea)."""
    words = set(stems(text))
    parts = stems(name)
    if not parts or parts[-1] in words or (len(parts) > 1 and sum(p in words for p in parts) * 2 >= len(parts)):
        return True
    return any(names_match(name, other) for other in CAPITAL_RUN.findall(text))


CAPITAL_RUN = re.compile(r"\b[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,4}")


def _voice(question: Question, sentence: Sentence) -> float:
    if not question.speaker:
        return 0.5
    said_by = [name for name in (sentence.speaker, sentence.speaks_for) if name]
    if any(names_match(question.speaker, name) for name in said_by):
        return 1.0
    asked = set(stems(question.speaker))
    if any(asked & set(stems(name)) for name in said_by):
        return 0.6
    return 0.0


def _kind(question: Question, text: str) -> float:
    if question.kind == "number":
        return float(bool(NUMBER.search(text)))
    if question.kind == "when":
        return float(bool(TIME.search(text)))
    if question.kind in ("who", "where"):
        return float(bool(CAPITAL.search(text)))
    return 0.5


def _missing_names(question: Question, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """The names in the question that nothing that was found speaks of."""
    texts = {c.passage.id: f"{c.article.title} {c.passage.text}" for c in candidates}
    return tuple(name for name in question.names if not any(_mentions(text, name) for text in texts.values()))


def _distinct(able: Sequence[Candidate], most: int) -> tuple[Evidence, ...]:
    """The best candidates, those that say the same put together; the sentence after a chosen one that goes on counts."""
    floor = KEEP * able[0].score
    groups: list[list[Candidate]] = []
    for candidate in able:
        same = next((g for g in groups if _alike(g[0].text, candidate.text)), None)
        if same is not None:
            if candidate.article.id not in {c.article.id for c in same}:
                same.append(candidate)
        elif len(groups) < most and candidate.score >= floor:
            groups.append([candidate])
    return tuple(Evidence(tuple(sorted(group, key=_earliest))) for group in groups)


def _earliest(c: Candidate) -> tuple[str, str]:
    return (c.article.published.isoformat() if c.article.published else "9999", c.article.id)


def _alike(one: str, other: str) -> bool:
    a, b = set(stems(one)), set(stems(other))
    return bool(a | b) and len(a & b) / len(a | b) >= SAME


def _spread(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The best candidate of each passage."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        best.setdefault(candidate.passage.id, candidate)
    return tuple(best.values())
