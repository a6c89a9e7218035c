"""Hits -> candidates: each sentence that may answer, with what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.expected import expected
from assistant.introductions import surely_held
from assistant.question import Question, stems
from assistant.relations import owner_of
from assistant.spans import YEAR
from assistant.voice import voice_of
from index import Article, Hit, Mention, Passage, Sentence

Read = Callable[[str, Sequence[Hit]], list[list[float]]]

MIN_SENTENCE = 25
"""Characters. Shorter ones (headings, bylines, "Sign up here.") answer nothing."""
LONG = 400
"""Characters of a sentence from which it counts as long as any."""
LOOKED_AT = 16
"""How many sentences, those with the highest logits, are looked at further."""
BESIDE = 0.6
"""What a name in the sentence before or after is worth, against one in the sentence itself."""
NUMBER = re.compile(r"(?<![\w-])\d+(?![\w-])")
"""A number in a name."""
OWNED = re.compile(r"^.*\w['’]s? (?=\w)")
"""Whose it is that a name names."""
STATEMENT = re.compile(r"[.!…:;,]['\"”’»)\]]*\Z")
"""How a sentence ends that states something; headings, captions and questions answer nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with what speaks for it (each 0 to 1, but for the logit) and the sum of that.

    logit: the reader's: above 0 it answers rather than that nothing does.
    cover, context_cover: the share of the topic's words that the sentence, or it and what stands around it, holds.
    names, own_names: the share of the topic's names that its passage, or it and its neighbours, name.
    voice: whether the speaker asked for speaks; voices: the same of each speaker.
    kind: whether it has the kind of thing that is asked for. length: its characters, as a share of LONG.
    rank: of its passage. about: whether its article is about what is asked at all. score: see `evidence.py`.
    """

    article: Article
    passage: Passage
    sentence: Sentence
    text: str
    logit: float
    cover: float
    context_cover: float
    names: float
    own_names: float
    voice: float
    kind: float
    length: float
    rank: float
    about: bool
    voices: tuple[float, ...]
    score: float = 0.0

    @property
    def named(self) -> float:
        """Whether the speaker asked for speaks here and names what is asked about."""
        return self.voice * self.own_names


def candidates(question: Question, hits: Sequence[Hit], read: Read) -> Iterator[Candidate]:
    """The sentences of the hits that state something and that the reader holds most likely to answer."""
    rows = [
        (rank, hit, i, hit.article.text[s.start : s.end])
        for rank, hit in enumerate(hits)
        for i, s in enumerate(hit.passage.sentences)
        if s.end - s.start >= MIN_SENTENCE and STATEMENT.search(hit.article.text[s.start : s.end])
    ]
    if not rows:
        return
    logits = read(question.focus, hits)
    best = sorted(rows, key=lambda row: logits[row[0]][row[2]], reverse=True)[:LOOKED_AT]
    articles = {hit.article.id: hit.article for _, hit, _, _ in best}
    about = {i: is_about(question, article) for i, article in articles.items()}
    voices = _voices(question, [(hit.article, hit.passage.sentences[i]) for _, hit, i, _ in best], read)
    for (rank, hit, i, text), voice in zip(best, voices, strict=True):
        known = {"rank": rank, "logit": logits[rank][i]}
        yield _candidate(question, hit, i, text, voices=voice, about=about[hit.article.id], **known)


def _voices(question: Question, said: Sequence[tuple[Article, Sentence]], read: Read) -> list[tuple[float, ...]]:
    """For each sentence how surely each of those speaks there whose words are asked for.

    Where somebody is asked for by a role, those who speak and are not known to hold it are looked at more closely.
    """
    columns = []
    for who, names in zip(question.speakers, question.voices, strict=True):
        voices = [voice_of(names, sentence) for _, sentence in said]
        if who in question.roles:
            there = {article.id: is_of_there(who, article) for article, _ in said}
            able = [s.speaker and (voice == 1 or there[a.id]) for (a, s), voice in zip(said, voices, strict=True)]
            spoken = [(*one, voice) for one, voice, may in zip(said, voices, able, strict=True) if may]
            held = iter(surely_held(who, spoken, read))
            voices = [next(held) if may else 0.0 for may in able]
        columns.append(voices)
    return list(zip(*columns, strict=True)) or [()] * len(said)


def _candidate(
    question: Question,
    hit: Hit,
    i: int,
    text: str,
    *,
    voices: tuple[float, ...],
    rank: float,
    logit: float,
    about: bool,
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
        logit=logit,
        cover=covered_share(question, text),
        context_cover=covered_share(question, context),
        names=share_met(question.names, f"{hit.article.title} {passage.text}"),
        own_names=max(share_met(question.names, text), BESIDE * share_met(question.names, beside)),
        voice=max(voices, default=0.5),
        voices=voices,
        kind=expected(question, text),
        length=min(1.0, len(text) / LONG),
        rank=1 / (1 + rank / 4),
        about=about,
    )


def is_about(question: Question, article: Article) -> bool:
    """Whether the article speaks of what the question names: of all of it, or of most."""
    if not question.names:
        return True
    text = f"{article.title} {article.text}"
    named = [speaks_of(text, name) and has_number_of(article, name) for name in question.names]
    return all(named) or 2 * sum(named) > len(named)


def is_of_there(role: str, article: Article) -> bool:
    """Whether a role may be held in an article: the mayor of Velby speaks in none that nowhere names Velby.

    What is known by its initials ("ACLU") may be written out.
    """
    owner = owner_of(role)
    return owner is None or owner.isupper() or speaks_of(f"{article.title} {article.text}", owner)


def mentions(text: str, name: str) -> bool:
    """Whether `text` names what the question names, in any form (DPRK, North Korea)."""
    return bool(_mention(name).places(text))


def speaks_of(text: str, name: str) -> bool:
    """Whether `text` names what the question names in any form, or by half of its words: of "NASA's Zephyr", Zephyr.

    Of a name of more than two words it has more than half: another Grand Prix is not that of Ruritania in Velby.
    """
    if mentions(text, name):
        return True
    words = set(stems(OWNED.sub("", name)))
    return 2 * len(words & set(stems(text))) >= len(words) + (len(words) > 2)


def has_number_of(article: Article, name: str) -> bool:
    """Whether the article has the numbers in a name ("2030 World Cup", "737 Max"), or is of about that year."""
    return all(_of_about(article, number) or _has_number(article, number) for number in NUMBER.findall(name))


def _of_about(article: Article, number: str) -> bool:
    """Whether a number is a year, and not known to be far from that of the article."""
    if not re.fullmatch(YEAR, number):
        return False
    return article.published is None or abs(article.published.year - int(number)) <= 1


def _has_number(article: Article, number: str) -> bool:
    written = re.compile(rf"(?<!\d){number}(?!\d)")
    return bool(written.search(article.title) or written.search(article.text))


@lru_cache(maxsize=1_000)
def _mention(name: str) -> Mention:
    return Mention(name)


def covered_share(question: Question, text: str) -> float:
    """The share of the topic's words that `text` holds; a name in another form (DPRK, North Korea) counts as held."""
    if not question.terms:
        return 0.0
    held = set(stems(text)).union(*(stems(name) for name in question.names if mentions(text, name)))
    return len(question.terms & held) / len(question.terms)


def share_met(names: Sequence[str], text: str) -> float:
    """The share of the names that `text` names, in any form; 1 where there is none."""
    return sum(mentions(text, name) for name in names) / len(names) if names else 1.0
