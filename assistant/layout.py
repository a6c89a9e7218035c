"""How question and passage are laid out as tokens for the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index import Article, Passage, Sentence

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FILE = "reader.safetensors"
"""The trained weights, in a folder of their own."""
CLS, SEP, MARK, SAID = 101, 102, 1, 2
"""Token ids of BERT's uncased vocabulary: a mark ([unused0]) opens a sentence, [unused1] comes after its speaker."""
LONGEST = 320
"""Tokens of question and passage together."""
LONGEST_QUESTION, LONGEST_TITLE, LONGEST_SENTENCE, LONGEST_SPEAKER = 48, 24, 96, 16
BEFORE = 80
"""Characters before the passage that are read with it, for what its first sentence takes as known."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Token ids; `question`: how many of them are the question's; `marks`: where each sentence opens."""

    ids: list[int]
    question: int
    marks: list[int]


class Layout:
    """Lays out passages for the reader with the tokenizer of the folder `base`; `before`: see `BEFORE`."""

    def __init__(self, base: Path, *, before: int = BEFORE) -> None:
        self._base = base
        self._before = before

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._base / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """The token ids of each text, without special tokens."""
        return [e.ids for e in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def lay(self, question: str, places: Sequence[tuple[Article, Passage]]) -> list[Laid]:
        """Each passage laid out with the question; sentences that find no room have no mark."""
        (asked,) = self.tokens([question])
        return [self.join(asked, *parts) for parts in self.parts(places)]

    def parts(
        self, places: Sequence[tuple[Article, Passage]]
    ) -> list[tuple[list[int], list[list[int]], list[list[int]]]]:
        """Of each passage: the tokens of what stands before it, of its sentences' speakers, and of its sentences."""
        texts: list[str] = []
        for article, passage in places:
            texts += [article.title, _before(article, passage, self._before)]
            for s in passage.sentences:
                texts += [_speaker(article, s), article.text[s.start : s.end]]
        tokens = iter(self.tokens(texts))
        found = []
        for _, passage in places:
            head = [*next(tokens)[:LONGEST_TITLE], SEP, *next(tokens)]
            pairs = [(next(tokens)[:LONGEST_SPEAKER], next(tokens)[:LONGEST_SENTENCE]) for _ in passage.sentences]
            found.append((head, [speaker for speaker, _ in pairs], [words for _, words in pairs]))
        return found

    @staticmethod
    def join(asked: list[int], head: list[int], speakers: list[list[int]], sentences: list[list[int]]) -> Laid:
        """The tokens of a question and of one passage's parts in one row."""
        ids = [CLS, *asked[:LONGEST_QUESTION], SEP]
        question = len(ids)
        ids += head
        marks = []
        for speaker, words in zip(speakers, sentences, strict=True):
            if len(ids) + len(speaker) + len(words) + 3 > LONGEST:
                break
            marks.append(len(ids))
            ids += [MARK, *speaker, SAID, *words] if speaker else [MARK, *words]
        return Laid([*ids, SEP], question, marks)


def _before(article: Article, passage: Passage, most: int) -> str:
    start = max(0, passage.start - most)
    text = article.text[start : passage.start]
    return text.partition(" ")[2] if start else text


def _speaker(article: Article, sentence: Sentence) -> str:
    """Who speaks and for whom, as far as the sentence does not say it itself."""
    if not sentence.speaker:
        return ""
    text = article.text[sentence.start : sentence.end].lower()
    parts = [sentence.speaker]
    if sentence.speaks_for and sentence.speaks_for.lower() not in sentence.speaker.lower():
        parts.append(sentence.speaks_for)
    return "" if all(part.lower() in text for part in parts) else " of ".join(parts)
