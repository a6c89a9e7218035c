"""Which kind of thing a question asks for, by its words: a number, a day, a place, somebody, a reason; or several."""

from __future__ import annotations

import re
from typing import Literal

from assistant.phrasings import asked_first

Kind = Literal["speech", "compare", "who", "when", "where", "number", "why", "other"]

MEASURES = "(?:many|much|far|fast|high|long|old|big|large|tall|often|heavy|deep|wide)"
AMOUNT = (
    "(?:fine|price|cost|share|percentage|proportion|rate|turnout|number|age|distance|sum|amount|toll|count|total|"
    "estimate|salary|budget|population|height|weight|speed|temperature|margin|majority)"
)
"""What is told by a number."""
AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)"
DETERMINER = "(?:the|an?|its|his|her|their)"
KIND_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "number",
        re.compile(
            # Up to the amount no verb: "what caused the toll to rise" asks for no number. After "is" or "was", or after
            # a word that is no plural: in "which drinks cost most" the amount is itself the verb.
            rf"\b(?:how {MEASURES}|(?:what|which)(?:(?:['’]s| is| was)(?: {DETERMINER})?)?"
            rf"(?: (?!(?:{AUXILIARY}|{DETERMINER})\b)[\w’'-]+){{0,2}}? "
            rf"(?:(?<= is )|(?<= was )|(?<![^\Ws]s )){AMOUNT})\b",
            re.IGNORECASE,
        ),
    ),
    (
        "when",
        re.compile(
            r"\b(?:on|in|by|until|since|from) (?:what|which) (?:day|date|year|month)\b|"
            r"^\W*(?:and )?(?:on |in |by |until )?(?:when|(?:what|which) (?:day|date|year|month)|"
            r"what(?:['’]s| is| was) the (?:[\w-]+ ){0,3}(?:day|date|year|month|deadline))\b",
            re.IGNORECASE,
        ),
    ),
    ("where", re.compile(r"^\W*(?:and )?where\b", re.IGNORECASE)),
    (
        "who",
        re.compile(
            r"^\W*(?:and )?(?:who|whom|whose)\b|\b(?:for|by|from|to|with|of|over|against) whom\b", re.IGNORECASE
        ),
    ),
    ("why", re.compile(r"^\W*(?:and )?(?:why|how come|what (?:caused|led to)|for what reason)\b", re.IGNORECASE)),
    ("compare", re.compile(r"^\W*(?:compare|contrast|what(?: is|['’]s) the difference)\b", re.IGNORECASE)),
)
NO_PLURAL = (
    "(?:news|series|politics|his|this|happens|makes|causes|drives|explains|keeps|means|sets|helps|worries|lies|remains|"
    f"comes|stops|prevents|basis|(?:matters|counts)(?! {AUXILIARY}\\b))"
)
IN_WHICH = r"(?:in|on|at|for|to|from|with|by|under|against) (?:what|which) (?!dates|days|grounds|terms|share)"
"""Asks for several where a plural follows: "in which towns is it"."""
OF_MANY = rf"(?-i:[A-Z])\w*s (?!{AUXILIARY}\b)(?-i:[a-z]\w*[^s\W]) (?:\w+ed|{AUXILIARY})\b"
"""One of several that have a name: "the Velby Hawks player signed"."""
MANY = rf"(?:(?!{AUXILIARY}\b)[\w'’.-]+ ){{0,3}}?(?!{AUXILIARY}\b|{NO_PLURAL}\b|{OF_MANY})\w+[^s\W]s\b"
LISTED = re.compile(
    rf"^\W*(?:and )?(?:(?:name|list|give|enumerate) (?:the|all|every|two|three|four|five|some|me)\b|"
    r"who (?:else|are|were)\b|"
    rf"{IN_WHICH}{MANY}|(?:what|which) {MANY}(?! (?:is|was|does|has)\b)|"
    r"(?:what|which) (?:two|three|four|five|six|other|people|children|else)\b|"
    r"what (?:are|were) )|\b(?:what|who|anyone|anything|where) else\b",
    re.IGNORECASE,
)
YES_OR_NO = re.compile(rf"\W*(?:and |but |so )?{AUXILIARY}\b(?!.*\bor how (?:many|much)\b)", re.IGNORECASE)


def kind_of_fact(text: str) -> Kind:
    """The kind of fact that the last sentence of a question asks for."""
    text = asked_first(text)
    kind: Kind = next((kind for kind, pattern in KIND_PATTERNS if pattern.search(text)), "other")
    if kind == "number" and YES_OR_NO.match(text):  # "Is it short of salt, and will it limit how much one can buy?"
        return "other"
    return kind


def wants_list(text: str) -> bool:
    """Whether the last sentence of a question asks for several things."""
    return bool(LISTED.search(asked_first(text)))
