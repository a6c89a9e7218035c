"""The people and organisations of one article: every name they go by, their roles, and whom they speak for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.speech.backing import Backing
from index.speech.countries import country_of_adjective
from index.speech.figures import Figure, Mention, initials, is_place, without_titles
from index.speech.givennames import HE, SHE, given_gender, word_gender
from index.speech.lexicon import ADDRESSES, EMPLOYED, SPOKESPEOPLE, SUFFIXES
from index.speech.mentions import called_a_firm, named_phrases
from index.speech.organisations import ORGANISATION_WORDS, PARTIES, PRESS, is_organisation
from index.speech.phrases import Phrase
from index.speech.teams import teams_meant
from index.speech.tokens import Token
from index.speech.wordset import words

GENERIC = words(
    "group office committee department commission agency board council campaign party union team company legal deputy"
) | words("supreme police fire house senate state city county democratic republican party black white asian")
PARTY_MARKS = {"R-": "republican", "D-": "democrat"}  # "Ann Roe, R-Ohio"
OWNED = re.compile(r"['’]s ")
FOLLOWED = words("council board committee commission association federation society institute academy union ministry")
LOCATIVE = words("in near across outside inside around")
CROWD = 50  # figures looked up under one word; keeps a directory of thousands of names linear
LOCAL = words("county city district park school games")  # "Passaic" is not short for "Passaic County"
WHOLE = ORGANISATION_WORDS - LOCAL - (PRESS - words("news")) - words("republicans democrats conservatives")


def _extends(figure: Figure, key: str) -> bool:
    """Say whether a figure's name is `key` with a word or two before it, or with words for organisations after it."""
    name = figure.name.lower()
    if figure.gender or not (name.startswith(key + " ") or name.endswith(" " + key)):
        return False
    rest = name.removeprefix(key).removesuffix(key).split()
    return len(rest) <= 2 and (name.endswith(key) or rest[-1] in WHOLE)


def _suffixed(words: Sequence[str]) -> bool:
    """Say whether the words of a name end in "Jr." or the like."""
    return len(words) > 1 and words[-1].rstrip(".").lower() in SUFFIXES


def _index(table: dict[str, list[Figure]], word: str, figure: Figure) -> None:
    """Enter a figure under a word of its name, unless a crowd is there already."""
    row = table.setdefault(word, [])
    if len(row) < CROWD:
        row.append(figure)


class Cast:
    """Every figure of an article, and the sentences that mention each."""

    def __init__(
        self,
        sentences: Sequence[Sequence[Token]],
        text: str,
        acronyms: Mapping[int, str] | None = None,
        place: str = "",
    ) -> None:
        """`acronyms` are those that the article gives in brackets, each by where the name before it ends.

        `place` is the state that all of the sentences are about, where the article says so.
        """
        self.place = place
        self._written_short = acronyms or {}
        self._by_name: dict[str, Figure] = {}
        self._by_last: dict[str, list[Figure]] = {}
        self._by_first: dict[str, list[Figure]] = {}
        self._by_acronym: dict[str, Figure] = {}
        self._by_edge: dict[str, list[Figure]] = {}
        self._fullest: dict[str, str] = {}
        self.backing = Backing(self)
        self.mentions: list[list[Mention]] = [[] for _ in sentences]
        found = [
            (number, start, phrase, end, tokens)
            for number, tokens in enumerate(sentences)
            for start, end, phrase in named_phrases(tokens, text)
        ]
        for item in sorted(found, key=lambda f: not _suffixed(f[2].name.split())):
            if " " in item[2].name:
                self._add(*item)
        for *_, phrase, _, _ in found:
            if phrase.group and " " in phrase.group and is_organisation(phrase.group) and not self.find(phrase.group):
                self._enter(phrase.group)
        for item in found:
            if " " not in item[2].name:
                self._add(*item)
        for row in self.mentions:
            row.sort(key=lambda m: m.token)
        self._settle_employers()

    @property
    def figures(self) -> list[Figure]:
        """Every figure, in the order of entry."""
        return list(self._by_name.values())

    def _add(self, number: int, start: int, phrase: Phrase, end: int, tokens: Sequence[Token]) -> None:
        """Enter one mention, as a new figure or a further mention of one."""
        if not phrase.name:
            return
        figure = self.find(phrase.name) or self._enter(phrase.name)
        figure.count += 1
        figure.roles |= phrase.roles
        if short := self._written_short.get(tokens[end - 1].end):
            self._by_acronym[short] = self._spelled_out(short, tokens[:end]) or figure
        mark = tokens[end + 1].text if end + 1 < len(tokens) and tokens[end].text in (",", "(") else ""
        if mark[:2] in PARTY_MARKS:
            figure.roles.add(PARTY_MARKS[mark[:2]])
        figure.located += start > 0 and tokens[start - 1].lower in LOCATIVE
        figure.articled += start > 0 and tokens[start - 1].lower == "the"
        if phrase.group and phrase.group != figure.name and not phrase.past:
            self.backing.employ(figure, phrase.group)
        if phrase.roles and not figure.owner:
            figure.owner = phrase.owner
        figure.organisation |= called_a_firm(tokens, end) and not given_gender(figure.name)
        if figure.person:
            figure.gender = word_gender(phrase.roles) or figure.gender or given_gender(figure.name)
        owner = end < len(tokens) and tokens[end].kind == "possessive"
        self.mentions[number].append(Mention(figure, number, start, owner))

    def _spelled_out(self, short: str, tokens: Sequence[Token]) -> Figure | None:
        """Give what an acronym stands for, by its letters: small words may part the name ("Surfers Against Waste")."""
        for begin in range(len(tokens) - 2, max(-1, len(tokens) - 3 * len(short)), -1):
            name = " ".join(token.text for token in tokens[begin:])
            if tokens[begin].text[0].isupper() and initials(name) == short:
                return self.find(name) or self._enter(name)
        return None

    def _enter(self, name: str) -> Figure:
        """Give a new figure by that name."""
        figure = Figure(name, organisation=is_organisation(name) or is_place(name))
        key = name.lower().replace("’", "'")
        self._by_name[key] = figure
        words = key.split()
        for word in {words[0], words[-1]}:
            _index(self._by_edge, word, figure)
        while _suffixed(words):
            words = words[:-1]
        if not figure.organisation or len(words) > 1:
            for word in {words[-1], words[0]} if not figure.organisation else {words[-1]}:
                _index(self._by_last, word.rstrip("."), figure)
            if words[-1].startswith(("al-", "el-")):  # "al-Kaabi" is called "Kaabi" and "Al Kaabi" too
                _index(self._by_last, words[-1][3:], figure)
        if figure.organisation and len(words) > 1:
            _index(self._by_first, words[0], figure)
        if len(words) > 1:
            self._abbreviate(figure, name)
        return figure

    def _abbreviate(self, figure: Figure, name: str) -> None:
        """Enter the acronyms of a name, with and without its country, and without its last word ("CDC")."""
        plain = re.sub(r"^(?:US|U\.S\.|UK|U\.K\.|United States|National) ", "", name)
        for short in (initials(name), initials(plain)):
            for form in (short, short[:-1]) if len(short) > 3 else (short,):
                if len(form) > 1 and form not in self._by_acronym:
                    self._by_acronym[form] = figure

    def find(self, name: str) -> Figure | None:
        """Give the figure that a name, a surname or an acronym means."""
        key = name.lower().replace("’", "'")
        if key in self._by_name:
            return self._by_name[key]
        short = name.replace(".", "")
        if short.isupper() and short in self._by_acronym:
            return self._by_acronym[short]
        words = key.split()
        if not words:
            return None
        whole = self._whole(key, words[0])
        if whole:
            return whole
        if len(words) == 2 and words[0] in ("al", "el"):
            return self.find(words[1])
        if len(words) == 1:
            matches = self._by_last.get(key, [])
            last = [f for f in matches if f.person and key in f.name.lower().split()[1:]]
            last = last or [f for f in matches if f.person]
            return last[0] if last else None
        for prefix in ("us ", "u.s. ", "the "):
            if key.startswith(prefix) and key.removeprefix(prefix) in self._by_name:
                return self._by_name[key.removeprefix(prefix)]
            if prefix + key in self._by_name:
                return self._by_name[prefix + key]
        for figure in self._by_last.get(words[-1], []):
            names = figure.name.lower().split()
            surname = figure.name.lower().endswith(" " + key)
            if figure.person and (surname or (names[0] == words[0] and words[-1] in names)):
                return figure
        return None

    def _whole(self, key: str, first: str) -> Figure | None:
        """Give the organisation whose name is `key` and words for organisations after it ("Acme Holdings")."""
        for figure in self._by_first.get(first, []):
            rest = figure.name.lower().removeprefix(key + " ").split()
            begins = figure.name.lower().startswith(key + " ") and not given_gender(figure.name)
            if begins and len(rest) <= 3 and all(word.rstrip(".") in WHOLE for word in rest):
                return figure
        return None

    def organisation_ending(self, noun: str) -> Figure | None:
        """Give the organisation whose name ends in `noun`: "the board" -> "Ohio Medical Board"; or "Board of Dover"."""
        singular = noun.removesuffix("s")
        matches = self._by_last.get(noun, []) or self._by_last.get(singular, [])
        whole = next((f for f in matches if f.organisation), None)
        if whole or singular not in FOLLOWED:
            return whole
        return next((f for f in self.figures if f.organisation and f" {singular} of " in f" {f.name.lower()} "), None)

    def group_name(self, group: str | None) -> str | None:
        """Give an organisation or country in its fullest form; None where the words name none."""
        if not group:
            return None
        name = without_titles(re.sub("^(?:[Tt]he |[Tt]hen-)", "", group).strip(" .,"))
        country = country_of_adjective(name) or PARTIES.get(name.lower())
        if country:
            return country
        owner, possessive, part = re.split(r"(['’]s )", name, maxsplit=1) if OWNED.search(name) else (name, "", "")
        if possessive and owner.isupper() and (whole := self.find(owner)):
            return f"{whole.name}{possessive}{part}"
        figure = self.find(name) if name else None
        if figure and (figure.organisation or name == figure.name):
            name = figure.name
        name = self._team(self._fuller(name))
        return None if not name or name.lower() in GENERIC else name

    def _fuller(self, name: str) -> str:
        """Give the longer form of an organisation the article has too: "Dover Police" -> "Dover Police Department"."""
        key = name.lower()
        if not key or is_place(name):
            return name
        if name not in self._fullest:
            edges = key.split()
            longer = (f for word in (edges[0], edges[-1]) for f in self._by_edge.get(word, []) if _extends(f, key))
            figure = next(longer, None)
            self._fullest[name] = figure.name if figure else name
        return self._fullest[name]

    def _team(self, name: str) -> str:
        """Give a team's full name where the article has that or its town: "Bucs" -> "Tampa Bay Buccaneers"."""
        for full in teams_meant(name):
            place = full.split()[0].lower()
            if any(figure.name.lower().startswith(place) for figure in self._by_edge.get(place, ())):
                return full
        return name

    def _settle_employers(self) -> None:
        """Whatever people of its own are said to work for is an organisation, unless it is somebody by name."""
        for figure in list(self._by_name.values()):
            if not figure.roles & EMPLOYED or figure.roles & SPOKESPEOPLE:
                continue
            for group in figure.groups:
                behind = self.find(group)
                if behind and behind is not figure:
                    behind.employing += 1
                if behind and behind is not figure and behind.person and not self._somebody(behind, group):
                    behind.organisation, behind.gender = True, ""

    def _somebody(self, behind: Figure, group: str) -> bool:
        """Say whether the figure that `group` names is a person: one called by the surname, or with a title."""
        if group.isupper() and " " in behind.name:  # an acronym
            return False
        if not given_gender(behind.name):
            return bool(behind.roles & ADDRESSES)
        return behind.name.lower() != group.lower() or bool(behind.roles)

    def settle_genders(self, sentences: Sequence[Sequence[Token]]) -> None:
        """Guess a gender from the pronouns of sentences that name one person only."""
        votes: dict[int, list[int]] = {}
        for number, tokens in enumerate(sentences):
            people = {id(m.figure): m.figure for m in self.mentions[number] if m.figure.human or m.figure.spoken}
            if len(people) != 1:
                continue
            figure = next(iter(people.values()))
            if figure.gender:
                continue
            words = [t.lower for t in tokens]
            tally = votes.setdefault(id(figure), [0, 0])
            tally[0] += sum(w in HE for w in words)
            tally[1] += sum(w in SHE for w in words)
        for figure in self._by_name.values():
            he, she = votes.get(id(figure), (0, 0))
            if abs(he - she) > (" " not in figure.name):
                figure.gender = "m" if he > she else "f"
