"""Interviews and transcripts: paragraphs that begin with who speaks ("ZARIF: …", "Q: …", "A: …")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.speech.wordset import words

LABEL = re.compile(r"(?P<name>Q|A|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4})(?: ?[(][^()\n]{1,30}[)])?\s?:\s+(?=\S)")
ASKED = frozenset(("q", "question", "interviewer", "host", "reporter", "moderator"))
ANSWERED = frozenset(("a", "answer"))
HEADINGS = words(
    """
    more read watch related note update updated photos video source listen opinion contact where when what who why
    how details cost price address location hours info tickets time date exclusive breaking fact-check correction
    """
)  # what news sets before a colon without anybody speaking


@dataclass(frozen=True, slots=True)
class Turn:
    """The sentence at which somebody begins to speak, and the label it begins with, as the article has it."""

    sentence: int
    label: str

    @property
    def asks(self) -> bool:
        """The label is the interviewer's."""
        return self.label.lower() in ASKED

    @property
    def answers(self) -> bool:
        """The label is that of whoever is interviewed."""
        return self.label.lower() in ANSWERED


def turns(text: str, sentences: Sequence[tuple[int, int]], paragraphs: Sequence[int]) -> list[Turn]:
    """Find the turns of what may be a transcript: at least four labelled paragraphs, half of them by labels that recur.

    `paragraphs` gives for each sentence the number of its paragraph. Lists of scores and of opening hours look the same
    ("Tuesday: …"), so the caller has to hold the labels against the people of the article.
    """
    found: list[Turn] = []
    for number, (start, end) in enumerate(sentences):
        opens = number == 0 or paragraphs[number] != paragraphs[number - 1]
        label = LABEL.match(text, start, end) if opens else None
        if label and label["name"].lower().split()[0] not in HEADINGS:
            found.append(Turn(number, label["name"]))
    counts = Counter(turn.label for turn in found)
    recurring = sum(count for count in counts.values() if count > 1)
    return found if len(found) >= 4 and recurring * 2 >= len(found) else []
