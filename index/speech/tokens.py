"""The words of a sentence, what each is, and which of them together are a proper name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from index.speech.givennames import FEMALE_NAMES, GIVEN_NAMES, MALE_NAMES
from index.speech.lexicon import (
    AUXILIARIES,
    DETERMINERS,
    FUNCTION_WORDS,
    MODIFIERS,
    PARTICLES,
    PREPOSITIONS,
    ROLES,
    TIMES,
    TITLES,
    can_speak,
)
from index.speech.organisations import AND_NAMES, BODIES, BRANDS, ORGANISATION_WORDS, PRESS
from index.speech.verbs import PLAIN_THIRD, VERBS
from index.speech.wordset import words

MASK = "\x01"
CAMEL = re.compile(r"[A-Z][a-z]+[A-Z][A-Za-z]*$")
ARTICLED = re.compile(r"(?:al|el|ibn|bin|de)-[A-Z]|[dl]['’][A-Z]")
DATING = words("in on since until by during last this next late early mid before after")
NUMBERS = words(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundreds thousands millions dozens"
)
FIELDED = BODIES | words(
    "center centers centre secretary minister school college society foundation organization organisation "
    "administration fund trust alliance coalition project"
)
"""What may be named for fields: "Department of Land and Natural Resources"."""
LONGEST = 16  # tokens of a proper name; what runs on longer is a heading or a list
TOKEN = re.compile(
    r"\x01+|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Lt|Gen|Col|Capt|Sgt|Adm|Rev|Brig|Supt|Prof|St|Jr|Sr|Sens|Reps|Govs|Det|Maj|Cmdr|Inc|Corp|Ltd|Co|Bros)\b\.?"
    r"|(?:[^\W\d_]\.)+(?:[^\W\d_]\b)?|['’]s\b|\d+(?:[.,]\d+)+|[^\W_]+(?:[-&/.][^\W_]+|['’](?!s\b)[^\W_]+)*|[^\w\s]|_"
)
ADJECTIVAL = ("ed", "ing", "ly", "al", "ic", "ive", "ous", "time", "low")  # "Federal judge", "Longtime coach"
COMMITTEES = words("committee commission subcommittee")
MATTER = ("ic", "al", "ity", "ture", "ment", "tion", "ight", "ology", "ance")  # as words for what a body is about end
MATTERS = words("health energy service services financial research data intelligence labor education agriculture")
Kind = Literal["quote", "name", "word", "time", "number", "mark", "possessive"]


class Token(NamedTuple):
    """A word or mark: its text, in lower case without full stops, and where it stands."""

    text: str
    lower: str
    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Spelling:
    """How an article writes its words: those it has in lower case, those with a capital inside a sentence."""

    lowered: frozenset[str] = frozenset()
    capital: frozenset[str] | None = None


def tokens_of(masked: str, start: int, end: int, spelling: Spelling) -> list[Token]:
    """Give the tokens of one sentence."""
    found: list[Token] = []
    fresh = True
    matches = list(TOKEN.finditer(masked, start, end))
    for number, match in enumerate(matches):
        text = match[0]
        lower = "w.h.o" if text == "WHO" else text.lower().rstrip(".").replace("’", "'")  # no relative "who"
        following = matches[number + 1][0] if number + 1 < len(matches) else ""
        kind = _kind(text, lower, fresh, following, spelling)
        if kind == "word" and fresh:
            after = matches[number + 1 : number + 5]
            kind = "name" if _employer(text, lower, after, spelling) or _office(text, lower, after) else kind
        if kind == "time" and _forename(found[-1].lower if found else "", lower, following):
            kind = "name"
        if kind == "possessive" and found and _is_brand(found[-1], following):
            whole = found.pop()
            found.append(Token(whole.text + text, whole.lower + lower, whole.start, match.end(), "name"))
            continue
        found.append(Token(text, lower, match.start(), match.end(), kind))
        fresh = text in (":", "•", "—", "–", "|", "(") or (kind == "quote" and following.lower() in FUNCTION_WORDS)
    return found


def _employer(text: str, lower: str, after: Sequence[re.Match[str]], spelling: Spelling) -> bool:
    """Say whether a capitalised word begins a sentence as an employer: "Pentagon press secretary Ann Roe said"."""
    if not text[0].isupper() or lower in spelling.lowered or lower in FUNCTION_WORDS or can_speak(lower):
        return False
    if lower in TITLES or lower in VERBS or lower.endswith(ADJECTIVAL):
        return False
    role = next((i for i, match in enumerate(after) if not (match[0].islower() and match[0] not in FUNCTION_WORDS)), 0)
    named = role and after[role][0][:1].isupper() and after[role][0].lower() not in FUNCTION_WORDS
    return bool(named) and can_speak(after[role - 1][0])


def _office(text: str, lower: str, after: Sequence[re.Match[str]]) -> bool:
    """Say whether a title begins a sentence with what it is of and who has it: "Minister for Europe Ann Roe said"."""
    said = [match[0] for match in after[:3]]
    titled = text[0].isupper() and lower in TITLES and len(said) == 3 and said[0] in ("of", "for")
    return titled and said[1][0].isupper() and (said[2][0].isupper() or said[2] == "and")


def _is_brand(token: Token, following: str) -> bool:
    """Say whether "'s" after a name is part of it: "Macy's said", "Mayor's Office", not "Biden's plan"."""
    if following == "Office" and token.text[0].isupper() and token.lower in TITLES:
        return True
    if token.text == "A":  # Oakland's baseball team
        return True
    acts = following[:1].isupper() or following in VERBS or following in AUXILIARIES
    return acts and token.lower in BRANDS and token.text[0].isupper()


def _kind(text: str, lower: str, fresh: bool, following: str, spelling: Spelling) -> Kind:
    """Tell what a token is; `fresh` says that it begins a sentence, where a capital says nothing."""
    if text[0] == MASK:
        return "quote"
    if lower == "'s":
        return "possessive"
    if not text[0].isalnum():
        return "mark"
    if text[0].isdigit() or (fresh and lower in NUMBERS):
        return "word" if lower.endswith("-year-old") else "number"
    if lower in TIMES and text[0].isupper():
        return "name" if following.lower() in PRESS else "time"  # "The Sunday Times"
    if not (text[0].isupper() or (len(text) > 2 and text[1].isupper()) or ARTICLED.match(text)):
        return "word"
    if not text[1:].islower() and CAMEL.match(text):
        return "name"  # "AcmeTech"
    if fresh and lower.endswith("ing") and following[:1].isupper() and text not in (spelling.capital or ()):
        return "word" if len(lower) > 5 and lower not in MALE_NAMES else "name"  # "Excluding Russia"
    if lower.endswith(("-based", "-born", "-led", "-area", "-style", "-backed", "-owned", "-run", "-era")):
        return "word"
    if fresh and lower.endswith("ly") and lower not in FEMALE_NAMES and text not in (spelling.capital or ()):
        return "word"
    if fresh and lower in PLAIN_THIRD:
        return "word"  # "Adds Roe: …"
    if len(lower) > 1 and text.isupper() and lower not in ("the", "a", "an", "and", "of", "in"):
        return "name"
    if text == "I" or (lower in FUNCTION_WORDS and (fresh or lower in DETERMINERS or lower in PREPOSITIONS)):
        given = following[:1].isupper() and (lower in GIVEN_NAMES or text == "New")
        return "name" if given and not text.isupper() else "word"
    if fresh and spelling.capital is not None and text not in spelling.capital and not following[:1].isupper():
        if text[1:].isupper() or (following[:1] == MASK and lower in GIVEN_NAMES):
            return "name"  # 'Tom "Red" Roe'
        plain = (
            lower in spelling.lowered or lower in MODIFIERS or can_speak(lower) or lower.endswith(("ing", "ly", "ed"))
        )
        return "name" if not plain and _acts(following, plural=lower.endswith("s")) else "word"
    if fresh and (lower in spelling.lowered or lower in ROLES or lower.rstrip("s") in ROLES):
        given = lower in GIVEN_NAMES
        if not given and lower not in TITLES and not (len(text) > 1 and text.isupper()):
            return "word"
    return "name"


def _forename(before: str, lower: str, following: str) -> bool:
    """Say whether a month is a given name by the words beside it: "April Roe", but "in April Roe left"."""
    given = before not in DATING and lower in GIVEN_NAMES and following.istitle()
    return given and following.lower() not in TITLES | TIMES | ORGANISATION_WORDS | FUNCTION_WORDS


def _acts(following: str, *, plural: bool) -> bool:
    """Say whether the word after a capitalised one makes it somebody who acts rather than a thing."""
    if following in VERBS or can_speak(following) or following in ("'s", "’s"):
        return True
    return not plural and (
        following in AUXILIARIES or following in (",", "later", "also", "then") or following.endswith("ed")
    )


def name_runs(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Give the token ranges of the proper names of a sentence."""
    found, i = [], 0
    while i < len(tokens):
        if tokens[i].kind == "name":
            j = run_end(tokens, i)
            found.append((i, j))
            i = j
        else:
            i += 1
    return found


def run_end(tokens: Sequence[Token], i: int) -> int:
    """Tell where the proper name that begins at token `i` ends (one past), particles and an organisation's "of" too."""
    n = min(len(tokens), i + LONGEST)
    organisation = tokens[i].lower in ORGANISATION_WORDS
    j = i + 1
    while j < n:
        token = tokens[j]
        if token.kind == "name":
            organisation = organisation or token.lower in ORGANISATION_WORDS
            j += 1
            continue
        k = _joined(tokens, i, j, organisation)
        if not k:
            break
        organisation = organisation or tokens[k].lower in ORGANISATION_WORDS
        j = k + 1
    return j


def _joined(tokens: Sequence[Token], begin: int, j: int, organisation: bool) -> int:
    """Give the token up to which a small word at `j` carries on the name that began at `begin`, or 0."""
    n, lower = len(tokens), tokens[j].lower
    after = tokens[j + 1] if j + 1 < n else None
    if after is None:
        return 0
    if tokens[j].kind == "quote" and after.kind == "name" and tokens[j].end - tokens[j].start < 16 and not organisation:
        return j + 1
    if lower in PARTICLES and after.kind == "name":
        return j + 1
    if lower in PARTICLES and after.lower in PARTICLES and j + 2 < n and tokens[j + 2].kind == "name":
        return j + 2
    office = tokens[j - 1].lower == "secretary" or (tokens[j - 1].lower in TITLES and forename(tokens, j + 2, n))
    if lower in ("of", "for", "on") and (organisation or office):
        if after.kind == "name":
            return j + 1
        if after.lower == "the" and j + 2 < n and tokens[j + 2].kind == "name":
            return j + 2
    if lower in ("from", "against", "without", "in") and after.kind == "name" and _names_a_body(tokens, j):
        return j + 1
    if lower == "to" and after.kind == "name" and organisation and j - begin == 1:  # "Center to Advance Care"
        return j + 1
    if lower in ("and", "&") and after.kind == "name" and (lower == "&" or tokens[j - 1].lower in AND_NAMES):
        return j + 1
    if lower == "and" and after.kind == "name" and (_two_fields(tokens, begin, j) or _two_matters(tokens, j)):
        return j + 1
    if tokens[j].text in ("'", "’") and tokens[j - 1].lower.endswith("s") and after.lower in ORGANISATION_WORDS:
        return j + 1 if after.kind == "name" else 0
    return 0


def forename(tokens: Sequence[Token], a: int, b: int) -> int | None:
    """Give the first given name with a name after it from `a` on: that of Ann in "Mayor of Dover Ann Roe"."""
    ending = next((k for k in range(a, b) if tokens[k].kind != "name" and tokens[k].lower not in ("and", "&")), b)
    return next((k for k in range(a, ending - 1) if tokens[k].lower in GIVEN_NAMES), None)


def _two_fields(tokens: Sequence[Token], begin: int, j: int) -> bool:
    """Say whether "and" at `j` is inside a body's name: "Department of Land and Natural Resources"."""
    after = tokens[j + 1]
    if after.text.isupper() or after.lower in GIVEN_NAMES or after.lower in TITLES:
        return False
    leading = next((k for k in range(j - 1, max(begin, j - 4), -1) if tokens[k].lower in ("of", "for")), begin)
    return leading > begin and tokens[leading - 1].lower in FIELDED


def _two_matters(tokens: Sequence[Token], j: int) -> bool:
    """Say whether "and" at `j` is inside a body's name: "House Energy and Commerce Committee"."""
    before = tokens[j - 1].lower
    if before in GIVEN_NAMES or before in ORGANISATION_WORDS - MATTERS:
        return False
    both = all(word in MATTERS or word.endswith(MATTER) for word in (before, tokens[j + 1].lower))
    ends = FIELDED if both else COMMITTEES
    k = j + 1
    while k < len(tokens) and tokens[k].kind == "name" and k < j + 4:
        if tokens[k].lower in ends:
            return k > j + 1
        k += 1
    return False


def _names_a_body(tokens: Sequence[Token], j: int) -> bool:
    """Say whether a small word at `j` goes on to a body's last word: "Freedom from Waste Foundation"."""
    return any(
        tokens[k].kind == "name" and tokens[k].lower in FIELDED
        for k in range(j + 2, min(j + 4, len(tokens)))
        if all(t.kind == "name" for t in tokens[j + 1 : k])
    )


def written(tokens: Sequence[Token], a: int, b: int, text: str) -> str:
    """Give the words of tokens `a` to `b` as the article has them, on one line."""
    return " ".join(text[tokens[a].start : tokens[b - 1].end].split()) if a < b else ""
