"""What is asked: whose words, about what, which kind of answer, and which names and words must be met."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["speech", "who", "when", "where", "number", "other"]

STOP = frozenset(
    """a an and any are as at be been but by can could did do does for from had has have he her him his how i if in into
    is it its like made make many me much my new no not of off on one or other our out over own said say says so some
    such than that the their them then there these they this those to too under up upon us was we were what when where
    which while who whom whose why will with would you your about after against before between during each ever far
    first get give given go just latest let more most per set should since still take tell told through very
    via""".split()
)
ASKING = frozenset(
    """answer argument asked assessment call called comment comments critics describe described explain explained
    explanation message opinion position react reacted reaction reply respond responded response stance stand stood
    state stated take think thinks thought verdict view views word words according happen happened long often recent
    people person persons number total point""".split()
)
"""Words that say what kind of thing is asked for, not what it is about."""

AUXILIARY = "(?:did|does|do|has|have|had|is|are|was|were)"
WHO = "(?P<speaker>.+?)"
SAY = (
    "(?:say|said|says|saying|tell|told|think|thinks|thought|announced?|claim(?:ed)?|argued?|call(?:ed)? for|make|made|"
    "want|expect|believe|warn(?:ed)?|promised?|ask(?:ed)?|concluded?|report(?:ed)?|blamed?)"
)
REACT = (
    "(?:react(?:ed)?|respond(?:ed)?|answer(?:ed)?|reply|replied|explain(?:ed)?|described?|see|view|characteri[sz]e|"
    "justify|justified|defend(?:ed)?|hit back|take|took|comment(?:ed)?|assess|feel|felt)"
)
STANCE = (
    "(?:reaction|response|answer|message|views?|position|take|opinion|stance|verdict|assessment|explanation|argument|"
    "comments?|advice|warning|statement)"
)
LINK = "(?: (?:about|on|of|regarding|concerning|over|to|at|against|for|that|in|after|when|the))*"
TOPIC = rf"\b{LINK}(?: (?P<topic>.+))?$"
SPEECH_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:and )?(?:what|how|why|who|when) {AUXILIARY} {WHO} (?:also |ever |publicly )?{SAY}{TOPIC}",
        rf"^how {AUXILIARY} {WHO} {REACT}{TOPIC}",
        rf"^(?:what|how) (?:is|are|was|were)(?:n't)? {WHO}(?:['’]s?|s['’]) {STANCE}{TOPIC}",
        rf"^what['’]s {WHO}['’]s? {STANCE}{TOPIC}",
        rf"^(?:what|how) (?:is|was) the {STANCE} of {WHO} (?:to|on|about|regarding) (?P<topic>.+)$",
        rf"^where (?:does|do|did) {WHO} stand on (?P<topic>.+)$",
        rf"^did {WHO} (?:back|support|oppose|critici[sz]e|condemn|welcome|deny|confirm|agree|defend){TOPIC}",
    )
)
MEASURES = "(?:many|much|far|fast|high|long|old|big|large|tall|often)"
KIND_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "number",
        re.compile(rf"\b(?:how {MEASURES}|what (?:fine|price|share|percentage|turnout|number))\b", re.IGNORECASE),
    ),
    ("when", re.compile(r"^\W*(?:and )?(?:when|what (?:day|date|year))\b", re.IGNORECASE)),
    ("where", re.compile(r"^\W*(?:and )?where\b", re.IGNORECASE)),
    ("who", re.compile(r"^\W*(?:and )?(?:who|whom)\b", re.IGNORECASE)),
)
WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
NAME = re.compile(r"\b[A-Z0-9][\w’'.-]*(?:\s+(?:of\s+the\s+|of\s+|the\s+|al-|de\s+|van\s+|von\s+)?[A-Z][\w’'-]*)*")
WHEN = re.compile(
    r"(?:\d|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|"
    r"winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day|[\s,])+",
    re.IGNORECASE,
)
"""A date is not a name: articles rarely repeat the year or the month that they are from."""
CAPITALISED_ASKING = frozenset(
    """what who whom when where why how which did does do is are was were has have and in on at the by according can
    will should if i""".split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands alone, taken apart.

    speaker: whose words are asked for, as the question names them; None when no one's are.
    topic: what the words are about; the whole question when no speaker is asked for.
    terms: the stems of the topic's words that carry meaning.
    names: the proper names in the topic, as written; an answer has to be about them.
    """

    text: str
    kind: Kind
    speaker: str | None
    topic: str
    terms: frozenset[str]
    names: tuple[str, ...]


def understand(text: str) -> Question:
    """Take a question apart."""
    plain = " ".join(text.split()).strip().rstrip("?!. ")
    speaker, topic = _speech(plain)
    kind: Kind = "speech" if speaker else next((k for k, pattern in KIND_PATTERNS if pattern.search(plain)), "other")
    return Question(
        text=text.strip(),
        kind=kind,
        speaker=speaker,
        topic=topic,
        terms=frozenset(stems(topic)) - ASKING_STEMS,
        names=tuple(names_in(topic)),
    )


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """The words of `text` that carry meaning, cut to a common form, in order."""
    found = []
    for match in WORD.finditer(text):
        word = match[0].lower().replace("’", "'").removesuffix("'s").replace("'", "").replace(".", "")
        acronym = len(match[0]) > 1 and match[0].isupper()  # "US", "WHO" and "IT" are no stop words
        if word and (acronym or word not in STOP):
            found.append(_stem(word))
    return tuple(found)


def names_in(text: str) -> list[str]:
    """The proper names in a question, as written."""
    found = []
    for match in NAME.finditer(text):
        words = match[0].split()
        while words and words[0].lower().strip("’'") in CAPITALISED_ASKING:
            words = words[1:]
        name = re.sub(r"['’]s?$", "", " ".join(words)).strip(" .,")
        if len(name) > 1 and not WHEN.fullmatch(name):
            found.append(name)
    return found


def _speech(plain: str) -> tuple[str | None, str]:
    for pattern in SPEECH_PATTERNS:
        match = pattern.match(plain)
        if match and _can_speak(match["speaker"]):
            return match["speaker"].strip(), (match["topic"] or "").strip() or plain
    return None, plain


def _can_speak(who: str) -> bool:
    words = who.split()
    return 0 < len(words) <= 9 and words[0].lower() not in {
        "it",
        "there",
        "that",
        "this",
        "many",
        "much",
        "he",
        "she",
        "they",
        "we",
        "you",
    }


def _stem(word: str) -> str:
    """Plural and verb endings off: enough for a match, without a language's full morphology."""
    for ending, keep in (
        ("ies", "y"),
        ("sses", "ss"),
        ("ing", ""),
        ("edly", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
        ("ly", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith("ss"):
            word = word[: -len(ending)] + keep
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


ASKING_STEMS = frozenset(_stem(word) for word in ASKING)
