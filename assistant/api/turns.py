"""Whose turn it is: few questions are answered side by side, the others wait in order, and adding lets them pass."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from assistant.api.problems import CLOSING, RETRY, Problem

T = TypeVar("T")
LONGEST_REST = 5.0
"""Seconds."""
QUESTIONS = 256
"""That are answered or wait for it, at the most; at four a second, the last waits for a minute."""
WRITTEN = 32
"""Answers of a chat model that are written at the same time: they wait for the network, not for the processor."""
ADDITIONS = 33
"""Changes of the archive: one is being made, and so many less one may wait."""


class Line:
    """Threads, and those who wait for one of them or have it: no more than `most`."""

    def __init__(self, what: str, threads: int, most: int) -> None:
        self.waiting = 0
        self._what, self._most = what, most
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=what)

    async def do(self, work: Callable[[], T]) -> T:
        """What `work` gives, once it had its turn.

        Raises:
            Problem: too many wait already.
        """
        if self.waiting >= self._most:
            raise Problem(503, f"too many {self._what} wait already: try again later", RETRY)
        self.waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self.waiting -= 1

    def close(self, *, wait: bool) -> None:
        """Begin nothing more, and wait for what runs if wanted."""
        self._threads.shutdown(wait=wait, cancel_futures=True)


class Turns:
    """Threads for what takes long, so that the server goes on hearing everybody else.

    side_by_side: how many questions are answered at the same time; two a processor unless given, since each waits now
    and then for another's Python. Answers that a chat model writes have threads of their own.
    """

    def __init__(self, side_by_side: int | None = None) -> None:
        self._asking = Line("questions", side_by_side or 2 * (os.cpu_count() or 1), QUESTIONS)
        self._writing = Line("questions to the chat model", WRITTEN, QUESTIONS)
        self._adding = Line("additions", 1, ADDITIONS)
        self._closing = Event()
        self._rested = time.monotonic()

    async def ask(self, work: Callable[[], T], *, written: bool = False) -> T:
        """Do what somebody waits for; `written`: a chat model writes it.

        Raises:
            Problem: too many wait already.
        """
        return await (self._writing if written else self._asking).do(work)

    async def add(self, work: Callable[[], T]) -> T:
        """Change the archive: one at a time, and after the questions where both want the processor.

        Raises:
            Problem: too many wait already, or the server closes.
        """

        def begun() -> T:
            self._rested = time.monotonic()
            return work()

        return await self._adding.do(begun)

    def give_way(self, *_: object) -> None:
        """To be called by what is being added, between its parts: while anybody asks, it rests half of the time.

        Raises:
            Problem: the server closes; what is not done yet is done when it is sent again.
        """
        rest = min(time.monotonic() - self._rested, LONGEST_REST) if self._asking.waiting else 0.0
        if self._closing.wait(rest):
            raise Problem(503, CLOSING, RETRY)
        self._rested = time.monotonic()

    async def stream(self, begin: Callable[[], Iterator[T]], *, written: bool = False) -> AsyncIterator[T]:
        """What an iterator gives, as it comes. It has its turn from its first step to its last, while somebody listens.

        Raises:
            Problem: too many wait already.
        """
        loop, given, gone = asyncio.get_running_loop(), asyncio.Queue[T | None](), Event()

        def work() -> None:
            for one in begin():
                if gone.is_set():
                    return
                loop.call_soon_threadsafe(given.put_nowait, one)

        working = asyncio.ensure_future(self.ask(work, written=written))
        working.add_done_callback(lambda _: given.put_nowait(None))
        try:
            while (one := await given.get()) is not None:
                yield one
            await working  # raises what went wrong
        finally:
            gone.set()
            working.cancel()

    def close(self) -> None:
        """Begin nothing more, and wait until nothing is being added: it ends after the part that it is in."""
        self._closing.set()
        for answering in (self._asking, self._writing):
            answering.close(wait=False)
        self._adding.close(wait=True)
