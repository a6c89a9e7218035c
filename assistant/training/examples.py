"""Annotated questions and an archive -> examples: a question, the passages it is posed against, what answers."""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.jsonlines import read_lines
from assistant.layout import Layout
from index import Archive, Article, Passage, Sentence

Parts = tuple[list[int], list[list[int]], list[list[int]]]
FOUND = 30
"""Passages that the archive's search gives for a question; the hard negatives are among them."""
WORD = re.compile(r"\w+")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Annotated:
    """A question of the file, on one article; `spans`: all sentences of it that answer, none when it does not."""

    id: str
    split: str
    kind: str
    question: str
    article: Article
    spans: tuple[tuple[int, int], ...]

    @property
    def quotes(self) -> tuple[str, ...]:
        """The words of the sentences that answer."""
        return tuple(self.article.text[start:end] for start, end in self.spans)

    def marks(self, s: Sentence) -> bool:
        """Whether half of a sentence of the article, or of one that answers, is the other's."""
        return any(
            min(end, s.end) - max(start, s.start) >= 0.5 * min(end - start, s.end - s.start)
            for start, end in self.spans
        )


def annotated(archive: Archive, files: Iterable[Path]) -> Iterator[Annotated]:
    """The questions of the files on articles that the archive holds; how many are left out is told.

    A line may have the `checksum` (CRC-32) of the text into which its offsets point: where the archive's article has
    another text, its questions are left out too.
    """
    held = {article.url: article.id for article in archive.listing() if article.url}
    known: dict[str, tuple[Article, int]] = {}
    left_out = 0
    for row in (row for file in files for _, row in read_lines(file)):
        url = row["url"]
        if url in held and url not in known:
            article = archive.article(held[url])
            known[url] = article, zlib.crc32(article.text.encode())
        if url not in known or row.get("checksum", known[url][1]) != known[url][1]:
            left_out += 1
            continue
        spans = tuple((start, end) for start, end in row["evidence"])
        yield Annotated(row["id"], row["split"], row["type"], row["question"], known[url][0], spans)
    if left_out:
        logger.warning("questions left out, since the archive has not their article's text: %d", left_out)


@dataclass(frozen=True, slots=True)
class Place:
    """One passage of an example.

    passage: its id; own: whether it is of the annotated article; rank: its place in the search, None when that did not
    find it; answers: for each of its sentences, whether it answers.
    """

    passage: str
    own: bool
    rank: int | None
    answers: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the passages it is posed against; where not `sure`, one of those that answer does, not all."""

    id: str
    split: str
    kind: str
    question: list[int]
    places: tuple[Place, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Examples:
    """Examples and the tokens of all their passages, by passage id."""

    examples: list[Example]
    parts: Mapping[str, Parts]

    def __add__(self, other: Examples) -> Examples:
        """Both together; a passage that both know is the same."""
        return Examples(self.examples + other.examples, {**self.parts, **other.parts})


def make_examples(
    archive: Archive, layout: Layout, files: Iterable[Path], progress: Callable[[int], None] = lambda done: None
) -> Examples:
    """Pose each question of the files against the archive; questions on articles that it does not hold are left out."""
    own: dict[str, list[Passage]] = {}
    there: dict[str, tuple[Article, Passage]] = {}
    found = []
    for number, asked in enumerate(annotated(archive, files), 1):
        article = asked.article
        if article.id not in own:
            own[article.id] = archive.passages_of(article)
        there.update({p.id: (article, p) for p in own[article.id]})
        hits = archive.search(asked.question, FOUND)
        there.update({h.passage.id: (h.article, h.passage) for h in hits})
        ranks = {h.passage.id: rank for rank, h in enumerate(hits)}
        said = {_words(quote) for quote in asked.quotes}
        places = []
        for i in dict.fromkeys([*(p.id for p in own[article.id]), *ranks]):
            at, passage = there[i]
            answers = tuple(_answers(asked, at, s, said) for s in passage.sentences)
            places.append(Place(i, at.id == article.id, ranks.get(i), answers))
        (tokens,) = layout.tokens([asked.question])
        found.append(Example(asked.id, asked.split, asked.kind, tokens, tuple(places)))
        progress(number)
    keys = list(there)
    return Examples(found, dict(zip(keys, layout.parts([there[k] for k in keys]), strict=True)))


def _answers(asked: Annotated, at: Article, s: Sentence, said: set[str]) -> bool:
    """Whether the sentence lies in marked evidence, or says the same word for word in another article."""
    if at.id != asked.article.id:
        return _words(at.text[s.start : s.end]) in said
    return asked.marks(s)


def _words(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))
