"""What the tab "Ask" does: the kept conversations, the one that is open, and its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, ParamSpec

from assistant.answering import Answering
from assistant.conversations import UnseenQuestions
from assistant.exporting import FORMATS, file_name
from assistant.pages.parts import chosen, gr, names, parcelled
from assistant.showing.evidence import evidence_html
from assistant.showing.holdings import holdings, problem_html
from assistant.showing.shelf import shelf_html
from assistant.showing.thread import empty_html, nothing_html, thread_html
from index import Archive, SearchFilter

EXAMPLES = (
    "What did NATO say about Iran?",
    "How many people were hurt in the ferry accident?",
    "What turnout did the union and the ministry each report for the teachers' strike?",
    "Why did Imre Dalgaard change his mind about selling his company?",
    "What did Mayor Maren Tolvik say about the school strike?",
)
WRITTEN, QUOTED = "Written by the chat model", "In the articles' own words"
Given = ParamSpec("Given")
Shown = tuple[Any, ...]
"""What every callback of this tab gives: question, problem, conversation, evidence, list."""


@dataclass(slots=True)
class Seat:
    """One open page: which conversation it shows, and by which words its list is searched."""

    conversation: str | None = None
    search: str = ""
    moves: int = 0
    """How often another conversation was opened, or none."""

    def move(self, conversation: str | None) -> None:
        """Show another conversation from now on, or none."""
        self.conversation = conversation
        self.moves += 1


def holds_samples(archive: Archive) -> bool:
    """Whether the sample articles, which the example questions ask about, are in the archive."""
    that_day = date(2024, 7, 10)
    # Asked at every load of the page: one day of one outlet, not the whole of a large archive.
    only = SearchFilter(published_from=that_day, published_to=that_day, sources=("Northern Wire",))
    return any("example.com/northern-wire/2024/07/10/nato-summit" in (a.url or "") for a in archive.listing(only))


def empty_state(archive: Archive) -> str:
    """What the conversation shows before its first question."""
    articles = archive.counts()["articles"]
    if not articles:
        return nothing_html()
    outlets = names(archive)
    examples = EXAMPLES if holds_samples(archive) else ()
    return empty_html(holdings(articles, len(outlets)), [] if examples else outlets[:6], examples)


def quietly_ended(steps: Callable[Given, Iterator[Shown]]) -> Callable[Given, Iterator[Shown]]:
    """Have a callback end in a step that changes nothing.

    Gradio sends the last step once more when a generator ends, over whatever is open by then.
    """

    @wraps(steps)
    def ended(*args: Given.args, **options: Given.kwargs) -> Iterator[Shown]:
        yield from steps(*args, **options)
        yield (gr.skip(),) * 5

    return ended


class Asking:
    """What the tab's callbacks do, without the page: each gives what its parts show from now on."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._kept = answering.kept

    @quietly_ended
    def ask(
        self,
        question: str,
        seat: Seat,
        since: str | None,
        until: str | None,
        outlets: Sequence[str],
        choice: str = WRITTEN,
    ) -> Iterator[Shown]:
        """One more question in the conversation."""
        if not question.strip():
            return
        try:
            only = chosen(since, until, outlets)
        except ValueError as error:
            yield question, problem_html(str(error)), gr.skip(), gr.skip(), gr.skip()
            return
        where = self._answering.ask(seat.conversation, question.strip(), only, written=self._written(choice))
        if where != seat.conversation:
            self._move(seat, where)
        yield from self._follow(seat, "")

    @quietly_ended
    def ask_again(self, seat: Seat, key: str, choice: str = WRITTEN) -> Iterator[Shown]:
        """A question of the conversation anew."""
        if seat.conversation and key.isdecimal():
            self._answering.ask_again(seat.conversation, int(key), written=self._written(choice))
            yield from self._follow(seat)

    @quietly_ended
    def edit(self, seat: Seat, form: Mapping[str, str], choice: str = WRITTEN) -> Iterator[Shown]:
        """A question of the conversation put otherwise; the form says also what the page shows of it."""
        key, last, former, put = form["key"], form["last"], form["former"], form["question"].strip()
        if not (seat.conversation and key.isdecimal() and last.isdecimal() and put):
            return
        problem, written = "", self._written(choice)
        try:
            self._answering.ask_again(
                seat.conversation, int(key), put, last_seen=int(last), former=former, written=written
            )
        except UnseenQuestions as error:
            problem = problem_html(f"{error}\nYou wrote: {put}")
        yield from self._follow(seat, problem=problem)

    def _written(self, choice: str) -> bool | None:
        """Whether the chat model is to write; None where there is none."""
        return choice == WRITTEN if self._answering.assistant.chat else None

    @quietly_ended
    def open(self, seat: Seat, conversation: str) -> Iterator[Shown]:
        """Another conversation; one that is gone, or has no name, shows none."""
        if not conversation:
            yield self.new(seat)
            return
        self._move(seat, conversation if self._kept.name(conversation) is not None else None)
        if seat.conversation is None:
            gone = problem_html("This conversation is not there any more.")
            yield gr.skip(), gone, *self._empty(seat)
        else:
            yield from self._follow(seat)

    def stop(self, seat: Seat) -> None:
        """Stop what is being answered in the open conversation."""
        if seat.conversation:
            self._answering.stop(seat.conversation)

    def new(self, seat: Seat) -> Shown:
        """No conversation: the next question begins one."""
        self._move(seat, None)
        return gr.skip(), "", *self._empty(seat)

    def _follow(self, seat: Seat, question: Any = None, problem: str = "") -> Iterator[Shown]:
        """The open conversation until all of it is answered, or another one is open."""
        moves, conversation = seat.moves, seat.conversation
        box: Any = gr.skip() if question is None else question
        said: Any = problem
        listed = None
        if conversation is not None:
            for turns in self._answering.watch(conversation, lambda: seat.moves != moves):
                waiting = self._answering.waiting(conversation)
                # The list changes when a run begins or ends, and not at its steps.
                shelf = self.shelf(seat) if waiting != listed else gr.skip()
                yield box, said, thread_html(conversation, turns, waiting), evidence_html(turns), shelf
                # Whatever else the page says meanwhile stays.
                box, said, listed = gr.skip(), gr.skip(), waiting
        if seat.moves != moves or conversation is None:
            yield from self._catch_up(seat)

    def _catch_up(self, seat: Seat) -> Iterator[Shown]:
        """What is open now: the last step of what was open before may have reached the page after it."""
        shown = None
        while (now := (seat.moves, self._answering.state(seat.conversation))) != shown:
            shown, conversation = now, seat.conversation
            if conversation is None:
                yield gr.skip(), gr.skip(), *self._empty(seat)
            else:
                turns, waiting = self._answering.turns(conversation), self._answering.waiting(conversation)
                thread = thread_html(conversation, turns, waiting)
                yield gr.skip(), gr.skip(), thread, evidence_html(turns), self.shelf(seat)

    def _move(self, seat: Seat, conversation: str | None) -> None:
        seat.move(conversation)
        self._answering.wake()

    def _empty(self, seat: Seat) -> Shown:
        """The thread, the evidence and the list while no conversation is open."""
        return empty_state(self._answering.assistant.archive), evidence_html([]), self.shelf(seat)

    def shelf(self, seat: Seat) -> str:
        """The list of conversations."""
        return shelf_html(self._kept.listed(seat.search), seat.conversation, searched=bool(seat.search))

    def search(self, seat: Seat, words: str) -> str:
        """The list, of those conversations in which all these words are found."""
        seat.search = words
        return self.shelf(seat)

    def rename(self, seat: Seat, conversation: str, name: str) -> str:
        """The list after one was renamed; an empty name changes nothing."""
        if name.strip():
            self._kept.rename(conversation, name)
        return self.shelf(seat)

    def delete(self, seat: Seat, conversation: str) -> Shown:
        """The page after a conversation was deleted."""
        self._answering.stop(conversation)
        self._kept.delete(conversation)
        if seat.conversation == conversation:
            return self.new(seat)
        return gr.skip(), gr.skip(), gr.skip(), gr.skip(), self.shelf(seat)

    def export(self, conversation: str, ending: str) -> str:
        """A conversation as a file for the browser to save."""
        name = self._kept.name(conversation)
        if name is None or ending not in FORMATS:
            return ""
        _, kind, make = FORMATS[ending]
        return parcelled(file_name(name, ending), kind, make(name, self._answering.turns(conversation)))
