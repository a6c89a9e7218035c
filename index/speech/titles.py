"""The titles in a run of names: "Secretary General" of "NATO Secretary General Jens S."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.speech.givennames import GIVEN_NAMES
from index.speech.lexicon import MODIFIERS, REGNAL, TITLES
from index.speech.organisations import ORGANISATION_WORDS, PARTIES
from index.speech.tokens import Token, forename

ANCHORS = TITLES - MODIFIERS
"""Titles that say by themselves what somebody is."""
OF = ("of", "for")
ORDINAL = re.compile(r"[IVX]+")


def split_titles(tokens: Sequence[Token], a: int, b: int) -> tuple[int, int]:
    """Cut a run "NATO Secretary General Jens S." into what goes before, the titles and the name: two cut places."""
    office = next((k for k in range(a, b - 1) if tokens[k].lower in ANCHORS and tokens[k + 1].lower in OF), b)
    if (named := forename(tokens, office + 3, b)) is not None:
        return _widened(tokens, a, office), named
    last = a
    for k in range(a, b):
        if tokens[k].lower in ANCHORS and not (k > a and tokens[k - 1].lower in (*OF, "and")):
            given = tokens[k].lower in GIVEN_NAMES
            given |= a < k == b - 1 and tokens[k - 1].lower in GIVEN_NAMES  # "Ann King"
            party = tokens[k].lower in PARTIES and any(t.lower in ORGANISATION_WORDS for t in tokens[k + 1 : b])
            if not given and not party and not (k + 1 < b and tokens[k + 1].lower in ORGANISATION_WORDS):
                last = k + 1
    if last == a:
        return a, a
    if last < b and tokens[last].lower in OF and last + 1 < b:
        of_state = tokens[last + 1].lower in ("state", "staff", "defense", "defence", "homeland", "the")
        last = last + 2 if of_state else b
    first = _widened(tokens, a, last - 1)
    while first < last - 1 and tokens[first].lower == "and":
        first += 1
    return first, last - _reigns(tokens, last, b)


def _widened(tokens: Sequence[Token], a: int, first: int) -> int:
    """Tell where the titles begin, not before `a`, of which token `first` is the last."""
    if first - 2 >= a and tokens[first - 1].lower in OF and tokens[first - 2].lower in TITLES:
        first -= 2
    if first - 2 >= a and tokens[first].lower == "officer" and tokens[first - 2].lower == "chief":
        first -= 2
    while first > a and (tokens[first - 1].lower in TITLES or tokens[first - 1].lower == "and"):
        if tokens[first - 1].lower == "district" and tokens[first].lower not in ("attorney", "judge", "court"):
            break
        if first - 2 >= a and tokens[first - 2].lower in OF:
            break
        first -= 1
    return first


def _reigns(tokens: Sequence[Token], last: int, b: int) -> bool:
    """Say whether the title before `last` is a part of the name after it: one name, and a number perhaps."""
    name = [t.text for t in tokens[last:b] if not ORDINAL.fullmatch(t.text)]
    return tokens[last - 1].lower in REGNAL and len(name) == 1
