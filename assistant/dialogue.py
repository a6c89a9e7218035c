"""A follow-up and its history -> a question that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question import Question, names_in, sentences_of, understand
from assistant.spans import CALENDAR, SEASON
from index.speech.givennames import given_gender

PERIOD = rf"week|weekend|month|year|{SEASON}"
OPENER = re.compile(r"^(?:(?:and|but|so|ok|okay|then)\b[\s,]*)+", re.IGNORECASE)
GAP = re.compile(
    r"^(?:(?:and|but|so|ok|okay)\b[\s,]*)*(?:(?:what|how) (?:about|of)|(?P<only>about)|(?<=and )|(?<=and, ))\b\s*"
    r"(?P<rest>\S.*)$",
    re.IGNORECASE,
)
"""Only what is different is said: "And about China?"."""
WHOLE = re.compile(
    r"^(?:what|who|whom|whose|when|where|why|how|which|did|does|do|is|are|was|were|has|have|had|can|will|would)\b"
    r"(?! (?:about|of)\b)",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"\b(?:president|minister|premier|chancellor|secretary|spokes\w+|head|chief|leader|leaders|chair\w*|director|ceo|"
    r"mayor|governor|king|queen|pope|union|government|opposition|ministry|company|council|commission|police|critics|"
    r"coach|manager|captain|lawyer|owner|founder|boss|deputy|officials|experts|party|wife|husband|family)\b",
    re.IGNORECASE,
)
HOLDER = re.compile(
    r"\bthe (?:[a-z-]+ )?(?:president|minister|premier|chancellor|secretary|mayor|governor|coach|captain)\b"
)
ELSE = re.compile(r"^(?P<ask>who|what|where|when|anyone|anybody|anything|anywhere) else$", re.IGNORECASE)
SAME_ASK = {"anyone": "who", "anybody": "who", "anything": "what", "anywhere": "where"}
BARE = re.compile(
    r"^(?:(?:did|does|has) \w+ (?:say|explain|said) )?"
    r"(?P<ask>when|where|why|who|how (?:many|much|long|often|far|old|big)|how)"
    r"(?: exactly)?(?: (?:was|is|did) (?:that|this|it)(?: happen)?)?$",
    re.IGNORECASE,
)
"""An interrogative and nothing else: "When was that?", "Did he say why?"."""
DATE = re.compile(
    rf"^(?:(?:in|on|since|before|after|during|by|over) (?:the )?{CALENDAR}|{CALENDAR}|(?:last|this) (?:{PERIOD})|"
    r"yesterday|today)$",
    re.IGNORECASE,
)
OLD_DATE = re.compile(
    rf"\b(?:(?:in|on|since|before|after|during|by|over) {CALENDAR}|(?:last|this) (?:{PERIOD})|yesterday)"
)
PRONOUN = re.compile(r"\b(?:he|she|they|him|them|her(?! [a-z]))\b", re.IGNORECASE)
POSSESSIVE = re.compile(r"\b(?:his|her|their|its)(?= \w)", re.IGNORECASE)
THING = re.compile(r"\b(?:it|that|this|there|those|these)\b(?! \w+ (?:said|says))", re.IGNORECASE)
ITSELF = re.compile(
    r"\b(?:it|(?:that|this)(?=$| (?:in|on|at|by|with|over|for|to|is|was|will|has|had|happen)\b))(?!['’])\b",
    re.IGNORECASE,
)
"""A pronoun that stands for the matter as a whole, not "that vote"."""
SPEAKS = re.compile(r"\b(?:say|said|think|react|respond)\??$", re.IGNORECASE)
LEADING = re.compile(
    r"^(?P<ask>who|what|when|where|why|how (?:many|much)|how|which) "
    r"(?P<aux>(?:did|was|were|is|are|has|have|does|do|will) )?",
    re.IGNORECASE,
)

SECOND = re.compile(
    r",? and (?=(?:(?:in|on|at|by|for|from|to|with|through|over|of) )?"
    r"(?:who|whom|whose|what|when|where|which|why|how)\b"
    r"(?! (?:the|an?|this|that|these|those|his|her|its|their|our|your|my|he|she|it|they|we|you|I|to|[A-Z][\w’'-]+)\b))"
)
"""Where a second question begins that the same sentence asks; not "and what the ministers did"."""
ASKS = re.compile(r"\b(?:who|whom|whose|what|when|where|which|why|how)\b|[:?]\W*$", re.IGNORECASE)
GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}


def focus_of(question: str) -> str:
    """What a question of several sentences asks, without what it tells first, standing alone; else the question.

    "The dam broke on Monday. Who was hurt?" asks who was hurt; sentences that tell of the dam again do not answer.
    """
    *told, last = sentences_of(question)
    if not told or not ASKS.search(last):
        return question
    if _stands_alone(last):
        return last
    return _resolved(OPENER.sub("", last).rstrip("?!. "), understand(" ".join(told)))


def parts_of(question: str) -> list[str]:
    """The questions that one asks, each standing alone: "Who was hurt, and where was the hurt man taken?" asks two.

    It stays whole where a later part has no matter of its own ("..., and when?") and where it compares.
    """
    first, *others = SECOND.split(question.strip())
    if not understand(first).terms or not all(understand(other).terms for other in others):
        return [question]
    if understand(question).kind == "compare":
        return [question]
    parts = [_question(first)]
    for other in others:
        names, part = names_in(parts[0]), _after(parts[0], other)
        related = not names or any(name in part for name in names)
        parts.append(_question(part if related else f"{part.rstrip('?')} ({', '.join(names)})"))
    return parts


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
    bare = OPENER.sub("", asked).rstrip("?!. ")
    if not before.strip("?!. ") or not bare:
        return asked
    last = understand(before)
    if found := ELSE.match(bare):
        return _else(found["ask"].lower(), last)
    if found := BARE.match(bare):
        return _asked_anew(found["ask"], last)
    gap = GAP.match(asked.rstrip("?!. "))
    rest = gap["rest"] if gap else bare
    if DATE.match(rest):
        return _dated(rest, last)
    if gap and len(asked.split()) <= 12 and not WHOLE.match(bare):
        return _filled(rest, last, about=bool(gap["only"]))
    return asked if _stands_alone(asked) else _resolved(bare, last)


def _stands_alone(asked: str) -> bool:
    """Whether nothing in the question is left open: no pronoun, and enough words of its own."""
    open_ends = any(pattern.search(asked) for pattern in (PRONOUN, POSSESSIVE, THING, OPENER))
    return not open_ends and len(understand(asked).terms) >= 2


def _else(ask: str, last: Question) -> str:
    """ask: "who" of "Who else?"."""
    ask = SAME_ASK.get(ask, ask)
    if _says_on_what(last):
        if ask == "what":
            return _question(f"What else did {_speakers(last)} say about {_topic(last)}")
        if ask == "who":
            return _question(f"Who else spoke about {_topic(last)}")
    text = _text(last)
    if text.lower().startswith(f"{ask} else "):
        return _question(text)
    if text.lower().startswith(f"{ask} "):
        return _question(f"{ask} else {text[len(ask) + 1 :]}")
    return _question(f"{ask} else: {text}")


def _asked_anew(ask: str, last: Question) -> str:
    """The matter of the last question, asked about in another way."""
    ask = ask.lower()
    if _says_on_what(last):
        who, topic = _speakers(last), _topic(last)
        if ask in ("how many", "how much"):
            return _question(f"what {'number' if ask == 'how many' else 'amount'} did {who} give for {topic}")
        if ask == "who":
            return _question(f"who is it about, {topic}, according to {who}")
        return _question(f"{ask} did {who} {'say that' if ask == 'why' else 'speak'} about {topic}")
    leading = LEADING.match(_text(last))
    if ask in ("how many", "how much"):
        return _question(f"{ask} ({_matter(last)})")
    if not leading:
        return _question(f"{ask}: {_text(last)}")
    rest = _text(last)[leading.end() :]
    if leading["aux"] and leading["ask"].lower() != "who":
        return _question(f"{ask} {leading['aux']}{rest}")
    subject = {"who": "somebody ", "what": "something "}.get(leading["ask"].lower(), "")
    return _question(f"{ask} was it that {subject}{leading['aux'] or ''}{rest}")


def _dated(words: str, last: Question) -> str:
    """The last question of other days."""
    if OLD_DATE.search(_text(last)):
        return _question(OLD_DATE.sub(lambda _: words, _text(last), count=1))
    return _question(f"{_text(last)} {words}")


def _filled(rest: str, last: Question, *, about: bool) -> str:
    """The last question with `rest` for whom it asked, or for what it was about."""
    rest = re.sub(r"^about\s+", "", rest, flags=re.IGNORECASE)
    subject = _subject(last)
    if subject:
        rest = POSSESSIVE.sub(f"{subject}’s", rest, count=1)
    theirs = re.fullmatch(r"(.+?)(?:['’]s|(?<=s)['’])", rest)  # "What about Russia's?": the same of another's
    if last.speakers and (theirs or (not about and (ROLE.search(rest) or not _says_on_what(last)))):
        who = theirs[1] if theirs else rest
        if _speakers(last) in last.text and last.kind != "compare":
            return _question(_text(last).replace(_speakers(last), who, 1))
        return _question(f"What did {who} say about {_topic(last)}")
    if last.speakers:
        return _question(f"What did {_speakers(last)} say about {rest}")
    return _swapped(theirs[1] if theirs else rest, last)


def _swapped(rest: str, last: Question) -> str:
    """The last question with `rest` in the place of an office, or of its last name, or beside it."""
    text = _text(last)
    if ROLE.search(rest) and HOLDER.search(text):
        return _question(HOLDER.sub(lambda _: rest, text, count=1))
    if last.names and last.names[-1] in text:
        beside = r"(?:\b(?:in|at|on|for|from|to) )?" if re.match(r"(?:in|at|on|for|from|to) ", rest) else ""
        return _question(re.sub(beside + re.escape(last.names[-1]), lambda _: rest, text, count=1))
    return _question(f"{text}, {rest}")


def _resolved(asked: str, last: Question) -> str:
    """The question with its pronouns replaced, and with the last one's matter where it has none of its own."""
    pronoun = PRONOUN.search(asked) or POSSESSIVE.search(asked)
    own, subject, topic = names_in(_question(asked)), _subject(last, pronoun[0] if pronoun else ""), _matter(last)
    text = asked
    if subject:
        text = PRONOUN.sub(lambda _: subject, text, count=1)
        if not own:
            text = POSSESSIVE.sub(lambda _: f"{subject}’s", text, count=1)
    if _says_on_what(last) and ITSELF.search(text):
        return _question(ITSELF.sub(lambda _: topic, text, count=1))
    if THING.search(text):
        return _question(f"{text} ({topic})")
    if SPEAKS.search(text):
        return _question(f"{text} about {topic}")
    return _question(text if own or _says_on_what(understand(text)) else f"{text} ({topic})")


def _says_on_what(last: Question) -> bool:
    """Whether it asks for somebody's words on something that it names."""
    return bool(last.speakers) and _topic(last) != _text(last)


def _matter(last: Question) -> str:
    """What the last question was about, without its interrogative."""
    return _topic(last) if _says_on_what(last) else LEADING.sub("", _text(last))


def _subject(last: Question, pronoun: str = "") -> str | None:
    """Whom the last question was about; the first of those whom "he" or "she" fits by given name, where one does."""
    if last.speakers:
        return _speakers(last)
    names = [name for name in last.names if name not in last.openers] or last.names
    gender = GENDER.get(pronoun.lower())
    fitting = [name for name in names if gender and any(given_gender(word) == gender for word in name.split())]
    return next(iter(fitting or names), None)


def _speakers(last: Question) -> str:
    *others, final = last.speakers
    return f"{', '.join(others)} and {final}" if others else final


def _topic(last: Question) -> str:
    return last.topic.rstrip("?!. ")


def _text(last: Question) -> str:
    return " ".join(last.text.split()).rstrip("?!. ")


def _question(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('?!., ')}?"
