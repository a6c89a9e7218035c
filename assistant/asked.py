"""Whose words a question asks for, and about what."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from assistant.phrasings import BE, COMPARISONS, DOING, HOW, OTHER, PLAIN, SAY, SOURCES, asked_first
from assistant.spans import CALENDAR
from index.speech.givennames import given_gender
from index.speech.organisations import GROUPS


class Asked(NamedTuple):
    """Whose words are asked for, as the question names them, and what they are about ("" when the question is silent).

    `mode`: their words are asked for; or two or more are compared; or a fact is asked for that has to be theirs.
    `occasion`: the topic is when or where they were said ("after the vote"), not what they are about.
    """

    speakers: tuple[str, ...]
    topic: str
    mode: Literal["speech", "compare", "source"]
    occasion: bool = False


def whose_words(plain: str) -> Asked | None:
    """Who is asked for their words in a question without its question mark; None when nobody is."""
    plain = APPOSED.sub(r"\g<before> ", WHO_LEADS.sub("the head of ", plain))
    return _compared(plain) or _source_named(plain) or _said(plain)


def split_speakers(who: str) -> tuple[str, ...]:
    """Take apart those who are named together: "Iran's president and its supreme leader" names Iran's, twice."""
    who = re.sub(r"^(?:both|either) | (?:each|both)$", "", who.strip(" ,"))
    parts = re.split(r",? and |, (?=.+,? and )", who)
    if len(parts) > 1 and ONE_BODY.search(who):
        return (_bare(who),)
    owner = re.match(r"(.+?)['’]s? ", parts[0])
    if owner:
        parts[1:] = [re.sub(r"^(?:its|his|her|their) ", f"{owner[1]}'s ", part) for part in parts[1:]]
    if len(parts) > 4 or not all(_can_speak(part) for part in parts):
        return (_bare(who),)
    return tuple(dict.fromkeys(filter(None, map(_bare, parts)))) or (_bare(who),)


def _compared(plain: str) -> Asked | None:
    plain = asked_first(plain)
    for pattern in COMPARISONS:
        if match := pattern.match(plain):
            speakers = tuple(s for part in ("one", "other") for s in split_speakers(match[part]))
            if all(_can_speak(who) and _stands_for_somebody(who) for who in speakers):
                return Asked(speakers, (match["topic"] or "").strip(), "compare")
    return None


def _source_named(plain: str) -> Asked | None:
    """The question names its source beside what it asks: "..., according to X"."""
    for pattern in SOURCES:
        match = pattern.search(plain)
        who = NEW.sub("", match["speaker"]) if match else ""
        if match and _can_speak(who) and (_is_speaker(who) or plain == plain.lower()):
            rest = f"{plain[: match.start()].rstrip(' ,')} {plain[match.end() :].lstrip(' ,')}".strip()
            speakers = tuple(one for one in split_speakers(who) if not DATA.search(one))
            return Asked(speakers, rest, "source") if speakers else None
    return None


def _said(plain: str) -> Asked | None:
    plain = asked_first(FRONTED.sub(r"\g<asked> about \g<topic>", plain))
    for patterns in (PLAIN, OTHER):
        able = [found for pattern in patterns if (found := _asked_by(pattern, plain, surely=patterns is PLAIN))]
        if able:  # "answer Malta's demand that": what follows on the first verb is no speaker's
            return min(able, key=lambda found: found[0])[1]
    return None


def _asked_by(pattern: re.Pattern[str], plain: str, *, surely: bool) -> tuple[int, Asked] | None:
    """Who is asked for where a pattern holds, after where his name ends; `surely` takes anybody for a speaker."""
    match = pattern.match(plain)
    who = match["speaker"].strip() if match else ""
    lazy = plain == plain.lower()  # typed without capitals, names too
    if not match or not _can_speak(who) or not (surely or lazy or _is_speaker(who)) or _done_to(match):
        return None
    groups, speakers = match.groupdict(), split_speakers(_with_capitals(who) if lazy else who)
    topic = " ".join(f"{groups.get('thing') or ''} {groups.get('topic') or ''}".split())
    each = len(speakers) > 1 and re.search(r"\beach\b", plain)
    occasion = bool(OCCASION.match(f"{groups.get('link') or ''} {groups.get('topic') or ''}".strip(" ,")))
    return match.end("speaker"), Asked(speakers, topic, "compare" if each else "speech", occasion)


def _with_capitals(who: str) -> str:
    """A name typed without capitals with them; what somebody is stays as it is: "the mayor", "locals"."""
    words = who.split()
    described = re.match(r"(?:the|an?|his|her|its|their) ", who) or ROLE.search(who) or re.search(r"['’]s? ", who)
    several = words[-1] in PEOPLE or words[-1].removesuffix("s") in GROUPS
    if described or (several and not given_gender(words[0].title())):
        return who
    return " ".join(word[0].upper() + word[1:] for word in words)


def _done_to(match: re.Match[str]) -> bool:
    """Whether they are told something, or it is said of them, rather than that they say it."""
    before, after = match.string[: match.start("speaker")], match.string[match.end("speaker") :]
    moved = match.groupdict().get("mood")
    return bool(IS.search(before)) and not moved and not DOING.match(after.removeprefix(" "))


def _bare(who: str) -> str:
    return re.sub(r"(?:['’]s|(?<=s)['’])$", "", re.sub(r"^['‘\"“](.+)['’\"”]$", r"\1", who.strip(" ,")))


def _can_speak(who: str) -> bool:
    who, *clause = CLAUSE.split(who, maxsplit=1)
    words = who.split()
    if clause and (ANYBODY.match(who) or not _is_speaker(who)):
        return False
    return 0 < len(words) <= 14 and words[0].lower() not in NOBODY and not NO_SPEAKER.search(who)


def _is_speaker(who: str) -> bool:
    """A name, or a role or group of people: "the governor", "critics"."""
    return bool(re.search(r"\b[A-Z0-9]", who) or ROLE.search(who))


def _stands_for_somebody(who: str) -> bool:
    """Not "unemployment in France": what is compared need not speak."""
    return who[:1].isupper() or (who.split()[0].lower() in ("the", "a", "an", "both") and _is_speaker(who))


FRONTED = re.compile(
    rf"^(?:on|about|regarding|concerning|as for|when it comes to) (?!{CALENDAR}|\w+day\b)(?P<topic>[^,]+), "
    r"(?P<asked>(?:what|how) .+)$",
    re.IGNORECASE,
)
"""On what comes before whose words: "On gun control, what did the governor say"."""
APPOSED = re.compile(
    r"^(?P<before>.*?\b(?:did|does|do|has|have|had|will|would|is|are|was|were) [^,]+),"
    rf" (?:who|whose|the|an?|his|her|its|their) [^,]+,(?= (?:{SAY}|{HOW})\b)"
)
"""What is told of somebody between commas before it says what he does: "did Orr, who leads the union, say"."""
WHO_LEADS = re.compile(r"\bthe (?:man|woman|person) who (?:runs|leads|heads) (?:the )?(?=[A-Z])")
PEOPLE = frozenset("locals fans troops girls boys neighbours neighbors children kids people".split())
"""Several who are told of in small letters."""
NOBODY = frozenset("it there that this many much he she they we you i people one most some".split())
NO_SPEAKER = re.compile(
    r"\b(?:not|what|who|which|how|when|where|why|that|to|if|whether|say|tell|explain|describe|mock|recount)\b|"
    r"\bmake (?:of|about)\b|\b(?:each|both|either) sides?$|\b(?:an?|the|of|in|on|by|with|for|during)$"
)
IS = re.compile(rf"\b{BE} $", re.IGNORECASE)
CLAUSE = re.compile(r" (?:who|whose) ")
"""What tells which of several is meant: "the lawyer who found the pearl"; "the man who" would be anybody."""
ANYBODY = re.compile(r"^(?:the |an? )?(?:[\w-]+ )?(?:man|woman|person|people|boy|girl|men|women|one|those)$")
OCCASION = re.compile(
    r"(?:(?:people|reporters|journalists|fans|supporters|lawmakers|(?:the )?(?:crowd|audience|court|jury)) )?"
    r"(?:after|when|at|during|before|following|while|upon)\b(?!.* (?:about|regarding|concerning|over|on)\b)",
    re.IGNORECASE,
)
"""When or where something was said; "at the summit about tolls" is about tolls."""
NEW = re.compile(r"^(?:the )?(?:latest|new|recent) ")
DATA = re.compile(
    r"(?<!of the )(?<!of this )\b(?:story|article|coverage|announcements?|news)$|"
    r"\b(?:data|figures|records|documents|estimates|analysis|ratings|rankings?|statistics|searches)"
    r"(?:$| (?:from|by|of|on|in)\b)"
)
"""What says nothing in its own words: a fact is asked for, whoever tells it."""
ONE_BODY = re.compile(
    r"\b(\w+) and \1\b|\band (?:\w+ )?(?:Administration|Prevention|Services?|Commission|Agency|Institute|Association|"
    r"Bank|Development|Industry|Society|Council|Department|Ministry|Committee|Health|Culture|Fisheries|Technology|"
    r"Medicine|Sciences?|Sports?|Trade|Commerce|Security|Organi[sz]ation|Union|Fund|Bureau|Center|Centre|Firearms|"
    r"Budget|Medicaid|Education|Research|Partners|Co\.?|Company|Sons)\b"
)
"""An "and" inside the name of one body: the Food and Drug Administration."""
ROLE = re.compile(
    r"\b(?:\w+(?:ists?|ologists?|crats?|cans|ians?|ers?|ors?|ants?|ents?|ives?|men|women|ees)|presid\w+|minist\w+|premier|"
    r"secretar\w+|spokes\w+|heads?|chiefs?|chairs?|chair\w+|ceo|kings?|queens?|popes?|unions?|governments?|opposition|"
    r"ministry|compan(?:y|ies)|councils?|commissions?|police|critics|coach(?:es)?|boss(?:es)?|officials?|experts?|"
    r"authorit(?:y|ies)|famil(?:y|ies)|mothers?|fathers?|wi(?:fe|ves)|husbands?|sons?|daughters?|brothers?|sisters?|part(?:y|ies)|"
    r"court|judges?|stud(?:y|ies)|report|survey|poll|group|aides?|team|agency|bank|court|press|watchdogs?|nurses?|lobby|"
    r"analysts?|attorneys?|victims?|witness(?:es)?|friends?|girlfriend|boyfriend|widow|uncles?|aunts?|cousins?|"
    r"mums?|moms?|dads?)\b",
    re.IGNORECASE,
)
