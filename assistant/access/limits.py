"""How much and how often: the size of a request, and the requests of a caller in a minute."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.problems import Problem, refusal

SMALL = 2 * 1024 * 1024
"""Bytes of a request that uploads nothing."""
UPLOADS = ("/api/articles", "/gradio_api/upload")
REMEMBERED = 10_000


class Rates:
    """A bucket of requests for each caller: full at first, filled up evenly over every minute."""

    def __init__(self, a_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_minute = a_minute
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, caller: str) -> float:
        """0, and one request less is left; or the seconds until there is one."""
        now = self._clock()
        left, then = self._left.pop(caller, (float(self._a_minute), now))
        left = min(self._a_minute, left + (now - then) * self._a_minute / 60)
        allowed = left >= 1
        self._left[caller] = (left - allowed, now)
        while len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) * 60 / self._a_minute


class BodyLimit:
    """Answers 413 to a request that is too large, before it is read or while it is."""

    def __init__(self, app: ASGIApp, upload_mb: int) -> None:
        self.app = app
        self._upload = upload_mb * 1024 * 1024

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self._upload if scope["path"].startswith(UPLOADS) else SMALL
        told = f"the request is larger than {most // 1024 // 1024} MB: send less at a time"
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or int(length) > most:
            await refusal(scope, 413, told)(scope, receive, send)
            return
        read = 0

        async def counting() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise Problem(413, told)  # answered by what reads, as any refusal of its own
            return message

        await self.app(scope, counting, send)
