"""Whom each figure of an article speaks for: what the words around a name state, else what the office says."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from index.records import Affiliation
from index.speech.countries import country_of, country_of_adjective, leading_country
from index.speech.figures import Figure, is_place
from index.speech.lexicon import SPOKESPEOPLE, STATES
from index.speech.offices import Offices
from index.speech.organisations import PARTIES
from index.speech.teams import Teams
from index.speech.wordset import words

if TYPE_CHECKING:
    from index.speech.cast import Cast

CONGRESS = words("sen senator rep congressman congresswoman")
CHAMBERS = {"House": "House of Representatives", "Senate": "Senate"}
GOVERNING = words("government ministry military army navy forces parliament embassy cabinet presidency")
"""Bodies that speak for the country whose name or adjective begins theirs."""
JUSTICE = ("justice department", "us justice department", "u.s. justice department", "department of justice", "doj")
SERVED = {
    "defense": ("pentagon", "defense department", "department of defense"),
    "military": ("pentagon",),
    "intelligence": ("cia",),
}
"""What American officials serve, by the word before them."""
PAST = words("former vice ex-president")
NEARBY = 3  # sentences before a governor or mayor is named, in which the state or town is


PARTISAN = re.compile(r"^(?:Republican|Democratic|GOP) | (?:Republican|Democratic|GOP)$")
OFFICES = (({"district", "attorney"}, "District Attorney's Office"), ({"sheriff"}, "Sheriff's Office"))
SIDES = {"republican": "Republicans", "gop": "Republicans", "democrat": "Democrats", "democratic": "Democrats"}


def _side(chamber: str, roles: Collection[str]) -> str | None:
    """Give whom the leader of a party in a chamber speaks for: "House Republicans"."""
    if not {"leader", "whip", "speaker"} & set(roles):
        return None
    return next((f"{chamber} {SIDES[role]}" for role in sorted(roles) if role in SIDES), None)


def office_in(name: str, roles: Collection[str]) -> str:
    """Give the office of a district attorney or sheriff by the place: "Dover" -> "Dover Sheriff's Office"."""
    for needed, office in OFFICES:
        if needed <= set(roles) and not {"office", "department", "attorney"} & set(name.lower().split()):
            return f"{name} {office}"
    return name


class Backing:
    """Tells, for the figures of one article, whom each speaks for."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._known: dict[int, str | None] = {}
        self._played_for: dict[int, str | None] = {}

    def employ(self, figure: Figure, group: str) -> None:
        """Note that a figure speaks for `group`."""
        figure.groups.append(group)
        self._known.pop(id(figure), None)

    def speaks_for(self, figure: Figure) -> str | None:
        """Give the organisation or country behind a figure: itself for an organisation that is not a country's."""
        return self._told(figure) or self._team(figure)

    def _team(self, figure: Figure) -> str | None:
        """Give the team of somebody who plays, in news of games."""
        if figure.organisation:
            return None
        if id(figure) not in self._played_for:
            self._played_for[id(figure)] = self._teams.of(figure)
        return self._played_for[id(figure)]

    def _told(self, figure: Figure) -> str | None:
        """Give what the article says to be behind a figure, in words or by an office."""
        if id(figure) not in self._known:
            own = self._governed(figure) or figure.name if figure.organisation else None
            self._known[id(figure)] = own or self._stated(figure) or self._office(figure)
        return self._known[id(figure)]

    def served(self, description: str) -> str | None:
        """Give the body that officials serve by a word before them: "defense officials", "administration aides"."""
        told = words(description.lower())
        if "administration" in told:
            return self._administration
        if "state" in told:
            return self._state
        if "federal" in told:
            return "United States"
        return next((self._most_named(names) for word, names in SERVED.items() if word in told), None)

    def affiliations(self) -> list[Affiliation]:
        """Give what the article itself says of whom people with full names speak for."""
        people = (f for f in self._cast.figures if f.human and " " in f.name and not f.name.isupper())
        found = ((f, self._told(f)) for f in people)
        return [Affiliation(f.name, behind, frozenset(f.roles)) for f, behind in found if behind and behind != f.name]

    def _governed(self, figure: Figure) -> str | None:
        """Give the country that a body governs: the Kremlin, the "Norwegian Harbor Ministry", "Norway's army"."""
        country, rest = leading_country(figure.name)
        if country and (not rest or rest[-1].lower() in GOVERNING):
            return country
        if {figure.name.split()[0].lower(), figure.name.split()[-1].lower()} & GOVERNING:
            return next((country for country in map(country_of, figure.groups) if country), None)
        return country_of_adjective(figure.name) or PARTIES.get(figure.name.lower().removesuffix("s"))

    def _stated(self, figure: Figure) -> str | None:
        """Give the organisation or country that the words around somebody's name put behind him or her."""
        chamber = None
        for group in figure.groups:
            behind = self._cast.find(group)
            if behind and behind.somebody and not figure.roles & SPOKESPEOPLE:
                continue
            name = behind.name if behind and behind.somebody else self._cast.group_name(group)
            if (bare := PARTISAN.sub("", group)) in CHAMBERS:
                chamber = chamber or _side(bare, figure.roles) or CHAMBERS[bare]
            elif name and not self._lives_in(name, behind, figure):
                return office_in(name, figure.roles)
        return chamber

    def _lives_in(self, name: str, behind: Figure | None, figure: Figure) -> bool:
        """Say whether a group is where somebody is from, rather than what he or she speaks for."""
        organisation = behind is not None and behind.organisation
        if figure.roles & CONGRESS:
            return is_place(name) or bool(figure.roles & PARTIES.keys() and not organisation)  # "a Dover Republican"
        return not figure.roles and behind is not None and not organisation and behind.located > 0

    def _office(self, figure: Figure) -> str | None:
        """Tell what a title alone puts behind somebody: a chamber, a department, the article's state or country."""
        if figure.roles & {"gov", "governor"} and not figure.roles & {"lieutenant", "lt", "former"}:
            return self._cast.place or self._beside(figure, STATES) or self._state
        if "mayor" in figure.roles and "former" not in figure.roles:
            return self._beside(figure)
        if {"attorney", "general"} <= figure.roles:
            return self._cast.place or self._justice or self._beside(figure, STATES)
        office = self._offices.behind(figure.roles)
        if office:
            return office
        if "president" in figure.roles and "vice" not in figure.roles and id(figure) in self._in_white_house:
            return "United States"
        return None

    def _beside(self, figure: Figure, names: Collection[str] = ()) -> str | None:
        """Give a place named in the sentence that first names a figure, or before it: one of `names`, or a town."""
        rows = self._cast.mentions
        first = self._first.get(id(figure), 0)
        for near in reversed(rows[max(0, first - NEARBY) : first + 1]):
            for other in (m.figure for m in reversed(near)):
                if other.name.lower() in names if names else other.located and not is_place(other.name):
                    return other.name
        return None

    def _most_named(self, names: Collection[str]) -> str | None:
        """Give the figure by one of these names that the article names most often."""
        found = [f for f in self._cast.figures if f.name.lower() in names]
        return max(found, key=lambda f: f.count).name if found else None

    @cached_property
    def _offices(self) -> Offices:
        return Offices(self._cast.figures)

    @cached_property
    def _teams(self) -> Teams:
        cast = self._cast
        return Teams(cast.figures, cast.mentions, lambda group: (cast.find(group), cast.group_name(group)))

    @cached_property
    def _administration(self) -> str | None:
        """The administration that the article names, or that of its president in the White House."""
        figures = self._cast.figures
        named = [f for f in figures if f.name.endswith(" administration")]
        if named:
            return max(named, key=lambda f: f.count).name
        within = (f for f in figures if id(f) in self._in_white_house and not f.roles & PAST)
        head = max((f for f in within if "president" in f.roles), key=lambda f: f.count, default=None)
        return f"{head.name.split()[-1]} administration" if head else self._most_named(("white house",))

    @cached_property
    def _state(self) -> str | None:
        return self._cast.place or self._most_named(STATES)

    @cached_property
    def _justice(self) -> str | None:
        return self._most_named(JUSTICE)

    @cached_property
    def _first(self) -> dict[int, int]:
        """The sentence that first names each figure, by the figure's id."""
        rows = self._cast.mentions
        return {id(m.figure): number for number in reversed(range(len(rows))) for m in rows[number]}

    @cached_property
    def _in_white_house(self) -> set[int]:
        """The ids of the figures that a sentence names together with the White House."""
        within = (r for r in self._cast.mentions if any(m.figure.name in ("White House", "Oval Office") for m in r))
        return {id(m.figure) for row in within for m in row}
