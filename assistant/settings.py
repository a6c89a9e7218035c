"""Settings of the assistant. The one place where environment variables are read."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index import IndexSettings

PREFIX = "DATELINE_"
SERVER = "USERS, TOKENS, TOKEN, HOSTS, ORIGINS, PROXIES, REQUESTS_A_MINUTE, UPLOAD_MB"


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Who may use the server, and how much. Without users and tokens it listens on this machine alone.

    users: a file of `name:hash` lines, made with `dateline password`. tokens: the same, made with `dateline token`.
    token: one token itself, of 24 characters or more. hosts: names by which the server is reached. origins: of pages
    elsewhere that may call it from a browser. proxies: addresses whose word on who asks, and over https, is believed.
    requests_a_minute: of each user, token or address. upload_mb: the most that is uploaded at a time.
    """

    users: Path | None = None
    tokens: Path | None = None
    token: str | None = field(default=None, repr=False)
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    requests_a_minute: int = 600
    upload_mb: int = 50

    def __post_init__(self) -> None:
        for name in ("requests_a_minute", "upload_mb"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}: choose 1 or more")
        for origin in self.origins:
            if not re.fullmatch(r"https?://[^/*\s]+", origin):
                raise ValueError(f"'{origin}' is no origin: write it as https://desk.example.com")


@dataclass(frozen=True, slots=True)
class Settings:
    """How questions are answered. The defaults were chosen by measuring, see README.

    index: how articles are cut, embedded and found.
    passages: how many passages are read for a question.
    statements: the most statements that an answer makes.
    near_misses: the most passages shown when the articles do not say.
    reader: what reads question and passage together; None for the one that comes with Dateline, else a folder of
        weights made by `assistant.training`, or name or folder of a sentence-transformers CrossEncoder on this machine.
    server: who may use the server, and how much.
    """

    index: IndexSettings = field(default_factory=IndexSettings)
    passages: int = 12
    statements: int = 4
    near_misses: int = 3
    reader: str | None = None
    server: ServerSettings = field(default_factory=ServerSettings)

    def __post_init__(self) -> None:
        for name in ("passages", "statements", "near_misses"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}: choose 1 or more")


def from_env(environ: Mapping[str, str] | None = None) -> tuple[str, Settings]:
    """The archive's folder and the settings that the environment asks for.

    DATELINE_INDEX (a folder, default news.dateline), DATELINE_EMBEDDING_MODEL and DATELINE_READER (a name or
    folder), DATELINE_PASSAGES and DATELINE_STATEMENTS (numbers); of the server DATELINE_USERS and DATELINE_TOKENS
    (files), DATELINE_TOKEN, DATELINE_HOSTS, DATELINE_ORIGINS and DATELINE_PROXIES (lists with commas),
    DATELINE_REQUESTS_A_MINUTE and DATELINE_UPLOAD_MB (numbers).

    Raises:
        ValueError: an unknown DATELINE_ variable, or a number that is none.
    """
    env = os.environ if environ is None else environ
    given = {key.removeprefix(PREFIX): value for key, value in env.items() if key.startswith(PREFIX) and value}
    folder = given.pop("INDEX", "news.dateline")
    index = IndexSettings(embedding_model=given.pop("EMBEDDING_MODEL", None))
    reader = given.pop("READER", None)
    server = _server(given)
    numbers = _numbers(given, "PASSAGES", "STATEMENTS")
    if given:
        unknown = ", ".join(PREFIX + key for key in sorted(given))
        raise ValueError(
            f"unknown setting {unknown}: known are INDEX, EMBEDDING_MODEL, READER, PASSAGES, STATEMENTS, {SERVER}, "
            f"with {PREFIX}"
        )
    return folder, Settings(index=index, reader=reader, server=server, **numbers)


def _server(given: dict[str, str]) -> ServerSettings:
    """What is set of the server; taken out of `given`."""

    def listed(key: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in given.pop(key, "").split(",") if part.strip())

    def file(key: str) -> Path | None:
        return Path(given.pop(key)) if key in given else None

    return ServerSettings(
        users=file("USERS"),
        tokens=file("TOKENS"),
        token=given.pop("TOKEN", None),
        hosts=listed("HOSTS"),
        origins=listed("ORIGINS"),
        proxies=listed("PROXIES"),
        **_numbers(given, "REQUESTS_A_MINUTE", "UPLOAD_MB"),
    )


def _numbers(given: dict[str, str], *keys: str) -> dict[str, int]:
    """The whole numbers among the settings; taken out of `given`."""
    numbers: dict[str, int] = {}
    for key in keys:
        if key in given:
            value = given.pop(key)
            if not value.isdecimal():
                raise ValueError(f"{PREFIX}{key} is '{value}': give a whole number")
            numbers[key.lower()] = int(value)
    return numbers
