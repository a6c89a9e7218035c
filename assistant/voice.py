"""How surely the one whose words are asked for speaks in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question import NO_NAME, stems
from index import Sentence, leading_country, names_match, split_description, two_people
from index.speech.givennames import given_gender
from index.speech.lexicon import REGNAL, role_of
from index.speech.organisations import ORGANISATION_WORDS

RULING = frozenset(stems(" ".join(sorted(REGNAL))))
"""Titles that stand in many names: having one in common says nothing."""
GENERIC = frozenset(stems(" ".join(sorted(ORGANISATION_WORDS))))
"""The same of bodies: "health", "council"."""
OWNED = re.compile(
    r"^(?:the |an? )?(?:(?P<owner>.+?)['’]s? (?P<post>.+)|(?P<office>.+?) (?:of|for|to) (?P<whose>.+))$", re.IGNORECASE
)
KIN = re.compile(
    r"\b(?:wi(?:fe|dow)|husband|widower|mo(?:ther|m)|fathers?|dad|parents?|sisters?|brothers?|sons?|daughters?|twin|"
    r"uncles?|aunts?|cousins?|niece|nephew|grand\w+|(?:girl|boy)friend|fiancée?|famil(?:y|ies)|friends?|neighbou?rs?)$",
    re.IGNORECASE,
)
COUNSEL = re.compile(r"\b(?:lawyers?|attorneys?|solicitors?|barristers?|publicist|agent|counsel)$", re.IGNORECASE)
"""Who speaks for somebody and is not he."""
NAMESAKE = re.compile(r"\b(?:Jr|Sr|I{2,3}|IV)\b")


def is_another(asked: str, sentence: Sentence) -> bool:
    """Whether the speaker surely is not the one asked for: of somebody's wife or doctor, that somebody; or a body."""
    found, speaker = OWNED.match(asked), sentence.speaker or ""
    if not found or not speaker or names_match(asked, speaker):
        return False
    owner, post = found["owner"] or found["whose"], found["post"] or found["office"]
    if KIN.search(post) and speaker == sentence.speaks_for and not KIN.search(speaker):
        return True
    if NAMESAKE.search(speaker) or not names_match(owner, speaker):
        return False
    if COUNSEL.search(post):
        return True
    if " " not in owner:  # relatives share a surname, a firm the name of who founded it
        return bool(KIN.search(post)) and " " not in speaker
    *before, _ = speaker.split()
    somebody = any(map(given_gender, before)) and any(map(role_of, post.lower().split()))
    return bool(somebody or KIN.search(post))


def voice_of(voices: Sequence[str], sentence: Sentence) -> float:
    """How surely one of these names speaks in the sentence: 1 by name, or as whom the speaker speaks for.

    0.6 by a word in common; but not where the two are of different countries ("the Dutch and the Danish prime
    minister"), are two people, or where bodies share only what many are called.
    """
    said_by = [name for name in (sentence.speaker, sentence.speaks_for) if name]
    asked, *holders = voices
    asked = re.split(r" (?:who|whose) ", asked, maxsplit=1)[0]
    if is_another(asked, sentence):
        return 0.0
    if any(names_match(who, name) for who in holders for name in said_by):
        return 1.0
    country, _ = leading_country(asked)
    if country and any(leading_country(name)[0] not in (country, None) for name in said_by):
        return 0.0
    if any(names_match(asked, name) for name in said_by):
        return 1.0
    said_by = [name for name in said_by if not two_people(asked, name)]
    words = set(stems(asked))
    if not NO_NAME.search(asked):  # what bodies are called in common says nothing, unless it is all of it
        whole = [name for name in said_by if words <= set(stems(name))]
        said_by, words = (said_by, words - GENERIC) if words - GENERIC else (whole, words)
    if holders:  # where it is known who Biden's secretary of state is, Biden himself is not
        words -= set(stems(split_description(asked)[0]))
    words = words - RULING or words
    return 0.6 if any(words & set(stems(name)) for name in said_by) else 0.0
