"""The users and the tokens of a server, and whether somebody is one of them."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from functools import cached_property

from assistant.access.passwords import (
    LONGEST_PASSWORD,
    SHORTEST_TOKEN,
    hash_password,
    hash_token,
    is_password,
    read_hashes,
)
from assistant.settings import ServerSettings


@dataclass(frozen=True)
class People:
    """Names and hashes of users, and of tokens. With neither, there is no login and everybody is let in."""

    users: dict[str, str] = field(default_factory=dict, repr=False)
    tokens: dict[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, settings: ServerSettings) -> People:
        """Those whom the settings name.

        Raises:
            ValueError: a file cannot be read, holds something else, or nobody; or the token is too short.
        """
        users = read_hashes(settings.users, "scrypt") if settings.users else {}
        tokens = read_hashes(settings.tokens, "sha256") if settings.tokens else {}
        for place, found, command in ((settings.users, users, "password"), (settings.tokens, tokens, "token")):
            if place and not found:  # a server that was meant to be closed must not stand open
                raise ValueError(f"{place} names nobody: add a line with 'dateline {command} NAME >> {place}'")
        if settings.token is not None:
            if len(settings.token) < SHORTEST_TOKEN:
                raise ValueError(f"the token is shorter than {SHORTEST_TOKEN} characters: 'dateline token' makes one")
            tokens = {**tokens, "environment": hash_token(settings.token)}
        return cls(users, tokens)

    @property
    def known(self) -> bool:
        """Whether there is anybody, so that everybody else stays outside."""
        return bool(self.users or self.tokens)

    def has_user(self, name: str, password: str) -> bool:
        """Whether there is this user with this password. An unknown name takes as long as a wrong password."""
        right = is_password(password[:LONGEST_PASSWORD], self.users.get(name, self._nobody))
        return right and name in self.users

    def owner_of(self, token: str) -> str | None:
        """The name of the token; None when it is none. All are compared, whichever fits."""
        given, found = hash_token(token), None
        for name, kept in self.tokens.items():
            if hmac.compare_digest(given, kept):
                found = name
        return found

    @cached_property
    def _nobody(self) -> str:
        """A hash like the users' own, which no name has."""
        cost = max((int(kept.split("$")[1]) for kept in self.users.values()), default=1)
        return hash_password("", cost=cost)
