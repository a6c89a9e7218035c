"""Settings of the assistant. The one place where environment variables are read."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index import IndexSettings

PREFIX = "DATELINE_"


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


class NoChatModel(ValueError):
    """A written answer is asked for, and no chat model is set."""

    def __init__(self) -> None:
        super().__init__(f"no chat model is set: name one with {PREFIX}CHAT_MODEL, or ask for a quoted answer")


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """Which chat model writes answers, and how far it may go.

    model: as LangChain's `init_chat_model` takes it, provider:model ("ollama:llama3.2").
    base_url: the address of an OpenAI-compatible server, where it is one.
    key: that server's key; other providers look for their own in the environment. Never shown.
    seconds: how long one answer may take, all tries included; then the articles' own words are given.
    retries: how often a try that failed before its first word is made again.
    tokens: the most that the model writes. history_tokens: the most of the earlier questions that it is shown.
    cache: a folder that keeps what the model answered, for the same question and evidence; None to keep nothing.
    """

    model: str
    base_url: str | None = None
    key: str | None = field(default=None, repr=False)
    seconds: float = 30.0
    retries: int = 2
    tokens: int = 400
    history_tokens: int = 400
    cache: str | None = None

    def __post_init__(self) -> None:
        for name in ("seconds", "tokens", "history_tokens"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} of the chat model is {getattr(self, name)}: choose more than 0")
        if self.retries < 0:
            raise ValueError(f"retries of the chat model is {self.retries}: choose 0 or more")


@dataclass(frozen=True, slots=True)
class Settings:
    """How questions are answered. The defaults were chosen by measuring, see README.

    index: how articles are cut, embedded and found.
    passages: how many passages are read for a question; half as many more for several things or speakers.
    statements: the most statements that an answer makes.
    near_misses: the most passages shown when the articles do not say.
    reader: what reads question and passage together; None for the one that comes with Dateline, else a folder of
        weights made by `assistant.training`, or name or folder of a sentence-transformers CrossEncoder on this machine.
    reranker: name or folder of a CrossEncoder that puts the passages in another order before they are read.
    entailment: name or folder of a CrossEncoder for natural language inference, that what a chat model writes has to
        pass too; then it may use words that its evidence has not.
    chat: the chat model that writes answers; None for the articles' own words.
    prompts: a folder with wordings that stand for those in prompts/, of the same names; None for those alone.
    server: who may use the server, and how much.
    """

    index: IndexSettings = field(default_factory=IndexSettings)
    passages: int = 8
    statements: int = 6
    near_misses: int = 3
    reader: str | None = None
    reranker: str | None = None
    entailment: str | None = None
    chat: ChatSettings | None = None
    prompts: str | None = None
    server: ServerSettings = field(default_factory=ServerSettings)

    def __post_init__(self) -> None:
        for name in ("passages", "statements", "near_misses"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}: choose 1 or more")


KNOWN = (
    *("INDEX", "EMBEDDING_MODEL", "READER", "RERANKER", "ENTAILMENT", "PROMPTS", "PASSAGES", "STATEMENTS"),
    *("CHAT_MODEL", "CHAT_BASE_URL", "CHAT_SECONDS", "CHAT_RETRIES", "CHAT_TOKENS", "CHAT_CACHE"),
    *("USERS", "TOKENS", "TOKEN", "HOSTS", "ORIGINS", "PROXIES", "REQUESTS_A_MINUTE", "UPLOAD_MB"),
)


def from_env(environ: Mapping[str, str] | None = None) -> tuple[str, Settings]:
    """The archive's folder and the settings that the environment asks for.

    DATELINE_INDEX and _PROMPTS (folders); DATELINE_EMBEDDING_MODEL, _READER, _RERANKER and _ENTAILMENT (names or
    folders); DATELINE_PASSAGES and _STATEMENTS (numbers); DATELINE_CHAT_MODEL (provider:model), _CHAT_BASE_URL (its key
    is OPENAI_API_KEY), _CHAT_SECONDS, _CHAT_RETRIES and _CHAT_TOKENS (numbers) and _CHAT_CACHE (a folder); of the
    server DATELINE_USERS and _TOKENS (files), _TOKEN, _HOSTS, _ORIGINS and _PROXIES (lists with commas),
    _REQUESTS_A_MINUTE and _UPLOAD_MB (numbers).

    Raises:
        ValueError: an unknown DATELINE_ variable, a number that is none, a chat model's setting without its name.
    """
    env = os.environ if environ is None else environ
    given = {key.removeprefix(PREFIX): value for key, value in env.items() if key.startswith(PREFIX) and value}
    unknown = sorted(given.keys() - set(KNOWN))
    if unknown:
        named = ", ".join(PREFIX + key for key in unknown)
        raise ValueError(f"unknown setting {named}: known are {', '.join(KNOWN)}, with {PREFIX}")
    settings = Settings(
        index=IndexSettings(embedding_model=given.get("EMBEDDING_MODEL")),
        reader=given.get("READER"),
        reranker=given.get("RERANKER"),
        entailment=given.get("ENTAILMENT"),
        prompts=given.get("PROMPTS"),
        chat=_chat(given, env.get("OPENAI_API_KEY")),
        server=_server(given),
        **_numbers(given, "PASSAGES", "STATEMENTS"),
    )
    return given.get("INDEX", "news.dateline"), settings


def _chat(given: Mapping[str, str], key: str | None) -> ChatSettings | None:
    if "CHAT_MODEL" not in given:
        alone = sorted(name for name in given if name.startswith("CHAT_"))
        if alone:
            raise ValueError(f"{PREFIX}{alone[0]} is set, but no chat model: name one with {PREFIX}CHAT_MODEL")
        return None
    numbers = _numbers(given, "CHAT_SECONDS", "CHAT_RETRIES", "CHAT_TOKENS")
    return ChatSettings(
        model=given["CHAT_MODEL"],
        base_url=given.get("CHAT_BASE_URL"),
        key=key,
        cache=given.get("CHAT_CACHE"),
        **{name.removeprefix("chat_"): number for name, number in numbers.items()},
    )


def _server(given: Mapping[str, str]) -> ServerSettings:
    def listed(key: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in given.get(key, "").split(",") if part.strip())

    def file(key: str) -> Path | None:
        return Path(given[key]) if key in given else None

    return ServerSettings(
        users=file("USERS"),
        tokens=file("TOKENS"),
        token=given.get("TOKEN"),
        hosts=listed("HOSTS"),
        origins=listed("ORIGINS"),
        proxies=listed("PROXIES"),
        **_numbers(given, "REQUESTS_A_MINUTE", "UPLOAD_MB"),
    )


def _numbers(given: Mapping[str, str], *keys: str) -> dict[str, int]:
    """The whole numbers among the settings, by their names in small letters."""
    for key in keys:
        if key in given and not given[key].isdecimal():
            raise ValueError(f"{PREFIX}{key} is '{given[key]}': give a whole number")
    return {key.lower(): int(given[key]) for key in keys if key in given}
