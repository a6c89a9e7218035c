"""How long an answer takes when many people ask at once, over HTTP, also while articles are being added."""

from __future__ import annotations

import json
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
from index.sources import read

STARTING = 120.0
PATIENCE = 120.0
"""Seconds to wait for an answer."""
PASTED = 40
"""Articles that are added with one request."""
NO_RATE = 1_000_000
SERVE = "import sys; from assistant.bench.loading import serve; serve(sys.argv[1], int(sys.argv[2]))"


@dataclass(frozen=True, slots=True)
class Load:
    """Seconds of an answer as the one who asks sees it; `errors`: answers that were none; `added`: articles."""

    answers: int
    errors: int
    median: float
    p95: float
    a_second: float
    added: int = 0


def load(
    archive: Path, questions: Sequence[str], *, people: int = 32, seconds: float = 60, adding: Path | None = None
) -> Iterator[Load]:
    """Ask a copy of an archive by `people` at once, each the next question as soon as the last is answered.

    The second figure, with `adding`, is of the same while the articles of that file are being added.

    Raises:
        ValueError: there is no question, or the server does not start.
    """
    if not questions:
        raise ValueError("there are no questions: name a file with some")
    with tempfile.TemporaryDirectory() as work:
        copy = shutil.copytree(archive, Path(work) / archive.name, ignore=shutil.ignore_patterns("owner*"))
        with _served(copy) as port:
            _ask(port, questions[0])
            yield _measured(port, questions, people, seconds)
            if adding:
                stop = Event()
                with ThreadPoolExecutor(1) as writer:
                    added = writer.submit(_add, port, adding, stop)
                    try:
                        found = _measured(port, questions, people, seconds)
                    finally:
                        stop.set()
                    yield replace(found, added=added.result())


def serve(archive: str, port: int) -> None:
    """What `dateline serve` does, for one address that asks as often as it likes."""
    from assistant.serving import launch

    settings = replace(from_env()[1], server=ServerSettings(requests_a_minute=NO_RATE))
    with Assistant.open(archive, settings) as assistant:
        launch(assistant, port=port)


def _measured(port: int, questions: Sequence[str], people: int, seconds: float) -> Load:
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(people) as crowd:
        asking = [crowd.submit(_person, port, questions, n, until) for n in range(people)]
        times = sorted(one for person in asking for one in person.result()[0])
        errors = sum(person.result()[1] for person in asking)
    if not times:
        raise ValueError(f"none of {errors} questions was answered: look at the server's log")
    p95 = times[round(0.95 * (len(times) - 1))]
    return Load(len(times), errors, statistics.median(times), p95, len(times) / seconds)


def _person(port: int, questions: Sequence[str], first: int, until: float) -> tuple[list[float], int]:
    """How long each answer took, and how many were none."""
    times: list[float] = []
    errors, at = 0, first
    while time.monotonic() < until:
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


def _add(port: int, place: Path, stop: Event) -> int:
    """Add the articles of a file, some at a time; how many were added before `stop` was set."""
    articles = (one for one in read(place) if isinstance(one, Article))
    added = 0
    while not stop.is_set() and (some := list(islice(articles, PASTED))):
        status, report = _post(port, "/api/articles", [_pasted(one) for one in some])
        if status != 201:
            raise ValueError(f"articles were refused with {status}: {report.get('detail')}")
        added += report["added"]
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
