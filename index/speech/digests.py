"""The parts of a digest: what is told of each state under its name, and has nothing to do with the other parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from index.speech.lexicon import STATES
from index.speech.lines import Line

HEADINGS = 20
"""Different states that stand alone in a sentence where an article is a digest rather than a list of some of them."""
PARTS = STATES | {"georgia", "district of columbia"}


class Part(NamedTuple):
    """Sentences that belong together, and the state that all of them are about, "" for none."""

    place: str
    lines: Sequence[Line]


def parts(text: str, lines: Sequence[Line]) -> list[Part]:
    """Give the sentences of an article in parts that are read each for itself: one part, unless it is a digest."""
    titles = [" ".join(text[line.start : line.end].split()) for line in lines]
    begins = [number for number, title in enumerate(titles) if title.lower() in PARTS]
    if len({titles[number].lower() for number in begins}) < HEADINGS:
        return [Part("", lines)]
    states = [Part(titles[a].title().replace(" Of ", " of "), lines[a:b]) for a, b in pairwise([*begins, len(lines)])]
    return [Part("", lines[: begins[0]]), *states]
