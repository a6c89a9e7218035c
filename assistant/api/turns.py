"""Whose turn it is: few questions are answered side by side, the others wait in order, and adding lets them pass."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from assistant.api.problems import Problem

logger = logging.getLogger(__name__)

T = TypeVar("T")
LONGEST_REST = 5.0
"""Seconds."""
WAITING = 256
"""Questions that may wait at the most; at four a second, the last would wait for a minute."""


class Turns:
    """Threads for what takes long, so that the server goes on hearing everybody else.

    side_by_side: how many questions are answered at the same time; two a processor unless given, since each waits now
    and then for another's Python.
    """

    def __init__(self, side_by_side: int | None = None) -> None:
        at_once = side_by_side or 2 * (os.cpu_count() or 1)
        self._asking = ThreadPoolExecutor(at_once, thread_name_prefix="asking")
        self._adding = ThreadPoolExecutor(1, thread_name_prefix="adding")
        self._waiting = 0
        self._rested = time.monotonic()

    async def ask(self, work: Callable[[], T]) -> T:
        """Do what somebody waits for.

        Raises:
            Problem: too many wait already.
        """
        if self._waiting >= WAITING:
            raise Problem(503, f"{WAITING} questions wait already: try again later", {"Retry-After": "10"})
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._asking, work)
        finally:
            self._waiting -= 1

    async def add(self, work: Callable[[], T]) -> T:
        """Change the archive: one at a time, and after the questions where both want the processor."""
        return await asyncio.get_running_loop().run_in_executor(self._adding, work)

    def give_way(self, *_: object) -> None:
        """To be called by what is being added, between its parts: while anybody asks, it rests half of the time."""
        if self._waiting:
            time.sleep(min(time.monotonic() - self._rested, LONGEST_REST))
        self._rested = time.monotonic()

    async def stream(self, begin: Callable[[], Iterator[T]]) -> AsyncIterator[T]:
        """What an iterator gives, as it comes. Its first step is the long one, and waits for its turn."""
        iterator = begin()
        one = await self.ask(lambda: next(iterator, None))
        while one is not None:
            yield one
            one = await asyncio.to_thread(next, iterator, None)

    def close(self) -> None:
        """Begin nothing more."""
        for threads in (self._asking, self._adding):
            threads.shutdown(wait=False, cancel_futures=True)
