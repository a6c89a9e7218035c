"""Answers questions about news articles, every sentence with the passage that it came from, word for word."""

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
