"""What leans on what was said before it, in the history or in the same question -> questions that stand alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.question import AUXILIARY, Question, names_in, sentences_of, stems, understand
from assistant.spans import CALENDAR, SEASON
from index.speech.countries import country_of
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

ASK = "(?:who|whom|whose|what|when|where|which|why|how)"
OTHERS = "(?:the|an?|th(?:is|at|ese|ose|ey|eir)|his|her|its|he|she|it|we|you|I)"
SECOND = re.compile(
    rf",? and (?=(?:(?:in|on|at|by|for|from|to|with|through|over|of) )?(?:{ASK} {AUXILIARY}\b|"
    rf"(?:what|which|whose)(?: (?!{OTHERS}\b)[\w’'-]+){{1,3}} {AUXILIARY}\b|what about\b|"
    r"how (?:many|much|long|often|far|old|big|large)\b))"
)
"""Where a second question begins that the same sentence asks; not "and what the ministers did", "and who fled"."""
FIRST = re.compile(rf"^(?:(?:in|on|at|by|for|from|to|with|of) )?{ASK}\b(?!.*(?-i:\b(?!when\b){ASK}\b))", re.IGNORECASE)
"""One question and nothing in it that is told with "who" or "why"; "when" tells of a day."""
PARTS = 3
"""What asks more is taken as a whole."""
ASKS = re.compile(rf"\b{ASK}\b|[:?]\W*$", re.IGNORECASE)
PLACED = r"(?i:\b(?:in|at|near|outside) )"
IsName = Callable[[str], bool]
"""Whether a word at the beginning of a sentence is a name; it is taken for one where that cannot be asked."""
GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}


def focus_of(question: str, is_name: IsName = bool) -> str:
    """What a question of several sentences asks, without what it tells first, standing alone; else the question.

    "The dam broke on Monday. Who was hurt?" asks who was hurt; sentences that tell of the dam again do not answer.
    """
    *told, last = sentences_of(question)
    if not told or not ASKS.search(last):
        return question
    if _stands_alone(last):
        return last
    return _resolved(OPENER.sub("", last).rstrip("?!. "), understand(" ".join(told)), is_name)


def parts_of(question: str, is_name: IsName = bool) -> list[str]:
    """The questions that one asks, each standing alone: "Who was hurt, and where was the hurt man taken?" asks two.

    It stays whole where a later part has no matter of its own ("..., and when?") or alone names what all are about,
    where somebody may have said the later part ("on the plan and how much it costs"), and where it compares.
    """
    first, *others = SECOND.split(question.strip())
    if not 1 <= len(others) < PARTS or not FIRST.search(first) or understand(question).kind == "compare":
        return [question]
    if not understand(first).terms or not all(understand(other).terms for other in others):
        return [question]
    if not names_in(first) and any(map(names_in, others)):
        return [question]
    if understand(first).speakers and not all(re.search(rf"\b{AUXILIARY}\b|^what about\b", other) for other in others):
        return [question]
    parts = [_question(first)]
    for other in others:
        part, names = _after(parts[0], other, is_name), names_in(parts[0])
        if not any(name in part for name in names) and not set(stems(first)) & set(stems(part)):
            part = f"{part.rstrip('?')} ({', '.join(names) or _matter(understand(parts[0]))})"
        parts.append(_question(part))
    return parts


def standalone(question: str, history: Sequence[str], is_name: IsName = bool) -> str:
    """The question as one would ask it without having said anything before.

    Gaps ("And about China?") take what the last question asked of something else; pronouns take what it was about.
    A question that has its own names and no pronoun is left as it is.
    """
    before = ""
    for earlier in history:
        before = _after(before, earlier, is_name)
    return _after(before, question, is_name)


def _after(before: str, question: str, is_name: IsName) -> str:
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
        return _filled(rest, last, is_name, about=bool(gap["only"]))
    return asked if _stands_alone(asked) else _resolved(bare, last, is_name)


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


def _filled(rest: str, last: Question, is_name: IsName, *, about: bool) -> str:
    """The last question with `rest` for whom it asked, or for what it was about."""
    rest = re.sub(r"^about\s+", "", rest, flags=re.IGNORECASE)
    subject = _subject(last, "", is_name)
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


def _resolved(asked: str, last: Question, is_name: IsName) -> str:
    """The question with its pronouns replaced, and with the last one's matter where it has none of its own."""
    pronoun = PRONOUN.search(asked) or POSSESSIVE.search(asked)
    own, topic = names_in(_question(asked)), _matter(last)
    subject = _subject(last, pronoun[0] if pronoun else "", is_name)
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


def _subject(last: Question, pronoun: str, is_name: IsName) -> str | None:
    """Whom the last question was about; whom "he" or "she" fits by given name, where one does, and no place."""
    if last.speakers:
        return _speakers(last)
    names = [name for name in last.names if name not in last.openers or is_name(name)]
    if gender := GENDER.get(pronoun.lower()):
        fitting = [name for name in names if any(given_gender(word) == gender for word in name.split())]
        placed = {name for name in names if re.search(rf"{PLACED}{re.escape(name)}\b", last.text)}
        people = [name for name in names if not country_of(name) and name not in placed]
        names = fitting or people or names
    return names[0] if names else None


def _speakers(last: Question) -> str:
    *others, final = last.speakers
    return f"{', '.join(others)} and {final}" if others else final


def _topic(last: Question) -> str:
    return last.topic.rstrip("?!. ")


def _text(last: Question) -> str:
    return " ".join(last.text.split()).rstrip("?!. ")


def _question(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('?!., ')}?"
