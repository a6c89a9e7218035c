"""What a chat model writes, piece by piece -> its sentences, each with the numbers of its markers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from index import split_sentences

LONGEST_DRAFT = 6_000
"""Characters. A note of a few sentences has some hundreds; nothing after these is read."""
MARKERS = re.compile(r"\s*\[\s*(?:\d+\s*[,;]\s*)*\d+\s*\]")
GROUP = r"(?:[ \t]*\[\s*\d+(?:\s*[,;]\s*\d+)*\s*\])+"
AFTER_STOP = re.compile(rf"([.!?…]+[\"”’»')]*)({GROUP})")
DECORATION = re.compile(r"^\s*(?:[-*•]+\s+|\d{1,2}[.)]\s+|#+\s*)+|\*\*|__", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence as the model wrote it, without its markers, and their numbers in order, each once."""

    text: str
    markers: tuple[int, ...]


def sentences(pieces: Iterable[str]) -> Iterator[DraftSentence]:
    """The sentences of a draft, each as soon as the next one has begun; the last at the end.

    A marker belongs to the sentence that it stands in or right after ("… said. [1]"). Bullets and bold marks are left
    out; so is all that comes after `LONGEST_DRAFT` characters, and a sentence that is cut off there.
    """
    waiting, read = "", 0
    for piece in pieces:
        piece = piece[: LONGEST_DRAFT - read]
        read += len(piece)
        waiting += piece
        *whole, waiting = _split(waiting)
        yield from map(_read, whole)
        if read >= LONGEST_DRAFT:
            return
    yield from (_read(text) for text in _split(waiting) if text.strip())


def _split(text: str) -> list[str]:
    """The sentences of `text` with all that stands between them, markers within; the last may be unfinished."""
    text = AFTER_STOP.sub(r"\2\1", text)
    starts = [start for start, _ in split_sentences(text)][1:]
    whole: list[str] = []
    for start, end in pairwise([0, *starts, len(text)]):
        part = text[start:end]
        # What one quotation runs over is one sentence; a bracket alone is the beginning of a marker of the one before.
        if whole and (_is_open(whole[-1]) or re.fullmatch(r"\s*\[[\d\s,;]*", part)):
            whole[-1] += part
        else:
            whole.append(part)
    return whole


def _is_open(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1


def _read(text: str) -> DraftSentence:
    numbers = [int(number) for group in MARKERS.findall(text) for number in re.findall(r"\d+", group)]
    bare = MARKERS.sub("", DECORATION.sub("", text))
    return DraftSentence(re.sub(r"\s+([.,;:!?])", r"\1", " ".join(bare.split())), tuple(dict.fromkeys(numbers)))
