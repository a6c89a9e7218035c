"""Who holds an office, by what an article calls him: "Gov. Ada Orr", "Culture Minister Bo Renk"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.asked import CLAUSE
from assistant.relations import OWNED, THE, owner_of
from assistant.spans import WEEKDAYS
from index.speech.lexicon import role_of

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
OTHER = NOT_IN_OFFICE - {"of"}
DAY = re.compile("|".join(WEEKDAYS), re.IGNORECASE)
LONGEST = 40
"""Characters of a word."""
DEPARTMENTAL = ("minister", "secretary")
"""Of which there are several at a time."""
UNTOLD = NOT_IN_OFFICE | {"the", "its", "his", "her", "their", "then", "new"}
"""What before one of them does not tell which."""


def office_of_owner(asked: str) -> str | None:
    """The office that somebody is asked for by: "mayor" of "the mayor's deputy"; None where it is no office."""
    found = OWNED.match(asked)
    owner = found and (found["owner"] or (THE.match(found["whose"]) and THE.sub("", found["whose"])))
    return owner if owner and owner.islower() and role_of(owner.split()[-1]) else None


def is_in_office(office: str, name: str, words: str) -> bool:
    """Whether `words` put the office before the name: "Mayor Ada Orr" is not the mayor's deputy."""
    found = re.search(rf"\b{re.escape(office)},? {re.escape(name)}", words, re.IGNORECASE)
    return found is not None and not NOT_IN_OFFICE & set(re.split(r"\W+", words[: found.start()].lower())[-4:])


def is_office(asked: str) -> bool:
    """Whether somebody is asked for by an office by which articles introduce who holds it: "the health minister"."""
    return bool(OFFICES.keys() & set(_post_of(asked).lower().split()[-1:]))


def is_called_by_office(asked: str, name: str, text: str) -> bool:
    """Whether an article's text puts the office asked for before a name: "Gov. Ada Orr"; not another place's."""
    if not is_office(asked):
        return False
    owner = owner_of(asked) or ""
    return any(
        not word or word in owner or (word.islower() and word not in OTHER) or word[-1] in ".:" or DAY.fullmatch(word)
        for word in _before_office(OFFICES[_office_of(asked)], name.split()[-1], text)
    )


def is_of_other_office(asked: str, name: str, words: str) -> bool:
    """Whether `words` give `name` another office than the one asked for: the culture minister is no prime minister."""
    if not is_office(asked):
        return False
    own, post = _office_of(asked), _post_of(asked).lower().split()
    mine = set(re.findall(r"\w+", OFFICES[own]))
    titles = "|".join(title for title in OFFICES.values() if not mine & set(re.findall(r"\w+", title)))
    if any(True for _ in _before_office(titles, name, words)):
        return True
    named = re.escape(name)
    found = re.search(rf"([\w’'-]+) {own},? {named}|{named}, [^,]*?([\w’'-]+) {own}\b", words, re.IGNORECASE)
    other = (found[1] or found[2]).lower() if found and len(post) > 1 else ""
    return own in DEPARTMENTAL and bool(other) and other != post[-2] and other not in UNTOLD


def _before_office(titles: str, name: str, text: str) -> Iterator[str]:
    """The word before each place where one of the titles stands before a name: "Velby" of "Velby Mayor Ada Orr"."""
    for found in re.finditer(rf"\b(?:{titles}) (?:[A-Z][\w.’'-]* ){{0,2}}{re.escape(name)}(?!\w)", text):
        yield (text[max(0, found.start() - LONGEST) : found.start()].split() or [""])[-1]


def _office_of(asked: str) -> str:
    return _post_of(asked).lower().split()[-1]


def _post_of(asked: str) -> str:
    """The post that somebody is asked for by: "health minister" of "Zenda's health minister"."""
    plain = THE.sub("", CLAUSE.split(asked)[0])
    found = OWNED.match(plain)
    return (found["post"] or found["office"]) if found else plain
