"""Questions with known answers, one JSON object a line: gold questions with their evidence, quiz questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.jsonlines import read_lines

GOLD_KEYS = {"answerable", "evidence", "must", "must_not"}
GOLD_SHAPE = (
    '{"id", "type", "question", "history", "answerable", "evidence": [{"url", "quotes": [...]}], '
    '"must": [["one of", "these"], ...], "must_not": [...]}'
)
QUIZ_SHAPE = '{"id", "question", "answer"}'


class BadQuestion(ValueError):
    """A line that is no question with a known answer; the message names file, line, fault and remedy."""

    def __init__(self, path: Path, number: int, fault: str) -> None:
        super().__init__(f"{path}:{number} {fault}: a line is {GOLD_SHAPE} or, for a quiz, {QUIZ_SHAPE}")


@dataclass(frozen=True, slots=True)
class Known:
    """What every line says of its question.

    split: the part of the set that the question belongs to, such as "tuned" or "held out". asked_on: the day from which
    "last week" is told (`date` in the file); the present day where the line has none.
    """

    id: str
    question: str
    history: tuple[str, ...]
    type: str
    split: str | None
    asked_on: date | None


@dataclass(frozen=True, slots=True)
class Gold(Known):
    """A question of which the evidence is known.

    evidence: (place, quote) pairs; the place is the URL of the article, or the name of its file where it has none, and
    the quote a sentence of its text. must: groups of strings, one of each has to stand in the answer. must_not: strings
    that must not.
    """

    answerable: bool
    evidence: tuple[tuple[str, str], ...]
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quiz(Known):
    """A question of which only the answer's words are known."""

    answer: str


Question = Gold | Quiz


def read_questions(path: Path) -> list[Question]:
    """The questions of a .jsonl file; each line may be a gold question or a quiz question.

    Raises:
        BadQuestion: a line is neither, two have the same id, or there are none.
    """
    found: dict[str, Question] = {}
    number = 1
    for number, row in read_lines(path):
        try:
            question = _question(row, number)
        except _Fault as fault:
            raise BadQuestion(path, number, str(fault)) from None
        if question.id in found:
            raise BadQuestion(path, number, f"has the id '{question.id}' of an earlier line")
        found[question.id] = question
    if not found:
        raise BadQuestion(path, number, "holds no question")
    return list(found.values())


class _Fault(Exception):
    """What is wrong with a line."""


def _question(row: object, number: int) -> Question:
    if not isinstance(row, dict):
        raise _Fault("is not a JSON object")
    given: dict[str, Any] = {
        "id": str(row.get("id") or number),
        "question": _text(row, "question"),
        "history": _texts(row, "history"),
        "split": _text(row, "split") if row.get("split") is not None else None,
        "asked_on": _day(row),
    }
    if GOLD_KEYS & row.keys():
        return Gold(**given, type=_text(row, "type") if "type" in row else "gold", **_known(row))
    if "answer" in row:
        return Quiz(**given, type=_text(row, "type") if "type" in row else "quiz", answer=_text(row, "answer"))
    raise _Fault("says neither what answers the question (evidence, must) nor the answer")


def _known(row: Mapping[str, Any]) -> dict[str, Any]:
    answerable = row.get("answerable")
    if not isinstance(answerable, bool):
        raise _Fault("has no 'answerable' that is true or false")
    groups = row.get("must") or []
    if not isinstance(groups, list):
        raise _Fault("has a 'must' that is not a list of lists of strings")
    must = tuple(_texts({"must": group}, "must") for group in groups)
    evidence = tuple(_evidence(row.get("evidence") or []))
    if answerable and not (must and all(must) and evidence):
        raise _Fault("is answerable and has no 'evidence' or no 'must'")
    return {"answerable": answerable, "evidence": evidence, "must": must, "must_not": _texts(row, "must_not")}


def _evidence(given: object) -> list[tuple[str, str]]:
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise _Fault("has an 'evidence' that is not a list of objects")
    return [(_text(one, "url"), quote) for one in given for quote in _texts(one, "quotes")]


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _Fault(f"has no text in '{key}'")
    return value


def _day(row: Mapping[str, Any]) -> date | None:
    if row.get("date") is None:
        return None
    try:
        return date.fromisoformat(_text(row, "date"))
    except ValueError:
        raise _Fault(f"has the date '{row['date']}': write it as 2024-07-10") from None


def _texts(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = row.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise _Fault(f"has a '{key}' that is not a list of strings")
    return tuple(values)
