"""The totals that sentences give: which are of the same, and which of those can all be true."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

from assistant.expected import AGE
from assistant.question import stems
from assistant.support.quantities import ABOUT, CLOCK, LESS, MORE, SPELLED, Quantity, quantities

SPELT = "|".join(sorted(SPELLED | {"one"}))
A_NUMBER = (
    rf"(?:[$€£]?\d[\d.,]{{0,20}}+|(?:{SPELT})(?:[ -](?:{SPELT})){{0,5}}+)(?: (?:hundred|thousand|million|billion))?"
)
NO_TOTAL = re.compile(
    rf"\b(?:from|further|another|additional|by|includ(?:ed?|es|ing)|among them) {A_NUMBER}\b"
    rf"|\b{A_NUMBER} (?:more|others|further|additional)\b|\b{A_NUMBER} of (?:the|those|them|whom)\b"
    rf"|\bamong (?:the \w+|them|those) (?:are|is|was|were) {A_NUMBER}\b"
    rf"|\bbetween {A_NUMBER} and {A_NUMBER}\b|\b{A_NUMBER}(?: to |[-–]){A_NUMBER}\b",
    re.IGNORECASE,
)
"""A number that was given earlier ("from 12 to 19"), that comes on top of a total ("seven more") or is a part of one
("three of the dead"), and two that leave it open."""
NEAR = Decimal("0.1")
"""The share by which "about 40", or a large number, may miss another and still mean it."""
BEYOND = Decimal("0.2")
"""The share by which what is meant may lie beyond a round number: "more than 40" and 46."""
ROUND = (10, 25)
"""A number that one of these divides is round."""
LARGE = 1000
"""The number from which one that is given may be rounded."""
SHARED = 2
"""How many words two numbers have in common that count or measure the same."""
PEOPLE = frozenset(stems("people persons others more"))
ALIKE = {
    stem: matter
    for matter, words in {
        "dead": "kill killed kills killing dead die died dies dying death deaths toll fatalities",
        "injured": "injure injured injuries wound wounded hurt",
    }.items()
    for stem in stems(words)
}
"""What is counted most often as the news goes on, in whatever words: the stem of each, and its matter."""
COUNTED_ALIKE = {**ALIKE, **dict.fromkeys(stems("life lives live"), "dead")}
"""The same of what stands right after a number: "12 lives", but not "300 people live there"."""
MATTERS = frozenset(ALIKE.values())


def totals_differ(one: str, other: str, names: Collection[str]) -> bool:
    """Whether each of two sentences gives a total that the other gives otherwise; names: what they are asked about."""
    ours, theirs, known = _totals(one), _totals(other), frozenset(stems(" ".join(names)))
    return _without_like(ours, theirs, known) and _without_like(theirs, ours, known)


@lru_cache(maxsize=1_000)
def _totals(text: str) -> Sequence[Quantity]:
    """The numbers that count or measure something: no first and second, no ages, no times, nor what is no total."""
    plain = NO_TOTAL.sub(" ", AGE.sub(" ", text))
    return tuple(q for q in quantities(plain) if not q.ordinal and q.unit != CLOCK)


def _without_like(ours: Sequence[Quantity], theirs: Sequence[Quantity], names: Collection[str]) -> bool:
    """Whether one of our numbers is none of theirs, and agrees with none of those that are of the same."""
    for one in ours:
        like = [other for other in theirs if _of_the_same(one, other, names)]
        known = any(_same_value(one, other) and not _of_other_matters(one, other) for other in theirs)
        if like and not known and not any(_agree(one, other) for other in like):
            return True
    return False


def _same_value(one: Quantity, other: Quantity) -> bool:
    return (one.value, one.unit) == (other.value, other.unit)


def _of_other_matters(one: Quantity, other: Quantity) -> bool:
    """Whether one counts the dead and the other the injured."""
    ours, theirs = (_matters(q) & MATTERS for q in (one, other))
    return bool(ours and theirs) and not ours & theirs


def _of_the_same(one: Quantity, other: Quantity, names: Collection[str]) -> bool:
    """Whether two numbers count or measure the same: in one unit, with two words in common beside the names asked of.

    Where both say whom or what they count, that has to be the same: soldiers, nurses. The dead are one matter.
    """
    if one.unit != other.unit:
        return False
    counted = [_stems(q.behind[:1]) - PEOPLE - MATTERS for q in (one, other)]
    if not one.unit and all(counted) and not counted[0] & counted[1]:
        return False
    shared = (_matters(one) & _matters(other)) - set(names)
    return len(shared) >= SHARED or (not one.unit and bool(shared & MATTERS))


def _matters(quantity: Quantity) -> set[str]:
    """The stems of what stands beside a number, those of the dead and of the injured as one word each."""
    return _stems(quantity.ahead + quantity.behind[1:], ALIKE) | _stems(quantity.behind[:1])


def _stems(words: Sequence[str], alike: Mapping[str, str] = COUNTED_ALIKE) -> set[str]:
    return {alike.get(stem, stem) for stem in stems(" ".join(words))}


def _agree(one: Quantity, other: Quantity) -> bool:
    """Whether both can be of one count: "more than 40" and 46; what is no number ("dozens") agrees with any.

    "At least 35" and "at least 41" cannot, nor can "at least 35" and 41: whoever knew of 41 would have said so.
    """
    try:
        ours, theirs = Decimal(one.value), Decimal(other.value)
        if one.bound == other.bound in (MORE, LESS):
            return ours == theirs
        return _may_mean(one.bound, ours, theirs) or _may_mean(other.bound, theirs, ours)
    except InvalidOperation:
        return True


def _may_mean(bound: str, value: Decimal, other: Decimal) -> bool:
    """Whether who gives `value`, with this bound, may mean `other`: 7 million of 6.8 million, "over 40" of 46."""
    near = abs(other - value) <= NEAR * value
    if bound == ABOUT:
        return near
    if bound:
        beyond = other - value if bound == MORE else value - other
        return any(value % step == 0 for step in ROUND) and 0 <= beyond <= BEYOND * value
    if value < LARGE:  # 41 percent of 41.3, but not 40 dead of 41
        return other.quantize(value, ROUND_HALF_UP) == value
    return near and Context(len(value.normalize().as_tuple().digits), ROUND_HALF_UP).plus(other) == value
