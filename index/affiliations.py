"""Who speaks for whom, learnt over all articles: one says "Kremlin spokesman Ivan Ardel", another "Ardel" alone.

What one article says is an `Affiliation`; what many say is settled by their majority whenever it is asked for, so that
neither the order in which articles came in nor a removed one leaves a trace.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from index.names import alike, matching
from index.records import Affiliation
from index.speech.countries import country_of
from index.speech.lexicon import role_of
from index.speech.wordset import words

Meaning = tuple[str, frozenset[str]]
"""One way to read a description such as "the Teamsters chief": an organisation, and words of the role in it."""
MAJORITY = 0.5
"""More than this share of the articles that name an employer of somebody have to agree on it."""
CANDIDATES = 5
"""The forms of organisations, the most often met, that are weighed for one person."""
HEADS = words("president chief head leader chairman chairwoman chairperson chair ceo boss director secretary-general")
OF_STATE = words("president prime chancellor premier king queen emperor")
VOICES = words("spokesman spokeswoman spokesperson")
OTHERS = words("former deputy vice prime")
"""With these an office is another one: the prime minister is not "Italy's economy minister"."""
OFFICES = words("minister secretary")
"""Of which a country has many, each of its own field, whether the field is a word for people or not."""
PASSING = words("new then acting current next outgoing incoming longtime first senior")
"""What stands before an office and is no field of it."""
FIELDS = words(
    "state staff defense defence treasury justice interior agriculture commerce labor health energy education"
)
"""What a secretary, or a chief, is of."""
DEPARTMENTS = {field: f"{field.title()} Department" for field in FIELDS} | {"attorney": "Justice Department"}
"""Of the United States: whose people they are, as much as the country's."""
OF_DEPARTMENTS = words("secretary attorney")
BYNAMES = {
    "top diplomat": ("secretary of state", "foreign minister"),
    "top prosecutor": ("attorney general", "prosecutor general"),
    "defense chief": ("secretary of defense", "defense minister"),
}
"""What news puts for an office: that of the United States, and that of any other country."""
HEAD_OF_GOVERNMENT = ("president", "prime minister")
"""Likewise."""
RARE = 0.25
"""A name is no likely holder of a role when it has it in fewer articles than this share of the one met most."""


def settle(found: Iterable[Affiliation]) -> dict[str, str]:
    """Give for each name the organisation that most of the affiliations agree on; names in dispute are left out.

    Forms of one name ("WHO", "World Health Organization") count together, as the form that is met most often.
    """
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        tallies[one.name][one.organisation] += 1
    settled = {}
    for name, tally in tallies.items():
        forms = sorted(tally, key=lambda form: (-tally[form], form))
        pooled = {form: sum(tally[other] for other in forms if alike(form, other)) for form in forms[:CANDIDATES]}
        best = max(pooled, key=lambda form: pooled[form])
        if pooled[best] > MAJORITY * tally.total():
            settled[name] = best
    return settled


def holders(meanings: Sequence[Meaning], found: Iterable[Affiliation]) -> list[str]:
    """Give the names that a description can mean, the most often so called first; for `meanings` see `meanings_of`.

    Whoever is called by the very words comes before all who lead in another way: a country's president, not its leader.
    """
    often: Counter[str] = Counter()
    exactly = set()
    found = list(found)
    organisations = {one.organisation for one in found}
    meant = [(set(matching(organisation, organisations)), asked) for organisation, asked in meanings]
    for one in found:
        roles = [asked for matched, asked in meant if one.organisation in matched]
        name = one.name.replace("’", "'")
        if any(_holds(asked, one.roles) for asked in roles):
            often[name] += 1
        if any(asked <= one.roles for asked in roles):
            exactly.add(name)
    enough = RARE * max(often.values(), default=0)
    likely = [name for name, n in sorted(often.items(), key=lambda item: (-item[1], item[0])) if n >= enough]
    return [name for name in likely if name in exactly] or likely


def meanings_of(description: str) -> list[Meaning]:
    """Give each way to read a description as organisation and words of the role; none when it names no such role."""
    plain = description.replace("’", "'").strip(" ?.").removeprefix("the ").removeprefix("The ")
    for byname, offices in BYNAMES.items():
        if plain.lower().endswith(byname):
            owner = plain[: -len(byname)].strip().removesuffix("'s")
            plain = f"{owner}'s {offices[not _is_american(owner)]}"
    organisation, asked = _parted(plain)
    governed = organisation.removesuffix(" government")
    if governed != organisation and country_of(governed) and asked & HEADS:
        organisation, asked = governed, frozenset(HEAD_OF_GOVERNMENT[not _is_american(governed)].split())
    if not (organisation and asked):
        return []
    fields = sorted(asked & DEPARTMENTS.keys()) if _is_american(organisation) and asked & OF_DEPARTMENTS else []
    return [(organisation, asked), *((DEPARTMENTS[field], asked - FIELDS) for field in fields)]


def _is_american(name: str) -> bool:
    return country_of(name) == "United States"


def country_led(found: Iterable[Affiliation]) -> str | None:
    """Give the country of which most of these affiliations make somebody the president or the like; None for none."""
    led = Counter(one.organisation for one in found if one.roles & OF_STATE and country_of(one.organisation))
    return max(sorted(led), key=lambda country: led[country], default=None)


def split_description(description: str) -> tuple[str, frozenset[str]]:
    """Part a description into organisation and words of the role: "NATO's military chief" -> "NATO", {military, chief}.

    Both are empty when the words name no role of an organisation.
    """
    return next(iter(meanings_of(description)), ("", frozenset()))


def _parted(plain: str) -> tuple[str, frozenset[str]]:
    lower = plain.lower()
    if " of " in plain.partition("'s ")[0] and role_of(lower.split(" of ")[0].split()[-1]):
        role, organisation = plain.split(" of ", 1)
        *before, office = role.split()
        if before and before[0][:1].isupper() and organisation.lower() in FIELDS:  # "US secretary of state"
            return " ".join(before), frozenset((office.lower(), *organisation.lower().split()))
        return organisation.removeprefix("the "), frozenset(role.lower().split())
    owner, possessive, rest = plain.partition("'s ")
    if possessive:
        named = rest.lower().split()
        roles = frozenset(word for word in named if role_of(word))
        fields = {field for field, word in pairwise(named) if word in OFFICES and field not in PASSING}
        return (owner, roles | fields) if roles else ("", frozenset())
    parts = plain.split()
    cut = len(parts)
    while cut and role_of(parts[cut - 1].lower()):
        cut -= 1
    return " ".join(parts[:cut]).removesuffix("'s"), frozenset(word.lower() for word in parts[cut:])


def _holds(asked: frozenset[str], roles: frozenset[str]) -> bool:
    """Say whether somebody with these roles holds the one asked for; any head of an organisation is its chief."""
    if OTHERS & (roles - asked):
        return False
    return all(word in roles or any(word in alike and alike & roles for alike in (HEADS, VOICES)) for word in asked)
