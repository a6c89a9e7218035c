"""The quotations of a draft: each made the source's own words, at its offsets, or the sentence does not pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.candidates import Candidate
from assistant.citing import MARKS, stretches
from index import Article, quotations

PLAIN = str.maketrans("“”„«»‘’—–‑", '"""""\'\'---')
END = re.compile(r"[\s.,;:!?…]+\Z")
TURNS = re.compile(
    r"^\s+(?:unless|if|but|except|until|without|only|when|or|not|than|nor|before|rather)\b", re.IGNORECASE
)
"""What may not follow a quotation in its source: it turns or limits what was quoted."""
WHOLE = re.compile(
    r"\s*(?:[.,;:!?…—–)\"”’»]|$|(?:who|which|that|and|by|in|on|at|for|from|to|as|because|where|while)\b)"
)
LONG = 5
"""Words. A quotation of so many ends where its source pauses: cut off in between it may say something else."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence with its quotations as the source has them; `untrue` is the first that the source does not have."""

    text: str
    untrue: str | None = None


def as_in_source(sentence: str, cited: Sequence[Candidate]) -> Quoted:
    """The sentence with each quotation as the cited sentences have it.

    Marks, white space, the case of letters and a stop at the end may differ; then the source's words take their place.
    Words that the source does not put in quotation marks lose theirs: they are the reporter's, not the speaker's.
    """
    text, shift = sentence, 0
    places = stretches((c.article, c.sentence.start, c.sentence.end) for c in cited)
    for quote in quotations(sentence):
        inner = sentence[quote.start : quote.end].strip(MARKS)
        end = END.search(inner)
        words, rest = (inner[: end.start()], inner[end.start() :]) if end else (inner, "")
        if not quote.closed or not re.search(r"\w", words):
            return Quoted(sentence, inner)
        found = next((found for found in (_place(words, *place) for place in places) if found), None)
        if found is None:
            return Quoted(sentence, inner)
        exact, spoken = found
        new = (f"“{exact}”" if spoken else exact) + rest
        text = text[: quote.start + shift] + new + text[quote.end + shift :]
        shift += len(new) - (quote.end - quote.start)
    return Quoted(text)


def _place(words: str, article: Article, first: int, last: int) -> tuple[str, bool] | None:
    """The words as `article.text[first:last]` has them, and whether they are quoted there; None when it has not."""
    source = article.text[first:last]
    for found in re.finditer(rf"(?<!\w){re.escape(_plain(words))}(?!\w)", _plain(source)):
        start, end = _origin(source, found.start()), _origin(source, found.end())
        if TURNS.match(source[end:]) or (len(words.split()) >= LONG and not WHOLE.match(source[end:])):
            return None
        return source[start:end], _is_quoted(article.text, first + start, first + end)
    return None


def _plain(text: str) -> str:
    """In small letters, with plain marks, and one space where there is white space."""
    small = "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(PLAIN))
    return re.sub(r"\s+", " ", small)


def _origin(text: str, place: int) -> int:
    """The offset in `text` of what stands at `place` of `_plain(text)`."""
    starts = (found.start() for found in re.finditer(r"\s+|\S", text))
    return next(islice(starts, place, None), len(text))


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` lies within one quotation of its paragraph, or is a quotation's own sentence."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    paragraph = text[first : last if last >= 0 else len(text)]
    return any(first + q.start <= start and end <= first + q.end for q in quotations(paragraph))
