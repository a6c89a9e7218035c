"""How long an answer takes when many people ask at once, over HTTP, also while articles are being added."""

from __future__ import annotations

import json
import logging
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException
from itertools import islice
from pathlib import Path
from threading import Event
from typing import Any

from assistant.assistant import Assistant
from assistant.settings import ServerSettings, from_env
from index import Article
from index.lock import Ownership
from index.sources import read

logger = logging.getLogger(__name__)

STARTING = 120.0
PATIENCE = 120.0
"""Seconds to wait for an answer."""
PASTED = 40
"""Articles that are added with one request."""
NO_RATE = 1_000_000
SERVE = "import sys; from assistant.bench.loading import serve; serve(sys.argv[1], int(sys.argv[2]))"


@dataclass(frozen=True, slots=True)
class Load:
    """Seconds of an answer as the one who asks sees it; `errors`: answers that were none; `added`: articles.

    seconds: how long it was measured; less than was asked for where the articles to add ran out.
    """

    answers: int
    errors: int
    median: float
    p95: float
    a_second: float
    seconds: float
    added: int = 0


def load(
    archive: Path, questions: Sequence[str], *, people: int = 32, seconds: float = 60, adding: Path | None = None
) -> Iterator[Load]:
    """Ask a copy of an archive by `people` at once, each the next question as soon as the last is answered.

    The second figure, with `adding`, is of the same while the articles of that file are being added, and no longer.

    Raises:
        ArchiveBusy: another process is writing to the archive.
        ValueError: there is no archive or no question, or the server does not start or answer.
    """
    if not questions:
        raise ValueError("there are no questions: name a file with some")
    if not (archive / "ledger.sqlite").exists():
        raise ValueError(f"{archive} is no archive: name the folder of one, such as news.dateline")
    with tempfile.TemporaryDirectory() as work, _served(_copied(archive, Path(work))) as port:
        if not _ask(port, questions[0]):
            raise ValueError("the first question was not answered: look at what the server says")
        yield _measured(port, questions, people, seconds, Event())
        if adding:
            over = Event()
            with ThreadPoolExecutor(1) as writer:
                added = writer.submit(_add, port, adding, over)
                found = replace(_measured(port, questions, people, seconds, over), added=added.result())
            if found.seconds < seconds:
                told = "all %d articles were added after %.1f of %g s: name more of them to measure as long"
                logger.warning(told, found.added, found.seconds, seconds)
            yield found


def serve(archive: str, port: int) -> None:
    """What `dateline serve` does, for one address that asks as often as it likes."""
    from assistant.serving import launch

    settings = replace(from_env()[1], server=ServerSettings(requests_a_minute=NO_RATE))
    with Assistant.open(archive, settings) as assistant:
        launch(assistant, port=port)


def _copied(archive: Path, work: Path) -> Path:
    """A copy of the archive, made while nobody else can write to it."""
    owner = Ownership(archive)
    owner.demand(wait=0)
    try:
        return Path(shutil.copytree(archive, work / archive.name, ignore=shutil.ignore_patterns("owner*")))
    finally:
        owner.release()


def _measured(port: int, questions: Sequence[str], people: int, seconds: float, over: Event) -> Load:
    """The figures of so many seconds, or of those until `over` is set; it is set afterwards."""
    start = time.monotonic()
    with ThreadPoolExecutor(people) as crowd:
        asking = [crowd.submit(_person, port, questions, n, over) for n in range(people)]
        try:
            measured = min(time.monotonic() - start, seconds) if over.wait(seconds) else seconds
        finally:  # also when it is interrupted
            over.set()
        times = sorted(one for person in asking for one in person.result()[0])
        errors = sum(person.result()[1] for person in asking)
    if not times:
        raise ValueError(f"none of {errors} questions was answered: look at the server's log")
    p95 = times[round(0.95 * (len(times) - 1))]
    return Load(len(times), errors, statistics.median(times), p95, len(times) / measured, measured)


def _person(port: int, questions: Sequence[str], first: int, over: Event) -> tuple[list[float], int]:
    """How long each answer took, and how many were none."""
    times: list[float] = []
    errors, at = 0, first
    while not over.is_set():
        start = time.perf_counter()
        if _ask(port, questions[at % len(questions)]):
            times.append(time.perf_counter() - start)
        else:
            errors += 1
        at += 1
    return times, errors


def _ask(port: int, question: str) -> bool:
    status, body = _post(port, "/api/ask", {"question": question})
    return status == 200 and "answered" in body


def _add(port: int, place: Path, over: Event) -> int:
    """Add the articles of a file, some at a time, until `over` is set or, when there are no more, set it.

    How many were added.
    """
    articles = (one for one in read(place) if isinstance(one, Article))
    added = 0
    try:
        while not over.is_set() and (some := list(islice(articles, PASTED))):
            status, report = _post(port, "/api/articles", [_pasted(one) for one in some])
            if status != 201:
                raise ValueError(f"articles were refused with {status}: {report.get('detail')}")
            added += report["added"]
    finally:
        over.set()
    return added


def _pasted(article: Article) -> dict[str, object]:
    published = article.published.isoformat() if article.published else None
    title = article.title or "Untitled"
    return {"title": title, "text": article.text, "url": article.url, "source": article.source, "published": published}


def _post(port: int, path: str, given: object) -> tuple[int, dict[str, Any]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("POST", path, json.dumps(given), {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    except (OSError, HTTPException, ValueError):
        return 0, {}
    finally:
        connection.close()


@contextmanager
def _served(archive: Path) -> Iterator[int]:
    """The port of a server in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-c", SERVE, str(archive), str(port)]
    with subprocess.Popen(command) as process:  # noqa: S603 (our own)
        try:
            _wait(process, port)
            yield port
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + STARTING
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise ValueError("the server does not start: try 'dateline serve'")
