"""Whose words a sentence of a draft says it gives, held against who speaks in the cited sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.candidates import Candidate
from assistant.support.words import content, held
from index import Attribution, alike, attribute, given_gender, is_role, leading_country, names_match, quotations
from index import surname as surname_of

PRONOUN = re.compile(r"^(?:he|she|they|it|his|her|their|its|this|that|these|those|such)\b", re.IGNORECASE)
PERSONAL = re.compile(r"\b(?P<he>he|his|him)\b|\b(?P<she>she|her|hers)\b", re.IGNORECASE)
FULL_NAME = re.compile(r"\b[A-Z][\w’'-]+ (?:(?:von|van|der|de|del|bin|al|la) )*(?:[A-Z][\w’'-]+ ?)+")
SAYING = re.compile(r"\b(?:he|she|they|it|we|i)\b", re.IGNORECASE)
SPOKEN = re.compile(
    r"\b(?:he|she|they|it)\s+(?:also\s+|then\s+)?"
    r"(?:said|says|added|told|noted|wrote|stated|tweeted|announced|repeated)\b|\bsaid (?:he|she)\b"
)
NAMELESS = re.compile(r"^(?:he|she|they|it|we|i|you|who|people|\d.*)$", re.IGNORECASE)
"""Speakers that cannot be put after "according to"."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence that the reader has read already, the evidence that it cites, and what it was held against."""

    text: str
    cited: tuple[Candidate, ...]
    checks: tuple[str, ...] = ()


def leans_on_before(sentence: str) -> bool:
    """Whether the sentence begins with a pronoun, and so says something only after the sentence before it."""
    return bool(PRONOUN.match(sentence))


def opens_alike(sentence: str, c: Candidate) -> bool:
    """Whether the cited sentence leans on what stands before it in the same way ("Such help …"), and names nobody."""
    alike = leans_on_before(sentence) and sentence.split()[:2] == c.text.split()[:2]
    return alike and not SAYING.match(sentence)


def voices(c: Candidate) -> list[str]:
    """Who speaks in a cited sentence and for whom; where that is not known, whom the sentence itself names."""
    if c.sentence.speaker:
        return [name for name in (c.sentence.speaker, c.sentence.speaks_for) if name]
    return [name for a in _told(c.text) for name in (a.speaker, a.speaks_for) if name]


@lru_cache(maxsize=1_000)
def _told(sentence: str) -> tuple[Attribution, ...]:
    """Whom a sentence by itself says to speak."""
    return tuple(attribute(sentence, [(0, len(sentence))]))


def attributed(sentence: str, cited: Sequence[Candidate], before: Sequence[Shown] = ()) -> str | None:
    """The sentence, when it gives the words of those who speak in what it cites; None when it gives them to others.

    Speech that the sentence gives as a fact gets its speaker at the end ("…, according to NATO leaders."). A pronoun
    means who spoke in the sentence before.
    """
    spoken = [c for c in cited if voices(c)]
    told = _told(sentence)
    pronouns = [a.as_written for a in told if SAYING.fullmatch(a.as_written)]
    others = [a for a in told if not SAYING.fullmatch(a.as_written)]
    if SPOKEN.search(sentence):  # "He told reporters …": where he is not known, no one else said it
        others = [a for a in others if a.as_written[:1].isupper()]
    named = [dict.fromkeys((a.speaker, a.as_written)) for a in others]
    if not all(any(_is_voice(name, c) or _is_outlet(name, c) for name in names for c in cited) for names in named):
        return None
    if any(_quotes(sentence, c) and not _names_inner(sentence, c) for c in cited):
        return None
    names = [name for forms in named for name in forms]
    silent = [c for c in spoken if not any(_is_voice(name, c) for name in names) and not _names(sentence, c)]
    if not silent or opens_alike(sentence, cited[0]):
        return sentence
    if leans_on_before(sentence) or pronouns or SPOKEN.search(sentence):
        return sentence if before and all(_goes_on(sentence, c, before[-1]) for c in silent) else None
    speakers = {voices(c)[0] for c in silent}
    if len(speakers) > 1 or any(NAMELESS.match(name) for name in speakers):
        return None
    if any(not _is_outlet(name, c) for name in names for c in cited):
        return None
    return _according_to(sentence, speakers.pop())


def _is_voice(name: str, c: Candidate) -> bool:
    """Whether `name` speaks in the cited sentence, by name or as the article describes him, or speaks inside it."""
    return _means(name, [*voices(c), *_inner(c)], c) or bool(
        re.search(rf"according to\b[^.“”\"]{{0,80}}\b{re.escape(name.split()[-1])}\b", c.text)
    )


def _means(name: str, known: Sequence[str], c: Candidate) -> bool:
    """Whether `name` is one of `known`, or says no more of them than their names and roles do ("the minister")."""
    described, wanted = content(" ".join((*known, *roles_of(c)))), content(name)
    return any(alike(name, other) for other in known) or (
        bool(wanted) and all(held(word, described) for word in wanted)
    )


def _inner(c: Candidate) -> list[str]:
    """Whom the cited sentence by itself says to speak."""
    return [a.speaker for a in _told(c.text)]


def roles_of(c: Candidate) -> frozenset[str]:
    """What the article puts beside the surname of who speaks: given names, titles, roles ("the minister, Elke …")."""
    named = next((name for name in voices(c) if name.split()[-1][:1].isupper()), None)
    return _beside(surname_of(named), c.article.text) if named else frozenset()


@lru_cache(maxsize=500)
def _beside(surname: str, text: str) -> frozenset[str]:
    last = re.escape(surname)
    before = re.compile(rf"((?:[\w’'-]+\s+){{1,4}}[\w’'-]+),?\s+(?:[A-Z][\w’'.-]+\s+){{0,2}}{last}\b")
    after = re.compile(rf"\b{last}(?:,| –)\s+(?:who\s+)?((?:[\w’'-]+\s+){{0,5}}[\w’'-]+)")
    beside = " ".join(found[1] for pattern in (before, after) for found in pattern.finditer(text))
    given = " ".join(found[1] for found in re.finditer(rf"((?:[A-Z][\w’'.-]+\s+){{1,4}}){last}\b", text))
    roles = [word for word in re.findall(r"[\w’-]+", beside) if is_role(word.lower())]
    return frozenset((*roles, *given.split()))


def _names_inner(sentence: str, c: Candidate) -> bool:
    """Whether the sentence names whoever the speaker quotes in turn."""
    there = content(sentence)
    strangers = [name for name in _inner(c) if c.sentence.speaker and not _means(name, voices(c), c)]
    return all(held(word, there) for name in strangers for word in content(name))


def _quotes(sentence: str, c: Candidate) -> bool:
    """Whether something that the sentence quotes stands in the cited one."""
    return any(sentence[q.start : q.end].strip("“”.,") in c.text for q in quotations(sentence))


def _is_outlet(name: str, c: Candidate) -> bool:
    outlet = re.sub(r"^www\.|\.(?:com|org|net|co\.uk|[a-z]{2})$", "", c.article.source or "")
    return bool(outlet) and (names_match(name, outlet) or content(name) == content(outlet))


def _names(sentence: str, c: Candidate) -> bool:
    """Whether every word of the speaker's name, or of whom he speaks for, or his surname, stands in the sentence."""
    there = content(sentence)
    names = voices(c)
    surname = [surname_of(name) for name in names[:1] if name[:1].isupper()]
    return any(wanted and all(held(word, there) for word in wanted) for wanted in map(content, names + surname))


def _goes_on(sentence: str, c: Candidate, before: Shown) -> bool:
    """Whether the speaker of `c` spoke in the sentence before, and nobody else is named there whom "he" could mean."""
    if not any(alike(one, two) for o in before.cited for one in voices(c) for two in voices(o)):
        return False
    spoken = PERSONAL.search(quoteless(sentence))
    surname = surname_of(voices(c)[0])
    named = [found[0].strip() for found in FULL_NAME.finditer(quoteless(before.text))]
    others = [
        name
        for name in named
        if surname not in name.split() and not _is_outlet(name, c) and not leading_country(name)[0]
    ]
    if not spoken or not others:
        return True
    sex = "m" if spoken["he"] else "f"
    own = {given_gender(word) for name in named if surname in name.split() for word in name.split()}
    return sex in own and all(given_gender(name) != sex for name in others)


def quoteless(text: str) -> str:
    """The text without what stands in quotation marks."""
    for quote in reversed(quotations(text)):
        text = text[: quote.start] + text[quote.end :]
    return text


def _according_to(sentence: str, speaker: str) -> str:
    bare = sentence.rstrip()
    closing = "”" if bare.endswith("”") else ""
    bare = bare.removesuffix("”").rstrip(".! ") + closing
    return f"{bare}, according to {speaker}."
