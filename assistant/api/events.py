"""Server-sent events: a stream that nothing on the way keeps back or takes for dead."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing

from fastapi.responses import StreamingResponse

EVENTS = "text/event-stream"
LIVE = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
"""Headers of a stream: nothing on the way may keep it back."""
KEEP_ALIVE = 15.0
"""Seconds without an event after which a comment is sent; proxies cut off what is silent for a minute."""
COMMENT = ": keep-alive\n\n"


def event(data: object, name: str | None = None) -> str:
    """One event; JSON has no line break."""
    named = f"event: {name}\n" if name else ""
    return f"{named}data: {json.dumps(data, ensure_ascii=False)}\n\n"


def streamed(events: AsyncGenerator[str]) -> StreamingResponse:
    """The response that gives the events as they come."""
    return StreamingResponse(kept_alive(events), media_type=EVENTS, headers=LIVE)


async def kept_alive(events: AsyncGenerator[str]) -> AsyncGenerator[str]:
    """The events, and a comment, which every reader of events leaves out, whenever there was none for a while."""
    async with aclosing(events):
        while True:
            following = asyncio.ensure_future(anext(events, None))
            try:
                while not (await asyncio.wait([following], timeout=KEEP_ALIVE))[0]:
                    yield COMMENT
            finally:  # when nobody listens any more
                if following.cancel():
                    await asyncio.wait([following])
            one = following.result()
            if one is None:
                return
            yield one
