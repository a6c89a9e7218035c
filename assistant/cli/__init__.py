"""The command `dateline`."""

from __future__ import annotations

import logging

import click

from assistant.cli.admitting import password, token
from assistant.cli.asking import ask, chat, mcp, serve
from assistant.cli.door import Door
from assistant.cli.keeping import add, list_, remove, repair, show, verify
from assistant.cli.measuring import bench, evaluate
from assistant.cli.quoting import quotes

EXIT_CODES = """
\b
Exit codes: 0 done, 1 it failed or some articles could not be read, 2 wrong usage or damage found,
3 the articles do not say (one question; a file of questions ends with 0 when all were asked).
"""


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.version_option(package_name="dateline")
@click.option("-v", "--verbose", is_flag=True, help="Say more of what goes on.")
def main(verbose: bool) -> None:
    """Ask news articles. Every sentence of an answer is quoted word for word, with its place.

    \b
    dateline add articles/ report.pdf archive.jsonl
    dateline ask "What did NATO say about Iran?"
    dateline quotes --speaker NATO --about Iran
    dateline chat
    """
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
    )


ASKING = (ask, chat, mcp, quotes, serve)
KEEPING = (add, list_, remove, repair, show, verify)
for command in (*ASKING, *KEEPING, bench, evaluate, password, token):
    main.add_command(command)
