"""The commands that ask: `ask`, `chat`, `serve`."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from assistant.cli.door import (
    DECLINED,
    filter_options,
    index_option,
    json_option,
    opened,
    questions_of,
    search_filter,
    writing_options,
)
from assistant.cli.printing import print_answer, print_json


@click.command()
@index_option
@json_option
@filter_options
@writing_options
@click.option(
    "--questions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='Answer each line of a .jsonl file: {"id", "question", "history"}.',
)
@click.option(
    "--after", "history", multiple=True, help="A question asked before this one; may be given again, in order."
)
@click.argument("question", required=False)
def ask(
    folder: str | None,
    as_json: bool,
    first: date | None,
    last: date | None,
    outlets: Sequence[str],
    model: str | None,
    written: bool | None,
    questions: Path | None,
    history: Sequence[str],
    question: str | None,
) -> None:
    """Ask one question, or all those of a file.

    One question ends with 3 when the articles do not say; a file with 0 when all were asked, each line of --json tells
    in "answered".

    \b
    dateline ask "What did NATO say about Iran?"
    dateline ask "And about China?" --after "What did NATO say about Iran?"
    dateline ask --model ollama:llama3.2 "What did NATO say about Iran?"
    dateline ask --questions questions.jsonl --json > answers.jsonl
    """
    if (question is None) == (questions is None):
        raise click.UsageError("give a question, or a file of them with --questions")
    only = search_filter(first, last, outlets)
    rows = questions_of(questions) if questions else []
    with opened(folder, model=model) as assistant:
        if question is not None:
            answer = assistant.ask(question, history, only=only, written=written)
            print_json({"id": None, **answer.to_dict()}) if as_json else print_answer(answer)
            sys.exit(0 if answer.answered else DECLINED)
        for row in rows:
            answer = assistant.ask(row["question"], row.get("history") or [], only=only, written=written)
            if as_json:
                click.echo(json.dumps({"id": row.get("id"), **answer.to_dict()}, ensure_ascii=False))
            else:
                click.echo(f"\n{row['question']}")
                print_answer(answer)


@click.command()
@index_option
@filter_options
@writing_options
def chat(
    folder: str | None,
    first: date | None,
    last: date | None,
    outlets: Sequence[str],
    model: str | None,
    written: bool | None,
) -> None:
    """Ask one question after the other; follow-ups ("And about China?") are understood. Ctrl-D ends."""
    history: list[str] = []
    with opened(folder, model=model) as assistant:
        counts = assistant.archive.counts()
        click.echo(f"{counts['articles']} articles. Ask; an empty line or Ctrl-D ends.")
        while True:
            try:
                question = input("\n? ").strip()
            except (EOFError, KeyboardInterrupt):
                break
            if not question:
                break
            only = search_filter(first, last, outlets)
            answer = assistant.ask(question, history, only=only, written=written)
            if answer.standalone_question != question:
                click.echo(f"({answer.standalone_question})")
            print_answer(answer)
            history.append(question)


@click.command()
@index_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Another than this machine needs users or tokens.")
@click.option("--port", default=7860, show_default=True, help="This port, or the next free one.")
def serve(folder: str | None, host: str, port: int) -> None:
    """Open the web chat, and the doors for programs: /api, /v1 (OpenAI's protocol), /mcp."""
    from assistant.serving import launch

    logging.getLogger(launch.__module__).setLevel(logging.INFO)  # it says where it is
    with opened(folder) as assistant:
        launch(assistant, host=host, port=port)


@click.command()
@index_option
def mcp(folder: str | None) -> None:
    """Serve the tools ask, search, quotes and article to a language model's program, over this pipe.

    \b
    {"mcpServers": {"dateline": {"command": "dateline", "args": ["mcp", "--index", "/path/to/news.dateline"]}}}
    """
    from assistant.tools import serve_pipe

    with opened(folder) as assistant:
        serve_pipe(assistant)
