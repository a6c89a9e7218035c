"""The command `dateline`."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from assistant import Answer, Assistant
    from index import Article, Progress, SearchFilter

FAILED, DAMAGED, DECLINED = 1, 2, 3
EXIT_CODES = """
\b
Exit codes: 0 done, 1 it failed or some articles could not be read, 2 wrong usage or damage found,
3 the articles do not say.
"""


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
DAY = click.DateTime(["%Y-%m-%d"])


def filter_options(command: Any) -> Any:
    """Options that restrict which articles count."""
    command = click.option("--outlet", "outlets", multiple=True, help="Only this outlet; may be given again.")(command)
    command = click.option("--to", "last", type=DAY, help="Only articles published by this day.")(command)
    return click.option("--from", "first", type=DAY, help="Only articles published from this day on (YYYY-MM-DD).")(
        command
    )


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.version_option(package_name="dateline")
@click.option("-v", "--verbose", is_flag=True, help="Say more of what goes on.")
def main(verbose: bool) -> None:
    """Ask news articles. Every sentence of an answer is quoted word for word, with its place.

    \b
    dateline add articles/ report.pdf archive.jsonl
    dateline ask "What did NATO say about Iran?"
    dateline chat
    """
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
    )


@main.command()
@index_option
@json_option
@click.argument("places", nargs=-1, required=True)
def add(folder: str | None, as_json: bool, places: Sequence[str]) -> None:
    """Add articles: files, folders, collections (.jsonl, .json, .csv), web pages, feeds.

    \b
    dateline add ../news/nato-summit.txt
    dateline add articles/ archive.jsonl.gz https://example.com/story
    """
    total: dict[str, int] = {"added": 0, "updated": 0, "unchanged": 0, "failed": 0}
    failures: list[Any] = []
    with _assistant(folder) as assistant, _progress() as progress:
        for place in places:
            report = assistant.add(place, progress=progress)
            for key in total:
                total[key] += getattr(report, key)
            failures += report.failures
    if as_json:
        _print_json(
            {**total, "failures": [{"where": f.where, "reason": f.reason, "remedy": f.remedy} for f in failures]}
        )
    else:
        for failure in failures:
            click.echo(f"not added: {failure}", err=True)
        click.echo(", ".join(f"{number} {what}" for what, number in total.items()))
    sys.exit(FAILED if failures else 0)


@main.command()
@index_option
@json_option
@filter_options
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
    first: datetime | None,
    last: datetime | None,
    outlets: Sequence[str],
    questions: Path | None,
    history: Sequence[str],
    question: str | None,
) -> None:
    """Ask one question, or all those of a file.

    \b
    dateline ask "What did NATO say about Iran?"
    dateline ask "And about China?" --after "What did NATO say about Iran?"
    dateline ask --questions questions.jsonl --json > answers.jsonl
    """
    if (question is None) == (questions is None):
        raise click.UsageError("give a question, or a file of them with --questions")
    only = _filter(first, last, outlets)
    with _assistant(folder) as assistant:
        if question is not None:
            answer = assistant.ask(question, history, only=only)
            _print_json({"id": None, **answer.to_dict()}) if as_json else _print_answer(answer)
            sys.exit(0 if answer.answered else DECLINED)
        for row in _rows(questions or Path()):
            answer = assistant.ask(row["question"], row.get("history") or [], only=only)
            if as_json:
                click.echo(json.dumps({"id": row.get("id"), **answer.to_dict()}, ensure_ascii=False))
            else:
                click.echo(f"\n{row['question']}")
                _print_answer(answer)


@main.command()
@index_option
@filter_options
def chat(folder: str | None, first: datetime | None, last: datetime | None, outlets: Sequence[str]) -> None:
    """Ask one question after the other; follow-ups ("And about China?") are understood. Ctrl-D ends."""
    history: list[str] = []
    with _assistant(folder) as assistant:
        counts = assistant.archive.counts()
        click.echo(f"{counts['articles']} articles. Ask; an empty line or Ctrl-D ends.")
        while True:
            try:
                question = input("\n? ").strip()
            except (EOFError, KeyboardInterrupt):
                break
            if not question:
                break
            answer = assistant.ask(question, history, only=_filter(first, last, outlets))
            if answer.standalone_question != question:
                click.echo(f"({answer.standalone_question})")
            _print_answer(answer)
            history.append(question)


@main.command()
@index_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=7860, show_default=True)
def serve(folder: str | None, host: str, port: int) -> None:
    """Open the web chat on this machine."""
    from assistant.web import launch

    with _assistant(folder) as assistant:
        launch(assistant, host=host, port=port)


@main.command(name="list")
@index_option
@json_option
@filter_options
@click.option("--limit", type=click.IntRange(1), help="Show this many at the most.")
def list_(
    folder: str | None,
    as_json: bool,
    first: datetime | None,
    last: datetime | None,
    outlets: Sequence[str],
    limit: int | None,
) -> None:
    """List the articles, the newest first."""
    with _assistant(folder) as assistant:
        articles = assistant.archive.listing(_filter(first, last, outlets), limit=limit)
        if as_json:
            for article in articles:
                click.echo(json.dumps(_about(article), ensure_ascii=False))
        else:
            for article in articles:
                click.echo(
                    f"{article.id}  {article.published or 'unknown   '}  {article.source or '-'}  {article.title}"
                )


@main.command()
@index_option
@json_option
@click.argument("article")
def show(folder: str | None, as_json: bool, article: str) -> None:
    """Show one article, by id, URL or path: what is known of it, where from, and its text."""
    with _assistant(folder) as assistant:
        found = assistant.archive.article(article)
        history = assistant.archive.history(found.id)
        if as_json:
            earlier = [{key: str(value) if value else None for key, value in version.items()} for version in history]
            _print_json({**_about(found), "versions": earlier, "text": found.text})
            return
        for key, value in _about(found).items():
            if value and key != "origins":
                origin = found.origins.get(key)
                click.echo(
                    f"{key:13s} {', '.join(value) if isinstance(value, list) else value}"
                    + (f"  ({origin})" if origin else "")
                )
        for version in history:
            click.echo(f"earlier       {version['content_hash']}, replaced {version['replaced']:%Y-%m-%d %H:%M} UTC")
        click.echo(f"\n{found.text}")


@main.command()
@index_option
@click.argument("articles", nargs=-1, required=True)
def remove(folder: str | None, articles: Sequence[str]) -> None:
    """Remove articles, by id, URL or path, from everywhere."""
    with _assistant(folder) as assistant:
        for article in assistant.archive.remove(articles):
            click.echo(f"removed {article.id}  {article.title}")


@main.command()
@index_option
@json_option
def verify(folder: str | None, as_json: bool) -> None:
    """Check that the indexes hold what the ledger holds."""
    with _assistant(folder) as assistant:
        problems = assistant.archive.verify()
        counts = assistant.archive.counts()
    if as_json:
        _print_json(
            {"clean": not problems, "problems": [{"what": p.what, "remedy": p.remedy} for p in problems], **counts}
        )
    elif problems:
        for problem in problems:
            click.echo(f"{problem.what}: {problem.remedy}", err=True)
    else:
        click.echo(f"clean: {counts['articles']} articles, {counts['passages']} passages")
    sys.exit(DAMAGED if problems else 0)


@main.command()
@index_option
@click.option("--embed", is_flag=True, help="Embed all passages anew too, with $DATELINE_EMBEDDING_MODEL.")
def repair(folder: str | None, embed: bool) -> None:
    """Build the indexes anew from the ledger."""
    with _assistant(folder, embed=embed) as assistant, _progress() as progress:
        assistant.archive.repair(embed=embed, progress=progress)
        problems = assistant.archive.verify()
    for problem in problems:
        click.echo(f"{problem.what}: {problem.remedy}", err=True)
    click.echo("repaired" if not problems else "not repaired")
    sys.exit(DAMAGED if problems else 0)


@main.command()
@json_option
@click.option("--articles", default=150, show_default=True, type=click.IntRange(1), help="How many of them to add.")
@click.option(
    "--questions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help='A .jsonl file of {"question": "..."}.',
)
@click.argument("place")
def bench(as_json: bool, articles: int, questions: Path, place: str) -> None:
    """Measure adding and asking beside the LangChain tutorial pipeline, on the articles of PLACE."""
    from assistant import from_env
    from assistant.bench import compare

    asked = [row["question"] for row in _rows(questions) if not row.get("history")]
    figures = compare(place, asked, articles=articles, settings=from_env()[1]).to_dict()
    if as_json:
        _print_json(figures)
    else:
        for name, value in figures.items():
            click.echo(f"{name:20s} {value:.3f}")


@contextmanager
def _assistant(folder: str | None, *, embed: bool = False) -> Iterator[Assistant]:
    from assistant import Assistant, from_env

    chosen, settings = from_env()
    with Assistant.open(folder or chosen, settings, new_model=embed) as assistant:
        yield assistant


@contextmanager
def _progress() -> Iterator[Progress]:
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


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    # Not splitlines(): JSON may hold U+2028 and its like inside a string.
    for number, line in enumerate(path.read_text("utf-8-sig").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            texts = [row["question"], *(row.get("history") or [])]
            if (
                not all(isinstance(text, str) for text in texts)
                or isinstance(row.get("history"), str)
                or not texts[0].strip()
            ):
                raise TypeError
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(
                f'{path}:{number} is not a question: give one {{"question": "...", "history": ["..."]}} a line'
            ) from error
        yield row


def _filter(first: datetime | None, last: datetime | None, outlets: Sequence[str]) -> SearchFilter:
    from index import SearchFilter

    return SearchFilter(_day(first), _day(last), tuple(outlets))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _about(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "updated": article.updated.isoformat() if article.updated else None,
        "added": article.added.isoformat() if article.added else None,
        "url": article.url,
        "path": article.path,
        "language": article.language,
        "content_hash": article.content_hash,
        "origins": dict(article.origins),
    }


def _print_answer(answer: Answer) -> None:
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


def _print_json(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
