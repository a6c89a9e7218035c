"""The tab "Ask": its parts, and which callback of `asking.py` each of them calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.answering import Answering
from assistant.pages.asking import QUOTED, WRITTEN, Asking, Seat, Shown, empty_state
from assistant.pages.parts import QUIET, WATCHING, board, filter_fields, gr, parcel, sent
from assistant.showing.evidence import evidence_html
from assistant.showing.shelf import shelf_html

BEGIN = "trigger('open', { id: (location.hash.match(/^#conversation-(\\w+)$/) ?? ['', ''])[1] });"
"""The address names the conversation that is shown, so that it comes back when the page is loaded again."""


@dataclass(frozen=True, slots=True)
class AskTab:
    """The parts that other tabs put something into."""

    filters: Any
    since: Any
    until: Any
    outlets: Any
    parts: list[Any]
    seat: Any


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
