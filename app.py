"""The web chat: `python app.py`."""

from __future__ import annotations

import argparse
import logging
import sys

from assistant import ArchiveError, Assistant, from_env
from assistant.serving import launch

logger = logging.getLogger("app")


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description="Dateline in the browser: ask about news articles.")
    parser.add_argument("--index", metavar="DIR", help="the archive's folder ($DATELINE_INDEX, or news.dateline)")
    parser.add_argument("--host", default="127.0.0.1", help="any but this machine needs users or tokens (%(default)s)")
    parser.add_argument("--port", type=int, default=7860, help="this port, or the next free one (%(default)s)")
    parser.add_argument("--empty", action="store_true", help="do not put the sample articles into an empty archive")
    return parser.parse_args(given)


def open_filled(index: str | None, *, empty: bool) -> Assistant:
    """The archive, with the sample articles in it if it had none and may have them."""
    folder, settings = from_env()
    assistant = Assistant.open(index or folder, settings)
    if not empty and not assistant.archive.counts()["articles"]:
        logger.info("The archive has no articles: adding the sample articles")
        assistant.add(assistant.samples(), progress=_tell)
    return assistant


def _tell(stage: str, done: int, total: int | None) -> None:
    logger.info("%s %d%s", stage, done, f" of {total}" if total else "")


def main(given: list[str] | None = None) -> int:
    """Open the archive and serve the page until interrupted."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    for name in ("app", "assistant"):
        logging.getLogger(name).setLevel(logging.INFO)
    asked = arguments(given)
    try:
        launch(open_filled(asked.index, empty=asked.empty), host=asked.host, port=asked.port)
    except (ArchiveError, ValueError, OSError) as error:
        logger.error("%s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
