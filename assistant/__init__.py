"""Answers questions about news articles, every sentence with the passage that it came from, word for word."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.answer import Answer, BrokenPromise, Citation, Statement
    from assistant.assistant import Assistant
    from assistant.quotes import Quote
    from assistant.settings import Settings, from_env
    from index import ArchiveError, SearchFilter

__all__ = [
    "Answer",
    "ArchiveError",
    "Assistant",
    "BrokenPromise",
    "Citation",
    "Quote",
    "SearchFilter",
    "Settings",
    "Statement",
    "from_env",
]
HOMES = {
    "assistant.answer": ("Answer", "BrokenPromise", "Citation", "Statement"),
    "assistant.assistant": ("Assistant",),
    "assistant.quotes": ("Quote",),
    "assistant.settings": ("Settings", "from_env"),
    "index": ("ArchiveError", "SearchFilter"),
}
"""Where each public name is at home. Imported at its first use (PEP 562): `dateline --help` needs none of them."""


def __getattr__(name: str) -> Any:
    home = next((home for home, names in HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)
