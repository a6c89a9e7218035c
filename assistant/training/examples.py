"""Annotated questions and an archive -> examples: a question, the passages it is posed against, what answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.layout import Layout
from index import Archive, Article, Passage, Sentence

Parts = tuple[list[int], list[list[int]], list[list[int]]]
FOUND = 30
"""Passages that the archive's search gives for a question; the hard negatives are among them."""
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A question of the file; `evidence`: all sentences of its article that answer it, none when it does not."""

    id: str
    split: str
    url: str
    kind: str
    question: str
    evidence: tuple[str, ...]


def annotated(archive: Archive, questions: Path) -> Iterator[Annotated]:
    """The questions on articles that the archive holds."""
    held = {article.url: article.id for article in archive.listing() if article.url}
    texts: dict[str, str] = {}
    for row in _rows(questions):
        url = row["url"]
        if url not in held:
            continue
        if url not in texts:
            texts[url] = archive.article(held[url]).text
        quotes = tuple(texts[url][start:end] for start, end in row["evidence"])
        yield Annotated(row["id"], row["split"], url, row["type"], row["question"], quotes)


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
    """A question with the passages it is posed against."""

    id: str
    split: str
    kind: str
    question: list[int]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """Examples and the tokens of all their passages, by passage id."""

    examples: list[Example]
    parts: Mapping[str, Parts]


def make_examples(
    archive: Archive, layout: Layout, questions: Path, progress: Callable[[int], None] = lambda done: None
) -> Examples:
    """Pose each question of the file against the archive; questions on articles that it does not hold are left out."""
    held = {article.url: article.id for article in archive.listing() if article.url}
    articles: dict[str, tuple[Article, list[Passage]]] = {}
    there: dict[str, tuple[Article, Passage]] = {}
    found = []
    for number, row in enumerate(_rows(questions)):
        if row["url"] not in held:
            continue
        if row["url"] not in articles:
            article = archive.article(held[row["url"]])
            articles[row["url"]] = article, archive.passages_of(article)
        article, passages = articles[row["url"]]
        there.update({p.id: (article, p) for p in passages})
        hits = archive.search(row["question"], FOUND)
        there.update({h.passage.id: (h.article, h.passage) for h in hits})
        ranks = {h.passage.id: rank for rank, h in enumerate(hits)}
        said = {_words(article.text[start:end]) for start, end in row["evidence"]}
        ids = list(dict.fromkeys([p.id for p in passages] + list(ranks)))
        (tokens,) = layout.tokens([row["question"]])
        found.append(
            Example(
                id=row["id"],
                split=row["split"],
                kind=row["type"],
                question=tokens,
                places=tuple(
                    Place(
                        i,
                        there[i][0].id == article.id,
                        ranks.get(i),
                        tuple(_answers(*there[i], s, article, row["evidence"], said) for s in there[i][1].sentences),
                    )
                    for i in ids
                ),
            )
        )
        progress(number + 1)
    keys = list(there)
    return Examples(found, dict(zip(keys, layout.parts([there[k] for k in keys]), strict=True)))


def _answers(
    at: Article, _: Passage, s: Sentence, asked_of: Article, evidence: Sequence[Sequence[int]], said: set[str]
) -> bool:
    """Whether the sentence lies in marked evidence, or says the same word for word in another article."""
    if at.id != asked_of.id:
        return _words(at.text[s.start : s.end]) in said
    return any(
        min(end, s.end) - max(start, s.start) >= 0.5 * min(end - start, s.end - s.start) for start, end in evidence
    )


def _words(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
