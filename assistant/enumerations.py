"""Where a text announces several things and then tells them one by one -> the sentences that tell them.

"Three things are missing, she said. The first is time. ... The second ...": each by itself is far from the question,
which the announcement answers without naming one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.candidates import Candidate
from assistant.finding import Evidence
from index import split_sentences

Span = tuple[int, int]

REACH = 2_000
"""Characters after an announcement of which the sentences are looked at for its items."""
LONG_ITEM = 220
"""Characters from which a paragraph is no line of a list."""
MOST = 10
"""Items."""
COUNTS = {word: n for n, word in enumerate("two three four five six seven eight nine ten".split(), 2)}
ANNOUNCED = re.compile(
    rf"\b(?P<count>{'|'.join(COUNTS)}|several|a few|a number of)\b(?: [\w’'-]+){{0,3}}? "
    r"(?:reasons|things|steps|options|ways|points|features|factors|tips|goals|tasks|takeaways|changes|demands|conditions|"
    r"types|kinds|forms|aspects|questions|problems|measures|principles|priorities|stages|phases|methods|rules|signs|"
    r"symptoms|categories|lessons|recommendations|proposals|issues|objectives|aims|areas|elements|scenarios|causes|"
    r"explanations|arguments|benefits|risks|choices)\b",
    re.IGNORECASE,
)
"""So many things are told; years, people and homes are told of, not told one by one."""
ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final"
ITEM = re.compile(
    rf"\W*(?:the (?:{ORDINALS})\b|(?:{ORDINALS})(?:ly)?,|another|finally\b|one (?:is|was)\b|there(?:['’]s| is) the\b)",
    re.IGNORECASE,
)
"""How a sentence begins that tells one of them."""
LINE = re.compile(r"[^\n]+")
SPEECH = re.compile(r"\b(?:sa(?:id|ys)|wrote|added|asked|tweeted|told [\w ]+):\W*$")
FURTHER = re.compile(r"\W*(?:another|finally|(?:the )?(?:second|last|final))\b", re.IGNORECASE)
"""How one begins after which another was told."""


def with_items(told: Sequence[Evidence], *, wanted: bool = True) -> tuple[Evidence, ...]:
    """The evidence; where it announces several things or tells one, with all of them for what else the article says.

    Only the first enumeration counts. Unless one is `wanted`, it is told only after what ends in a colon, which says
    nothing without what follows, and the rest of the evidence stays.
    """
    for at, one in enumerate(told):
        first = one.places[0]
        spans = _enumerated(first) if wanted or first.text.endswith(":") else []
        if spans:
            listed = [Evidence((_at(first, span),)) for span in spans]
            before, after = ([o for o in part if not _told_by(o, first, spans)] for part in (told[:at], told[at + 1 :]))
            elsewhere = [o for o in (*before, *after) if o.places[0].article.id != first.article.id]
            return (*listed, *elsewhere) if wanted else (*before, *listed, *after)
    return tuple(told)


def _enumerated(first: Candidate) -> list[Span]:
    """Where the announcement stands that the sentence is or follows, and the things that it announces; or nothing."""
    said = (first.sentence.start, first.sentence.end)
    for lead in _announcements(first):
        items = items_after(first.article.text, *lead)
        if items and (lead == said or any(_overlap(item, said) for item in items)):
            return [lead, *items]
    return []


def _told_by(one: Evidence, first: Candidate, spans: Sequence[Span]) -> bool:
    """Whether evidence stands among these places of an article."""
    place = one.places[0]
    same = place.article.id == first.article.id
    return same and any(_overlap((place.sentence.start, place.sentence.end), span) for span in spans)


def items_after(text: str, start: int, end: int) -> list[Span]:
    """Where the things are told that `text[start:end]` announces; none where it announces nothing.

    Those that begin as items do ("The second is"), or after a colon the short paragraphs that follow.
    """
    if SPEECH.search(text, start, end):
        return []
    if text[start:end].rstrip().endswith(":"):
        found = list(_lines(text, end))
        return found if len(found) > 1 else []
    announced = ANNOUNCED.search(text, start, end)
    if not announced:
        return []
    sentences = [(end + a, end + b) for a, b in split_sentences(text[end : end + REACH])]
    if sentences and sentences[-1][1] == end + REACH:
        del sentences[-1]  # cut short
    found = [span for span in sentences if ITEM.match(text, *span)]
    most = COUNTS.get(announced["count"].lower(), MOST)
    near = found and found[0] in sentences[:2]
    return found[:most] if near and any(FURTHER.match(text, *span) for span in found) else []


def _lines(text: str, end: int) -> Iterator[Span]:
    """The short paragraphs of one sentence after `end`, up to one that is longer, or a heading of others, or speech."""
    for count, line in enumerate(LINE.finditer(text, end)):
        words = line[0].strip()
        start = line.start() + line[0].index(words) if words else 0
        listed = words and len(words) <= LONG_ITEM and words[-1] not in ":?" and words[0] not in "“\"'‘"
        if count == MOST or not listed or len(split_sentences(words)) > 1:
            return
        yield start, start + len(words)


def _announcements(first: Candidate) -> Iterator[Span]:
    """The sentence, and those before it in its passage, that may announce it; the nearest first."""
    yield first.sentence.start, first.sentence.end
    before = [s for s in first.passage.sentences if s.end <= first.sentence.start]
    yield from ((s.start, s.end) for s in reversed(before))


def _at(first: Candidate, span: Span) -> Candidate:
    """What stands there, as said by the same speaker."""
    start, end = span
    return replace(first, sentence=replace(first.sentence, start=start, end=end), text=first.article.text[start:end])


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
