"""The cues of speech in one sentence, and the words that name the speaker beside each: `X said`, `said X`.

The grammar is that of news: the verb's subject stands before it, perhaps with an apposition between commas, or after
it where the verb follows a quotation or a comma. The two sieves of Muzny et al. 2017 ("A two-stage sieve approach for
quote attribution", EACL) and the patterns of Citron (BBC) start from the same constructions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.speech.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BE,
    DETERMINERS,
    FUNCTION_WORDS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    TIME_NOUNS,
    can_speak,
    role_of,
)
from index.speech.organisations import DOCUMENTS
from index.speech.spans import phrase_end
from index.speech.subjects import inverted_subject, subject_after, subject_before
from index.speech.tokens import Token
from index.speech.verbs import (
    ANYBODY,
    COMPLEMENTS,
    FINDERS,
    FINDING,
    INVERTED,
    JOINING,
    MANY,
    NAMING,
    NEVER_INVERTED,
    PLAIN_THIRD,
    SOMETHING,
    TRAILING,
    VERBS,
    WEAK,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of speech (or "according to") at token `at`; its subject is tokens `start` to `end`, none when equal."""

    at: int
    base: str
    start: int
    end: int
    weak: bool = False
    participle: bool = False
    closing: bool = False


def find_cues(tokens: Sequence[Token]) -> list[Cue]:
    """Give the cues of one sentence, in order of their verbs."""
    found: list[Cue] = []
    for i, token in enumerate(tokens):
        if token.lower == "according" and i + 1 < len(tokens) and tokens[i + 1].lower == "to":
            found += _source_cue(tokens, i, subject_after(tokens, i + 2, anybody=True))
        elif token.lower == "per" and (i == 0 or tokens[i - 1].text == ","):
            found += _source_cue(tokens, i, subject_after(tokens, i + 1))
        elif token.kind == "word" and token.lower in VERBS:
            cue = _verb_cue(tokens, i)
            if cue:
                found.append(replace(cue, weak=False, closing=True) if closes(tokens, cue) else cue)
    return found


def _source_cue(tokens: Sequence[Token], i: int, span: tuple[int, int] | None) -> list[Cue]:
    """Give the cue "according to" at token `i`, where somebody stands after it."""
    if span is None:
        return []
    return [Cue(i, "according to", *(_before_comma(tokens, span) if i == 0 else span))]


def _before_comma(tokens: Sequence[Token], span: tuple[int, int]) -> tuple[int, int]:
    """Cut a description at the comma after which the sentence itself begins: "According to activists, Roe left"."""
    a, b = span
    if tokens[phrase_end(tokens, a) - 1].kind == "name":
        return span
    return a, next((k for k in range(a, b) if tokens[k].text == ","), b)


def closes(tokens: Sequence[Token], cue: Cue) -> bool:
    """Say whether a cue with its subject stands after a comma at the end of the sentence ("…, she added.")."""
    if cue.participle or cue.start == cue.end:
        return False
    first, end = min(cue.at, cue.start), max(cue.at + 1, cue.end)
    return len(tokens) - end <= 5 and first > 2 and (tokens[first - 1].text == "," or tokens[first - 1].kind == "quote")


def _verb_cue(tokens: Sequence[Token], i: int) -> Cue | None:
    """Give the cue at verb `i`, None where the word is no verb here or has no subject that can speak."""
    base, form = VERBS[tokens[i].lower]
    if base == "quote" and (said := _quoted_as_saying(tokens, i)):
        return Cue(i, base, *said)
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if base in COMPLEMENTS and (following is None or following.lower not in COMPLEMENTS[base]):
        return None
    if base in NAMING and following and following.kind == "quote":  # "boxes labelled “fragile”"
        return None
    weak = base in WEAK
    if form == 3 and i and tokens[i - 1].lower in DETERMINERS:
        return None  # "the ruling party"
    if form == 3 and not _progressive(tokens, i):
        own = subject_before(tokens, i - 1) if i > 1 else None
        if own and own[0] and tokens[own[0] - 1].lower == "with":
            return Cue(i, base, *own, weak)
        return Cue(i, base, i, i, base not in TRAILING or not _trails(tokens, i), participle=True)
    before = _skip_back(tokens, i, form)
    if before is None:
        return _passive_cue(tokens, i, base, weak) if form == 2 else None
    helped = any(token.lower in AUXILIARIES for token in tokens[before + 1 : i])  # "…, has said the plan was late"
    if base not in NEVER_INVERTED and not helped and _inverts(tokens, before, base, i):
        span = inverted_subject(tokens, i + 1, quoted=before >= 0 and tokens[before].kind == "quote")
        if span and not _begins_with_subject(tokens, before, span):
            return Cue(i, base, *span, weak)
    left = subject_before(tokens, before)
    if left and not _agrees(tokens, left, (before, i), form, base):
        return None
    if left and left[0] and tokens[left[0] - 1].lower in SOMETHING:
        return None  # "Roe called it something the allies want"
    if left and left[0] and form == 2 and tokens[left[0] - 1].lower == "with" and not _who(tokens[left[0] : i]):
        return None  # "With the town now expected to bring in more"
    if left and left[0] == 1 and _participle(tokens, i):
        return None  # "In a video posted to her page, Ann Roe said"
    if left:
        return Cue(i, base, *left, weak and not (base in FINDING and _finds(tokens, left)))
    if before >= 0 and tokens[before].lower in ("and", "but") and (form == 2 or tokens[i].lower in PLAIN_THIRD):
        return Cue(i, base, i, i, weak, participle=True)
    return None


def _who(tokens: Sequence[Token]) -> bool:
    """Say whether a relative clause begins among these words."""
    return any(token.lower in ("who", "which", "that") for token in tokens)


def _quoted_as_saying(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """Give who speaks in "Roe was quoted as saying", "was quoted by the Times as saying", "quoted Roe as saying"."""
    said = next((k for k in range(i + 1, min(i + 12, len(tokens) - 1)) if tokens[k].lower == "as"), 0)
    if not said or tokens[said + 1].lower != "saying":
        return None
    if i and tokens[i - 1].lower in BE:
        return subject_before(tokens, i - 2) if i > 1 else None
    return subject_after(tokens[:said], i + 1)


def _begins_with_subject(tokens: Sequence[Token], before: int, after: tuple[int, int]) -> bool:
    """Say whether a name or role opens the sentence as the subject, an apposition after it, and no other can be it.

    So in "Ann Roe, a doctor, said the worst of it was over", where `after` is "the worst of it".
    """
    verb = VERBS[tokens[after[0] - 1].lower][0]
    if before < 2 or tokens[before].text != "," or (tokens[after[0]].kind == "name" and verb in INVERTED):
        return False
    left = subject_before(tokens, before)
    if left is None or left[0] > 1:
        return False
    end = phrase_end(tokens, left[0])
    return tokens[end - 1].kind == "name" or (bool(role_of(tokens[end - 1].lower)) and tokens[end].text == ",")


def _participle(tokens: Sequence[Token], i: int) -> bool:
    """Say whether the verb at `i` only tells more of a noun with a preposition that opens the sentence."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    adjoined = after is not None and (after.lower in PREPOSITIONS or after.kind == "time")
    return tokens[0].lower in PREPOSITIONS and tokens[0].kind == "word" and adjoined


def _finds(tokens: Sequence[Token], span: tuple[int, int]) -> bool:
    """Say whether the subject is a study or a researcher, whose "found" and "showed" report."""
    core = tokens[span[0] : phrase_end(tokens, span[0])]
    return bool(core) and (core[-1].lower.removesuffix("s") in FINDERS or core[-1].lower in FINDERS)


def _agrees(tokens: Sequence[Token], span: tuple[int, int], gap: tuple[int, int], form: int, base: str) -> bool:
    """Say whether the subject at `span` can be that of a verb in this form, and one that speaks."""
    before, i = gap
    core = tokens[span[0] : min(before + 1, phrase_end(tokens, span[0]))] or tokens[span[0] : span[1]]
    if form == 1 and _goes_on(tokens, span[0] + len(core), before):
        core = tokens[span[0] : before + 1]
    last = core[-1]
    adjective = last.lower.endswith(("al", "ic", "ive", "ous")) and not role_of(last.lower)  # "federal rules"
    if form == 1 and last.kind == "word" and (core[0].lower in MANY or adjective):
        return False
    if base == "read" and not (last.lower in DOCUMENTS or last.lower == "it"):
        return False
    if last.kind == "word" and not can_speak(last.lower) and last.lower not in SUBJECT_PRONOUNS:
        bare = core[0].lower not in DETERMINERS and core[0].kind != "name" and not last.lower.endswith("s")
        if base not in ANYBODY or bare:
            return False
    return form != 0 or _plural(tokens, span, before, i)


def _goes_on(tokens: Sequence[Token], end: int, before: int) -> bool:
    """Say whether a phrase that seems to end at `end` has its noun between there and the verb: "their Ohio growth"."""
    return end == before and tokens[end].kind == "word" and not role_of(tokens[end].lower) and _noun(tokens[end].lower)


def _noun(lower: str) -> bool:
    """Say whether a word can be a noun: it is no small word, adverb or participle."""
    return lower not in FUNCTION_WORDS and not lower.endswith(("ly", "ed", "ing"))


def _plural(tokens: Sequence[Token], span: tuple[int, int], before: int, i: int) -> bool:
    """Say whether a verb in its base form at `i` agrees with its subject, no modal between ("officials say")."""
    if any(t.lower in AUXILIARIES and t.lower not in ("do", "did") for t in tokens[before + 1 : i]):
        return False
    core = tokens[span[0] : min(before + 1, phrase_end(tokens, span[0]))] or tokens[span[0] : span[1]]
    last = core[-1].lower
    return (
        last in ("they", "we", "who", "people", "police", "i", "you", "data", "many", "some", "others", "most", "both")
        or (last.endswith("s") and not last.endswith("ss"))
        or last.endswith(("men", "women"))
        or any(t.lower == "and" for t in core)
    )


def _passive_cue(tokens: Sequence[Token], i: int, base: str, weak: bool) -> Cue | None:
    """Give the cue of "described by X as"."""
    for j in range(i + 1, min(i + 5, len(tokens) - 1)):
        if tokens[j].lower == "by" and base not in ("report", "find", "show", "know"):
            span = subject_after(tokens, j + 1)
            return Cue(i, base, *span, weak) if span else None
    return None


def _trails(tokens: Sequence[Token], i: int) -> bool:
    """Say whether the "-ing" form at `i` tells by itself: "…, also saying X", "by saying X", "a statement saying X"."""
    k = i - 1
    while k >= 0 and (tokens[k].lower in ADVERBS or _adverb(tokens[k]) or tokens[k].lower in JOINING):
        k -= 1
    before = tokens[i - 1].lower
    return k < 0 or tokens[k].kind in ("mark", "quote") or before == "by" or before in DOCUMENTS


def _progressive(tokens: Sequence[Token], i: int) -> bool:
    """Say whether the "-ing" form at `i` is a finite verb ("is saying")."""
    return any(token.lower in BE for token in tokens[max(0, i - 2) : i])


def _skip_back(tokens: Sequence[Token], i: int, form: int) -> int | None:
    """Give the last token before verb `i` that is not an adverb, auxiliary or time; None where the verb is passive."""
    j, auxiliary = i - 1, False
    if j >= 0 and (tokens[j].lower in ("to", "of") or (form == 0 and tokens[j].lower in DETERMINERS)):
        return None
    while j >= 0:
        token = tokens[j]
        if token.lower in AUXILIARIES:
            if token.lower in BE and form == 2 and token.lower != "had":
                return None
            auxiliary = True
        elif token.kind == "time" or token.lower in ADVERBS or _adverb(token) or _comes_first(tokens, j):
            pass
        elif token.lower in TIME_NOUNS and j and tokens[j - 1].lower in ("last", "this", "next", "on", "that"):
            j -= 1
        elif not _dates(tokens, j):
            break
        j -= 1
    if form == 0 and not auxiliary and j >= 0 and tokens[j].lower in ("to", "the", "a", "an"):
        return None
    return j


def _dates(tokens: Sequence[Token], j: int) -> bool:
    """Say whether token `j` belongs to a date: "on Monday", "in 2020", "May 5"."""
    if tokens[j].lower in ("on", "in", "since"):
        return tokens[j + 1].kind in ("time", "number")
    return tokens[j].kind == "number" and j > 0 and tokens[j - 1].kind == "time"


def _comes_first(tokens: Sequence[Token], j: int) -> bool:
    """Say whether token `j` is "first" as an adverb: "The Times first reported it"."""
    return tokens[j].lower == "first" and j > 0 and tokens[j - 1].lower not in DETERMINERS


def _adverb(token: Token) -> bool:
    """Say whether a word is an adverb by its ending."""
    return token.kind == "word" and token.lower.endswith("ly") and len(token.lower) > 4 and not can_speak(token.lower)


def _inverts(tokens: Sequence[Token], before: int, base: str, i: int) -> bool:
    """Say whether the subject may follow the verb: after a quotation, or a comma or nothing where the verb is plain."""
    if before >= 0 and tokens[before].kind == "quote":
        return True
    named = before > 0 and i + 1 < len(tokens) and tokens[i + 1].kind == "name" and base not in WEAK
    return (base in INVERTED or named) and (
        before < 0 or tokens[before].text in (",", "—", "–", "-", ":", ".", "?", "!")
    )
