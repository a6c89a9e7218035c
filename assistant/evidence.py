"""Hits -> the sentences that answer, best first, no more than needed; or none, when the articles do not say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.question import Question, stems
from index import Article, Hit, Passage, Sentence, names_match

Embed = Callable[[Sequence[str]], NDArray[np.float32]]

MIN_SENTENCE = 25
"""Characters. Shorter ones (headings, bylines, "Sign up here.") answer nothing."""
WEIGHTS = {
    "similarity": 0.32,
    "cover": 0.19,
    "context_cover": 0.11,
    "names": 0.09,
    "own_names": 0.08,
    "voice": 0.09,
    "kind": 0.13,
    "rank": 0.21,
    "neighbour": 0.22,
}
"""Of what speaks for a sentence. They and the figures below were fitted on two question sets together, see README."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How good a sentence has to be.

    least: the score below which it does not answer; topic: the share of the topic's words that it and what stands
    around it must hold; keep: a further sentence is kept at this share of the best one's score; most: how many.
    """

    least: float
    topic: float
    keep: float
    most: int


SPEECH = Bar(least=0.59, topic=0.31, keep=0.72, most=3)
FACT = Bar(least=0.54, topic=0.0, keep=0.96, most=2)
BESIDE = 0.6
"""What a name in the sentence before or after is worth, against one in the sentence itself."""
STATEMENT = re.compile(r"[.!…:;,]['\"”’»)\]]*\Z")
"""How a sentence ends that states something; headings, captions and questions answer nothing."""
SAME = 0.75
"""Two sentences whose words overlap by this share (Jaccard) say the same thing."""
NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|half|third|quarter|twice)s?\b",
    re.IGNORECASE,
)
TIME = re.compile(
    r"\b(?:\d{4}|january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow|week|month|year)s?\b",
    re.IGNORECASE,
)
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
    own_names: float
    voice: float
    kind: float
    rank: float
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that answers, and the same thing said in other articles; the earliest published first."""

    places: tuple[Candidate, ...]


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
    sentences around it hold, by who speaks, by whether it has the kind of thing that is asked for (a number, a day),
    and by the rank of its passage. Nothing is evidence where a name that the question is about is missing, or where the
    person whose words are asked for does not speak.
    """
    return choose(question, list(_scored(question, hits, embed)), most=most)


def choose(question: Question, scored: Sequence[Candidate], *, most: int) -> Finding:
    """Of scored sentences, those that answer."""
    candidates = sorted(_with_neighbours(scored), key=lambda c: (-c.score, c.article.id, c.sentence.start))
    if not candidates:
        return Finding((), ())
    missing = _missing_names(question, candidates)
    if missing:
        return Finding((), _spread(candidates), missing=missing)
    bar = SPEECH if question.speaker else FACT
    able = [c for c in candidates if c.score >= bar.least and c.names >= 0.5 and c.context_cover >= bar.topic]
    if question.speaker:
        if not any(c.voice >= 0.5 for c in candidates):
            return Finding((), _spread(candidates), silent=question.speaker)
        able = [c for c in able if c.voice >= 0.5]
    if not able:
        return Finding((), _spread(candidates))
    return Finding(_distinct(able, bar.keep * able[0].score, min(most, bar.most)), _spread(candidates))


def _scored(question: Question, hits: Sequence[Hit], embed: Embed) -> Iterator[Candidate]:
    rows = [
        (rank, hit, i, hit.article.text[s.start : s.end])
        for rank, hit in enumerate(hits)
        for i, s in enumerate(hit.passage.sentences)
        if s.end - s.start >= MIN_SENTENCE and STATEMENT.search(hit.article.text[s.start : s.end])
    ]
    if not rows:
        return
    voices = [_voice(question, hit.passage.sentences[i]) for _, hit, i, _ in rows]
    # Where one speaker's words are asked for, nobody else's need to be read: their passage's similarity will do.
    read = [n for n, voice in enumerate(voices) if voice > 0 or not question.speaker]
    similarities = [hit.similarity or 0.0 for _, hit, _, _ in rows]
    if read:
        vectors = embed([question.text, *(rows[n][3] for n in read)])
        for n, similarity in zip(read, vectors[1:] @ vectors[0], strict=True):
            similarities[n] = float(similarity)
    for (rank, hit, i, text), similarity, voice in zip(rows, similarities, voices, strict=True):
        yield _weighed(_candidate(question, hit, i, text, rank=rank, similarity=similarity, voice=voice))


def _candidate(
    question: Question, hit: Hit, i: int, text: str, *, rank: int, similarity: float, voice: float
) -> Candidate:
    passage, sentence = hit.passage, hit.passage.sentences[i]
    around = " ".join(hit.article.text[s.start : s.end] for s in passage.sentences[max(0, i - 2) : i + 2])
    beside = " ".join(hit.article.text[s.start : s.end] for s in passage.sentences[max(0, i - 1) : i + 2])
    context = f"{hit.article.title} {around} {sentence.speaker or ''}"
    return Candidate(
        article=hit.article,
        passage=passage,
        sentence=sentence,
        text=text,
        similarity=similarity,
        cover=_cover(question, text),
        context_cover=_cover(question, context),
        names=_share_met(question.names, f"{hit.article.title} {passage.text}"),
        own_names=max(_share_met(question.names, text), BESIDE * _share_met(question.names, beside)),
        voice=voice,
        kind=_kind(question, text),
        rank=1 / (1 + rank / 4),
    )


def _weighed(c: Candidate) -> Candidate:
    return replace(c, score=sum(weight * getattr(c, name) for name, weight in WEIGHTS.items() if name != "neighbour"))


def _with_neighbours(candidates: Sequence[Candidate]) -> list[Candidate]:
    """A sentence gains when the one before or after it, said by the same speaker, is good too: speech runs on."""
    scores = {(c.article.id, c.sentence): c.score for c in candidates}
    found = []
    for c in candidates:
        at = c.passage.sentences.index(c.sentence)
        beside = [
            s
            for s in c.passage.sentences[max(0, at - 1) : at + 2]
            if s != c.sentence and s.speaker and s.speaker == c.sentence.speaker
        ]
        best = max((scores.get((c.article.id, s), 0.0) for s in beside), default=0.0)
        found.append(replace(c, score=c.score + WEIGHTS["neighbour"] * best))
    return found


def _cover(question: Question, text: str) -> float:
    """The share of the topic's words that `text` holds; a name in another form (DPRK, North Korea) counts as held."""
    if not question.terms:
        return 0.0
    held = set(stems(text)).union(*(stems(name) for name in question.names if _mentions(text, name)))
    return len(question.terms & held) / len(question.terms)


def _share_met(names: Sequence[str], text: str) -> float:
    return sum(_mentions(text, name) for name in names) / len(names) if names else 1.0


@lru_cache(maxsize=20_000)
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


def _distinct(able: Sequence[Candidate], floor: float, most: int) -> tuple[Evidence, ...]:
    """The best candidates that differ; those that say the same in another article are put together."""
    groups: list[list[Candidate]] = []
    for candidate in able:
        same = next((g for g in groups if _alike(g[0].text, candidate.text)), None)
        if same is not None:
            if candidate.article.id not in {c.article.id for c in same}:
                same.append(candidate)
        elif len(groups) < most and candidate.score >= floor:
            groups.append([candidate])
    whole = [[_whole_quotation(c) for c in group] for group in groups]
    chosen: list[list[Candidate]] = []
    for group in whole:
        if not any(_overlap(group[0], other[0]) for other in chosen):
            chosen.append(group)
    return tuple(Evidence(tuple(sorted(group, key=_earliest))) for group in chosen)


def _whole_quotation(c: Candidate) -> Candidate:
    """The candidate with the sentences before and after it that its quotation runs over, two at the most each way."""
    sentences, at = c.passage.sentences, c.passage.sentences.index(c.sentence)
    first = last = at
    while first > max(0, at - 2) and _open(c.article.text[sentences[first].start : sentences[at].end]) < 0:
        first -= 1
    while (
        last < min(len(sentences) - 1, at + 2)
        and _open(c.article.text[sentences[first].start : sentences[last].end]) > 0
    ):
        last += 1
    text = c.article.text[sentences[first].start : sentences[last].end]
    if first == last or _open(text) or "\n" in text:
        return c
    return replace(c, sentence=replace(c.sentence, start=sentences[first].start, end=sentences[last].end), text=text)


def _open(text: str) -> int:
    """How many curly quotations `text` opens and does not close; negative when it closes one that it did not open."""
    return text.count("“") - text.count("”")


def _overlap(one: Candidate, other: Candidate) -> bool:
    same = one.article.id == other.article.id
    return same and one.sentence.start < other.sentence.end and other.sentence.start < one.sentence.end


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
