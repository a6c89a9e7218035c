"""Who did what to whom, and when: two sides the other way round, or a day beside another deed than in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.support.operators import MODAL, SAID
from assistant.support.quantities import DATE
from assistant.support.words import Word, related, words

PASSIVE = re.compile(r"\b(?:was|were|is|are|been|be|being|got)\s+(?:\w+ly\s+)?\W*\Z")
BY = re.compile(r"\bby\b(?!.*\b(?:from|to|with|for)\b)", re.IGNORECASE)
POSSESSIVE = re.compile(r"\b(?:his|her)\s+\Z", re.IGNORECASE)
OWNED = re.compile(r"(?:\b(?:his|her|their|its|my|our|your)|[’']s?)\s+\Z", re.IGNORECASE)
DIRECTED = frozenset("against from without despite".split())
AROUND = 4
"""Words that state something, on either side of a day, among which is what happened then."""


def reversed_roles(claimed: str, source: str) -> str | None:
    """The first word on whose two sides the same two stand in the other order, and not because one is passive."""
    claims, given = _stating(claimed), _stating(source)
    for left, word, right in _triples(claims):
        same = [other for other in given if related(word.key, other.key)]
        if same and all(_is_reversed(claimed, source, (left, word, right), claims, other, given) for other in same):
            return word.key
    return None


def _is_reversed(
    claimed: str, source: str, sides: tuple[Word, Word, Word], claims: list[Word], other: Word, given: list[Word]
) -> bool:
    """Whether the two sides of a word of `claims` stand the other way round at `other`, the same word of the source."""
    left, word, right = sides
    around = [w for w in given if w.sentence == other.sentence]
    before = [w for w in around if w.start < other.start]
    after = [w for w in around if w.start > other.start]
    passive = _passive(claimed, word)
    same = passive == _passive(source, other)
    if _has(before, left) or _has(after, right) or not _has(after, left):
        return False
    if not _has(before, right):  # the left side, at least, was on the other
        return same and right.start > word.end and claims[claims.index(word) - 1] is left and not _has(given, right)
    if same:
        return True
    agent = right if passive else next(w for w in after if related(w.key, left.key))
    text, read = (claimed, claims) if passive else (source, given)
    return left.clause == right.clause and agent.named and not _by(text, word if passive else other, agent, read)


def lent(claimed: str, source: str) -> str | None:
    """The first thing that the sentence gives an owner ("his apology") and the source does not; None when none is."""
    given = _stating(source)
    for word in _stating(claimed):
        if POSSESSIVE.search(claimed[: word.start]):
            same = [w for w in given if related(w.key, word.key)]
            if same and not any(OWNED.search(source[: w.start]) for w in same):
                return word.key
    return None


def misdated(claimed: str, source: str) -> str | None:
    """The first day that stands beside another word than any that it stands near in the source."""
    claims, given = _stating(claimed), _stating(source)
    for place, word in enumerate(claims):
        if not DATE.fullmatch(word.key):
            continue
        beside = [w for w in claims[:place] if w.clause == word.clause and not _dates(w)]
        there = [at for at, other in enumerate(given) if other.key == word.key]
        near = [w for at in there for w in given[max(0, at - AROUND - 2) : at + AROUND + 2]]
        opens = any(at == 0 or given[at - 1].sentence != given[at].sentence for at in there)
        if not there or not beside or opens:
            continue
        told = any(w.key in SAID for at in there for w in given[max(0, at - 2) : at])
        if not (told if beside[-1].key in SAID else _has(near, beside[-1])):
            return word.key
    return None


def misled(claimed: str, source: str) -> str | None:
    """The first thing that the sentence sets something against or takes from ("from other countries"), not the source.

    None where each stands after the same word in the source, or is not in it at all.
    """
    read, given = words(claimed), words(source)
    for place, word in enumerate(read):
        if word.key not in DIRECTED:
            continue
        thing = next((w for w in read[place + 1 :] if w.states), None)
        if thing is None or not any(related(thing.key, w.key) for w in given):
            continue
        if not any(w.key == word.key and _near(thing, given, at) for at, w in enumerate(given)):
            return thing.key
    return None


def _near(thing: Word, given: Sequence[Word], at: int) -> bool:
    return any(related(thing.key, w.key) for w in [w for w in given[at + 1 :] if w.states][:AROUND])


def _stating(text: str) -> list[Word]:
    return [word for word in words(text) if word.states and word.key not in MODAL]


def _triples(claims: Sequence[Word]) -> Iterator[tuple[Word, Word, Word]]:
    """Three words on end of one clause; and each two names of a sentence, with each word between them."""
    for left, word, right in zip(claims, claims[1:], claims[2:], strict=False):
        if word.acts and not _beyond(word) and left.clause == right.clause and not related(left.key, right.key):
            yield left, word, right
    for i, left in enumerate(claims):
        for j in range(i + 2, len(claims)):
            right = claims[j]
            if left.named and right.named and left.sentence == right.sentence and not related(left.key, right.key):
                yield from (
                    (left, word, right)
                    for word in claims[i + 1 : j]
                    if word.acts and not word.named and not _beyond(word)
                )


def _beyond(word: Word) -> bool:
    """Whether the order around a word says nothing of who did what."""
    return _dates(word) or word.key in MODAL or word.key in SAID


def _has(among: Sequence[Word], word: Word) -> bool:
    return any(related(word.key, other.key) for other in among)


def _dates(word: Word) -> bool:
    return word.key[0].isdigit() or bool(DATE.fullmatch(word.key))


def _passive(text: str, word: Word) -> bool:
    return bool(PASSIVE.search(text[: word.start]) or re.match(r"\W*by\b", text[word.end :]))


def _by(text: str, verb: Word, agent: Word, read: Sequence[Word]) -> bool:
    """Whether "by" leads to the name that `agent` is a word of, from the passive verb on."""
    at = list(read).index(agent)
    while at and read[at - 1].named and read[at].start - read[at - 1].end <= 1:
        at -= 1
    return bool(BY.search(text[verb.end : read[at].start]))
