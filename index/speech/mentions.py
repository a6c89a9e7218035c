"""The proper names of a sentence, each with the words around it that say who that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.speech.lexicon import AUXILIARIES, BE, FUNCTION_WORDS, LEADING, PREPOSITIONS, role_of
from index.speech.phrases import Phrase, read_phrase
from index.speech.spans import clause_end, noun_phrase_start, phrase_end, phrase_tail, speaks_bare
from index.speech.titles import split_titles
from index.speech.tokens import Token, name_runs, written
from index.speech.wordset import words

FIRMS = words(
    """
    company firm corporation startup brand airline automaker carmaker drugmaker platform app nonprofit charity website
    agency consultancy
    """
)
"""What nobody is called who is a person."""


def named_phrases(tokens: Sequence[Token], text: str) -> Iterable[tuple[int, int, Phrase]]:
    """Give each proper name of a sentence with the phrase around it: the tokens of the name, what was read."""
    if is_heading(tokens):
        return
    for start, end in name_runs(tokens):
        if "/" in tokens[start].text or "/" in tokens[end - 1].text:
            continue
        _, last = split_titles(tokens, start, end)
        if last >= end:
            continue
        a = noun_phrase_start(tokens, end - 1, max(0, start - 8))
        if a == start and start > 1 and tokens[start - 1].text == "," and role_of(tokens[start - 2].lower):
            a = noun_phrase_start(tokens, start - 2, max(0, start - 10))
            described = read_phrase(tokens, start if a is None else a, end, text)
            beside = a is not None and (a == 0 or tokens[a - 1].lower not in PREPOSITIONS)
            if beside and described.name == written(tokens, last, end, text):
                yield start, end, described
                continue
            a = start
        phrase = read_phrase(tokens, start if a is None else a, _apposition_end(tokens, end), text)
        if phrase.name and phrase.name in written(tokens, start, end, text):
            yield start, end, phrase
        else:
            yield start, end, Phrase(phrase.text, tokens[start].start, name=written(tokens, last, end, text))


def _over_relative(tokens: Sequence[Token], end: int) -> int:
    """Tell where an apposition ends that goes on with what somebody leads: "a baker who runs Roe Breads"."""
    leads = end + 1 < len(tokens) and tokens[end].lower == "who" and tokens[end + 1].lower in LEADING - BE
    return clause_end(tokens, end + 1) if leads else end


def is_heading(tokens: Sequence[Token]) -> bool:
    """Say whether a sentence is a heading or credit: no full stop, most of its words with a capital."""
    if not tokens or tokens[-1].text in (".", "?", "!", ",", ":") or tokens[-1].kind == "quote" or len(tokens) < 3:
        return False
    words = [t for t in tokens if t.text[0].isalpha()]
    return sum(t.text[0].isupper() for t in words) > 0.65 * len(words)


def _apposition_end(tokens: Sequence[Token], end: int) -> int:
    """Tell where an apposition after a name ends; `end` itself when none begins there."""
    if end + 1 >= len(tokens):
        return end
    token, after = tokens[end], tokens[end + 1]
    if token.lower in ("of", "from", "at", "with"):
        return phrase_tail(tokens, end)
    if token.lower in LEADING - {"is", "was", "plays", "played", "covers", "helps"} and token.kind == "word":
        return clause_end(tokens, end)
    if token.lower in ("is", "was") and (after.lower in ("a", "an", "the") or role_of(after.lower)):
        return clause_end(tokens, end + 1)
    if token.text == "," and after.kind == "number" and end + 4 < len(tokens) and tokens[end + 2].text == ",":
        end, after = end + 2, tokens[end + 3]
    if token.text != "," or speaks_bare(tokens, end + 1):
        return end
    if after.lower == "who" and end + 2 < len(tokens) and tokens[end + 2].lower in LEADING:
        return clause_end(tokens, end + 2)
    if after.lower in ("a", "an", "the", "former", "co-founder") or after.kind == "number" or role_of(after.lower):
        return _over_relative(tokens, phrase_tail(tokens, end))
    window = tokens[end + 1 : end + 14]
    stop = next((i for i, t in enumerate(window) if t.text in (",", ".", ";") or t.kind == "quote"), len(window))
    if after.kind not in ("word", "name") or after.lower in FUNCTION_WORDS:
        return end
    inside = window[:stop]
    employed = any(
        t.lower in ("at", "for", "with", "of")
        and i
        and inside[i + 1 : i + 3]
        and "name" in [u.kind for u in inside[i + 1 : i + 3]]
        for i, t in enumerate(inside)
    )
    if (employed or any(role_of(t.lower) for t in inside)) and not any(t.lower in AUXILIARIES for t in inside):
        return phrase_tail(tokens, end)
    return end


def called_a_firm(tokens: Sequence[Token], end: int) -> bool:
    """Say whether an apposition to the name that ends at `end` makes it a firm: "Acme, a popular platform"."""
    if end + 2 >= len(tokens) or tokens[end].text != "," or tokens[end + 1].lower not in ("a", "an"):
        return False
    return tokens[max(end + 1, phrase_end(tokens, end + 1) - 1)].lower in FIRMS
