"""The subject of a verb of speech: before it, over appositions and relative clauses, or after it."""

from __future__ import annotations

from collections.abc import Sequence

from index.speech.lexicon import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    FUNCTION_WORDS,
    PREPOSITIONS,
    STOPS,
    SUBJECT_PRONOUNS,
    THINGS,
    TIME_NOUNS,
    can_speak,
    role_of,
)
from index.speech.organisations import GROUPS, ORGANISATION_WORDS, PRESS
from index.speech.spans import ADJECTIVES, POSTMODIFIERS, noun_phrase_start, phrase_end, phrase_tail, speaks_bare
from index.speech.tokens import Token
from index.speech.verbs import VERBS, past_tense
from index.speech.wordset import words

REACH = 45  # tokens that a subject, appositions included, may stand before its verb
DATING = words("last this week month year")
WIDENING = words("of for at from with in to on by near behind representing outside inside")
OBJECT_NOUNS = words("the a an his her their its")


def subject_before(tokens: Sequence[Token], j: int) -> tuple[int, int] | None:
    """Give the noun phrase that ends at token `j`, appositions and prepositional phrases included."""
    end, floor = j + 1, max(0, j - REACH)
    while j >= floor:
        token = tokens[j]
        if token.text == ")":
            j = _back_to(tokens, j, "(", floor) - 1
        elif token.text in (",", "—", "–"):
            return _over_apposition(tokens, j, floor, end)
        else:
            span = _plain_subject(tokens, j, floor, end)
            return _with_list_before(tokens, _with_name_before(tokens, span, floor), floor) if span else None
    return None


def _with_list_before(tokens: Sequence[Token], span: tuple[int, int], floor: int) -> tuple[int, int]:
    """Give the subject with the names listed before its "and": "Ann Roe, Jim Lee and Bob Orme"."""
    a, end = span
    if a - 2 <= floor or tokens[a - 1].text != "," or tokens[a].kind != "name":
        return span
    joined = any(t.lower == "and" for t in tokens[a : phrase_end(tokens, a)])
    while joined and a - 2 > floor and tokens[a - 1].text == "," and tokens[a].kind == tokens[a - 2].kind == "name":
        start = noun_phrase_start(tokens, a - 2, floor)
        if start is None or not (start == 0 or tokens[start - 1].kind in ("mark", "quote")):
            break
        a = start
    return a, end


def _with_name_before(tokens: Sequence[Token], span: tuple[int, int], floor: int) -> tuple[int, int]:
    """Give the subject with the name it describes: "X, the head of Y told" lacks its second comma."""
    a, end = span
    b = a - 2
    if b <= floor or tokens[a - 1].text != "," or tokens[b].kind != "name" or _opens_with_participle(tokens):
        return span
    clause = any(t.lower in AUXILIARIES or past_tense(t.lower) for t in tokens[:b])
    if not _describes(tokens, a) or tokens[b].lower in THINGS or (clause and speaks_bare(tokens, a)):
        return span
    start = noun_phrase_start(tokens, b, floor)
    if start is not None and start > floor and tokens[start - 1].lower in WIDENING:
        wider = _plain_subject(tokens, b, floor, end, inner=True)
        apart = wider is None or wider[0] >= start or _opens_with_preposition(tokens, wider[0])
        return span if wider is None or apart else _with_name_before(tokens, wider, floor)
    if start is None or start == b:
        return span
    before = tokens[start - 1] if start else None
    parted = before and (before.lower in PREPOSITIONS or (before.text == "," and not _opening(tokens, start - 1)))
    return span if parted else (start, end)


def _describes(tokens: Sequence[Token], a: int) -> bool:
    """Say whether the noun phrase at `a` can be what a name before it is: "the head of Y", "GM president"."""
    end = phrase_end(tokens, a)
    last, first = tokens[max(a, end - 1)], tokens[a]
    if last.kind == "word" and role_of(last.lower) not in ("", last.lower):  # "…, officials said" is of several
        return False
    if first.lower in ("the", "a", "an"):
        body = last.kind == "name" and (last.lower in ORGANISATION_WORDS or last.lower in PRESS or last.text.isupper())
        return not body  # "…, the Harbor Authority said"
    owner = a + 1 < len(tokens) and tokens[a + 1].kind == "possessive"
    return owner or bool(role_of(first.lower)) or (last.kind == "word" and bool(role_of(last.lower)))


def _opening(tokens: Sequence[Token], comma: int) -> bool:
    """Say whether only "In a statement" or the like stands before a comma."""
    apart = any(token.kind == "quote" or token.text in (",", ";", ":") for token in tokens[:comma])
    return tokens[0].kind == "word" and tokens[0].lower in PREPOSITIONS and not apart


def _opens_with_preposition(tokens: Sequence[Token], start: int) -> bool:
    """Say whether words belong to a preposition that opens the sentence: "In a note to the Times, the mayor said"."""
    return start == 1 and tokens[0].kind == "word" and tokens[0].lower in PREPOSITIONS


def _opens_with_participle(tokens: Sequence[Token]) -> bool:
    """Say whether a sentence begins like "Stressing its place in X, the leaders": then X has no part in it."""
    return tokens[0].kind in ("word", "name") and tokens[0].lower.endswith("ing") and len(tokens[0].text) > 5


def _back_to(tokens: Sequence[Token], j: int, mark: str, floor: int) -> int:
    """Give the last token at or before `j` that is `mark`, or `floor`."""
    while j > floor and tokens[j].text != mark:
        j -= 1
    return j


def _over_apposition(tokens: Sequence[Token], j: int, floor: int, end: int, mark: str = "") -> tuple[int, int] | None:
    """Give the subject before an apposition whose closing comma is token `j`: "X, head of Y, said".

    `mark` opens the apposition where that is not the mark that closes it.
    """
    mark = mark or tokens[j].text
    c = j - 1
    while c > floor:
        if tokens[c].text == mark and _apposes(tokens, c + 1):
            span = _plain_subject(tokens, c - 1, floor, c)
            if span and (named := _known_as(tokens, span[0], floor)):
                return _over_apposition(tokens, named, floor, end, ",")
            if span and not _place(tokens, span[0]) and tokens[c - 1].text[1:2] != "-":
                return _with_name_before(tokens, (span[0], end), floor)
        if tokens[c].kind == "quote" or tokens[c].text in (";", ":"):
            return None
        c -= 1
    return None


def _known_as(tokens: Sequence[Token], a: int, floor: int) -> int:
    """Give where "known as" stands before a name at `a`, which is then a byname of what is before it; 0 for none."""
    named = a - 2 > floor and tokens[a - 1].lower == "as" and tokens[a - 2].lower.endswith(("known", "ed"))
    return a - 2 if named else 0


def _apposes(tokens: Sequence[Token], i: int) -> bool:
    """Say whether the words from `i` read as what may stand between a subject and its verb."""
    token = tokens[i]
    return (
        token.lower in DETERMINERS
        or token.lower in PREPOSITIONS
        or token.lower in ("who", "whose", "which", "himself", "herself", "speaking", "also", "then", "now", "however")
        or token.lower in ADJECTIVES
        or token.lower in ("both", "when", "while", "though")
        or token.kind in ("number", "possessive", "name")
        or bool(role_of(token.lower))
        or token.lower.endswith(("ing", "ed", "ly"))
        or (token.kind == "word" and token.lower not in FUNCTION_WORDS)
    )


def _place(tokens: Sequence[Token], a: int) -> bool:
    """Say whether a preposition before token `a` makes it a place or time rather than a subject."""
    return a > 0 and tokens[a - 1].lower in ("in", "at", "of", "from", "near", "on", "to", "for")


def _plain_subject(
    tokens: Sequence[Token], j: int, floor: int, end: int, *, inner: bool = False
) -> tuple[int, int] | None:
    """Give the noun phrase that ends at token `j`, no comma inside; widened over "of", "for" and the like before it."""
    if j < floor:
        return None
    who = _relative(tokens, j, floor)
    if who > floor and noun_phrase_start(tokens, j, floor) != who + 1:
        span = _plain_subject(tokens, who - 1 - (tokens[who - 1].text == ","), floor, who)
        return (span[0], end) if span else None
    a = noun_phrase_start(tokens, j, floor)
    if a is None or (a and tokens[a - 1].lower == "to" and VERBS.get(tokens[a].lower, ("", 1))[1] == 0):
        return None  # "the team declined to comment"
    speaks = tokens[j].kind == "name" or can_speak(tokens[j].lower) if inner else _speaks(tokens, a, j + 1)
    best: tuple[int, int] | None = (a, end) if speaks else None
    before = _before_preposition(tokens, a, floor)
    if before is not None:
        return _plain_subject(tokens, before, floor, end, inner=True) or best
    return best


def _relative(tokens: Sequence[Token], j: int, floor: int) -> int:
    """Give the place of a "who" or "which" that the words up to `j` belong to, or `floor`."""
    k = j
    while k > floor and tokens[k].kind != "quote" and tokens[k].text not in (",", ";", ":", "—", "–"):
        if tokens[k].lower in ("who", "which") and k > floor and tokens[k - 1].lower not in PREPOSITIONS:
            return k
        if tokens[k].lower == "that" and floor < k < j - 1 and _restricts(tokens, k, floor):
            return k
        k -= 1
    return floor


def _restricts(tokens: Sequence[Token], k: int, floor: int) -> bool:
    """Say whether "that" at `k` tells which body is meant by the phrase after a comma: ", the company that runs Y"."""
    before, after = tokens[k - 1], tokens[k + 1]
    if before.lower not in GROUPS or after.kind != "word" or after.lower in DETERMINERS | SUBJECT_PRONOUNS:
        return False
    start = noun_phrase_start(tokens, k - 1, floor)
    acts = after.lower in AUXILIARIES or past_tense(after.lower) or after.lower.endswith("s")
    return acts and start is not None and (start == 0 or tokens[start - 1].text in (",", ":"))


def _before_preposition(tokens: Sequence[Token], a: int, floor: int) -> int | None:
    """Give the last word before the preposition (and participle, time) that leads to token `a`, None for none."""
    k = a - 1
    if k <= floor or tokens[k].lower not in WIDENING:
        return None
    k -= 1
    while k > floor and (tokens[k].kind in ("time", "number") or tokens[k].lower in DATING):
        k -= 1
    while k > floor and tokens[k].lower in PREPOSITIONS:
        k -= 1
    while k > floor and _postmodifies(tokens[k]):
        k -= 1
    return k if k >= floor and tokens[k].kind in ("word", "name") else None


def _postmodifies(token: Token) -> bool:
    """Say whether a word goes on after a noun: a participle, or "familiar" as in "a source familiar with X"."""
    lower = token.lower
    return token.kind == "word" and (lower.endswith(("ed", "ing")) or lower in POSTMODIFIERS) and not role_of(lower)


def _speaks(tokens: Sequence[Token], a: int, b: int) -> bool:
    """Say whether tokens `a` to `b` can be a speaker by their last word."""
    last = tokens[b - 1]
    if last.kind == "name":
        return True
    if last.lower in SUBJECT_PRONOUNS:
        return True
    return last.kind == "word" and (can_speak(last.lower) or OBJECT_NOUNS.isdisjoint((last.lower,)))


def subject_after(tokens: Sequence[Token], i: int, *, anybody: bool = False) -> tuple[int, int] | None:
    """Give the noun phrase that begins at token `i`, with what belongs to it, None when none that can speak does."""
    j = phrase_end(tokens, i)
    if j == i:
        return None
    if j == i + 1 and tokens[i].lower in SUBJECT_PRONOUNS:
        return i, j
    last = tokens[j - 1]
    if last.kind != "name" and not (anybody or can_speak(last.lower) or tokens[i].lower in DETERMINERS):
        return None
    return i, phrase_tail(tokens, j)


def inverted_subject(tokens: Sequence[Token], i: int, *, quoted: bool) -> tuple[int, int] | None:
    """Give the subject after its verb, None where a clause begins there ("said the firm was late")."""
    span = subject_after(tokens, i)
    if span is None or (not quoted and span[1] == i + 1 and tokens[i].lower in SUBJECT_PRONOUNS):
        return None
    a, j = span[0], phrase_end(tokens, i)
    if j >= len(tokens) or tokens[j].kind in ("mark", "quote", "time", "possessive", "number"):
        return span
    lower = tokens[j].lower
    if lower in PREPOSITIONS or lower in ADVERBS or lower in STOPS or lower.endswith(("ing", "ly")):
        return span if lower not in ("so", "how", "why") and (quoted or lower != "to") else None
    if lower in ("last", "this", "next") and a < j:
        return span
    return span if span[1] > j and lower in POSTMODIFIERS else None


def opening_subject(tokens: Sequence[Token], stop: int) -> tuple[int, int] | None:
    """Give the noun phrase that begins the sentence before token `stop`, after "On Monday," and the like."""
    i = 0
    while i < stop:
        token = tokens[i]
        if (
            token.kind in ("mark", "quote", "time")
            or token.lower in ADVERBS
            or token.lower in ("but", "and", "so", "yet")
        ):
            i += 1
        elif token.lower in PREPOSITIONS or token.lower in STOPS or token.lower.endswith(("ing", "ly")):
            while i < stop and tokens[i].text != ",":
                i += 1
        else:
            span = subject_after(tokens, i)
            end = phrase_end(tokens, i)
            if tokens[i].lower in DATING and end > i and tokens[end - 1].lower in TIME_NOUNS:  # "this month"
                i = end
                continue
            return span if span and span[1] <= stop + 1 else (span[0], min(span[1], stop)) if span else None
    return None
