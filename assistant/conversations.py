"""Conversations kept on disk: one SQLite file beside the archive, which several tabs and people may write at once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from assistant.answer import BrokenPromise
from assistant.kept import Find, KeptAnswer
from index import SearchFilter
from index.records import digest

NAME_CHARS = 80
"""A conversation is named after its first question, cut between words at this length."""
MOST_LISTED = 200
SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (id TEXT PRIMARY KEY, name TEXT NOT NULL, changed TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS turns (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    question TEXT NOT NULL, chosen TEXT NOT NULL, answer TEXT, seal TEXT, problem TEXT, stopped INTEGER NOT NULL,
    words TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS turns_of ON turns (conversation, key);
"""
UNSEEN = (
    "The question was not changed: somebody has asked more in this conversation, which would have been taken away. "
    "It is shown now; edit again if the question is to be changed all the same."
)
PUT_OTHERWISE = (
    "The question was not changed: somebody has put it otherwise since it was shown here. It is shown now; edit again "
    "if the question is to be changed all the same."
)
GONE = "The question was not changed: it has been taken away since it was shown here. Ask it as a new one."
DAMAGED = "What was kept of this answer is damaged and is not shown: ask again."


class UnseenQuestions(ValueError):
    """A change would take questions away that were not seen by who asks for it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation. `number` is its place, from 1; `key` is its own for good.

    `answer` is None while it is first being answered, and where that was cut short before anything was found. Beside a
    `problem` it is the one from before: asking again did not bring another. `stopped` says that the answer is as far
    as it came when somebody stopped it.
    """

    number: int
    key: int
    question: str
    answer: KeptAnswer | None = None
    only: SearchFilter = field(default_factory=SearchFilter)
    problem: str | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation in the list of all: `turns` is how many questions it has."""

    id: str
    name: str
    changed: datetime
    turns: int


class Conversations:
    """All conversations of an archive. Safe to use from several threads and processes: every write is one transaction.

    An answer is kept with a seal, the hash of what is written, so that a damaged record is not shown.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._reading() as db:
            db.execute("PRAGMA journal_mode=WAL")
            db.executescript(SCHEMA)

    # -- conversations

    def listed(self, search: str = "") -> list[Listed]:
        """The conversations in which every word of `search` is found, the one changed last first."""
        query = "SELECT id, name, changed, (SELECT count(*) FROM turns WHERE conversation = c.id) FROM conversations c"
        # The page shows names, questions, answers and what they quote: the search finds a word in any of them.
        found = "(instr(folded(name), ?) OR EXISTS (SELECT 1 FROM turns WHERE conversation = c.id AND instr(words, ?)))"
        words = search.casefold().split()
        where = f" WHERE {' AND '.join([found] * len(words))}" if words else ""
        values = [word for word in words for _ in range(2)]
        with self._reading() as db:
            rows = db.execute(f"{query}{where} ORDER BY changed DESC, id LIMIT {MOST_LISTED}", values).fetchall()
        return [Listed(i, name, datetime.fromisoformat(changed), turns) for i, name, changed, turns in rows]

    def name(self, conversation: str) -> str | None:
        """What a conversation is called; None when it was deleted."""
        with self._reading() as db:
            row = db.execute("SELECT name FROM conversations WHERE id = ?", [conversation]).fetchone()
        return row[0] if row else None

    def rename(self, conversation: str, name: str) -> None:
        """Call a conversation otherwise.

        Raises:
            ValueError: the name is empty.
        """
        if not name.strip():
            raise ValueError("the name is empty: write one")
        with self._writing() as db:
            db.execute("UPDATE conversations SET name = ? WHERE id = ?", [_short(name), conversation])

    def delete(self, conversation: str) -> None:
        """Delete a conversation with all its questions and answers."""
        with self._writing() as db:
            db.execute("DELETE FROM conversations WHERE id = ?", [conversation])

    # -- questions and answers

    def ask(self, conversation: str | None, question: str, only: SearchFilter) -> tuple[str, int]:
        """Write a question down, in a new conversation where there is none; the id of that, and the turn's key."""
        question = question.encode("utf-8", "replace").decode("utf-8")  # a browser can send half a character
        with self._writing() as db:
            known = db.execute("SELECT 1 FROM conversations WHERE id = ?", [conversation]).fetchone()
            where = conversation if conversation and known else uuid4().hex
            if not known:
                db.execute("INSERT INTO conversations VALUES (?, ?, ?)", [where, _short(question), _now()])
            row = db.execute(
                "INSERT INTO turns (conversation, question, chosen, stopped, words) VALUES (?, ?, ?, 0, ?)",
                [where, question, _written(only), question.casefold()],
            )
            self._touch(db, where)
            return where, int(row.lastrowid or 0)

    def ask_again(
        self,
        conversation: str,
        key: int,
        question: str | None = None,
        *,
        last_seen: int = 0,
        former: str | None = None,
    ) -> bool:
        """Make a turn ready to be answered anew; False when it is not there any more.

        The same question keeps its answer until `keep` has a new one. Another `question` loses it, and the turns after
        it go too, up to the one with the key `last_seen`: they were asked after one that nobody asks now. A
        conversation keeps the name that it was given, and is named after its first question as long as it has none.

        Raises:
            UnseenQuestions: turns after `last_seen` would go, the question is not the `former` one, where that is
                given, or it is gone and was to be put otherwise; nothing is changed.
        """
        with self._writing() as db:
            row = db.execute("SELECT question FROM turns WHERE key = ? AND conversation = ?", [key, conversation])
            old = row.fetchone()
            if old is None:
                if question:
                    raise UnseenQuestions(GONE)
                return False
            asked = (question or old[0]).encode("utf-8", "replace").decode("utf-8")
            if asked != old[0]:
                if former not in (None, old[0]):
                    raise UnseenQuestions(PUT_OTHERWISE)
                (newest,) = db.execute("SELECT max(key) FROM turns WHERE conversation = ?", [conversation]).fetchone()
                if newest > max(key, last_seen):
                    raise UnseenQuestions(UNSEEN)
                db.execute(
                    "UPDATE turns SET question = ?, answer = NULL, seal = NULL, problem = NULL, stopped = 0, words = ? "
                    "WHERE key = ?",
                    [asked, asked.casefold(), key],
                )
                db.execute("DELETE FROM turns WHERE conversation = ? AND key > ?", [conversation, key])
                db.execute(
                    "UPDATE conversations SET name = ? WHERE id = ? AND name = ? "
                    "AND ? = (SELECT min(key) FROM turns WHERE conversation = id)",
                    [_short(asked), conversation, _short(old[0]), key],
                )
            self._touch(db, conversation)
            return True

    def keep(self, key: int, answer: KeptAnswer | None, *, stopped: bool = False, problem: str | None = None) -> None:
        """Write down what became of a question. A turn that was deleted meanwhile stays deleted.

        Where there is no answer, the one from before stays, beside the `problem` if there is one.
        """
        with self._writing() as db:
            if answer is None:
                db.execute("UPDATE turns SET problem = ? WHERE key = ?", [problem, key])
                return
            written = json.dumps(answer.to_dict(), ensure_ascii=False)
            db.execute(
                "UPDATE turns SET answer = ?, seal = ?, stopped = ?, problem = ?, words = folded(question) || ? "
                "WHERE key = ?",
                [written, digest(str(key), written), stopped, problem, f" {_words(answer)}", key],
            )

    def keys(self, conversation: str) -> set[int]:
        """The keys of a conversation's turns."""
        with self._reading() as db:
            return {key for (key,) in db.execute("SELECT key FROM turns WHERE conversation = ?", [conversation])}

    def turns(self, conversation: str, find: Find) -> list[Turn]:
        """The questions of a conversation in order, their quotes held against the articles that `find` gives."""
        columns = "SELECT key, question, chosen, answer, seal, problem, stopped"
        with self._reading() as db:
            found = db.execute(columns + " FROM turns WHERE conversation = ? ORDER BY key", [conversation]).fetchall()
        once = cache(find)
        return [_turn(number, row, once) for number, row in enumerate(found, 1)]

    @staticmethod
    def _touch(db: sqlite3.Connection, conversation: str) -> None:
        db.execute("UPDATE conversations SET changed = ? WHERE id = ?", [_now(), conversation])

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        db.create_function("folded", 1, str.casefold, deterministic=True)
        try:
            db.execute("PRAGMA foreign_keys=ON")
            yield db
        finally:
            db.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction that writes: one after the other, and on disk when it ends."""
        with self._reading() as db, db:  # SQLite's own: commits, or rolls back what failed
            db.execute("BEGIN IMMEDIATE")
            yield db


def _turn(number: int, row: tuple[Any, ...], find: Find) -> Turn:
    key, question, chosen, written, seal, problem, stopped = row
    only = _read(chosen)
    if written is None:
        return Turn(number, key, question, None, only, problem, bool(stopped))
    try:
        if digest(str(key), written) != seal:
            raise BrokenPromise(f"the answer to question {number} is not what was kept")
        return Turn(number, key, question, KeptAnswer.read(json.loads(written), find), only, problem, bool(stopped))
    except BrokenPromise:
        return Turn(number, key, question, None, only, DAMAGED)


def _words(answer: KeptAnswer) -> str:
    """What a search finds of an answer, in small letters."""
    cited = (f"{c.quote} {c.article.title} {c.speaker or ''}" for c in answer.citations)
    return " ".join([answer.text, *cited]).casefold()


def _written(only: SearchFilter) -> str:
    days = [str(day) if day else None for day in (only.published_from, only.published_to)]
    return json.dumps([*days, list(only.sources)], ensure_ascii=False)


def _read(chosen: str) -> SearchFilter:
    first, last, sources = json.loads(chosen)
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    return SearchFilter(days[0], days[1], tuple(sources))


def _short(name: str) -> str:
    """`name` on one line, cut between words."""
    line = " ".join(name.split())
    return line if len(line) <= NAME_CHARS else f"{line[:NAME_CHARS].rsplit(' ', 1)[0]} …"


def _now() -> str:
    return datetime.now(UTC).isoformat()
