"""A question that stands alone -> all that is known of it: what it asks, its parts, and what the archive adds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.dialogue import focus_of, parts_of
from assistant.question import Question, understand
from index import Archive

HOLDERS = 2
"""How many people who may hold a role are listened to."""


def understood(alone: str, archive: Archive, *, today: date | None = None) -> Question:
    """The question taken apart, with its focus and parts, its names those of the archive, and who holds its roles."""
    texts = parts_of(alone)
    parts = tuple(_known(_focused(text, today), archive) for text in texts) if len(texts) > 1 else ()
    return replace(_known(_focused(alone, today), archive), parts=parts)


def _focused(text: str, today: date | None) -> Question:
    """The question; where it tells something before it asks, with what it asks alone, and whose words."""
    asked, focus = understand(text, today=today), focus_of(text)
    if focus == text:
        return asked
    last = understand(focus, today=today)
    if last.speakers and not asked.speakers:
        return replace(last, text=asked.text, names=tuple(dict.fromkeys([*asked.names, *last.names])))
    return replace(asked, focus=last.text)


def _known(asked: Question, archive: Archive) -> Question:
    """The question with what the archive knows of its names and roles."""
    words = {name for name in asked.openers if not archive.is_name(name)}
    return replace(
        asked,
        names=tuple(name for name in asked.names if name not in words),
        holders={role: archive.who_is(role)[:HOLDERS] for role in asked.roles},
    )
