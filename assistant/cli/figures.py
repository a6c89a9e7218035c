"""Figures of an evaluation on the terminal: a table by type, and the worst questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assistant.evaluation import Evaluation, Result
    from assistant.evaluation.scoring import Figures

SECONDS = ("ask_median", "ask_p95")
COUNTS = ("questions", "words", "quiz_words")
WIDTH = 130
"""Characters, where the output is no terminal."""
SHOWN = 400
"""Characters of an answer."""


def print_evaluation(found: Evaluation, *, worst: int) -> None:
    """Print the figures, what the archive lacks, and the `worst` results."""
    _print_table(found.by_type())
    if parts := found.by_split():
        click.echo()
        _print_table(parts)
    if found.absent:
        click.echo(f"{len(found.absent)} questions are about articles that this archive does not have; they count.")
    if found.misquoted:
        click.echo(f"{len(found.misquoted)} have quotes that are not in their article: {', '.join(found.misquoted)}")
    for result in found.worst(worst):
        _print_result(result)


def _print_table(groups: Mapping[str, Figures]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    table = Table(box=box.SIMPLE, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True)
    for group in groups:
        table.add_column(group, justify="right", overflow="fold")
    for name in dict.fromkeys(name for figures in groups.values() for name in figures):
        table.add_row(name, *(_shown(name, figures.get(name)) for figures in groups.values()))
    console.print(table)


def _shown(name: str, value: float | None) -> str:
    if value is None:
        return "-"
    if name in COUNTS:
        return f"{value:g}"
    return f"{value:.2f} s" if name in SECONDS else f"{value:.3f}"


def _print_result(result: Result) -> None:
    question, answer = result.question, result.answer
    click.echo(f"\n{question.id} ({question.type}) {result.worth:.2f}  {question.question}")
    if answer.standalone_question != question.question:
        click.echo(f"  asked as  {answer.standalone_question}")
    text = " ".join(answer.text.split())
    click.echo(f"  answered  {text[:SHOWN]}{'…' if len(text) > SHOWN else ''}")
    for fault in result.faults():
        click.echo(f"  fault     {fault}")
