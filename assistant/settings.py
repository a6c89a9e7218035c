"""Settings of the assistant. The one place where environment variables are read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from index import IndexSettings

PREFIX = "DATELINE_"


@dataclass(frozen=True, slots=True)
class Settings:
    """How questions are answered. The defaults were chosen by measuring, see README.

    index: how articles are cut, embedded and found.
    passages: how many passages are read for a question.
    statements: the most statements that an answer makes.
    near_misses: the most passages shown when the articles do not say.
    reader: what reads question and passage together; None for the one that comes with Dateline, else a folder of
        weights made by `assistant.training`, or name or folder of a sentence-transformers CrossEncoder on this machine.
    """

    index: IndexSettings = field(default_factory=IndexSettings)
    passages: int = 12
    statements: int = 4
    near_misses: int = 3
    reader: str | None = None

    def __post_init__(self) -> None:
        for name in ("passages", "statements", "near_misses"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}: choose 1 or more")


def from_env(environ: Mapping[str, str] | None = None) -> tuple[str, Settings]:
    """The archive's folder and the settings that the environment asks for.

    DATELINE_INDEX (a folder, default news.dateline), DATELINE_EMBEDDING_MODEL and DATELINE_READER (a name or
    folder), DATELINE_PASSAGES and DATELINE_STATEMENTS (numbers).

    Raises:
        ValueError: an unknown DATELINE_ variable, or a number that is none.
    """
    env = os.environ if environ is None else environ
    given = {key.removeprefix(PREFIX): value for key, value in env.items() if key.startswith(PREFIX) and value}
    folder = given.pop("INDEX", "news.dateline")
    index = IndexSettings(embedding_model=given.pop("EMBEDDING_MODEL", None))
    reader = given.pop("READER", None)
    numbers: dict[str, int] = {}
    for key in ("PASSAGES", "STATEMENTS"):
        if key in given:
            value = given.pop(key)
            if not value.isdecimal():
                raise ValueError(f"{PREFIX}{key} is '{value}': give a whole number")
            numbers[key.lower()] = int(value)
    if given:
        unknown = ", ".join(PREFIX + key for key in sorted(given))
        raise ValueError(
            f"unknown setting {unknown}: known are INDEX, EMBEDDING_MODEL, READER, PASSAGES, STATEMENTS, with {PREFIX}"
        )
    return folder, Settings(index=index, reader=reader, **numbers)
