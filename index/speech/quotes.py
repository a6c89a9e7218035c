"""Where the quotations of a text stand: curly, straight, single and guillemet marks, and quotations that run on."""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK = re.compile(r"\n|‘‘|’’|[“”„«»\"‘’]|(?<!\w)''?|''?(?!\w)|``")
DOUBLE_STRAIGHT = frozenset(('"', "''", "``"))
OPENERS = {"“": "”", "„": "“”", "«": "»", "‘": "’"}
BEFORE_CLOSE = frozenset(".,!?…;:—-")


@dataclass(frozen=True, slots=True)
class Quote:
    """`text[start:end]`, the marks included; `closed` is False when the paragraph ends before the quotation does."""

    start: int
    end: int
    closed: bool


def _opens(text: str, start: int, end: int) -> bool:
    """Say whether a straight mark here can open a quotation: a word follows, and no word goes before."""
    follows = text[end : end + 1]
    before = text[start - 1 : start]
    return bool(follows) and not follows.isspace() and (not before or before.isspace() or before in "([{—–-/:'‘“\"")


def _closes(text: str, start: int, end: int) -> bool:
    """Say whether a straight mark here can close a quotation."""
    before, follows = text[start - 1 : start], text[end : end + 1]
    if follows and (follows.isalnum() or follows == "_"):
        return False
    return bool(before) and (not before.isspace() or not follows or follows.isspace())


def _closes_single(text: str, start: int, end: int) -> bool:
    """Say whether an apostrophe here ends a quotation in single marks, rather than a plural possessive."""
    before, follows = text[start - 1 : start], text[end : end + 1]
    if not before or before.isspace() or (follows and follows.isalnum()):
        return False
    return before in BEFORE_CLOSE or before != "s" or not follows or not follows.isspace()


def _opening(text: str, mark: str, start: int, end: int) -> str:
    """Give the marks that would close the quotation that opens here, or "" when none opens."""
    if mark in DOUBLE_STRAIGHT:
        return '"' if _opens(text, start, end) else ""
    if mark == "'":
        return "'" if _opens(text, start, end) and text[end : end + 1].isalpha() else ""
    if mark == "‘":
        return "’" if text[end : end + 1].isalpha() else ""
    if mark == "‘‘":
        return "”"
    return OPENERS.get(mark, "")


def _closing(text: str, closers: str, mark: str, start: int, end: int) -> bool:
    """Say whether `mark` ends a quotation that waits for `closers`."""
    if closers == '"':
        return (mark in DOUBLE_STRAIGHT and _closes(text, start, end)) or mark in ("”", "’’")
    if closers in ("'", "’"):
        return mark == closers and _closes_single(text, start, end)
    return (
        mark in closers
        or ("”" in closers and mark == "’’")
        or (mark in DOUBLE_STRAIGHT and "”" in closers and _closes(text, start, end))
    )


def quotations(text: str) -> list[Quote]:
    """Give every quotation of `text`, outermost marks only, in order and without overlap.

    A quotation that no mark has closed by the end of its paragraph ends there, unless its marks are single ones, which
    are then apostrophes. Time is linear: each mark is looked at once, with its two neighbours.
    """
    found: list[Quote] = []
    closers, opened, pending, broken = "", 0, "", 0
    for match in MARK.finditer(text):
        mark, (start, end) = match[0], match.span()
        if mark == "\n":
            if closers and closers not in ("'", "’"):
                found.append(Quote(opened, start, closed=False))
                pending, broken = closers, end
            elif pending and broken == start:
                broken = end
            closers = ""
            continue
        if pending and not closers and mark not in ("'", "’", "‘"):
            if not _opening(text, mark, start, end) and _closing(text, pending, mark, start, end):
                found.append(Quote(broken, end, closed=True))
                pending = ""
                continue
            pending = ""
        if not closers:
            closers, opened = _opening(text, mark, start, end), start
        elif _closing(text, closers, mark, start, end):
            found.append(Quote(opened, end, closed=True))
            closers = ""
        elif closers in ("'", "’") and mark not in ("'", "’", "‘") and _opening(text, mark, start, end):
            closers, opened = _opening(text, mark, start, end), start
    if closers and closers not in ("'", "’"):
        found.append(Quote(opened, len(text), closed=False))
    return found
