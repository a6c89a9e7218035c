"""A text -> its words, each with its common form and its clause; which words mean the same, which the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from simplemma import lemmatize

from index import leading_country

WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*")
CLAUSE = re.compile(
    r"""[,;:()\[\]\n—–?!]|(?<=[\w”"’])\.(?=[\s”"])|(?<=[.?!])[”"]|\s-\s|"""
    r"\b(?:but|while|whereas|although|though|because|which|who|whose)\b"
)
STOP = re.compile(r"[.?!\n]")
FUNCTION = frozenset(
    """a an the and or nor of to in on at by for from with as into onto upon about between through during against
    among within aboard toward towards is are was were be been being am do does did done have has had having it its
    itself he him his himself she her hers herself they them their theirs themselves we us our ours i me my mine
    you your yours this that these those there here who whom whose which what where when why how than then so such
    also too very just own same other another while whereas although though because but however meanwhile time s re
    ve d m t""".split()
)
"""Words that state nothing by themselves. What changes a statement (not, may, only, before) is not among them."""
MAY = "month-of-may"
"""The month, to tell it from the verb."""
BEFORE_VERBS = frozenset("to will would can could may might shall should must not never".split())
SUFFIXES = tuple(
    """ation ations ition ion ions ment ments ance ence ity ness ship ism ist ists er ers or ors al ally ly ive ful less
    able ible ic ical ous ing ings ed es s e y ies ied an ans ian ians ese ish i n""".split()
)
ROOT, SHORT_ROOT, FORM_ROOT = 5, 4, 3
"""Letters that two words share at their beginning to be of one family ("escalate", "escalation"); fewer where only an
agent's ending is off ("lead", "leader"), or one that makes a form of a verb ("end", "ending")."""
VERB_SUFFIXES = ("ers", "er", "or", "s")
IRREGULAR = {
    "rose": "rise",
    "won": "win",
    "worse": "bad",
    "worst": "bad",
    "better": "good",
    "best": "good",
    "laid": "lay",
}
"""Where the lemmatizer errs, or where its lemma would join what differs."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: `text[start:end]`, its common form, the number of its clause and sentence.

    named: whether it has a capital. acts: whether it may be a verb: it has a verb's ending, or follows "to" or "will".
    """

    start: int
    end: int
    key: str
    clause: int
    sentence: int
    named: bool
    acts: bool

    @property
    def states(self) -> bool:
        """Whether it states something by itself."""
        return self.key not in FUNCTION


@lru_cache(maxsize=2_000)
def words(text: str) -> tuple[Word, ...]:
    """The words of `text` in order."""
    breaks = [(found.start(), bool(STOP.match(found[0]))) for found in CLAUSE.finditer(text)]
    read: list[Word] = []
    clause = sentence = 0
    for found in WORD.finditer(text):
        while clause < len(breaks) and breaks[clause][0] <= found.start():
            sentence += breaks[clause][1]
            clause += 1
        for part, start in _parts(found[0], found.start()):
            form, ahead = key(part), read[-1].key if read else ""
            if part == "May" and read and read[-1].sentence == sentence:
                form = MAY
            acts = ahead in BEFORE_VERBS or _is_inflected(part.lower(), form, read[-1] if read else None)
            read.append(Word(start, start + len(part), form, clause, sentence, part[:1].isupper(), acts))
    return tuple(read)


def _is_inflected(word: str, form: str, ahead: Word | None) -> bool:
    """Whether a word has a verb's ending. "-ing" counts after "is", "-s" after a name: else they may be nouns'."""
    if word.endswith("ing"):
        return ahead is not None and ahead.key == "be"
    if word == f"{form}s":
        return ahead is not None and ahead.named
    return form != word or form.endswith("ed")


def _parts(word: str, start: int) -> Iterable[tuple[str, int]]:
    """The word; one with hyphens in its parts; "n't" apart from its verb."""
    if found := re.fullmatch(r"(\w+)(n[’']t)", word, re.IGNORECASE):
        return [(found[1], start), (found[2], start + found.start(2))]
    if "-" not in word:
        return [(word, start)]
    return [(found[0], start + found.start()) for found in re.finditer(r"[^-]+", word)]


@lru_cache(maxsize=20_000)
def key(word: str) -> str:
    """The common form of a word: its lemma in small letters, without possessive and full stops."""
    plain = re.sub(r"[’']s?$", "", word.lower()).replace("’", "'").replace(".", "")
    if plain in ("n't", "cannot", "can't"):
        return "not"
    if word.isupper() and len(word) > 1:
        return plain
    return IRREGULAR.get(plain) or lemmatize(plain, lang="en").lower()


def content(text: str) -> tuple[str, ...]:
    """The common forms of the words of `text` that state something."""
    return tuple(word.key for word in words(text) if word.states)


@lru_cache(maxsize=100_000)
def akin(one: str, other: str) -> bool:
    """Whether two common forms mean the same: one word, one family, or one line of synonyms.txt."""
    if one == other or _family(one) & _family(other):
        return True
    return bool(groups().get(one, frozenset()) & groups().get(other, frozenset()))


@lru_cache(maxsize=100_000)
def related(one: str, other: str) -> bool:
    """Whether two common forms mean the same, or name one country ("Iranian", "Tehran")."""
    if akin(one, other):
        return True
    country = _country(one)
    return bool(country) and country == _country(other)


@lru_cache(maxsize=20_000)
def _country(word: str) -> str | None:
    return leading_country(word.upper() if len(word) <= 3 else word.capitalize())[0]


def held(wanted: str, among: Iterable[str]) -> bool:
    """Whether one of `among` means the same as `wanted`."""
    return any(related(wanted, other) for other in among)


def opposite(one: str, other: str) -> bool:
    """Whether a line of opposites.txt sets the two against each other."""
    sides, against = opposites().get(one, frozenset()), opposites().get(other, frozenset())
    return any((line, 1 - side) in against for line, side in sides)


@lru_cache(maxsize=20_000)
def _family(word: str) -> frozenset[str]:
    """The roots that a word may have: what is left of it when an ending is taken off."""
    roots = {word} | {word[: -len(end)] for end in SUFFIXES if word.endswith(end)}
    short = {word} | {word[: -len(end)] for end in VERB_SUFFIXES if word.endswith(end)}
    forms = {word} | {word[: -len(end)] for end in ("ing", "ed") if word.endswith(end)}
    return frozenset(
        root.rstrip("e")
        for least, found in ((ROOT, roots), (SHORT_ROOT, short), (FORM_ROOT, forms))
        for root in found
        if len(root) >= least
    )


@cache
def groups() -> dict[str, frozenset[int]]:
    """Each word of synonyms.txt -> the lines that it is on."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_lines("synonyms.txt")):
        for word in line.split():
            found.setdefault(key(word), set()).add(number)
    return {word: frozenset(lines) for word, lines in found.items()}


@cache
def opposites() -> dict[str, frozenset[tuple[int, int]]]:
    """Each word of opposites.txt -> the lines that it is on, and the side."""
    found: dict[str, set[tuple[int, int]]] = {}
    for number, line in enumerate(_lines("opposites.txt")):
        for side, part in enumerate(line.split("|")):
            for word in part.split():
                found.setdefault(key(word), set()).add((number, side))
    return {word: frozenset(places) for word, places in found.items()}


def _lines(name: str) -> list[str]:
    text = files("assistant.support").joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
