"""What leans on what was said before it, in the history or in the same question -> questions that stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asked import FRONTED
from assistant.fronting import with_subject
from assistant.gaps import filled
from assistant.kinds import AUXILIARY
from assistant.phrasings import lead_of
from assistant.question import Question, names_in, sentences_of, stems, understand
from assistant.referring import (
    DOER,
    DONE,
    LATER,
    POSSESSIVE,
    PRONOUN,
    SPOKEN_TO,
    IsName,
    doer_of,
    goes_on,
    speaks_of_there,
    subject_of,
    with_owner,
    with_place,
)
from assistant.spans import CALENDAR, SEASON
from assistant.talk import LEADING, as_question, matter_of, says_on_what, speakers_of, text_of, topic_of

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
YEARLY = re.compile(
    r"^(?:in )?the (?:year before|previous year|(?P<after>year after|(?:next|following) year))$", re.IGNORECASE
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
OLD_DATE = re.compile(
    rf"\b(?:(?:in|on|since|before|after|during|by|over) {CALENDAR}|(?:last|this) (?:{PERIOD})|yesterday)"
)
THING = re.compile(r"\b(?:it|that|this|those|these)\b(?! \w+ (?:said|says))", re.IGNORECASE)
ITSELF = re.compile(
    r"\b(?:it|(?:that|this)(?=$| (?:in|on|at|by|with|over|for|to|is|was|will|has|had|happen)\b))(?!['’])\b",
    re.IGNORECASE,
)
"""A pronoun that stands for the matter as a whole, not "that vote"."""
THEY = re.compile(r"\bthe(?:y|m)\b")
WHOM = ("him", "her", "them")
"""Hardly who acts in the same question."""
SPEAKS = re.compile(r"\b(?:say|said|think|comment|(?:dis)?agree|(?P<to>react|respond|reply|object))\??$", re.IGNORECASE)
TO_THAT = re.compile(r" to (?:that|this|it|them|him|her)$", re.IGNORECASE)

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
ASKING = re.compile(rf"\b{ASK}\b|[:?]\W*$", re.IGNORECASE)


def focus_of(question: str, is_name: IsName = bool) -> str:
    """What a question of several sentences asks, without what it tells first, standing alone; else the question.

    "The dam broke on Monday. Who was hurt?" asks who was hurt; sentences that tell of the dam again do not answer.
    """
    *told, last = sentences_of(question)
    if not told or not ASKING.search(last):
        return question
    if _stands_alone(last):
        return last
    return _resolved(OPENER.sub("", last).rstrip("?!. "), [understand(" ".join(told))], is_name)


def parts_of(question: str, is_name: IsName = bool) -> list[str]:
    """The questions that one asks, each standing alone: "Who was hurt, and where was the hurt man taken?" asks two.

    It stays whole where a later part has no matter of its own ("..., and when?") or alone names what all are about,
    where somebody may have said the later part ("on the plan and how much it costs"), and where it compares.
    """
    lead, asked = lead_of(question.strip())
    first, *others = SECOND.split(asked.rstrip("?!. ") if lead else asked)
    if lead and others:  # it is of all parts
        if any(PRONOUN.search(other) or "now" in other.split() for other in others):
            return [question]
        first, *others = (f"{part} {lead}" for part in (first, *others))
    if not 1 <= len(others) < PARTS or not FIRST.search(first) or understand(question).kind == "compare":
        return [question]
    if not understand(first).terms or not all(understand(other).terms for other in others):
        return [question]
    if not names_in(first) and any(map(names_in, others)):
        return [question]
    if understand(first).speakers and not all(re.search(rf"\b{AUXILIARY}\b|^what about\b", other) for other in others):
        return [question]
    parts = [as_question(first)]
    for other in others:
        part, names = _after([understand(parts[0])], other, is_name), names_in(parts[0])
        if not any(name in part for name in names) and not set(stems(first)) & set(stems(part)):
            part = f"{part.rstrip('?')} ({', '.join(names) or matter_of([understand(parts[0])])})"
        parts.append(as_question(part))
    return parts


def standalone(question: str, history: Sequence[str], is_name: IsName = bool) -> str:
    """The question as one would ask it without having said anything before.

    Gaps ("And about China?") take what the last question asked of something else; pronouns take what it was about.
    A question that has its own names and no pronoun is left as it is.
    """
    talk: list[Question] = []
    for earlier in history:
        whole = _after(talk, earlier, is_name)
        if whole.strip("?!. "):
            talk.insert(0, understand(whole))
    return _after(talk, question, is_name)


def _after(talk: Sequence[Question], question: str, is_name: IsName) -> str:
    """The question on its own; `talk` are those that were asked before it, on their own, the latest first."""
    plain = " ".join(question.split())
    asked = with_subject(plain)
    bare = OPENER.sub("", asked).rstrip("?!. ")
    if not talk or not bare:
        return asked
    if found := ELSE.match(bare):
        return _else(found["ask"].lower(), talk[0])
    if found := BARE.match(bare):
        return _asked_anew(found["ask"], talk)
    gap = GAP.match(asked.rstrip("?!. "))
    rest = gap["rest"] if gap else bare
    if DATE.match(rest) or YEARLY.match(rest):
        return _dated(rest, talk[0])
    if gap and len(asked.split()) <= 12 and not WHOLE.match(bare) and not FRONTED.match(bare):
        return filled(rest, talk, is_name, about=bool(gap["only"]))
    if _stands_alone(asked):
        context = _context(asked, talk) if asked == plain or names_in(asked) else matter_of(talk)
        return as_question(f"{with_owner(bare, talk)} ({context})") if context else asked
    return _resolved(bare, talk, is_name)


def _context(asked: str, talk: Sequence[Question]) -> str:
    """What a question without open ends is about, where it asks of "the mayor", or for words on "the decision"."""
    found = understand(asked)
    if says_on_what(found) and DONE.fullmatch(found.topic):
        return _undated(matter_of(talk))
    named = next(filter(None, (names_in(last.text) for last in talk)), None)
    own = found.topic if says_on_what(found) and len(found.terms) > 1 else asked  # a matter of its own
    return (", ".join(named) if named else matter_of(talk)) if goes_on(asked) and goes_on(own) else ""


def _undated(matter: str) -> str:
    """A matter without its days, which need not be those when somebody spoke of it."""
    return " ".join(OLD_DATE.sub("", matter).split()).replace(" ,", ",").strip(" ,") or matter


def _stands_alone(asked: str) -> bool:
    """Whether nothing is left open: no pronoun, nobody who speaks on nothing, and enough words of its own."""
    found, endings = understand(asked), (PRONOUN, POSSESSIVE, THING, OPENER, *(() if YEAR.search(asked) else (LATER,)))
    silent = SPEAKS.search(asked) and not says_on_what(found)
    return len(found.terms) >= 2 and not (silent or speaks_of_there(asked) or any(e.search(asked) for e in endings))


def _else(ask: str, last: Question) -> str:
    """ask: "who" of "Who else?"."""
    ask = SAME_ASK.get(ask, ask)
    if says_on_what(last):
        if ask == "what":
            return as_question(f"What else did {speakers_of(last)} say about {topic_of(last)}")
        if ask == "who":
            return as_question(f"Who else spoke about {topic_of(last)}")
    text = text_of(last)
    if text.lower().startswith(f"{ask} else "):
        return as_question(text)
    if text.lower().startswith(f"{ask} "):
        return as_question(f"{ask} else {text[len(ask) + 1 :]}")
    return as_question(f"{ask} else: {text}")


def _asked_anew(ask: str, talk: Sequence[Question]) -> str:
    """The matter of the last question, asked about in another way."""
    ask, last = ask.lower(), talk[0]
    if says_on_what(last):
        who, topic = speakers_of(last), topic_of(last)
        if ask in ("how many", "how much"):
            return as_question(f"what {'number' if ask == 'how many' else 'amount'} did {who} give for {topic}")
        if ask == "who":
            return as_question(f"who is it about, {topic}, according to {who}")
        return as_question(f"{ask} did {who} {'say that' if ask == 'why' else 'speak'} about {topic}")
    leading = LEADING.match(text_of(last))
    if ask in ("how many", "how much"):
        return as_question(f"{ask} ({matter_of(talk)})")
    if not leading:
        return as_question(f"{ask}: {text_of(last)}")
    rest = text_of(last)[leading.end() :]
    if leading["aux"] and leading["ask"].lower() != "who":
        return as_question(f"{ask} {leading['aux']}{rest}")
    subject = {"who": "somebody ", "what": "something "}.get(leading["ask"].lower(), "")
    return as_question(f"{ask} was it that {subject}{leading['aux'] or ''}{rest}")


def _dated(words: str, last: Question) -> str:
    """The last question of other days."""
    text = text_of(last)
    years = [*YEAR.finditer(text)]
    if years and (yearly := YEARLY.match(words)):
        year = int(years[-1][0]) + (1 if yearly["after"] else -1)
        return as_question(f"{text[: years[-1].start()]}{year}{text[years[-1].end() :]}")
    if OLD_DATE.search(text):
        return as_question(OLD_DATE.sub(lambda _: words, text, count=1))
    return as_question(f"{text} {words}")


def _resolved(asked: str, talk: Sequence[Question], is_name: IsName) -> str:
    """The question with its pronouns replaced, and with the last one's matter where it has none of its own."""
    pronoun = PRONOUN.search(asked) or POSSESSIVE.search(asked)
    own, topic, last = names_in(as_question(asked)), matter_of(talk), talk[0]
    subject = subject_of(pronoun, talk, is_name) if pronoun else None
    text = with_place(with_owner(asked, talk), talk)
    doer = None if subject else doer_of(asked, talk, is_name)
    if doer:
        subject, text = doer, DOER.sub(lambda _: doer, text, count=1)
    elif subject:
        text = PRONOUN.sub(lambda _: subject, text, count=1)
        if not own:
            text = POSSESSIVE.sub(lambda _: f"{subject}’s", text, count=1)
    if subject and SPOKEN_TO.search(text) and says_on_what(last) and subject not in speakers_of(last):
        return as_question(f"{TO_THAT.sub('', text)} to what {speakers_of(last)} said about {topic}")
    if says_on_what(last) and SPOKEN_TO.search(text) and TO_THAT.search(text):
        return as_question(f"{TO_THAT.sub('', text)} to what {speakers_of(last)} said about {topic}")
    if says_on_what(last) and ITSELF.search(text):
        return as_question(ITSELF.sub(lambda _: topic, text, count=1))
    if THING.search(text) or speaks_of_there(text) or LATER.search(text):
        return as_question(f"{text} ({topic})")
    if pronoun and (THEY.search(text) if subject else pronoun[0].lower() in WHOM):
        return as_question(f"{text} ({_undated(topic) if says_on_what(understand(text)) else topic})")
    found = understand(text)
    on_what = says_on_what(found)
    if on_what and DONE.fullmatch(found.topic):
        return as_question(f"{text} ({_undated(topic)})")
    if last.occasion and found.speakers and not on_what and speakers_of(last) in text_of(last):
        return as_question(text_of(last).replace(speakers_of(last), speakers_of(found), 1))  # on the same occasion
    if not on_what and (speaks := SPEAKS.search(text)):
        return as_question(f"{text} {'to' if speaks['to'] else 'about'} {topic}")
    does_much = bool(doer) and len(found.terms - {*stems(doer or "")}) > 1  # "want to raise", but not "owe"
    return as_question(text if own or on_what or does_much else f"{text} ({topic})")
