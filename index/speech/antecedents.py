"""Whom a name, a pronoun or a description means, within one article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.speech.cast import Cast
from index.speech.figures import Figure
from index.speech.givennames import word_gender
from index.speech.lexicon import BE, FUNCTION_WORDS, SPOKESPEOPLE, role_of
from index.speech.lines import Line, Speaker
from index.speech.organisations import BODIES, DOCUMENTS, GROUPS, PARTIES, is_outlet
from index.speech.phrases import Phrase
from index.speech.salience import INSIDERS, ISSUED, PUBLIC, Salience
from index.speech.subjects import opening_subject
from index.speech.wordset import words

# How many sentences farther off a pronoun finds whom it may mean; set on the training articles.
FIRST, LATER = 0.2, 2.5  # named first in a sentence, or later, where who speaks counts 0
OWNER = 2.0  # named as an owner only ("Quill's plan")
UNKNOWN = 2.0  # of unknown gender
UNSURE = 1.0  # who spoke, of unknown gender
DOUBTFUL = 4.0  # not known to be a person
OWN_WORDS = 2  # words before the last that make a description a name
SAME = words("aides official officials authorities executive executives spokesperson investigators prosecutors")
"""Those described are of the body that they were said to be of before."""
PERSONAL = words("team office family camp campaign estate foundation")
OFFICIAL = words("official officer")
POSSESSIVES = {"his": "he", "her": "she"}
ANONYMOUS = words("source official person individual")  # no byword of somebody who was named
CLOSED = 2.0  # named in words that the pronoun closes ("Quill will come, he said")


class Antecedents:
    """Resolves the phrases of one article, in reading order: each answer may rest on who spoke before."""

    def __init__(self, lines: Sequence[Line], cast: Cast) -> None:
        self.lines, self.cast = lines, cast
        self.salience = Salience(lines, cast)
        self._known: dict[str, Speaker] = {}

    def resolve(self, phrase: Phrase, number: int, at: int) -> Speaker | None:
        """Give the speaker that a phrase at token `at` of sentence `number` means."""
        if phrase.pronoun:
            return self._pronoun(phrase, number, at)
        if phrase.name:
            figure = self.cast.find(phrase.name)
            if figure and phrase.beside:
                return self._together(phrase, figure)
            if figure:
                return self.named(figure, phrase.text)
            return Speaker(phrase.name, phrase.text, self.cast.group_name(phrase.group))
        if not phrase.head:
            return None
        if phrase.text[0].isupper() and " " not in phrase.text:
            figure = self.cast.find(phrase.text)
            if figure:
                return self.named(figure, phrase.text)
        return self._described(phrase, number, at)

    def labelled(self, label: str) -> Speaker | None:
        """Give the person whom the label of a turn means: "ZARIF" is the Zarif whom the article names."""
        for name in (label.title(), label) if label.isupper() else (label,):
            figure = self.cast.find(name.removeprefix("Dr. ").removeprefix("Dr "))
            if figure and figure.human:
                return self.named(figure, label)
        return None

    def interviewed(self, title: str) -> Speaker | None:
        """Tell who answers in an interview: the person whom the title names, else the one most often named."""
        named = [figure for figure in self.cast.figures if " " in figure.name]
        titled = [f for f in named if (f.human or f.likely_human) and f.name.rsplit(" ", 1)[-1] in title]
        figure = max(titled or [f for f in named if f.human], key=lambda figure: figure.count, default=None)
        return self.named(figure, "A") if figure else None

    def _together(self, phrase: Phrase, last: Figure) -> Speaker:
        """Give two people or more who speak as one: "Ann Roe and Jim Lee"."""
        found = [(self.cast.find(name), name) for name in phrase.beside]
        name = f"{', '.join(figure.name if figure else name for figure, name in found)} and {last.name}"
        groups = (self.cast.backing.speaks_for(figure) for figure in (*(figure for figure, _ in found), last) if figure)
        return Speaker(name, phrase.text, next((group for group in groups if group), None), None, plural=True)

    def named(self, figure: Figure, written: str) -> Speaker:
        """Give a figure as a speaker."""
        group = self.cast.backing.speaks_for(figure)
        return Speaker(figure.name, written, group, figure, figure.gender, organisation=figure.organisation)

    def _pronoun(self, phrase: Phrase, number: int, at: int) -> Speaker | None:
        """Tell whom "he", "she", "they" or "it" means."""
        word = phrase.pronoun
        if word in ("i", "we", "you", "who"):
            return None
        gender = {"he": "m", "she": "f"}.get(word, "")
        best: tuple[float, Speaker] | None = None
        for back in range(number, max(-1, number - 25), -1):
            distance = number - back
            if best and best[0] <= distance:
                break
            inside = CLOSED if not distance and self._closes(number, at) else 0.0
            offered = [*self._antecedents(back, at if not distance else None, gender, word)]
            if word == "it" and 0 < distance <= 2 and self._closes(number, at) and (body := self._body_told_of(back)):
                offered.append((FIRST, self.named(body, body.name)))
            for cost, who in offered:
                if distance == 1 and self._opens(who, back, number):
                    cost = min(cost, 0.0 if who.gender else UNSURE)
                cost += inside
                if best is None or distance + cost < best[0]:
                    best = (distance + cost, who)
        if best is None:
            return None
        return replace(best[1], written=phrase.text, gender=best[1].gender or gender)

    def _opens(self, who: Speaker, number: int, later: int) -> bool:
        """Say whether somebody is the subject of a sentence, "The mayor, Ann Roe, nodded.", in a later one's paragraph.

        Only a person counts.
        """
        line = self.lines[number]
        if not (who.figure and who.figure.human) or line.paragraph != self.lines[later].paragraph:
            return False
        span = opening_subject(line.tokens, len(line.tokens))
        told = (m for m in self.cast.mentions[number] if m.figure is who.figure and not m.possessive)
        return span is not None and any(span[0] <= mention.token < span[1] for mention in told)

    def _closes(self, number: int, at: int) -> bool:
        """Say whether a pronoun closes its sentence ("…, he said."), so that names before it are of what was said."""
        tokens = self.lines[number].tokens
        return at > 0 and len(tokens) - at <= 8 and (tokens[at - 1].text == "," or tokens[at - 1].kind == "quote")

    def _antecedents(self, number: int, before: int | None, gender: str, word: str) -> Iterator[tuple[float, Speaker]]:
        """Tell whom a sentence offers to a pronoun, each with how many sentences farther off he counts.

        Who speaks there comes first, then who is named first, then others; an unknown gender counts too.
        """
        if before is None:
            for who, _ in self.lines[number].speakers:
                if self._fits(who, gender, word):
                    yield (0.0 if who.gender or not gender else UNSURE), who
        if not gender:
            return
        for place, mention in enumerate(self.cast.mentions[number]):
            figure = mention.figure
            if before is not None and mention.token >= before:
                break
            if figure.gender in ("", gender) and (figure.human or figure.likely_human):
                cost = 0.0 if figure.human else DOUBTFUL
                cost += (LATER if place else FIRST) + OWNER * mention.possessive + (0.0 if figure.gender else UNKNOWN)
                yield cost, self.named(figure, figure.name)

    def _body_told_of(self, number: int) -> Figure | None:
        """Give the organisation that a sentence says to have spoken out: "The Dover Watch was critical of the plan"."""
        line = self.lines[number]
        span = opening_subject(line.tokens, len(line.tokens))
        if span is None:
            return None
        after = [token.lower for token in line.tokens[span[1] :]]
        issued = any(word in ISSUED for word in after) and after[0] not in BE  # not "was criticised in a statement"
        if not (issued or "critical" in after or any(cue.start == span[0] for cue in line.cues)):
            return None
        told = [m for m in self.cast.mentions[number] if span[0] <= m.token < span[1] and not m.possessive]
        body = told[0].figure if len(told) == 1 else None
        return body if body and body.organisation and body.acting and not is_outlet(body.name) else None

    def _fits(self, who: Speaker, gender: str, word: str) -> bool:
        """Say whether a pronoun can mean somebody who has spoken."""
        if gender:
            human = who.figure.human if who.figure else who.human
            return human and not who.plural and who.gender in ("", gender)
        if word == "they":
            return who.plural or who.organisation or not who.gender
        return who.organisation or (who.figure is None and not who.human)

    def _described(self, phrase: Phrase, number: int, at: int) -> Speaker | None:
        """Tell whom "the minister", "the company" or "officials" means."""
        role = role_of(phrase.head)
        if not role and phrase.head in FUNCTION_WORDS:
            return None
        if owned := self._belonging(phrase, number, at):
            return owned
        known = self._definite(phrase, role, number, at) if phrase.definite else None
        if known and (known.group or known.figure or phrase.head not in DOCUMENTS):
            return known
        who = known or self._as_written(phrase, role, number)
        if phrase.head in DOCUMENTS:
            who = self._with_issuer(who, phrase, number, at)
        self._known[phrase.head] = who
        return who

    def _with_issuer(self, who: Speaker, phrase: Phrase, number: int, at: int) -> Speaker:
        """Name a document with who issued it: "The report, released by the Dover Fund" -> "Dover Fund report"."""
        if phrase.definite and not who.group:
            issuer = self.salience.issuer(phrase.head, number, at)
            group = self.cast.backing.speaks_for(issuer) if issuer else None
            return replace(who, name=f"{issuer.name} {phrase.head}", group=group) if issuer else who
        told = phrase.group and who.group and phrase.group not in who.name
        return replace(who, name=f"{who.group} {who.name}") if told else who

    def _belonging(self, phrase: Phrase, number: int, at: int) -> Speaker | None:
        """Give whom somebody speaks through: "his office" -> "Tomas Ardel's office"."""
        first, _, rest = phrase.text.partition(" ")
        pronoun = POSSESSIVES.get(first.lower()) if phrase.head in PERSONAL | SPOKESPEOPLE else None
        owner = self._pronoun(replace(phrase, pronoun=pronoun), number, at) if pronoun else None
        if owner is None:
            return None
        group = owner.name if phrase.head in SPOKESPEOPLE else owner.group or owner.name
        return Speaker(f"{owner.name}'s {rest}", phrase.text, group, human=phrase.head in SPOKESPEOPLE)

    def _definite(self, phrase: Phrase, role: str, number: int, at: int) -> Speaker | None:
        """Tell whom a description with "the" means that the article has named or described before."""
        if phrase.group:
            holder = self.salience.holder(phrase, number) if role and not phrase.plural else None
            return self.named(holder, phrase.text) if holder else None
        figure = self.salience.described(phrase, role, number, at)
        if figure and phrase.head in ANONYMOUS and not figure.spoken:
            figure = None
        if figure is None and phrase.head in self._known:
            return replace(self._known[phrase.head], written=phrase.text)
        if figure is None and phrase.head not in ANONYMOUS:
            figure = self.salience.likely(phrase, role, number)
        if figure and not role and is_another(phrase, figure):
            return None
        return self.named(figure, phrase.text) if figure else None

    def _as_written(self, phrase: Phrase, role: str, number: int) -> Speaker:
        """Give a description as a speaker by its own words."""
        name = speaking_name(phrase)
        group = self._group(phrase, role, number)
        organisation = phrase.head in GROUPS
        if organisation and not group and phrase.definite:
            group = name
        gender = word_gender(frozenset((role,))) if role else ""
        return Speaker(name, phrase.text, group, None, gender, phrase.plural, organisation, human=bool(role))

    def _group(self, phrase: Phrase, role: str, number: int) -> str | None:
        """Tell what stands behind somebody who is described: "US officials", "the union's president", "officials"."""
        owner = self.cast.find(phrase.group) if phrase.group else None
        if owner and owner.somebody and role.removesuffix("s") not in SPOKESPEOPLE:
            personal = owner.name if phrase.head in PERSONAL else None
            return self.cast.backing.speaks_for(owner) or personal  # "Roe officials", "Roe's team"
        group = self.cast.group_name(phrase.group) or party_of(phrase.text)
        if group:
            return group
        if phrase.head.removesuffix("s") in OFFICIAL and (body := self.cast.backing.served(phrase.text)):
            return body
        employer = self.salience.owner(phrase.owner, number) if phrase.owner else None
        if employer is None and role in INSIDERS and phrase.owner not in PUBLIC:
            employer = self.salience.organisation_before(number)
        before = self._known.get(phrase.head)
        same = before and phrase.head in SAME and len(phrase.text.split()) < 3
        return employer.name if employer else before.group if before and same else None


def is_another(phrase: Phrase, figure: Figure) -> bool:
    """Say whether a description means another than a body that was named: "the health board", no "Accident Board"."""
    words = [word.lower() for word in phrase.text.split() if word.lower() not in FUNCTION_WORDS]
    told = [word for word in words if word != phrase.head]
    known = figure.name.lower().split()
    return len(told) >= (1 if phrase.head in BODIES else OWN_WORDS) and not any(word in known for word in told)


def party_of(description: str) -> str | None:
    """Give the party that a description's words name: "Republican lawmakers" -> "Republican Party"."""
    words = (word.removesuffix("s") for word in description.lower().split())
    return next((PARTIES[word] for word in words if word in PARTIES), None)


def speaking_name(phrase: Phrase) -> str:
    """Give a description as a speaker's name: without the article that begins it."""
    words = phrase.text.split()
    if words and words[0].lower() in ("the", "a", "an", "but", "and"):
        words = words[1:]
    return " ".join(words)
