"""The quantities of a sentence: each number with its unit, its bound ("more than") and what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from text_to_num import alpha2digit

from assistant.support.operators import MODAL
from assistant.support.words import MAY, Word, held, key, related, words

SCALES = {
    "thousand": 3, "k": 3, "million": 6, "m": 6, "mn": 6, "billion": 9, "bn": 9, "b": 9, "trillion": 12, "tn": 12,
    "hundred": 2, "dozen": 0, "dozens": 0,
}  # fmt: skip
FRACTIONS = {"half": "0.5", "halves": "0.5", "quarter": "0.25", "quarters": "0.25", "third": "1/3", "thirds": "1/3"}
SPELLED = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety first second third fourth fifth sixth
    seventh eighth ninth tenth per cent""".split()
) - {"one", "first", "second"}
COUNTS = {"a": "1", "an": "1", "one": "1", "two": "2", "three": "3"}
UNIT_WORDS = (
    "% percent;points percentage;$ dollar dollars;€ euro euros;£ pound pounds;crown crowns;"
    "krone kroner krona kronor;yen;yuan;rupee rupees;rouble roubles ruble rubles;lira;peso pesos;franc francs;"
    "cent cents;mm millimetre millimetres millimeter millimeters;cm centimetre centimetres centimeter centimeters;"
    "m metre metres meter meters;km kilometre kilometres kilometer kilometers;mile miles;foot feet ft;knot knots;"
    "g gram grams;kg kilogram kilograms kilo kilos;tonne tonnes ton tons;litre litres liter liters;"
    "hectare hectares;acre acres;degree degrees;volt volts;watt watts;kilowatt kilowatts kw;megawatt megawatts mw;"
    "second seconds;minute minutes;hour hours;day days;week weeks;month months;year years"
)
UNITS = {word: row.split()[0] for row in UNIT_WORDS.split(";") for word in row.split()}
MORE = "more"
LESS = "less"
ABOUT = "about"
EXACT = ""
CLOCK = "clock"
"""The unit of times of day."""
BOUNDS = (
    (
        MORE,
        r"(?:more|greater|higher|longer|older) than|over|above|exceeding|at least|no (?:fewer|less) than|upwards? of",
    ),
    (LESS, r"(?:less|fewer|lower|younger|shorter) than|under|below|at (?:the )?most|up to|no more than|almost|nearly"),
    (ABOUT, r"about|around|roughly|approximately|some|an estimated|estimated|close to|circa"),
)
BOUND = [(name, re.compile(rf"\b(?:{pattern})\s+(?:an? |the |[$€£])?$", re.IGNORECASE)) for name, pattern in BOUNDS]
AFTERWARDS = (
    (MORE, re.compile(r"^\s*(?:or more|or above|and over|plus\b|\+)")),
    (LESS, re.compile(r"^\s*or (?:less|fewer)")),
)
NUMBER = re.compile(
    r"(?P<before>[$€£]\s?)?(?<![\w.,])(?P<figure>\d+(?:[,.:]\d+)*)(?P<ordinal>st|nd|rd|th)?"
    r"(?:\s?(?P<scale>thousand|million|billion|trillion|hundred|dozen|bn|mn|tn|k|m|b)\b)?"
    r"(?:[ -]?(?P<unit>%|[ap]\.?m\b|[^\W\d_]+))?",
    re.IGNORECASE,
)
SCALED = re.compile(
    r"(?<![\w.,])(?P<figure>\d+(?:[,.]\d+)*)[ -]?(?P<scale>thousand|million|billion|trillion|hundred|bn|mn|tn|k)\b",
    re.IGNORECASE,
)
PART = re.compile(
    r"\b(?:(?P<count>\d+|an?|one|two|three)[ -])?(?P<part>half|halves|third|thirds|quarter|quarters)\b", re.IGNORECASE
)
VAGUE = re.compile(r"\b(?P<scale>dozens|hundreds|thousands|millions|billions)\b", re.IGNORECASE)
THAT = r"when|as|after|before|until|because|if|that|including"
SUBORDINATE = re.compile(rf"\b(?:{THAT})\b", re.IGNORECASE)
AND = re.compile(rf"\b(?:and|or|but|while|versus|against|compared (?:with|to)|{THAT})\b", re.IGNORECASE)
MONTHS = f"january february march april may {MAY} june july august september october november december"
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
DATE = re.compile("|".join(f"{MONTHS} {WEEKDAYS}".split()))
CLAUSE_END = re.compile(r"[,;:()]\s*\Z")
KEPT = re.compile(f"{PART.pattern}|{VAGUE.pattern.replace('scale', 'vague')}", re.IGNORECASE)
UNQUOTED = str.maketrans('“”„«»"', "      ")
WHOLE = re.compile(r"\bof (?:the |its |their |all )*\Z", re.IGNORECASE)
PERCENT = re.compile(r"\bper\s?cent\b", re.IGNORECASE)
POINTS = re.compile(r"\bpercentage[ -]points?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number: its value as a text, its unit ("%", "$", "" where it counts things), its bound ("more").

    whole: whether it is that of which another number is a part ("30 of the 37").
    ahead, behind: the words that state something before and after it in its clause, as far as the next number or an
    "and" before that.
    """

    value: str
    unit: str
    bound: str
    ordinal: bool
    whole: bool
    ahead: tuple[str, ...]
    behind: tuple[str, ...]

    @property
    def beside(self) -> tuple[str, ...]:
        """The words before and after it."""
        return self.ahead + self.behind


@lru_cache(maxsize=1_000)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of `text` in order; numbers in words are read as in figures."""
    plain = _readable(text)
    found = sorted(_numbers(plain))
    edges = [(0, 0), *((n.start, n.end) for n in found if not n.ordinal), (len(plain), len(plain))]
    return tuple(
        Quantity(
            n.value,
            n.unit,
            _bound(plain[: n.start], plain[n.end :]),
            n.ordinal,
            _is_whole(plain, n.start, edges[1:]),
            *_beside(
                plain,
                max(end for _, end in edges if end <= n.start),
                (n.start, n.end),
                min(start for start, _ in edges if start >= n.end),
                days=n.unit == CLOCK,
            ),
        )
        for n in found
    )


class Number(NamedTuple):
    """A number where it stands in a text."""

    start: int
    end: int
    value: str
    unit: str
    ordinal: bool = False


def _readable(text: str) -> str:
    """The text with its numbers in figures, without quotation marks; "a third" and "millions" stay as they are."""
    plain = POINTS.sub("percentage", PERCENT.sub("percent", text)).replace("\u00a0", " ").replace("\u202f", " ")
    plain = SCALED.sub(lambda match: _value(match["figure"], match["scale"]), plain).translate(UNQUOTED)
    kept = [match[0] for match in KEPT.finditer(plain)]
    plain = _in_figures(KEPT.sub("\x00", plain))
    for part in kept:
        plain = plain.replace("\x00", part, 1)
    return plain


def _numbers(plain: str) -> Iterator[Number]:
    for match in PART.finditer(plain):
        count = key(match["count"] or "1")
        yield Number(*match.span(), f"{COUNTS.get(count, count)}*{FRACTIONS[match['part'].lower()]}", "part")
    for match in VAGUE.finditer(plain):
        yield Number(*match.span(), match["scale"].lower(), "")
    # What is masked holds no number any more, and nothing moves.
    for match in NUMBER.finditer(PART.sub(lambda part: "_" * len(part[0]), plain)):
        behind = (match["unit"] or "").lower().replace(".", "")
        if behind in ("am", "pm"):
            yield Number(*match.span(), f"{_value(match['figure'], None)} {behind}", CLOCK)
            continue
        unit = UNITS.get((match["before"] or "").strip()) or UNITS.get(behind, "")
        end = max(match.end(name) for name in ("figure", "ordinal", "scale"))
        yield Number(match.start(), end, _value(match["figure"], match["scale"]), unit, bool(match["ordinal"]))


def _is_whole(text: str, start: int, edges: Sequence[tuple[int, int]]) -> bool:
    """Whether a number follows closely on another with "of the" between them."""
    return bool(WHOLE.search(text[:start])) and any(0 < start - end <= len(" of all of the ") for _, end in edges)


def astray(claimed: str, source: str) -> str | None:
    """The first number of `claimed` that `source` does not give so: of that value, unit and bound, of the same things.

    None when `source` gives them all.
    """
    claims, given = quantities(claimed), quantities(source)
    # A number without a unit may have that of another: "38,500 crowns; a display case, 21,000".
    units, claimed_units = {g.unit for g in given}, {c.unit for c in claims}
    for quantity in claims:
        same = [g for g in given if g.value == quantity.value and g.ordinal == quantity.ordinal]
        same = [g for g in same if _same_unit(quantity.unit, g.unit, claimed_units, units)]
        fitting = [g for g in same if g.bound == quantity.bound]
        fitting = [g for g in fitting if quantity.whole or not g.whole]
        if not any(_of_the_same(quantity, g, given) for g in fitting):
            return quantity.value
    return None


def _same_unit(claimed: str, given: str, claimed_units: Set[str], units: Set[str]) -> bool:
    if claimed == given or (not claimed and given == "year"):  # "Khamenei, 83", "the 83-year-old"
        return True
    return (not given and claimed in units) or (not claimed and given in claimed_units)


def _of_the_same(claimed: Quantity, given: Quantity, all_given: Sequence[Quantity]) -> bool:
    """Whether nothing beside the number stands beside another one of the source instead.

    It may, where all that stands beside the number in the source stands beside it here too.
    """
    others = [
        g
        for g in all_given
        if (g.unit == given.unit or not (g.unit and given.unit)) and (g.value, g.bound) != (given.value, given.bound)
    ]
    if claimed.behind and given.behind and related(claimed.behind[0], given.behind[0]):
        counted = [g for g in all_given if g.behind and related(g.behind[0], claimed.behind[0])]
        if len(counted) == 1:
            return True
    elsewhere = any(
        not held(word, given.beside) and any(held(word, other.beside) for other in others) for word in claimed.beside
    )
    return not elsewhere or (bool(given.beside) and all(held(word, claimed.beside) for word in given.beside))


def spelled(word: str) -> bool:
    """Whether a word is a number, or part of one: what `astray` looks at."""
    return word in SPELLED or word in SCALES or word in FRACTIONS


def has_unit(word: str, source: str) -> bool:
    """Whether a word is a unit that the source measures in, or names: "mm" for "millimetres", "percent" for "%"."""
    unit = UNITS.get(word)
    if unit is None:
        return False
    return unit in {q.unit for q in quantities(source)} | {UNITS.get(w.key) for w in words(source)}


def _in_figures(text: str) -> str:
    """Numbers in words as figures, but for "one", which is rarely a number."""
    return "\n".join(alpha2digit(line, "en", threshold=1) for line in text.split("\n"))


def _value(figure: str, scale: str | None) -> str:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", figure):
        figure = figure.replace(",", "")
    elif ":" in figure:
        return figure
    elif "," in figure:
        figure = figure.replace(",", ".") if figure.count(",") == 1 and "." not in figure else figure.replace(",", "")
    try:
        value = Decimal(figure)
    except InvalidOperation:
        return figure  # "10.7.2024": as it is written
    scale = (scale or "").lower()
    value = value * 12 if scale == "dozen" else value.scaleb(SCALES.get(scale, 0))
    return format(value.normalize(), "f")


def _bound(before: str, after: str) -> str:
    for name, pattern in BOUND:
        if pattern.search(before):
            return name
    return next((name for name, pattern in AFTERWARDS if pattern.search(after)), EXACT)


def _beside(
    text: str, before: int, number: tuple[int, int], after: int, *, days: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """before: where the number before ends; after: where the next one begins; days: whether days count."""
    ahead, behind = text[before : number[0]], text[number[1] : after]
    ahead = (AND if before else SUBORDINATE).split(ahead)[-1]
    behind = AND.split(behind)[0]
    right = [w for w in words(behind) if w.clause == 0 and w.states and w.key not in UNITS]
    if CLAUSE_END.search(ahead):
        # "a display case, 21,000": what is counted stands before the comma, where nothing follows.
        ahead = "" if right else ahead.rstrip(" ,;:")
    left: Sequence[Word] = words(ahead)
    last = left[-1].clause if left else 0
    if not right and not any(w.states for w in left):  # "In 2009, an eruption …"
        left = [w for w in words(behind) if w.clause == 1]
        last = 1
    kept = [w for w in left if w.clause == last and w.states and w.key not in UNITS]
    return (_keys(kept, days), _keys(right, days))


def _keys(read: Sequence[Word], days: bool) -> tuple[str, ...]:
    return tuple(w.key for w in read if w.key not in MODAL and (days or not DATE.fullmatch(w.key)))
