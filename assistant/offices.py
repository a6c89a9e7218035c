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
    return owner if owner and owner.islower() and role_of(owner.split()[-1]) else None


def is_in_office(office: str, name: str, words: str) -> bool:
    """Whether `words` put the office beside the name: "Mayor Ada Orr", "Ada Orr, the mayor", who is no deputy of it."""
    office, name = re.escape(office), re.escape(name)
    if re.search(rf"{name} ?, (?:the |its |their )?(?:[A-Z][\w-]*['’]s )?{office}\b(?!['’])", words):
        return True
    found = re.search(rf"\b{office},? {name}", words, re.IGNORECASE)
    return found is not None and not NOT_IN_OFFICE & set(re.split(r"\W+", words[: found.start()].lower())[-4:])


def is_office(asked: str) -> bool:
    """Whether somebody is asked for by an office by which articles introduce who holds it: "the health minister"."""
    return bool(OFFICES.keys() & set(_post_of(asked).lower().split()[-1:]))


def is_called_by_office(asked: str, name: str, text: str) -> bool:
    """Whether an article's text puts the office asked for before a name: "Gov. Ada Orr"; not another place's.

    A surname alone is somebody's only where nobody else in the text has it.
    """
    if not is_office(asked):
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
    if any(not NOT_NOW & {*told} for told in _told_of("|".join(others), name, words)):
        return True
    if own not in DEPARTMENTAL or len(post) < 2:
        return False
    told = next(_told_of(own, name, words), [])
    if not told or told[-1] in UNTOLD or "former" in told:
        return False
    other = american(post[-2]) not in told[-4:] and bool(UNLIKE & {post[-2], told[-1]})
    return other or bool({"deputy", "shadow"} & set(told[-2:]))


def _told_of(offices: str, name: str, words: str) -> Iterator[list[str]]:
    """What stands before one of the offices, in small letters, where it stands right before or after a name."""
    named = re.escape(name)
    for found in re.finditer(
        rf"(?P<before>(?:[\w’'-]+ ){{0,5}})\b(?:{offices})(?: of (?:the )?[A-Z][\w-]+)?(?: ?,)? {named}|"
        rf"{named} ?, (?:the |its |his |her )?(?P<after>(?:(?!of\b)[\w’'-]+ ){{0,4}})(?:{offices})\b",
        words,
        re.IGNORECASE,
    ):
        yield [american(word) for word in (found["before"] or found["after"] or "").lower().split()]


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
