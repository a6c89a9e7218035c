"""The command `quotes`: who said what, as a table, as CSV that is safe in a spreadsheet, or as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from assistant.cli.door import filter_options, index_option, json_option, opened, search_filter

if TYPE_CHECKING:
    from assistant import Quote

SHOWN = 20
"""Statements on the terminal, unless --limit says otherwise."""


@click.command()
@index_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV that is safe to open in a spreadsheet.")
@click.option("--speaker", metavar="NAME", help="Only what NAME said, or what was said on its behalf.")
@click.option("--for", "on_behalf_of", metavar="ORG", help="Only what was said on behalf of ORG.")
@click.option("--about", metavar="TOPIC", help="Only statements about TOPIC, the most fitting first.")
@filter_options
@click.option("--limit", type=click.IntRange(1), help=f"At the most so many [default: {SHOWN} in a table, else all].")
def quotes(
    folder: str | None,
    as_json: bool,
    as_csv: bool,
    speaker: str | None,
    on_behalf_of: str | None,
    about: str | None,
    first: date | None,
    last: date | None,
    outlets: Sequence[str],
    limit: int | None,
) -> None:
    """List who said what, with the place in the text; the newest first.

    Names count in all their forms: NATO, its secretary general; DPRK, North Korea, Pyongyang. In CSV a cell that a
    spreadsheet would take for a formula begins with an apostrophe; JSON, one object a line, is exact.

    \b
    dateline quotes --speaker NATO --about Iran
    dateline quotes --for Kremlin --from 2022-02-24 --csv > kremlin.csv
    """
    if as_json and as_csv:
        raise click.UsageError("choose --json or --csv, not both")
    only = search_filter(first, last, outlets)
    most = limit if limit or as_json or as_csv else SHOWN + 1
    with opened(folder) as assistant:
        found = assistant.quotes(speaker, about, on_behalf_of=on_behalf_of, only=only, limit=most)
    if as_json:
        for quote in found:
            click.echo(json.dumps(quote.to_dict(), ensure_ascii=False))
    elif as_csv:
        from assistant.quotes import quotes_csv

        sys.stdout.buffer.write(quotes_csv(found).encode("utf-8"))
    elif not found:
        click.echo("no statements of that kind in these articles", err=True)
    else:
        _print_table(found[: limit or SHOWN])
        if not limit and len(found) > SHOWN:
            click.echo(f"There are more than these {SHOWN}: --limit shows more, --csv and --json all.", err=True)


def _print_table(found: Sequence[Quote]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.HORIZONTALS, show_lines=True, pad_edge=False)
    table.add_column("who", ratio=2)
    table.add_column("said", ratio=6)
    table.add_column("where", ratio=3, overflow="fold")
    for quote in found:
        behalf = f" (for {quote.speaks_for})" if quote.speaks_for and quote.speaks_for != quote.speaker else ""
        article = quote.article
        place = ", ".join(str(part) for part in (article.source, article.published or "date unknown") if part)
        where = f"{article.title} ({place}), characters {quote.start}-{quote.end} of {article.id}"
        cells = (f"{quote.speaker}{behalf}", quote.quote, where)
        table.add_row(*(Text(_printable(cell)) for cell in cells))  # Text: brackets in an article are no markup
    Console().print(table)


def _printable(text: str) -> str:
    """`text` on one line, without the control characters that could move a terminal's cursor."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())
