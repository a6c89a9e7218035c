"""Who speaks for whom, learnt over all articles: one says "Kremlin spokesman Ivan Ardel", another "Ardel" alone.

What one article says is an `Affiliation`; what many say is settled by their majority whenever it is asked for, so that
neither the order in which articles came in nor a removed one leaves a trace.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

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
BYNAMES: Mapping[str, tuple[str, str, str, str]] = {
    "top diplomat": ("State Department", "secretary", "secretary state", "foreign minister"),
    "top prosecutor": ("Justice Department", "attorney general", "attorney general", "prosecutor general"),
    "defense chief": ("Defense Department", "secretary", "secretary defense", "defense minister"),
}
"""What news puts for an office: in the United States a department and the role in it, or the role of the country; and
the role of any other country."""
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
    for byname, (department, role, of_america, elsewhere) in BYNAMES.items():
        if plain.lower().endswith(byname):
            owner = plain[: -len(byname)].strip().removesuffix("'s")
            if country_of(owner) == "United States":
                return [(department, frozenset(role.split())), (owner, frozenset(of_america.split()))]
            return [(owner, frozenset(elsewhere.split()))]
    organisation, asked = _parted(plain)
    if not (organisation and asked):
        return []
    fields = asked - {"secretary"}
    if country_of(organisation) == "United States" and asked != fields:  # the secretary of state is of that department
        departments = [(f"{field.title()} Department", frozenset(("secretary",))) for field in sorted(fields & FIELDS)]
        return [(organisation, asked), *departments]
    return [(organisation, asked)]


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
        words = rest.lower().split()
        roles = frozenset(word for word in words if role_of(word))
        offices = [at for at, word in enumerate(words) if at and word in OFFICES and words[at - 1] not in PASSING]
        return (owner, roles | {words[at - 1] for at in offices}) if roles else ("", frozenset())
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
