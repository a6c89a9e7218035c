"""Who or what an article was speaking of last: the figures that a description may mean."""

from __future__ import annotations

from collections.abc import Sequence

from index.speech.cast import Cast
from index.speech.countries import country_of
from index.speech.figures import Figure, is_place
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
    "spokesman spokeswoman spokesperson ceo cfo coo cto executive counsel chairman founder owner superintendent manager"
)
PUBLIC = words(
    "government state city county town country nation district parliament congress senate house court police"
)
PRESS_NOUNS = words("paper newspaper magazine tabloid broadcaster outlet network channel station")
FIRST, LATER, OWNER, UNKNOWN = 0.2, 2.5, 2.0, 2.0  # how many sentences farther off a pronoun finds whom it may mean
ASIDE = words("vice deputy former assistant acting ex-president")  # roles that are not the office itself


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
        for back in range(number, max(-1, number - 40), -1):
            for mention in reversed(self.cast.mentions[back]):
                figure = mention.figure
                if figure.person and phrase.roles & figure.roles and self.cast.speaks_for(figure) == group:
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
            return self._organisation(number) or self._person(number, "")
        if role and phrase.head not in DOCUMENTS:
            return self._person(number, word_gender(frozenset((role,))))
        return self._organisation(number) if phrase.head in GROUPS - PUBLIC else None

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

    def _organisation(self, number: int) -> Figure | None:
        """Give the organisation that "the company" means: one that spoke lately, else the one most named so far."""
        for back in range(number - 1, max(-1, number - 12), -1):
            for who, _ in self.lines[back].speakers:
                if who.figure and who.figure.impersonal and not is_place(who.name) and not is_outlet(who.name):
                    return who.figure
        named: dict[str, tuple[int, Figure]] = {}
        for row in self.cast.mentions[max(0, number - 12) : number + 1]:
            for mention in row:
                figure = mention.figure
                if figure.impersonal and not is_place(figure.name) and not is_outlet(figure.name):
                    named[figure.name] = (figure.count, figure)
        return max(named.values(), key=lambda pair: pair[0])[1] if named else None

    def owner(self, noun: str, number: int) -> Figure | None:
        """Give what "the union" or "the country" means: by the end of its name, else what the talk is of."""
        if noun in ("country", "nation"):
            rows = reversed(self.cast.mentions[max(0, number - 12) : number + 1])
            return next((m.figure for row in rows for m in reversed(row) if country_of(m.figure.name)), None)
        if noun not in GROUPS - PUBLIC:
            return None
        return self.cast.organisation_ending(noun) or self._organisation(number)

    def organisation_before(self, number: int, token: int | None = None) -> Figure | None:
        """Give the organisation named last before a token of a sentence, or its end, at most four sentences back."""
        for back in range(number, max(-1, number - 5), -1):
            for mention in reversed(self.cast.mentions[back]):
                figure = mention.figure
                known = figure.organisation or (figure.impersonal and figure.count > 2)
                named = not (is_outlet(figure.name) or is_place(figure.name))
                if known and named and (back < number or token is None or mention.token < token):
                    return figure
        return None
