"""Who speaks in each sentence of an article, and for whom.

Rules only, in the order of the sieves of Muzny et al. 2017: a cue of speech beside the words names the speaker; a
quotation that runs on keeps the speaker it has elsewhere; what is left goes to whom the talk is of. Pronouns and
descriptions are resolved within the article, by recency, gender and number (as O'Keefe et al. 2012, "A sequence
labelling approach to quote attribution", found enough for news).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.records import Affiliation, Attribution
from index.speech.antecedents import Antecedents
from index.speech.cast import Cast
from index.speech.cues import Cue
from index.speech.digests import parts
from index.speech.employers import paper_beside
from index.speech.figures import is_place
from index.speech.lexicon import TITLES, can_speak
from index.speech.lines import Line, Speaker, lines_of, reads_as_english
from index.speech.organisations import is_outlet
from index.speech.phrases import read_phrase
from index.speech.plain import plain
from index.speech.quotes import Quote, quotations
from index.speech.salience import INSIDERS
from index.speech.subjects import opening_subject, subject_after
from index.speech.transcripts import Turn, turns


def attribute(text: str, sentences: Sequence[tuple[int, int]], *, title: str = "") -> list[Attribution]:
    """Give one Attribution for each sentence that is speech (two where two people speak), in order.

    `sentences` are the (start, end) offsets of the article's sentences in order; every Attribution has one of them.
    Whom somebody speaks for is what this article says; what others say of it is `index.affiliations`' concern. The
    rules are for English: an article in another language gets no attributions.
    """
    return read_speech(text, sentences, title=title).attributions


class Speech(NamedTuple):
    """What one article says: who speaks where, and who speaks for whom."""

    attributions: list[Attribution]
    affiliations: list[Affiliation]


def read_speech(text: str, sentences: Sequence[tuple[int, int]], *, title: str = "") -> Speech:
    """Give what `attribute` gives, and the affiliations of people by their full names that the article states."""
    if not reads_as_english(text):
        return Speech([], [])
    text, acronyms = plain(text)
    quotes = quotations(text)
    found = [
        _read(text, lines, quotes, Cast([line.tokens for line in lines], text, acronyms, place), title)
        for place, lines in parts(text, lines_of(text, sentences, quotes))
    ]
    return Speech(
        [a for part in found for a in part.attributions], _once(a for part in found for a in part.affiliations)
    )


def _read(text: str, lines: Sequence[Line], quotes: Sequence[Quote], cast: Cast, title: str) -> Speech:
    """Read sentences that belong together: an article, or a part of a digest."""
    reading = Reading(text, lines, quotes, cast)
    reading.turns(title)
    reading.cues()
    reading.signatures()
    reading.quotations()
    said = [
        Attribution(line.start, line.end, who.name, who.written, who.group, line.kind, cue)
        for line in lines
        for who, cue in line.speakers
        if who.name
    ]
    return Speech(said, cast.backing.affiliations())


def _once(found: Iterable[Affiliation]) -> list[Affiliation]:
    """Leave out what one article says again of the same people."""
    return list({(a.name, a.organisation): a for a in found}.values())


RULES = "23"
"""The state of the rules; raised with every change of what they give, so that archives are read anew."""
SOME = 15
"""Quoted characters that are more than a term."""


class Reading:
    """One article as it is read, sentence by sentence: fills in `Line.speakers`."""

    def __init__(self, text: str, lines: Sequence[Line], quotes: Sequence[Quote], cast: Cast) -> None:
        self.text, self.lines, self.quotes, self.cast = text, lines, quotes, cast
        self.antecedents = Antecedents(lines, cast)

    def turns(self, title: str) -> None:
        """Give the sentences of a transcript their speakers; who asks is not named and gets none."""
        paragraphs = [line.paragraph for line in self.lines]
        found = turns(self.text, [(line.start, line.end) for line in self.lines], paragraphs)
        said = [self._turn_speaker(turn, title) for turn in found]
        strangers = sum(
            who is None and not (turn.asks or is_outlet(turn.label)) for turn, who in zip(found, said, strict=True)
        )
        if sum(who is not None for who in said) < 2 or strangers * 4 > len(found):
            return
        ends = [turn.sentence for turn in found[1:]] + [bisect_right(paragraphs, paragraphs[found[-1].sentence])]
        for turn, who, end in zip(found, said, ends, strict=True):
            for line in self.lines[turn.sentence : end]:
                line.turn = True
                if who:
                    line.speakers.append((who, ":"))

    def _turn_speaker(self, turn: Turn, title: str) -> Speaker | None:
        """Give the person whom the label of a turn means, None for who asks and for a label nobody is known by."""
        if turn.asks or is_outlet(turn.label):
            return None
        return self.antecedents.interviewed(title) if turn.answers else self.antecedents.labelled(turn.label)

    def cues(self) -> None:
        """Give each sentence with a cue its speakers."""
        self._mark_those_who_speak()
        for number, line in enumerate(self.lines):
            if line.turn:
                continue
            for cue in self._in_order(line):
                if cue.weak and not self._backed(number, cue):
                    continue
                who = self._speaker(number, cue)
                if who and all(who.name != other.name for other, _ in line.speakers):
                    if line.speakers and not line.apart(cue):
                        continue
                    line.speakers.append((who, cue.base))
            del line.speakers[2:]

    def _in_order(self, line: Line) -> list[Cue]:
        """Give the cues of a sentence, the one that closes it first: "…, said X.", "…, according to Y."."""
        cues = line.cues
        return [cues[-1], *cues[:-1]] if len(cues) > 1 and cues[-1].closing else cues

    def _mark_those_who_speak(self) -> None:
        """Note which figures are the subjects of verbs of speech anywhere, before pronouns are resolved."""
        for line in self.lines:
            for cue in line.cues:
                if not cue.participle and not cue.weak and cue.base not in ("according to", "report", "announce"):
                    self._mark(line, cue)
        self.cast.settle_genders([line.tokens for line in self.lines])
        self._place_insiders()

    def _mark(self, line: Line, cue: Cue) -> None:
        """Note that the subject of a cue speaks, and what the phrase says of him or her."""
        phrase = read_phrase(line.tokens, cue.start, cue.end, self.text)
        figure = self.cast.find(phrase.name) if phrase.name else None
        if figure is None:
            return
        figure.spoken = True
        figure.owner = figure.owner or phrase.owner
        figure.roles |= phrase.roles
        own = None if phrase.past else phrase.group
        group = own or (None if figure.groups else paper_beside(line.tokens, cue.at, self.text))
        if group and not phrase.beside:
            self.cast.backing.employ(figure, group)

    def _place_insiders(self) -> None:
        """Give those named without an employer the one that the talk is of.

        They are spokesmen and chief executives, and who is said to belong to something: "the union's president".
        """
        salience, seen = self.antecedents.salience, set[int]()
        for number, row in enumerate(self.cast.mentions):
            for mention in row:
                figure = mention.figure
                if id(figure) in seen or figure.organisation or not all(map(is_place, figure.groups)):
                    continue
                insider = figure.roles & INSIDERS
                employer = salience.owner(figure.owner, number, mention.token) if figure.owner else None
                if employer is None and insider and not figure.groups:
                    employer = salience.organisation_before(number, mention.token)
                if insider or figure.owner:
                    seen.add(id(figure))
                if employer:
                    self.cast.backing.employ(figure, employer.name)

    def _backed(self, number: int, cue: Cue) -> bool:
        """Say whether a weak cue has a quotation or a "that" beside it."""
        line = self.lines[number]
        after = line.tokens[cue.at + 1 : cue.at + 2]
        clause = bool(after) and after[0].lower in ("that", "whether", "how", "why")
        return bool(line.quotes) or clause or bool(self._cut_off(number))

    def _speaker(self, number: int, cue: Cue) -> Speaker | None:
        """Tell whom the subject of a cue means."""
        line = self.lines[number]
        if cue.participle:
            return self._main_subject(number, cue)
        phrase = read_phrase(line.tokens, cue.start, cue.end, self.text)
        cut_short = phrase.name.rstrip(".").lower() in TITLES or not (phrase.name or phrase.head or phrase.pronoun)
        if cut_short and number + 1 < len(self.lines) and cue.end >= len(line.tokens) - 1:
            following = self.cast.mentions[number + 1]
            return self.antecedents.named(following[0].figure, phrase.text) if following else None
        return self.antecedents.resolve(phrase, number, cue.start)

    def _main_subject(self, number: int, cue: Cue) -> Speaker | None:
        """Give the subject of the sentence, for "…, saying" and "… and said"."""
        line = self.lines[number]
        for other in line.cues:
            if other.at < cue.at and not other.participle:
                return self._speaker(number, other)
        span = opening_subject(line.tokens, cue.at)
        if span is None:
            return None
        return self.antecedents.resolve(read_phrase(line.tokens, *span, self.text), number, span[0])

    def signatures(self) -> None:
        """Give a quotation the speaker who is named on the line after it: "– Ann Roe, mayor of Dover"."""
        for number, line in enumerate(self.lines[1:], 1):
            quoted = self.lines[number - 1]
            if len(line.tokens) < 3 or line.tokens[0].text not in ("-", "–", "—") or quoted.share < 0.8:
                continue
            begin = next((i for i, t in enumerate(line.tokens) if t.text not in "-–—"), None)
            span = None if begin is None else subject_after(line.tokens, begin)
            if span is None or line.tokens[span[0]].kind != "name":
                continue
            who = self.antecedents.resolve(read_phrase(line.tokens, *span, self.text), number, span[0])
            if who:
                for other in self.lines[max(0, number - 12) : number]:
                    if set(other.quotes) & set(quoted.quotes):
                        other.speakers[:] = [(who, "–")]
                line.speakers[:] = [(who, "–")]

    def quotations(self) -> None:
        """Give each quoted sentence without a cue the speaker of the quotation that it belongs to.

        Where that has none, it is of who spoke in the sentence before, in the same paragraph; else the subject of the
        sentence speaks, else who spoke last, else who speaks next.
        """
        by_quote: dict[int, Speaker] = {}
        for number, line in enumerate(self.lines):
            for q in [*line.quotes, *self._cut_off(number)] if line.speakers else ():
                by_quote.setdefault(q, line.speakers[0][0])
        last: Speaker | None = None
        for number, line in enumerate(self.lines):
            if line.quotes and not line.speakers and not line.turn:
                who = next((by_quote[q] for q in line.quotes if q in by_quote), None) or self._introduced(number)
                if who is None and self._goes_on(number):
                    who = last
                elif who is None and _substantial(line):
                    who = self._own_subject(number) or last or self._following(number)
                if who:
                    by_quote.update(dict.fromkeys((q for q in line.quotes if q not in by_quote), who))
                    line.speakers.append((who, ""))
            last = line.speakers[0][0] if line.speakers else last

    def _introduced(self, number: int) -> Speaker | None:
        """Give the subject of a sentence that quotes another after a colon: "Ann Roe was blunt: “We gave it away.”"."""
        line = self.lines[number]
        colon = any(one.text == ":" and other.kind == "quote" for one, other in pairwise(line.tokens))
        whole = line.quoted >= SOME and self.text[line.start : line.end].rstrip("”’'\"").endswith((".", "?", "!"))
        return self._own_subject(number) if colon and whole else None

    def _goes_on(self, number: int) -> bool:
        """Say whether a sentence that quotes more than a term goes on with what was said in the one before."""
        line, before = self.lines[number], self.lines[number - 1] if number else None
        told = before is not None and before.paragraph == line.paragraph and bool(before.speakers)
        return told and line.quoted >= SOME

    def _cut_off(self, number: int) -> list[int]:
        """Give the quotation of the sentence before, when it was split from its cue: '"Wow!" | Ann Roe said.'."""
        line, before = self.lines[number], self.lines[number - 1] if number else None
        if before is None or not before.quotes or before.paragraph != line.paragraph or not line.cues:
            return []
        cue, quote = line.cues[0], self.quotes[before.quotes[-1]]
        early = cue.at <= 8 and min(cue.start, cue.at) == 0 and not cue.participle and cue.base != "tell"
        return [before.quotes[-1]] if early and quote.end == before.end and self.text[quote.end - 2] in "?!,…" else []

    def _own_subject(self, number: int) -> Speaker | None:
        """Give the subject of a sentence that quotes without a cue: "The order authorises …"."""
        tokens = self.lines[number].tokens
        first = next((i for i, token in enumerate(tokens) if token.kind == "quote"), 0)
        span = opening_subject(tokens, first) if first > 2 else None
        if span is None:
            return None
        phrase = read_phrase(tokens, *span, self.text)
        if not (phrase.name or phrase.pronoun or can_speak(phrase.head)):
            return None
        return self.antecedents.resolve(phrase, number, span[0])

    def _following(self, number: int) -> Speaker | None:
        """Give who speaks next, for a quotation that opens the article."""
        return next((line.speakers[0][0] for line in self.lines[number + 1 : number + 4] if line.speakers), None)


def _substantial(line: Line) -> bool:
    """Say whether what is quoted are words that were said, rather than a title or a term."""
    return line.share >= 0.6 or line.quoted > 60
