"""Words that turn or weaken a statement: not, denied; may, if, plans to. What they bear on, and whether that is kept.

Two sentences can share every other word and say the opposite. So each such word of the source has to stand over the
same words in the draft, and the other way round; what a word stands over is what follows it in its clause (its scope,
as Morante and Daelemans 2009 learn it for negation; here by rule).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.support.words import Word, akin, content, words

NEGATION, POSSIBLE, FUTURE, CONDITION = "not", "may", "will", "if"
REQUEST, REPORT, CHARGE = "should", "is said to", "is accused of"
BOUND, CAUSE, HOPE = "more", "because", "hopes"
OPERATORS: dict[str, tuple[str, ...]] = {
    NEGATION: tuple(
        """not no never none nobody nothing nowhere neither nor without hardly barely scarcely deny denial refuse
        refusal reject decline fail failure lack prevent stop avoid ban forbid prohibit dismiss false untrue unlikely
        impossible unable stall cancel scrap drop withdraw suspend""".split()
    ),
    POSSIBLE: tuple(
        """may might could can possible possibly perhaps potential potentially risk likely unlikely probably appear seem
        would should suggest maybe threaten fear hope believe think consider option able""".split()
    ),
    FUTURE: tuple(
        """will shall ll would going plan intend expect expectation vow pledge promise set due intention aim hope
        threaten commit commitment want ready prepare prepared schedule""".split()
    ),
    CONDITION: tuple("if unless provided would any should could once until whether except depend condition".split()),
    REQUEST: tuple(
        """should must ought urge call ask request demand want seek appeal press insist need require recommend advise
        propose proposal suggest order tell invite have wish let""".split()
    ),
    REPORT: tuple(
        """believe say tell state according accord report estimate call describe write argue add note announce tweet
        post think claim""".split()
    ),
    CHARGE: tuple(
        """allege alleged allegedly allegation accuse accusation claim reportedly suspect suspected apparently purported
        blame charge""".split()
    ),
    HOPE: tuple("hope wish want aim aspire seek try dream".split()),
    CAUSE: tuple("because since so due therefore thus hence owe result lead cause reason consequently".split()),
    BOUND: tuple(
        """more additional further extra another less few over above under below least most exceed beyond up almost
        nearly""".split()
    ),
}
BINDING = {
    NEGATION: frozenset(OPERATORS[NEGATION]) - frozenset("stall cancel scrap drop withdraw suspend".split()),
    POSSIBLE: frozenset(
        "may might could possible possibly perhaps potential potentially likely probably maybe".split()
    ),
    FUTURE: frozenset("will shall ll would expect due plan intend vow pledge promise threaten intention".split()),
    CONDITION: frozenset("if unless provided except".split()),
    REQUEST: frozenset("should must ought urge demand seek appeal recommend advise propose".split()),
    BOUND: frozenset("more less few".split()),
    REPORT: frozenset(),
    CHARGE: frozenset("allege alleged allegedly accuse claim reportedly suspect suspected apparently".split()),
    HOPE: frozenset("hope wish aim".split()),
    CAUSE: frozenset("because therefore thus hence consequently".split()),
}
"""What has to be kept, and may not be added; any other of its class may stand for it."""
SAID = frozenset(OPERATORS[REPORT]) - {"claim"}
"""What has to be kept too, by any word of its class, and is added by whoever names the source."""
NOUNS = frozenset("plan aim hope risk fear request demand call charge claim report set result cause reason".split())
DETERMINERS = frozenset("the a an its their his her this that these those our my no any of".split())
"""A word of NOUNS after one of these is no operator: "the plan" plans nothing."""
ADVERBS = frozenset("not never will shall ll would may might could must should".split())
"""Operators that stand before the very verb that they bear on."""
SCOPE = 5
"""Words that state something, from an operator on, that it is held to bear on."""
NEAREST = 3
"""Of these, how many an operator of the other text may have before the first that both bear on."""
BEHIND = 2
"""Words before it, for what follows on what it limits ("… if …", "… were not")."""
MODAL = frozenset(
    """not no none never nobody nothing nor neither will shall ll would can could may might should must any if unless
    whether""".split()
)
"""Operators that take one another's place ("will" in speech, "would" in its report): `turned` alone looks at them."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator: its word, its classes, the common forms of what it bears on, what stands before it."""

    word: str
    kinds: frozenset[str]
    scope: tuple[str, ...]
    before: tuple[str, ...]


def operators(text: str) -> list[Operator]:
    """The operators of `text` in order, with their scopes."""
    return list(_operators(words(text)))


def turned(claimed: str, source: str) -> str | None:
    """The first operator that bears on the same words in only one of the two; None when all are kept."""
    claims, sources = operators(claimed), operators(source)
    said, there = content(claimed), content(source)
    if _doubled(claims) != _doubled(sources):
        return "not"
    dropped = _first(sources, lambda kind, one: _binds(kind, one, SAID) and not _kept(kind, one, said, claims))
    return dropped or _first(claims, lambda kind, one: _binds(kind, one) and not _kept(kind, one, there, sources))


def _doubled(given: Sequence[Operator]) -> int:
    """How many negations bear on another ("did not deny")."""
    return sum(NEGATION in one.kinds and bool(one.scope) and one.scope[0] in BINDING[NEGATION] for one in given)


def _first(given: Sequence[Operator], holds: Callable[[str, Operator], bool]) -> str | None:
    return next((one.word for one in given if any(holds(kind, one) for kind in one.kinds)), None)


def _binds(kind: str, operator: Operator, further: frozenset[str] = frozenset()) -> bool:
    return operator.word in BINDING[kind] or (kind == REPORT and operator.word in further)


def _kept(kind: str, operator: Operator, others: Sequence[str], there: Sequence[Operator]) -> bool:
    """Whether the other text, which states `others`, says it under an operator of its kind too, or not at all."""
    same = [other for other in there if kind in other.kinds]
    scope: Sequence[str] = operator.scope or operator.before
    shared = [word for word in scope if _in(word, others)]
    if kind == CONDITION and not shared:
        scope = shared = [word for word in operator.before if _in(word, others)]
    if not shared or not (any(word in shared for word in scope[:2]) or 2 * len(shared) >= len(scope)):
        return True
    if kind in (REPORT, CHARGE, CAUSE):
        return bool(same)
    if kind == NEGATION:  # "is not saying whether it will" is not "is saying it will not"
        same = [other for other in same if _of_saying(other) == _of_saying(operator)]
    if operator.word in ADVERBS and shared[0] == scope[0]:
        return any(_in(shared[0], other.scope[:NEAREST] or other.before) for other in same)
    if kind in (NEGATION, BOUND):
        return any(_in(word, other.scope[:NEAREST] or other.before) for word in shared[:NEAREST] for other in same)
    return any(
        other.word == operator.word or _in(word, (*other.scope, *other.before)) for word in shared for other in same
    )


def _in(word: str, others: Sequence[str]) -> bool:
    return any(akin(word, other) for other in others)


def _of_saying(operator: Operator) -> bool:
    return bool(operator.scope) and operator.scope[0] in SAID


def _operators(read: tuple[Word, ...]) -> Iterator[Operator]:
    for place, word in enumerate(read):
        if place and word.key in NOUNS and read[place - 1].key in DETERMINERS:
            continue
        kinds = {kind for kind, known in OPERATORS.items() if word.key in known}
        if word.key == "to" and place and read[place - 1].key == "be":
            kinds = {FUTURE}  # "are to run"
        if kinds:
            after = [w.key for w in read[place + 1 :] if w.clause == word.clause and _bears(w)]
            before = [w.key for w in read[:place] if _bears(w) and w.sentence == word.sentence]
            yield Operator(word.key, frozenset(kinds), tuple(after[:SCOPE]), tuple(before[-BEHIND:]))


def _bears(word: Word) -> bool:
    return word.states and word.key not in MODAL
