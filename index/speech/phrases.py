"""Reading a noun phrase: its name, its role words, and the organisation or country it puts behind the speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.speech.countries import country_of_adjective
from index.speech.employers import INHABITANTS, RELATIVES, group_behind, owner_of
from index.speech.figures import is_place
from index.speech.givennames import given_gender
from index.speech.lexicon import DETERMINERS, LEADING, PREPOSITIONS, REGNAL, SUBJECT_PRONOUNS, role_of
from index.speech.organisations import ORGANISATION_WORDS, PARTIES
from index.speech.spans import ADJECTIVES, adjunct
from index.speech.titles import split_titles
from index.speech.tokens import Token, name_runs, written
from index.speech.wordset import words

INDEFINITE = words("a an one another some several many less more two three")
SHORT = {"pm": ("prime", "minister")}
SEATED = words("mayor governor bishop archbishop sheriff premier")
"""Titles that are of a place."""
KIN = words("mother father brother sister son daughter wife husband friend parent mom dad uncle aunt cousin")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as it was read: `name` when it names somebody, `head` its last common noun.

    `group` is the organisation or country that the phrase itself puts behind the speaker, `beside` the names of further
    speakers ("Ann Roe" in "Ann Roe and Jim Lee").
    """

    text: str
    start: int
    name: str = ""
    head: str = ""
    roles: frozenset[str] = frozenset()
    group: str | None = None
    definite: bool = False
    pronoun: str = ""
    beside: tuple[str, ...] = ()
    owner: str = ""
    """The common noun that the phrase puts behind the speaker: "union" in "the union's president, Ann Roe"."""

    past: bool = False
    """What somebody is said to be was, "a former judge", so that nobody is spoken for."""

    @property
    def plural(self) -> bool:
        """The phrase speaks of several people."""
        return not self.name and self.head.endswith("s") and not self.head.endswith("ss")


def read_phrase(tokens: Sequence[Token], a: int, b: int, text: str) -> Phrase:
    """Tell what the noun phrase of tokens `a` to `b` says, appositions and prepositional phrases included."""
    while b > a and tokens[b - 1].kind in ("mark", "quote"):
        b -= 1
    while a < b and (
        tokens[a].kind == "mark" or tokens[a].lower in ("and", "but", "as", "while", "then", "so", "or", "that")
    ):
        a += 1
    if a >= b:
        return Phrase("", 0)
    first = tokens[a]
    if b - a == 1 and first.kind == "word" and first.lower in SUBJECT_PRONOUNS:
        return Phrase(first.text, first.start, pronoun=first.lower)
    spans = [(a + x, a + y) for x, y in name_runs(tokens[a:b])]
    listed = _listed(tokens, (a, b), spans) if len(spans) > 2 else 0
    if listed > 2:
        names = [written(tokens, split_titles(tokens, *span)[1], span[1], text) for span in spans[:listed]]
        full = written(tokens, a, spans[listed - 1][1], text)
        return Phrase(full, first.start, name=names[-1], beside=tuple(names[:-1]))
    k = _core_end(tokens, a, b, spans)
    definite = first.lower in ("the", "this", "that", "these", "those", "his", "her", "their", "its")
    inside = [span for span in spans if span[1] <= k]
    tail_runs = [span for span in spans if span[0] >= k]
    if inside and inside[-1][1] == k and inside[-1][0] >= a:
        phrase = _named(tokens, a, k, inside, text, definite)
    else:
        phrase = _described(tokens, a, k, inside, text, definite)
    phrase = _with_tail(tokens, phrase, (a, k, b), tail_runs, text)
    if "former" in phrase.roles:
        leading = next((t.lower for t in tokens[a:b] if t.kind in ("word", "name") and role_of(t.lower)), "")
        return replace(phrase, past=leading == "former" and (phrase.group or "").lower() not in PARTIES)
    return phrase


def _listed(tokens: Sequence[Token], phrase: tuple[int, int], spans: Sequence[tuple[int, int]]) -> int:
    """Tell how many names at the beginning of a phrase are a list with nothing else between: "Roe, Lee and Orme"."""
    if spans[0][0] > phrase[0] + 1:
        return 0
    for n, (one, other) in enumerate(pairwise(spans), 1):
        between = [t.lower for t in tokens[one[1] : other[0]]]
        if "and" in between and not {*between} - {",", "and", "the"}:
            return n + 1 if other[1] >= phrase[1] or tokens[other[1]].kind in ("mark", "quote") else 0
        if between != [","]:
            return 0
    return 0


def _core_end(tokens: Sequence[Token], a: int, b: int, spans: Sequence[tuple[int, int]]) -> int:
    """Tell where the phrase proper ends: at a preposition, comma, relative or participle outside of names."""
    k = a
    while k < b:
        span = next((s for s in spans if s[0] <= k < s[1]), None)
        if span:
            k = span[1]
            continue
        token = tokens[k]
        if token.kind == "time" and k > a and tokens[k - 1].lower in DETERMINERS:
            k += 1 + (k + 1 < b and tokens[k + 1].text == ".")  # "a Sept. 5 post"
            continue
        if token.kind in ("quote", "time") and k > a:
            break
        if token.kind == "mark" and token.text not in ("'", "’", "-", "&"):
            break
        if k > a and token.lower.endswith("ed") and k + 1 < b and adjunct(tokens[k + 1]):
            break
        if k > a and token.kind == "word" and token.lower in LEADING:
            break
        if k > a and (token.lower in PREPOSITIONS or token.lower in ("who", "which", "that", "whose")):
            break
        k += 1
    return max(k, a + 1)


def _named(
    tokens: Sequence[Token], a: int, k: int, inside: Sequence[tuple[int, int]], text: str, definite: bool
) -> Phrase:
    """Give a phrase that ends in a proper name: what goes before it are titles, roles and an organisation."""
    start, end = inside[-1]
    first, last = split_titles(tokens, start, end)
    titled = tokens[first : last + (last < end and tokens[last].lower in REGNAL)]
    roles = {role for t in titled if t.lower not in PREPOSITIONS for role in SHORT.get(t.lower, (t.lower,))}
    premodifiers = [tokens[i].lower for i in range(a, start) if _is_role(tokens[i]) and not _kin_owns(tokens, i)]
    roles.update(premodifiers)
    group = written(tokens, start, first, text) if titled else ""
    if not group and len(inside) > 1 and _owns(tokens, inside[-2][1], start):
        posted = len(inside) > 2 and tokens[inside[-3][1]].kind == "possessive"  # "the Times's Oldmere correspondent"
        group = written(tokens, *inside[-3 if posted and is_place(written(tokens, *inside[-2], text)) else -2], text)
    if not group and last < end:
        group = _seat(tokens, first, last, text)
    if not group and len(inside) > 1 and tokens[inside[-2][1]].lower == "and":
        cut, rest = split_titles(tokens, *inside[-2])
        group = written(tokens, inside[-2][0], cut, text) if rest == inside[-2][1] else ""
    if group and roles & KIN:
        group = ""
    full = written(tokens, a, k, text)
    if last >= end:
        head, one = tokens[end - 1].lower, tokens[a].lower not in INDEFINITE
        return Phrase(full, tokens[a].start, head=head, roles=frozenset(roles), group=group or None, definite=one)
    name = written(tokens, last, end, text)
    if not group and not roles:
        adjective = tokens[last].text
        if country_of_adjective(adjective) and end - last > 2 and given_gender(tokens[last + 1].text):
            group, name = adjective, written(tokens, last + 1, end, text)
    beside = _beside(tokens, inside, start, text)
    return Phrase(
        full, tokens[a].start, name=name, roles=frozenset(roles), group=group or None, definite=definite, beside=beside
    )


def _is_role(token: Token) -> bool:
    """Say whether a word tells what somebody is."""
    return token.kind == "word" and bool(role_of(token.lower))


def _kin_owns(tokens: Sequence[Token], i: int) -> bool:
    """Say whether token `i` is a relative to whom what follows belongs: "her daughter's Acme account"."""
    return tokens[i].lower in KIN and tokens[i + 1].kind == "possessive"


def _seat(tokens: Sequence[Token], first: int, last: int, text: str) -> str:
    """Give the place that a title is of: "Dover" in "Mayor of Dover Ann Roe"."""
    of = next((i for i in range(first + 1, last - 1) if tokens[i].lower == "of"), last)
    place = written(tokens, of + 1, last, text)
    return place if tokens[of - 1].lower in SEATED or is_place(place) else ""


def _beside(tokens: Sequence[Token], inside: Sequence[tuple[int, int]], start: int, text: str) -> tuple[str, ...]:
    """Give the person named with "and" before the name at `start`."""
    if len(inside) < 2 or tokens[inside[-2][1]].lower != "and" or start - inside[-2][1] > 4:
        return ()
    _, last = split_titles(tokens, *inside[-2])
    name = written(tokens, last, inside[-2][1], text)
    return (name,) if name else ()


def _owns(tokens: Sequence[Token], end: int, start: int) -> bool:
    """Say whether the words between two names make the first the employer of the second ("Kremlin spokesman X")."""
    between = tokens[end:start]
    if between and between[-1].lower in INHABITANTS:
        return False
    return len(between) <= 5 and any(t.kind == "possessive" or t.text in "'’" or role_of(t.lower) for t in between)


def _described(
    tokens: Sequence[Token], a: int, k: int, inside: Sequence[tuple[int, int]], text: str, definite: bool
) -> Phrase:
    """Give a phrase that ends in a common noun: "the CDC director", "Ukrainian officials"."""
    head = tokens[k - 1].lower if tokens[k - 1].kind in ("word", "name") else ""
    partisan = bool(inside) and all(t.lower in PARTIES for t in tokens[slice(*inside[-1])])
    group = written(tokens, *inside[-1], text) if inside and not partisan else ""
    titled = (t.lower for t in tokens[a:k] if t.kind in ("word", "name") and role_of(t.lower))
    roles = {role for lower in titled for role in SHORT.get(lower, (lower,))}
    if inside:
        first, last = split_titles(tokens, *inside[-1])
        if last > first and first > inside[-1][0]:
            group = written(tokens, inside[-1][0], first, text)
        elif last > first and last == inside[-1][1]:
            group = ""
    return Phrase(
        written(tokens, a, k, text),
        tokens[a].start,
        head=head,
        roles=frozenset(roles),
        group=group or None,
        definite=definite,
    )


def _with_tail(
    tokens: Sequence[Token], phrase: Phrase, cuts: tuple[int, int, int], runs: Sequence[tuple[int, int]], text: str
) -> Phrase:
    """`phrase` with what its prepositions and appositions (from token `k` on) add."""
    a, k, b = cuts
    roles, group, name = set(phrase.roles), phrase.group, phrase.name
    full = phrase.text
    relative = next((i for i in range(k, b) if tokens[i].lower in RELATIVES and not _leads(tokens, i, b)), b)
    apposed = tokens[k].text in (",", "—", "–", "(") if k < b else False
    if not name and apposed and runs and runs[0][0] <= _over_roles(tokens, k + 1, runs[0][0]) + 1:
        first, last = split_titles(tokens, *runs[0])
        if last < runs[0][1]:
            name = written(tokens, last, runs[0][1], text)
            roles |= {t.lower for t in tokens[first:last]} | ({phrase.head} if phrase.head else set())
            owner = owner_of(tokens, cuts) if roles and not group else ""
            return replace(phrase, name=name, head="", roles=frozenset(roles), group=group, owner=owner)
    trailing = None if name or phrase.plural else _trailing_name(tokens, k, b, runs)
    if trailing:
        name = written(tokens, *trailing, text)
        roles |= {phrase.head} if phrase.head else set()
    roles |= {t.lower for t in tokens[k:relative] if t.kind in ("word", "name") and role_of(t.lower)}
    if not group or country_of_adjective(group):  # "the Norwegian coach of Dover United"
        behind = group_behind(tokens, (k, relative), runs, text, loose=bool(name) and not apposed)
        group = behind if behind and not (group and is_place(behind)) else group
    if not name:
        full = written(tokens, a, min(b, _first_comma(tokens, k, b)), text)
    owner = owner_of(tokens, cuts) if roles and not group else ""
    if k == b and not owner:
        return phrase
    return replace(phrase, text=full, name=name, roles=frozenset(roles), group=group, owner=owner)


def _over_roles(tokens: Sequence[Token], i: int, stop: int) -> int:
    """Give the first token from `i` that is no word for what somebody is: "public defender" before a name."""
    while i < stop and tokens[i].kind == "word" and (role_of(tokens[i].lower) or tokens[i].lower in ADJECTIVES):
        i += 1
    return i


def _trailing_name(tokens: Sequence[Token], k: int, b: int, runs: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Give the name that a description is given after a comma: "a lawyer for the women, Ann Roe,"."""
    for start, end in runs:
        if (
            start > k
            and tokens[start - 1].text == ","
            and end - start > 1
            and (end >= b or tokens[end].lower in (",", "of"))
        ):
            first, last = split_titles(tokens, start, end)
            if last < end and not ({t.lower for t in tokens[start:end]} & ORGANISATION_WORDS):
                return max(last, first), end
    return None


def _leads(tokens: Sequence[Token], i: int, b: int) -> bool:
    """Say whether "who" at `i` goes on with what somebody heads or does ("who runs X")."""
    return tokens[i].lower == "who" and i + 1 < b and tokens[i + 1].lower in LEADING


def _first_comma(tokens: Sequence[Token], k: int, b: int) -> int:
    """Give the first comma, quotation or "on Friday" at or after token `k`, or `b`."""
    for i in range(k, b):
        if tokens[i].text == "," or tokens[i].kind == "quote":
            return i
        dated = tokens[i].kind == "time" or (tokens[i].lower in ("on", "in") and i + 1 < b and _dates(tokens[i + 1]))
        if dated and all(_dates(t) or t.text in (",", "and") or t.lower in ("on", "in") for t in tokens[i:b]):
            return i
    return b


def _dates(token: Token) -> bool:
    """Say whether a token is part of a date."""
    return token.kind in ("time", "number")
