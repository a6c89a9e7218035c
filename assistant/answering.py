"""Questions being answered: each in a thread of its own, kept when it is whole, whoever looks on meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Condition, Thread
from typing import Any, Protocol

from assistant.answer import Answer, BrokenPromise
from assistant.conversations import Conversations, Turn
from assistant.kept import KeptAnswer
from assistant.quotes import Quote
from index import AddReport, ArchiveError, Article, ArticleNotFound, SearchFilter

logger = logging.getLogger(__name__)

FAILED = "Something went wrong inside Dateline; its log says what. Ask again."


class Desk(Protocol):
    """What the page asks of an Assistant; its tests put a small stand-in here.

    What an answer tells of each statement is kept with the turn as it is.
    """

    @property
    def chat(self) -> object | None:
        """The chat model that may write answers; None where there is none."""

    @property
    def archive(self) -> Any:
        """An `Archive`."""

    def stream(
        self, question: str, history: Sequence[str] = (), *, only: SearchFilter = ..., written: bool | None = None
    ) -> Iterator[Answer]:
        """Ever-fuller answers; `written`: by the chat model, where that is wanted or not."""

    def add(self, place: str | Path, *, progress: Callable[[str, int, int | None], None] | None = None) -> AddReport:
        """Take articles in."""

    def quotes(
        self,
        speaker: str | None = None,
        about: str | None = None,
        *,
        only: SearchFilter | None = None,
        limit: int | None = None,
    ) -> list[Quote]:
        """Who said what."""


@dataclass(slots=True)
class Running:
    """A question that is being answered: how far it has come, and whether somebody wants it to stop."""

    conversation: str
    answer: KeptAnswer | None = None
    steps: int = 0
    stopped: bool = False


class Answering:
    """Asks the assistant and keeps what it says. An answer goes on when nobody looks; it is kept in the end."""

    def __init__(self, assistant: Desk, kept: Conversations) -> None:
        self.assistant = assistant
        self.kept = kept
        self._running: dict[int, Running] = {}
        self._changed = Condition()

    def find(self, article_id: str) -> Article | None:
        """The article with this id as the archive has it now; None when it has none."""
        try:
            found: Article = self.assistant.archive.article(article_id)
        except ArticleNotFound:
            return None
        return found

    def turns(self, conversation: str) -> list[Turn]:
        """A conversation as far as it has come."""
        turns = self.kept.turns(conversation, self.find)
        with self._changed:
            now = {turn.key: self._running.get(turn.key) for turn in turns}
        return [replace(t, answer=run.answer) if (run := now[t.key]) and not t.answer else t for t in turns]

    def waiting(self, conversation: str) -> set[int]:
        """The keys of the turns that are being answered now."""
        with self._changed:
            return {key for key, run in self._running.items() if run.conversation == conversation}

    def ask(self, conversation: str | None, question: str, only: SearchFilter, *, written: bool | None = None) -> str:
        """Begin to answer one more question; the conversation's id, a new one where there is none."""
        where, key = self.kept.ask(conversation, question, only)
        self._begin(where, key, written)
        return where

    def ask_again(
        self, conversation: str, key: int, question: str | None = None, *, written: bool | None = None
    ) -> None:
        """Begin to answer a turn anew, with another question where one is given. What was running there stops."""
        with self._changed:
            old = self._running.pop(key, None)
            if old:
                old.stopped = True
        if self.kept.ask_again(conversation, key, question):
            self._begin(conversation, key, written)

    def stop(self, conversation: str) -> None:
        """Stop what is being answered, at once: what was found so far is kept, and what comes later is nobody's."""
        with self._changed:
            for key, run in list(self._running.items()):
                if run.conversation == conversation:
                    run.stopped = True
                    self._close(key, run, None)

    def watch(self, conversation: str) -> Iterator[list[Turn]]:
        """The conversation now, and again whenever it has come further, until all of it is answered."""
        seen: list[tuple[int, int]] | None = None
        while True:
            with self._changed:
                while self._state(conversation) == seen:
                    self._changed.wait()
                seen = self._state(conversation)
            yield self.turns(conversation)
            if not seen:
                return

    def _state(self, conversation: str) -> list[tuple[int, int]]:
        """What changes when an answer of this conversation does; empty when none is running."""
        return [(key, run.steps) for key, run in self._running.items() if run.conversation == conversation]

    def _begin(self, conversation: str, key: int, written: bool | None) -> None:
        run = Running(conversation)
        with self._changed:
            self._running[key] = run
            self._changed.notify_all()
        Thread(target=self._work, args=(key, run, written), name=f"answer-{key}", daemon=True).start()

    def _work(self, key: int, run: Running, written: bool | None) -> None:
        problem = None
        try:
            turns = self.kept.turns(run.conversation, self.find)
            turn = next(turn for turn in turns if turn.key == key)
            earlier = [before.question for before in turns if before.key < key]
            for answer in self.assistant.stream(turn.question, earlier, only=turn.only, written=written):
                with self._changed:
                    run.answer = KeptAnswer.of(answer)
                    run.steps += 1
                    self._changed.notify_all()
                if run.stopped:
                    break
        except StopIteration:
            logger.info("a question was deleted before it could be answered")
        except (ArchiveError, BrokenPromise, ValueError) as error:
            problem = str(error)
        except Exception:  # a thread's end: whoever waits has to be told, whatever went wrong
            logger.exception("a question could not be answered")
            problem = FAILED
        finally:
            self._end(key, run, problem)

    def _end(self, key: int, run: Running, problem: str | None) -> None:
        with self._changed:
            # Stopped or asked again meanwhile, this turn is no longer this run's.
            if self._running.get(key) is run:
                self._close(key, run, problem)

    def _close(self, key: int, run: Running, problem: str | None) -> None:
        try:
            self.kept.keep(key, None if problem else run.answer, stopped=run.stopped, problem=problem)
        finally:
            del self._running[key]
            self._changed.notify_all()
