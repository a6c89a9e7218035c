"""Interviews and transcripts: paragraphs that begin with who speaks ("ZARIF: …", "Q: …", "A: …")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.speech.wordset import words

LABEL = re.compile(r"(?P<name>Q|A|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4})(?: ?[(][^()\n]{1,30}[)])?\s?:\s+(?=\S)")
ASKED = frozenset(("q", "question", "interviewer", "host", "reporter", "moderator"))
ANSWERED = frozenset(("a", "answer"))
ASKING = 0.6
"""The share of somebody's turns that end in a question, from which he is the interviewer."""
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
    asks: bool = False
    """The label is the interviewer's: it says so, or most of its turns end in a question."""

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
    if len(found) < 4 or recurring * 2 < len(found):
        return []
    starts = [sentences[turn.sentence][0] for turn in found]
    said = [text[start:end].rstrip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    asking = Counter(turn.label for turn, words in zip(found, said, strict=True) if words.endswith("?"))
    interviewers = {label for label, count in asking.items() if count > 1 and count >= ASKING * counts[label]}
    return [replace(t, asks=t.label.lower() in ASKED or t.label in interviewers) for t in found]
