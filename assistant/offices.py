"""Who holds an office, by what an article calls him: "Gov. Ada Orr", "Culture Minister Bo Renk"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.asked import CLAUSE
from assistant.relations import OWNED, THE, owner_of
from assistant.spans import WEEKDAYS
from index.speech.lexicon import FUNCTION_WORDS, role_of
from index.spellings import american

OFFICES: Mapping[str, str] = {
    "minister": "Minister",
    "premier": "Premier|Prime Minister",
    "chancellor": "Chancellor",
    "mayor": "Mayor",
    "governor": "Governor|Gov\\.",
    "senator": "Senator|Sen\\.",
    "congressman": "Congressman|Representative|Rep\\.",
    "congresswoman": "Congresswoman|Representative|Rep\\.",
    "secretary": "Secretary|Sec\\.",
    "ambassador": "Ambassador",
    "sheriff": "Sheriff",
    "king": "King",
    "queen": "Queen",
    "pope": "Pope",
}
"""Offices by which articles introduce who holds them, and how they write them before a name."""
RANKS = frozenset("deputy vice lieutenant lt former acting interim shadow".split())
"""What before an office makes another one of it, and may be asked for."""
NOT_NOW = RANKS | frozenset("ex then late past state drag failed aspiring candidate".split())
"""What before a title and a name says that it is not his, or of another kind."""
NOT_HIS = (NOT_NOW - {"acting", "interim"}) | frozenset("for to running once previously by with whose".split())
"""The same between an office in small letters and a name."""
BREAKS = NOT_HIS | frozenset("who was were is and as about".split())
"""With one of these between, it is no office that somebody has besides."""
DEPUTY = re.compile(r"\b(?:deput(?:y|ies)|aides?|assistants?|advis[eo]rs?)$", re.IGNORECASE)
BEFORE = 4
"""How many words before a title are looked at."""
CAPITALISED = re.compile(r"[A-Z][\w’'.&-]*(?: [A-Z][\w’'.&-]*)*$")
OPENING = frozenset(f"{' '.join(WEEKDAYS)} on in at by the but and as when while after".split())
"""What may have a capital before a title and is no place."""
SURELY_ANOTHER = frozenset(("prime", "press"))
"""Who is called this minister or secretary is no other; the farming minister may be the minister of agriculture."""


def office_of_owner(asked: str) -> str | None:
    """The office that somebody is asked for by: "mayor" of "the mayor's deputy"; None where it is no office."""
    found = OWNED.match(asked)
    owner = found and (found["owner"] or (THE.match(found["whose"]) and THE.sub("", found["whose"])))
    if not owner or not owner.islower():
        return None
    deputy = DEPUTY.search(found["post"] or found["office"]) if found else None
    return owner if deputy or role_of(owner.split()[-1]) else None


def is_in_office(office: str, name: str, words: str) -> bool:
    """Whether `words` put the office beside the name: "Mayor Ada Orr", "Ada Orr, the mayor", who is no deputy of it."""
    office, name = re.escape(office), re.escape(name)
    if re.search(rf"{name} ?, (?:the |its |their )?(?:[A-Z][\w-]*['’]s )?{office}\b(?!['’])", words):
        return True
    found = re.search(rf"\b{office} {name}|['’]s {office} ?, {name}", words, re.IGNORECASE)
    return found is not None and not (NOT_NOW | {"of"}) & set(re.split(r"\W+", words[: found.start()].lower())[-4:])


def is_office(asked: str) -> bool:
    """Whether somebody is asked for by an office by which articles introduce who holds it: "the health minister"."""
    return bool(OFFICES.keys() & set(_post_of(asked).lower().split()[-1:]))


def tells_of_office(asked: str, text: str) -> bool:
    """Whether a text has the office asked for, in words or as a title."""
    office = _office_of(asked)
    return bool(re.search(rf"\b(?:{office}s?|{OFFICES[office]})(?!\w)", text, re.IGNORECASE))


def is_called_by_office(asked: str, name: str, text: str) -> bool:
    """Whether an article's text puts the office asked for before a name: "Gov. Ada Orr"; not another place's.

    A surname alone is somebody's only where nobody else in the text has it.
    """
    if not is_office(asked) or RANKS & {*_post_of(asked).lower().split()}:
        return False
    owner, surname = (owner_of(asked) or "").split(), name.split()[-1]
    titles = OFFICES[_office_of(asked)]
    named = {m[1] for m in re.finditer(rf"([A-Z][\w’'.-]*) {re.escape(surname)}\b", text)}
    strangers = {word for word in named if not re.fullmatch(titles, word)} - {*name.split(), *owner}
    called = [name] if strangers else [name, surname]
    before = (words for one in called for words in _before_office(titles, one, text))
    return any(not NOT_NOW & _plain(words) and _place_in(words) in ([], owner) for words in before)


def is_of_other_office(asked: str, name: str, words: str) -> bool:
    """Whether `words` give `name` another office than the one asked for: the culture minister is no prime minister.

    Nor is a deputy, a former holder or another place's the one; the deputy is, where he is asked for.
    """
    if not is_office(asked):
        return False
    own, post, owner = _office_of(asked), _post_of(asked).lower().split(), (owner_of(asked) or "").split()
    others = {office: title for office, title in OFFICES.items() if not {*_words(title)} & {*_words(OFFICES[own])}}
    if any(not NOT_NOW & _plain(before) for before in _before_office("|".join(others.values()), name, words)):
        return True
    if any(not BREAKS & {*told} for told in _told_of("|".join(others), name, words)):
        return True
    titled, told = [*_before_office(OFFICES[own], name, words)], [*_told_of(own, name, words)]
    if ranks := RANKS & {*post}:
        known = [*map(_plain, titled), *map(set, told)]
        return bool(known) and not any(ranks & one for one in known)
    own_words = {*asked.lower().split()}  # a state senator may be asked for
    holds = [
        not (NOT_NOW - own_words) & _plain(before) and not _is_longer(_place_in(before), owner) for before in titled
    ]
    holds += [not (NOT_HIS - own_words) & {*before} for before in told]
    if holds and not any(holds):
        return True
    kind = told[0][-1] if told and told[0] else ""  # "culture" of "the culture minister"
    if len(post) < 2 or not kind or kind in FUNCTION_WORDS:
        return False
    return bool({kind, post[-2]} & SURELY_ANOTHER) and american(post[-2]) not in told[0][-4:]


def _told_of(offices: str, name: str, words: str) -> Iterator[list[str]]:
    """What stands before one of the offices, in small letters, where it stands right before or after a name.

    Before a comma and a name only that of an owner: in "after meeting the governor, Ada Orr" she is another.
    """
    named = re.escape(name)
    for found in re.finditer(
        rf"(?P<before>(?:[\w’'-]+ ){{0,5}})\b(?:{offices}) {named}|"
        rf"(?P<owned>(?:[\w’'-]+ ){{0,3}}[\w-]+['’]s (?:[a-z-]+ ){{0,2}})(?:{offices}) ?, {named}|"
        rf"{named} ?, (?:the |its |his |her |a )?(?P<after>(?:(?!of\b)[\w’'-]+ ){{0,4}})(?:{offices})\b(?!['’])",
        words,
        re.IGNORECASE,
    ):
        told = found["before"] or found["owned"] or found["after"] or ""
        yield [american(word) for word in told.lower().split()]


def _before_office(titles: str, name: str, text: str) -> Iterator[str]:
    """What stands before each place where one of the titles stands right before a name, a few words of it."""
    for found in re.finditer(rf"(?<![\w-])(?:{titles}) {re.escape(name)}(?!\w)", text):
        yield " ".join(text[: found.start()].rsplit(maxsplit=BEFORE + 1)[-BEFORE:])


def _place_in(before: str) -> list[str]:
    """The place that stands right before a title: "West", "Virginia" of "On Monday, West Virginia Gov."."""
    found = CAPITALISED.search(before)
    words = [word.removesuffix("’s").removesuffix("'s") for word in found[0].split()] if found else []
    return [word for word in words if word.lower() not in OPENING]


def _is_longer(place: Sequence[str], owner: Sequence[str]) -> bool:
    """Whether a place's name only ends like that asked for: West Virginia is not Virginia."""
    return bool(owner) and len(place) > len(owner) and [*place[-len(owner) :]] == [*owner]


def _plain(before: str) -> set[str]:
    return {*re.findall(r"[a-z]+", before.lower())}


def _words(titles: str) -> list[str]:
    return re.findall(r"\w+", titles)


def _office_of(asked: str) -> str:
    return _post_of(asked).lower().split()[-1]


def _post_of(asked: str) -> str:
    """The post that somebody is asked for by: "health minister" of "Zenda's health minister"."""
    plain = THE.sub("", CLAUSE.split(asked)[0])
    found = OWNED.match(plain)
    return (found["post"] or found["office"]) if found else plain
