"""A follow-up that says only what is different, "And about China?" -> the question before it with that in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.kinds import AUXILIARY
from assistant.question import STOP, Question, names_in
from assistant.referring import OFFICE, POSSESSIVE, IsName, subject_of, with_owner
from assistant.talk import as_question, says_on_what, speakers_of, text_of, topic_of
from index.speech.countries import country_of, country_of_adjective
from index.speech.lexicon import role_of

ROLE = re.compile(
    r"\b(?:president|minister|premier|chancellor|secretary|spokes\w+|head|chief|leader|leaders|chair\w*|director|ceo|"
    r"mayor|governor|king|queen|pope|union|government|opposition|ministry|company|council|commission|police|critics|"
    r"coach|manager|captain|lawyers?|attorneys?|prosecutors?|owners?|founders?|boss|deputy|officials|experts|party|wife|"
    r"husband|widow|family|families|mother|father|parents|sisters?|brothers?|sons?|daughters?|friends|neighbou?rs|victims|"
    r"group|association|federation|agency|firm|club|charity|committee|court|judge|residents|teachers|doctors|nurses|"
    r"workers|analysts|scientists|economists|researchers)"
    r"\b(?!['’]| (?!(?:of|for|in|at|from|on|who|and)\b)[a-z])",
    re.IGNORECASE,
)
BEARER = re.compile(rf"\bthe (?:[a-z-]+ )?(?:{OFFICE}|coach|captain)\b")
ACTING = re.compile(
    rf"\b(?i:{AUXILIARY}) (?P<who>he|she|they|(?P<name>(?:the )?[A-Z][\w.&’-]*(?: [A-Z][\w.&’-]*)*))(?= [a-z])"
)
"""Who does something: "did Orr sign", "did he sign"."""
WHENEVER = re.compile(r"yesterday|today|tomorrow|tonight|this|next|twice|early|late|ago|\w+ly")
MEMBER = re.compile(r"\b(?:join|leave|left|quit|enter|sign|ratif|approv)\w*\b")
ONE = re.compile(r"(?:about )?the (?P<which>[A-Z][\w’-]*(?: [A-Z][\w’-]*)*) ones?")
MODIFYING = re.compile(
    r"\b(?:the|an?) (?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*)*)(?= (?!say|said|think|thought|want)[a-z]{3})"
)
"""A name before a common noun: "the Zendan federation"."""
CONTEXT = re.compile(r" \([^()]+\)$")
COUNTED = re.compile(r"^how many (?P<thing>[a-z]+)\b", re.IGNORECASE)


def filled(rest: str, talk: Sequence[Question], is_name: IsName, *, about: bool) -> str:
    """The last question with `rest` for whom it asked, or for what it was about."""
    if asked := _of_another(rest, talk):
        return asked
    last, rest = talk[0], with_owner(re.sub(r"^about\s+", "", rest, flags=re.IGNORECASE), talk)
    pronoun = POSSESSIVE.search(rest)
    kin = pronoun and role_of(rest.split()[-1].lower())  # "his lawyer"
    if pronoun and (subject := subject_of(pronoun, talk, is_name)):
        rest = POSSESSIVE.sub(lambda _: f"{subject}’s", rest, count=1)
    elif kin and (acting := ACTING.search(last.text)) and not acting["name"]:
        return as_question(f"{last.text[: acting.start('who')]}{rest}{last.text[acting.end() :]}")
    theirs = re.fullmatch(r"(.+?)(?:['’]s|(?<=s)['’])", rest)  # "What about Russia's?": the same of another's
    if last.speakers and (theirs or (not about and (kin or ROLE.search(rest) or not says_on_what(last)))):
        who = theirs[1] if theirs else rest
        if speakers_of(last) in last.text and last.kind != "compare":
            return as_question(text_of(last).replace(speakers_of(last), who, 1))
        return as_question(f"What did {who} say about {topic_of(last)}")
    if last.speakers:
        return as_question(f"What did {speakers_of(last)} say about {rest}{_matter_kept(rest, last)}")
    return _swapped(theirs[1] if theirs else rest, last)


def _of_another(rest: str, talk: Sequence[Question]) -> str | None:
    """A question before with "the Spanish one" in the place of the like that it names: the Ukrainian federation."""
    other = ONE.fullmatch(rest)
    if not other:
        return None
    nation = country_of_adjective(other["which"]) is not None
    named = (found for last in talk for found in MODIFYING.finditer(text_of(last)))
    like = next((found for found in named if (country_of_adjective(found["name"]) is not None) == nation), None)
    if not like:
        return None
    return as_question(f"{like.string[: like.start('name')]}{other['which']}{like.string[like.end('name') :]}")


def _matter_kept(rest: str, last: Question) -> str:
    """The matter in parentheses, in common words, that somebody's words on a country are still about."""
    topic = topic_of(last)
    if not country_of(rest) or not says_on_what(last) or last.occasion:
        return ""
    if context := CONTEXT.search(topic):
        return context[0]
    return "" if names_in(topic) else f" ({topic})"


def _who_acts(rest: str, last: Question) -> re.Match[str] | None:
    """The name that a bare one takes the place of, where it is who acts rather than the last that is named.

    It is where that last one only tells which thing ("the Velby ferry"), and where countries join or leave it.
    """
    actor = ACTING.search(text_of(last))
    if not actor or not actor["name"] or not last.names or names_in(rest)[:1] != [rest.removeprefix("the ")]:
        return None
    if last.names[-1] in actor["name"]:
        return None
    after = re.search(rf"\b(?:the|its|an?) {re.escape(last.names[-1])} (?P<word>[a-z-]+)", text_of(last))
    modifies = bool(after and after["word"] not in STOP and not WHENEVER.fullmatch(after["word"]))
    member = bool(MEMBER.search(last.text) and country_of(rest) and country_of(actor["name"]))
    return actor if modifies or (member and not country_of(last.names[-1])) else None


def _swapped(rest: str, last: Question) -> str:
    """The last question with `rest` in the place of an office, or of its last name, or beside it."""
    text = text_of(last)
    if ROLE.search(rest) and BEARER.search(text):
        return as_question(BEARER.sub(lambda _: rest, text, count=1))
    if (counted := COUNTED.match(text)) and rest.islower() and not rest.startswith("the "):
        return as_question(f"how many {rest} ({text[counted.start('thing') :]})")
    if actor := _who_acts(rest, last):
        return as_question(f"{text[: actor.start('name')]}{rest}{text[actor.end() :]}")
    if last.names and last.names[-1] in text:
        beside = r"(?:\b(?:in|at|on|for|from|to) )?" if re.match(r"(?:in|at|on|for|from|to) ", rest) else ""
        beside += "(?:the )?" if rest.startswith("the ") else ""
        return as_question(re.sub(beside + re.escape(last.names[-1]), lambda _: rest, text, count=1))
    return as_question(f"{text}, {rest}")
