"""The teams of the large leagues, by full name and by what news calls them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property

from index.speech.figures import Figure, Mention
from index.speech.givennames import given_gender
from index.speech.organisations import is_outlet
from index.speech.wordset import words

Employer = Callable[[str], tuple[Figure | None, str | None]]

TABLE = """
Arizona: Cardinals, Diamondbacks, Coyotes; Atlanta: Falcons, Hawks, Braves, Dream; Baltimore: Ravens, Orioles
Boston: Celtics, Red Sox, Bruins; Brooklyn: Nets; Buffalo: Bills, Sabres; Calgary: Flames
Carolina: Panthers, Hurricanes
Charlotte: Hornets; Chicago: Bears, Bulls, Cubs, White Sox, Blackhawks, Sky; Cincinnati: Bengals, Reds
Cleveland: Browns, Cavaliers, Guardians, Indians; Colorado: Rockies, Avalanche; Columbus: Blue Jackets
Connecticut: Sun; Dallas: Cowboys, Mavericks, Stars, Wings; Denver: Broncos, Nuggets
Detroit: Lions, Pistons, Tigers, Red Wings; Edmonton: Oilers; Florida: Panthers; Golden State: Warriors
Green Bay: Packers; Houston: Texans, Rockets, Astros; Indiana: Pacers, Fever; Indianapolis: Colts
Jacksonville: Jaguars; Kansas City: Chiefs, Royals; Las Vegas: Raiders, Aces; Los Angeles: Rams, Chargers, Lakers
Los Angeles: Clippers, Dodgers, Angels, Kings, Sparks; Memphis: Grizzlies; Miami: Dolphins, Heat, Marlins
Milwaukee: Bucks, Brewers; Minnesota: Vikings, Timberwolves, Twins, Wild, Lynx; Montreal: Canadiens
Nashville: Predators; New England: Patriots; New Jersey: Devils; New Orleans: Saints, Pelicans
New York: Giants, Jets, Knicks, Yankees, Mets, Rangers, Islanders, Liberty; Oakland: Athletics, Raiders
Oklahoma City: Thunder; Orlando: Magic; Ottawa: Senators; Philadelphia: Eagles, 76ers, Phillies, Flyers
Phoenix: Suns, Mercury; Pittsburgh: Steelers, Pirates, Penguins; Portland: Trail Blazers; Sacramento: Kings
San Antonio: Spurs; San Diego: Padres, Chargers; San Francisco: 49ers, Giants; San Jose: Sharks
Seattle: Seahawks, Mariners, Kraken, Storm; St. Louis: Cardinals, Blues; Tampa Bay: Buccaneers, Rays, Lightning
Tennessee: Titans; Texas: Rangers; Toronto: Raptors, Blue Jays, Maple Leafs; Utah: Jazz; Vancouver: Canucks
Vegas: Golden Knights; Washington: Commanders, Wizards, Nationals, Capitals, Mystics, Redskins; Winnipeg: Jets
Manchester: United, City; Newcastle: United; West Ham: United; Leeds: United; Sheffield: United; Leicester: City
Norwich: City; Tottenham: Hotspur; Aston: Villa; Crystal: Palace; Nottingham: Forest; Wolverhampton: Wanderers
Bolton: Wanderers; Blackburn: Rovers; Real: Madrid; Atletico: Madrid; Bayern: Munich; Borussia: Dortmund
Adelaide: United; Inter: Milan, Miami; Paris: Saint-Germain; Red Bull: Racing
"""
SHORT = {
    "a's": "athletics",
    "avs": "avalanche",
    "bolts": "lightning",
    "bucs": "buccaneers",
    "canes": "hurricanes",
    "caps": "capitals",
    "cavs": "cavaliers",
    "d-backs": "diamondbacks",
    "habs": "canadiens",
    "isles": "islanders",
    "jags": "jaguars",
    "jays": "blue jays",
    "leafs": "maple leafs",
    "mavs": "mavericks",
    "nats": "nationals",
    "niners": "49ers",
    "pats": "patriots",
    "pels": "pelicans",
    "pens": "penguins",
    "phils": "phillies",
    "preds": "predators",
    "sixers": "76ers",
    "blazers": "trail blazers",
    "yanks": "yankees",
    "vikes": "vikings",
}
"""What teams are called for short."""
ALIKE = words(
    "united city villa palace forest wanderers rovers madrid munich dortmund milan miami racing saint-germain"
)
"""No names of a team without the place."""
SPORTING = words(
    """
    coach quarterback pitcher striker midfielder defenseman goalkeeper goalie goaltender shortstop outfielder infielder
    catcher baseman slugger reliever linebacker cornerback punter kicker winger lineman fullback halfback tailback
    hooker flanker
    """
)
"""What people are in a team, and hardly elsewhere."""
BESIDE_TEAMS = SPORTING - words("coach") | words(
    """
    player captain skipper forward guard center receiver defender starter rookie safety tackle star superstar teammate
    teammates veteran first second third one another both others all-star defensive offensive head junior senior leader
    lead leads winner champion top man mvp captains players native father son brother hero newcomer backup special
    """
)
"""What is said of those who play."""
TOGETHER, BEFORE = 3, 1  # what a team counts for in the sentence that names a player, and in the one before
SOME = 3  # mentions of teams in what is told of a game
HALF = 0.5


def _table() -> tuple[dict[str, list[str]], frozenset[str]]:
    """The full names by nickname, and all full names in lower case."""
    named: dict[str, list[str]] = {}
    for part in re.split(r"[;\n]", TABLE.strip()):
        place, nicknames = part.split(": ")
        for nickname in nicknames.split(", "):
            named.setdefault(nickname.lower(), []).append(f"{place.strip()} {nickname}")
    return named, frozenset(full.lower() for row in named.values() for full in row)


NICKNAMES, FULL = _table()


def teams_meant(name: str) -> list[str]:
    """Give the teams that a name can mean in full: "Bucs" -> "Tampa Bay Buccaneers"; none where it is no team's."""
    key = name.lower().replace("’", "'")
    if key in FULL:
        return [name]
    key = SHORT.get(key, key)
    return [] if key in ALIKE else NICKNAMES.get(key, [])


class Teams:
    """Tells the teams of an article's players by the teams named beside them, in news of games."""

    def __init__(self, figures: Sequence[Figure], mentions: Sequence[Sequence[Mention]], employer: Employer) -> None:
        """`employer` gives the figure that a group means and its full name."""
        self._mentions = mentions
        self._sides: dict[int, str] = {}
        self._told: Counter[str] = Counter()
        groups = [figure.name for figure in figures if not figure.roles and teams_meant(figure.name)]
        plays = any(figure.roles & SPORTING for figure in figures)
        leads = SPORTING | words("manager") if plays or groups else SPORTING
        groups += [group for figure in figures if figure.roles & leads for group in figure.groups[:1]]
        for side, name in map(employer, groups):
            if side and name and id(side) not in self._sides and not side.somebody and not is_outlet(name):
                self._sides[id(side)] = name
        for number, name in self._sides.items():  # "Houston" beside the Houston Texans
            whole = next((full for full in self._sides.values() if full.startswith(f"{name} ")), name)
            self._sides[number] = whole
        for figure in figures:
            if id(figure) in self._sides:
                self._told[self._sides[id(figure)]] += figure.count

    def of(self, figure: Figure) -> str | None:
        """Give the team named most often beside a player, else the one of which the article tells most."""
        told = self._told.total()
        plays = figure.human or (figure.likely_human and given_gender(figure.name))
        if told < SOME or not plays or not figure.roles <= BESIDE_TEAMS:
            return None
        votes = self._votes.get(id(figure))
        tally = votes or self._told
        most = max(tally, key=lambda name: tally[name])
        return most if votes or tally[most] >= HALF * told else None

    @cached_property
    def _votes(self) -> dict[int, Counter[str]]:
        """How much speaks for each team, by the id of whoever is named beside it."""
        votes: dict[int, Counter[str]] = defaultdict(Counter)
        before: list[str] = []
        for row in self._mentions:
            here = [self._sides[id(m.figure)] for m in row if id(m.figure) in self._sides]
            for named in {id(m.figure) for m in row}:
                votes[named].update(here * TOGETHER + before * BEFORE)
            before = here
        return votes
