"""What an office says about whom somebody speaks for, where no employer is named: a chamber, a country, a council."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property

from index.speech.countries import country_of
from index.speech.figures import Figure
from index.speech.wordset import words

AMERICAN = (
    ({"first", "lady"}, "White House"),
    ({"secretary", "treasury"}, "Treasury Department"),
    ({"secretary", "state"}, "State Department"),
    ({"secretary", "defense"}, "Defense Department"),
    ({"secretary", "energy"}, "Energy Department"),
    ({"secretary", "interior"}, "Interior Department"),
    ({"secretary", "transportation"}, "Transportation Department"),
    ({"secretary", "commerce"}, "Commerce Department"),
    ({"secretary", "labor"}, "Labor Department"),
    ({"secretary", "agriculture"}, "Agriculture Department"),
    ({"secretary", "press"}, "White House"),
    ({"speaker"}, "House of Representatives"),
    ({"sen"}, "Senate"),
    ({"senator"}, "Senate"),
    ({"rep"}, "House of Representatives"),
    ({"congressman"}, "House of Representatives"),
    ({"congresswoman"}, "House of Representatives"),
)  # in news of the United States
HELD_IN = {
    "councilman": words("council"),
    "councilwoman": words("council"),
    "councilmember": words("council"),
    "principal": words("school elementary academy high"),
    "superintendent": words("district schools"),
    "justice": words("court"),
    "judge": words("court"),
    "commissioner": words("commission"),
    "sheriff": words("sheriff sheriff's county"),
    "professor": words("university college institute"),
    "police": words("police"),
    "lieutenant": words("police"),
    "lt": words("police"),
    "sergeant": words("police"),
    "sgt": words("police"),
    "detective": words("police"),
}
"""Offices, and the words for the bodies in which they are held."""
CABINET = words("minister premier")
HELD = CABINET | HELD_IN.keys() | {"secretary"} | {role for roles, _ in AMERICAN for role in roles}
PAST = words("former ex-president shadow")


class Offices:
    """What the offices of an article's people say of whom they speak for; `figures` are all that the article names."""

    def __init__(self, figures: Collection[Figure]) -> None:
        self._figures = figures
        self._bodies: dict[frozenset[str], str | None] = {}

    @cached_property
    def _country(self) -> str | None:
        return most_named_country(self._figures)

    @cached_property
    def _abroad(self) -> str | None:
        return most_named_country(f for f in self._figures if country_of(f.name) != "United States")

    def behind(self, roles: Collection[str]) -> str | None:
        """Give what stands behind somebody with these roles."""
        held = set(roles)
        if not held & HELD:
            return None
        for needed, office in AMERICAN:
            if needed <= held and ("secretary" not in needed or self._country in (None, "United States")):
                return office
        if held & PAST and "prime" not in held:
            return None
        if held & CABINET or ("secretary" in held and held & {"foreign", "home", "health", "defence"}):
            return self._abroad
        kinds = next((kinds for role, kinds in HELD_IN.items() if role in held), None)
        return self._body(kinds) if kinds else None

    def _body(self, kinds: frozenset[str]) -> str | None:
        """Give the council, school or court of the article in which an office is held, the one named most often."""
        if kinds not in self._bodies:
            held = (
                f for f in self._figures if f.organisation and kinds & set(f.name.lower().split()) and " " in f.name
            )
            most = max(held, key=lambda f: f.count, default=None)
            self._bodies[kinds] = most.name if most else None
        return self._bodies[kinds]


def most_named_country(figures: Iterable[Figure]) -> str | None:
    """Give the country that an article names most often, by any of its names."""
    named: Counter[str] = Counter()
    for figure in figures:
        country = country_of(figure.name)
        if country:
            named[country] += figure.count
    return max(sorted(named), key=lambda country: named[country], default=None)
