"""Work done in a process of its own, so that what it holds in memory is its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from assistant.bench.machine import peak_memory
from index import Progress

R = TypeVar("R")

_news: Connection
"""In such a process, where it tells how far it is."""


def apart(work: Callable[..., R], *given: Any, progress: Progress | None = None) -> tuple[R, float]:
    """What `work(*given, tell)` gives in a new process, and how many MB that held at most.

    `work` is a function of a module; it, what is given and what comes back can be pickled. It tells its progress.

    Raises:
        BrokenProcessPool: the process was ended.
        Exception: what `work` raised.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = ProcessPoolExecutor(1, mp_context=context, initializer=_tell_through, initargs=(theirs,))
    with ours, theirs, process:
        running = process.submit(_measured, work, given)
        while not running.done():
            while ours.poll(0.1):
                news = ours.recv()
                if progress:
                    progress(*news)
        return running.result()


def _tell_through(news: Connection) -> None:
    global _news
    _news = news


def _measured(work: Callable[..., R], given: tuple[Any, ...]) -> tuple[R, float]:
    value = work(*given, lambda *news: _news.send(news))
    return value, peak_memory()
