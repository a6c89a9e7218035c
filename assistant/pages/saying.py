"""The tab "Who said what": statements by speaker and topic, sorted, and as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from assistant.answering import Answering
from assistant.pages.parts import QUIET, board, chosen, filter_fields, gr, parcel, parcelled, sent
from assistant.quotes import Quote, quotes_csv
from assistant.showing.holdings import problem_html
from assistant.showing.said import Order, said_html

MOST = 2000
"""Statements that are looked at for the table; CSV has all."""
PAGE = 50


@dataclass(slots=True)
class Wanted:
    """What an open page asks for, and how much of it is shown."""

    speaker: str = ""
    about: str = ""
    since: str = ""
    until: str = ""
    outlets: Sequence[str] = ()
    order: Order = "fit"
    shown: int = PAGE


@dataclass(frozen=True, slots=True)
class SayingTab:
    """The parts that other tabs put something into."""

    find: Any
    inputs: list[Any]
    since: Any
    until: Any
    outlets: Any
    table: Any


class Saying:
    """What the tab's callbacks do, without the page."""

    def __init__(self, answering: Answering) -> None:
        self._assistant = answering.assistant

    def find(
        self, wanted: Wanted, speaker: str, about: str, since: str | None, until: str | None, outlets: Sequence[str]
    ) -> str:
        """The table of what the fields ask for."""
        wanted.speaker, wanted.about = speaker.strip(), about.strip()
        wanted.since, wanted.until, wanted.outlets = since or "", until or "", outlets
        wanted.shown = PAGE
        return self.table(wanted)

    def sort(self, wanted: Wanted, order: str) -> str:
        """The table in another order."""
        wanted.order = next((one for one in get_args(Order) if one == order), "fit")
        return self.table(wanted)

    def more(self, wanted: Wanted) -> str:
        """A longer table."""
        wanted.shown += PAGE
        return self.table(wanted)

    def table(self, wanted: Wanted) -> str:
        """The table, or what has to be mended."""
        try:
            found = self._found(wanted, MOST + 1)
        except ValueError as error:
            return problem_html(str(error))
        return said_html(found[:MOST], wanted.shown, wanted.order, cut=len(found) > MOST)

    def csv(self, wanted: Wanted) -> str:
        """All of it as a file for the browser to save."""
        try:
            return parcelled("who-said-what.csv", "text/csv", quotes_csv(self._found(wanted, None)))
        except ValueError:
            return ""

    def _found(self, wanted: Wanted, limit: int | None) -> list[Quote]:
        only = chosen(wanted.since, wanted.until, wanted.outlets)
        return self._assistant.quotes(wanted.speaker or None, wanted.about or None, only=only, limit=limit)


def saying_tab(answering: Answering) -> SayingTab:
    """The tab, wired."""
    saying, wanted = Saying(answering), gr.State(Wanted())
    with gr.Column(elem_classes="dl-tab"):
        with gr.Row(elem_classes="dl-fields"):
            speaker = gr.Textbox(
                label="Speaker", placeholder="NATO", max_length=200, elem_id="dl-speaker", min_width=130
            )
            about = gr.Textbox(label="About", placeholder="Iran", max_length=500, elem_id="dl-about", min_width=130)
            since, until, outlets = filter_fields(answering.assistant.archive)
        with gr.Row(elem_classes="dl-buttons"):
            find = gr.Button("Find", variant="primary", elem_id="dl-find", min_width=90, scale=0)
            save = gr.Button("CSV", elem_id="dl-said-csv", min_width=90, scale=0)
        table = board("", "dl-said-table", "sort", "more")
        files = parcel("dl-said-parcel")
    fields = [speaker, about, since, until, outlets]

    def sort(wanted: Wanted, event: gr.EventData) -> str:
        return saying.sort(wanted, sent(event)["order"])

    for trigger in (find.click, *(field.submit for field in fields[:4])):
        trigger(saying.find, [wanted, *fields], table, show_progress_on=table, api_visibility="private")
    table.sort(sort, wanted, table, **QUIET)
    table.more(saying.more, wanted, table, **QUIET)
    save.click(saying.find, [wanted, *fields], table, **QUIET).then(saying.csv, wanted, files, **QUIET)
    return SayingTab(saying.find, [wanted, *fields], since, until, outlets, table)
