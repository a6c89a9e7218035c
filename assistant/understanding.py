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
    whole, texts = _known(_focused(alone, archive, today), archive), parts_of(alone, archive.is_name)
    parts = [_known(_focused(text, archive, today), archive) for text in texts] if len(texts) > 1 else []
    return replace(whole, parts=tuple(replace(part, when=part.when or whole.when) for part in parts))


def _focused(text: str, archive: Archive, today: date | None) -> Question:
    """The question; where it tells something before it asks, with what it asks alone, and whose words."""
    asked, focus = understand(text, today=today), focus_of(text, archive.is_name)
    if focus == text:
        return asked
    last = understand(focus, today=today)
    if last.speakers:
        names = tuple(dict.fromkeys([*last.names, *(name for name in asked.names if name not in last.speakers)]))
        return replace(last, text=asked.text, names=names, when=last.when or asked.when)
    return replace(asked, focus=last.text)


def _known(asked: Question, archive: Archive) -> Question:
    """The question with what the archive knows of its names and roles."""
    words = {name for name in asked.openers if not archive.is_name(name)}
    return replace(
        asked,
        names=tuple(name for name in asked.names if name not in words),
        holders={role: archive.who_is(role)[:HOLDERS] for role in asked.roles},
    )
