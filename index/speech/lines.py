"""The sentences of an article as attribution sees them: tokens, cues, quotations, and who speaks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from index.speech.cues import Cue, find_cues
from index.speech.figures import Figure
from index.speech.quotes import Quote
from index.speech.tokens import MASK, Spelling, Token, tokens_of
from index.speech.wordset import words

MOST_CUES = 12  # cues looked at in one sentence; what has more is no sentence
DATELINE = re.compile(
    r"(?:[A-Z][\w.'’]+,?[ ]){0,5}(?:[(][A-Z][\w /.]{1,30}[)]|CNN|AP|AFP|Reuters)[ ]*[—–-]+\s*"  # London (CNN) —
    r"|[A-Z]{3}[A-Z .,'’]{0,40}[a-z., ]{0,12}[—–-]\s+"  # PHOENIX, Ariz. –
)
CAPITAL = re.compile(r"(?<=[a-z0-9,’'”)&] )[A-Z][\w’'-]*\w")
WORD = re.compile(r"[^\W\d_]+")
ENGLISH = words("the and that said says with this from to who not were their")
SAMPLE, FEW_WORDS = 20_000, 25
LOWERED = re.compile(r"(?<![^\W_])[a-z][a-z’'-]+")
SUBORDINATE = words("while when after as although though before since")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is meant: the name to show, what stands behind, the figure when it is one the article names."""

    name: str
    written: str
    group: str | None
    figure: Figure | None = None
    gender: str = ""
    plural: bool = False
    organisation: bool = False
    human: bool = False


@dataclass(slots=True)
class Line:
    """One sentence: where it stands, its words, its cues and quotations, and (last) who speaks in it, by which cue.

    `quotes` are numbers of the article's quotations that reach into the sentence, `quoted` counts their characters;
    `turn` says that it belongs to a turn of a transcript.
    """

    start: int
    end: int
    tokens: list[Token]
    cues: list[Cue]
    quotes: list[int]
    quoted: int
    paragraph: int
    speakers: list[tuple[Speaker, str]] = field(default_factory=list)
    turn: bool = False

    @property
    def share(self) -> float:
        """How much of the sentence stands between quotation marks, 0 to 1."""
        return self.quoted / max(1, self.end - self.start)

    @property
    def kind(self) -> Literal["direct", "indirect", "mixed"]:
        """Whether the sentence is quoted as a whole, in part, or not at all."""
        if self.share >= 0.9 or self.turn:
            return "direct"
        return "mixed" if self.quotes else "indirect"

    def apart(self, cue: Cue) -> bool:
        """Say whether a further cue of the sentence is a statement of its own, rather than part of what was said."""
        between = self.tokens[self.cues[0].at + 1 : cue.at]
        if self.tokens[0].lower in SUBORDINATE and any(t.text == "," for t in between):
            return True  # "While Roe promised more, the Times reported …"
        if any(t.kind == "quote" or t.text == ";" or t.lower in ("while", "but", "and", "with") for t in between):
            return True
        inner = cue is self.cues[0] and cue.start <= 2 and not (cue.participle or cue.weak)
        return self.cues[-1].closing and inner  # "Officials said it was late, the Times reported"


def reads_as_english(text: str) -> bool:
    """Say whether a text is English by its smallest words; one of few words is taken to be.

    In 840 articles of English news one word in six is one of `ENGLISH`, one in 12 at the least; German, French,
    Spanish and Dutch have none of these words.
    """
    some = WORD.findall(text[:SAMPLE])
    return len(some) < FEW_WORDS or sum(word.lower() in ENGLISH for word in some) * 30 >= len(some)


def _masked(text: str, quotes: Sequence[Quote]) -> str:
    """`text` with every quotation replaced by as many mask characters."""
    parts, at = [], 0
    for quote in quotes:
        parts += [text[at : quote.start], MASK * (quote.end - quote.start)]
        at = quote.end
    return "".join([*parts, text[at:]])


def _reaching(quotes: Sequence[Quote], starts: Sequence[int], start: int, end: int) -> list[int]:
    """Give the numbers of the quotations that reach into `start` to `end`."""
    first = max(0, bisect_right(starts, start) - 1)
    return [k for k in range(first, bisect_left(starts, end)) if quotes[k].end > start]


def lines_of(text: str, sentences: Sequence[tuple[int, int]], quotes: Sequence[Quote]) -> list[Line]:
    """Give the sentences with their tokens, cues and quotations."""
    masked = _masked(text, quotes)
    spelling = Spelling(frozenset(LOWERED.findall(text)), frozenset(CAPITAL.findall(text)))
    starts = [quote.start for quote in quotes]
    found: list[Line] = []
    paragraph = before = 0
    for start, end in sentences:
        paragraph += "\n" in text[before:start]
        before = max(before, end)
        dateline = DATELINE.match(masked, start, end)
        tokens = tokens_of(masked, dateline.end() if dateline else start, end, spelling)
        inside = _reaching(quotes, starts, start, end)
        quoted = sum(min(end, quotes[q].end) - max(start, quotes[q].start) for q in inside)
        found.append(Line(start, end, tokens, find_cues(tokens)[:MOST_CUES], inside, quoted, paragraph))
    return found
