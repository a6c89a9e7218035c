"""The tab "Ask": the kept conversations, the one that is open, and its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.answering import Answering
from assistant.conversations import UnseenQuestions
from assistant.exporting import FORMATS, file_name
from assistant.pages.parts import QUIET, WATCHING, board, chosen, filter_fields, gr, names, parcel, parcelled, sent
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
BEGIN = "trigger('open', { id: (location.hash.match(/^#conversation-(\\w+)$/) ?? ['', ''])[1] });"
"""The address names the conversation that is shown, so that it comes back when the page is loaded again."""
WRITTEN, QUOTED = "Written by the chat model", "In the articles' own words"
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


@dataclass(frozen=True, slots=True)
class AskTab:
    """The parts that other tabs put something into."""

    filters: Any
    since: Any
    until: Any
    outlets: Any
    parts: list[Any]
    seat: Any


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


class Asking:
    """What the tab's callbacks do, without the page: each gives what its parts show from now on."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._kept = answering.kept

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
            yield (gr.skip(),) * 5
            return
        try:
            only = chosen(since, until, outlets)
        except ValueError as error:
            yield question, problem_html(str(error)), gr.skip(), gr.skip(), gr.skip()
            return
        where = self._answering.ask(seat.conversation, question.strip(), only, written=self._written(choice))
        if where != seat.conversation:
            self._move(seat, where)
        yield from self.follow(seat, "")

    def ask_again(self, seat: Seat, key: str, choice: str = WRITTEN) -> Iterator[Shown]:
        """A question of the conversation anew."""
        if seat.conversation and key.isdecimal():
            self._answering.ask_again(seat.conversation, int(key), written=self._written(choice))
            yield from self.follow(seat)

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
        yield from self.follow(seat, problem=problem)

    def _written(self, choice: str) -> bool | None:
        """Whether the chat model is to write; None where there is none."""
        return choice == WRITTEN if self._answering.assistant.chat else None

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
            yield from self.follow(seat)

    def stop(self, seat: Seat) -> None:
        """Stop what is being answered in the open conversation."""
        if seat.conversation:
            self._answering.stop(seat.conversation)

    def new(self, seat: Seat) -> Shown:
        """No conversation: the next question begins one."""
        self._move(seat, None)
        return gr.skip(), "", *self._empty(seat)

    def follow(self, seat: Seat, question: Any = None, problem: str = "") -> Iterator[Shown]:
        """The open conversation until all of it is answered, or another one is open."""
        moves, conversation = seat.moves, seat.conversation
        if conversation is None:  # closed since it was asked for
            yield from self._catch_up(seat)
            return
        box: Any = gr.skip() if question is None else question
        said: Any = problem
        listed = None
        for turns in self._answering.watch(conversation, lambda: seat.moves != moves):
            waiting = self._answering.waiting(conversation)
            # The list changes when a run begins or ends, and not at its steps.
            shelf = self.shelf(seat) if waiting != listed else gr.skip()
            yield box, said, thread_html(conversation, turns, waiting), evidence_html(turns), shelf
            # Whatever else the page says meanwhile stays.
            box, said, listed = gr.skip(), gr.skip(), waiting
        if seat.moves != moves:
            yield from self._catch_up(seat)
        # Gradio sends the last yield once more when a generator ends, over whatever is open by then.
        yield (gr.skip(),) * 5

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


def ask_tab(answering: Answering) -> AskTab:
    """The tab, wired."""
    archive = answering.assistant.archive
    asking, seat = Asking(answering), gr.State(Seat())
    with gr.Row(elem_id="dl-desk"):
        with gr.Column(scale=0, min_width=240, elem_id="dl-side"):
            new = gr.Button("New conversation", elem_id="dl-new", size="sm")
            search = gr.Textbox(
                label="Search conversations", placeholder="Search", max_length=200, container=False, elem_id="dl-search"
            )
            shelf = board(
                shelf_html([], None), "dl-shelf", "open", "rename", "delete", "export", "refresh", begin=BEGIN
            )
            files = parcel("dl-parcel")
        with gr.Column(scale=5, min_width=320, elem_id="dl-left"):
            thread = board(
                empty_state(archive),
                "dl-chat",
                "ask",
                "again",
                "edit",
                "stop",
                changed="dateline.thread()",
                begin="dateline.begin()",
            )
            problem = board("", "dl-problem")
            with gr.Row(elem_id="dl-ask"):
                box = gr.Textbox(
                    placeholder="Ask a question",
                    label="Question",
                    container=False,
                    scale=8,
                    lines=1,
                    max_lines=5,
                    max_length=2000,
                    elem_id="dl-question",
                )
                send = gr.Button("Ask", variant="primary", scale=1, min_width=72, elem_id="dl-send")
            choice = gr.Radio(
                [WRITTEN, QUOTED],
                value=WRITTEN,
                label="Answers",
                visible=answering.assistant.chat is not None,
                elem_id="dl-written",
            )
            with gr.Accordion("Restrict to dates or outlets", open=False, elem_id="dl-filters") as filters, gr.Row():
                since, until, outlets = filter_fields(archive)
        with gr.Column(scale=6, min_width=320, elem_id="dl-right"):
            panel = board(evidence_html([]), "dl-panel")
    parts = [box, problem, thread, panel, shelf]
    _wire_asking(asking, seat, thread, (box, send), [since, until, outlets, choice], parts)
    _wire_shelf(asking, seat, shelf, (new, search), files, parts)
    return AskTab(filters, since, until, outlets, parts, seat)


def _wire_asking(
    asking: Asking, seat: Any, thread: Any, asks: tuple[Any, Any], fields: list[Any], parts: list[Any]
) -> None:
    box, send = asks

    def example(
        seat: Seat, since: str, until: str, outlets: list[str], choice: str, event: gr.EventData
    ) -> Iterator[Shown]:
        yield from asking.ask(sent(event)["question"], seat, since, until, outlets, choice)

    def again(seat: Seat, choice: str, event: gr.EventData) -> Iterator[Shown]:
        yield from asking.ask_again(seat, sent(event)["key"], choice)

    def edit(seat: Seat, choice: str, event: gr.EventData) -> Iterator[Shown]:
        yield from asking.edit(seat, sent(event), choice)

    for trigger in (box.submit, send.click):
        trigger(asking.ask, [box, seat, *fields], parts, **WATCHING)
    thread.ask(example, [seat, *fields], parts, **WATCHING)
    thread.again(again, [seat, fields[-1]], parts, **WATCHING)
    thread.edit(edit, [seat, fields[-1]], parts, **WATCHING)
    thread.stop(asking.stop, seat, None, **QUIET)


def _wire_shelf(asking: Asking, seat: Any, shelf: Any, finds: tuple[Any, Any], files: Any, parts: list[Any]) -> None:
    new, search = finds

    def opened(seat: Seat, event: gr.EventData) -> Iterator[Shown]:
        yield from asking.open(seat, sent(event)["id"])

    def rename(seat: Seat, event: gr.EventData) -> str:
        return asking.rename(seat, sent(event)["id"], sent(event)["name"])

    def delete(seat: Seat, event: gr.EventData) -> Shown:
        return asking.delete(seat, sent(event)["id"])

    def export(event: gr.EventData) -> str:
        return asking.export(sent(event)["id"], sent(event)["format"])

    new.click(asking.new, seat, parts, **QUIET)
    search.change(asking.search, [seat, search], shelf, trigger_mode="always_last", **QUIET)
    shelf.open(opened, seat, parts, **WATCHING)
    shelf.rename(rename, seat, shelf, **QUIET)
    shelf.delete(delete, seat, parts, **QUIET)
    shelf.export(export, None, files, **QUIET)
    shelf.refresh(asking.shelf, seat, shelf, **QUIET)
