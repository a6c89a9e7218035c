"""Sets of words, written as running text."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Split `text` into the set of its words."""
    return frozenset(text.split())
