"""Questions being answered: a few side by side, each kept when it is whole, whoever looks on meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Condition, RLock
from typing import Any, Protocol

from assistant.answer import Answer
from assistant.conversations import Conversations, Turn
from assistant.kept import KeptAnswer
from assistant.quotes import Quote
from index import AddReport, ArchiveError, Article, ArticleNotFound, SearchFilter

logger = logging.getLogger(__name__)

FAILED = "Something went wrong inside Dateline; its log says what. Ask again."
SIDE_BY_SIDE = 8
"""Questions of the page that are answered at the same time; the others wait in order."""


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


@dataclass(slots=True, eq=False)
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
        self._threads = ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="answering")
        self._running: dict[int, Running] = {}
        self._keeping = RLock()
        """Held by whoever writes; those who look on wait for `_changed` alone, and never for the disk."""
        self._changed = Condition()

    def close(self) -> None:
        """Begin nothing more, and stop what is being answered at its next step."""
        with self._changed:
            for run in self._running.values():
                run.stopped = True
        self._threads.shutdown(wait=False, cancel_futures=True)

    def find(self, article_id: str) -> Article | None:
        """The article with this id as the archive has it now; None when it has none."""
        try:
            found: Article = self.assistant.archive.article(article_id)
        except ArticleNotFound:
            return None
        return found

    def turns(self, conversation: str) -> list[Turn]:
        """A conversation as far as it has come."""
        with self._changed:
            running = dict(self._running)
        return _grown(self.kept.turns(conversation, self.find), running)

    def waiting(self, conversation: str) -> set[int]:
        """The keys of the turns that are being answered now."""
        with self._changed:
            return set(self._runs(conversation))

    def ask(self, conversation: str | None, question: str, only: SearchFilter, *, written: bool | None = None) -> str:
        """Begin to answer one more question; the conversation's id, a new one where there is none."""
        with self._keeping:
            where, key = self.kept.ask(conversation, question, only)
            self._begin(where, key, written)
        return where

    def ask_again(
        self,
        conversation: str,
        key: int,
        question: str | None = None,
        *,
        last_seen: int = 0,
        former: str | None = None,
        written: bool | None = None,
    ) -> None:
        """Begin to answer a turn anew, with another question where one is given; see `Conversations.ask_again`.

        What was running there stops, and what was running in turns that go with the former question.

        Raises:
            UnseenQuestions: as there; nothing is changed.
        """
        with self._keeping:
            if not self.kept.ask_again(conversation, key, question, last_seen=last_seen, former=former):
                return
            self._begin(conversation, key, written)
            left = self.kept.keys(conversation)
            with self._changed:
                gone = [(key, run) for key, run in self._runs(conversation).items() if key not in left]
            self._stop(gone)

    def stop(self, conversation: str) -> None:
        """Stop what is being answered, at once: what was found so far is kept, and what comes later is nobody's."""
        with self._changed:
            runs = list(self._runs(conversation).items())
        self._stop(runs)

    def wake(self) -> None:
        """Let those who watch see at once whether they still want to."""
        with self._changed:
            self._changed.notify_all()

    def state(self, conversation: str | None) -> list[tuple[Running, int]]:
        """What changes when an answer of this conversation does; empty when none is running."""
        with self._changed:
            return [(run, run.steps) for run in self._runs(conversation).values()]

    def watch(self, conversation: str, left: Callable[[], bool] = lambda: False) -> Iterator[list[Turn]]:
        """The conversation now, and again whenever it has come further, until all of it is answered.

        left: tells, when it is looked at and at every `wake`, that whoever watches has turned to something else.
        """
        seen: list[tuple[Running, int]] | None = None
        running: dict[int, Running] | None = None
        kept: list[Turn] = []
        while True:
            with self._changed:
                while (state := self.state(conversation)) == seen and not left():
                    self._changed.wait()
                if left():
                    return
                seen, now = state, self._runs(conversation)
            if now != running:  # what is on disk changes when a run begins or ends, and not at its steps
                running, kept = now, self.kept.turns(conversation, self.find)
            yield _grown(kept, running)
            if not seen:
                return

    def _runs(self, conversation: str | None) -> dict[int, Running]:
        return {key: run for key, run in self._running.items() if run.conversation == conversation}

    def _begin(self, conversation: str, key: int, written: bool | None) -> None:
        run = Running(conversation)
        with self._changed:
            if older := self._running.get(key):
                older.stopped = True
            self._running[key] = run
            self._changed.notify_all()
        self._threads.submit(self._work, key, run, written)

    def _stop(self, runs: Sequence[tuple[int, Running]]) -> None:
        for key, run in runs:
            run.stopped = True
            self._close(key, run, None)

    def _work(self, key: int, run: Running, written: bool | None) -> None:
        problem = None
        try:
            self._answer(key, run, written)
        except (ArchiveError, ValueError) as error:
            problem = str(error)
        except Exception:  # nobody else hears of it: the pool keeps it to itself, and whoever waits has to be told
            logger.exception("a question could not be answered")
            problem = FAILED
        finally:
            self._close(key, run, problem)

    def _answer(self, key: int, run: Running, written: bool | None) -> None:
        turns = self.kept.turns(run.conversation, self.find)
        turn = next((turn for turn in turns if turn.key == key), None)
        if turn is None or run.stopped:  # deleted, stopped or asked again before its turn came
            return
        earlier = [before.question for before in turns if before.key < key]
        for answer in self.assistant.stream(turn.question, earlier, only=turn.only, written=written):
            found = KeptAnswer.of(answer)  # holds each quote against its article: not while others wait
            with self._changed:
                run.answer = found
                run.steps += 1
                self._changed.notify_all()
            if run.stopped:
                return

    def _close(self, key: int, run: Running, problem: str | None) -> None:
        """Keep what a run has found, unless it was stopped or asked again before: then the turn is another's."""
        with self._keeping:
            if self._running.get(key) is not run:
                return
            try:
                self.kept.keep(key, None if problem else run.answer, stopped=run.stopped, problem=problem)
            finally:
                with self._changed:
                    del self._running[key]
                    self._changed.notify_all()


def _grown(turns: Sequence[Turn], running: Mapping[int, Running]) -> list[Turn]:
    """The turns with what is running in them: until there is a first step, the former answer stands."""
    now = [(turn, running.get(turn.key)) for turn in turns]
    return [
        replace(turn, answer=run.answer or turn.answer, problem=None, stopped=False) if run else turn
        for turn, run in now
    ]
