"""Who is logged in: random tickets that the browser keeps in a cookie, known to this process alone."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

HOURS = 12
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Session:
    """A user who is logged in, until `ends`."""

    user: str
    ends: float


class Sessions:
    """Tickets by their hash. Safe to use from several threads; all end with the process."""

    def __init__(self, *, seconds: float = HOURS * 3600, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._open: OrderedDict[str, Session] = OrderedDict()
        self._lock = Lock()

    def start(self, user: str) -> str:
        """A new ticket for a user."""
        ticket = secrets.token_urlsafe(32)
        with self._lock:
            self._open[_hash(ticket)] = Session(user, self._clock() + self.seconds)
            while len(self._open) > MOST:
                self._open.popitem(last=False)
        return ticket

    def user_of(self, ticket: str) -> str | None:
        """Whose ticket it is; None when it is nobody's, or has run out."""
        with self._lock:
            session = self._open.get(_hash(ticket))
            if session and session.ends <= self._clock():
                del self._open[_hash(ticket)]
                return None
            return session.user if session else None

    def end(self, ticket: str) -> None:
        """The ticket counts no more."""
        with self._lock:
            self._open.pop(_hash(ticket), None)


def _hash(ticket: str) -> str:
    """By this tickets are found: how long the search takes tells nothing about a ticket."""
    return hashlib.sha256(ticket.encode("utf-8", "surrogatepass")).hexdigest()
