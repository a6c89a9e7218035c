"""Drafts as chat models write them, faithful and hostile, with the evidence they were written from."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant import Assistant
from assistant.candidates import Candidate
from index.records import Article, Passage, Sentence
from index.sources import read

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Draft:
    """What a model wrote on a question, and the sentences of it that must not be shown as they stand."""

    id: str
    kind: str
    question: str
    text: str
    bad: tuple[str, ...]
    evidence: tuple[Candidate, ...]


@cache
def samples():
    """The sample articles by title."""
    return {article.title: article for article in read(Assistant.samples()) if isinstance(article, Article)}


def place(article, start, end, speaker=None, speaks_for=None):
    """A sentence of evidence; what chose it does not matter any more."""
    sentence = Sentence(start, end, speaker, speaks_for)
    passage = Passage("p", article.id, 0, start, end, article.text[start:end], (sentence,))
    return Candidate(
        article, passage, sentence, article.text[start:end],
        logit=1, cover=1, context_cover=1, names=1, own_names=1, voice=1, kind=1, length=1,
        rank=1, about=True, voices=(),
    )  # fmt: skip


@cache
def drafts():
    """All drafts."""
    evidence = {}
    for line in (HERE / "drafts-evidence.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        evidence[row["question"]] = tuple(
            place(samples()[e["title"]], e["start"], e["end"], e["speaker"], e["speaks_for"]) for e in row["evidence"]
        )
    found = []
    for line in (HERE / "drafts.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        text = row["draft"] * row.get("times", 1)
        found.append(Draft(row["id"], row["kind"], row["question"], text, tuple(row["bad"]), evidence[row["question"]]))
    return found
