"""The commands that keep the archive: `add`, `list`, `show`, `remove`, `verify`, `repair`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from assistant.cli.door import (
    DAMAGED,
    FAILED,
    filter_options,
    index_option,
    json_option,
    opened,
    progress_bars,
    search_filter,
)
from assistant.cli.printing import print_json


@click.command()
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
    with opened(folder) as assistant, progress_bars() as progress:
        for place in places:
            report = assistant.add(place, progress=progress)
            for key in total:
                total[key] += getattr(report, key)
            failures += report.failures
    if as_json:
        print_json(
            {**total, "failures": [{"where": f.where, "reason": f.reason, "remedy": f.remedy} for f in failures]}
        )
    else:
        for failure in failures:
            click.echo(f"not added: {failure}", err=True)
        click.echo(", ".join(f"{number} {what}" for what, number in total.items()))
    sys.exit(FAILED if failures else 0)


@click.command(name="list")
@index_option
@json_option
@filter_options
@click.option("--limit", type=click.IntRange(1), help="Show this many at the most.")
def list_(
    folder: str | None,
    as_json: bool,
    first: date | None,
    last: date | None,
    outlets: Sequence[str],
    limit: int | None,
) -> None:
    """List the articles, the newest first."""
    with opened(folder) as assistant:
        articles = assistant.archive.listing(search_filter(first, last, outlets), limit=limit)
        if as_json:
            for article in articles:
                click.echo(json.dumps(article.to_dict(), ensure_ascii=False))
        else:
            for article in articles:
                click.echo(
                    f"{article.id}  {article.published or 'unknown   '}  {article.source or '-'}  {article.title}"
                )


@click.command()
@index_option
@json_option
@click.argument("article")
def show(folder: str | None, as_json: bool, article: str) -> None:
    """Show one article, by id, URL or path: what is known of it, where from, and its text."""
    with opened(folder) as assistant:
        found = assistant.archive.article(article)
        history = assistant.archive.history(found.id)
        if as_json:
            earlier = [{key: str(value) if value else None for key, value in version.items()} for version in history]
            print_json({**found.to_dict(), "versions": earlier, "text": found.text})
            return
        for key, value in found.to_dict().items():
            if value and key != "origins":
                origin = found.origins.get(key)
                click.echo(
                    f"{key:13s} {', '.join(value) if isinstance(value, list) else value}"
                    + (f"  ({origin})" if origin else "")
                )
        for version in history:
            click.echo(f"earlier       {version['content_hash']}, replaced {version['replaced']:%Y-%m-%d %H:%M} UTC")
        click.echo(f"\n{found.text}")


@click.command()
@index_option
@click.argument("articles", nargs=-1, required=True)
def remove(folder: str | None, articles: Sequence[str]) -> None:
    """Remove articles, by id, URL or path, from everywhere."""
    with opened(folder) as assistant:
        for article in assistant.archive.remove(articles):
            click.echo(f"removed {article.id}  {article.title}")


@click.command()
@index_option
@json_option
def verify(folder: str | None, as_json: bool) -> None:
    """Check that the indexes hold what the ledger holds."""
    with opened(folder) as assistant:
        problems = assistant.archive.verify()
        counts = assistant.archive.counts()
    if as_json:
        print_json(
            {"clean": not problems, "problems": [{"what": p.what, "remedy": p.remedy} for p in problems], **counts}
        )
    elif problems:
        for problem in problems:
            click.echo(f"{problem.what}: {problem.remedy}", err=True)
    else:
        click.echo(f"clean: {counts['articles']} articles, {counts['passages']} passages")
    sys.exit(DAMAGED if problems else 0)


@click.command()
@index_option
@click.option("--embed", is_flag=True, help="Embed all passages anew too, with $DATELINE_EMBEDDING_MODEL.")
def repair(folder: str | None, embed: bool) -> None:
    """Build the indexes anew from the ledger."""
    with opened(folder, embed=embed) as assistant, progress_bars() as progress:
        assistant.archive.repair(embed=embed, progress=progress)
        problems = assistant.archive.verify()
    for problem in problems:
        click.echo(f"{problem.what}: {problem.remedy}", err=True)
    click.echo("repaired" if not problems else "not repaired")
    sys.exit(DAMAGED if problems else 0)
