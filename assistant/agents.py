"""Whose doing is asked for: "When did the queen resign?" is not answered by what her minister did."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.candidates import mentions
from assistant.question import Question, stems
from index.speech.lexicon import ADVERBS, AUXILIARIES, BE, SUBJECT_PRONOUNS
from index.speech.spans import phrase_end
from index.speech.subjects import subject_before
from index.speech.tokens import Spelling, Token, tokens_of

ASKED = re.compile(r"\b(?:did|does|do|will|would)(?: the)? (?P<rest>[A-Z].*)")
VERB = re.compile(r" (?:(?:first|now|also|really|originally) )?([a-z]+)(?<![^s]s)\b")
"""In its base form, which hardly ever ends in one s."""
ADJECTIVES = 3
"""Words, at most, between whose somebody is and what he is: "the queen's only younger sister"."""
OWNERS = frozenset("his her their its".split())
KIN = frozenset(
    """father mother parents brother sister sibling son daughter husband wife partner uncle aunt cousin nephew niece
    grandfather grandmother grandson granddaughter predecessor successor deputy rival opponent""".split()
)
"""Who is not the one whose he is."""


class Doing(NamedTuple):
    """Who does something, the verb that says what, and its stem."""

    agent: str
    verb: str
    stem: str


def doing_of(question: Question) -> Doing | None:
    """What a question like "When did Queen Ann die?" asks of; None where no name is the subject of its verb."""
    if (asked := ASKED.search(question.focus)) is None:
        return None
    for name in question.names:
        if asked["rest"].startswith(name) and (verb := VERB.match(asked["rest"], len(name))) and stems(verb[1]):
            return Doing(name, verb[1], stems(verb[1])[0])
    return None


def done_by_another(doing: Doing, text: str) -> bool:
    """Whether each verb of the sentence that says the same has another for its subject: by name, or as his father."""
    tokens = _tokens(text)
    verbs = [i for i, t in enumerate(tokens) if stems(t.text) == (doing.stem,) and _is_finite(doing, tokens, i)]
    return bool(verbs) and all(_by_another(doing, tokens, i) for i in verbs)


def _is_finite(doing: Doing, tokens: Sequence[Token], i: int) -> bool:
    """Whether the word is a verb with a subject: in its base form it may be a noun, but for "will open"."""
    return tokens[i].lower != doing.verb or (i > 0 and tokens[i - 1].lower in AUXILIARIES)


def _by_another(doing: Doing, tokens: Sequence[Token], i: int) -> bool:
    """Whether the subject of the verb at `i` is surely not the agent."""
    j = i - 1
    while j >= 0 and (tokens[j].lower in ADVERBS or tokens[j].lower in AUXILIARIES):
        j -= 1
    passive = any(token.lower in BE for token in tokens[j + 1 : i])
    span = None if passive else subject_before(tokens, j)
    # After the verb the agent may stand as well: "Lee met Ann", so Ann met Lee.
    if span is None or _names(doing, _text(tokens, i + 1, _clause_end(tokens, i))):
        return False
    start, end = span[0], _phrase_end(tokens, span[0], i)
    before = range(end - 1, max(start - ADJECTIVES, 0) - 1, -1)
    owned = next((k for k in before if tokens[k].kind == "possessive"), None)
    if _names(doing, _text(tokens, start if owned is None else max(start, owned + 1), i)):
        return False
    head = tokens[end - 1]
    if head.kind == "name":
        return head.lower not in SUBJECT_PRONOUNS
    if owned is not None:
        return head.lower in KIN and _names(doing, _text(tokens, max(0, owned - ADJECTIVES), owned))
    return head.lower in KIN and tokens[start].lower in OWNERS


def _phrase_end(tokens: Sequence[Token], start: int, i: int) -> int:
    """The end of the noun phrase at `start`, whose it is included, before token `i`."""
    end = phrase_end(tokens, start)
    while end < i and tokens[end].kind == "possessive":
        end = phrase_end(tokens, end + 1)
    return min(end, i)


def _names(doing: Doing, text: str) -> bool:
    """Whether a text names the agent, or has a word of his name."""
    return mentions(text, doing.agent) or not set(stems(doing.agent)).isdisjoint(stems(text))


def _text(tokens: Sequence[Token], start: int, end: int) -> str:
    return " ".join(token.text for token in tokens[start:end])


def _clause_end(tokens: Sequence[Token], i: int) -> int:
    return next((k for k in range(i + 1, len(tokens)) if tokens[k].kind in ("mark", "quote")), len(tokens))


@lru_cache(maxsize=1_000)
def _tokens(text: str) -> Sequence[Token]:
    return tokens_of(text, 0, len(text), Spelling())
