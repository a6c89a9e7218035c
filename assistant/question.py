"""What is asked: whose words, about what, which kind of answer, of which days, and which names and words count."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from assistant.asked import whose_words
from assistant.dates import When, when_of
from assistant.irregular import BASES
from assistant.kinds import Kind, kind_of_fact, wants_list
from index import split_sentences
from index.speech.countries import country_of
from index.speech.letters import without_accents
from index.speech.lexicon import role_of
from index.speech.organisations import ORGANISATION_WORDS
from index.spellings import american

STOP = frozenset(
    """a an and any are as at be been but by can could did do does for from had has have he her him his how i if in into
    is it its like made make many me much my new no not of off on one or other our out over own said say says so some
    such than that the their them then there these they this those to too under up upon us was we were what when where
    which while who whom whose why will with would you your about after against before between during each ever far
    first get give given go just latest let more most per set should since still take tell told through very
    via wasnt werent didnt doesnt dont hasnt havent hadnt isnt arent wont wouldnt cant couldnt shouldnt""".split()
)
ASKING = frozenset(
    """answer argument asked assessment call called comment comments critics describe described explain explained
    explanation message opinion position react reacted reaction reply respond responded response stance stand stood
    state stated take think thinks thought verdict view views word words according happen happened long often recent
    people person persons number total point""".split()
)
"""Words that say what kind of thing is asked for, not what it is about."""

KEPT = 500
"""Characters. The stems of texts up to this long are kept: names and sentences come up again, articles hardly."""
OWNER = re.compile(r"(?<=\w)['’]s?(?= [A-Z][\w-]* [A-Z])|(?<=day)['’]s(?= [A-Z])")
"""What parts two names: "NASA's Artemis I"; but "Moody's Analytics"."""
WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
NAME = re.compile(
    r"\b[A-Z0-9][\w’'.-]*(?:\s+(?:of\s+the\s+|of\s+|the\s+|&\s+|al-|de\s+|van\s+|von\s+)?"
    r"[A-Z](?:[\w’'-]|\.(?=\w))*)*"
)
SENTENCE_END = re.compile(r"[.!?][\"”’']? +[A-Z“\"]")
WHEN = re.compile(
    r"(?:\d|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|"
    r"winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day|[\s,])+",
    re.IGNORECASE,
)
"""A date is not a name: articles rarely repeat the year or the month that they are from."""
NAMELESS = re.compile(
    rf"{WHEN.pattern}|\d[\d.,]*(?:[°º]?[CF]|[KMB]|bn|km)|(?:DNA|TVs?|C[EF]Os?|SUVs?|ATMs?|GDP|IQ|IDs?|CCTV|GPS|PhDs?)",
    re.IGNORECASE,
)
"""Neither is an amount, "40C" or "25K"; but "5G"; nor what any article may write out, or call otherwise."""
NO_NAME = re.compile(r"\b(?!(?:the|of|and|for|von|van|der|del|bin|ibn)\b)[a-z][\w’'-]{2,}")
"""A word in small letters: who is named with one is named by what he is."""
BYWORD = re.compile(
    r"^(?:(?:the )?[A-Z][\w.&-]*(?: (?:of )?[A-Z][\w.&-]*)*(?:['’]s?)? |the |an? )?"
    r"(?:(?!(?:the|of|for|at|in|to|from|and|by|on|with)\b)(?:[a-z]|\d+[a-z])[\w-]* ){1,4}"
    r"(?P<name>[A-Z][\w.'’&-]*(?: [A-Z][\w.'’&-]*)*)$"
)
"""What stands before a name in small letters, and whose it is: "the energy consultancy Cornwall Insight", "Ohio
governor Ada Orr"."""
CAPITALISED_ASKING = frozenset(
    """a after all although amid an and another any are as at because before besides between by can despite did do does
    during each every following for from has have how if in is its most no of on prior since should some the
    these this to under was were what when where which while who whom whose why will with according i""".split()
)
"""Words that a question or its sentences begin with, before a name or in place of one."""
DOUBLED = re.compile(r"([bdgmnprt])\1\Z")
WITHIN = re.compile(r"[\w,’'\"”)] +$")
"""What stands before a word that begins neither a sentence nor a clause."""
COMPOUND = re.compile(
    r"(?<=\w)-(?:[a-z]+ed|era|led|winning|born|run|style|made|wide|held|area|turn|bound|day|old)(?![\w-])"
)
"""What follows a name in a compound: "Gaza-based", "WWII-era"; but "Kim Jong-un"."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands alone, taken apart.

    kind: "speech" when somebody's words are asked for, "compare" when two or more are set side by side. With "according
        to X" it is the kind of the rest.
    speakers: whose words are asked for, as the question names them; empty when no one's are.
    topic: what the words are about; the whole question when no speaker is asked for.
    terms: the stems of the topic's words that carry meaning, without the days that are searched instead; none where
        whatever somebody said is asked for.
    names: the proper names in the topic, as written; an answer has to be about them.
    focus: what it asks, without what it tells first, as it is read; see `dialogue.focus_of`.
    listed: whether several things are asked for.
    occasion: whether the topic is when or where somebody's words were said, which need not name it.
    when: what its date words ask of the articles.
    holders: for each speaker who is named by a role, the people whom the archive knows in it.
    parts: the questions that it is made of, where it asks several; see `dialogue.parts_of`.
    """

    text: str
    kind: Kind
    speakers: tuple[str, ...]
    topic: str
    terms: frozenset[str]
    names: tuple[str, ...]
    focus: str
    listed: bool = False
    occasion: bool = False
    when: When | None = None
    holders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    parts: tuple[Question, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """The speakers that are named by what they are ("the Dutch prime minister"), not by a name."""
        return tuple(who for who in self.speakers if NO_NAME.search(_named(who)))

    @property
    def voices(self) -> tuple[tuple[str, ...], ...]:
        """For each speaker the names that articles may give: his own, and those of the holders of his role."""
        return tuple((_named(who), *self.holders.get(who, ())) for who in self.speakers)

    @property
    def openers(self) -> tuple[str, ...]:
        """Those of the names that are one word at the beginning of a sentence: they may be no names."""
        words = (name for name in self.names if " " not in name)
        return tuple(word for word in words if re.search(rf"(?:^|[.!?] )\W*{re.escape(word)}\b", self.text))

    @property
    def speaker(self) -> str | None:
        """The first of the speakers."""
        return self.speakers[0] if self.speakers else None


def _named(who: str) -> str:
    """The name alone of somebody who is named after what he is; an office or a party is no name by itself."""
    found = BYWORD.match(who)
    last = found["name"].split()[-1].lower() if found else ""
    return found["name"] if found and not role_of(last) and last not in ORGANISATION_WORDS else who


def understand(text: str, *, today: date | None = None) -> Question:
    """Take a question apart; "last week" is told from `today`, the present day unless given."""
    plain = " ".join(text.split()).strip().rstrip("?!. ")
    asked = whose_words(plain)
    when = when_of(plain, today or date.today(), speech=asked is not None)
    if asked and when and when.strict:  # the days are searched, not read
        asked = whose_words(" ".join(plain.replace(when.words, " ").split())) or asked
    last = sentences_of(asked.topic if asked and asked.mode == "source" else plain)[-1]
    fact = kind_of_fact(last)
    kind: Kind = fact
    if asked:
        kind = asked.mode if asked.mode != "source" else fact if fact != "other" else "speech"
    topic = (asked and asked.topic.lstrip(" ,")) or plain
    about = asked.topic if asked else plain  # nothing where whatever somebody said is asked for
    return Question(
        text=text.strip(),
        kind=kind,
        speakers=asked.speakers if asked else (),
        topic=topic,
        terms=frozenset(stems(about)) - ASKING_STEMS,
        names=tuple(names_in(about)),
        focus=text.strip(),
        listed=wants_list(last),
        occasion=bool(asked and asked.occasion),
        when=when,
    )


def sentences_of(text: str) -> list[str]:
    """The sentences of a question, most often one."""
    return [text[start:end] for start, end in split_sentences(text)] if SENTENCE_END.search(text) else [text]


def stems(text: str) -> tuple[str, ...]:
    """The words of `text` that carry meaning, cut to a common form, in order."""
    return _kept_stems(text) if len(text) <= KEPT else _stems(text)


@lru_cache(maxsize=20_000)
def _kept_stems(text: str) -> tuple[str, ...]:
    return _stems(text)


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem for word in WORD.findall(text) if (stem := _stem_of(word)))


@lru_cache(maxsize=50_000)
def _stem_of(written: str) -> str:
    """The stem of a word; nothing where it carries no meaning."""
    word = without_accents(written).lower().replace("’", "'").removesuffix("'s").replace("'", "").replace(".", "")
    acronym = len(written) > 1 and written.isupper()  # "US", "WHO" and "IT" are no stop words
    return _stem(word) if word and (acronym or word not in STOP) else ""


def names_in(text: str) -> list[str]:
    """The proper names in a question, as written."""
    found = []
    plain = OWNER.sub(",", COMPOUND.sub(",", text))
    for match in (match for sentence in sentences_of(plain) for match in NAME.finditer(sentence)):
        words = match[0].split()
        within = WITHIN.search(match.string[: match.start()])  # there, "Will Orr" is a name
        while words and re.sub(r"['’]s?$", "", words[0].lower()) in CAPITALISED_ASKING:
            acronym = words[0].isupper() and len(words[0]) > 1
            if acronym or (within and len(words) > 1):
                break
            words = words[1:]
        name = re.sub(r"['’]s?$", "", " ".join(words)).strip(" .,")
        if len(name) > 1 and re.search("[A-Z]", name) and not NAMELESS.fullmatch(name):
            found += _countries(name) or [name]
    return found


def _countries(name: str) -> list[str]:
    """The countries of "US-Mexico"; none where it is anything else."""
    parts = name.split("-")
    return parts if len(parts) > 1 and all(map(country_of, parts)) else []


def _stem(word: str) -> str:
    """Plural and verb endings off, irregular verbs in their base form: enough for a match, without full morphology."""
    word = american(BASES.get(word, word))
    for ending, keep in (
        ("ies", "y"),
        ("sses", "ss"),
        ("ing", ""),
        ("edly", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
        ("ly", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith("ss"):
            word = word[: -len(ending)] + keep
            if ending in ("ing", "ed") and DOUBLED.search(word):  # "winning", "stopped"
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


ASKING_STEMS = frozenset(_stem(word) for word in ASKING)
