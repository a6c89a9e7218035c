"""Whom "she", "their" and "the mayor" mean in a question, told by the questions before it.

By what the field calls centering (Grosz et al. 1995): the latest question first, in it whom it asks about, then whom it
names; gender and number have to agree where they are known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.kinds import AUXILIARY
from assistant.question import STOP, WHEN, Question, names_in
from index.speech.countries import country_of, country_of_adjective, leading_country
from index.speech.givennames import given_gender
from index.speech.lexicon import role_of
from index.speech.organisations import ORGANISATION_WORDS

IsName = Callable[[str], bool]
"""Whether a word at the beginning of a sentence is a name; it is taken for one where that cannot be asked."""
PRONOUN = re.compile(r"\b(?:he|she|they|him|them|her(?! [a-z]))\b", re.IGNORECASE)
POSSESSIVE = re.compile(r"\b(?:his|her|their|its)(?= \w)", re.IGNORECASE)
GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
PLURAL = ("they", "them", "their")
OFFICE = r"(?:president|minister|premier|chancellor|secretary|mayor|governor)"
HOLDER = re.compile(rf"\bthe (?P<post>(?:[a-z-]+ )?{OFFICE})\b(?! (?:of|for|in|from) )")
"""Somebody by an office that is not said to be of any place."""
LOCAL, OF_STATE = "mayor", "governor"
"""Offices of a town, and of a state, which may be another place than was named; the others are of a country."""
OWNER = re.compile(rf"(?P<owner>[A-Z][\w.-]*(?: [A-Z][\w.-]*)*)['’]s? (?P<office>(?:[a-z-]+ ){{0,3}}?{OFFICE}\b)?")
ADJECTIVE = re.compile(rf"\b(?P<adjective>[A-Z][a-z]+) (?:[a-z-]+ ){{0,2}}?{OFFICE}\b")
PLACED = re.compile(
    r"\b(?:[Ii]n|[Aa]t|near|outside|(?:mayor|governor|president|city|town|state|people) of) "
    r"(?:the )?(?P<place>[A-Z][\w’.-]*(?: [A-Z][\w’.-]*)*)"
)
HEADED = re.compile(
    r"\b(?:head|chief|boss|executive|director|chair\w*|founder|owner|leader|manager|coach|captain|editor|member) of "
    r"(?:the )?(?P<body>[A-Z][\w’.-]*(?: [A-Z][\w’.-]*)*)"
)
GROUP = re.compile(
    r"\bthe [A-Z][\w-]+ (?:national )?(?:team|side|squad|government|police|army|union|party|women|men)\b"
)
DEFINITE = re.compile(
    r"\bthe (?:[a-z-]+ )?(?:compan(?:y|ies)|union|firm|airline|bank|ruling|decision|vote|law|bill|deal|plan|attack\w*|"
    r"crash|fire|storm|strike|trial|case|match|game|suspects?|victims?|protest\w*|shooter|driver|pilot|club|team|ship|"
    r"court|judge|police|families|opposition|government|prosecutors?|lawyers?|accused|project|product|drug|vaccine|study|"
    r"ceo|boss|coach|owners?|founders?)"
    r"\b(?! (?:of|in|on|for|at|against|between|from) )",
    re.IGNORECASE,
)
"""What is told apart only by what was said before."""
DONE = re.compile(
    r"the (?:(?:new|final|recent|latest|proposed|planned|sudden) )?(?:changes?|decision|ruling|verdict|move|proposals?|"
    r"plan|deal|bill|law|ban|lawsuit|accusations?|allegations?|claims?|offer|demands?|announcement|request|idea|"
    r"criticism|suggestion|threat|apology|refusal|rejection|resignation)(?: of [a-z]+)?"
)
"""What somebody did, told apart only by what was said before, and nothing else."""
LATER = re.compile(
    r"\b(?:an? (?:hour|day|week|month)|hours|days|weeks) (?:later|earlier)\b|\bafter that\b|\bafterwards?$|"
    r"\b(?:do|happen(?:ed)?) next$",
    re.IGNORECASE,
)
"""What is told from the day of something that was said before."""
DOES = (
    r"(?:want|plan|say|said|pay|paid|agree|den(?:y|ied)|owe|make|sell|sold|employ|expect|offer|reply|replied|respond|cut|"
    r"raise|hire|fire|apologi[sz]e|promise|admit|intend|propose|invest|buy|bought)(?:d|ed)?\b"
)
DOER = re.compile(
    r"(?:(?<=is )|(?<=was ))it(?= (?:doing|planning|offering|asking|promising|demanding|proposing|trying)\b)|"
    r"(?:(?<=does )|(?<=did )|(?<=has )|(?<=had )|(?<=will )|(?<=would )|(?<=can )|(?<=could ))"
    rf"it(?= (?:(?:also|still|now|ever) )?{DOES})",
    re.IGNORECASE,
)
"""Who does what only somebody does is a company or a body."""
SPOKEN_TO = re.compile(r"\b(?:repl(?:y|ied)|respon(?:d|ded|se)|answer(?:ed)?|agree[ds]?|hit back|react(?:ed)?)\b")
"""Who does so was spoken of or spoken to before."""
BE = r"(?:is|are|was|were|be|been|will|would|has|have|had|can|could)"
THERE = re.compile(
    rf"\b{BE} there\b|\bthere(?: {BE}\b|['’]s)|(?P<towards>\b(?:from|over|near|to|around|in) )?\b(?P<there>there)\b",
    re.IGNORECASE,
)
"""Only the group `there` is a place: "there is" and "will there be" are not."""
OF_ITS_OWN = re.compile(r"\b(?!(?:does|was|has|is|this|its|his|as)\b)[a-z]{2,}s\b(?!['’])")
"""A word in the plural that "their" may take up."""
OWNED = re.compile(r"(?<=\w)(?:['’]s|(?<=s)['’]) .*")
"""What is somebody's: "Ada Orr's play", by which she is Ada Orr."""
WHO_IS = re.compile(r"^\W*who (?:is|was|are) ", re.IGNORECASE)
SOMEBODY = re.compile(r"^(?:the|an?) (?:[a-z-]+ )*[a-z-]+(?: (?:of|at|for) .+)?$")
OF_THING = re.compile(r"\d-?[A-Za-z]|[A-Za-z]-?\d|\d$")
"""A name with a digit."""
DESCRIBED = re.compile(
    r"\b[Tt]he (?:[a-z0-9][\w-]* ){0,3}(?P<name>[A-Z][\w.-]*(?: [A-Z][\w.-]*)*) (?:[a-z-]+ )??(?P<role>[a-z]+)\b"
)
"""Somebody by what he is and where: "the former Velby guard"."""
ASKED_FOR = re.compile(rf"^\W*(?:which|what) (?P<words>(?:(?!{AUXILIARY}\b)[\w’'-]+ ){{1,4}})", re.IGNORECASE)
"""Somebody who is asked for, and so not known by name: "Which Velby guard fled?"."""
LAWYER = re.compile(r"\b(?:lawyers?|attorneys?|solicitors?|barristers?)\b", re.IGNORECASE)
TRIED = re.compile(
    r"\b(?P<who>[A-Z][\w.-]*(?: [A-Z][\w.-]*)*)['’]s? (?:[a-z-]+ ){0,2}"
    r"(?:case|trial|sentence|sentencing|charges?|arrest|execution|conviction|appeal|extradition|indictment|detention)\b|"
    r"\b(?:case|charges?|lawsuit|suit|allegations?|accusations?|trial|conviction|arrest|indictment) (?:against|of) "
    r"(?P<against>[A-Z][\w.-]*(?: [A-Z][\w.-]*)*)"
)
"""Who has most need of a lawyer."""
PLACES = ("city", "county", "island")
APPOINTED = re.compile(
    r"\b(?:pick|name|appoint|choose|chose|elect|hire|tap|select|nominate)\w*\b.*? as (?!an?\b|soon\b|well\b)"
    r"(?P<post>.+?)(?: (?:in|on|after|before|when) .*)?$"
)
"""Who is asked for by what he was made: "Whom did Orr pick as harbour master?"."""
UNKNOWN = re.compile(
    r"^\W*(?:which|what) (?!of\b)"
    r"(?P<thing>(?:(?!(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could)\b)[\w’'-]+ )"
    r"{1,4}?)(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|\w+ed|won|led|made|became|took|sank|fell|"
    r"broke|came|went|lost|beat|hit|began|ran|sold|bought|paid)\b",
    re.IGNORECASE,
)
"""A thing that is asked for, and so not known by name: "Which Velby theatre closed?"."""


def subject_of(pronoun: re.Match[str], talk: Sequence[Question], is_name: IsName) -> str | None:
    """Whom a pronoun, found in a question, means by the questions of `talk`, the latest first."""
    word, asked = pronoun[0].lower(), pronoun.string
    if word in PLURAL and OF_ITS_OWN.search(asked[: pronoun.start()]):
        return None
    meant: str | None
    for last in talk:
        if word == "its" and not last.speakers and (unknown := UNKNOWN.match(last.text)):
            meant = f"the {unknown['thing'].strip()}"
        elif word in GENDER:
            meant = _person(last, GENDER[word], is_name, asked)
        else:
            meant = _group(last, is_name) if word in PLURAL else next(_named(last, is_name), None)
        if meant:
            return meant
    return None


def with_owner(asked: str, talk: Sequence[Question]) -> str:
    """The question, and of "the president" or "the mayor" in it whose: "Turkey’s", where one before it tells."""
    holder = HOLDER.search(asked)
    if not holder or holder["post"].endswith(OF_STATE) or names_in(asked):
        return asked
    places = _places if holder["post"].endswith(LOCAL) else _countries
    owner = next((owner for last in talk for owner in places(last)), None)
    return f"{asked[: holder.start()]}{owner}’s {holder['post']}{asked[holder.end() :]}" if owner else asked


def goes_on(asked: str) -> bool:
    """Whether a question without open ends goes on with the talk: it asks of "the bill", "the mayor", and no name."""
    return not names_in(asked) and bool(DEFINITE.search(asked) or HOLDER.search(asked))


def doer_of(asked: str, talk: Sequence[Question], is_name: IsName) -> str | None:
    """Which body "it" is: the first that was spoken of, no person and no place."""
    if not DOER.search(asked) or names_in(asked):
        return None
    placed = {place for last in talk for place in _placed(last)}
    named = (name for last in talk for name in (*last.names, *_named(last, is_name)))
    return next((name for name in named if name not in placed and not _gender(name) and not country_of(name)), None)


def speaks_of_there(asked: str) -> bool:
    """Whether a question has a "there" that is a place."""
    return any(found["there"] for found in THERE.finditer(asked))


def with_place(asked: str, talk: Sequence[Question]) -> str:
    """The question with where "there" is: where something before it was; else what was named last, if no person."""
    placed = [place for last in talk for place in _placed(last)]
    named = (name for last in talk for name in reversed(names_in(last.text)) if not _gender(name))
    place = next(iter(placed or named), None)
    if not place:
        return asked
    return THERE.sub(lambda m: f"{m['towards'] or 'in '}{place}" if m["there"] else m[0], asked)


def together(speakers: Sequence[str]) -> str:
    """Several as one says them."""
    *others, final = speakers
    return f"{', '.join(others)} and {final}" if others else final


def _named(last: Question, is_name: IsName) -> Iterator[str]:
    """Whom a question asks about, several together, then whom it names."""
    if last.speakers:
        yield together(last.speakers)
    yield from _names(last, is_name)


def _names(last: Question, is_name: IsName) -> Iterator[str]:
    yield from (name for name in last.names if name not in last.openers or is_name(name))


def _person(last: Question, gender: str, is_name: IsName, asked: str) -> str | None:
    """The one whom he or she can be in what is asked: of known gender first; several together are not he or she."""
    if last.kind == "who" and (made := APPOINTED.search(last.text.rstrip("?!. "))):
        return made["post"]
    elsewhere = {*_placed(last), *(m["body"] for m in HEADED.finditer(last.text))}
    names = (*(last.speakers if len(last.speakers) == 1 else ()), *_names(last, is_name))
    described = dict(_described(last.text, gender))
    people = [described.get(n) or OWNED.sub("", n) for n in names if n in described or n not in elsewhere]
    people = [n for n in people if n in (*described.values(), *last.speakers) or not _is_thing(n, last.text)]
    people = [n for n in people if n not in elsewhere and _gender(n) in (gender, "")]
    known = [n for n in people if _gender(n) == gender]
    told = bool(SPOKEN_TO.search(asked))  # then it is somebody who was spoken of or spoken to, rather than who spoke
    telling = [n for n in known if " " not in n and re.search(rf"\b[Tt]he {re.escape(n)} [a-z]", last.text)]
    if known == telling and not told and (wanted := _asked_for(last.text)):  # "the Victoria ferry" is of no Victoria
        return wanted
    fitting = known or people
    if told:
        fitting = [n for n in fitting if n not in last.speakers] or fitting
    if LAWYER.search(asked):
        tried = [m["who"] or m["against"] for m in TRIED.finditer(last.text)]
        fitting = [who for who in tried if who in people] or fitting
    if fitting:
        return fitting[0]
    somebody = WHO_IS.sub("", last.text).rstrip("?!. ")
    return somebody if last.kind == "who" and SOMEBODY.match(somebody) else None


def _group(last: Question, is_name: IsName) -> str | None:
    """Who "they" are: a team that is spoken of; who is asked about, unless that is one person; whom else it names."""
    if group := GROUP.search(last.topic):
        return group[0]
    single = len(last.speakers) == 1 and bool(_gender(last.speakers[0]))
    if last.speakers and not single:
        return together(last.speakers)
    named = list(_named(last, is_name))
    return next((name for name in named if not _gender(name)), next(iter(named), None))


def is_place(name: str) -> bool:
    """Whether it is a country, or a town or body by its last word: no he or she."""
    last = name.split()[-1].lower()
    return bool(country_of(name)) or (not _gender(name) and (last in PLACES or last in ORGANISATION_WORDS))


def _is_thing(name: str, text: str) -> bool:
    """Whether a name that the text tells is no he or she: of a place, a body or a thing; "the Velby Hawks" too."""
    if is_place(name) or _gender(name):
        return is_place(name)
    if found := re.search(rf"\b{re.escape(name)} (?P<people>[a-z]+s|police)\b", text):  # "Velby prosecutors"
        return found["people"] == "police" or _is_person(found["people"][:-1])
    after = re.search(rf"\b[Tt]he {re.escape(name)}\b(?: (?P<word>[a-z-]+))?", text)
    alone = bool(after and (not after["word"] or after["word"] in STOP))  # not "the Orr trial"
    body = bool(after and name.isupper())  # "the WHA", but not "AMLO"
    return body or bool(OF_THING.search(name)) or (alone and not any(role_of(word.lower()) for word in name.split()))


def _described(text: str, gender: str) -> Iterator[tuple[str, str]]:
    """The names that only tell where somebody is of, each with who that is: Velby, the former Velby guard."""
    for found in DESCRIBED.finditer(text):
        if _is_person(found["role"]) and _gender(found["role"]) in (gender, ""):
            yield found["name"], f"the{found[0][3:]}"


def _asked_for(text: str) -> str | None:
    """Who is asked for by what he is: "the Velby guard" of "Which Velby guard fled?"."""
    found = ASKED_FOR.match(text)
    words = found["words"].split() if found else []
    return next((f"the {' '.join(words[: i + 1])}" for i, word in enumerate(words) if _is_person(word)), None)


def _is_person(word: str) -> bool:
    """Whether a word is what one person is, no body of several."""
    return role_of(word.lower()) == word.lower()


def _gender(name: str) -> str:
    return next((gender for word in name.split() if (gender := given_gender(word))), "")


def _placed(last: Question) -> Iterator[str]:
    """Where something is in a question, days and months left out."""
    yield from (m["place"] for m in PLACED.finditer(last.text) if not WHEN.fullmatch(m["place"]))


def _places(last: Question) -> Iterator[str]:
    """The towns of a question: those that something is of, but no office, then those that it is in."""
    owners = [m["owner"] for m in OWNER.finditer(last.text) if not m["office"] and not country_of(m["owner"])]
    yield from (owner for owner in owners if owner not in last.speakers)  # "Orr's views" are of no town
    if not last.speakers:  # else it is where what he speaks of is
        yield from (place for place in _placed(last) if not country_of(place))


def _countries(last: Question) -> Iterator[str]:
    """The countries of a question: those of another office first."""
    owners = [m["owner"] for m in OWNER.finditer(last.text) if m["office"]]
    yield from (owner for owner in owners if country_of(owner))
    adjectives = [country_of_adjective(m["adjective"]) for m in ADJECTIVE.finditer(last.text)]
    yield from filter(None, adjectives)
    if last.speakers:  # of "Britain's striking nurses"
        yield from filter(None, (leading_country(who)[0] for who in last.speakers))
    else:
        named = filter(country_of, names_in(last.text))
        yield from (country_of_adjective(name) or name for name in named)
