"""How surely the one whose words are asked for speaks in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.asked import CLAUSE
from assistant.offices import is_office
from assistant.question import NO_NAME, stems
from assistant.relations import is_another, owner_of
from index import Sentence, leading_country, names_match, split_description, two_people
from index.speech.countries import country_of_adjective
from index.speech.lexicon import REGNAL
from index.speech.organisations import ORGANISATION_WORDS

RULING = frozenset(stems(" ".join(sorted(REGNAL))))
"""Titles that stand in many names: having one in common says nothing."""
GENERIC = frozenset(stems(" ".join(sorted(ORGANISATION_WORDS))))
"""The same of bodies: "health", "council"."""


OF_NATIONS = ("Scottish", "Welsh", "English")
"""Adjectives of what is no country of its own."""


def voice_of(voices: Sequence[str], sentence: Sentence) -> float:
    """How surely one of these names speaks in the sentence: 1 by name, or as whom the speaker speaks for.

    0.6 by a word in common; but not where the two are of different countries ("the Dutch and the Danish prime
    minister"), are two people, or where bodies share only what many are called.
    """
    asked, *holders = voices
    asked = CLAUSE.split(asked)[0]
    owner = owner_of(asked) if is_office(asked) else None
    said_by = [name for name in (sentence.speaker, sentence.speaks_for) if name]
    if is_another(asked, sentence):
        return 0.0
    if any(names_match(who, name) for who in holders for name in said_by):
        return 1.0
    country, _ = leading_country(asked)
    if country and any(leading_country(name)[0] not in (country, None) for name in said_by):
        return 0.0
    words = set(stems(asked))
    for name in said_by:  # the mayor of Velby is not Velby, nor whoever speaks for it or is called after it
        itself = words == set(stems(name)) != set()
        if itself or (names_match(asked, name) and not (owner and names_match(owner, name))):
            return 1.0
    said_by = [name for name in said_by if not two_people(asked, name)]
    if not NO_NAME.search(asked):  # what bodies are called in common says nothing, unless it is all of it
        words = words - set(stems(" ".join(filter(_is_nationality, asked.split())))) or words
        whole = [name for name in said_by if words <= set(stems(name))]
        said_by, words = (said_by, words - GENERIC) if words - GENERIC else (whole, words)
    if holders:  # where it is known who Biden's secretary of state is, Biden himself is not
        words -= set(stems(split_description(asked)[0]))
    words = words - RULING or words
    return 0.6 if any(words & set(stems(name)) for name in said_by) else 0.0


def _is_nationality(word: str) -> bool:
    return word in OF_NATIONS or country_of_adjective(word) is not None
