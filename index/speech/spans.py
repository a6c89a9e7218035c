"""Where the noun phrases of a sentence begin and end."""

from __future__ import annotations

from collections.abc import Sequence

from index.speech.lexicon import (
    AUXILIARIES,
    DETERMINERS,
    FUNCTION_WORDS,
    PREPOSITIONS,
    STOPS,
    SUBJECT_PRONOUNS,
    can_speak,
    role_of,
)
from index.speech.tokens import LONGEST, Token, run_end
from index.speech.verbs import VERBS, past_tense
from index.speech.wordset import words

ADJECTIVES = words(
    """former current late top local federal state new old foreign national international public private senior chief
    global first second third"""
)  # small words that stand in titles and descriptions too
POSTMODIFIERS = words("familiar close aware critical present responsible")  # "a source close to X"
NAMING = words("named called nicknamed dubbed turned")
"""Participles that lead to a name: "a man named Ann Roe"."""
ALONE = words("one another many some several most all both this each")  # determiners that can stand alone


def noun_phrase_start(tokens: Sequence[Token], j: int, floor: int) -> int | None:
    """Give the first token of the noun phrase whose last word is token `j`."""
    token = tokens[j]
    if token.lower in SUBJECT_PRONOUNS and token.kind == "word":
        return j
    if token.kind not in ("name", "word") or (
        token.kind == "word" and token.lower in FUNCTION_WORDS and not role_of(token.lower)
    ):
        return None
    a = j
    while a > floor:
        before = tokens[a - 1]
        if a < j and before.kind == "name" and tokens[a].kind == "word" and past_tense(tokens[a].lower):
            return a + 1
        if a > floor + 1 and _acted(tokens, a):
            break
        ruling = before.lower.endswith("ing") and a - 1 > floor and tokens[a - 2].lower in DETERMINERS
        if not (ruling or _binds(tokens, a, floor) or _premodifies(before)):
            break
        a -= 1
        if before.lower in DETERMINERS:
            break
    return a


def _acted(tokens: Sequence[Token], a: int) -> bool:
    """Say whether a name at `a` is what somebody does something to: "the mother sent Acme", "a boy using Acme"."""
    verb = tokens[a - 1]
    acts = (
        verb.lower not in NAMING and (past_tense(verb.lower) or verb.lower.endswith("ing")) and not role_of(verb.lower)
    )
    somebody = tokens[a - 2].kind == "word" and bool(role_of(tokens[a - 2].lower))
    return tokens[a].kind == "name" and verb.kind == "word" and acts and somebody


def _binds(tokens: Sequence[Token], a: int, floor: int) -> bool:
    """Say whether the token before `a` belongs to a name, or joins what stands before it to the phrase."""
    before = tokens[a - 1]
    if before.kind in ("name", "possessive", "number") or before.text in ("'", "’", "&"):
        return True
    if before.lower in ("and", "of", "for") and _inside_name(tokens, a - 1, floor):
        return True
    if a - 1 <= floor:
        return False
    short = before.kind == "quote" and before.end - before.start < 20
    return (before.lower == "and" and _alike(tokens[a - 2], tokens[a])) or (
        short and (_determined(tokens[a - 2]) or (tokens[a - 2].kind == "name" and tokens[a].kind == "name"))
    )


def _premodifies(token: Token) -> bool:
    """Say whether a word can stand before the noun of a phrase: no conjunction, auxiliary, preposition or verb."""
    lower = token.lower
    if token.kind != "word" or lower in STOPS or lower in AUXILIARIES:
        return False
    if lower in DETERMINERS:
        return True
    if lower in PREPOSITIONS or (lower in FUNCTION_WORDS and not _may_begin(token)):
        return False
    return lower not in VERBS or bool(role_of(lower))


def _determined(token: Token) -> bool:
    """Say whether a determiner or a name's "'s" goes before ('The "Hello" singer')."""
    return token.lower in DETERMINERS or token.kind == "possessive"


def _alike(one: Token, other: Token) -> bool:
    """Say whether "and" can join two tokens in one subject: names, or roles of one person ("founder and CEO")."""
    if one.kind == "name" and (other.kind == "name" or (other.kind == "word" and bool(role_of(other.lower)))):
        return True
    return bool(role_of(one.lower)) and bool(role_of(other.lower))


def _inside_name(tokens: Sequence[Token], k: int, floor: int) -> bool:
    """Say whether the small word at `k` is part of a proper name ("Department of State")."""
    a, floor = k, max(floor, k - LONGEST)
    while a > floor and (tokens[a - 1].kind == "name" or tokens[a - 1].lower in ("of", "for", "and", "the")):
        a -= 1
    while a < k and tokens[a].kind != "name":
        a += 1
    return a < k and run_end(tokens, a) > k


def phrase_end(tokens: Sequence[Token], i: int) -> int:
    """Tell where the noun phrase that begins at token `i` ends, before prepositions and appositions; `i` for none."""
    n, j, head = len(tokens), i, ""
    while j < n and j < i + 12:
        token = tokens[j]
        if token.kind == "name":
            j = run_end(tokens, j)
            head = "name"
            if j < n and (tokens[j].kind == "possessive" or tokens[j].text in ("'", "’")):
                j, head = j + 1, ""
                continue
            if (
                j < n
                and tokens[j].kind == "word"
                and (role_of(tokens[j].lower) or can_speak(tokens[j].lower) or _links(tokens, j))
            ):
                continue
            if j + 1 < n and tokens[j].lower == "and" and tokens[j + 1].kind == "name":
                j += 1
                continue
            break
        if j == i and token.lower in ("he", "she", "they", "it", "we", "i"):
            return j + 1
        if token.lower == "and" and role_of(head) and j + 1 < n and role_of(tokens[j + 1].lower):
            j += 1
            continue
        if token.kind == "time" and j > i and (tokens[j - 1].lower in DETERMINERS or tokens[j - 1].kind == "number"):
            j += 1 + (j + 1 < n and tokens[j + 1].text == ".")  # "a Sept. 5 post"
            continue
        if token.lower == "and" and head in ADJECTIVES and j + 1 < n and tokens[j + 1].lower in ADJECTIVES:
            j += 1  # "state and local officials"
            continue
        if token.kind not in ("word", "number") or token.lower in STOPS or token.lower in PREPOSITIONS:
            break
        if token.lower in AUXILIARIES or (token.lower in FUNCTION_WORDS and not _may_begin(token)):
            break
        if head and token.lower in VERBS and not can_speak(token.lower):
            break
        if head and token.lower.endswith("ed") and j + 1 < n and adjunct(tokens[j + 1]):
            break
        if head and not head.endswith("ly") and _acts_on(tokens, j):
            break
        if head and token.lower in POSTMODIFIERS and j + 1 < n and tokens[j + 1].lower in PREPOSITIONS:
            break
        head = "" if token.lower in DETERMINERS else token.lower
        j += 1
    return j if head or (j == i + 1 and tokens[i].lower in ALONE) else i


def _acts_on(tokens: Sequence[Token], j: int) -> bool:
    """Say whether a verb begins after a noun at token `j`: "officials quickly released Roe", "a storm killed 24"."""
    if tokens[j].lower.endswith("ly") and j + 2 < len(tokens):
        j += 1
    if j + 1 >= len(tokens) or not past_tense(tokens[j].lower):
        return False
    after = tokens[j + 1]
    return after.kind in ("name", "number") or after.lower in DETERMINERS


def adjunct(token: Token) -> bool:
    """Say whether a preposition or time begins here, so that "ed" before it ends a participle: "published Tuesday"."""
    return token.kind == "time" or token.lower in PREPOSITIONS


def _may_begin(token: Token) -> bool:
    """Say whether a small word may stand in a noun phrase here."""
    return token.lower in DETERMINERS or token.lower in ADJECTIVES


def _links(tokens: Sequence[Token], j: int) -> bool:
    """Say whether the word at `j` is between two names of one phrase, or before a role ("White House social aide")."""
    lower = tokens[j].lower
    plain = lower not in FUNCTION_WORDS and lower not in PREPOSITIONS and lower not in VERBS and not past_tense(lower)
    if not plain or j + 1 >= len(tokens):
        return False
    return tokens[j + 1].kind == "name" or (tokens[j + 1].kind == "word" and can_speak(tokens[j + 1].lower))


def phrase_tail(tokens: Sequence[Token], j: int) -> int:
    """Tell where the prepositions and appositions after a noun phrase that ends at `j` end."""
    n, limit, commas = len(tokens), min(len(tokens), j + 30), 0
    if j + 1 < n and tokens[j].lower in POSTMODIFIERS and tokens[j + 1].lower in PREPOSITIONS:
        j += 1
    if j < n and tokens[j].kind == "word" and tokens[j].lower not in PREPOSITIONS:
        after = tokens[j + 1] if j + 1 < n else None
        if not (after and tokens[j].lower.endswith("ed") and (after.kind == "time" or after.lower in PREPOSITIONS)):
            return j
    while j < limit:
        token = tokens[j]
        if token.kind == "quote" or token.text in (".", ";", ":", "—", "–", "?", "!", "("):
            break
        if (
            token.lower in ("that", "who", "which", "but", "as", "when", "while", "after", "before")
            or token.lower in AUXILIARIES
        ):
            break
        if token.text == ",":
            commas += 1
            if commas > 2 or j + 1 >= n or tokens[j + 1].kind == "quote":
                break
            if tokens[j + 1].lower in STOPS or tokens[j + 1].lower in SUBJECT_PRONOUNS:
                break
        j += 1
    return j


def clause_end(tokens: Sequence[Token], j: int) -> int:
    """Tell where the clause of token `j` ends: the next comma, quotation or full stop, 25 tokens on at most."""
    limit = min(len(tokens), j + 25)
    while j < limit and tokens[j].kind != "quote" and tokens[j].text not in (",", ".", ";", ":", "—", "–"):
        j += 1
    return j


def speaks_bare(tokens: Sequence[Token], a: int) -> bool:
    """Say whether "the sheriff said" begins at token `a`, so that the sheriff is no apposition to what is before."""
    if a + 2 >= len(tokens) or tokens[a].lower != "the" or not role_of(tokens[a + 1].lower):
        return False
    return tokens[a + 2].lower in VERBS and VERBS[tokens[a + 2].lower][1] in (1, 2)
