"""Whether the name that somebody typed can mean the speaker or organisation that an article names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from index.nicknames import PET_NAMES, SHORT, forms_of
from index.speech.countries import ADJECTIVES, country_of, leading_country
from index.speech.figures import initials
from index.speech.givennames import GIVEN_NAMES, given_gender
from index.speech.letters import without_accents
from index.speech.lexicon import REGNAL, SUFFIXES, TITLES, role_of
from index.speech.organisations import ORGANISATION_WORDS
from index.speech.wordset import words

ACRONYMS = {
    "au": "african union",
    "asean": "association of southeast asian nations",
    "cdc": "centers for disease control and prevention",
    "cia": "central intelligence agency",
    "doe": "department of energy",
    "dod": "department of defense",
    "doj": "department of justice",
    "ecb": "european central bank",
    "epa": "environmental protection agency",
    "eu": "european union",
    "faa": "federal aviation administration",
    "fao": "food and agriculture organization",
    "fbi": "federal bureau of investigation",
    "fda": "food and drug administration",
    "fed": "federal reserve",
    "fifa": "federation internationale de football association",
    "hhs": "department of health and human services",
    "iaea": "international atomic energy agency",
    "icc": "international criminal court",
    "idf": "israel defense forces",
    "imf": "international monetary fund",
    "ioc": "international olympic committee",
    "nasa": "national aeronautics and space administration",
    "nato": "north atlantic treaty organization",
    "nhs": "national health service",
    "nypd": "new york police department",
    "opec": "organization of the petroleum exporting countries",
    "un": "united nations",
    "unesco": "united nations educational scientific and cultural organization",
    "unhcr": "united nations high commissioner for refugees",
    "unicef": "united nations children's fund",
    "who": "world health organization",
    "wto": "world trade organization",
    "wwf": "world wildlife fund",
}
BYNAMES = {
    "children agency": "unicef",
    "children fund": "unicef",
    "food agency": "world food programme",
    "health agency": "who",
    "nuclear agency": "iaea",
    "nuclear watchdog": "iaea",
    "refugee agency": "unhcr",
}
"""What news calls bodies of the United Nations: "the U.N. refugee agency"."""
BYNAME = re.compile(rf"\b(?:un|united nations) ({'|'.join(BYNAMES)})\b")
SMALL = words("the a an of for in at and with to on by s")
OFFICIAL = words(
    """
    official officials government authorities ministry minister president leader leaders spokesman spokeswoman
    spokesperson embassy ambassador parliament army military forces navy police diplomat diplomats envoy
    republic kingdom administration chancellor premier prime foreign defense defence lawmakers regime state department
    """
)
DOUBLED = re.compile(r"(.)\1")
ASIDE = re.compile(r"\b(?:to|for|with|by|and)\b", re.IGNORECASE)
"""What stands between somebody and whom he works for."""
OWNER = re.compile(r"(?:[Tt]he )?[A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*['’]s? (?=[A-Z][\w.'’-]+ [A-Z])")
"""Whose somebody is who is then named in full: "Berkeley's Michael Reich"."""
AMERICAN = frozenset(("us", "united states"))
"""Whose bodies are often named without it: the US State Department."""
ALIKE = 0.7
"""Of letters in common, for two spellings of a name; see difflib."""
NOT_ITSELF = words("administration campaign foundation court management county city district police")


def words_of(name: str) -> list[str]:
    """Give the words of a name in lower case, without accents, stops, small words; "who" only where it stands alone."""
    return list(_words_of(name))


@lru_cache(maxsize=50_000)
def _words_of(name: str) -> tuple[str, ...]:
    named = re.sub(r"\bwho\b", "", without_accents(name)) if name != "who" else name
    plain = re.sub(r"['’]s\b|\.", "", named.lower().replace("’", "'"))
    plain = BYNAME.sub(lambda found: BYNAMES[found[1]], plain)
    return tuple(word for word in re.findall(r"[\w'-]+", plain) if word not in SMALL)


def names_match(asked: str, name: str) -> bool:
    """Say whether `asked`, as a user typed it, can mean the speaker or organisation stored as `name`.

    "Stoltenberg" means "Jens Stoltenberg", "the WHO" the "World Health Organization", "Pyongyang" "North Korea" and
    "North Korean officials", "the Pope" "Pope Francis"; "Joe Biden" does not mean "Hunter Biden", nor "Biden" the
    "Biden administration", nor "WWF Australia" "Australia".
    """
    if SHORT.search(asked) or SHORT.search(name):
        return any(names_match(one, other) for one in forms_of(asked) for other in forms_of(name))
    a, b = words_of(asked), words_of(name)
    if not a or not b:
        return False
    if asked.lower().startswith("the ") and len(a) == 1 and a[0] in REGNAL:
        return a[0] == b[0] and b[-1] not in ORGANISATION_WORDS
    if not given_gender(name) and (country_of(asked) or country_of(name)):
        return a == b or _same_country(asked, name)
    if a == b or _same_country(asked, name) or _same_acronym(asked, name) or _same_acronym(name, asked):
        return True
    if " at " in name:
        return any(names_match(asked, part) for part in name.split(" at "))
    a, b = _without_titles(_without_office(asked, a)), _without_titles(_without_office(name, b))
    return a == b or _same_person(a, b) or _same_organisation(a, b)


@lru_cache(maxsize=100_000)
def keys_of(name: str) -> frozenset[str]:
    """What `name` shares at least one of with every name that it matches, in either order: to look at few of many."""
    words = words_of(name)
    parts = {*words, *(part for word in words if word in ACRONYMS for part in words_of(ACRONYMS[word]))}
    made = initials(name).lower()
    parts |= {ADJECTIVES[word].lower() for word in parts if word in ADJECTIVES} | {made, made.removeprefix("us")} - {""}
    countries = {country_of(name), leading_country(name)[0], _governed(name)} - {None}
    keys = {DOUBLED.sub(r"\1", part) for part in parts} | {f"country {country}" for country in countries}
    return frozenset(keys.union(*(keys_of(part) for part in name.split(" at ")) if " at " in name else ()))


def matching(asked: str, names: Iterable[str]) -> list[str]:
    """Those of many names that `asked` can mean; see `names_match`."""
    keys = keys_of(asked)
    return [name for name in names if not keys.isdisjoint(keys_of(name)) and names_match(asked, name)]


def alike(one: str, other: str) -> bool:
    """Say whether two names can mean the same: whichever of them is asked for, the other matches."""
    if one == other:
        return True
    near = not keys_of(one).isdisjoint(keys_of(other))
    return near and (names_match(one, other) or names_match(other, one))


def two_people(one: str, other: str) -> bool:
    """Say whether both names are of people, in full, and surely not of the same: "Joe Biden", "Joe Manchin".

    It may be the same person in another spelling ("Sergey", "Sergei"), or with a name more.
    """
    names = [without_accents(name).replace("-", " ").split() for name in (one, other)]
    if not all(len(name) > 1 and given_gender(name[0]) and name[-1][0].isupper() for name in names):
        return False
    a, b = ([word.lower() for word in name] for name in names)
    if ORGANISATION_WORDS & {*a, *b} or set(a) <= set(b) or set(b) <= set(a):
        return False
    return not (_spelt_alike(a[0], b[0]) and _spelt_alike(a[-1], b[-1]))


def _spelt_alike(one: str, other: str) -> bool:
    return one[0] == other[0] and SequenceMatcher(None, one, other).ratio() >= ALIKE


def _same_country(asked: str, name: str) -> bool:
    """Say whether `name` is the country asked for, or its officials."""
    country = country_of(asked) or _governed(asked)
    if not country:
        return False
    if country_of(name) == country:
        return True
    leading, rest = leading_country(name)
    return leading == country and any(word.lower() in OFFICIAL for word in rest)


def _governed(asked: str) -> str | None:
    """Give the country of "the UK government", "Chinese officials" or "the Republic of Korea"."""
    body, of, country = asked.rpartition(" of ")
    if of and not OFFICIAL.isdisjoint(body.lower().split()):
        return country_of(country)
    words = asked.removeprefix("the ").removeprefix("The ").split()
    return country_of(" ".join(words[:-1])) if len(words) > 1 and words[-1].lower() in OFFICIAL else None


def _same_acronym(short: str, name: str) -> bool:
    """Say whether `short` is the acronym of `name` ("WHO", "N.A.T.O.", "US CDC")."""
    key = "".join(words_of(short)[-1:])
    if not 2 <= len(key) <= 7:
        return False
    full = ACRONYMS.get(key)
    words = words_of(name)
    if full and [w for w in words if w not in ("us", "uk", "united", "states")] == words_of(full):
        return True
    if full and words == words_of(full):
        return True
    written = re.sub(r"[^\w]", "", short.split()[-1] if short.split() else "")
    if not written.isupper() or len(words) < 2:
        return False
    made = initials(name).lower()
    return key in (made, made.removeprefix("us"))


def surname(name: str) -> str:
    """Give the last word of a name, "Jr." and the like left out."""
    return next((word for word in reversed(name.split()) if word.rstrip(".").lower() not in SUFFIXES), name)


def _without_office(name: str, words: list[str]) -> list[str]:
    """Give the words after an office and what it is of: "Sergei Orlin" of "Zendan Foreign Minister Sergei Orlin".

    Nothing is left out of whom another is put beside: "aide to President Roe", "wife of Mayor Roe".
    """
    if (owner := OWNER.match(name)) and given_gender(name[owner.end() :]):
        return words_of(name[owner.end() :])
    titles = [at for at, word in enumerate(words[:-1]) if word in TITLES]
    if not titles or words[0] in GIVEN_NAMES or words[-1] in ORGANISATION_WORDS or role_of(words[-1]):
        return words
    if ASIDE.search(name) or re.search(rf"\bof\b.*\b{re.escape(words[titles[-1]])}\b", name, re.IGNORECASE):
        return words
    kept = words[titles[-1] + 1 :]
    kept = kept[next((at for at, word in enumerate(kept[:-1]) if word in GIVEN_NAMES), 0) :]
    return kept if len(kept) > 1 else words  # "Chicago Mayor Roe" is not any Roe


def _without_titles(words: list[str]) -> list[str]:
    """Give the words of a person's name, titles before it and "Jr." after it left out, unless nothing would be left."""
    kept = list(words)
    while len(kept) > 1 and kept[0] in TITLES and kept[-1] not in ORGANISATION_WORDS:
        kept = kept[1:]
    return kept


def _same_person(a: list[str], b: list[str]) -> bool:
    """Say whether two people's names agree: the surname, and as much of the rest as both give."""
    a_plain, b_plain = [w for w in a if w not in SUFFIXES], [w for w in b if w not in SUFFIXES]
    if (
        not a_plain
        or not b_plain
        or not _same_surname(a_plain[-1], b_plain[-1])
        or (set(a) & SUFFIXES and set(a) ^ set(b) & SUFFIXES)
    ):
        return False
    if b_plain[-1] in ORGANISATION_WORDS or _is_body(a_plain) or _is_body(b_plain):
        return False
    if len(a_plain) == 1 or len(b_plain) == 1:
        return True
    if len(a) >= 2 and set(b) & SUFFIXES and not set(a) & SUFFIXES:
        return False
    return _same_given(a_plain[0], b_plain[0])


def _is_body(words: list[str]) -> bool:
    """Say whether a name is an organisation's: "University of Chicago", but not "House Speaker Ann Roe"."""
    return not ORGANISATION_WORDS.isdisjoint(words[:-1]) and TITLES.isdisjoint(words)


def _same_surname(a: str, b: str) -> bool:
    """Say whether two surnames are the same, doubled letters apart ("Zelensky", "Zelenskyy")."""
    return a == b or (a[0] == b[0] and DOUBLED.sub(r"\1", a) == DOUBLED.sub(r"\1", b))


def _same_given(a: str, b: str) -> bool:
    """Say whether two given names are the same, one the other's short form, or one its initial."""
    if a == b or (1 in (len(a), len(b)) and a[0] == b[0]):
        return True
    return b in PET_NAMES.get(a, "").split() or a in PET_NAMES.get(b, "").split()


def _same_organisation(a: list[str], b: list[str]) -> bool:
    """Say whether `a` names the organisation `b`: only "University", "Inc." and the like may be missing from it."""
    expanded = [part for word in a for part in (words_of(ACRONYMS[word]) if word in ACRONYMS else [word])]
    whole = [part for word in b for part in (words_of(ACRONYMS[word]) if word in ACRONYMS else [word])]
    one, other = set(_countries(expanded)), set(_countries(whole))
    if one == other or one == other - AMERICAN or (len(other) > 1 and one - AMERICAN == other):
        return True
    rest = other - one
    if not one <= other or not rest:
        return False
    kind = ORGANISATION_WORDS - NOT_ITSELF
    return rest <= kind | AMERICAN or len(one) > 2


def _countries(words: list[str]) -> list[str]:
    """`words` with adjectives of countries replaced by the countries."""
    return [ADJECTIVES.get(word, word).lower() for word in words]
