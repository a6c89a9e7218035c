"""Who or what an article was speaking of last: the figures that a description may mean."""

from __future__ import annotations

from collections.abc import Sequence

from index.speech.backing import office_in
from index.speech.cast import Cast
from index.speech.countries import country_of
from index.speech.figures import Figure
from index.speech.givennames import word_gender
from index.speech.lines import Line
from index.speech.organisations import DOCUMENTS, GROUPS, is_outlet
from index.speech.phrases import Phrase
from index.speech.wordset import words

ISSUED = words("statement release post tweet letter email message announcement website")
BYWORDS = words(
    """
    resident native republican democrat lawmaker senator congressman congresswoman star actor actress singer
    player veteran dealer leader executive billionaire writer author coach quarterback champion striker driver
    """
)  # descriptions that news puts for a name just given ("the Yorktown resident")
INSIDERS = words(
    "spokesman spokeswoman spokesperson ceo cfo coo cto executive counsel chairman founder owner superintendent "
    "manager director chairwoman co-founder"
)
PUBLIC = words(
    "government state city county town country nation district parliament congress senate house court police army navy "
    "military force"
)
PRESS_NOUNS = words("paper newspaper magazine tabloid broadcaster outlet network channel station")
MAKERS = words("maker retailer lender operator insurer provider contractor")  # firms rather than people
ISSUES, BESIDE = 20, 10  # sentences back, and tokens off, at which the issuer of a document is looked for
ASIDE = words("vice deputy former assistant acting ex-president")  # roles that are not the office itself


KINDS = {
    "union": words("union unions workers teamsters brotherhood federation association guild coalition"),
    "airline": words("airline lines airlines airways air jet wings"),
    "committee": words("committee panel commission board group"),
    "ministry": words("ministry"),
    "department": words("department service administration office bureau centers police"),
    "agency": words("agency administration department service bureau centers office authority commission board"),
    "commission": words("commission"),
    "council": words("council"),
    "board": words("board"),
    "association": words("association society federation academy"),
    "federation": words("federation association"),
    "university": words("university college institute school"),
    "college": words("college university"),
    "school": words("school academy elementary high college university"),
    "hospital": words("hospital medical clinic health center"),
    "bank": words("bank financial capital trust reserve"),
    "league": words("league association conference"),
    "campaign": words("campaign"),
    "museum": words("museum gallery"),
    "church": words("church diocese cathedral"),
    "foundation": words("foundation fund trust"),
    "park": words("park parks"),
    "zoo": words("zoo"),
    "charity": words("charity foundation fund trust society cross"),
}
"""What stands in the name of an organisation that is called so; one called by an acronym may be of any kind."""
STRICT = words("airline bank university college school hospital museum church ministry union league court zoo park")
"""What is not called so unless its name says it."""
KINDS_OF_PUBLIC = words("department ministry senate house congress court police commission parliament administration")


def is_kind(figure: Figure, noun: str) -> bool:
    """Say whether an organisation can be called by a common noun: a "bank", an "airline", a "company"."""
    named = words(figure.name.lower())
    if noun in KINDS:
        return bool(named & KINDS[noun]) or figure.name.isupper()
    return noun not in GROUPS or not named & KINDS_OF_PUBLIC


def _agree(one: str, other: str) -> bool:
    """Say whether two genders do not contradict each other."""
    return not one or not other or one == other


class Salience:
    """The figures of an article by how lately, and how, they were spoken of before a place in it."""

    def __init__(self, lines: Sequence[Line], cast: Cast) -> None:
        self.lines, self.cast = lines, cast

    def described(self, phrase: Phrase, role: str, number: int, at: int) -> Figure | None:
        """Give the figure that a definite description picks out, the most recent first."""
        if phrase.plural:
            return None
        ending = self.cast.organisation_ending(phrase.head)
        for back in range(number, max(-1, number - 40), -1):
            for mention in reversed(self.cast.mentions[back]):
                figure = mention.figure
                if back == number and mention.token >= at:
                    continue
                holds = figure.person and phrase.roles <= figure.roles and not ASIDE & (figure.roles - phrase.roles)
                if figure is ending or (role and holds):
                    return figure
        return ending

    def holder(self, phrase: Phrase, number: int) -> Figure | None:
        """Give the person who holds a role at a named organisation ("the NATO chief"), or whom a byword means."""
        group = self.cast.group_name(phrase.group)
        bodies = (group, office_in(group, phrase.roles) if group else group)
        for back in range(number, max(-1, number - 40), -1):
            for mention in reversed(self.cast.mentions[back]):
                figure = mention.figure
                if figure.person and phrase.roles & figure.roles and self.cast.backing.speaks_for(figure) in bodies:
                    return figure
        return self._person(number, "") if phrase.head in BYWORDS else None

    def likely(self, phrase: Phrase, role: str, number: int) -> Figure | None:
        """Give the figure that a definite description most likely means when no role or name tells."""
        if phrase.plural:
            return None
        outlet = self._outlet(number) if phrase.head in PRESS_NOUNS else None
        if outlet:
            return outlet
        if phrase.head in ISSUED:
            return self._issued(number) or self._organisation(number, phrase.head) or self._person(number, "")
        if role and phrase.head not in DOCUMENTS | MAKERS:
            return self._person(number, word_gender(frozenset((role,))))
        return self._organisation(number, phrase.head) if phrase.head in GROUPS - PUBLIC else None

    def _issued(self, number: int) -> Figure | None:
        """Give who spoke in the last sentences in a statement, a letter or the like."""
        for line in reversed(self.lines[max(0, number - 5) : number]):
            if line.speakers and any(token.lower in ISSUED for token in line.tokens):
                return line.speakers[0][0].figure
        return None

    def _person(self, number: int, gender: str) -> Figure | None:
        """Give the person who spoke last, or whom the talk was of last."""
        for back in range(number, max(-1, number - 8), -1):
            for who, _ in self.lines[back].speakers:
                if who.figure and who.figure.human and _agree(who.gender, gender):
                    return who.figure
            if back < number:
                figure = next((m.figure for m in self.cast.mentions[back] if m.figure.human), None)
                if figure and _agree(figure.gender, gender):
                    return figure
        return None

    def _outlet(self, number: int) -> Figure | None:
        """Give the newspaper or broadcaster that spoke or was named last."""
        for back in range(number, max(-1, number - 15), -1):
            for who, _ in self.lines[back].speakers:
                if who.figure and is_outlet(who.name):
                    return who.figure
            if back < number:
                for mention in self.cast.mentions[back]:
                    if is_outlet(mention.figure.name):
                        return mention.figure
        return None

    def _organisation(self, number: int, noun: str) -> Figure | None:
        """Give the organisation that "the company" means: one that spoke lately, else the one most named so far."""
        found: dict[str, tuple[tuple[bool, int, int], Figure]] = {}
        for back in range(number, max(-1, number - 12), -1):
            for who, _ in self.lines[back].speakers if back < number else ():
                if who.figure and who.figure.acting and not is_outlet(who.name):
                    found.setdefault(who.name, ((is_kind(who.figure, noun), back, 0), who.figure))
            for mention in self.cast.mentions[back]:
                figure = mention.figure
                if figure.acting and not is_outlet(figure.name):
                    found.setdefault(figure.name, ((is_kind(figure, noun), -1, figure.count), figure))
        best = max(found.values(), key=lambda pair: pair[0], default=None)
        return best[1] if best and (best[0][0] or noun not in STRICT) else None

    def issuer(self, noun: str, number: int, at: int) -> Figure | None:
        """Give the body named beside a document where it was spoken of before: "Roe College published a study"."""
        for back in range(number, max(-1, number - ISSUES), -1):
            tokens = self.lines[back].tokens
            for place in range(at - 1 if back == number else len(tokens) - 1, -1, -1):
                if tokens[place].lower == noun:
                    beside = (m for m in self.cast.mentions[back] if m.figure.acting and abs(m.token - place) <= BESIDE)
                    nearest = min(beside, key=lambda m: abs(m.token - place), default=None)
                    if nearest:
                        return nearest.figure
        return None

    def owner(self, noun: str, number: int, token: int | None = None) -> Figure | None:
        """Give what "the union", "the country" or "its" means: by the end of its name, else what the talk is of."""
        if noun == "its":
            return self.organisation_before(number, token)
        if noun in ("country", "nation", "government"):
            rows = reversed(self.cast.mentions[max(0, number - 12) : number + 1])
            return next((m.figure for row in rows for m in reversed(row) if country_of(m.figure.name)), None)
        named = self.cast.organisation_ending(noun)
        return named or (self._organisation(number, noun) if noun in GROUPS - PUBLIC else None)

    def organisation_before(self, number: int, token: int | None = None) -> Figure | None:
        """Give the organisation named last before a token of a sentence, or its end, at most four sentences back."""
        for back in range(number, max(-1, number - 5), -1):
            for mention in reversed(self.cast.mentions[back]):
                figure = mention.figure
                known = figure.organisation or (figure.impersonal and figure.count > 2)
                named = figure.acting and not is_outlet(figure.name)
                if known and named and (back < number or token is None or mention.token < token):
                    return figure
        return None
