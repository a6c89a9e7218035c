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
"""How surely somebody is the brother who is called "her brother"; and at most, who is not introduced as one."""
SENTENCE_END = re.compile(r"[.!?] |\n")
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
    is introduced as the daughter where the wife is asked for, or as the mayor where her deputy is; see `_bounds`.
    """
    bounds: dict[tuple[str, str | None], tuple[float, float]] = {}
    for article, said, _ in speakers:
        if (article.id, said.speaker) not in bounds:
            bounds[article.id, said.speaker] = _bounds(role, article, said)

    def known_of(article: Article, said: Sentence, voice: float) -> float | None:
        least, most = bounds[article.id, said.speaker]
        if voice == 1 or is_another(role, said):
            return float(voice == 1)
        return most if least == most else None

    known = [known_of(*one) for one in speakers]
    asked = [one for one, voice in zip(speakers, known, strict=True) if voice is None]
    held = (
        min(held_by(signs), bounds[article.id, said.speaker][1])
        for signs, (article, said, _) in zip(signs_of(role, asked, read), asked, strict=True)
    )
    return [next(held) if voice is None else voice for voice in known]


def _bounds(role: str, article: Article, said: Sentence) -> tuple[float, float]:
    """How surely, at least and at most, an article's own words let somebody hold an office or be a relative."""
    relative, office, owner = is_one_relative(role), is_office(role), office_of_owner(role)
    if not (relative or office or owner):
        return 0.0, 1.0
    name, words = said.speaker or "", introduction(article, said).words
    kin = is_called_otherwise(role, name, words) or is_relative_of_another(role, name, words)
    if kin or is_of_other_office(role, name, words) or (owner and is_in_office(owner, name, words)):
        return 0.0, 0.0
    if is_called_so(role, name, words) or is_called_by_office(role, name, article.text):
        return CALLED, CALLED
    if relative and not tells_of_relatives(words):
        return 0.0, UNTOLD if tells_of_relatives(_sentences_on(name, article.text)) else 0.0
    if office and not tells_of_office(role, _sentences_on(name, article.text)):
        return 0.0, UNTOLD
    return 0.0, 1.0


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


def _sentences_on(name: str, text: str) -> str:
    """What a text tells of somebody by his last name: the sentences that have it."""
    surname = rf"\b{re.escape(name.split()[-1])}\b" if name.split() else r"(?!)"
    return " ".join(part for part in SENTENCE_END.split(text) if re.search(surname, part))


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
