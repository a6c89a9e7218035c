"""Who is named before what is asked of him: "What about her lawyers, how did they take it?"."""

from __future__ import annotations

import re

from assistant.kinds import AUXILIARY
from assistant.phrasings import ASKS, TIES
from assistant.referring import GENDER, POSSESSIVE, is_place
from assistant.spans import CALENDAR

TOPICAL = re.compile(
    r"^(?P<goes_on>(?:and|but|so)\b[\s,]*)?(?:(?:what about |how about |as for )(?P<who>[^,:]+)|"
    rf"(?P<other>(?!(?:{TIES}|{ASKS}|{AUXILIARY}|{CALENDAR}|\w+day|and|but|so|according|last|this|next)\b)"
    rf"(?-i:(?:[Tt]he (?!next\b|same\b|day\b)|[Hh]is |[Hh]er |[Tt]heir |[Ii]ts |[A-Z])[\w’'.-]+)"
    rf"(?: (?!(?:{AUXILIARY}|said|\w+ed)\b)[\w’'.-]+){{0,7}}))[,:] "
    rf"(?P<asked>(?:{ASKS}|{AUXILIARY})\b.*)$",
    re.IGNORECASE,
)
"""Who is asked about, and then what."""
TAKEN_UP = re.compile(
    rf"^(?:{ASKS}(?: [\w-]+){{0,3}}? )?{AUXILIARY} "
    r"(?P<subject>(?:he|she|they|it|his|her|their|its)(?! true\b| that\b))\b|"
    r"^(?:what|who) (?:\w+ )??(?P<object>him|her|them)\b",
    re.IGNORECASE,
)
"""The pronoun for him who was named before: the subject, or whom something "worried"."""


def with_subject(question: str) -> str:
    """What is asked, of whom it names first; unchanged where it does not take that up."""
    topical = TOPICAL.match(question)
    if not topical:
        return question
    named, taken_up = topical["who"] or topical["other"], TAKEN_UP.match(topical["asked"])
    described = re.match(r"(?:the|his|her|their|its) ", named, re.IGNORECASE)
    if not taken_up or not (topical["who"] or described or topical["goes_on"]):
        return question
    part = "subject" if taken_up["subject"] else "object"
    start, end = taken_up.span(part)
    if taken_up[part].lower() in GENDER and is_place(named):
        return question
    if described:
        named = f"{named[0].lower()}{named[1:]}"
    owned = POSSESSIVE.match(topical["asked"], start)
    asked = f"{topical['asked'][:start]}{named}{'’s' if owned else ''}{topical['asked'][end:]}"
    return f"{asked[0].upper()}{asked[1:]}"
