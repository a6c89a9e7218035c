"""Evidence -> an answer, without any language model: the sentences that answer, word for word, under who says them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from assistant.answer import Answer, Citation, Statement
from assistant.candidates import Candidate
from assistant.citing import checked
from assistant.expected import NUMBER
from assistant.finding import Evidence, Finding
from assistant.question import Question
from prompts import SHIPPED, Prompts

Head = tuple[str | None, str, date | None]
UNNAMED = re.compile(rf"(?i:{NUMBER}|some|several|many|most|others)(?: [a-z][\w’'-]*)*")
"""A speaker of whom no more is known than how many: "38 people reported"; but "Six Flags"."""


def compose(
    asked: str,
    question: Question,
    finding: Finding,
    *,
    near_misses: int,
    notes: Sequence[str] = (),
    prompts: Prompts = SHIPPED,
) -> Answer:
    """The answer that the evidence gives; declined when there is none."""
    if not finding.evidence:
        return decline(asked, question, finding, near_misses=near_misses, notes=notes, prompts=prompts)
    ordered = in_order(finding.evidence)
    citations: list[Citation] = []
    statements: list[Statement] = []
    for evidence in ordered:
        numbers = range(len(citations) + 1, len(citations) + 1 + len(evidence.places))
        citations += [cite(place, number) for place, number in zip(evidence.places, numbers, strict=True)]
        statements.append(Statement(evidence.places[0].text, tuple(numbers)))
    answer = Answer(
        question=asked,
        standalone_question=question.text,
        answered=True,
        text=_prose(statements, citations),
        statements=tuple(statements),
        citations=tuple(citations),
        notes=tuple(notes),
    )
    return checked(answer)


def in_order(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence as it is told: one source's words together and in its order, the best source first."""
    sources = [one.source for one in evidence]
    return sorted(evidence, key=lambda one: (sources.index(one.source), one.places[0].sentence.start))


def decline(
    asked: str, question: Question, finding: Finding, *, near_misses: int, notes: Sequence[str], prompts: Prompts
) -> Answer:
    """An answer that says that the articles do not say, why, and what comes nearest."""
    nearest, render = finding.nearest[:near_misses], prompts.render
    lines = [render("declined")]
    if finding.missing:
        lines.append(render("missing_names", names=" or ".join(finding.missing)))
    elif finding.silent:
        lines.append(render("speaks_elsewhere" if finding.elsewhere else "silent_speaker", speaker=finding.silent))
    if finding.others:
        lines.append(render("others_quoted", names=" and ".join(finding.others)))
    if nearest:
        lines.append(render("nearest"))
    return Answer(
        question=asked,
        standalone_question=question.text,
        answered=False,
        text=" ".join(lines),
        near_misses=tuple(cite(place, number) for number, place in enumerate(nearest, 1)),
        notes=tuple(notes),
    )


def cite(place: Candidate, number: int) -> Citation:
    """The sentence as a citation."""
    sentence = place.sentence
    return Citation(
        number=number,
        article=place.article,
        start=sentence.start,
        end=sentence.end,
        quote=place.text,
        speaker=sentence.speaker,
        speaks_for=sentence.speaks_for,
    )


def day(published: date | None) -> str:
    """A date as a reader reads it; says so when it is not known."""
    return f"{published.day} {published:%B %Y}" if published else "date unknown"


def _prose(statements: Sequence[Statement], citations: Sequence[Citation]) -> str:
    by_number = {c.number: c for c in citations}

    def head(statement: Statement) -> Head:
        first = by_number[statement.citations[0]]
        named = first.speaker if first.speaker and not UNNAMED.fullmatch(first.speaker) else None
        return named, first.article.source or first.article.title, first.article.published

    parts = []
    for (speaker, outlet, published), group in groupby(statements, key=head):
        where = f"{outlet}, {day(published)}"
        who = speaker.capitalize() if speaker and speaker.islower() else speaker
        parts.append(f"{who} ({where}):" if who else f"{where}:")
        parts += [f"{s.text} {''.join(f'[{n}]' for n in s.citations)}" for s in group]
    return "\n".join(parts)
