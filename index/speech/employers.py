"""The employer in a noun phrase: the organisation or country behind somebody, by name or as "the company"."""

from __future__ import annotations

from collections.abc import Sequence

from index.speech.countries import country_of
from index.speech.figures import is_place
from index.speech.givennames import given_gender
from index.speech.lexicon import DETERMINERS, FUNCTION_WORDS, LEADING, MODIFIERS, PREPOSITIONS, role_of
from index.speech.organisations import BODIES, GROUPS, ORGANISATION_WORDS, PARTIES, PRESS
from index.speech.titles import split_titles
from index.speech.tokens import Token, run_end, written
from index.speech.wordset import words

BEHIND = ("at", "for", "with", "from", "of", "by", "representing", "on", "behind", "in")
SIDES = words("majority minority opposition house senate")
ADVISERS = words("adviser advisor aide assistant counsel consultant")
NAMED_BODIES = BODIES | words("school campaign administration police hospital clinic museum union league laboratory")
INHABITANTS = words("resident residents native man woman mother father teenager couple family voter voters")
LAST = 20  # ranks after every other
RELATIVES = words("who which whose that where")


def group_behind(
    tokens: Sequence[Token], span: tuple[int, int], runs: Sequence[tuple[int, int]], text: str, *, loose: bool
) -> str | None:
    """Give the organisation that tokens `span` after a phrase name: "director of X", ", X's coach", "in the X Times".

    Prepositions count in the order of `BEHIND`. `loose` says that the words are no apposition to a name: then "in"
    leads to an employer only when that is a newspaper.
    """
    best: tuple[int, str] | None = None
    for start, end in runs:
        if start >= span[1]:
            break
        first, last = split_titles(tokens, start, end)
        partisan = all(t.lower in PARTIES for t in tokens[start:end])
        if partisan or (last == end and last > first == start):
            continue
        compound = last == end and first > start
        end = first if compound else end
        if end < len(tokens) and tokens[end].lower.endswith("-based"):
            continue
        rank = _rank(tokens, (start, end), span, compound=compound, loose=loose)
        if rank is not None and _seats(tokens, (start, end), span[0], text, loose=loose):
            rank += LAST
        if rank is not None and (best is None or rank < best[0]):
            whole = _whole(tokens, (start, end), runs)
            best = (rank, written(tokens, *(widened(tokens, whole, span[1]) if whole == (start, end) else whole), text))
    return best[1] if best else None


def _seats(tokens: Sequence[Token], run: tuple[int, int], k: int, text: str, *, loose: bool) -> bool:
    """Say whether a name is rather where somebody is from: a country, or what follows a name with "of"."""
    start, end = run
    if end < len(tokens) and tokens[end].kind == "possessive":
        return False
    near = loose and tokens[k].lower == "of" and start <= k + 1
    organisation = {t.lower for t in tokens[start:end]} & ORGANISATION_WORDS
    return is_place(written(tokens, start, end, text)) or (near and not organisation)


def _whole(tokens: Sequence[Token], run: tuple[int, int], runs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Widen an organisation over its part that is named beside it: "Acme University's Bridge Center", "X at Acme"."""
    (start, end), parts = run, [r for r in runs if {t.lower for t in tokens[r[0] : r[1]]} & ORGANISATION_WORDS]
    if end < len(tokens) and tokens[end].kind == "possessive":
        part = next((r for r in parts if r[0] == end + 1), None)
        if part and country_of(" ".join(t.text for t in tokens[start:end])):  # "Norway's Bridge Institute"
            return part
        end = part[1] if part else end
    if end < len(tokens) and tokens[end].lower == "at":
        the = end + 1 < len(tokens) and tokens[end + 1].lower == "the"
        end = next((b for a, b in parts if a == end + 1 + the), end)
    before = start - (2 if start > 1 and tokens[start - 1].lower == "the" else 1)
    if before > 0 and tokens[before].lower == "at":
        start = next((a for a, b in parts if b == before and b - a > 1), start)
    return start, end


def _rank(
    tokens: Sequence[Token], run: tuple[int, int], span: tuple[int, int], *, compound: bool, loose: bool
) -> int | None:
    """Tell how surely a name after a phrase is the employer, 0 for the surest, None for not at all."""
    (start, end), (k, stop) = run, span
    before = _preposition_before(tokens, start, k)
    if before in LEADING and before not in ("is", "was"):
        return 1
    if before == "in" and loose:
        the = "the" in (tokens[start - 1].lower, tokens[start].lower)
        return len(BEHIND) if the and PRESS & {t.lower for t in tokens[start:end]} else None
    if before in BEHIND:
        return BEHIND.index(before)
    if before == "to" and any(t.lower in ADVISERS for t in tokens[max(k, start - 8) : start]):
        return len(BEHIND)
    if not loose or tokens[k].text in (",", "—", "–", "("):
        if compound or _employs(tokens, end, stop):
            return 2
        return len(BEHIND) if _named_last(tokens, (start, end), span) else None
    return None


def _named_last(tokens: Sequence[Token], run: tuple[int, int], span: tuple[int, int]) -> bool:
    """Say whether an employer closes an apposition: "president, GM Canada", "head of a firm, The Roe Group"."""
    (start, end), (k, stop) = run, span
    comma = start - 2 if tokens[start - 1].lower == "the" else start - 1
    if comma <= k + 1 or tokens[comma].text != "," or (end < stop and tokens[end].text != ","):
        return False
    before = tokens[comma - 1].lower
    name = " ".join(t.text for t in tokens[start:end])
    return (bool(role_of(before)) or before in GROUPS) and not given_gender(name) and not is_place(name)


def _employs(tokens: Sequence[Token], end: int, stop: int) -> bool:
    """Say whether "'s" or a role follows a name: "Acme's coach", "Acme operations chief"."""
    if end >= stop:
        return False
    following = tokens[end]
    if following.kind == "possessive" or following.text in ("'", "’"):
        return True
    if following.kind != "word" or following.lower in PREPOSITIONS:
        return False
    if following.lower in INHABITANTS:
        return False
    return any(t.kind == "word" and role_of(t.lower) for t in tokens[end : min(end + 3, stop)])


def _preposition_before(tokens: Sequence[Token], start: int, k: int) -> str:
    """Give the small word that leads to the name at `start`, over "the" and "research company" before it."""
    i = start - 1
    while i > k and (
        tokens[i].lower in DETERMINERS
        or tokens[i].lower.endswith("-based")
        or (tokens[i].kind == "name" and tokens[i + 1].lower.endswith("-based"))
        or (
            tokens[i].kind == "word"
            and tokens[i].lower not in PREPOSITIONS
            and tokens[i].lower not in LEADING
            and start - i <= 5
        )
    ):
        i -= 1
    return tokens[i].lower


def widened(tokens: Sequence[Token], run: tuple[int, int], stop: int) -> tuple[int, int]:
    """Widen a name over the common noun that says which body of it is meant: "Acme business school", "Roe campaign"."""
    start, end = run
    whole = end - start > 1 and tokens[end - 1].lower in ORGANISATION_WORDS
    if whole or country_of(" ".join(t.text for t in tokens[start:end])):
        return run
    wide = end
    for i in range(end, min(end + 3, stop)):
        lower = tokens[i].lower
        acts = role_of(lower) and lower not in NAMED_BODIES and lower not in MODIFIERS
        if tokens[i].kind != "word" or lower in FUNCTION_WORDS or acts:
            break
        if lower in NAMED_BODIES:
            wide = i + 1
    return start, wide


def owner_of(tokens: Sequence[Token], cuts: tuple[int, int, int]) -> str:
    """Give the common noun that a phrase names as the employer: "the union's president", "president of the union".

    The phrase is tokens `cuts[0]` to `cuts[2]`, what follows its head begins at `cuts[1]`.
    """
    a, k, b = cuts
    found = ""
    for i in range(a, b - 1):
        lower, after = tokens[i].lower, tokens[i + 1]
        if tokens[i].kind != "word" or lower in FUNCTION_WORDS or lower in SIDES or role_of(lower):
            continue
        if after.kind == "possessive" or after.text in ("'", "’"):
            return lower
        if (
            i < k
            and after.kind in ("word", "name")
            and (role_of(after.lower) or (lower in GROUPS and _before_role(tokens, i, k)))
        ):
            found = lower
    if found:
        return found
    for i in range(k, b):
        if tokens[i].lower in RELATIVES:
            break
        if tokens[i].lower in ("of", "for", "at", "with") and i + 2 < b + 1:
            noun = _common_noun(tokens, i + 1, b)
            if noun:
                return noun
    return "its" if tokens[a].lower == "its" else ""


def _before_role(tokens: Sequence[Token], i: int, k: int) -> bool:
    """Say whether a role follows a noun at `i`, a word or two between: "company operations chief"."""
    return any(role_of(t.lower) for t in tokens[i + 1 : min(i + 4, k)])


def _common_noun(tokens: Sequence[Token], i: int, b: int) -> str:
    """Give the noun for an organisation that ends "the advocacy group" from token `i` on, "" when there is none."""
    if i >= b or tokens[i].lower not in ("the", "its", "this", "their"):
        return ""
    for token in tokens[i + 1 : min(i + 4, b)]:
        if token.kind != "word" or token.lower in PREPOSITIONS:
            return ""
        if token.lower in GROUPS:
            return token.lower
    return ""


def paper_beside(tokens: Sequence[Token], verb: int, text: str) -> str | None:
    """Give the paper in which the subject of a verb writes: "Roe said in the Dover Times", "In the Times, Roe said"."""
    for i in (verb + 1, 0, 1):
        if i + 2 >= len(tokens) or tokens[i].lower != "in" or tokens[i + 1].lower not in ("the", "her", "his"):
            continue
        if tokens[i + 2].kind == "name":
            end = run_end(tokens, i + 2)
            if tokens[end - 1].lower in PRESS and (i > 1 or (end < len(tokens) and tokens[end].text == ",")):
                return written(tokens, i + 2, end, text)
    return None
