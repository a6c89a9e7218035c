"""A question that was asked before, as one speaks of it: whose words, on what, and what it was about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.kinds import AUXILIARY
from assistant.question import Question, names_in
from assistant.referring import together

LEADING = re.compile(
    r"^(?P<ask>who|what|when|where|why|how (?:many|much|long|big|far|old|high|fast|often)|how|which) "
    r"(?P<aux>(?:did|was|were|is|are|has|have|does|do|will) )?",
    re.IGNORECASE,
)
OF_THEM = re.compile(r"^(?:of (?=the |those |these )|(?:it|they|he|she) (?!is\b|was\b|are\b|were\b))", re.IGNORECASE)
"""What is left at the beginning without the interrogative: "how many | of the ferries", "where will | it dock"."""
OPEN_END = re.compile(r" (?:to|of|for|about|with|from|against|by|into)$")
"""The matter itself is asked for: "What has Orr admitted to?"."""
BE_END = re.compile(r" (?:is|was|are|were)$")
WHOLE = re.compile(r"(?:who|what|when|where|why|which|whose|how|if|whether|that)\b", re.IGNORECASE)
YES_OR_NO = re.compile(rf"^{AUXILIARY} ", re.IGNORECASE)


def says_on_what(last: Question) -> bool:
    """Whether it asks for somebody's words on something that it names."""
    return bool(last.speakers and last.terms) and topic_of(last) != text_of(last)


def matter_of(talk: Sequence[Question]) -> str:
    """What the last question was about, without its interrogative; and the one before it where that does not tell."""
    last, *earlier = talk
    matter, whole = (topic_of(last) if says_on_what(last) else text_of(last)), text_of(last)
    if whole.startswith(matter):  # a fact, by somebody's account or by nobody's
        matter = YES_OR_NO.sub("", LEADING.sub("", matter))
    matter = OF_THEM.sub("", re.sub(r" ?\(([^()]*)\)", r", \1", matter))
    if not earlier or (names_in(last.text) and not OPEN_END.search(matter)):
        return matter
    before = matter_of(earlier)
    return matter if before in matter else f"{matter}, {before}"


def speakers_of(last: Question) -> str:
    """Whose words it asks for, as one says them."""
    return together(last.speakers)


def topic_of(last: Question) -> str:
    """What it asks to be told of, without its question mark: "who Vane was" of "Who did Orr say Vane was?"."""
    topic, leading = last.topic.rstrip("?!. "), LEADING.match(last.text)
    if leading and last.speakers and BE_END.search(topic) and not WHOLE.match(topic):
        return f"{leading['ask'].lower()} {topic}"
    return topic


def text_of(last: Question) -> str:
    """Its words, without its question mark."""
    return " ".join(last.text.split()).rstrip("?!. ")


def as_question(text: str) -> str:
    """The text with a capital and a question mark."""
    return f"{text[:1].upper()}{text[1:].rstrip('?!., ')}?"
