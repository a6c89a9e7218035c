"""Whose somebody is who is asked for ("Orr's wife", "the lawyer for Vane") -> who he surely is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.asked import CLAUSE
from index import Sentence, names_match, split_description
from index.speech.givennames import given_gender
from index.speech.lexicon import role_of

OWNED = re.compile(
    r"^(?:the |an? )?(?:(?P<owner>.+?)['’]s? (?P<post>.+)|(?P<office>.+?) (?:of|for|to) (?P<whose>.+))$", re.IGNORECASE
)
THE = re.compile("^the ", re.IGNORECASE)
RELATIVE = "(?:wife|widow|husband|widower|mother|father|sister|brother|son|daughter|uncle|aunt|cousin|niece|nephew)"
SAME = {"widow": "wife", "widower": "husband", "mom": "mother", "mum": "mother", "dad": "father"}
KIN = re.compile(
    rf"\b(?:{RELATIVE}s?|wives|m[ou]m|dad|parents?|twin|grand\w+|(?:girl|boy)friend|fiancée?|famil(?:y|ies)|friends?|"
    r"neighbou?rs?)$",
    re.IGNORECASE,
)
COUNSELS = (
    r"(?:deput(?:y|ies)|aides?|assistants?|lawyers?|attorneys?|solicitors?|barristers?|publicist|agent|counsel)\b"
)
COUNSEL = re.compile(rf"\b{COUNSELS}$", re.IGNORECASE)
"""Who speaks for somebody and is not he."""
NAMESAKE = re.compile(r"\b(?:Jr|Sr|I{2,3}|IV)\b")
WHOSE = r"(?:[Hh]er|[Hh]is|[Tt]heir|the [a-z]+['’]s|[A-Z][\w.-]*(?: [A-Z][\w.-]*)*(?:['’]s|(?<=s)['’]))"
CALLED = (
    rf"(?<![\w-])(?P<whose>{WHOSE}) (?P<one>{RELATIVE}),? {{name}}|"
    rf"{{name}} ?, (?P<of>{WHOSE}) (?P<other>{RELATIVE})(?![\w-])|"
    rf"{{name}} ?, the (?P<kin>{RELATIVE}) of (?P<owner>the [a-z]+|[A-Z][\w.-]*(?: [A-Z][\w.-]*)*)"
)
"""How somebody is called a relative, and whose."""
MANY = re.compile(
    r"(?:^| )(?!(?:relatives|siblings|twins|ones|kids|girls|boys|guardians|laws|survivors)$)(?:[a-z]+[^s\W]s|police)$"
)
"""Several people who are no relatives, or a body of them: "park officials"."""
SEVERAL = r"\d|two|three|four|five|six|seven|eight|nine|ten"


def owner_of(asked: str) -> str | None:
    """The name of whose somebody is: "Velby" of "the mayor of Velby" and "the Velby mayor"; None where none is told."""
    found = OWNED.match(asked)
    owner = (found["owner"] or found["whose"]) if found else split_description(asked)[0]
    owner = THE.sub("", owner)
    return owner if owner[:1].isupper() else None


def is_another(asked: str, sentence: Sentence) -> bool:
    """Whether the speaker surely is not the one asked for: of somebody's wife, that somebody, or officials."""
    found, speaker = OWNED.match(asked), sentence.speaker or ""
    if not found or not speaker:
        return False
    owner, post = found["owner"] or found["whose"], found["post"] or found["office"]
    head = re.split(" (?:of|for|who) ", speaker)[0]  # "Friends of the Earth"
    if names_match(asked, speaker) and (KIN.search(head) or not KIN.search(post)):
        return False
    if KIN.search(post) and not KIN.search(speaker) and (speaker == sentence.speaks_for or MANY.search(speaker)):
        return True
    if owner.islower() and re.fullmatch(
        rf"(?:.*['’]s |the |an? )?{re.escape(THE.sub('', owner))}", speaker, re.IGNORECASE
    ):
        return True  # "the city engineer's deputy" is not the city engineer
    if NAMESAKE.search(speaker) or not names_match(owner, speaker):
        return False
    if COUNSEL.search(post):
        return not re.search(rf"\b{COUNSELS}", speaker, re.IGNORECASE)
    if " " not in owner:  # relatives share a surname, a firm the name of who founded it
        return bool(KIN.search(post)) and " " not in speaker
    *before, _ = speaker.split()
    somebody = any(map(given_gender, before)) and any(map(role_of, post.lower().split()))
    return bool(somebody or KIN.search(post))


def is_one_relative(asked: str) -> bool:
    """Whether one relative is asked for who is no other: the wife, but not the family, a friend or the parents."""
    return _asked_for(asked) is not None


def is_called_otherwise(asked: str, name: str, words: str) -> bool:
    """Whether one relative is asked for, and `name`, or `words` beside it, are of another: "his daughter, Eva Renk"."""
    relative, called = _asked_for(asked), _relatives(name, words)
    return relative is not None and bool(called) and relative not in called


def _relatives(name: str, words: str) -> set[str]:
    """What relatives `words` may call somebody, of whomever; by his name too, "Orr's brother"."""
    itself, name = re.findall(rf"\b{RELATIVE}$", name), re.escape(name)
    beside = re.findall(
        rf"\b({RELATIVE}),? {name}|{name} ?, (?:(?:the|an?) )?(?:[\w’'-]+['’]s? )?(?:(?!who|her|his|their|my)[\w-]+ )?"
        rf"({RELATIVE})\b(?! of (?:{SEVERAL}))",
        words,
    )
    return {_plain(word) for found in [*beside, itself] for word in found if word}


def tells_of_relatives(words: str) -> bool:
    """Whether `words`, which introduce somebody, tell of a relative."""
    return bool(re.search(rf"\b(?:{RELATIVE}s?|m[ou]m|dad|twins?|child|children|kids)\b", words, re.IGNORECASE))


def is_called_so(asked: str, name: str, words: str) -> bool:
    """Whether one relative is asked for and `words` call `name` that: "Orr's brother Bo Renk"."""
    relative = _asked_for(asked)
    return any(kin == relative and _is_whose(asked, whose) is True for kin, whose in _related(name, words))


def is_relative_of_another(asked: str, name: str, words: str) -> bool:
    """Whether one relative is asked for and `words` call `name` somebody else's: "the suspect's brother Bo Renk"."""
    called = [whose for _, whose in _related(name, words)]
    return is_one_relative(asked) and bool(called) and all(_is_whose(asked, whose) is False for whose in called)


def _related(name: str, words: str) -> Iterator[tuple[str, str]]:
    """What relative `words` surely call somebody, and whose."""
    for found in re.finditer(CALLED.format(name=re.escape(name)), words):
        yield _plain(found["one"] or found["other"] or found["kin"]), found["whose"] or found["of"] or found["owner"]


def _is_whose(asked: str, whose: str) -> bool | None:
    """Whether whose relative somebody is is whose is asked for: "her"; "Orr's" is "Ada Orr's"; None where that is open.

    The victim's may be Orr's.
    """
    if whose.lower() in ("her", "his", "their"):
        return True
    found = OWNED.match(CLAUSE.split(asked)[0])
    owner = THE.sub("", (found["owner"] or found["whose"]) if found else "")
    bare = re.sub(r"(?:['’]s|(?<=s)['’])$", "", THE.sub("", whose))
    if owner[:1].isupper() != bare[:1].isupper():
        return None
    if bare[:1].islower():
        return bare in owner.split()
    return names_match(bare, owner) or names_match(owner, bare)


def _asked_for(asked: str) -> str | None:
    found = KIN.search(CLAUSE.split(asked)[0].split(" of ")[0])
    plain = _plain(found[0]) if found else ""
    return plain if re.fullmatch(RELATIVE, plain) else None


def _plain(word: str) -> str:
    return SAME.get(word.lower(), word.lower())
