"""Who speaks for whom, learnt over all articles: one says "Kremlin spokesman Ivan Ardel", another "Ardel" alone.

What one article says is an `Affiliation`; what many say is settled by their majority whenever it is asked for, so that
neither the order in which articles came in nor a removed one leaves a trace.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from index.names import names_match
from index.records import Affiliation
from index.speech.countries import country_of
from index.speech.lexicon import role_of
from index.speech.wordset import words

MAJORITY = 0.5
"""More than this share of the articles that name an employer of somebody have to agree on it."""
CANDIDATES = 5
"""The forms of organisations, the most often met, that are weighed for one person."""
HEADS = words("president chief head leader chairman chairwoman chairperson chair ceo boss director secretary-general")
VOICES = words("spokesman spokeswoman spokesperson")
BYNAMES: Mapping[str, tuple[str, str, str]] = {
    "top diplomat": ("State Department", "secretary", "foreign minister"),
    "top prosecutor": ("Justice Department", "attorney general", "prosecutor general"),
    "defense chief": ("Defense Department", "secretary", "defense minister"),
}
"""What news puts for an office: in the United States a role in a department, elsewhere a role of the country."""
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
        pooled = {form: sum(tally[other] for other in forms if _alike(form, other)) for form in forms[:CANDIDATES]}
        best = max(pooled, key=lambda form: pooled[form])
        if pooled[best] > MAJORITY * tally.total():
            settled[name] = best
    return settled


def _alike(one: str, other: str) -> bool:
    """Say whether two names can mean the same organisation."""
    return one == other or names_match(one, other) or names_match(other, one)


def holders(description: str, found: Iterable[Affiliation]) -> list[str]:
    """Give the names that a description such as "the Teamsters chief" can mean, the most often so called first."""
    organisation, asked = split_description(description)
    if not organisation or not asked:
        return []
    meant = [one for one in found if _holds(asked, one.roles) and names_match(organisation, one.organisation)]
    tally = Counter(one.name.replace("’", "'") for one in meant)
    often = max(tally.values(), default=0)
    likely = ((name, n) for name, n in tally.items() if n >= RARE * often)
    return [name for name, _ in sorted(likely, key=lambda item: (-item[1], item[0]))]


def split_description(description: str) -> tuple[str, frozenset[str]]:
    """Part a description into organisation and words of the role: "NATO's military chief" -> "NATO", {military, chief}.

    Both are empty when the words name no role of an organisation.
    """
    plain = description.replace("’", "'").strip(" ?.").removeprefix("the ").removeprefix("The ")
    lower = plain.lower()
    for byname, office in BYNAMES.items():
        if lower.endswith(byname):
            owner = plain[: -len(byname)].strip().removesuffix("'s")
            department, role, elsewhere = office
            american = country_of(owner) == "United States"
            return (department, frozenset(role.split())) if american else (owner, frozenset(elsewhere.split()))
    if " of " in plain and role_of(lower.split(" of ")[0].split()[-1]):
        role, organisation = plain.split(" of ", 1)
        return organisation.removeprefix("the "), frozenset(role.lower().split())
    owner, possessive, rest = plain.partition("'s ")
    if possessive:
        roles = frozenset(word for word in rest.lower().split() if role_of(word))
        return (owner, roles) if roles else ("", frozenset())
    parts = plain.split()
    cut = len(parts)
    while cut and role_of(parts[cut - 1].lower()):
        cut -= 1
    return " ".join(parts[:cut]).removesuffix("'s"), frozenset(word.lower() for word in parts[cut:])


def _holds(asked: frozenset[str], roles: frozenset[str]) -> bool:
    """Say whether somebody with these roles holds the one asked for; any head of an organisation is its chief."""
    if {"former", "deputy", "vice"} & (roles - asked):
        return False
    return all(word in roles or any(word in alike and alike & roles for alike in (HEADS, VOICES)) for word in asked)
