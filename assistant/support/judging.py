"""A sentence of a draft held against the evidence that it cites, without a further call of the model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate
from assistant.support.attribution import Shown, attributed, leans_on_before, opens_alike, quoteless, roles_of, voices
from assistant.support.operators import MODAL, turned
from assistant.support.quantities import astray, has_unit, quantities, spelled
from assistant.support.quoting import as_in_source
from assistant.support.roles import lent, misdated, misled, reversed_roles
from assistant.support.words import content, held, opposite, words

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
Entails = Callable[[str, str], bool]

CHECKS = ("quotations", "numbers", "negation", "speaker", "roles", "words")
"""What every written sentence was held against, in this order."""
MARKUP = re.compile(r"https?:|www\.|javascript:|data:[\w/]|<|>|\]\(|!\[|[{}|\\]|```", re.IGNORECASE)
BRACKETS = re.compile(r"[\[\]]")
AGAINST = (
    (turned, "“{}” does not bear on the same words in the evidence"),
    (reversed_roles, "the evidence has the two sides of “{}” the other way round"),
    (misled, "the evidence has another word before “{}”"),
    (misdated, "the evidence has “{}” beside something else"),
    (lent, "the evidence does not say whose “{}” it is"),
)
"""Checks of a sentence against the cited text: each gives the first word that is amiss, or None."""
LONGEST = 600
"""Characters of a sentence; what is longer is no sentence of a note."""
LEAST_WORDS = 3
"""Words that state something; with fewer it says nothing."""
NEAR = 0.45
"""The cosine to its evidence from which a sentence counts as speaking of the same: the highest at which no sentence of
three sets of faithful drafts is refused for it alone (at 0.6 it is three of 269)."""
REPORTING = frozenset(
    """say tell state note add report announce describe explain write according accord statement comment speak mention
    account article both also include call tweet date""".split()
)
"""Words of reporting: they claim nothing that attribution does not."""
REPORTED = re.compile(r"\b(?:as of|dated|report\w*|according|wrote|writes|published|article)\b|\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judged sentence: as it may be shown, or why it may not (`refused`), and what it was held against."""

    text: str
    refused: str | None = None
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """Holds sentences against their evidence; `entails` is a model for natural language inference, where one is set."""

    embed: Embed
    entails: Entails | None = None

    def judge(self, sentence: str, cited: Sequence[Candidate], before: Sequence[Shown] = ()) -> Verdict:
        """Whether the cited sentences carry this one, `before` being the sentences shown before it.

        The quotations are made the source's own words; speech given as a fact gets its speaker. Nothing else is
        mended: a sentence that says more than its evidence does not pass.
        """
        if not cited:
            return Verdict("", "it has no marker of the evidence")
        if MARKUP.search(sentence) or BRACKETS.search(quoteless(sentence)) or "\n" in sentence.strip():
            return Verdict("", "it holds a link or markup")
        if len(sentence) > LONGEST or len(content(sentence)) < LEAST_WORDS or sentence.rstrip().endswith("?"):
            return Verdict("", "it states nothing, or too much at once")
        if leans_on_before(sentence) and not before and not opens_alike(sentence, cited[0]):
            return Verdict("", "it leans on a sentence that is not there")
        quoted = as_in_source(sentence, cited)
        if quoted.untrue:
            return Verdict("", f"the evidence does not have the words “{quoted.untrue}”")
        said = attributed(quoted.text, cited, before)
        if said is None:
            return Verdict("", "it gives these words to somebody else, or to nobody")
        if refused := self._refused(said, cited):
            return Verdict("", refused)
        return Verdict(said, None, CHECKS + (("entailment",) if self.entails else ()))

    def carried_by(
        self, sentence: str, cited: Sequence[Candidate], before: Sequence[Shown] = ()
    ) -> tuple[Verdict, list[Candidate]]:
        """The verdict on a sentence, and which of the cited sentences it needs; none when they do not carry it.

        A marker too many does not hurt: where all together do not carry it, each alone may.
        """
        verdict = self.judge(sentence, cited, before)
        if verdict.refused is not None:
            alone = ((self.judge(sentence, [one], before), [one]) for one in cited if len(cited) > 1)
            return next((found for found in alone if found[0].refused is None), (verdict, []))
        kept = list(cited)
        for one in cited:
            rest = [c for c in kept if c is not one]
            if rest and self.judge(sentence, rest, before).text == verdict.text:
                kept = rest
        return verdict, kept

    def _refused(self, sentence: str, cited: Sequence[Candidate]) -> str | None:
        source = "\n".join(c.text for c in cited)
        reported = REPORTED.search(sentence)
        dates = " ".join(_date(c) for c in cited) if reported else ""
        if number := astray(sentence, f"{source}\n{dates}"):
            return f"the evidence does not give {number} so"
        for check, fault in AGAINST:
            if found := check(sentence, source):
                return fault.format(found)
        if number := _joined(sentence, cited):
            return f"the evidence gives {number} for something else"
        names = " ".join(name for c in cited for name in (*voices(c), c.article.source or "", *roles_of(c)))
        if strange := _strange(sentence, f"{source}\n{names}\n{dates}", lenient=self.entails is not None):
            return f"the evidence does not say “{strange}”"
        vectors = self.embed([sentence, *_stretches(cited)])
        if float((vectors[1:] @ vectors[0]).max()) < NEAR:
            return "it speaks of something else than its evidence"
        if self.entails and not self.entails(source, sentence):
            return "it does not follow from its evidence"
        return None


def _strange(sentence: str, known: str, *, lenient: bool) -> str | None:
    """The first word that states something and that nothing known means; with `lenient`, only a name or an opposite."""
    there = {word.key for word in words(known)}
    first = True
    for word in words(sentence):
        opening, first = first, False
        read_elsewhere = word.key[0].isdigit() or spelled(word.key) or word.key in MODAL
        read_elsewhere = read_elsewhere or has_unit(word.key, known)
        if not word.states or read_elsewhere or word.key in REPORTING or held(word.key, there):
            continue
        against = any(opposite(word.key, other) for other in there)
        if against or not lenient or (word.named and not opening):
            return word.key
    return None


def _joined(sentence: str, cited: Sequence[Candidate]) -> str | None:
    """The first number that only one of several cited sentences gives, of names of which the claim has none."""
    names = [w.key for w in words(sentence) if w.named and w.start > 0]
    for number in dict.fromkeys(q.value for q in quantities(sentence)):
        own = [c for c in cited if any(q.value == number for q in quantities(c.text))]
        if len(cited) < 2 or len(own) != 1 or not names:
            continue
        there = [w.key for w in words(own[0].text) if w.named and w.states and w.start > 1]
        if there and not any(held(name, (*there, *content(" ".join(voices(own[0]))))) for name in names):
            return number
    return None


def _stretches(cited: Sequence[Candidate]) -> list[str]:
    """The cited sentences, all as one, and their parts between commas and the like: a sentence may give one alone."""
    texts = [c.text for c in cited]
    parts = [part.strip() for text in texts for part in re.split(r"[,;:—–]\s", text)]
    return [" ".join(texts), *texts, *(part for part in parts if len(part.split()) >= LEAST_WORDS)]


def _date(c: Candidate) -> str:
    day = c.article.published
    return f"{day.day} {day:%B %Y}" if day else ""
