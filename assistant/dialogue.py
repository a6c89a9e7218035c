"""A follow-up and its history -> a question that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question import Question, names_in, understand

OPENER = re.compile(r"^(?:and|but|so|ok|okay)\b[\s,]*", re.IGNORECASE)
ELLIPSIS = re.compile(
    r"^(?:and |but |so )?(?:(?:what|how) about|(?P<about>about)|and)\b[\s,]*(?P<rest>.+)$", re.IGNORECASE
)
ROLE = re.compile(
    r"\b(?:president|minister|premier|chancellor|secretary|spokes\w+|head|chief|leader|leaders|chair\w*|director|ceo|"
    r"mayor|governor|king|queen|pope|union|government|opposition|ministry|company|council|commission|police|critics|"
    r"coach|manager|captain|lawyer|owner|founder|boss)\b",
    re.IGNORECASE,
)
PERSON_PRONOUN = re.compile(r"\b(?:he|she|they|him|her|them)\b", re.IGNORECASE)
POSSESSIVE = re.compile(r"\b(?:his|her|their|its)\b", re.IGNORECASE)
THING_PRONOUN = re.compile(r"\b(?:it|that|this|there|those|these)\b(?! \w+ (?:said|says))", re.IGNORECASE)


def standalone(question: str, history: Sequence[str]) -> str:
    """The question as one would ask it without having said anything before.

    Gaps ("And about China?") take what the last question asked of something else; pronouns take what it was about.
    A question that has its own names and no pronoun is left as it is.
    """
    before = ""
    for earlier in history:
        before = _after(before, earlier)
    return _after(before, question)


def _after(before: str, question: str) -> str:
    """The question on its own; `before` is the one that was asked before it, on its own, or ""."""
    asked = " ".join(question.split())
    if not before:
        return asked
    last = understand(before)
    gap = ELLIPSIS.match(asked)
    if (
        gap
        and len(asked.split()) <= 12
        and not re.match(
            r"^and (?:what|who|when|where|why|how|which|did|does|is|was)\b(?! about)", asked, re.IGNORECASE
        )
    ):
        return _filled(
            gap["rest"].rstrip("?!. "), last, about=bool(gap["about"]) or "about" in gap["rest"].lower().split()[:1]
        )
    if _stands_alone(asked):
        return asked
    return _resolved(OPENER.sub("", asked), last)


def _stands_alone(asked: str) -> bool:
    """Whether nothing in the question is left open: no pronoun, and enough words of its own."""
    pronoun = any(p.search(asked) for p in (PERSON_PRONOUN, POSSESSIVE, THING_PRONOUN))
    own = understand(asked)
    return not pronoun and len(own.terms) >= 2 and not OPENER.match(asked)


def _filled(rest: str, last: Question, *, about: bool) -> str:
    rest = re.sub(r"^about\s+", "", rest, flags=re.IGNORECASE)
    rest = POSSESSIVE.sub(lambda m: _owner(last) or m[0], rest, count=1)
    if last.speaker and not about and (ROLE.search(rest) or last.topic == last.text):
        return f"What did {rest} say about {last.topic}?"
    if last.speaker:
        return f"What did {last.speaker} say about {rest}?"
    names = last.names
    if names and names[-1] in last.text:
        return last.text.replace(names[-1], rest, 1).rstrip("?") + "?"
    return f"{last.text.rstrip('?')} {rest}?"


def _resolved(asked: str, last: Question) -> str:
    text = asked[:1].upper() + asked[1:]
    own = names_in(text)
    subject = last.speaker or (last.names[0] if last.names else None)
    if subject:
        text = PERSON_PRONOUN.sub(subject, text, count=1)
        if not own:
            text = POSSESSIVE.sub(f"{subject}’s", text, count=1)
    topic = last.topic.rstrip("?!. ")
    if THING_PRONOUN.search(text):
        return f"{text.rstrip('?!. ')} ({topic})?" if not last.speaker else THING_PRONOUN.sub(topic, text, count=1)
    if text == asked[:1].upper() + asked[1:] and own:
        # Names of its own and nothing left open, unless it is only a few words ("And what did Sweden say?").
        return (
            f"{text.rstrip('?!. ')} about {topic}?"
            if re.search(r"\b(?:say|said|think|react|respond)\??$", text, re.IGNORECASE)
            else text
        )
    if not own:
        return f"{text.rstrip('?!. ')} ({topic})?"
    return text


def _owner(last: Question) -> str | None:
    owner = last.speaker or (last.names[0] if last.names else None)
    return f"{owner}’s" if owner else None
