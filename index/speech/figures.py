"""The people and organisations that an article names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.speech.countries import country_of
from index.speech.givennames import given_gender
from index.speech.lexicon import MODIFIERS, STATES, THINGS, TITLES
from index.speech.organisations import ORGANISATION_WORDS
from index.speech.wordset import words

NOT_TITLES = words("state health press foreign defense defence national security high first senior special")

REGIONS = frozenset(
    (
        "africa,north africa,west africa,east africa,asia,southeast asia,central asia,east asia,europe,eastern europe,"
        "western europe,north america,south america,latin america,central america,antarctica,oceania,middle east,"
        "west,east,north,south,northeast,northwest,southeast,southwest,midwest,new england,west coast,east coast,"
        "gulf coast,great lakes,scandinavia,balkans,baltics,caribbean,arctic,d.c.,dc,northern ireland,scotland,wales,"
        "england,los angeles,las vegas,san francisco,san diego,new york city,new orleans,santa fe"
    ).split(",")
)
VENUES = words("airport hotel theater theatre park stadium arena house hall club festival show mall parade convention")
SMALL_WORDS = words("of the and for in on at with by a an de la & to")


@dataclass(slots=True)
class Figure:
    """Somebody or something that the article names; `name` is the fullest form."""

    name: str
    roles: set[str] = field(default_factory=set)
    groups: list[str] = field(default_factory=list)
    gender: str = ""
    organisation: bool = False
    articled: int = 0
    count: int = 0
    spoken: bool = False
    located: int = 0
    """How often something is said to be in or near it."""
    employing: int = 0
    """How often somebody is said to be of it."""
    owner: str = ""
    """The common noun that the figure is said to belong to: "union" of "the union's president, Ann Roe"."""

    @property
    def person(self) -> bool:
        """It is somebody, rather than an organisation."""
        return not self.organisation

    @property
    def impersonal(self) -> bool:
        """Nothing says that it is a person, so that "the company" can mean it."""
        personal = self.gender or self.roles or given_gender(self.name) or (self.spoken and " " in self.name)
        return self.organisation or not personal

    @property
    def acting(self) -> bool:
        """It can be what "the company" or "the agency" means: no person, place, outlet, event or thing."""
        if not self.impersonal or is_place(self.name) or (self.located * 2 > self.count and not self.organisation):
            return False
        known = self.organisation or self.name.isupper() or self.employing or self.spoken or self.count > 1
        thing = self.name.rsplit(" ", 1)[-1].lower() in THINGS - VENUES or any(letter.isdigit() for letter in self.name)
        return bool(known) and not thing

    @property
    def somebody(self) -> bool:
        """Its name is a person's: by the given name, or a full name of somebody with a gender or a role."""
        return self.person and (bool(given_gender(self.name)) or (self.human and " " in self.name))

    @property
    def likely_human(self) -> bool:
        """It has two or three words and nothing that speaks against a person."""
        thing = self.name.rsplit(" ", 1)[-1].lower() in THINGS
        return not self.organisation and not thing and 2 <= len(self.name.split()) <= 3

    @property
    def human(self) -> bool:
        """It has a gender, a role or, with a full name, words of its own, so that "he" or "she" can mean it."""
        if self.organisation or self.name.rsplit(" ", 1)[-1].lower() in THINGS:
            return False
        return bool(self.gender or self.roles or (self.spoken and " " in self.name))


@dataclass(slots=True)
class Mention:
    """A name at one place: sentence and token, and the figure meant."""

    figure: Figure
    sentence: int
    token: int
    possessive: bool


def initials(name: str) -> str:
    """Give the acronym a name would have: "World Health Organization" -> "WHO", "US Postal Service" -> "USPS"."""
    words = [w for w in re.findall(r"[^\W\d_][\w']*", name.replace("’", "'")) if w.lower() not in SMALL_WORDS]
    return "".join(w if w in ("US", "UK", "EU", "UN") else w[0] for w in words).upper()


def is_place(name: str) -> bool:
    """Say whether a name is a country's, a region's, or a state's of the United States."""
    lower = name.lower()
    return country_of(name) is not None or lower in STATES or lower in REGIONS


def without_titles(name: str) -> str:
    """Tell what is left of a group's words when a person's title stands among them: "House Leader X" -> "House"."""
    words = name.split()
    places = [i for i, word in enumerate(words) if word.lower().rstrip(".") in TITLES - NOT_TITLES]
    if all(words[i].lower() in MODIFIERS for i in places) or (words and words[-1].lower() in ORGANISATION_WORDS):
        return name
    before, after = words[: places[0]], words[places[-1] + 1 :]
    if before and after and not given_gender(" ".join(after)) and len(after) > 1:
        return name
    return " ".join(before or after)
