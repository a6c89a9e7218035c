"""Guessing made slow: after some failures, a user at an address, or the whole address, has to wait."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

A_USER, AN_ADDRESS = 5, 20
"""Failures that a user from one address has, and that an address has for all users together."""
SECONDS = 900.0
REMEMBERED = 10_000
"""Most users and addresses at a time; the oldest are forgotten first."""


class Lockout:
    """Counts failures. Safe to use from several threads.

    An attempt counts as a failure from its beginning until it has succeeded: of many at the same moment, no more are
    tried than of many one after the other.
    """

    def __init__(self, *, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._failures: OrderedDict[tuple[str, str], list[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, user: str, address: str) -> float:
        """Seconds until this user may try again from this address; 0 when it may now."""
        with self._lock:
            return self._wait(user, address)

    def attempt(self, user: str, address: str) -> float:
        """Begin an attempt: 0, or the seconds to wait; then nothing is to be tried."""
        with self._lock:
            if left := self._wait(user, address):
                return left
            now = self._clock()
            for key, _ in _keys(user, address):
                self._failures.setdefault(key, []).append(now)
                self._failures.move_to_end(key)
            while len(self._failures) > REMEMBERED:
                self._failures.popitem(last=False)
            return 0.0

    def succeeded(self, user: str, address: str) -> None:
        """The attempt was no failure; earlier ones of this user from this address are forgotten."""
        with self._lock:
            if user:
                self._failures.pop((user, address), None)
            if of_all := self._failures.get(("", address)):
                of_all.pop()

    def _wait(self, user: str, address: str) -> float:
        now, left = self._clock(), 0.0
        for key, allowed in _keys(user, address):
            recent = [at for at in self._failures.get(key, ()) if now - at < self._seconds]
            if recent:
                self._failures[key] = recent
            else:
                self._failures.pop(key, None)
            if len(recent) >= allowed:
                left = max(left, recent[-allowed] + self._seconds - now)
        return left


def _keys(user: str, address: str) -> tuple[tuple[tuple[str, str], int], ...]:
    """Under what an attempt is counted, and how many each allows. No user has the empty name."""
    whole = (("", address), AN_ADDRESS)
    return (((user, address), A_USER), whole) if user else (whole,)
