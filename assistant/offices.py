"""Who holds an office, by what an article calls him: "Gov. Ada Orr", "Culture Minister Bo Renk"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.asked import CLAUSE
from assistant.relations import OWNED, THE, owner_of
from assistant.spans import WEEKDAYS
from index.speech.lexicon import role_of
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
NOT_IN_OFFICE = frozenset("deputy vice lieutenant lt former acting ex interim of".split())
"""What before an office says that somebody holds another."""
NOT_NOW = (NOT_IN_OFFICE - {"of"}) | frozenset("then late past shadow state drag failed aspiring candidate".split())
"""The same of the words before a title and a name."""
NOT_HIS = (NOT_NOW - {"acting", "interim"}) | frozenset("for to running once previously by with whose".split())
"""The same, where all that is told of somebody is that."""
BREAKS = NOT_HIS | frozenset("who was were is and as about".split())
"""With one of these between, the office is somebody else's, or a former one."""
RANKS = frozenset("deputy vice lieutenant lt former acting interim shadow".split())
"""What makes another office of one, and is asked for by it."""
DEPUTY = re.compile(r"\b(?:deput(?:y|ies)|aides?|assistants?|advis[eo]rs?)$", re.IGNORECASE)
BEFORE = 4
"""How many words before a title are looked at."""
CAPITALISED = re.compile(r"[A-Z][\w’'.&-]*(?: [A-Z][\w’'.&-]*)*$")
DAY = re.compile(rf"(?:{'|'.join(WEEKDAYS)})|On|In|At|By|The|But|And|As|When|While|After", re.IGNORECASE)
DEPARTMENTAL = ("minister", "secretary")
"""Of which there are several at a time."""
UNLIKE = frozenset(("prime", "press"))
"""Which of them is surely no other; the farming minister may be called the minister of agriculture."""
UNTOLD = NOT_IN_OFFICE | {"the", "its", "his", "her", "their", "then", "new", "and"}
"""What before one of them does not tell which."""


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
    return found is not None and not NOT_IN_OFFICE & set(re.split(r"\W+", words[: found.start()].lower())[-4:])


def is_office(asked: str) -> bool:
    """Whether somebody is asked for by an office by which articles introduce who holds it: "the health minister"."""
    return bool(OFFICES.keys() & set(_post_of(asked).lower().split()[-1:]))


def tells_of_office(asked: str, text: str) -> bool:
    """Whether a text has the office asked for, in words or as a title."""
    office = _office_of(asked)
    return bool(re.search(rf"\b{office}|\b(?:{OFFICES[office]})", text, re.IGNORECASE))


def is_called_by_office(asked: str, name: str, text: str) -> bool:
    """Whether an article's text puts the office asked for before a name: "Gov. Ada Orr"; not another place's.

    A surname alone is somebody's only where nobody else in the text has it.
    """
    if not is_office(asked) or NOT_IN_OFFICE & {*_post_of(asked).lower().split()}:
        return False
    owner, surname = (owner_of(asked) or "").split(), name.split()[-1]
    titles = OFFICES[_office_of(asked)]
    named = {m[1] for m in re.finditer(rf"([A-Z][\w’'.-]*) {re.escape(surname)}\b", text)}
    strangers = {word for word in named if not re.fullmatch(titles, word)} - {*name.split(), *owner}
    called = [name] if strangers else [name, surname]
    return any(_is_of(owner, before) for one in called for before in _before_office(titles, one, text))


def is_of_other_office(asked: str, name: str, words: str) -> bool:
    """Whether `words` give `name` another office than the one asked for: the culture minister is no prime minister.

    An office that is said to be a former one tells nothing.
    """
    if not is_office(asked):
        return False
    own, post = _office_of(asked), _post_of(asked).lower().split()
    mine = set(re.findall(r"\w+", OFFICES[own]))
    others = {office: title for office, title in OFFICES.items() if not mine & set(re.findall(r"\w+", title))}
    if any(not NOT_NOW & _plain(before) for before in _before_office("|".join(others.values()), name, words)):
        return True
    if any(not BREAKS & {*told} for told in _told_of("|".join(others), name, words)):
        return True
    before = [*_before_office(OFFICES[own], name, words)]
    told = [{*words_before} for words_before in _told_of(own, name, words)]
    known = [*map(_plain, before), *told]
    qualified = RANKS & {*post}
    if qualified:
        return bool(known) and not any(qualified & one for one in known)
    asked_for = {*asked.lower().split()}  # a state senator may be asked for
    not_his = [*((NOT_NOW - asked_for) & _plain(one) for one in before), *((NOT_HIS - asked_for) & one for one in told)]
    if known and all(not_his):
        return True
    if any(_is_of_longer_place(owner_of(asked) or "", one) for one in before):
        return True
    if own not in DEPARTMENTAL or len(post) < 2:
        return False
    first = next(_told_of(own, name, words), [])
    if not first or first[-1] in UNTOLD or "former" in first:
        return False
    return american(post[-2]) not in first[-4:] and bool(UNLIKE & {post[-2], first[-1]})


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


def _is_of_longer_place(owner: str, before: str) -> bool:
    """Whether a title is of a place whose name only ends like that asked for: "West Virginia Gov." for Virginia's."""
    place = CAPITALISED.search(before)
    return bool(owner) and place is not None and place[0].endswith(f" {owner}") and not DAY.match(place[0])


def _before_office(titles: str, name: str, text: str) -> Iterator[str]:
    """What stands before each place where one of the titles stands right before a name, a few words of it."""
    for found in re.finditer(rf"(?<![\w-])(?:{titles}) {re.escape(name)}(?!\w)", text):
        yield " ".join(text[: found.start()].rsplit(maxsplit=BEFORE + 1)[-BEFORE:])


def _is_of(owner: Sequence[str], before: str) -> bool:
    """Whether what stands before a title leaves it the one asked for: now, and of no other place."""
    if NOT_NOW & _plain(before):
        return False
    place = CAPITALISED.search(before)
    told = [word.removesuffix("’s").removesuffix("'s") for word in place[0].split()] if place else []
    return [word for word in told if not DAY.fullmatch(word)] in ([], list(owner))


def _plain(before: str) -> set[str]:
    return set(re.findall(r"[a-z]+", before.lower()))


def _office_of(asked: str) -> str:
    return _post_of(asked).lower().split()[-1]


def _post_of(asked: str) -> str:
    """The post that somebody is asked for by: "health minister" of "Zenda's health minister"."""
    plain = THE.sub("", CLAUSE.split(asked)[0])
    found = OWNED.match(plain)
    return (found["post"] or found["office"]) if found else plain
