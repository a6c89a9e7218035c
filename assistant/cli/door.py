"""What the commands share: the group with its clean errors, options, the open assistant, progress bars."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from assistant import Assistant
    from index import Progress, SearchFilter

FAILED, DAMAGED, DECLINED = 1, 2, 3


class Door(click.Group):
    """The commands; errors that a user can mend become one clean line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        from assistant.answer import BrokenPromise
        from index import ArchiveError

        try:
            return super().invoke(ctx)
        except (ArchiveError, BrokenPromise, ValueError, FileNotFoundError) as error:
            click.echo(f"dateline: {error}", err=True)
            sys.exit(FAILED)


index_option = click.option(
    "--index", "folder", metavar="DIR", help="The archive's folder [default: $DATELINE_INDEX or news.dateline]."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def day(text: str) -> date:
    """The day that is written as 2024-07-10."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise click.BadParameter(f"'{text}' is no day: write it as 2024-07-10") from None


def filter_options(command: Any) -> Any:
    """Options that restrict which articles count."""
    command = click.option("--outlet", "outlets", multiple=True, help="Only this outlet; may be given again.")(command)
    command = click.option("--to", "last", type=day, help="Only articles published by this day.")(command)
    return click.option("--from", "first", type=day, help="Only articles published from this day on (2024-07-10).")(
        command
    )


def writing_options(command: Any) -> Any:
    """Options on whether a chat model writes the answer, and which."""
    command = click.option(
        "--written/--quoted", default=None, help="Written by the chat model, or in the articles' own words."
    )(command)
    return click.option("--model", help="The chat model, provider:model [default: $DATELINE_CHAT_MODEL].")(command)


@contextmanager
def opened(folder: str | None, *, embed: bool = False, model: str | None = None) -> Iterator[Assistant]:
    """The assistant on the archive in `folder`, or in the environment's; closed in the end.

    `model`: a chat model in place of the environment's.
    """
    from dataclasses import replace

    from assistant import Assistant, from_env
    from assistant.settings import ChatSettings

    chosen, settings = from_env()
    if model:
        chat = replace(settings.chat, model=model) if settings.chat else ChatSettings(model=model)
        settings = replace(settings, chat=chat)
    with Assistant.open(folder or chosen, settings, new_model=embed) as assistant:
        yield assistant


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """A bar for each thing that is done, on a terminal; nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:>10}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:

        def tell(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=max(total, done) if total else None)

        yield tell


def search_filter(first: date | None, last: date | None, outlets: Sequence[str]) -> SearchFilter:
    """What the options of `filter_options` ask for."""
    from index import SearchFilter

    if first and last and first > last:
        raise click.UsageError(f"--from {first} is after --to {last}: no article can be both")
    return SearchFilter(first, last, tuple(outlets))


def questions_of(path: Path) -> list[dict[str, Any]]:
    """The questions of a .jsonl file, checked before the first is asked.

    Raises:
        ValueError: a line is not a question; the message names file and line.
    """
    from assistant.jsonlines import read_lines

    rows = []
    for number, row in read_lines(path):
        history = row.get("history") or [] if isinstance(row, dict) else None
        texts = [row.get("question"), *history] if isinstance(history, list) else []
        if not texts or not all(isinstance(text, str) for text in texts) or not texts[0].strip():
            shape = '{"question": "...", "history": ["..."]}'
            raise ValueError(f"{path}:{number} is not a question: give one {shape} a line")
        rows.append(row)
    return rows
