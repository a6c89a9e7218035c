"""Verbs of speech: which say that words were spoken, in which forms, and what has to stand beside them.

Verbs met often enough were held against annotated news (665 articles), the rest placed by judgement: `STRONG` when
about half or more of the sentences with it and a subject that can speak were speech, `WEAK` when it takes a quotation
or a clause with "that" besides, `TRAILING` when the "-ing" form after a comma alone tells ("…, saying it was late").
"""

from __future__ import annotations

from index.speech.lexicon import role_of
from index.speech.wordset import words

IRREGULAR = {
    "say": "said",
    "tell": "told",
    "write": "wrote",
    "think": "thought",
    "find": "found",
    "show": "showed",
    "swear": "swore",
    "know": "knew",
    "feel": "felt",
    "see": "saw",
    "hold": "held",
    "read": "read",
    "put": "put",
    "foresee": "foresaw",
    "speak": "spoke",
    "go": "went",
    "sing": "sang",
    "understand": "understood",
    "begin": "began",
}
DOUBLING = words("admit quip blog chat submit refer rebut regret concur plan chip pin slam snap beg")
STRONG = words(
    """
    accuse acknowledge add admit advise advocate affirm allege announce apologise apologize argue assert assure
    attribute beg believe bemoan blame brag call caution chant characterise characterize chide cite claim clarify
    commend complain concede concur condemn confess confirm contend credit criticise criticize declaim deem demand
    denounce deny deride describe disclose dismiss dispute echo elaborate emphasise emphasize encourage enthuse
    envision estimate exclaim expect explain express forecast foresee fume groan grumble gush hail hint holler
    identify implore imply indicate inform inquire insist instruct interject intone joke lambast lament maintain
    marvel mention mock muse mutter narrate note opine plead pledge point posit praise predict profess project
    promise quip quote rave reassure rebut reckon recommend recount refute regret reiterate remark repeat report
    request retort reveal say scold shout sigh signal speculate stipulate stress suggest summarise summarize
    suspect swear tease telegraph tell testify thank theorize tout tweet underline underscore urge vent vow warn
    whisper worry write yell
    """
)
WEAK = words(
    """
    accept address agree answer ask assess blast boast brand comment concern conclude congratulate consider continue
    counter cry declare decry defend detail determine discuss fear find guarantee highlight hope interrupt invite
    label lie list notify object observe oppose outline post proclaim propose protest question reason recall reflect
    reject relay reply respond rule second share show sing slam snap speak state think threaten voice volunteer
    want welcome wonder read put
    """
)
TRAILING = words(
    """
    accept accuse acknowledge admit agree announce apologize argue ask assert assess attribute believe blame call
    caution cite complain deem demand encourage explain hint inform insist instruct invite list mention mock note
    post praise predict project reject repeat reply request reveal say shout sing state suggest tell thank urge
    """
)
NEVER_INVERTED = words("tell call find show want think hope accuse urge inform share address believe")
INVERTED = words("say add write explain note tweet")
ANYBODY = words("say tell write add tweet")
PLAIN_THIRD = words("says adds tells writes argues explains insists")
NAMING = words("label brand")  # only what something is called, where a quotation follows at once
COMPLEMENTS = {"point": ("out", "to"), "put": ("it",)}
FINDING = words("find show reveal determine identify suggest indicate")
FINDERS = words(
    """
    study research report survey poll analysis investigation review data researcher scientist expert investigator
    author findings results audit paper team inquiry court judge jury panel board
    """
)
MANY = words("several many some most few all both these those two three four five six seven eight nine ten")
"""Words after which "posts" and "tweets" are no verbs."""
JOINING = words("and while when before after by then without")
"""Words that may stand between a comma and an "-ing" form."""
SOMETHING = words("something anything nothing everything")
"""Words after which a clause tells which thing is meant, and not what somebody says."""
PASTS = words(
    """
    began made took gave got went came saw kept left met led held sent won lost paid built ran set cut put let hit
    had brought bought caught chose drew fell grew knew spent stood taught threw wore
    """
)


def inflect(base: str) -> tuple[str, str, str, str]:
    """Give the forms of a verb: base, third person, past, "-ing"."""
    if base.endswith("y") and base[-2] not in "aeo":
        third, past, progressive = base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    elif base.endswith("e"):
        third, past, progressive = base + "s", base + "d", base[:-1] + "ing"
    else:
        stem = base + base[-1] if base in DOUBLING else base
        third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "o")) else "s")
        past, progressive = stem + "ed", stem + "ing"
    return base, third, IRREGULAR.get(base, past), progressive


def forms(bases: frozenset[str]) -> dict[str, tuple[str, int]]:
    """Give each form of each verb, with its base and which form it is: 0 base, 1 third person, 2 past, 3 "-ing"."""
    table: dict[str, tuple[str, int]] = {}
    for base in sorted(bases):
        for number, form in enumerate(inflect(base)):
            if form not in table or number == 2:
                table[form] = (base, number)
    table["labelled"], table["labelling"] = ("label", 2), ("label", 3)
    table["reads"] = ("read", 1)
    table["showed"] = ("show", 2)
    table["lying"] = ("lie", 3)
    return table


VERBS = forms(STRONG | WEAK)


def past_tense(lower: str) -> bool:
    """Say whether a word after a name reads as its verb rather than as part of a longer phrase."""
    return (lower.endswith("ed") and not role_of(lower)) or lower in PASTS
