"""Whether a sentence has the kind of thing that a question asks for: an amount of money, a day, somebody's name.

The answer's type as in the TREC question answering tracks (Voorhees 2001), told by patterns. It is one reason among
others for a sentence, never a condition.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Callable, Sequence

from assistant.kinds import AUXILIARY
from assistant.question import Question, stems
from assistant.spans import DAY as OF_MONTH
from assistant.spans import MONTH, WEEKDAYS, YEAR

UNKNOWN = 0.5
"""Where the question does not tell what kind of thing answers."""
NUMBER = (
    r"(?:\d[\d,.]*|(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty-)?(?:one|two|three|four|five|six|seven|eight|nine)|"
    r"ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozens?|"
    r"hundreds?|thousands?|millions?|billions?|half|thirds?|quarters?|twice)"
)
SCALE = r"(?: ?(?:hundred|thousand|million|billion|trillion|bn|m|k)\b)?"


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


ANY_NUMBER = _pattern(rf"\b(?!one\b){NUMBER}(?:st|nd|rd|th)?\b")
MONEY = _pattern(
    rf"[$£€¥₹]\s?\d|\b{NUMBER}{SCALE}[ -](?:dollars?|euros?|pounds?|cents?|pence|rubles?|roubles?|crowns?|krone[rn]?|"
    r"francs?|yen|yuan|rupees?|pesos?|rand|shekels?)\b"
)
PERCENT = _pattern(r"\d ?%|\bper ?cent\b|\bpercentage\b|\b(?:half|thirds?|quarters?)\b|\bone in \w+")
LENGTH = _pattern(
    rf"\b{NUMBER}{SCALE}[ -](?:light-years?|kilomet\w+|km|met(?:er|re)s?|miles?|feet|foot|ft|inch(?:es)?|"
    r"centimet\w+|cm|yards?)\b"
)
SPEED = _pattern(
    r"\bmach \d|\b(?:mph|kph|km/h)\b|\b(?:miles|kilomet\w+|met(?:er|re)s) (?:an?|per) (?:hour|second)\b|\bknots\b"
)
SPAN = _pattern(
    rf"\b(?:{NUMBER}|an?|several|few)[ -](?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?)\b"
)
AGE = _pattern(
    r"\d+[ -]years?[ -]old\b|\baged? (?:of )?\d|, \d{1,3},|\bborn (?:in|on)\b|"
    r"\b(?:die[sd] at|turn(?:s|ed|ing)?) \d{1,3}(?=[,;!?”\"]|\.(?!\d)|$| (?:on|in|this|last|next|today)\b)"
)
SIZE = _pattern(
    rf"\b{NUMBER}{SCALE}[ -](?:tons?|tonnes?|acres?|hectares?|square|pounds?|kilos?|kilograms?|gallons?|lit\w+)\b"
)
DAY = re.compile(rf"\b(?:{MONTH} \d\d?|{OF_MONTH} (?:of )?{MONTH}|(?:{'|'.join(WEEKDAYS)})|{YEAR})", re.IGNORECASE)
SOME_TIME = _pattern(
    r"\b(?:yesterday|today|tomorrow|tonight|weeks?|months?|years?|spring|summer|autumn|winter|noon|midnight|"
    r"\d+ ?[ap]\.?m)\b"
)
REASON = _pattern(
    r"\b(?:because|due to|since|so that|in order|after|over|as a result|caus\w+|led to|leads to|blam\w+|reasons?|"
    r"therefore|thanks to|owing to|to (?:protect|prevent|avoid|help|stop|keep|make|give|allow|reduce|save))\b"
)
FULL_NAME = re.compile(r"\b[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+)+")
NAME = re.compile(r"(?<=[\w,] )[A-Z][\w’'-]+")
PLACE = re.compile(r"\b(?:in|at|near|to|from|outside|on|across|off|of) (?:the )?([A-Z][\w’'-]+)")
WHICH = _pattern(rf"\bwhich\b|\b(?:called|named|titled|name of)\b|\bwhat (?!(?:{AUXILIARY}|happened|about|else)\b)")
"""Asks for one of a kind: "which town", "what is it called"."""
CALENDAR = frozenset(stems(" ".join((*WEEKDAYS, *month_name, *month_abbr))))
"""What is written with a capital letter and is nobody's name."""
ENUMERATION = re.compile(r"[^,;][,;] [^,;]+,? (?:and|or|&) ")

MEASURES: tuple[tuple[re.Pattern[str], tuple[re.Pattern[str], ...]], ...] = (
    (_pattern(r"\b(?:percent\w*|per cent|share|proportion|rate|turnout)\b"), (PERCENT,)),
    (_pattern(r"\bhow fast\b|\bspeed\b"), (SPEED,)),
    (_pattern(r"\bhow (?:far|high|tall|wide|deep)\b|\b(?:distance|height|length)\b"), (LENGTH,)),
    (_pattern(r"\bhow long\b"), (SPAN, LENGTH)),
    (_pattern(r"\bhow old\b|\bage\b"), (AGE,)),
    (_pattern(r"\bhow (?:big|large|heavy)\b"), (SIZE, LENGTH, MONEY, PERCENT)),
    (_pattern(r"\b(?:price|fine|cost|costs|pay|paid|paying|worth|salary|budget|fee|fees|sum|amount)\b"), (MONEY,)),
    (_pattern(r"\bhow much\b"), (MONEY, PERCENT, SIZE)),
)
"""What a question's words ask to be measured, and how that is written; the first that fits."""
PRICE = _pattern(r"\b(?:price|fine|cost|costs|pay|paid|paying|salary|fee)\b")
AMOUNT = _pattern(
    rf"\b(?:(?!\d){NUMBER}|once|both|single|sole|only|no|none|nobody|never|doubled?|tripled?|couple|few|handful|several|"
    r"many|most|all|every|whole|free|entire|average|pairs?|trio|first|second|score|nil|zero|dollars?|pounds?|euros?|"
    r"penny|pence|cents?)\b|[½¼¾%$£€]"
)
"""Any word that may tell how many or how much, but figures, which may be years."""
ANY_FIGURE = _pattern(r"\d|\ban?\b")
"""A figure, were it a year, or "a man", who is one."""
COUNTED = _pattern(r"\bhow many (?:of the |more |other |new )?(?P<thing>[\w’'-]+(?: [\w’'-]+)?)")


def expected(question: Question, text: str) -> float:
    """How far `text` has what is asked for, 0 to 1: all of it, something like it, or nothing."""
    return KINDS.get(question.kind, _listed)(question, text)


BESIDES = re.compile(r"\b(?:besides|apart from|other than|in addition to) (?P<whom>[^,?]+)", re.IGNORECASE)
"""Of whom it is known, where somebody else is asked for."""


def lacks(question: Question, text: str) -> bool:
    """Whether `text` cannot be all of an answer: a price, a count or somebody else is asked for, and it tells none."""
    if question.kind == "who" and (besides := BESIDES.search(question.focus)):
        told = any(name in besides["whom"] and name in text for name in question.names)
        return told and not _who(question, text) and not ANY_NUMBER.search(text)
    if question.kind != "number" or AMOUNT.search(text):
        return False
    if COUNTED.search(question.focus):
        return not ANY_FIGURE.search(text)
    return bool(PRICE.search(question.focus)) and not re.search(r"\d", DAY.sub(" ", text))


def _number(question: Question, text: str) -> float:
    text = DAY.sub(" ", text)  # a day of a month or a year counts nothing
    if counted := COUNTED.search(question.focus):
        things = set(stems(counted["thing"]))
        near = (text[at.start() : at.end() + 60] for at in ANY_NUMBER.finditer(text))
        if any(things & set(stems(words)) for words in near):
            return 1.0
    else:
        for asked, written in MEASURES:
            if asked.search(question.focus):
                return 1.0 if any(one.search(text) for one in written) else 0.3 * bool(ANY_NUMBER.search(text))
    return 0.7 if ANY_NUMBER.search(text) else 0.0


def _when(question: Question, text: str) -> float:
    return 1.0 if DAY.search(text) else 0.6 if SOME_TIME.search(text) else 0.0


def _who(question: Question, text: str) -> float:
    if _any_new(question, FULL_NAME.findall(text)):
        return 1.0
    return 0.6 if _any_new(question, NAME.findall(text)) else 0.0


def _where(question: Question, text: str) -> float:
    if _any_new(question, PLACE.findall(text)):
        return 1.0
    return 0.5 if _any_new(question, NAME.findall(text)) else 0.0


def _why(question: Question, text: str) -> float:
    return 1.0 if REASON.search(text) else 0.3


def _listed(question: Question, text: str) -> float:
    if not question.listed:
        return UNKNOWN
    return 1.0 if ENUMERATION.search(text) else 0.4


def _other(question: Question, text: str) -> float:
    if question.listed or not WHICH.search(question.focus):
        return _listed(question, text)
    return float(_any_new(question, [*FULL_NAME.findall(text), *NAME.findall(text)]))


def _any_new(question: Question, names: Sequence[str]) -> bool:
    """Whether there is one among these that the question does not name itself."""
    asked = set(stems(question.text))
    return any(words and not words & asked for words in (set(stems(name)) - CALENDAR for name in names))


KINDS: dict[str, Callable[[Question, str], float]] = {
    "number": _number,
    "when": _when,
    "who": _who,
    "where": _where,
    "why": _why,
    "other": _other,
}
