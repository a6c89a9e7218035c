"""How articles introduce their speakers -> how surely each of them holds a role that is asked for.

"The Tampa mayor" is whom an article calls Castor, "Tampa Mayor Jane Castor" where it first names her. `voice.py` knows
a role by the speaker's own name and by who holds it in other articles; here it is weighed with the words of that first
sentence, and with what the reader makes of it when asked who holds the role.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from assistant.offices import (
    is_called_by_office,
    is_in_office,
    is_of_other_office,
    is_office,
    office_of_owner,
    tells_of_office,
)
from assistant.question import stems
from assistant.relations import (
    is_another,
    is_called_otherwise,
    is_called_so,
    is_one_relative,
    is_relative_of_another,
    tells_of_relatives,
)
from index import Article, Hit, Passage, Sentence, split_sentences

Read = Callable[[str, Sequence[Hit]], list[list[float]]]
WHO = "Who is {role}?"
"""What the reader is asked of an introduction."""
WORDS_BEFORE, WORDS_AFTER = 8, 14
"""Words before and after a name that may say who he is; a quotation beside them is not among them."""
LONG_PARAGRAPH = 1_200
"""Characters; of a longer one those around the name are looked at."""
WEIGHTS: Mapping[str, float] = {"partly": 1.244, "told": 2.021, "named": -0.734, "logit": 0.315}
BIAS = -1.71
"""Of a logistic regression over the speakers of 2,705 annotated questions, for which introductions were read without
what stands before them; `python -m assistant.training introductions` makes such a table anew."""
FEATURES = tuple(WEIGHTS)
LIKELY, CERTAIN = 0.2, 0.5
"""The chances from which a speaker counts as one who may be meant, half a voice, and as the one who is."""
CALLED, UNTOLD = 0.9, 0.4
"""How surely somebody is the brother who is called "her brother"; and at most, who is not introduced as a relative."""
QUOTATION = re.compile(r"[“”\"]")
WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Introduction:
    """Where an article first names a speaker: the sentence without a quotation in it, and what may say who he is."""

    article: Article
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells that a speaker who is not known to hold a role does.

    partly: whether his name has a word of the role (`voice.py`). told, named: the share of the role's words in his
    introduction, and in his name. logit: the reader's, for the introduction as an answer to who holds the role.
    """

    partly: float
    told: float
    named: float
    logit: float


def surely_held(role: str, speakers: Sequence[tuple[Article, Sentence, float]], read: Read) -> list[float]:
    """How surely, 0 to 1, each of the speakers holds the role: of an article, in a sentence, with its `voice_of`.

    Nothing is read for those of whom that is known: whose `voice_of` is 1, and who is another (`is_another`), as is who
    is introduced as the daughter where the wife is asked for, or as the mayor where her deputy is.
    """
    looked_at = is_one_relative(role) or is_office(role) or office_of_owner(role)

    def known_of(article: Article, said: Sentence, voice: float) -> float | None:
        if voice == 1 or not looked_at:
            return voice if voice == 1 else 0.0 if is_another(role, said) else None
        name, words = said.speaker or "", introduction(article, said).words
        owner, office = office_of_owner(role), is_of_other_office(role, name, words)
        in_office = owner is not None and is_in_office(owner, name, words)
        kin = is_called_otherwise(role, name, words) or is_relative_of_another(role, name, words)
        other = in_office or office or kin or is_another(role, said)
        called = is_called_so(role, name, words) or is_called_by_office(role, name, article.text)
        return 0.0 if other else CALLED if called else None

    known = [known_of(*one) for one in speakers]
    asked = [one for one, voice in zip(speakers, known, strict=True) if voice is None]
    held = [held_by(signs) for signs in signs_of(role, asked, read)]
    if is_one_relative(role):
        most = [UNTOLD if tells_of_relatives(_sentences_on(article, said)) else 0.0 for article, said, _ in asked]
        told = [tells_of_relatives(introduction(article, said).words) for article, said, _ in asked]
        held = [voice if known else min(voice, bar) for voice, known, bar in zip(held, told, most, strict=True)]
    elif is_office(role):
        told = [tells_of_office(role, _sentences_on(article, said)) for article, said, _ in asked]
        held = [voice if known else min(voice, UNTOLD) for voice, known in zip(held, told, strict=True)]
    surely = iter(held)
    return [next(surely) if voice is None else voice for voice in known]


def signs_of(role: str, speakers: Sequence[tuple[Article, Sentence, float]], read: Read) -> list[Signs]:
    """What tells of each of the speakers that he holds the role; one whom an article introduces is read once."""
    found = {(article.id, s.speaker): introduction(article, s) for article, s, _ in speakers}
    logits = read(WHO.format(role=role), [_as_hit(one) for one in found.values()])
    read_as = {key: logit for key, (logit,) in zip(found, logits, strict=True)}
    asked = set(stems(role))
    return [
        Signs(
            partly=float(voice > 0),
            told=_share(asked, found[article.id, s.speaker].words),
            named=_share(asked, s.speaker or ""),
            logit=read_as[article.id, s.speaker],
        )
        for article, s, voice in speakers
    ]


def introduction(article: Article, said: Sentence) -> Introduction:
    """Where the article first names who speaks in a sentence; that sentence, where it nowhere has the name as given."""
    name = said.speaker or ""
    named = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", article.text)
    if not named:
        return Introduction(article, said.start, said.end, name)
    begin = max(article.text.rfind("\n", 0, named.start()) + 1, named.start() - LONG_PARAGRAPH // 2)
    end = article.text.find("\n", named.end())
    end = min(len(article.text) if end < 0 else end, named.end() + LONG_PARAGRAPH // 2)
    spans = split_sentences(article.text[begin:end])
    first, last = next((begin + a, begin + b) for a, b in spans if begin + b > named.start())
    before = QUOTATION.split(article.text[first : named.start()])[-1].lstrip()
    after = QUOTATION.split(article.text[named.end() : last])[0].rstrip()
    words = [*WORD.findall(before)[-WORDS_BEFORE:], name, *WORD.findall(after)[:WORDS_AFTER]]
    return Introduction(article, named.start() - len(before), named.end() + len(after), " ".join(words))


def _sentences_on(article: Article, said: Sentence) -> str:
    """What an article tells of who speaks in a sentence, by his last name: the sentences that have it."""
    surname = (said.speaker or "").split()[-1:]
    return " ".join(re.findall(rf"[^.!?\n]*\b{re.escape(surname[0])}\b[^.!?\n]*", article.text)) if surname else ""


def held_by(signs: Signs) -> float:
    """How surely somebody of whom this tells holds the role."""
    chance = 1 / (1 + exp(-BIAS - sum(weight * getattr(signs, name) for name, weight in WEIGHTS.items())))
    return min(1.0, 0.5 + 0.5 * (chance - LIKELY) / (CERTAIN - LIKELY))


def _as_hit(one: Introduction) -> Hit:
    text = one.article.text[one.start : one.end]
    sentence = Sentence(one.start, one.end)
    passage = Passage("", one.article.id, 0, one.start, one.end, text, (sentence,))
    return Hit(passage, one.article, score=0.0, similarity=None)


def _share(asked: set[str], text: str) -> float:
    return len(asked & set(stems(text))) / max(1, len(asked))
