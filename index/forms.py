"""A name -> where a text names the same, in any of the forms it is written in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.names import ACRONYMS
from index.speech.countries import ADJECTIVES, NAMES, country_of
from index.speech.letters import without_accents
from index.speech.organisations import ORGANISATION_WORDS

ABBREVIATIONS = {
    **ACRONYMS,
    "ai": "artificial intelligence",
    "ceo": "chief executive",
    "gop": "republican",
    "mp": "member of parliament",
    "pm": "prime minister",
    "tv": "television",
}
DEMONYM = re.compile(r"[A-Z]\w+ian|[A-Z]\w{3,}an")
"""What is of a place, by the place's name: "Cumbrian"."""
SHORT = 3
"""Letters. Shorter forms ("US", "WHO", "UN") are looked for in capitals alone: in small letters they are words."""


def has_forms(name: str) -> bool:
    """Whether `name`, in capitals or not, is known by other forms too: a country, an acronym."""
    return len(_forms(name)) > 1


def in_capitals(word: str) -> bool:
    """Whether `word` is written in capitals alone, as names are ("US"), and is more than one letter."""
    return word.isupper() and len(word) > 1


def written_as_name(word: str, texts: Sequence[str]) -> bool:
    """Whether `texts` write `word` with a capital within a sentence at least as often as in small letters.

    The plural of a longer one and the like count as well. What is in capitals alone is a name.
    """
    if in_capitals(word):
        return True
    whole = " ".join(texts)
    longer = len(word) > SHORT + 1
    root, ending = re.escape(word.removesuffix("s") if longer else word), r"\w{0,2}(?!\w)" if longer else r"(?!\w)"
    small = re.findall(rf"(?<!\w){root.lower()}{ending}", whole)
    return len(re.findall(rf"(?:[a-z,;] |[(—–-]){root}{ending}", whole)) >= len(small)


class Mention:
    """Where a text names what `name` does, in any form.

    That is the name itself, a person's or an organisation's last word ("Amini" of "Mahsa Amini"), an acronym and what
    it stands for, a country's adjective, capital and other names ("DPRK", "Pyongyang", "North Korean"), and the place
    of an adjective ("Cumbria" of "Cumbrian"); with accents or without.
    """

    def __init__(self, name: str) -> None:
        place = {without_accents(name[:-1]).lower()} if DEMONYM.fullmatch(name) else set()
        forms = sorted(_forms(name) | set(_last_word(name)) | place, key=lambda form: (-len(form), form))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(_pattern(form, name) for form in forms)})(?!\w)")
        # Full stops may stand in a short form.
        self._beginnings = {form[0] if len(form) <= SHORT else re.split(r"[\s']", form)[0] for form in forms}

    def places(self, text: str) -> list[int]:
        """Offsets of the mentions, in order."""
        text = without_accents(text)
        small = text.lower()
        if not any(beginning in small for beginning in self._beginnings):
            return []
        return [found.start() for found in self._pattern.finditer(text)]


def _forms(name: str) -> set[str]:
    """All forms, in small letters and without full stops."""
    plain = " ".join(without_accents(name).lower().replace(".", "").replace("’", "'").split()).removeprefix("the ")
    found = {plain, ABBREVIATIONS.get(plain, plain)} | {short for short, full in ABBREVIATIONS.items() if full == plain}
    if country := country_of(name):
        found |= {form for table in (NAMES, ADJECTIVES) for form, named in table.items() if named == country}
    return found


def _last_word(name: str) -> Iterator[str]:
    words = without_accents(name).split()
    last = words[-1].lower() if words else ""
    if len(words) > 1 and len(last) > SHORT and last not in ORGANISATION_WORDS and not country_of(name):
        yield last


def _pattern(form: str, asked: str) -> str:
    if len(form) <= SHORT:
        spelled = r"\.?".join(map(re.escape, form.upper()))
        return rf"{spelled}s?\.?|{re.escape(without_accents(asked).removeprefix('the '))}"
    return "(?i:" + r"\s+".join(re.escape(word).replace("'", "['’]") for word in form.split()) + ")"
