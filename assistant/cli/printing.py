"""Answers, articles and JSON on the terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from assistant import Answer


def print_answer(answer: Answer) -> None:
    """Print an answer, the places it stands on, and its notes."""
    click.echo(answer.text)
    shown = answer.citations or answer.near_misses
    if shown:
        click.echo("\nSources" if answer.answered else "\nNearest passages")
    for c in shown:
        by = f"{c.speaker}: " if c.speaker and not answer.answered else ""
        words = "" if answer.answered else f"\n    {by}{c.quote}"
        place = ", ".join(str(part) for part in (c.article.source, c.article.published or "date unknown") if part)
        click.echo(
            f"[{c.number}] {c.article.title} ({place}), characters {c.start}-{c.end}, "
            f"{c.article.url or c.article.path or c.article.id}{words}"
        )
    if answer.as_of.newest:
        click.echo(f"As of {answer.as_of.newest}.")
    for note in answer.notes:
        click.echo(f"Note: {note}")


def print_json(value: dict[str, Any]) -> None:
    """Print one object."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
